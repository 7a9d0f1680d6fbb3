"""Muscle paths as published: shortest over ellipsoids, cylinders and spheres, with points that travel."""

from __future__ import annotations

import mujoco
import numpy as np
from numpy.typing import NDArray

from bandwright.body.anatomy import Anatomy
from bandwright.body.path_tables import path_tables
from bandwright.body.person import SIDES, Side
from bandwright.body.scaling import Proportions
from bandwright.body.wrapping.assembly import evaluate
from bandwright.body.wrapping.drawing import draw
from bandwright.body.wrapping.placing import Placed, Pose

Array = NDArray[np.float64]

_GUESS: int = 3
"""What is kept of each surface of a muscle from pose to pose, see `wrapping.ellipsoid`."""


class ExactPaths:
    """Shortest paths of every muscle. Not thread-safe: a pose uses one scratch and the last pose's solution."""

    def __init__(self, model: mujoco.MjModel, anatomy: Anatomy, sizes: Proportions) -> None:
        self._model = model
        self._muscles = len(anatomy.muscles)
        self._tables = {side: path_tables(model, anatomy, sizes, side) for side in SIDES}
        self._placed = {side: self._room(side) for side in SIDES}
        self._guesses = {side: np.zeros((self._muscles, 2, _GUESS)) for side in SIDES}
        self._root = int(model.body_rootid[model.body("thorax").id])

    def lengths_and_gradients(self, data: mujoco.MjData, side: Side) -> tuple[Array, Array]:
        """Lengths (n,) [m] and gradients (n, nv) [m/rad]; `mj_comPos` must have run on `data`."""
        lengths, gradients = np.empty(self._muscles), np.empty((self._muscles, self._model.nv))
        room, guesses = self._placed[side], self._guesses[side]
        evaluate(self._tables[side], self._pose(data), room, guesses, lengths, gradients)
        return lengths, gradients

    def polylines(self, data: mujoco.MjData, side: Side, points: int) -> Array:
        """The paths in the world, evenly resampled (n, points, 3) [m]; `mj_comPos` must have run on `data`."""
        found = np.empty((self._muscles, points, 3))
        draw(self._tables[side], self._pose(data), self._placed[side], self._guesses[side], found)
        return found

    def forget(self) -> None:
        """Drops what was kept of the last pose, so that the next one is solved from nothing."""
        for guesses in self._guesses.values():
            guesses[:] = 0.0

    @property
    def approximated(self) -> int:
        """How many paths over an ellipsoid were not found since the last `forget`, and are only near the shortest."""
        return int(sum(guesses[:, :, -1].sum() for guesses in self._guesses.values()))

    def _room(self, side: Side) -> Placed:
        tables = self._tables[side]
        surfaces = (tables[6], tables[7], np.empty_like(tables[9]), tables[8])
        return np.empty((len(tables[1]), 6)), surfaces

    def _pose(self, data: mujoco.MjData) -> Pose:
        return data.xpos, data.xmat, data.cdof, data.subtree_com[self._root]
