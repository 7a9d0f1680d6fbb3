"""The quick spread against the slow one: people posed, loaded and solved one by one with the same numbers."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from bandwright.body import BodyModel, Person, proportions
from bandwright.body.own_strength import GROUPS, StrengthEstimate, population_estimate, scaled_strength
from bandwright.catalogue.anatomy import load_anatomy, load_ratios
from bandwright.catalogue.exercises import find_exercise
from bandwright.catalogue.setup import SetUp
from bandwright.catalogue.setups import default_setup
from bandwright.curves import ArmResult, Holder, muscle_doses, solve_arm
from bandwright.curves.spread import (
    FOREARM_CV,
    SCAPULA_CV,
    SHOULDERS_CV,
    UPPER_ARM_CV,
    Draws,
)
from bandwright.curves.spread.bands import DrawnLaw
from bandwright.curves.spread.causes import FURTHEST
from bandwright.loads import BandLoad, Load, load_forces
from bandwright.movements import pose_repetition
from bandwright.service.analysis import Analysis, analyse
from bandwright.service.bodies import holder_of, strength_in
from bandwright.service.uncertainty import deviates_of

Array = NDArray[np.float64]

MAN = Person("male", 1.755, 84.6)
EXERCISES = ("kettlebell-band-row", "bent-over-band-row")
PEOPLE = (3, 50, 101, 150)
"""Which of the draws are done the slow way."""


@cache
def analysed(exercise: str) -> Analysis:
    """An exercise with its usual loads."""
    return analyse(default_setup(find_exercise(exercise), MAN))


def draws_of(analysis: Analysis) -> Draws:
    """What was drawn."""
    assert analysis.spread.rest is not None
    return analysis.spread.rest.draws


def one_by_one(setup: SetUp, person: int) -> ArmResult:
    """One draw as an analysis of its own: another body, movement, strength and bands."""
    deviates = deviates_of(setup)
    anatomy, ratios = load_anatomy(), load_ratios(MAN)
    upper, fore, broad = np.clip(deviates.of("body")[person], -FURTHEST, FURTHEST)
    (scapula,) = np.clip(deviates.of("scapula")[person], -FURTHEST, FURTHEST)
    someone = replace(
        MAN,
        upper_arm_m=(1 + UPPER_ARM_CV * upper) * ratios["upper_arm_length"] * MAN.stature_m,
        forearm_m=(1 + FOREARM_CV * fore) * ratios["forearm_length"] * MAN.stature_m,
    )
    breadth = {**ratios, "biacromial_breadth": (1 + SHOULDERS_CV * broad) * ratios["biacromial_breadth"]}
    body = BodyModel(anatomy, proportions(someone, breadth, anatomy))
    movement = replace(setup.exercise.movement, girdle_motion=1 + SCAPULA_CV * scapula)
    posed = pose_repetition(movement, body, side=setup.side)
    size, ways = np.linalg.eigh(population_estimate().covariance)
    log = (ways * np.sqrt(np.maximum(size, 0.0))) @ deviates.of("strength")[person, : len(GROUPS)]
    strength = scaled_strength(strength_in(body), anatomy, StrengthEstimate(log, np.eye(len(GROUPS))))
    forces = load_forces(drawn_bands(setup.loads, deviates.of("band")[person]), posed)
    return solve_arm(posed, posed.working[0], forces, Holder(strength, holder_of(MAN).cone))


def drawn_bands(loads: tuple[Load, ...], normal: Array) -> tuple[Load, ...]:
    """Each band as it is in one draw."""
    numbers = iter(normal)
    found: list[Load] = []
    for load in loads:
        if isinstance(load, BandLoad):
            harder = np.exp(np.log1p(load.band.force_spread) * next(numbers))
            longer = 1.0 + load.band.length_spread * next(numbers)
            law = DrawnLaw(load.band.law, np.asarray(harder), np.asarray(1.0))
            free = None if load.free_length_m is None else longer * load.free_length_m
            band = replace(load.band, law=law, rest_length_m=longer * load.band.rest_length_m)
            found.append(replace(load, band=band, free_length_m=free))
        else:
            found.append(load)
    return tuple(found)


@cache
def slow(exercise: str) -> tuple[ArmResult, ...]:
    """Everyone who is done the slow way."""
    return tuple(one_by_one(analysed(exercise).setup, person) for person in PEOPLE)


def off_by(quick: Array, exact: Array) -> Array:
    """Relative differences, small values counted against a twentieth of the greatest."""
    return np.asarray((quick - exact) / np.maximum(exact, exact.max() / 20))


@pytest.mark.parametrize("exercise", EXERCISES)
def test_load_and_strength_are_those_of_reposed_people(exercise: str) -> None:
    """Load within 3 %, strength within 4 % root mean square, and peak effort within 6 % of a full analysis."""
    draws = draws_of(analysed(exercise))
    for person, exact in zip(PEOPLE, slow(exercise), strict=True):
        load, strength = (
            off_by(draws.load_n[person], exact.load_n),
            off_by(draws.strength_n[person], exact.strength_n),
        )
        assert np.abs(load).max() < 0.03
        assert np.sqrt(np.mean(strength**2)) < 0.04
        assert draws.effort[person].max() == pytest.approx(exact.effort.max(), rel=0.06)


@pytest.mark.parametrize("exercise", EXERCISES)
def test_doses_are_those_of_reposed_people(exercise: str) -> None:
    """Mean activations are within 0.02 root mean square of a full analysis; people differ by more."""
    analysis = analysed(exercise)
    draws, side, muscles = draws_of(analysis), analysis.working.side, analysis.posed.muscle_ids
    for person, exact in zip(PEOPLE, slow(exercise), strict=True):
        doses = muscle_doses(exact.activation.T, exact.equations.fibre_norm.T)
        quick = [draws.figures.muscle_dose[f"{muscle}_{side}"][person, 0] for muscle in muscles]
        off = np.array(quick) - [dose.mean for dose in doses]
        assert np.sqrt(np.mean(off**2)) < 0.02
