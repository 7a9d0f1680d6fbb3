"""Recruitment for many people at one repetition, each started from the multipliers of the one most alike."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from bandwright.numerics.arrays import BoolArray, FloatArray, IntArray
from bandwright.numerics.lanes import get, lanewise_entry
from bandwright.numerics.threads import share_out
from bandwright.recruitment.newton import Bench, bench_for, solve_bench
from bandwright.recruitment.people import Packed, People, packed, rows_of, set_rows
from bandwright.recruitment.problem import Penalties, RecruitmentProblem
from bandwright.recruitment.recruit import recruit
from bandwright.recruitment.scaling import row_sizes


class _Task(NamedTuple):
    """The people and what is asked of them, scaled."""

    people: Packed
    target: FloatArray
    """(D, K, M)."""
    begin: FloatArray
    """(K, M) the nominal person's multipliers."""
    start: IntArray
    """(D,) from whose multipliers to start; −1 for the nominal person's."""
    row: FloatArray
    """(M,) what rows were multiplied by."""
    root: FloatArray
    """(n,) square roots of the weights: what activations were multiplied by."""
    equations: int


@dataclass(frozen=True, slots=True, eq=False)
class Recruits:
    """People made ready to be recruited for whatever they have to hold; costs as of `recruit`."""

    people: People
    weight: FloatArray
    """(n,) cost of each column's squared activation."""
    penalties: Penalties
    scaled: Packed
    row: FloatArray
    """(M,) what rows were multiplied by."""
    benches: deque[tuple[Bench, FloatArray]] = field(default_factory=deque)
    """Room that no thread needs at present."""

    def bench(self) -> tuple[Bench, FloatArray]:
        """Room for one thread: for one person, and for everybody's multipliers (D, M)."""
        try:
            return self.benches.pop()
        except IndexError:
            size, n = self.people.rows.shape[1:]
            made = bench_for(n, size)
            made.limits.reshape(2, -1)[:, :n] = self.people.limits * np.sqrt(self.weight)
            return made, np.zeros((len(self.people.steps), size))


def recruits(people: People, weight: FloatArray, penalties: Penalties) -> Recruits:
    """People made ready: what does not depend on the loads is worked out once."""
    poses, size, n = people.rows.shape
    row = row_sizes(penalties, people.equations, size - people.equations)
    scaled = packed(people, np.tile(row, (poses, 1)), 1.0 / np.sqrt(weight), n)
    return Recruits(people, weight, penalties, scaled, row)


def recruit_people(who: Recruits, target: FloatArray, start: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Activations (K, n, D) of D people, and the torque left unheld (K, m, D) [N·m].

    The problem is that of `recruit`.

    Args:
        who: the people.
        target: (D, K, M) torque to be held [N·m] and room in front of each facet [N].
        start: (K, M) the nominal person's multipliers.
    """
    people, row = who.people, who.row
    (poses, _, n), draws = people.rows.shape, len(people.steps)
    begin, root = start / np.abs(row), np.sqrt(who.weight)
    task = _Task(who.scaled, target * row, begin, people.nearest, row, root, people.equations)
    found, left = np.empty((poses, n, draws)), np.empty((poses, people.equations, draws))
    failed = np.zeros((poses, draws), np.bool_)

    def work(first: int, last: int) -> None:
        bench, known = room = who.bench()
        _solve(task, bench, (first, last), (found, left, failed, known))
        who.benches.append(room)

    share_out(poses, 1, work)
    for place, person in np.argwhere(failed):
        alone = _by_itself(who, target, (int(person), int(place)))
        found[place, :, person], left[place, :, person] = alone
    return found, left


@lanewise_entry
def _solve(
    task: _Task,
    bench: Bench,
    poses: tuple[int, int],
    out: tuple[FloatArray, FloatArray, BoolArray, FloatArray],
) -> None:
    """Fill activations and what failed, pose by pose; the last array (D, M) is for multipliers."""
    found, left, failed, known = out
    for k in range(poses[0], poses[1]):
        for d in range(found.shape[2]):
            set_rows(task.people, d, k, bench.rows, bench.x.shape[0])
            for j in range(bench.y.shape[0]):
                other = task.start[d]
                bench.y[j] = known[other, j] if other >= 0 else task.begin[k, j]
                bench.target[j] = task.target[d, k, j]
            _, error = solve_bench(bench, task.equations)
            for j in range(bench.y.shape[0]):
                known[d, j] = bench.y[j] if math.isfinite(error) else task.begin[k, j]
            failed[k, d] = not math.isfinite(error)
            for i in range(found.shape[1]):
                found[k, i, d] = get(bench.x, i) / task.root[i]
            # The dual's unknown is what is left unheld, scaled.
            for j in range(task.equations):
                left[k, j, d] = bench.y[j] / task.row[j]


def _by_itself(who: Recruits, target: FloatArray, where: tuple[int, int]) -> tuple[FloatArray, FloatArray]:
    """Activations and torque left of one person at one pose, by whichever solver can."""
    (person, pose), people, weight = where, who.people, who.weight
    m, rows = people.equations, rows_of(people, person)[pose : pose + 1]
    goal = target[person, pose : pose + 1]
    lower, upper = people.limits[:, None]
    problem = RecruitmentProblem(rows[:, :m], goal[:, :m], lower, upper, weight, rows[:, m:], goal[:, m:])
    answer = recruit(problem, who.penalties)
    return answer.activation[0], answer.residual[0]
