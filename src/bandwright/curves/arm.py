"""One arm through the repetition: load curve, strength curve, effort, and which muscles work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bandwright.body import EQUATIONS, Side
from bandwright.body.strength import Strength
from bandwright.loads import LoadForces
from bandwright.mechanics import (
    FACET_NAMES,
    ArmEquations,
    Demand,
    GlenoidCone,
    HandForce,
    arm_equations,
    hand_force,
    load_demand,
)
from bandwright.movements import PosedRepetition
from bandwright.numerics.arrays import dot, read_only, sizes_of
from bandwright.recruitment.capacity import Capacity, capacity
from bandwright.recruitment.capacity_problem import CapacityProblem, LimitLabels, Tolerance
from bandwright.recruitment.problem import Penalties, RecruitmentProblem
from bandwright.recruitment.recruit import Recruiter, Recruitment, recruiter

Array = NDArray[np.float64]

PROBE_N: Final = 100.0
"""Size of the force along the load's direction that strength is probed with [N]."""

PROBE_DECIMALS: Final = 9
"""Of its components in newtons."""

PENALTIES: Final = Penalties(torque=300.0, cone=0.1)
"""The reserve is a last resort: 0.1 N·m of it costs as much as three muscles at full activation. The cone is a
soft limit, since living joints exceed it at times (OrthoLoadS8R).
"""

TOLERANCE: Final = Tolerance(torque_nm=0.1, cone_n=5.0)
"""A load counts as held when every joint balances to 0.1 N·m, under 1 % of the torques of interest."""

SLACK_N: Final = 1e-3
"""Below this a hand counts as unloaded [N]."""

GREATEST_EFFORT: Final = 10.0
"""Effort is not counted further: ten times too much and a hundred times too much mean the same."""


@dataclass(frozen=True, slots=True)
class ArmResult:
    """One working arm over K poses.

    `load_n`, `resisting_n`, `strength_n`, `effort` are (K,); `binding` names the limit that stops the load from
    growing; `demand` is what has to be held in all, `load_demand` the load's own part of it.
    """

    side: Side
    hand: HandForce
    equations: ArmEquations
    demand: Demand
    load_demand: Demand
    recruitment: Recruitment
    capacity: Capacity
    load_n: Array
    resisting_n: Array
    strength_n: Array
    effort: Array
    binding: tuple[str | None, ...]

    @property
    def activation(self) -> Array:
        """Activations of the n muscles (K, n), actuators left out."""
        return self.recruitment.activation[:, : self.equations.force_n.shape[1]]

    @property
    def force_n(self) -> Array:
        """Forces of the n muscles (K, n), the pull of relaxed fibres with them [N]."""
        return self.activation * self.equations.force_n + self.equations.passive_force_n


@dataclass(frozen=True, slots=True, eq=False)
class Holder:
    """Who holds the load: strength and the glenoid cone; equal only to itself."""

    strength: Strength
    cone: GlenoidCone


@dataclass(frozen=True, slots=True)
class ArmTask:
    """What one arm is asked: the force on its hand and a probe along it, each with what it demands."""

    hand: HandForce
    load: Demand
    probe: HandForce
    probed: Demand


def solve_arm(posed: PosedRepetition, side: Side, forces: Sequence[LoadForces], holder: Holder) -> ArmResult:
    """Load, strength, effort and activations of one arm."""
    equations = equations_of(posed, side, holder)
    task = arm_task(posed, side, forces)
    probe = _Probe(task.probe.grip.tobytes() + task.probe.wrist.tobytes(), task.probe, task.probed)
    limit = _capacity_along(posed, side, holder, probe)
    recruitment = _recruiter_of(posed, side, holder).recruit(
        *recruitment_demand(equations, whole_demand(equations, task.load), holder.cone)
    )
    return arm_result(posed, side, equations, task, (recruitment, limit))


@dataclass(frozen=True, slots=True)
class _Probe:
    """A probing force with what it demands, alike when the force is."""

    key: bytes
    force: HandForce = field(compare=False)
    demand: Demand = field(compare=False)


@lru_cache(maxsize=32)
def _capacity_along(posed: PosedRepetition, side: Side, holder: Holder, probe: _Probe) -> Capacity:
    """By what factor a probing force could grow; the same for every load that pulls that way, as weights do."""
    equations = equations_of(posed, side, holder)
    return capacity(capacity_problem(equations, probe.demand, probe.force, holder))


@lru_cache(maxsize=16)
def equations_of(posed: PosedRepetition, side: Side, holder: Holder) -> ArmEquations:
    """What can hold one arm, the same whatever the loads are."""
    return arm_equations(posed, side, holder.strength, holder.cone)


@lru_cache(maxsize=16)
def _recruiter_of(posed: PosedRepetition, side: Side, holder: Holder) -> Recruiter:
    """One arm made ready to be recruited, for whatever load."""
    equations = equations_of(posed, side, holder)
    return recruiter(recruitment_problem(equations, equations.limb, holder.cone), PENALTIES)


def arm_task(posed: PosedRepetition, side: Side, forces: Sequence[LoadForces]) -> ArmTask:
    """What loads ask of one arm."""
    arm, hand = posed.arms[side], hand_force(forces, side, len(posed.phase))
    probe = probe_force(forces, side, hand)
    return ArmTask(hand, load_demand(arm, hand), probe, load_demand(arm, probe))


def whole_demand(equations: ArmEquations, load: Demand) -> Demand:
    """What limb and load ask together."""
    return Demand(equations.limb.torque + load.torque, equations.limb.head + load.head)


def arm_result(
    posed: PosedRepetition,
    side: Side,
    equations: ArmEquations,
    task: ArmTask,
    solved: tuple[Recruitment, Capacity],
) -> ArmResult:
    """The curves that solved problems come to."""
    recruitment, limit = solved
    load_n = sizes_of(task.hand.total)
    strength_n = PROBE_N * limit.factor
    return ArmResult(
        side=side,
        hand=task.hand,
        equations=equations,
        demand=whole_demand(equations, task.load),
        load_demand=task.load,
        recruitment=recruitment,
        capacity=limit,
        load_n=load_n,
        resisting_n=_resisting(posed, side, task.hand),
        strength_n=strength_n,
        effort=effort_of(load_n, strength_n),
        binding=limit.binding,
    )


def effort_of(load_n: Array, strength_n: Array) -> Array:
    """Load over strength (…) [-]: 0 where the load is slack, at most `GREATEST_EFFORT`."""
    ratio = load_n / np.maximum(strength_n, 1e-9)
    return np.where(load_n <= SLACK_N, 0.0, np.minimum(ratio, GREATEST_EFFORT))


def probe_force(forces: Sequence[LoadForces], side: Side, hand: HandForce) -> HandForce:
    """A force of `PROBE_N` along the load, or where it is slack along the way it would pull."""
    slack = sizes_of(hand.total) <= SLACK_N
    would = {"grip": np.zeros_like(hand.grip), "wrist": np.zeros_like(hand.grip)}
    for load in forces:
        if side in load.direction:
            would[load.contact] = would[load.contact] + load.direction[side]
    grip = np.where(slack[:, None], would["grip"], hand.grip)
    wrist = np.where(slack[:, None], would["wrist"], hand.wrist)
    size = sizes_of(grip + wrist)[:, None]
    scale = PROBE_N / np.maximum(size, SLACK_N)
    return HandForce(_rounded(grip * scale), _rounded(wrist * scale))


def _rounded(force: Array) -> Array:
    """To what matters, so that forces along one line are the same to the last digit; zero has no sign."""
    return np.asarray(np.round(force, PROBE_DECIMALS) + 0.0)


def recruitment_demand(equations: ArmEquations, demand: Demand, cone: GlenoidCone) -> tuple[Array, Array]:
    """Torque and room before the glenoid's facets for a demand, of which relaxed muscles hold their part."""
    passive = equations.passive
    return demand.torque + passive.torque, -(demand.head + passive.head) @ cone.facets.T


def recruitment_problem(equations: ArmEquations, demand: Demand, cone: GlenoidCone) -> RecruitmentProblem:
    """The recruitment problem of one arm for a demand."""
    poses = len(demand.torque)
    torque, room = recruitment_demand(equations, demand, cone)
    return RecruitmentProblem(
        moment=equations.moment,
        torque=torque,
        lower=np.tile(equations.lower, (poses, 1)),
        upper=np.tile(equations.upper, (poses, 1)),
        weight=equations.weight,
        cone=equations.cone,
        cone_limit=room,
    )


def capacity_problem(
    equations: ArmEquations, probe: Demand, force: HandForce, holder: Holder
) -> CapacityProblem:
    """By what factor a probing force on the hand could grow, with its demand already worked out."""
    poses, still = len(probe.torque), equations.limb.head + equations.passive.head
    return CapacityProblem(
        moment=equations.moment,
        torque_limb=equations.limb.torque + equations.passive.torque,
        torque_load=probe.torque,
        lower=np.tile(equations.lower, (poses, 1)),
        upper=np.tile(equations.upper, (poses, 1)),
        cone=equations.cone,
        cone_limit_limb=-still @ holder.cone.facets.T,
        cone_limit_load=-probe.head @ holder.cone.facets.T,
        cap=grip_cap(force, holder),
        labels=LimitLabels(equations.columns, FACET_NAMES, ("grip",), EQUATIONS),
        tolerance=TOLERANCE,
    )


def grip_cap(force: HandForce, holder: Holder) -> Array:
    """By what factor a force could grow before it opens the hand (K, 1) [-]."""
    in_grip = np.maximum(sizes_of(force.grip), SLACK_N)
    return np.asarray(holder.strength.grip_pull_n / in_grip)[:, None]


def _resisting(posed: PosedRepetition, side: Side, hand: HandForce) -> Array:
    """Component of the hand force against the hand's motion (K,)."""
    return -dot(hand_direction(posed, side), hand.total)


@lru_cache(maxsize=32)
def hand_direction(posed: PosedRepetition, side: Side) -> Array:
    """Unit vectors (K, 3) of the hand's motion relative to the trunk when it hangs or, standing, the room."""
    motion = np.gradient(posed.hand_way(side), axis=0)
    speed = np.linalg.norm(motion, axis=1, keepdims=True)
    still = speed[:, 0] < 1e-6
    direction = motion / np.maximum(speed, 1e-12)
    if still.any() and not still.all():
        # A hold keeps the direction the hand came from.
        moving = np.nonzero(~still)[0]
        direction[still] = direction[moving[-1]]
    return read_only(direction)


def torque_share_left(result: ArmResult) -> float:
    """Greatest residual where effort is below 1, as a share of the greatest torque held [-]."""
    within = result.effort < 1.0
    if not within.any():
        return 0.0
    peak = float(np.abs(result.demand.torque).max())
    return float(np.abs(result.recruitment.residual[within]).max()) / peak


def equation_index(name: str) -> int:
    """Row of a joint equation by its name."""
    return EQUATIONS.index(name)
