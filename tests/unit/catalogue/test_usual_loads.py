"""Usual loads that fit the person."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from bandwright.body import Person
from bandwright.body.strength import relative_strength
from bandwright.catalogue.anatomy import load_ratios, load_strength_table
from bandwright.catalogue.bands import load_bands
from bandwright.catalogue.exercises import find_exercise, load_exercises, shipped_ids
from bandwright.catalogue.setups import default_setup, read_setup
from bandwright.catalogue.usual_loads import AT_STRETCH, HEAVY_KG, HELPED, WORKED_STRETCH, usual_loads
from bandwright.units import GRAVITY_M_S2

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
    """Cables to their step, weights a little less; no band pulls more unless it helps."""
    found, strength = find_exercise(exercise), relative_strength(WOMAN, load_strength_table())
    for his, hers in zip(found.load_tables, usual_loads(found, WOMAN), strict=True):
        assert {name: one for name, one in hers.items() if name not in FITTED} == {
            name: one for name, one in his.items() if name not in FITTED
        }
        if his["kind"] == "weight":
            assert hers["mass_kg"] <= max(strength * his["mass_kg"], 1.0)
        if his["kind"] == "cable":
            assert hers["force_n"] == pytest.approx(strength * his["force_n"], abs=2.5)
        if his["kind"] == "band":
            usual, chosen = (load_bands()[load["band"]] for load in (his, hers))
            assert (chosen.brand, chosen.kind) == (usual.brand, usual.kind)
            ratio = float(chosen.law.tension_n(AT_STRETCH) / usual.law.tension_n(AT_STRETCH))
            assert ratio > 1.0 if his["to"] in HELPED else ratio <= 1.0


@pytest.mark.parametrize("person", [WOMAN, Person("male", 1.87, 110.7)], ids=lambda one: one.sex)
def test_the_arm_that_lifts_a_weight_is_counted(person: Person) -> None:
    """With the arm, as much is lifted of what he lifts as one is strong; a step more would be too much."""
    strength = relative_strength(person, load_strength_table())
    his_kg, own_kg = (
        next(load["mass_kg"] for load in usual_loads(find_exercise("single-arm-dumbbell-row"), who))
        for who in (MEDIAN, person)
    )
    step = 1.0 if own_kg <= HEAVY_KG else 2.0
    most_kg = strength * (his_kg + arm_kg(MEDIAN)) - arm_kg(person)
    assert own_kg <= most_kg < own_kg + step


def arm_kg(person: Person) -> float:
    """The arm as a weight in the hand, from its parts' lengths, masses and centres."""
    ratios = load_ratios(person)
    upper = np.array([0.0, ratios["upper_arm_length"]])
    lower = upper[1] + np.array([0.0, ratios["forearm_length"]])
    centres = upper[0] + ratios["upper_arm_com"] * upper[1], lower[0] + ratios["forearm_com"] * np.ptp(lower)
    masses = [ratios[f"{part}_mass"] for part in ("upper_arm", "forearm", "hand")]
    return float(person.mass_kg * np.dot(masses, [*centres, lower[1]]) / lower[1])


def test_what_the_lightest_band_pulls_too_much_is_taken_off_the_weight() -> None:
    """Of two rows with as heavy a weight, the one with a band that cannot be lighter leaves her less of it."""
    with_band = find_exercise("single-arm-dumbbell-row-forward-band")
    his, hers = (usual_loads(with_band, who) for who in PEOPLE)
    assert his[1]["band"] == hers[1]["band"]
    alone = relative_strength(WOMAN, load_strength_table()) * his[0]["mass_kg"]
    surplus_kg = 0.4 * float(load_bands()[hers[1]["band"]].law.tension_n(WORKED_STRETCH)) / GRAVITY_M_S2
    assert hers[0]["mass_kg"] < alone - surplus_kg


def test_the_lightest_band_is_gripped_longer_by_who_is_weaker() -> None:
    """Held as far out, it pulls as much less as she is weaker."""
    found, table = find_exercise("kettlebell-band-row"), load_strength_table()
    his, hers = (next(load for load in usual_loads(found, who) if load["kind"] == "band") for who in PEOPLE)
    law = load_bands()[hers["band"]].law
    assert hers["band"] == his["band"]
    pull = law.tension_n(WORKED_STRETCH * his["free_length_m"] / hers["free_length_m"])
    strength = relative_strength(WOMAN, table)
    assert (
        0.8 * strength < float(pull / law.tension_n(WORKED_STRETCH)) < strength
    )  # her arm is to be lifted too


def test_help_makes_up_for_what_one_lacks() -> None:
    """Of two as strong the heavier, and of two as heavy the weaker, is helped by the stronger band."""
    found = find_exercise("band-assisted-pull-up")

    def help_n(person: Person) -> float:
        band = next(load["band"] for load in usual_loads(found, person) if load["kind"] == "band")
        return float(load_bands()[band].law.tension_n(AT_STRETCH))

    assert help_n(Person("male", 1.755, 60.0)) < help_n(MEDIAN) < help_n(Person("male", 1.755, 120.0))
    assert help_n(Person("female", 1.755, 84.6)) > help_n(MEDIAN)
    assert help_n(Person("male", 1.6, 84.6)) > help_n(MEDIAN)  # less strong, and the band is stretched less


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
