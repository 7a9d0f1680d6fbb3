"""People drawn at random: stature and mass as a survey found them, strength as people differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bandwright.body.own_strength import COMMON_SD
from bandwright.body.person import Person, Sex

Array = NDArray[np.float64]

FURTHEST_SD: Final = 2.3
"""Nobody is drawn further out than the survey's first and 99th percentile, 2.33 standard deviations [-]."""


@dataclass(frozen=True, slots=True)
class Survey:
    """What a survey says of one sex: stature [m] and mass [kg] at P percentiles, and how the two go together [-]."""

    percentile: Array
    stature_m: Array
    mass_kg: Array
    correlation: float


@dataclass(frozen=True, slots=True)
class Member:
    """One person of a cohort, and how strong they are over people of that size and sex [-]."""

    id: str
    person: Person
    strength: float = 1.0


def draw_members(
    surveys: Mapping[Sex, Survey], sexes: Sequence[Sex], rng: np.random.Generator, *, strength_varies: bool
) -> tuple[Member, ...]:
    """One person for each sex in the list, to the millimetre and 100 g.

    The first people are the same however many are drawn.
    """
    return tuple(
        _drawn(f"drawn-{index:05d}", sex, surveys[sex], _deviates(rng), strength_varies=strength_varies)
        for index, sex in enumerate(sexes, start=1)
    )


def _deviates(rng: np.random.Generator) -> Array:
    """Three independent normal numbers (3,), none of them further out than `FURTHEST_SD`."""
    while True:
        drawn = rng.standard_normal(3)
        if np.all(np.abs(drawn) <= FURTHEST_SD):
            return drawn


def _drawn(name: str, sex: Sex, survey: Survey, deviates: Array, *, strength_varies: bool) -> Member:
    tall, own, strong = deviates
    shared = survey.correlation
    heavy = np.clip(shared * tall + np.sqrt(1.0 - shared**2) * own, -FURTHEST_SD, FURTHEST_SD)
    knots = [NormalDist().inv_cdf(share / 100.0) for share in survey.percentile.tolist()]
    stature, mass = np.interp(tall, knots, survey.stature_m), np.interp(heavy, knots, survey.mass_kg)
    factor = float(np.exp(COMMON_SD * strong)) if strength_varies else 1.0
    return Member(name, Person(sex, round(float(stature), 3), round(float(mass), 1)), round(factor, 3))
