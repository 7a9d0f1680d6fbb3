"""Words of a table, of which only a few are allowed."""

from __future__ import annotations

from typing import Final, Literal, get_args

import pytest

from bandwright.catalogue.cells import word_in
from bandwright.errors import CatalogueError

Role = Literal["fit", "check"]
ROLES: Final[tuple[Role, ...]] = get_args(Role)


def test_a_word_that_is_allowed_is_read() -> None:
    """It comes back as what it is."""
    assert word_in({"role": "check"}, "role", ROLES) == "check"


def test_another_word_is_refused_with_its_row_and_the_nearest() -> None:
    """A misspelt cell would otherwise be taken for a third kind of thing."""
    with pytest.raises(CatalogueError) as refused:
        word_in({"id": "shoulder-1", "known_role": "checks"}, "known_role", ROLES)
    (problem,) = refused.value.problems
    assert (problem.code, problem.path) == ("unknown-known-role", "shoulder-1: known_role")
    assert (problem.nearest, problem.allowed) == ("check", ("fit", "check"))
