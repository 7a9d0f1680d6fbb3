"""Strand laws: the tension of one strand of band against how far it is stretched."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Final, Protocol

import numpy as np
from numpy.typing import ArrayLike
from scipy.interpolate import CubicHermiteSpline, PchipInterpolator, PPoly

from bandwright.bands.inverse import invert_rising
from bandwright.errors import InputError, Problem
from bandwright.numerics.arrays import FloatArray, read_only

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


@dataclass(frozen=True, slots=True, eq=False)
class TableLaw:
    """A smooth rising curve through measured points; straight beyond the last one.

    For bands that no formula fits (fabric) and for people with many readings.

    Raises:
        InputError: fewer than two points, or points that do not rise.
    """

    stretches: FloatArray
    """Stretch of each point, rising, all above 1, [n]."""
    tensions_n: FloatArray
    """Tension of one strand at each point, rising, [n] [N]."""
    _curve: CubicHermiteSpline = field(init=False, repr=False)
    _area: PPoly = field(init=False, repr=False)

    def __post_init__(self) -> None:
        stretches, tensions = (read_only(values) for values in (self.stretches, self.tensions_n))
        problems = _table_problems(stretches, tensions)
        if problems:
            raise InputError(*problems)
        curve = _rising_curve(stretches, tensions)
        object.__setattr__(self, "stretches", stretches)
        object.__setattr__(self, "tensions_n", tensions)
        object.__setattr__(self, "_curve", curve)
        object.__setattr__(self, "_area", curve.antiderivative())

    @property
    def measured_to_stretch(self) -> float:
        """Stretch of the last point; beyond it the curve is a straight guess [-]."""
        return float(self.stretches[-1])

    def tension_n(self, stretch: ArrayLike) -> FloatArray:
        """Tension of one strand, zero when slack [N]."""
        inside, beyond = self._split(stretch)
        return np.asarray(self._curve(inside) + beyond * self._end_slope)

    def stiffness_n(self, stretch: ArrayLike) -> FloatArray:
        """Derivative of tension by stretch, zero below rest length [N]."""
        inside, _ = self._split(stretch)
        return np.asarray(np.where(np.asarray(stretch) < 1.0, 0.0, self._curve(inside, 1)))

    def energy_n(self, stretch: ArrayLike) -> FloatArray:
        """Integral of tension from 1 to the stretch; times the rest length it is energy [N]."""
        inside, beyond = self._split(stretch)
        straight = beyond * (self.tensions_n[-1] + 0.5 * beyond * self._end_slope)
        return np.asarray(self._area(inside) + straight)

    def stretch(self, tension_n: ArrayLike) -> FloatArray:
        """Stretch at which the strand carries a tension; 1 for a tension that is not positive [-]."""
        return invert_rising(self._rising, tension_n, low=1.0, width=1.0)

    def _rising(self, stretch: FloatArray) -> tuple[FloatArray, FloatArray]:
        return self.tension_n(stretch), self.stiffness_n(stretch)

    @property
    def _end_slope(self) -> float:
        return float(self._curve(self.stretches[-1], 1))

    def _split(self, stretch: ArrayLike) -> tuple[FloatArray, FloatArray]:
        """The part of a stretch inside the table, and how far it goes beyond its end."""
        taut = np.maximum(np.asarray(stretch, dtype=np.float64), 1.0)
        end = self.stretches[-1]
        return np.minimum(taut, end), np.maximum(taut - end, 0.0)


def _rising_curve(stretches: FloatArray, tensions: FloatArray) -> CubicHermiteSpline:
    x, y = np.concatenate(([1.0], stretches)), np.concatenate(([0.0], tensions))
    slopes = PchipInterpolator(x, y)(x, 1)
    # The end slopes of a monotone cubic may be zero, which has no inverse; a tenth of the last secant has.
    secants = np.diff(y) / np.diff(x)
    slopes[0], slopes[-1] = max(slopes[0], 0.1 * secants[0]), max(slopes[-1], 0.1 * secants[-1])
    return CubicHermiteSpline(x, y, slopes)


def _table_problems(stretches: FloatArray, tensions: FloatArray) -> list[Problem]:
    hint = "Example: stretches 1.5, 2.0, 2.5 with tensions 12, 19, 27 N."
    if stretches.ndim != 1 or stretches.shape != tensions.shape or stretches.size < 2:
        said = f"A table law got {stretches.size} stretches and {tensions.size} tensions."
        return [Problem("bad-table", said, ("as many tensions as stretches, two or more",), hint=hint)]
    problems = []
    for what, values, start in (("stretch", stretches, 1.0), ("tension", tensions, 0.0)):
        steps = np.diff(np.concatenate(([start], values)))
        if not np.all(np.isfinite(values)) or np.any(steps <= 0.0):
            said = f"The {what} column {values.tolist()} does not rise from above {start:g}."
            problems.append(
                Problem("bad-table", said, (f"finite values rising from above {start:g}",), hint=hint)
            )
    return problems


def _refused(name: str, given: float, allowed: str, example: str) -> Problem:
    said = f"A Martin-Roth-Stiehler law cannot have {name} = {given:g}."
    return Problem(f"bad-law-{name.replace('_', '-')}", said, (allowed,), hint=f"Example: {example}.")
