"""Strength tests as a person writes them: files to the domain, and every mistake at once."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from bandwright.body import Person
from bandwright.catalogue.strength_file import read_strength
from bandwright.errors import InputError, Problem
from bandwright.loads.load import WeightLoad

BELL = {"id": "bell", "kind": "weight", "mass_kg": 24, "to": "hand_r"}
PLAIN: dict[str, Any] = {
    "person": {"sex": "male", "stature_m": 1.8, "mass_kg": 80},
    "pull": [
        {"exercise": "bent-over-band-row", "phase": 0.4, "kg": 50},
        {"exercise": "bent-over-band-row", "phase": 0.9, "force_n": 260},
    ],
    "set": [{"exercise": "kettlebell-row", "reps": 8, "load": [BELL]}],
}
TEXT = """
[person]
sex = "female"
stature_m = 1.65
mass_kg = 60
[[pull]]
exercise = "face-pull"
phase = 0.5
kg = 18
hands = 2
"""


def problems_of(table: dict[str, Any]) -> tuple[Problem, ...]:
    """The problems that reading a table raises."""
    with pytest.raises(InputError) as caught:
        read_strength(table)
    return caught.value.problems


def test_pulls_and_sets_arrive() -> None:
    """Kilograms become newtons, loads and person are those written, a reserve left out is none."""
    record = read_strength(PLAIN)
    assert record.person == Person("male", 1.8, 80.0)
    assert [pull.force_n for pull in record.pulls] == pytest.approx([490.3325, 260.0])
    assert [pull.phase for pull in record.pulls] == [0.4, 0.9]
    (done,) = record.sets
    assert (done.reps, done.reserve) == (8, 0)
    assert done.setup.loads == (WeightLoad("bell", 24.0, "hand_r", 1),)
    assert done.setup.person == record.person


def test_a_file_with_one_scale_for_two_hands(tmp_path: Path) -> None:
    """Half the reading is each hand's."""
    path = tmp_path / "me.toml"
    path.write_text(TEXT, encoding="utf-8")
    assert read_strength(path).pulls[0].force_n == pytest.approx(18 * 9.80665 / 2)


def test_the_left_side_is_mirrored() -> None:
    """A one-arm exercise can be tested on the left."""
    table = copy.deepcopy(PLAIN)
    table["pull"] = [{"exercise": "single-arm-dumbbell-row", "phase": 0.5, "kg": 30, "side": "left"}]
    assert read_strength(table).pulls[0].setup.side == "l"


def test_every_mistake_is_said_at_its_place_once() -> None:
    """Unknown exercise, two readings, a reading missing, odd keys and a side that is none: all in one go."""
    table = copy.deepcopy(PLAIN)
    table["pull"][0] |= {"exercise": "bent-over-band-rw", "force_n": 490}
    table["pull"][1].pop("force_n")
    table["pull"].append({"exercise": "face-pull", "phase": 0.5, "kg": 9, "side": "left"})
    table["set"][0]["rep"] = 3
    table["set"][0]["load"][0]["to"] = "hnd_r"
    found = problems_of(table)
    places = {(problem.code, (problem.path or "").removeprefix("strength: ")) for problem in found}
    assert {
        ("unknown-exercise", "pull[0].exercise"),
        ("one-reading", "pull[0]"),
        ("one-reading", "pull[1]"),
        ("both-arms", "pull[2].side"),
        ("unknown-key", "set[0].rep"),
    } <= places
    assert any(path.startswith("set[0].load[0].") for _, path in places)
    assert len(found) == len(set(found)) == 6


def test_a_broken_person_is_said_once() -> None:
    """Not once for each row."""
    table = copy.deepcopy(PLAIN)
    table["person"]["mass_kg"] = 8
    assert [problem.path for problem in problems_of(table)] == ["strength: person.mass_kg"]


@pytest.mark.parametrize("rows", [{}, {"pull": []}])
def test_a_file_without_tests_says_what_to_write(rows: dict[str, Any]) -> None:
    """An empty record is refused with an example."""
    (problem,) = problems_of({"person": PLAIN["person"], **rows})
    assert problem.code == "no-tests"
    assert "[[pull]]" in (problem.hint or "")
