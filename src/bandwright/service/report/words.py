"""The sentences of the report: forces as they feel, and curves in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bandwright.curves.measures import UNDERLOADED_BELOW
from bandwright.service.analysis import Analysis
from bandwright.service.metrics import peak_range
from bandwright.units import kilograms_force

Array = NDArray[np.float64]

SMALL_KG: Final = 10.0
"""Below this a force is shown with one decimal [kgf]."""

TURN_SHARE: Final = 0.08
"""A turning point is named when it stands out from both ends by this share of the curve's size."""

LEVEL_SHARE: Final = 0.02
"""A curve that changes by less than this share of its size is called level."""


def kilograms(force_n: float) -> str:
    """A force as it feels, e.g. "4.1 kg" or "31 kg"."""
    return f"{_figure(float(force_n))} kg"


def _figure(force_n: float) -> str:
    value = round(kilograms_force(force_n), 1)
    return f"{value:.1f}".removesuffix(".0") if value < SMALL_KG else f"{value:.0f}"


def percent(share: float) -> str:
    """A share in whole percent, e.g. "44 %"."""
    return f"{100 * share:.0f} %"


def turning_points(curve: Array) -> tuple[float, ...]:
    """Start, the one extreme between that stands out (if any), and finish."""
    start, finish = float(curve[0]), float(curve[-1])
    size = float(np.abs(curve).max())
    over = float(curve.max()) - max(start, finish)
    under = min(start, finish) - float(curve.min())
    if max(over, under) <= TURN_SHARE * size:
        return start, finish
    return start, float(curve.max() if over > under else curve.min()), finish


def told(subject: str, curve: Array, figure: Callable[[float], str], unit: str) -> str:
    """A curve in words, e.g. "Load rises from 4 to 31 kg" or "Your strength goes 30 → 14 → 26 kg"."""
    points = turning_points(curve)
    shown = [figure(value) for value in points]
    if float(np.ptp(curve)) <= LEVEL_SHARE * float(np.abs(curve).max()) or len(set(shown)) == 1:
        return f"{subject} stays at {shown[0]} {unit}"
    if len(points) > 2:
        return f"{subject} goes {' → '.join(shown)} {unit}"
    return f"{subject} {'rises' if points[1] > points[0] else 'falls'} from {shown[0]} to {shown[1]} {unit}"


def load_sentence(analysis: Analysis) -> str:
    """The load curve in words, with its spread where effort peaks."""
    said = told("Load", analysis.working.load_n, _figure, "kg")
    return f"{said}{_likely(analysis, analysis.spread.load_n)}."


def strength_sentence(analysis: Analysis) -> str:
    """The strength curve in words, with its spread where effort peaks."""
    said = told("Your strength", analysis.strength_n, _figure, "kg")
    return f"{said}{_likely(analysis, analysis.spread.strength_n)}."


def _likely(analysis: Analysis, curves: Array) -> str:
    at = int(np.argmax(analysis.effort))
    low, high = _figure(curves[0, at]), _figure(curves[2, at])
    return f" (likely {low} to {high} kg at the hardest point)" if low != high else ""


def effort_sentence(analysis: Analysis) -> str:
    """The effort curve in words: course, hardest point, where it idles and where it is too much."""
    effort, summary = analysis.effort, analysis.summary
    if summary.peak_effort <= 0.0:
        return "The load pulls on nothing in this range."
    low, high = peak_range(analysis)
    likely = f" (likely {percent(low)} to {percent(high)})" if percent(low) != percent(high) else ""
    where = f"hardest at {percent(summary.peak_phase)} of the way"
    said = [
        told("Effort", effort, lambda value: f"{100 * value:.0f}", "%"),
        f"{where}, {percent(summary.peak_effort)} of what you can hold{likely}",
    ]
    if summary.underloaded > 0.0:
        said.append(f"under half of that for {percent(summary.underloaded)} of the way")
    over = float(np.mean(effort > 1.0))
    if over > 0.0:
        said.append(f"more than you can hold for {percent(over)} of the way")
    return "; ".join(said) + "."


def idles(analysis: Analysis) -> NDArray[np.bool_]:
    """Poses (K,) that ask for less than half of the peak effort."""
    return np.asarray(analysis.effort < UNDERLOADED_BELOW * analysis.effort.max())
