"""The designer's objectives: every intent has one, and a broken file is refused whole."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any, get_args

import pytest

from bandwright.catalogue import objectives
from bandwright.catalogue.objectives import load_objectives, objectives_of
from bandwright.catalogue.tables import INTENTS
from bandwright.errors import CatalogueError
from bandwright.search.objective import TERMS


def shipped() -> dict[str, Any]:
    """The file that comes with the program, as a table."""
    path = files("bandwright") / "data" / "designer" / "objectives.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def test_every_intent_has_an_objective_with_a_source() -> None:
    """All seven, each with weights, repetitions, source and note."""
    found = load_objectives().intent
    assert set(found) == set(INTENTS)
    assert all(aim.weights and aim.source and aim.note for aim in found.values())


def test_the_file_knows_the_terms_the_search_has() -> None:
    """Names of terms in data and code are the same; the cost of strain is a limit, not a weight."""
    assert {*get_args(objectives.Term), "strained"} == set(TERMS)


def test_every_problem_of_the_file_is_said() -> None:
    """An unknown term, a missing intent's key and repetitions that fall, together."""
    table = shipped()
    table["intent"]["squeeze"]["weights"] = {"evennes": 1.0}
    del table["intent"]["travel"]["source"]
    with pytest.raises(CatalogueError) as caught:
        objectives_of(table)
    assert len(caught.value.problems) == 2
    table = shipped()
    del table["intent"]["travel"]
    table["intent"]["squeeze"]["reps"] = [12, 8]
    with pytest.raises(CatalogueError) as caught:
        objectives_of(table)
    assert {problem.code for problem in caught.value.problems} == {"missing-key", "reps-order"}
