"""The girdle of an arm that nobody wrote the girdle down for: the resting rhythm by where the arm points.

A rhythm is measured while a free arm is raised, in two or more planes. Between the planes the angles are blended
by the arm's own plane; beyond them, and beyond the lowest and highest arm, the nearest measured angles hold. All
curves begin in one resting posture, since the plane of a hanging arm means nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

RhythmRow = tuple[float, float, float, float]
"""Arm elevation, protraction change, elevation change, upward rotation [rad], as `Girdle` counts them."""


@dataclass(frozen=True, slots=True)
class RhythmCurve:
    """The girdle while the arm is raised in one plane [rad]; rows in order of arm elevation."""

    plane: float
    rows: tuple[RhythmRow, ...]

    def at(self, elevation: Array) -> Array:
        """Protraction change, elevation change and upward rotation (K, 3) [rad] at arm elevations (K,) [rad]."""
        from scipy.interpolate import PchipInterpolator  # noqa: PLC0415 — listing exercises needs no spline

        table = np.array(self.rows)
        within = np.clip(elevation, table[0, 0], table[-1, 0])
        return np.asarray(PchipInterpolator(table[:, 0], table[:, 1:])(within))


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How the girdle goes with the arm: two or more curves in order of their plane."""

    curves: tuple[RhythmCurve, ...]

    def girdle(self, direction: Array) -> Array:
        """Protraction change, elevation change and upward rotation (K, 3) [rad] for upper arm directions (K, 3)."""
        x, y, z = direction.T
        return self.girdle_at(np.arctan2(x, z), np.arctan2(np.hypot(x, z), -y))

    def girdle_at(self, plane: Array, elevation: Array) -> Array:
        """The same for arm planes and elevations, each (K,) [rad]."""
        planes = np.array([curve.plane for curve in self.curves])
        place = np.interp(plane, planes, np.arange(len(planes)))
        found = np.stack([curve.at(elevation) for curve in self.curves])
        lower = np.minimum(place.astype(int), len(planes) - 2)
        share = (place - lower)[:, None]
        pose = np.arange(len(place))
        return np.asarray((1.0 - share) * found[lower, pose] + share * found[lower + 1, pose])
