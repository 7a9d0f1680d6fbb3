"""The use case: tests in, scaled strength and narrower spread out."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from bandwright.body import Person
from bandwright.body.own_strength import GROUPS, population_estimate
from bandwright.catalogue.exercises import find_exercise
from bandwright.catalogue.setups import default_setup
from bandwright.catalogue.strength_file import StrengthPull, StrengthSet, read_strength
from bandwright.curves.spread import STRENGTH_CV
from bandwright.errors import InputError
from bandwright.loads import CableLoad
from bandwright.loads.load import Point
from bandwright.service.analysis import Analysis, analyse
from bandwright.service.own_strength import (
    OwnStrength,
    fit_own_strength,
    holder_for,
    pull_measurement,
    set_measurement,
)

MAN = Person("male", 1.8, 80.0)
ROW, PULLDOWN = "bent-over-dumbbell-row", "straight-arm-pulldown"


@cache
def usual(exercise: str) -> Analysis:
    """The exercise as people of that size do it."""
    return analyse(default_setup(find_exercise(exercise), MAN))


def pulled_by(times: float) -> OwnStrength:
    """Someone this many times as strong as the model says, in five pulls."""
    pulls = []
    for exercise in (ROW, PULLDOWN):
        at = usual(exercise)
        for k in (20, 35, 48):
            force = times * float(at.strength_n[k])
            pulls.append({"exercise": exercise, "phase": float(at.posed.phase[k]), "force_n": force})
    table: dict[str, Any] = {"person": {"sex": "male", "stature_m": 1.8, "mass_kg": 80}, "pull": pulls}
    return fit_own_strength(read_strength(table))


def test_without_deviation_nothing_changes() -> None:
    """Factors of 1 give the curves of the calibrated model."""
    found = analyse(usual(ROW).setup, with_spread=False, holder=holder_for(MAN, population_estimate()))
    assert found.strength_n == pytest.approx(usual(ROW).strength_n, rel=1e-9)


@pytest.mark.parametrize("times", [0.75, 1.3])
def test_strength_carries_over_to_an_exercise_never_tested(times: float) -> None:
    """Stronger in a row and a pulldown: stronger in the face pull too, and less in doubt than people in general."""
    own = pulled_by(times)
    setup = default_setup(find_exercise("face-pull"), MAN)
    found, before = analyse(setup, holder=holder_for(MAN, own.fit.estimate)), usual("face-pull")
    ratio = np.median(found.strength_n / before.strength_n)
    assert abs(np.log(ratio / times)) < 0.5 * abs(np.log(times))
    low, _, high = found.spread.strength_n[:, 25]
    wide_low, _, wide_high = before.spread.strength_n[:, 25]
    assert high / low < wide_high / wide_low
    assert found.working.load_n == pytest.approx(before.working.load_n)


def test_the_stated_spread_is_between_repeat_error_and_people() -> None:
    """Tests narrow the spread of the tested exercise, but not below what the model itself may miss."""
    own, row = pulled_by(1.0), usual(ROW)
    holder = holder_for(MAN, own.fit.estimate)
    assert holder.model_sd < holder.strength_cv(row.working) < STRENGTH_CV
    before = holder_for(MAN, population_estimate()).strength_cv(row.working)
    assert holder.strength_cv(row.working) < before


def test_own_pulls_of_one_exercise_are_met_within_their_error() -> None:
    """Fitted and measured agree, with nothing astray."""
    own = pulled_by(1.2)
    assert own.fit.astray == ()
    assert np.abs(own.fit.residual).max() < 0.1
    assert len(own.fit.estimate.factor) == len(GROUPS)


def test_a_reserve_counts_as_repetitions() -> None:
    """Eight with two left says the same as ten (Epley1985)."""
    setup = usual(ROW).setup
    eight, ten = (set_measurement("", StrengthSet(setup, *pair)) for pair in ((8, 2), (10, 0)))
    assert eight.factor == ten.factor == pytest.approx(1 + 10 / 30)


def test_sets_tell_less_than_pulls() -> None:
    """A set's spread is larger, and larger still with a band whose pull is uncertain."""
    pull = pull_measurement("", StrengthPull(usual(ROW).setup, 0.5, 100.0))
    bell = set_measurement("", StrengthSet(usual(ROW).setup, 8, 0))
    band = set_measurement("", StrengthSet(default_setup(find_exercise("bent-over-band-row"), MAN), 8, 0))
    assert pull.log_sd < bell.log_sd < band.log_sd


def test_a_test_without_direction_is_refused() -> None:
    """No force on the working hand: the strength would be along nothing."""
    setup = replace(usual(ROW).setup, loads=(CableLoad("none", 0.0, Point(1.0, 0.0, 1.0, None), "hands"),))
    with pytest.raises(InputError, match="no direction"):
        set_measurement("set[0]", StrengthSet(setup, 8, 0))
