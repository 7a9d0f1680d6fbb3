"""Strength curves other than the computed one: the coach's and the person's own measured pulls."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import PchipInterpolator

Array = NDArray[np.float64]

COACH_PHASES: Final = (0.0, 0.6, 1.0)
COACH_SHAPE: Final = (1.0, 0.5, 0.75)
"""The coach's pulling curve: strongest at the start, weakest in the middle, a little stronger again at the
finish (brief B2, COACH). The article gives the order, not the figures; these are ours.
"""


def coach_curve(computed_n: Array, phase: Array) -> Array:
    """The coach's shape (K,) at the size of the computed curve: both have the same mean [N]."""
    shape = np.asarray(PchipInterpolator(COACH_PHASES, COACH_SHAPE)(phase))
    curve: Array = shape * (computed_n.mean() / shape.mean())
    return curve


def measured_curve(pulls: Sequence[tuple[float, float]], phase: Array) -> Array:
    """Curve (K,) [N] through isometric pulls (phase, force), level beyond the first and last."""
    at, force = np.array(sorted(pulls)).T
    inside = np.clip(phase, at[0], at[-1])
    return np.asarray(PchipInterpolator(at, force)(inside))
