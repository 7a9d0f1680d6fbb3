"""The girdle of an arm that nobody measured it for: resting rhythm by the arm's elevation."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import PchipInterpolator

Array = NDArray[np.float64]

RHYTHM_DEG: Final = np.array(
    [
        # arm elevation, protraction change, elevation change, upward rotation
        [14.0, 0.0, 0.0, 4.0],
        [30.0, -3.0, 1.0, 8.0],
        [60.0, -9.0, 5.0, 21.0],
        [90.0, -12.0, 9.0, 35.0],
        [120.0, -13.0, 13.0, 46.0],
        [150.0, -13.0, 13.0, 57.0],
    ]
)
"""Raising the free arm sideways, one person (BelliIK2023) [deg]; held beyond the first and last row."""


def rhythm(direction: Array) -> Array:
    """Protraction change, elevation change and upward rotation (K, 3) [rad] for upper arm directions (K, 3)."""
    elevation = np.arctan2(np.hypot(direction[:, 0], direction[:, 2]), -direction[:, 1])
    table = np.radians(RHYTHM_DEG)
    within = np.clip(elevation, table[0, 0], table[-1, 0])
    return np.asarray(PchipInterpolator(table[:, 0], table[:, 1:])(within))
