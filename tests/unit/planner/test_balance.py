"""Sets, work and shares of a week, on made-up exercises."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bandwright.planner.balance import balances, set_value, share_of
from bandwright.planner.training import Training
from tests.unit.planner.weeks import COUNTING, MUSCLES, WEEKS, fibre, training, trainings


@given(st.lists(trainings("bands-alone"), min_size=1, max_size=4))
def test_a_week_of_bands_alone(week: list[Training]) -> None:
    """All the work comes from bands, so every muscle that works relies on them."""
    for one in balances(week, COUNTING).values():
        assert one.band_only_share == pytest.approx(1.0)
        assert one.reliant(COUNTING)


@given(st.lists(trainings("no-bands", "bands-and-more", "band-assisted"), min_size=1, max_size=4))
def test_a_week_without_bands_alone(week: list[Training]) -> None:
    """Help from a band and a band beside a weight are not bands alone."""
    assert {one.band_only_share for one in balances(week, COUNTING).values()} == {0.0}


@given(WEEKS)
def test_doubling_all_sets(week: list[Training]) -> None:
    """Twice the sets is twice the work and the same shares, everywhere in the range."""
    once, twice = (
        balances(some, COUNTING) for some in (week, [replace(one, sets=2 * one.sets) for one in week])
    )
    for muscle in MUSCLES:
        assert twice[muscle].work == pytest.approx(2 * once[muscle].work)
        assert twice[muscle].sets == pytest.approx(2 * once[muscle].sets)
        assert twice[muscle].target_sets == 2 * once[muscle].target_sets
        assert twice[muscle].band_only_share == pytest.approx(once[muscle].band_only_share)
        assert [third.work_share for third in twice[muscle].range] == pytest.approx(
            [third.work_share for third in once[muscle].range]
        )


@given(WEEKS, trainings("bands-alone"), trainings("no-bands"))
def test_a_weight_lowers_the_share_of_every_muscle_it_works(
    week: list[Training], band: Training, weight: Training
) -> None:
    """And a band raises it."""
    base = [band, *week]
    for muscle in MUSCLES:
        share = share_of(base, muscle, "bands-alone")
        assert share_of([*base, weight], muscle, "bands-alone") < share
        assert share_of([*base, band], muscle, "bands-alone") >= share - 1e-12


@given(WEEKS)
def test_order_does_not_matter(week: list[Training]) -> None:
    """A week is a sum."""
    there, back = balances(week, COUNTING), balances(week[::-1], COUNTING)
    assert {m: one.work for m, one in there.items()} == pytest.approx({m: o.work for m, o in back.items()})


@pytest.mark.parametrize(
    ("dose", "counts"), [(0.40, 1.0), (0.20, 1.0), (0.19, 0.5), (0.10, 0.5), (0.09, 0.0), (0.0, 0.0)]
)
def test_sets_count_whole_half_or_nothing(dose: float, counts: float) -> None:
    """Beside a muscle at 40 %: whole from half of that on, half from a quarter on."""
    one = training(lats=fibre(0.4, 0.4), biceps=fibre(dose, dose))
    assert set_value(one, "biceps", COUNTING) == counts
    assert set_value(one, "lats", COUNTING) == 1.0


def test_idle_exercises_count_for_nobody() -> None:
    """A movement that works no muscle worth speaking of has no set that counts."""
    assert set_value(training(lats=fibre(0.005, 0.005)), "lats", COUNTING) == 0.0


def test_the_lower_back_does_not_set_the_scale() -> None:
    """A braced back does not push the pulling muscles out of the count."""
    one = training(lats=fibre(0.2, 0.2), erector_spinae=fibre(0.9, 0.9, 1.0, 1.0))
    assert set_value(one, "lats", COUNTING) == 1.0
    assert set_value(one, "erector_spinae", COUNTING) == 1.0


def test_a_muscle_no_exercise_works_has_no_share() -> None:
    """It neither relies on bands nor goes without."""
    found = balances([training("bands-alone", lats=fibre(0.0, 0.0))], COUNTING)["lats"]
    assert math.isnan(found.band_only_share)
    assert not found.worked(COUNTING)
    assert not found.reliant(COUNTING)
    assert found.unloaded(COUNTING) == ()
