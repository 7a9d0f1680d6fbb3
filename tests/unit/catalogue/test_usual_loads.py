"""Usual loads that fit the person."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from bandwright.body import Person
from bandwright.body.strength import relative_strength
from bandwright.catalogue.anatomy import load_strength_table
from bandwright.catalogue.bands import load_bands
from bandwright.catalogue.exercises import find_exercise, load_exercises, shipped_ids
from bandwright.catalogue.setups import default_setup, read_setup
from bandwright.catalogue.usual_loads import AT_STRETCH, HELPED, WORKED_STRETCH, usual_loads

MEDIAN = Person("male", 1.755, 84.6)
WOMAN = Person("female", 1.626, 66.8)
PEOPLE = (MEDIAN, WOMAN)
FITTED = {"band", "mass_kg", "force_n", "free_length_m"}
EXERCISE_FILES = files("bandwright") / "data" / "exercises"
EXERCISES = sorted(shipped_ids())


@pytest.mark.parametrize("exercise", EXERCISES)
def test_the_median_man_gets_what_the_file_says(exercise: str) -> None:
    """Files are written for him."""
    found = find_exercise(exercise)
    assert usual_loads(found, MEDIAN) == found.load_tables


@pytest.mark.parametrize("exercise", EXERCISES)
def test_who_is_half_as_strong_gets_about_half(exercise: str) -> None:
    """Weights and cables to their step; bands to the nearest of their line, which no other comes nearer to."""
    found, strength = find_exercise(exercise), relative_strength(WOMAN, load_strength_table())
    for his, hers in zip(found.load_tables, usual_loads(found, WOMAN), strict=True):
        assert {name: one for name, one in hers.items() if name not in FITTED} == {
            name: one for name, one in his.items() if name not in FITTED
        }
        if his["kind"] == "weight":
            assert hers["mass_kg"] == pytest.approx(strength * his["mass_kg"], abs=1.0)
        if his["kind"] == "cable":
            assert hers["force_n"] == pytest.approx(strength * his["force_n"], abs=2.5)
        if his["kind"] == "band":
            usual, chosen = (load_bands()[load["band"]] for load in (his, hers))
            assert (chosen.brand, chosen.kind) == (usual.brand, usual.kind)
            ratio = float(chosen.law.tension_n(AT_STRETCH) / usual.law.tension_n(AT_STRETCH))
            assert ratio > 1.0 if his["to"] in HELPED else ratio <= 1.0


def test_the_lightest_band_is_gripped_longer_by_who_is_weaker() -> None:
    """Held as far out, it pulls as much less as she is weaker."""
    found, table = find_exercise("kettlebell-band-row"), load_strength_table()
    his, hers = (next(load for load in usual_loads(found, who) if load["kind"] == "band") for who in PEOPLE)
    law = load_bands()[hers["band"]].law
    assert hers["band"] == his["band"]
    pull = law.tension_n(WORKED_STRETCH * his["free_length_m"] / hers["free_length_m"])
    wanted = relative_strength(WOMAN, table) * law.tension_n(WORKED_STRETCH)
    assert float(pull) == pytest.approx(float(wanted), rel=0.05)  # a centimetre of length


def test_help_makes_up_for_what_one_lacks() -> None:
    """Of two as strong the heavier, and of two as heavy the weaker, is helped by the stronger band."""
    found = find_exercise("band-assisted-pull-up")

    def help_n(person: Person) -> float:
        band = next(load["band"] for load in usual_loads(found, person) if load["kind"] == "band")
        return float(load_bands()[band].law.tension_n(AT_STRETCH))

    assert help_n(Person("male", 1.755, 60.0)) < help_n(MEDIAN) < help_n(Person("male", 1.755, 120.0))
    assert help_n(Person("female", 1.755, 84.6)) > help_n(MEDIAN)


def test_a_file_without_loads_means_the_same() -> None:
    """As do a set-up read without loads and the left arm's."""
    exercise = find_exercise("single-arm-dumbbell-row")
    person = {"sex": "female", "stature_m": 1.626, "mass_kg": 66.8}
    read = read_setup({"exercise": exercise.id, "person": person})
    right, left = (default_setup(exercise, WOMAN, side=side) for side in ("r", "l"))
    assert read.loads == right.loads
    assert [load["mass_kg"] for load in left.load_tables] == [load["mass_kg"] for load in right.load_tables]


def test_ones_own_exercises_keep_their_loads(tmp_path: Path) -> None:
    """Who writes a file knows what they lift."""
    source = find_exercise("bent-over-dumbbell-row")
    text = (EXERCISE_FILES / f"{source.id}.toml").read_text().replace(source.id, "my-row")
    (tmp_path / "my-row.toml").write_text(text)
    mine = load_exercises(tmp_path)["my-row"]
    assert usual_loads(mine, WOMAN) == mine.load_tables
