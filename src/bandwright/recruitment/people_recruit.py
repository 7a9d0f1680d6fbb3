"""Recruitment for many people at one repetition, each pose started from the nominal person's multipliers."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from bandwright.numerics.arrays import BoolArray, FloatArray
from bandwright.numerics.compiled import unlocked
from bandwright.numerics.threads import share_out
from bandwright.recruitment.newton import ScaledPose, solve_pose
from bandwright.recruitment.people import People, rows_of, set_rows
from bandwright.recruitment.problem import Penalties, RecruitmentProblem
from bandwright.recruitment.recruit import recruit
from bandwright.recruitment.scaling import row_sizes


class Scale(NamedTuple):
    """What rows (M,) are multiplied by, and the square roots of the weights (n,) that activations are."""

    row: FloatArray
    root: FloatArray


def recruit_people(
    people: People,
    target: FloatArray,
    weight: FloatArray,
    start: FloatArray,
    penalties: Penalties,
) -> tuple[FloatArray, FloatArray]:
    """Activations (K, n, D) of D people, and the torque left unheld (K, m, D) [N·m].

    The problem is that of `recruit`.

    Args:
        people: who they are.
        target: (D, K, M) torque to be held [N·m] and room in front of each facet [N].
        weight: (n,) cost of each column's squared activation.
        start: (K, M) the nominal person's multipliers.
        penalties: what reserve and cone excess cost.
    """
    facets = people.rows.shape[1] - people.equations
    row = row_sizes(penalties, people.equations, facets)
    scale = Scale(row, np.sqrt(weight))
    found = np.empty((len(people.rows), people.rows.shape[2], len(people.steps)))
    left = np.empty((len(people.rows), people.equations, len(people.steps)))
    failed = np.zeros((len(people.rows), len(people.steps)), np.bool_)
    begin = start / np.abs(row)

    def work(first: int, last: int) -> None:
        _solve(people, scale, target, begin, (first, last), (found, left, failed))

    share_out(len(found), 1, work)
    for place, person in np.argwhere(failed):
        alone = _by_itself(people, target, weight, (int(person), int(place)), penalties)
        found[place, :, person], left[place, :, person] = alone
    return found, left


@unlocked
def _solve(
    people: People,
    scale: Scale,
    target: FloatArray,
    start: FloatArray,
    poses: tuple[int, int],
    out: tuple[FloatArray, FloatArray, BoolArray],
) -> None:
    """Fill activations and what failed, pose by pose."""
    found, left, failed = out
    _, size, columns = people.rows.shape
    rows = np.empty((size, columns))
    y, goal, x = np.empty(size), np.empty(size), np.empty(columns)
    limits = np.empty_like(people.limits)
    for i in range(x.shape[0]):
        limits[0, i], limits[1, i] = people.limits[0, i] * scale.root[i], people.limits[1, i] * scale.root[i]
    for k in range(poses[0], poses[1]):
        for d in range(people.steps.shape[0]):
            set_rows(people, d, k, rows)
            for j in range(size):
                y[j], goal[j] = start[k, j], target[d, k, j] * scale.row[j]
                for i in range(columns):
                    rows[j, i] *= scale.row[j] / scale.root[i]
            _, error = solve_pose(ScaledPose(rows, goal, limits, people.equations), y, x)
            failed[k, d] = not np.isfinite(error)
            for i in range(x.shape[0]):
                found[k, i, d] = x[i] / scale.root[i]
            # The dual's unknown is what is left unheld, scaled.
            for j in range(people.equations):
                left[k, j, d] = y[j] / scale.row[j]


def _by_itself(
    people: People, target: FloatArray, weight: FloatArray, where: tuple[int, int], penalties: Penalties
) -> tuple[FloatArray, FloatArray]:
    """Activations and torque left of one person at one pose, by whichever solver can."""
    person, pose = where
    m, rows = people.equations, rows_of(people, person)[pose : pose + 1]
    goal = target[person, pose : pose + 1]
    lower, upper = people.limits[:, None]
    problem = RecruitmentProblem(rows[:, :m], goal[:, :m], lower, upper, weight, rows[:, m:], goal[:, m:])
    answer = recruit(problem, penalties)
    return answer.activation[0], answer.residual[0]
