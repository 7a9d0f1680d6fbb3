"""The strand law that measured points give when no formula fits them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import ArrayLike
from scipy.interpolate import CubicHermiteSpline, PchipInterpolator, PPoly

from bandwright.bands.inverse import invert_rising
from bandwright.errors import InputError, Problem
from bandwright.numerics.arrays import FloatArray, read_only

FEWEST_POINTS: Final = 2
"""Points of a table besides the slack one; one point and slack would be a straight line."""

SAME_STRETCH: Final = 1e-3
"""Points closer than this are the same stretch: 1 mm of a strand of 1 m, finer than a tape is read [-]."""

TABLE_HINT: Final = "Example: 8 N at 1.2, 14 N at 1.5 and 30 N at 1.8 times the rest length."


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
        curve = rising_curve(stretches, tensions)
        object.__setattr__(self, "stretches", stretches)
        object.__setattr__(self, "tensions_n", tensions)
        object.__setattr__(self, "_curve", curve)
        object.__setattr__(self, "_area", curve.antiderivative())

    def __eq__(self, other: object) -> bool:
        """Whether both go through the same points."""
        if not isinstance(other, TableLaw):
            return NotImplemented
        return self._points() == other._points()

    def __hash__(self) -> int:
        return hash(self._points())

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

    def _points(self) -> tuple[tuple[float, ...], tuple[float, ...]]:
        return tuple(self.stretches.tolist()), tuple(self.tensions_n.tolist())

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


def rising_curve(stretches: FloatArray, tensions: FloatArray) -> CubicHermiteSpline:
    """The monotone cubic from slack through rising points; one point gives a straight line."""
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


def rising_problems(points: Mapping[str, tuple[float, float]]) -> Iterator[Problem]:
    """What keeps points from being one rising curve, whatever order they come in.

    Args:
        points: stretch [-] and tension of one strand [N] of each, under the name it is known by.
    """
    ordered = sorted(points.items(), key=lambda named: named[1])
    for (name, (low, less)), (other, (high, more)) in pairwise(ordered):
        if high - low < SAME_STRETCH:
            said = f"Two points are at {low:.4g} times the rest length: {name} and {other}."
            hint = "Keep one of them; of repeated readings keep the mean."
            yield Problem("repeated-point", said, ("one point for each length",), hint=hint, path=other)
        elif more <= less:
            said = (
                f"One strand pulls {less:.4g} N at {low:.4g} times its rest length ({name}) "
                f"but {more:.4g} N at {high:.4g} times."
            )
            hint = "A band pulls harder the longer it is; read these two again."
            yield Problem("falling-table", said, (f"above {less:.4g} N",), hint=hint, path=other)


def too_few_points(count: int, path: str | None = None) -> Problem:
    """The problem of a table with fewer points than a curve needs."""
    said = f"A table needs {FEWEST_POINTS} points or more; {count} given."
    return Problem("too-few-points", said, (f"{FEWEST_POINTS} or more",), hint=TABLE_HINT, path=path)
