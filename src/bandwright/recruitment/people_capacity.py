"""Capacity of many people at one repetition, each started from the limits that bind for the one before."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from bandwright.numerics.arrays import FloatArray, IntArray
from bandwright.numerics.boxed_programme import (
    Bench,
    Corners,
    Programme,
    bench_for,
    clear,
    corner_at,
    corners_for,
    programme_for,
    take_over,
)
from bandwright.numerics.dual_simplex import NEVER, OPTIMAL, STUCK
from bandwright.numerics.lanes import LANES, get, lanewise, lanewise_entry
from bandwright.numerics.threads import share_out
from bandwright.recruitment.capacity import capacity
from bandwright.recruitment.capacity_problem import CapacityProblem, LimitLabels, Tolerance
from bandwright.recruitment.people import Packed, People, packed, rows_of, set_rows
from bandwright.recruitment.programme import solve_one


class Asked(NamedTuple):
    """What D people have to hold at K poses: torque [N·m] and room in front of the facets [N]."""

    still: FloatArray
    """(D, K, M) without the load."""
    load: FloatArray
    """(D, K, M) what the load adds."""
    cap: FloatArray
    """(D, K) other limits on the factor; inf where there is none."""


class _Task(NamedTuple):
    """The people and what is asked of them, scaled: rows by `size` (K, M), activations by their range."""

    people: Packed
    asked: Asked
    give: FloatArray
    """(M,) by how much each limit may be missed."""
    size: FloatArray
    """(K, M)."""
    start: IntArray
    """(D,) from whose corner to start; −1 for none."""
    equations: int


def capacity_of_people(people: People, asked: Asked, tolerance: Tolerance) -> FloatArray:
    """By what factor (D, K) each person's load could grow; the programme is that of `capacity`.

    One whom the quick solver cannot answer is given to `capacity` itself.
    """
    (draws, poses), (m, n) = asked.cap.shape, people.rows.shape[1:]
    give = np.full(m, tolerance.cone_n)
    give[: people.equations] = tolerance.torque_nm
    span = people.limits[1] - people.limits[0]
    size = np.abs(people.rows * span).max(axis=2) + np.abs(asked.still).max(axis=0) + give
    task = _Task(packed(people, 1.0 / size, span, n + 1), asked, give, size, people.nearest, people.equations)
    factor, status = np.empty((draws, poses)), np.empty((draws, poses), np.int64)

    def work(first: int, last: int) -> None:
        one = programme_for(n + 1, m)
        one.limits[:, :n] = people.limits / span
        room = bench_for(one), corners_for(one, draws), np.empty(m)
        _solve(task, one, room, (first, last), (factor, status))

    share_out(poses, 1, work)
    for person, pose in np.argwhere(status == STUCK):
        factor[person, pose] = _by_itself(people, asked, (int(person), int(pose)), tolerance)
    return factor


@lanewise
def _set_programme(task: _Task, where: tuple[int, int], one: Programme) -> float:
    """Set one person's programme at one pose; returns what the factor was divided by."""
    d, k = where
    rows, every = one.cells.shape
    blocks, greatest = task.people.factor.shape[1], 0.0
    last = blocks * LANES - 1
    set_rows(task.people, d, k, one.lanes, every // LANES)
    for j in range(rows):
        still, size = task.asked.still[d, k, j], task.size[k, j]
        one.limits[0, last + 1 + j] = (still - task.give[j]) / size if j < task.equations else -NEVER
        one.limits[1, last + 1 + j] = (still + task.give[j]) / size
        one.cells[j, last] = -task.asked.load[d, k, j] / size
        greatest = max(greatest, abs(one.cells[j, last]))
    greatest = greatest if greatest > 0.0 else 1.0
    for j in range(rows):
        one.cells[j, last] /= greatest
    one.limits[1, last] = task.asked.cap[d, k] * greatest
    return greatest


@lanewise_entry
def _solve(
    task: _Task,
    one: Programme,
    room: tuple[Bench, Corners, FloatArray],
    poses: tuple[int, int],
    out: tuple[FloatArray, IntArray],
) -> None:
    """Factors of everyone at some poses; each person starts where the one most alike ended."""
    (bench, corners, price), (factor, status) = room, out
    last = task.people.factor.shape[1] * LANES - 1
    for k in range(poses[0], poses[1]):
        for d in range(factor.shape[0]):
            corner = corner_at(corners, d)
            clear(corner)
            if task.start[d] >= 0:
                take_over(corner_at(corners, task.start[d]), corner)
            load = _set_programme(task, (d, k), one)
            found = solve_one(one, corner, bench, price)
            if found == STUCK:
                clear(corner)
                found = solve_one(one, corner, bench, price)
            status[d, k] = found
            factor[d, k] = get(bench.x, last) / load if found == OPTIMAL else 0.0


def _by_itself(people: People, asked: Asked, where: tuple[int, int], tolerance: Tolerance) -> float:
    """One person's factor at one pose, by whichever solver can."""
    person, pose = where
    at, m = slice(pose, pose + 1), people.equations
    rows = rows_of(people, person)[at]
    lower, upper = people.limits[:, None]
    still, load = asked.still[person, at], asked.load[person, at]
    numbered = tuple(str(index) for index in range(rows.shape[2]))
    problem = CapacityProblem(
        moment=rows[:, :m],
        torque_limb=still[:, :m],
        torque_load=load[:, :m],
        lower=lower,
        upper=upper,
        cone=rows[:, m:],
        cone_limit_limb=still[:, m:],
        cone_limit_load=load[:, m:],
        cap=asked.cap[person, at, None],
        labels=LimitLabels(numbered, numbered[: rows.shape[1] - m], ("cap",), numbered[:m]),
        tolerance=tolerance,
    )
    return float(capacity(problem).factor[0])
