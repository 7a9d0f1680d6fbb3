"""Lower bounds on the effort of any hand force in one exercise.

At one pose effort is a gauge: the load's factor m is how far a force can grow within a convex set, and effort = 1/m
is convex and grows in proportion to the force. So each linear programme solved gives a plane under all of it, which
`CapacityPool` takes from the programme's prices; the greatest of a few dozen planes is close to it everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bandwright.curves.arm import GREATEST_EFFORT, TOLERANCE
from bandwright.recruitment.batch.pool import CapacityPool, capacity_pool, refined
from bandwright.recruitment.batch.pool_bounds import least_effort
from bandwright.search.arm import ReadyArm

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Planes:
    """Planes under the effort at K poses (K, J, D) [1/N], D = 3 for the grip alone, else 6; the grip's pull [N]."""

    planes: Array
    grip_n: float


@dataclass(frozen=True, slots=True)
class EffortPool:
    """Planes under the effort of one exercise at every pose."""

    pool: CapacityPool

    def lower(self, force: Array) -> Array:
        """Effort (B, K) of B hand forces (B, K, 6), at most the true one up to rounding."""
        return np.minimum(least_effort(self.pool, force), GREATEST_EFFORT)

    def planes(self, poses: NDArray[np.intp], *, wrists: bool) -> Planes:
        """The planes at some poses; without wrists they look at the grip's force alone."""
        faces = self.pool.face[poses]
        # Where not even the limb is held any force is far too much.
        faces = np.where(self.pool.feasible[poses, None, None], faces, 0.0)
        return Planes(faces if wrists else faces[..., :3], float(self.pool.grip[0]))

    def touching(self, forces: Sequence[Array] | Array) -> EffortPool:
        """The same with bounds that are exact at some hand forces, each (K, 6)."""
        given = np.asarray(forces).reshape(-1, *self.pool.face.shape[::2])
        return replace(self, pool=refined(self.pool, given))


def pool_of(arm: ReadyArm, forces: Sequence[Array]) -> EffortPool:
    """A pool of planes touching at each of N hand forces (K, 6)."""
    directions = np.array(forces).reshape(-1, arm.poses, 6)
    grip = np.full(arm.poses, arm.space.holder.strength.grip_pull_n)
    return EffortPool(capacity_pool(arm.recruiter.repetition, directions, TOLERANCE, grip))
