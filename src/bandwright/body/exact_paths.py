"""Muscle paths as published: shortest over ellipsoids, cylinders and spheres, with points that travel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import mujoco
import numpy as np
from numpy.typing import NDArray

from bandwright.body.anatomy import Anatomy
from bandwright.body.path_tables import path_tables
from bandwright.body.person import SIDES, Side
from bandwright.body.scaling import Proportions
from bandwright.body.wrapping.assembly import evaluate_all
from bandwright.body.wrapping.ellipsoid import APPROXIMATED
from bandwright.body.wrapping.placing import Pose
from bandwright.body.wrapping.surfaces import KEPT

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class MusclePaths:
    """Paths of one side's n muscles at K poses.

    `lengths` (K, n) [m]; `gradients` (K, nv, n) of length by degree of freedom [m/rad]; `lines` (K, n, points, 3) the
    paths in the world, evenly resampled [m]; `approximated` how many paths over an ellipsoid were not found and are
    only near the shortest.
    """

    lengths: Array
    gradients: Array
    lines: Array
    approximated: int


class ExactPaths:
    """Shortest paths of every muscle of a body."""

    def __init__(
        self, model: mujoco.MjModel, data: mujoco.MjData, anatomy: Anatomy, sizes: Proportions
    ) -> None:
        self._degrees = model.nv
        self._muscles = len(anatomy.muscles)
        self._tables = {side: path_tables(model, anatomy, sizes, side) for side in SIDES}
        root = int(model.body_rootid[model.body("thorax").id])
        self._now: Pose = (data.xpos, data.xmat, data.cdof, data.subtree_com[root])

    def pose(self) -> Pose:
        """What the paths depend on of the pose that `data` is in; `mj_comPos` must have run on it."""
        xpos, xmat, cdof, centre = self._now
        return xpos.copy(), xmat.copy(), cdof.copy(), centre.copy()

    def along(self, poses: Sequence[Pose], side: Side, points: int = 0) -> MusclePaths:
        """Paths at K poses, of which neighbours should be alike: each is sought near the one before."""
        tables, count = self._tables[side], len(poses)
        found = (
            np.empty((count, self._muscles)),
            np.empty((count, self._degrees, self._muscles)),
            np.empty((count, self._muscles, points, 3)),
        )
        xpos, xmat, cdof, centre = (np.array(part) for part in zip(*poses, strict=True))
        bends = np.zeros((self._muscles, 2, KEPT))
        evaluate_all(tables, (xpos, xmat, cdof, centre), bends, found)
        return MusclePaths(*found, approximated=int(bends[:, :, APPROXIMATED].sum()))
