"""A simulated study: people whose true strengths are known pull a scale with 7 % of error at a few positions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Final

import numpy as np
import pytest
from numpy.typing import NDArray

from bandwright.body import Person
from bandwright.body.own_strength import group_of_column, population_estimate
from bandwright.catalogue.anatomy import load_anatomy
from bandwright.catalogue.exercises import find_exercise
from bandwright.catalogue.setups import default_setup
from bandwright.catalogue.strength_file import StrengthPull
from bandwright.curves.fit_strength import Measurement, fit_strength, predict
from bandwright.curves.spread import MEASURED_STRENGTH_CV
from bandwright.service.bodies import holder_of
from bandwright.service.own_strength import pull_measurement

Array = NDArray[np.float64]

PEOPLE: Final = 20
SEED: Final = 1
BODY: Final = Person("male", 1.8, 80.0)
NORMAL_90: Final = 1.645
TESTED: Final = ("bent-over-dumbbell-row", "straight-arm-pulldown")
TEST_PHASES: Final = (0.05, 0.35, 0.65, 0.95)
HELD_OUT_PHASES: Final = (0.2, 0.5, 0.8)
OTHERS: Final = {"pull-up": (0.1, 0.3, 0.5, 0.7, 0.9), "face-pull": (0.1, 0.3, 0.5, 0.7, 0.9)}


@dataclass(frozen=True, slots=True)
class Study:
    """Log of true over predicted strength of each person and position, and the spread stated with it."""

    missed: Array
    log_sd: Array
    missed_by_population: Array

    @property
    def coverage(self) -> float:
        """Share of the true strengths inside the 90 % intervals."""
        return float(np.mean(np.abs(self.missed) <= NORMAL_90 * self.log_sd))


def at(exercise: str, phases: tuple[float, ...]) -> list[Measurement]:
    """Pulls of 100 N at these phases, with a scale's error alone: here the model is right by construction."""
    setup = default_setup(find_exercise(exercise), BODY)
    found = [pull_measurement(f"{exercise} {p}", StrengthPull(setup, p, 100.0)) for p in phases]
    return [replace(one, log_sd=MEASURED_STRENGTH_CV) for one in found]


@cache
def study(held_out: str) -> Study:
    """All people's predictions at positions that were not measured: of the same exercises, or of others."""
    holder, groups, prior = holder_of(BODY), group_of_column(load_anatomy()), population_estimate()
    tests = [one for name in TESTED for one in at(name, TEST_PHASES)]
    unseen = dict.fromkeys(TESTED, HELD_OUT_PHASES) if held_out == "same" else OTHERS
    wanted = [one for name, phases in unseen.items() for one in at(name, phases)]
    rng, usual = np.random.default_rng(SEED), predict(wanted, holder, groups, prior).log_factor
    rows = []
    for _ in range(PEOPLE):
        person = replace(prior, log_mean=rng.multivariate_normal(prior.log_mean, prior.covariance))
        exact = predict(tests, holder, groups, person).log_factor
        read = np.exp(exact + rng.normal(0.0, MEASURED_STRENGTH_CV, len(tests)))
        pulled = [replace(one, factor=f) for one, f in zip(tests, read.tolist(), strict=True)]
        found = predict(wanted, holder, groups, fit_strength(pulled, holder, groups).estimate)
        truth = predict(wanted, holder, groups, person).log_factor
        rows.append((truth - found.log_factor, found.log_sd, truth - usual))
    return Study(*(np.array(column) for column in zip(*rows, strict=True)))


def rms(values: Array) -> float:
    """Root mean square."""
    return float(np.sqrt(np.mean(values**2)))


@pytest.mark.parametrize("held_out", ["same", "other"])
def test_stated_intervals_hold_what_they_say(held_out: str) -> None:
    """The 90 % intervals hold 80 to 98 % of the true strengths that were not measured."""
    assert 0.80 <= study(held_out).coverage <= 0.98


@pytest.mark.parametrize(("held_out", "share"), [("same", 0.5), ("other", 0.75)])
def test_eight_pulls_know_more_than_sex_and_size(held_out: str, share: float) -> None:
    """The error falls to under half at positions between, to under three quarters in other exercises."""
    found = study(held_out)
    assert rms(found.missed) < share * rms(found.missed_by_population)


def test_spread_is_wider_where_less_was_measured() -> None:
    """Other exercises are predicted with more doubt than positions between the measured ones."""
    assert rms(study("other").log_sd) > rms(study("same").log_sd)
