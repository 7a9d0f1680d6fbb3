"""One arm of one person under many loads: posed once, solved together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bandwright.body import Side
from bandwright.curves.arm import (
    PENALTIES,
    ArmResult,
    Holder,
    arm_result,
    arm_task,
    capacity_problem,
    equations_of,
    grip_cap,
)
from bandwright.curves.arm_repetition import arm_repetition
from bandwright.loads import LoadForces
from bandwright.mechanics import ArmEquations
from bandwright.movements import PosedRepetition
from bandwright.recruitment.batch.batch import BatchRecruiter, batch_recruiter, recruit_each
from bandwright.recruitment.batch.capacities import capacities
from bandwright.recruitment.batch.scores import doses


@dataclass(frozen=True, slots=True)
class LoadableArm:
    """One arm made ready for many loads."""

    posed: PosedRepetition
    side: Side
    holder: Holder
    equations: ArmEquations
    recruiter: BatchRecruiter


def loadable_arm(posed: PosedRepetition, side: Side, holder: Holder) -> LoadableArm:
    """An arm made ready for many loads."""
    equations = equations_of(posed, side, holder)
    repetition = arm_repetition(equations, posed.arms[side], holder.cone, wrist=True)
    no_scores = doses(np.zeros((0, len(equations.columns))), equations.fibre_norm)
    return LoadableArm(posed, side, holder, equations, batch_recruiter(repetition, no_scores, PENALTIES))


def solve_loads(arm: LoadableArm, loads: Sequence[Sequence[LoadForces]]) -> tuple[ArmResult, ...]:
    """What `solve_arm` answers for each of B lists of loads; none for none."""
    if not loads:
        return ()
    tasks = [arm_task(arm.posed, arm.side, forces) for forces in loads]
    hands = np.array([np.concatenate([one.hand.grip, one.hand.wrist], axis=1) for one in tasks])
    facets = arm.holder.cone.facets
    asked = np.array(
        [np.concatenate([one.probed.torque, -one.probed.head @ facets.T], axis=1) for one in tasks]
    )
    first = capacity_problem(arm.equations, tasks[0].probed, tasks[0].probe, arm.holder)
    cap = np.array([grip_cap(one.probe, arm.holder) for one in tasks])
    solved = zip(recruit_each(arm.recruiter, hands), capacities(first, asked, cap), strict=True)
    return tuple(
        arm_result(arm.posed, arm.side, arm.equations, task, one)
        for task, one in zip(tasks, solved, strict=True)
    )
