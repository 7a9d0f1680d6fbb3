"""Capacity of many people at one repetition, for one load after another.

What stopped a load is remembered of everybody at every pose, and mostly stops the next one too. Who is stopped
otherwise starts from there; those of whom nothing is known start where the one most alike ended.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from bandwright.numerics.arrays import FloatArray, IntArray
from bandwright.numerics.boxed_programme import (
    Bench,
    Corners,
    Programme,
    bench_for,
    clear,
    columns_of,
    corner_at,
    corners_for,
    programme_for,
    take_over,
)
from bandwright.numerics.dual_simplex import INFEASIBLE, NEVER, OPTIMAL, STUCK, keep, solve
from bandwright.numerics.lanes import LANES, get, lanewise, lanewise_entry, made_up, put
from bandwright.numerics.threads import begin
from bandwright.recruitment.capacity import capacity
from bandwright.recruitment.capacity_problem import CapacityProblem, LimitLabels, Tolerance
from bandwright.recruitment.known_corner import Known, factor_by, known_at, known_for, learn
from bandwright.recruitment.people import Packed, People, packed, rows_of, set_rows
from bandwright.recruitment.programme import disproved, solve_one

Room = tuple[Programme, Bench, FloatArray, FloatArray]
"""One programme, the bench to solve it on, room for its prices, and for what a load asks of its rows."""

Memory = tuple[Corners, Known]
"""Of D people at one pose, where each stood, and what is known of that corner."""


class _Task(NamedTuple):
    """The people and what is asked of them, scaled: rows by `size` (K, M), activations by their range."""

    people: Packed
    still: FloatArray
    """(D, K, M) torque [N·m] to be held and room [N] in front of the facets, without the load."""
    load: FloatArray
    """(D, K, M) what the load adds."""
    cap: FloatArray
    """(D, K) other limits on the factor; inf where there is none."""
    give: FloatArray
    """(M,) by how much each limit may be missed."""
    size: FloatArray
    """(K, M)."""
    start: IntArray
    """(D,) from whose corner to start; −1 for none."""
    equations: int


@dataclass(frozen=True, slots=True, eq=False)
class Lifters:
    """People made ready to hold as much as they can of whatever load."""

    people: People
    still: FloatArray
    """(D, K, M) torque [N·m] they hold and room [N] in front of the facets, without the load."""
    tolerance: Tolerance
    scaled: Packed
    size: FloatArray
    """(K, M) what rows were divided by."""
    benches: deque[Room] = field(default_factory=deque)
    """Room that no thread needs at present."""
    memories: deque[tuple[Memory, ...]] = field(default_factory=deque)
    """What is remembered of them at each pose, where nobody is at it at present."""

    @property
    def give(self) -> FloatArray:
        """By how much each limit may be missed (M,)."""
        return _give(self.people, self.tolerance)

    def bench(self) -> Room:
        """Room for one thread, on one person's programme."""
        try:
            return self.benches.pop()
        except IndexError:
            one = self._programme()
            held = made_up(one.cells.shape[0]) // LANES
            return one, bench_for(one), np.empty(len(one.cells)), np.zeros((held, LANES))

    def memory(self) -> tuple[Memory, ...]:
        """What is remembered of everybody at each pose; at first nothing."""
        try:
            return self.memories.pop()
        except IndexError:
            one, count = self._programme(), len(self.people.steps)
            return tuple((corners_for(one, count), known_for(one, count)) for _ in self.people.rows)

    def _programme(self) -> Programme:
        (m, n), limits = self.people.rows.shape[1:], self.people.limits
        one = programme_for(n + 1, m)
        one.limits[:, :n] = limits / (limits[1] - limits[0])
        return one


def lifters(people: People, still: FloatArray, tolerance: Tolerance) -> Lifters:
    """People made ready: what does not depend on the loads is worked out once."""
    span = people.limits[1] - people.limits[0]
    size = np.abs(people.rows * span).max(axis=2) + np.abs(still).max(axis=0) + _give(people, tolerance)
    scaled = packed(people, 1.0 / size, span, people.rows.shape[2] + 1)
    return Lifters(people, still, tolerance, scaled, size)


def _give(people: People, tolerance: Tolerance) -> FloatArray:
    give = np.full(people.rows.shape[1], tolerance.cone_n)
    give[: people.equations] = tolerance.torque_nm
    return give


def capacity_of_people(who: Lifters, load: FloatArray, cap: FloatArray) -> Callable[[], FloatArray]:
    """By what factor (D, K) each person's load could grow; the programme is that of `capacity`.

    One whom the quick solver cannot answer is given to `capacity` itself. Other threads begin at once; to call what
    is returned does what is left, and gives the factors.

    Args:
        who: the people.
        load: (D, K, M) torque [N·m] and room [N] that the load adds to what has to be held.
        cap: (D, K) other limits on the factor; inf where there is none.
    """
    people = who.people
    nearest, equations = people.nearest, people.equations
    task = _Task(who.scaled, who.still, load, cap, who.give, who.size, nearest, equations)
    factor, status = np.empty(cap.shape), np.empty(cap.shape, np.int64)
    memory = who.memory()

    def work(first: int, last: int) -> None:
        room = who.bench()
        for pose in range(first, last):
            _solve(task, pose, room, memory[pose], (factor, status))
        who.benches.append(room)

    finish = begin(cap.shape[1], 1, work)

    def found() -> FloatArray:
        finish()
        who.memories.append(memory)
        for person, pose in np.argwhere(status == STUCK):
            where = int(person), int(pose)
            factor[where] = _by_itself(who, load[where], cap[where], where)
        return factor

    return found


@lanewise
def _set_programme(task: _Task, where: tuple[int, int], one: Programme) -> float:
    """Set one person's programme at one pose; returns what the factor was divided by."""
    d, k = where
    rows, every = one.cells.shape
    blocks, greatest = task.people.factor.shape[1], 0.0
    last = blocks * LANES - 1
    set_rows(task.people, d, k, one.lanes, every // LANES)
    for j in range(rows):
        still, size = task.still[d, k, j], task.size[k, j]
        one.limits[0, last + 1 + j] = (still - task.give[j]) / size if j < task.equations else -NEVER
        one.limits[1, last + 1 + j] = (still + task.give[j]) / size
        one.cells[j, last] = -task.load[d, k, j] / size
        greatest = max(greatest, abs(one.cells[j, last]))
    greatest = greatest if greatest > 0.0 else 1.0
    for j in range(rows):
        one.cells[j, last] /= greatest
    one.limits[1, last] = task.cap[d, k] * greatest
    return greatest


@lanewise_entry
def _solve(
    task: _Task,
    k: int,
    room: Room,
    memory: Memory,
    out: tuple[FloatArray, IntArray],
) -> None:
    """Factors of everyone at a pose."""
    held, known, (factor, status) = room[3], memory[1], out
    for d in range(factor.shape[0]):
        for j in range(task.size.shape[1]):
            put(held, j, task.load[d, k, j] / task.size[k, j])
        status[d, k], factor[d, k] = OPTIMAL, factor_by(known_at(known, d), held, task.cap[d, k])
        if math.isnan(factor[d, k]):
            status[d, k], factor[d, k] = _solve_anew(task, (d, k), room, memory)


@lanewise
def _solve_anew(
    task: _Task,
    where: tuple[int, int],
    room: Room,
    memory: Memory,
) -> tuple[int, float]:
    """Status and factor of one person at one pose, by the solver; what stops the load is remembered."""
    (one, bench, price, held), (corners, known), (d, k) = room, memory, where
    corner, before = corner_at(corners, d), task.start[d]
    if corner.size[0] == 0 and before >= 0:
        take_over(corner_at(corners, before), corner)
    scale = _set_programme(task, where, one)
    found = solve(one, corner, bench)
    if found == OPTIMAL:
        keep(one, bench, corner)
        learn(one, bench, corner, price, known_at(known, d))
        factor = factor_by(known_at(known, d), held, task.cap[d, k])
        if not math.isnan(factor):
            return found, factor
    elif found == INFEASIBLE and disproved(one, bench, price):
        return found, 0.0
    clear(corner)
    found = solve_one(one, corner, bench, price)
    return found, get(bench.x, columns_of(one) - 1) / scale if found == OPTIMAL else 0.0


def _by_itself(who: Lifters, load: FloatArray, cap: float, where: tuple[int, int]) -> float:
    """One person's factor at one pose, by whichever solver can; `load` (M,) is theirs there."""
    (person, pose), people = where, who.people
    at, m = slice(pose, pose + 1), people.equations
    rows = rows_of(people, person)[at]
    lower, upper = people.limits[:, None]
    still = who.still[person, at]
    numbered = tuple(str(index) for index in range(rows.shape[2]))
    problem = CapacityProblem(
        moment=rows[:, :m],
        torque_limb=still[:, :m],
        torque_load=load[None, :m],
        lower=lower,
        upper=upper,
        cone=rows[:, m:],
        cone_limit_limb=still[:, m:],
        cone_limit_load=load[None, m:],
        cap=np.array([[cap]]),
        labels=LimitLabels(numbered, numbered[: rows.shape[1] - m], ("cap",), numbered[:m]),
        tolerance=who.tolerance,
    )
    return float(capacity(problem).factor[0])
