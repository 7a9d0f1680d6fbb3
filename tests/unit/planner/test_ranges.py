"""Where in its range a muscle works, on made-up exercises."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from bandwright.planner.balance import balances
from bandwright.planner.ranges import THIRDS, thirds
from bandwright.planner.training import Fibre, Training
from tests.unit.planner.weeks import COUNTING, POSES, WEEKS, fibre, training


@given(WEEKS)
def test_thirds_share_the_whole(week: list[Training]) -> None:
    """Work and travel add up to one, and the thirds join without a gap."""
    found = thirds(week, "lats", COUNTING.least_travel)
    assert tuple(third.name for third in found) == THIRDS
    assert sum(third.work_share for third in found) == pytest.approx(1.0)
    assert sum(third.travel_share for third in found) == pytest.approx(1.0)
    assert [one.to_norm for one in found[:2]] == pytest.approx([one.from_norm for one in found[1:]])


def test_even_work_over_an_even_path_is_even() -> None:
    """A third of the way gets a third of the work."""
    shares = [third.work_share for third in thirds([training(lats=fibre(0.5, 0.5))], "lats", 0.05)]
    assert shares == pytest.approx([1 / 3] * 3, abs=0.5 / POSES)


def test_slack_at_the_start_leaves_the_longest_third_without() -> None:
    """Where the load comes once the muscle has shortened, the long range goes without; a steady load fills it."""
    late = Fibre(np.where(np.arange(POSES) < 20, 0.0, 0.5), np.linspace(1.2, 0.8, POSES))
    band = training("bands-alone", lats=late)
    assert balances([band], COUNTING)["lats"].unloaded(COUNTING) == ("longest",)
    both = balances([band, training(sets=9, lats=fibre(0.5, 0.5))], COUNTING)
    assert both["lats"].unloaded(COUNTING) == ()


def test_range_is_that_of_the_whole_week() -> None:
    """An exercise that takes a muscle further makes the rest of the week a smaller part of its range."""
    near = training(lats=fibre(0.5, 0.5, 1.0, 0.8))
    far = training(sets=1, lats=fibre(0.01, 0.01, 1.4, 0.8))
    found = thirds([near, far], "lats", 0.05)
    assert (found[0].from_norm, found[2].to_norm) == pytest.approx((0.8, 1.4))
    assert balances([near, far], COUNTING)["lats"].unloaded(COUNTING) == ("middle", "longest")


def test_exercises_without_sets_have_no_range() -> None:
    """What is not done does not stretch the range."""
    near, far = training(lats=fibre(0.5, 0.5)), training(sets=0, lats=fibre(0.5, 0.5, 1.9, 0.5))
    assert thirds([near, far], "lats", 0.05) == thirds([near], "lats", 0.05)


def test_a_muscle_that_stays_has_no_thirds() -> None:
    """Nor has one that no exercise works, or that nobody knows."""
    assert thirds([training(lats=fibre(0.5, 0.5, 1.0, 0.99))], "lats", 0.05) == ()
    assert thirds([training(lats=fibre(0.0, 0.0))], "lats", 0.05) == ()
    assert thirds([training(lats=fibre(0.5, 0.5))], "biceps", 0.05) == ()


def test_elements_have_ranges_of_their_own() -> None:
    """Two elements of unlike length, both worked evenly, make an even muscle."""
    pair = (fibre(0.5, 0.5, 1.0, 0.8), fibre(0.5, 0.5, 1.6, 1.2))
    one = Training("x", "no-bands", 3, 10.0, {"lats": pair}, ("lats",))
    assert balances([one], COUNTING)["lats"].unloaded(COUNTING) == ()
    assert thirds([one], "lats", 0.05)[0].from_norm == pytest.approx(1.0)
