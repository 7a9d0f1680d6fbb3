"""What exercises let the designer vary: read as written, refused where it makes no sense."""

from __future__ import annotations

from typing import Any

import pytest

from bandwright.catalogue.exercises import find_exercise
from bandwright.catalogue.option_checks import option_problems

LOADS = [{"id": "band", "kind": "band"}]


def problems(**option: Any) -> list[tuple[str, str | None]]:
    """Codes and paths of what is wrong with one option."""
    table = {"load": LOADS, "option": [option]}
    return [(problem.code, problem.path) for problem in option_problems(table, "x.toml")]


def test_an_option_arrives_with_its_ranges() -> None:
    """The standing row's anchor may be low to chest high."""
    (option,) = find_exercise("standing-band-row").options
    assert (option.load, option.height_stature) == ("band", (0.25, 0.75))


def test_an_added_load_has_a_kind_and_a_place() -> None:
    """The band row may have weights in the hands too."""
    (option,) = find_exercise("bent-over-band-row").options
    assert (option.kind, option.to) == ("weight", "hands")


@pytest.mark.parametrize(
    ("option", "code"),
    [
        ({"load": "bnad"}, "unknown-load"),
        ({"load": "more", "kind": "band", "to": "hands"}, "missing-key"),
        ({"load": "bell", "kind": "weight"}, "missing-key"),
        ({"load": "band", "distance_m": {"min": 2.0, "max": 1.0}}, "bad-range"),
    ],
)
def test_what_makes_no_sense_is_refused(option: dict[str, Any], code: str) -> None:
    """A load that is not there, an added load without ends, a range that falls."""
    assert [found for found, _ in problems(**option)] == [code]


def test_a_sound_option_has_no_problem() -> None:
    """Ranges of a usual load."""
    assert problems(load="band", height_stature={"min": 0.2, "max": 0.5}) == []
