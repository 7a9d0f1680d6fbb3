"""One exercise made ready for judging many hand forces: who holds them, and how hard that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bandwright.curves.arm import GREATEST_EFFORT, PENALTIES, PROBE_N, SLACK_N, capacity_problem
from bandwright.curves.arm_repetition import arm_repetition
from bandwright.mechanics import ArmEquations, HandForce, arm_equations, load_demand
from bandwright.recruitment.batch.batch import BatchRecruiter, batch_recruiter, recruit_scores
from bandwright.recruitment.batch.scores import Scores, doses
from bandwright.recruitment.capacity import capacity
from bandwright.search.routes import ExerciseSpace
from bandwright.units import GRAVITY_M_S2

Array = NDArray[np.float64]
Groups = Sequence[Sequence[Sequence[str]]]
"""Scores wanted, each a list of muscle groups, each a list of model elements."""


@dataclass(frozen=True, slots=True)
class ReadyArm:
    """The working arm of one exercise; forces are (…, K, 6) [N], grip then wrist.

    `lumbar_weight` (K,) [N·m] and `lumbar_by_force` (K, 6) [m] give the L5/S1 moment of body and working hands.
    """

    space: ExerciseSpace
    equations: ArmEquations
    recruiter: BatchRecruiter
    lumbar_weight: Array
    lumbar_by_force: Array

    @property
    def poses(self) -> int:
        """How many poses the repetition has."""
        return len(self.space.posed.phase)

    def base_force(self) -> Array:
        """Force on the hand without any weight or band (K, 6): the body's weight when hanging [N]."""
        force = np.zeros((self.poses, 6))
        if self.space.hanging:
            force[:, 2] = self.space.posed.sizes.person.mass_kg * GRAVITY_M_S2 / self.space.hands
        return force

    def scores(self, force: Array, threads: int | None = None) -> Scores:
        """Doses of the wanted muscles for B hand forces (B, K, 6)."""
        return recruit_scores(self.recruiter, force, threads=threads)

    def exact_effort(self, force: Array) -> Array:
        """Effort (K,) of one hand force (K, 6), by the linear programme at every pose."""
        size = np.linalg.norm(force[:, :3] + force[:, 3:], axis=1)
        slack = size <= SLACK_N
        probe = np.where(slack[:, None], 0.0, force) * (PROBE_N / np.maximum(size, SLACK_N))[:, None]
        # Where nothing pulls, effort is 0 whatever the strength; any direction does.
        probe[slack, 2] = -PROBE_N
        hand = HandForce(probe[:, :3], probe[:, 3:])
        demand = load_demand(self.space.posed.arms[self.space.side], hand)
        factor = capacity(capacity_problem(self.equations, demand, hand, self.space.holder)).factor
        ratio = size / np.maximum(PROBE_N * factor, 1e-9)
        return np.where(slack, 0.0, np.minimum(ratio, GREATEST_EFFORT))

    def spine_share(self, force: Array) -> Array:
        """Greatest share of the lower back's capacity (…,) of hand forces (…, K, 6); 0 when the trunk is carried."""
        if self.space.posed.movement.posture != "standing":
            return np.zeros(force.shape[:-2])
        moment = self.lumbar_weight + np.einsum("...ki,ki->...k", force, self.lumbar_by_force)
        share = np.maximum(moment, 0.0).max(axis=-1) / self.space.holder.strength.back_extension_nm
        return np.asarray(share)


_ACROSS = np.array([1.0, -1.0, 1.0])


def ready_arm(space: ExerciseSpace, wanted: Groups) -> ReadyArm:
    """The working arm of an exercise, scored by means over muscle groups."""
    posed, side, holder = space.posed, space.side, space.holder
    equations = arm_equations(posed, side, holder.strength, holder.cone)
    repetition = arm_repetition(equations, posed.arms[side], holder.cone, wrist=True)
    shares = np.array([_share(groups, equations.columns) for groups in wanted])
    recruiter = batch_recruiter(repetition, doses(shares, equations.fibre_norm), PENALTIES)
    lumbar = [posed.lumbar_by_force[f"{contact}_{side}"] for contact in ("grip", "wrist")]
    if len(posed.working) > 1:
        # The other hand's force is the mirror image of this one's.
        other = [posed.lumbar_by_force[f"{contact}_l"] * _ACROSS for contact in ("grip", "wrist")]
        lumbar = [mine + its for mine, its in zip(lumbar, other, strict=True)]
    return ReadyArm(space, equations, recruiter, posed.lumbar_weight, np.concatenate(lumbar, axis=1))


def _share(groups: Sequence[Sequence[str]], columns: tuple[str, ...]) -> Array:
    """Part of each column in the mean over groups of the mean over their elements (n,)."""
    share = np.zeros(len(columns))
    known = [[one for one in elements if one in columns] for elements in groups]
    known = [elements for elements in known if elements]
    for elements in known:
        for element in elements:
            share[columns.index(element)] += 1.0 / len(elements) / len(known)
    return share
