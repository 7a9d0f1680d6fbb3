"""Between a recruitment problem in N and N·m and the scaled form the solvers work on.

x = √w · a; a torque row is multiplied by √penalty and a cone row by −√penalty, so that every
cost becomes ½‖·‖².
"""

from __future__ import annotations

import numpy as np

from bandwright.numerics.arrays import FloatArray
from bandwright.recruitment.newton import ScaledPose
from bandwright.recruitment.problem import Penalties, RecruitmentProblem


def scaled_poses(problem: RecruitmentProblem, penalties: Penalties) -> ScaledPose:
    """The K poses in scaled form, every array with a leading axis of K."""
    root = np.sqrt(problem.weight)
    rows = np.concatenate([problem.moment, problem.cone], axis=1)
    target = np.concatenate([problem.torque, problem.cone_limit], axis=1)
    factor = row_factor(problem, penalties)
    return ScaledPose(
        np.ascontiguousarray(rows * factor[:, None] / root),
        np.ascontiguousarray(target * factor),
        np.ascontiguousarray(np.stack([problem.lower * root, problem.upper * root], axis=1)),
        problem.torque.shape[1],
    )


def row_factor(problem: RecruitmentProblem, penalties: Penalties) -> FloatArray:
    """(m + k,) what each torque and cone row is multiplied by; its size does the same for multipliers."""
    return row_sizes(penalties, problem.torque.shape[1], problem.cone_limit.shape[1])


def row_sizes(penalties: Penalties, equations: int, facets: int) -> FloatArray:
    """`row_factor` of so many torque and cone rows."""
    return np.concatenate(
        [np.full(equations, np.sqrt(penalties.torque)), np.full(facets, -np.sqrt(penalties.cone))]
    )
