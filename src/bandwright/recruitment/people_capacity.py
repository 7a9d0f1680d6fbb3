"""Capacity of many people at one repetition, each started from the limits that bind for the one before."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from bandwright.numerics.arrays import FloatArray, IntArray
from bandwright.numerics.compiled import compiled, unlocked
from bandwright.numerics.simplex import OPTIMAL, STUCK
from bandwright.numerics.tableau import slack_corner
from bandwright.numerics.threads import share_out
from bandwright.recruitment.capacity import capacity
from bandwright.recruitment.capacity_problem import CapacityProblem, LimitLabels, Tolerance
from bandwright.recruitment.people import People, rows_of, set_rows
from bandwright.recruitment.programme import Programmes, solve_one


class Asked(NamedTuple):
    """What D people have to hold at K poses: torque [N·m] and room in front of the facets [N]."""

    still: FloatArray
    """(D, K, M) without the load."""
    load: FloatArray
    """(D, K, M) what the load adds."""
    cap: FloatArray
    """(D, K) other limits on the factor; inf where there is none."""


def capacity_of_people(people: People, asked: Asked, tolerance: Tolerance) -> FloatArray:
    """By what factor (D, K) each person's load could grow; the programme is that of `capacity`.

    One whom the quick solver cannot answer is given to `capacity` itself.
    """
    draws, poses = asked.cap.shape
    give = np.full(people.rows.shape[1], tolerance.cone_n)
    give[: people.equations] = tolerance.torque_nm
    factor, status = np.empty((draws, poses)), np.empty((draws, poses), np.int64)

    def work(first: int, last: int) -> None:
        _solve(people, asked, give, (first, last), (factor, status))

    share_out(poses, 1, work)
    for person, pose in np.argwhere(status == STUCK):
        factor[person, pose] = _by_itself(people, asked, (int(person), int(pose)), tolerance)
    return factor


@compiled
def _set_programme(
    people: People, asked: Asked, give: FloatArray, where: tuple[int, int], one: Programmes
) -> float:
    """Set one person's programme at one pose, scaled; returns what the factor was divided by."""
    d, k = where
    m, n = one.rows.shape[0], one.rows.shape[1] - 1
    set_rows(people, d, k, one.rows)
    for i in range(n):
        span = people.limits[1, i] - people.limits[0, i]
        one.limits[0, i], one.limits[1, i] = people.limits[0, i] / span, people.limits[1, i] / span
        for j in range(m):
            one.rows[j, i] *= span
    load = 0.0
    for j in range(m):
        still = asked.still[d, k, j]
        one.row_limits[0, j] = still - give[j] if j < people.equations else -np.inf
        one.row_limits[1, j] = still + give[j]
        size = abs(still) + give[j]
        for i in range(n):
            size = max(size, abs(one.rows[j, i]))
        for i in range(n):
            one.rows[j, i] /= size
        one.rows[j, n] = -asked.load[d, k, j] / size
        load = max(load, abs(one.rows[j, n]))
        one.row_limits[0, j] /= size
        one.row_limits[1, j] /= size
    load = load if load > 0.0 else 1.0
    for j in range(m):
        one.rows[j, n] /= load
    one.limits[0, n], one.limits[1, n] = 0.0, asked.cap[d, k] * load
    return load


@unlocked
def _solve(
    people: People,
    asked: Asked,
    give: FloatArray,
    poses: tuple[int, int],
    out: tuple[FloatArray, IntArray],
) -> None:
    """Factors of everyone at some poses; each person starts where the one before ended."""
    factor, status = out
    m, n = people.rows.shape[1:]
    one = Programmes(np.empty((m, n + 1)), np.empty((2, m)), np.empty((2, n + 1)))
    x, price = np.empty(n + 1), np.empty(m)
    for k in range(poses[0], poses[1]):
        corner = slack_corner(n + 1, m)
        for d in range(asked.cap.shape[0]):
            load = _set_programme(people, asked, give, (d, k), one)
            found = solve_one(one, corner, x, price)
            if found == STUCK:
                corner = slack_corner(n + 1, m)
                found = solve_one(one, corner, x, price)
            status[d, k] = found
            factor[d, k] = x[n] / load if found == OPTIMAL else 0.0


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
