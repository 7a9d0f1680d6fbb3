"""The forces on the hands as arrows, their length in scale."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from bandwright.curves import ArmResult
from bandwright.service.analysis import Analysis
from bandwright.service.report.drawing import Label, Mark, Path
from bandwright.service.report.scene import Camera, Part
from bandwright.service.report.words import kilograms

Array = NDArray[np.float64]

LONGEST_ARROW_M: Final = 0.36
"""Length of the arrow of the set-up's greatest force [m]."""

SHORTEST_ARROW_M: Final = 0.03
"""An arrow shorter than this is left out; its label stays [m]."""

LABEL_BESIDE_M: Final = 0.10


def force_arrows(analysis: Analysis, index: int, view: Camera) -> list[Part]:
    """The arrow of each working hand, the nearest hand's first and with its label."""
    greatest = max(float(result.load_n.max()) for result in analysis.results)
    if greatest <= 0.0:
        return []
    ordered = sorted(analysis.results, key=lambda one: -view.near(_hand(analysis, one, index)))
    parts = []
    for result in ordered:
        hand = _hand(analysis, result, index)
        tip = hand + result.hand.total[index] * (LONGEST_ARROW_M / greatest)
        start, end = view.flat(hand), view.flat(tip)
        marks = _arrow(start, end)
        if result is ordered[0]:
            marks.append(_label(kilograms(float(result.load_n[index])), start, end))
        parts.append(Part(view.near(hand), tuple(marks)))
    return parts


def _hand(analysis: Analysis, result: ArmResult, index: int) -> Array:
    return np.asarray(analysis.posed.points[f"hand_{result.side}"][index])


def _arrow(start: Array, end: Array) -> list[Mark]:
    """Shaft and head; a force too small for an arrow gets none."""
    length = float(np.linalg.norm(end - start))
    if length < SHORTEST_ARROW_M:
        return []
    along = (end - start) / length
    across = np.array([-along[1], along[0]])
    head = min(0.06, 0.6 * length)
    neck = end - head * along
    tip = np.array([end, neck + 0.45 * head * across, neck - 0.45 * head * across])
    return [Path(np.array([start, neck]), "arrow"), Path(tip, "arrow-head", closed=True)]


def _label(text: str, start: Array, end: Array) -> Label:
    """Beside the arrow: to the right of an upright one, above a level one."""
    along = end - start
    level = abs(along[0]) > abs(along[1])
    beside = np.array([0.0, LABEL_BESIDE_M]) if level else np.array([0.8 * LABEL_BESIDE_M, 0.0])
    at = start + 0.6 * along + beside
    return Label(text, at - np.array([0.0, 0.025]), "arrow-label", "middle" if level else "start")
