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
        start, count = (
            np.asarray(column)[self._rows[side]] for column in (data.ten_wrapadr, data.ten_wrapnum)
        )
        # Paths with fewer corners repeat their last one, so that all can be resampled at once.
        steps = np.minimum(np.arange(count.max()), count[:, None] - 1)
        return _resample(corners[start[:, None] + steps], points)


def _resample(corners: Array, points: int) -> Array:
    """Evenly spaced points along polylines (n, m, 3) -> (n, points, 3)."""
    step = np.linalg.norm(np.diff(corners, axis=1), axis=2)
    along = np.concatenate([np.zeros((len(corners), 1)), np.cumsum(step, axis=1)], axis=1)
    at = np.linspace(0.0, 1.0, points) * along[:, -1:]
    before = np.clip((along[:, None, :] <= at[:, :, None]).sum(axis=2) - 1, 0, corners.shape[1] - 2)
    row = np.arange(len(corners))[:, None]
    share = (at - along[row, before]) / np.maximum(step[row, before], 1e-12)
    start, end = corners[row, before], corners[row, before + 1]
    return np.asarray(start + np.clip(share, 0.0, 1.0)[..., None] * (end - start))
