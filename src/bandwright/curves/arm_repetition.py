"""The working arm of a posed repetition, as the batch kernels take it."""

from __future__ import annotations

import numpy as np

from bandwright.curves.arm import TOLERANCE
from bandwright.mechanics import ArmEquations, GlenoidCone
from bandwright.movements.posed import PosedArm
from bandwright.numerics.arrays import FloatArray
from bandwright.recruitment.batch.pool import CapacityPool, capacity_pool, spread_directions
from bandwright.recruitment.batch.repetition import Repetition


def arm_repetition(
    equations: ArmEquations, arm: PosedArm, cone: GlenoidCone, *, wrist: bool = False
) -> Repetition:
    """The repetition whose loads are the force on the grip [N] in the world, followed by that on the wrist if wanted.

    Args:
        equations: what can hold the arm, and what it weighs.
        arm: its Jacobians.
        cone: the glenoid cone.
        wrist: whether a force on the wrist is part of a load (D = 6); else D = 3.
    """
    poses = len(equations.moment)
    still = equations.limb.torque + equations.passive.torque
    head = equations.limb.head + equations.passive.head
    jacobians, by_force = [arm.grip_jacobian], [arm.head_force_by_grip]
    if wrist:
        jacobians.append(arm.wrist_jacobian)
        by_force.append(arm.head_force_by_wrist)
    return Repetition(
        moment=equations.moment,
        lower=np.tile(equations.lower, (poses, 1)),
        upper=np.tile(equations.upper, (poses, 1)),
        weight=equations.weight,
        cone=equations.cone,
        torque_still=still,
        room_still=-head @ cone.facets.T,
        torque_by_load=-np.concatenate([one.swapaxes(1, 2) for one in jacobians], axis=2),
        room_by_load=-np.einsum("fi,kij->kfj", cone.facets, np.concatenate(by_force, axis=2)),
    )


def arm_pool(repetition: Repetition, grip_pull_n: float, size: int = 64) -> CapacityPool:
    """A pool for forces on the grip from all sides, to the tolerance that strength curves are found with."""
    grip: FloatArray = np.full(len(repetition.moment), grip_pull_n)
    return capacity_pool(repetition, spread_directions(size), TOLERANCE, grip)
