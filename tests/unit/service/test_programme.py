"""Weeks of real set-ups: laws of the shares, and advice that holds when it is followed."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from bandwright.body import Person
from bandwright.catalogue.exercise_tables import MUSCLE_GROUPS
from bandwright.catalogue.exercises import exercise_ids, find_exercise
from bandwright.catalogue.setups import default_setup, read_setup
from bandwright.catalogue.tables import Intent
from bandwright.catalogue.week import Week, WeekEntry
from bandwright.catalogue.week_rules import load_counting
from bandwright.planner.training import Kind
from bandwright.service.analysis import analyse
from bandwright.service.metrics import elements_of
from bandwright.service.programme import Programme, judge_week
from bandwright.service.programme_answer import plan_answer
from bandwright.service.week_training import kind_of

MAN = Person("male", 1.755, 84.6)
"""The median man (ANSURII)."""

BANDS = ("bent-over-band-row", "standing-band-row", "straight-arm-pulldown", "face-pull")
PLAIN = ("bent-over-dumbbell-row", "cable-row")
SLACK = 1e-9


def entry(exercise: str, sets: int = 3) -> WeekEntry:
    """An exercise with its usual loads, ten repetitions a set."""
    return WeekEntry(default_setup(find_exercise(exercise), MAN), sets, 10)


@cache
def judged(*exercises: str, sets: int = 3, intent: Intent = "strength-and-size") -> Programme:
    """A week of exercises."""
    return judge_week(Week(MAN, intent, tuple(entry(name, sets) for name in exercises)))


def test_bands_alone() -> None:
    """Every share is one, the week is fair for size, and good away from home."""
    found = judged(*BANDS)
    shares = [one.band_only_share for one in found.balances.values() if one.work > 0]
    assert shares == pytest.approx([1.0] * len(shares))
    assert found.verdict.grade == "fair"
    assert judged(*BANDS, intent="travel").verdict.grade == "good"


def test_no_bands() -> None:
    """Every share is nought, nothing is to be swapped, the week is good."""
    found = judged(*PLAIN)
    assert {one.band_only_share for one in found.balances.values() if one.work > 0} == {0.0}
    assert found.changes == ()
    assert found.verdict.grade == "good"


def test_doubling_sets() -> None:
    """Twice the sets: twice the work, the same shares."""
    once, twice = judged(*BANDS, *PLAIN), judged(*BANDS, *PLAIN, sets=6)
    for muscle, one in once.balances.items():
        assert twice.balances[muscle].work == pytest.approx(2 * one.work)
        assert twice.balances[muscle].sets == 2 * one.sets
        assert twice.balances[muscle].band_only_share == pytest.approx(one.band_only_share, nan_ok=True)


def test_a_weight_lowers_the_share_of_what_it_works() -> None:
    """Of every muscle, however little."""
    before, after = judged(*BANDS), judged(*BANDS, PLAIN[0])
    added = after.entries[-1].training
    for muscle, one in before.balances.items():
        if one.work > SLACK and added.dose(muscle) > SLACK:
            assert after.balances[muscle].band_only_share < one.band_only_share


def test_one_balance_for_each_muscle_of_the_model() -> None:
    """In the order the product lists them."""
    assert list(judged(*PLAIN).balances) == [group for group in MUSCLE_GROUPS if elements_of(group)]


@pytest.mark.parametrize(
    ("exercise", "kind"),
    [
        ("bent-over-band-row", "bands-alone"),
        ("reverse-band-fly", "bands-alone"),
        ("chest-supported-isometric-band-row", "bands-alone"),
        ("band-assisted-pull-up", "band-assisted"),
        ("kettlebell-band-row", "bands-and-more"),
        ("dumbbell-row-mini-band", "bands-and-more"),
        ("cable-row", "no-bands"),
        ("pull-up", "no-bands"),
    ],
)
def test_who_resists(exercise: str, kind: Kind) -> None:
    """Help from a band is not a band that resists, and a band beside a weight is not alone."""
    assert kind_of(analyse(entry(exercise).setup, with_spread=False), load_counting()) == kind


def test_a_trifle_in_the_hand_does_not_hide_the_band() -> None:
    """A hundred grams beside a band is a band alone."""
    setup = entry("bent-over-band-row").setup
    trifle = {"id": "trifle", "kind": "weight", "mass_kg": 0.1, "to": "hands"}
    table = {
        "exercise": "bent-over-band-row",
        "person": {"sex": "male", "stature_m": 1.755, "mass_kg": 84.6},
        "load": [*map(dict, setup.load_tables), trifle],
    }
    assert kind_of(analyse(read_setup(table), with_spread=False), load_counting()) == "bands-alone"


def test_changes_keep_their_promise() -> None:
    """A week written with the first swap done has the figures that the swap promised."""
    before = judged(*BANDS)
    change = before.changes[0]
    left = [
        replace(one.entry, sets=one.entry.sets - (change.sets if one is change.source else 0))
        for one in before.entries
    ]
    new = WeekEntry(read_setup(change.setup), change.sets, change.source.entry.reps)
    after = judge_week(Week(MAN, "strength-and-size", (*(one for one in left if one.sets), new)))
    for muscle, promised in change.after.items():
        kept = after.balances[muscle]
        assert kept.work == pytest.approx(promised.work, rel=1e-6, abs=1e-9)
        assert kept.band_only_share == pytest.approx(promised.band_only_share, rel=1e-6, nan_ok=True)
        assert kept.unloaded(before.counting) == promised.unloaded(before.counting)


def test_changes_name_exercises_there_are_and_help() -> None:
    """Each swap is for a known exercise without bands, no harder than can be held, and lowers a share."""
    found = judged(*BANDS)
    assert 1 <= len(found.changes) <= 3
    assert len(found.verdict.alternatives) >= len(found.changes)
    for change in found.changes:
        assert change.into.setup.exercise.id in exercise_ids()
        assert 1 <= change.sets <= change.of_sets
        assert change.into.summary.peak_effort <= 1.0
        values = change.sentences[0].values
        assert float(values["swap_share_after"]) < float(values["swap_share_before"])


def test_help_is_counted_by_itself() -> None:
    """Assisted pull-ups are not bands alone; the week says where they leave out."""
    found = judged("band-assisted-pull-up")
    lats = found.balances["latissimus_dorsi"]
    assert lats.band_only_share == 0.0
    assert lats.band_assisted_share == pytest.approx(1.0)
    assert found.verdict.grade == "fair"
    assert "relies_on_help" in {one.code for one in found.verdict.reasons}


def test_holds_count_by_how_long_they_last() -> None:
    """Nine seconds are two repetitions' worth; three holds are thrice one."""
    setup = default_setup(find_exercise("chest-supported-isometric-band-row"), MAN)
    week = [
        Week(MAN, "squeeze", (WeekEntry(setup, 2, reps, seconds),)) for reps, seconds in ((1, 9.0), (3, 9.0))
    ]
    once, thrice = (judge_week(one).balances["deltoid_posterior"] for one in week)
    assert once.work == pytest.approx(2 * 2 * once.greatest_dose)
    assert thrice.work == pytest.approx(3 * once.work)


def test_the_answer_shows_what_was_asked() -> None:
    """Sets one by one, set-ups that can be read again, sources for everything."""
    found = plan_answer(judged(*BANDS))
    (week,) = found["weeks"]
    (workout,) = week["workouts"]
    assert [len(one["sets"]) for one in workout["exercises"]] == [3] * len(BANDS)
    assert all(read_setup(one["setup"]).person == MAN for one in workout["exercises"])
    assert all(one["source"] for one in found["provenance"])
    assert set(found["weekly_sets"]) == set(found["over_reliance"])
