"""Muscle paths: lengths and their gradients, behind one small interface.

`TendonPaths` uses MuJoCo's own wrapping over spheres and cylinders; an exact solver over the published
ellipsoids can take its place without anything else noticing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import mujoco
import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class MusclePaths(Protocol):
    """What the body needs to know of its muscles' paths."""

    def lengths_and_gradients(self, data: mujoco.MjData, side: str) -> tuple[Array, Array]:
        """Lengths (n,) [m] and their gradients by every degree of freedom (n, nv) at the pose in `data`."""
        ...

    def polylines(self, data: mujoco.MjData, side: str, points: int) -> Array:
        """The paths in the world, each resampled to evenly spaced points (n, points, 3) [m]."""
        ...


class TendonPaths:
    """Paths as MuJoCo spatial tendons named `<muscle>_<side>`."""

    def __init__(self, model: mujoco.MjModel, muscles: Sequence[str]) -> None:
        self._model = model
        self._rows = {
            side: np.array([model.tendon(f"{muscle}_{side}").id for muscle in muscles]) for side in ("r", "l")
        }
        self._dense = np.zeros((model.ntendon, model.nv))

    def lengths_and_gradients(self, data: mujoco.MjData, side: str) -> tuple[Array, Array]:
        """Lengths (n,) [m] and gradients (n, nv) [m/rad]; `mj_tendon` must have run on `data`."""
        model, rows = self._model, self._rows[side]
        mujoco.mju_sparse2dense(
            self._dense, data.ten_J, model.ten_J_rownnz, model.ten_J_rowadr, model.ten_J_colind
        )
        return np.array(data.ten_length[rows]), self._dense[rows].copy()

    def polylines(self, data: mujoco.MjData, side: str, points: int) -> Array:
        """World paths resampled evenly along their length (n, points, 3) [m]."""
        corners = np.asarray(data.wrap_xpos).reshape(-1, 3)
        lines = []
        for row in self._rows[side]:
            start, count = int(data.ten_wrapadr[row]), int(data.ten_wrapnum[row])
            lines.append(_resample(corners[start : start + count], points))
        return np.array(lines)


def _resample(corners: Array, points: int) -> Array:
    """Evenly spaced points along a polyline (m, 3) -> (points, 3)."""
    along = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(corners, axis=0), axis=1))])
    at = np.linspace(0.0, along[-1], points)
    return np.column_stack([np.interp(at, along, corners[:, axis]) for axis in range(3)])
