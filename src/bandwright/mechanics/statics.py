"""Forces on a hand to joint torques, and the joint equations of one arm with everything that can hold it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bandwright.body import EQUATIONS, Side
from bandwright.body.fibre_curves import active_force_length, force_velocity, passive_force_length
from bandwright.body.strength import (
    BAR_EQUATION,
    HEAD_EQUATIONS,
    Actuator,
    Strength,
    fibre_length_norm,
    fibre_speed_norm,
)
from bandwright.loads import LoadForces
from bandwright.mechanics.glenoid import GlenoidCone
from bandwright.movements import PosedRepetition
from bandwright.movements.posed import PosedArm
from bandwright.numerics.arrays import read_only

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class HandForce:
    """Force on one hand's grip and wrist, each (K, 3) [N] in the world."""

    grip: Array
    wrist: Array

    @property
    def total(self) -> Array:
        """Resultant (K, 3) [N]."""
        return self.grip + self.wrist


@dataclass(frozen=True, slots=True)
class Demand:
    """What has to be held: torque (K, 8) [N·m] per equation and force on the humeral head (K, 3) [N]."""

    torque: Array
    head: Array


@dataclass(frozen=True, slots=True)
class ArmEquations:
    """What can hold one arm: N columns, n muscles first and then actuators, at full activation.

    `moment` (K, 8, N) [N·m], `cone` (K, 8, N) [N] on the glenoid facets, `force_n` (K, n) active force at that
    length and speed, `fibre_norm` (K, n), `lower`, `upper`, `weight` (N,), and the limb's own weight as `limb`.
    Relaxed muscles pull with `passive_force_n` (K, n); `passive` is what that adds to what has to be held.
    `moment` and `cone` cannot be written to, so that no problem made of them needs a copy.
    """

    columns: tuple[str, ...]
    moment: Array
    cone: Array
    lower: Array
    upper: Array
    weight: Array
    limb: Demand
    passive: Demand
    force_n: Array
    passive_force_n: Array
    fibre_norm: Array


def hand_force(forces: Sequence[LoadForces], side: Side, poses: int) -> HandForce:
    """Sum of all loads on one hand."""
    sums = {"grip": np.zeros((poses, 3)), "wrist": np.zeros((poses, 3))}
    for load in forces:
        if side in load.force:
            sums[load.contact] = sums[load.contact] + load.force[side]
    return HandForce(sums["grip"], sums["wrist"])


def load_demand(arm: PosedArm, force: HandForce) -> Demand:
    """Torque (K, 8) the arm must give against a hand force, and that force's push on the humeral head."""
    torque = np.einsum("kij,ki->kj", arm.grip_jacobian, force.grip)
    head = np.einsum("kij,kj->ki", arm.head_force_by_grip, force.grip)
    if np.any(force.wrist):
        torque += np.einsum("kij,ki->kj", arm.wrist_jacobian, force.wrist)
        head += np.einsum("kij,kj->ki", arm.head_force_by_wrist, force.wrist)
    return Demand(-torque, head)


def arm_equations(posed: PosedRepetition, side: Side, strength: Strength, cone: GlenoidCone) -> ArmEquations:
    """The joint equations of one arm over the repetition."""
    arm = posed.arms[side]
    fibre = fibre_length_norm(strength, arm.muscle_length)
    speed = fibre_speed_norm(strength, arm.muscle_velocity)
    force = strength.force_n * active_force_length(fibre) * force_velocity(speed) * strength.cos_pennation
    passive = strength.passive_force_n * passive_force_length(fibre) * strength.cos_pennation
    poses = len(posed.phase)
    hanging = posed.movement.posture == "hanging"
    actuators = [one for one in strength.actuators if hanging or one.equation != BAR_EQUATION]
    extra = [_actuator_columns(actuator, arm, poses) for actuator in actuators]
    turn = np.stack([turn for turn, _ in extra], axis=-1)
    push = np.stack([push for _, push in extra], axis=-1)
    moment = np.concatenate([arm.moment_arm * force[:, None, :], turn], axis=2)
    head = np.concatenate([arm.head_force_by_muscle * force[:, None, :], push], axis=2)
    muscles = len(posed.muscle_ids)
    sizes = np.array([actuator.size for actuator in actuators])
    return ArmEquations(
        columns=(*posed.muscle_ids, *(actuator.id for actuator in actuators)),
        moment=read_only(moment),
        cone=read_only(np.einsum("fi,kin->kfn", cone.facets, head)),
        lower=np.concatenate([np.zeros(muscles), [a.lower for a in actuators] / sizes]),
        upper=np.concatenate([np.ones(muscles), [a.upper for a in actuators] / sizes]),
        weight=np.concatenate([np.ones(muscles), [a.weight for a in actuators]]),
        limb=Demand(arm.gravity_torque, -arm.head_weight),
        passive=passive_demand(arm, passive),
        force_n=force,
        passive_force_n=passive,
        fibre_norm=fibre,
    )


def passive_demand(arm: PosedArm, force_n: Array) -> Demand:
    """Torque (K, 8) to hold against relaxed muscles that pull with `force_n` (K, n), and their push on the head."""
    torque = np.einsum("kin,kn->ki", arm.moment_arm, force_n)
    return Demand(-torque, np.einsum("kin,kn->ki", arm.head_force_by_muscle, force_n))


def _actuator_columns(actuator: Actuator, arm: PosedArm, poses: int) -> tuple[Array, Array]:
    """Torque (K, 8) and head force (K, 3) of an actuator at full activation."""
    turn, push = np.zeros((poses, len(EQUATIONS))), np.zeros((poses, 3))
    if actuator.equation == BAR_EQUATION:
        # The bar answers a sideways push of the hand with a force along itself (the world's y axis).
        return actuator.size * arm.grip_jacobian[:, 1], actuator.size * arm.head_force_by_grip[:, :, 1]
    if actuator.equation in HEAD_EQUATIONS:
        push[:, HEAD_EQUATIONS.index(actuator.equation)] = actuator.size
    else:
        turn[:, EQUATIONS.index(actuator.equation)] = actuator.size
    return turn, push


def lumbar_moment(posed: PosedRepetition, forces: dict[Side, HandForce]) -> Array:
    """Extension moment the back must give at L5/S1 (K,) [N·m], from body weight and hand forces."""
    moment = posed.lumbar_weight.copy()
    for side, force in forces.items():
        for contact, vector in (("grip", force.grip), ("wrist", force.wrist)):
            moment += np.einsum("ki,ki->k", posed.lumbar_by_force[f"{contact}_{side}"], vector)
    return moment
