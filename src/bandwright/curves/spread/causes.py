"""What is uncertain, by how much, and the random numbers that stand for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal, get_args

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from bandwright.body.own_strength import COMMON_SD

Array = NDArray[np.float64]

Cause = Literal["band", "strength", "body", "scapula"]
CAUSES: Final[tuple[Cause, ...]] = get_args(Cause)

DRAWS: Final = 200
SEED: Final = 20161

STRENGTH_CV: Final = COMMON_SD
"""Between-person coefficient of variation of joint strength (Holzbaur2007moment, Stobbe1982) [-]."""

MEASURED_STRENGTH_CV: Final = 0.07
"""Repeat error of a person's own isometric pulls with a hanging scale (COACH: 5–10 %) [-]."""

UPPER_ARM_CV: Final = 0.032
"""Spread of the upper arm's length among people of one stature: its share of stature, acromion to radiale, is
0.1909 ± 0.0061 of 4082 men and 0.1911 ± 0.0065 of 1986 women (ANSURII) [-]."""

FOREARM_CV: Final = 0.043
"""The same of the forearm, radiale to stylion: 0.1525 ± 0.0061 of men, 0.1482 ± 0.0068 of women (ANSURII) [-]."""

SHOULDERS_CV: Final = 0.042
"""The same of biacromial breadth: 0.2368 ± 0.0098 of men, 0.2244 ± 0.0096 of women (ANSURII) [-]."""

TAPE_CV: Final = 0.015
"""Spread of an arm length that a person measured: joint centres are found to about half a centimetre with a tape
(convention) [-]."""

SCAPULA_CV: Final = 0.25
"""Spread of the girdle's way from rest between people. The blade turned up by 29.1° ± 10.1° in 15 adults raising an
arm (Dayanidhi2005: 0.35), and 907 men moved it by 36.9° ± 6.2° between full drop and full lift (HallaceliCimbiz:
0.17); the geometric mean of the two [-]."""

FURTHEST: Final = 2.5
"""Body and movement are drawn no further than this many standard deviations: shifts are known near the middle [-]."""


@dataclass(frozen=True, eq=False)
class Deviates:
    """D draws of p independent standard normal numbers: `values` (D, p), and what each column is about; equal only
    to itself.
    """

    values: Array
    causes: tuple[Cause, ...]

    @cached_property
    def centred(self) -> Array:
        """The columns (D, p), each less its mean."""
        return np.asarray(self.values - self.values.mean(axis=0))

    @cached_property
    def variance(self) -> Array:
        """Of each column (p,)."""
        return np.asarray(self.centred.var(axis=0))

    @cached_property
    def regression(self) -> Array:
        """What a drawn figure (D,) times gives its linear regression on all columns (p, D)."""
        return np.asarray(np.linalg.pinv(self.centred))

    def of(self, cause: Cause) -> Array:
        """The columns (D, …) of one cause."""
        return self.values[:, [name == cause for name in self.causes]]


def draw(counts: Mapping[Cause, int], draws: int = DRAWS, seed: int = SEED) -> Deviates:
    """So many columns for each cause, by Latin hypercube: every column takes each of D equally likely values once.

    Columns that go together by chance are put in another order (ImanConover1982). Percentiles of what follows evenly
    from the columns come out far less noisy than from independent draws.
    """
    rng = np.random.default_rng(seed)
    causes = tuple(cause for cause in CAUSES for _ in range(counts.get(cause, 0)))
    level = ndtri((np.arange(draws) + 0.5) / draws)
    mixed = rng.permuted(np.tile(level, (len(causes), 1)), axis=1).T
    apart = np.linalg.solve(np.linalg.cholesky(mixed.T @ mixed), mixed.T).T
    return Deviates(level[np.argsort(np.argsort(apart, axis=0), axis=0)], causes)


def shares(figure: Array, deviates: Deviates) -> dict[Cause, float]:
    """Part of a drawn figure's (D,) variance that each cause explains to first order [-]; 0 where it is constant.

    The regression on all columns is linear. What its coefficients would be by chance is taken off.
    """
    spread, (draws, columns) = float(np.var(figure)), deviates.values.shape
    nothing = dict.fromkeys(CAUSES, 0.0)
    if spread <= 1e-12 or columns == 0:
        return nothing
    apart = figure - figure.mean()
    slope = deviates.regression @ apart
    left = apart - deviates.centred @ slope
    chance = float(left @ left) / (draws - columns - 1) / draws
    part = slope**2 * deviates.variance
    for cause in nothing:
        mine = [name == cause for name in deviates.causes]
        nothing[cause] = float(max(part[mine].sum() - sum(mine) * chance, 0.0)) / spread
    return nothing
