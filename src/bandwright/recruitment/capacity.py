"""By what factor the load could grow, at every pose of one repetition, before some limit stops it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from bandwright.numerics.arrays import BoolArray, FloatArray, read_only
from bandwright.numerics.lp import maximise_linear
from bandwright.numerics.simplex import INFEASIBLE, OPTIMAL, STUCK
from bandwright.recruitment.capacity_problem import CapacityProblem
from bandwright.recruitment.limit_share import limit_shares
from bandwright.recruitment.programme import Answers, Programmes, solve_programmes

CapacitySolver = Literal["simplex", "highs"]


@dataclass(frozen=True, slots=True)
class Capacity:
    """How far the load of K poses could grow, and what stops it."""

    factor: FloatArray
    """(K,) greatest factor on the load: inf if nothing stops it (slack), 0 if not even the limb is held."""
    feasible: BoolArray
    """(K,) whether the limb alone, without the load, can be held."""
    shortfall_nm: FloatArray
    """(K,) by how much every torque equation (and every facet in proportion to the tolerances) would have to
    give for the limb alone to be held, 0 where it can be [N·m]."""
    binding: tuple[str | None, ...]
    """(K,) label of the limit whose growth would help most; None if nothing stops the load."""
    limit_share: FloatArray
    """(K, limits) relative growth of the factor per relative growth of each limit, in the order of
    `CapacityProblem.limit_labels`; on infeasible poses, relative to the greatest."""
    activation: FloatArray
    """(K, n) at the factor; without load where that is inf, NaN where infeasible."""
    solver: tuple[CapacitySolver, ...]
    """(K,) which solver answered."""
    converged: BoolArray
    """(K,) whether the answer is proven."""


def capacity(problem: CapacityProblem) -> Capacity:
    """The greatest factor at which limb and factor × load can be held within every limit, at every pose.

    A linear programme per pose: our own simplex, which must prove its answer; HiGHS where it cannot.
    """
    programmes = _programmes(problem)
    answers = solve_programmes(programmes)
    count = len(answers.status)
    solver: list[CapacitySolver] = ["simplex"] * count
    for k in np.nonzero(answers.status == STUCK)[0]:
        solver[k] = "highs"
        _by_highs(programmes, answers, int(k))
    shortfall = np.zeros(count)
    for k in np.nonzero(answers.status == INFEASIBLE)[0]:
        shortfall[k] = _shortfall(problem, programmes, answers, int(k))
    return _answer(problem, answers, shortfall, tuple(solver))


def _programmes(problem: CapacityProblem) -> Programmes:
    """The programmes; where the load is slack its factor is held at 0."""
    load = np.concatenate([problem.torque_load, problem.cone_limit_load], axis=1)
    columns = np.concatenate([problem.moment, problem.cone], axis=1)
    tolerance = problem.tolerance
    beyond = problem.cone_limit_limb + tolerance.cone_n
    least = np.hstack([problem.torque_limb - tolerance.torque_nm, np.full_like(beyond, -np.inf)])
    most = np.hstack([problem.torque_limb + tolerance.torque_nm, beyond])
    top = np.where(problem.slack, 0.0, problem.lowest_cap)[:, None]
    lower, upper = np.hstack([problem.lower, np.zeros_like(top)]), np.hstack([problem.upper, top])
    rows = np.concatenate([columns, -load[:, :, None]], axis=2)
    return Programmes(rows, np.stack([least, most], axis=1), np.stack([lower, upper], axis=1))


def _by_highs(programmes: Programmes, answers: Answers, k: int) -> None:
    """Answer pose k by HiGHS: first without load, then with as much as possible."""
    rows, limits = programmes.rows[k], programmes.limits[k]
    row_limits = (programmes.row_limits[k, 0], programmes.row_limits[k, 1])
    objective = np.zeros(rows.shape[1])
    objective[-1] = 1.0
    answers.x[k], answers.price[k] = 0.0, 0.0
    still = limits[1].copy()
    still[-1] = 0.0
    without = maximise_linear(objective, rows, row_limits, (limits[0], still))
    if not without.optimal:
        answers.status[k] = INFEASIBLE if without.status == "infeasible" else STUCK
        return
    best = maximise_linear(objective, rows, row_limits, (limits[0], limits[1]))
    if best.optimal:
        answers.x[k], answers.price[k], answers.status[k] = best.x, best.row_price, OPTIMAL


def _shortfall(problem: CapacityProblem, programmes: Programmes, answers: Answers, k: int) -> float:
    """By how much all limits must give for the limb to be held [N·m]; sets activations and prices."""
    facets = problem.cone.shape[1]
    tolerance = problem.tolerance
    give = np.concatenate(
        [np.ones(problem.moment.shape[1]), np.full(facets, tolerance.cone_n / tolerance.torque_nm)]
    )
    low, high = programmes.row_limits[k]
    held = programmes.rows[k].copy()
    bounded = np.isfinite(low)
    rows = np.vstack([held, held[bounded]])
    rows[:, -1] = np.concatenate([-give, give[bounded]])
    row_limits = (
        np.concatenate([np.full_like(low, -np.inf), low[bounded]]),
        np.concatenate([high, np.full(int(bounded.sum()), np.inf)]),
    )
    objective = np.zeros(held.shape[1])
    objective[-1] = -1.0
    lower, upper = programmes.limits[k].copy()
    upper[-1] = np.inf
    least = maximise_linear(objective, rows, row_limits, (lower, upper))
    if not least.optimal:
        answers.status[k] = STUCK
        return float("nan")
    price = least.row_price[: len(low)].copy()
    price[bounded] += least.row_price[len(low) :]
    answers.x[k, :-1], answers.x[k, -1], answers.price[k] = least.x[:-1], 0.0, price
    return float(least.x[-1])


def _answer(
    problem: CapacityProblem,
    answers: Answers,
    shortfall: FloatArray,
    solver: tuple[CapacitySolver, ...],
) -> Capacity:
    feasible, converged = answers.status == OPTIMAL, answers.status != STUCK
    factor = np.where(problem.slack & feasible, problem.lowest_cap, answers.x[:, -1])
    shares = limit_shares(problem, answers.x[:, :-1], factor, answers.price)
    labels = problem.limit_labels
    binding = tuple(labels[int(np.argmax(row))] if row.max() > 0.0 else None for row in shares)
    for array in (feasible, converged):
        array.setflags(write=False)
    return Capacity(
        read_only(np.where(feasible, np.maximum(factor, 0.0), 0.0)),
        feasible,
        read_only(shortfall),
        binding,
        read_only(shares),
        read_only(np.where(feasible[:, None], answers.x[:, :-1], np.nan)),
        solver,
        converged,
    )
