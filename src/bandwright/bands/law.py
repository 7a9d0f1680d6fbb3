"""Strand laws: the tension of one strand of band against how far it is stretched."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
from numpy.typing import ArrayLike

from bandwright.bands.inverse import invert_rising
from bandwright.errors import InputError, Problem
from bandwright.numerics.arrays import FloatArray

MIN_SHAPE: Final = 0.2
"""Smallest shape A accepted; the law stops rising everywhere below 0.16 (MRS, derived)."""

TYPICAL_SHAPE: Final = 0.44
"""Shape A of an exercise band not measured at two stretches [-]; mean 0.435, SD 0.052 over 27 curves
(TB-MAN-ES, TB-CHART2, HEXROX, TB-HIRES, JUMPSTR, PRIMELINE)."""

TYPICAL_SHAPE_SD: Final = 0.05
"""Spread of the shape A among bands [-] (same curves as `TYPICAL_SHAPE`)."""

QUADRATURE_NODES: Final = 48
"""Gauss-Legendre nodes for the energy; exact to rounding up to ten times the rest length."""


class StrandLaw(Protocol):
    """Tension of one strand against stretch = length / rest length; all methods take scalars and arrays."""

    @property
    def measured_to_stretch(self) -> float:
        """Largest stretch the law was measured or charted at; inf when the law itself does not know."""

    def tension_n(self, stretch: ArrayLike) -> FloatArray:
        """Tension of one strand, zero when slack [N]."""

    def stiffness_n(self, stretch: ArrayLike) -> FloatArray:
        """Derivative of tension by stretch, zero when slack [N]."""

    def energy_n(self, stretch: ArrayLike) -> FloatArray:
        """Integral of tension from 1 to the stretch; times the rest length it is energy [N]."""

    def stretch(self, tension_n: ArrayLike) -> FloatArray:
        """Stretch at which the strand carries a tension; 1 for a tension that is not positive [-]."""


@dataclass(frozen=True, slots=True)
class MartinRothStiehler:
    """T = M (1/λ - 1/λ²) exp[A (λ - 1/λ)], zero for λ <= 1 (MRS, as given in WOOD1977).

    Raises:
        InputError: M is not positive, or A is under 0.2, where the law does not surely rise.
    """

    m_n: float
    """Initial stiffness E·A0 [N]."""
    a: float
    """Shape [-]; about 0.44 for exercise bands."""

    def __post_init__(self) -> None:
        problems = []
        if not (math.isfinite(self.m_n) and self.m_n > 0.0):
            problems.append(_refused("m_n", self.m_n, "a positive force in newtons", "m_n = 45.0"))
        if not (math.isfinite(self.a) and self.a >= MIN_SHAPE):
            problems.append(_refused("a", self.a, f"at least {MIN_SHAPE}", "a = 0.44"))
        if problems:
            raise InputError(*problems)

    @property
    def measured_to_stretch(self) -> float:
        """Infinite: a formula does not know its data; the band that carries it does."""
        return math.inf

    def tension_n(self, stretch: ArrayLike) -> FloatArray:
        """Tension of one strand, zero when slack [N]."""
        taut = np.maximum(np.asarray(stretch, dtype=np.float64), 1.0)
        inverse = 1.0 / taut
        tension = self.m_n * inverse * (1.0 - inverse) * np.exp(self.a * (taut - inverse))
        return np.asarray(tension)

    def stiffness_n(self, stretch: ArrayLike) -> FloatArray:
        """Derivative of tension by stretch; zero below rest length and M at it [N]."""
        given = np.asarray(stretch, dtype=np.float64)
        taut = np.maximum(given, 1.0)
        inverse = 1.0 / taut
        # Written without the 1/(λ - 1) of the logarithmic form, so that it holds at λ = 1.
        shape = inverse**2 * (2.0 * inverse - 1.0) + self.a * inverse * (1.0 - inverse) * (1.0 + inverse**2)
        slope = self.m_n * shape * np.exp(self.a * (taut - inverse))
        return np.asarray(np.where(given < 1.0, 0.0, slope))

    def energy_n(self, stretch: ArrayLike) -> FloatArray:
        """Integral of tension from 1 to the stretch; times the rest length it is energy [N]."""
        taut = np.maximum(np.asarray(stretch, dtype=np.float64), 1.0)
        nodes, weights = np.polynomial.legendre.leggauss(QUADRATURE_NODES)
        half = 0.5 * (taut - 1.0)
        along = 1.0 + half[..., None] * (1.0 + nodes)
        return np.asarray(half * (self.tension_n(along) @ weights))

    def stretch(self, tension_n: ArrayLike) -> FloatArray:
        """Stretch at which the strand carries a tension; 1 for a tension that is not positive [-]."""
        return invert_rising(self._rising, tension_n, low=1.0, width=1.0)

    def _rising(self, stretch: FloatArray) -> tuple[FloatArray, FloatArray]:
        return self.tension_n(stretch), self.stiffness_n(stretch)


def _refused(name: str, given: float, allowed: str, example: str) -> Problem:
    said = f"A Martin-Roth-Stiehler law cannot have {name} = {given:g}."
    return Problem(f"bad-law-{name.replace('_', '-')}", said, (allowed,), hint=f"Example: {example}.")
