"""By what factor the load could grow, at every pose of one repetition, before some limit stops it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from bandwright.numerics.arrays import BoolArray, FloatArray, IntArray, read_only
from bandwright.numerics.dual_simplex import INFEASIBLE, OPTIMAL, STUCK
from bandwright.numerics.lp import maximise_linear
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
    price: FloatArray
    """(K, m + k) growth of the factor per unit of each row's limit [1/(N·m)], [1/N]; on infeasible poses, of what
    all limits would have to give less."""
    solver: tuple[CapacitySolver, ...]
    """(K,) which solver answered."""
    converged: BoolArray
    """(K,) whether the answer is proven."""


def capacity(problem: CapacityProblem) -> Capacity:
    """The greatest factor at which limb and factor × load can be held within every limit, at every pose.

    A linear programme per pose: our own simplex, which must prove its answer; HiGHS where it cannot. Where not even
    the limb can be held, a second one finds the least that all limits would have to give.
    """
    answers, by_highs = _solved(_programmes(problem))
    shortfall = np.zeros(len(answers.status))
    held = answers.status == OPTIMAL
    short = np.nonzero(answers.status == INFEASIBLE)[0]
    if short.size:
        least, _ = _solved(_giving(problem, short))
        shortfall[short] = -least.x[:, -1]
        answers.x[short, :-1], answers.x[short, -1] = least.x[:, :-1], 0.0
        answers.price[short] = _folded(problem, least.price)
        answers.status[short] = least.status
    return _answer(problem, answers, held, shortfall, by_highs)


def _solved(programmes: Programmes) -> tuple[Answers, BoolArray]:
    """Answers, and which of them HiGHS had to give."""
    answers = solve_programmes(programmes)
    stuck = answers.status == STUCK
    for k in np.nonzero(stuck)[0]:
        _by_highs(programmes, answers, int(k))
    return answers, stuck


def _programmes(problem: CapacityProblem) -> Programmes:
    """The programmes; where the load is slack its factor is held at 0."""
    limb = limb_programmes(problem)
    limb.rows[:, :, -1] = -np.concatenate([problem.torque_load, problem.cone_limit_load], axis=1)
    limb.limits[:, 1, -1] = np.where(problem.slack, 0.0, problem.lowest_cap)
    return limb


def limb_programmes(problem: CapacityProblem) -> Programmes:
    """The programmes without the load: nothing in its column, and its factor held at 0."""
    tolerance = problem.tolerance
    beyond = problem.cone_limit_limb + tolerance.cone_n
    least = np.hstack([problem.torque_limb - tolerance.torque_nm, np.full_like(beyond, -np.inf)])
    most = np.hstack([problem.torque_limb + tolerance.torque_nm, beyond])
    columns = np.concatenate([problem.moment, problem.cone], axis=1)
    none = np.zeros((len(columns), 1))
    return Programmes(
        np.concatenate([columns, np.zeros((*columns.shape[:2], 1))], axis=2),
        np.stack([least, most], axis=1),
        np.stack([np.hstack([problem.lower, none]), np.hstack([problem.upper, none])], axis=1),
    )


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


def _giving(problem: CapacityProblem, short: IntArray) -> Programmes:
    """Programmes for the limb alone in which the last column, at most 0, is minus what all limits give [N·m]."""
    whole = _programmes(problem)
    rows, (least, most) = whole.rows[short], whole.row_limits[short].swapaxes(0, 1)
    limits = whole.limits[short]
    m, facets = problem.moment.shape[1], problem.cone.shape[1]
    give = np.concatenate(
        [np.ones(m), np.full(facets, problem.tolerance.cone_n / problem.tolerance.torque_nm)]
    )
    open_rows, last = np.concatenate([rows, rows[:, :m]], axis=1), rows.shape[2] - 1
    open_rows[:, :, last] = np.concatenate([give, -give[:m]])
    none = np.full((len(short), m + facets), np.inf)
    reach = np.max(np.abs(limits[:, :, :last]), axis=1)
    enough = np.max((np.einsum("krn,kn->kr", np.abs(rows[:, :, :last]), reach) + np.abs(most)) / give, axis=1)
    limits[:, 0, last], limits[:, 1, last] = -enough, 0.0
    lower, upper = np.hstack([-none, least[:, :m]]), np.hstack([most, none[:, :m]])
    return Programmes(open_rows, np.stack([lower, upper], axis=1), limits)


def _folded(problem: CapacityProblem, price: FloatArray) -> FloatArray:
    """Prices of two-sided torque rows from those of `_giving`, where each side has its own row."""
    m = problem.moment.shape[1]
    folded = price[:, :-m].copy()
    folded[:, :m] += price[:, -m:]
    return folded


def _answer(
    problem: CapacityProblem,
    answers: Answers,
    feasible: BoolArray,
    shortfall: FloatArray,
    by_highs: BoolArray,
) -> Capacity:
    converged = answers.status == OPTIMAL
    solver: tuple[CapacitySolver, ...] = tuple("highs" if one else "simplex" for one in by_highs)
    factor = np.where(problem.slack & feasible, problem.lowest_cap, answers.x[:, -1])
    shares = limit_shares(problem, answers.x[:, :-1], factor, answers.price)
    labels, tightest = problem.limit_labels, np.argmax(shares, axis=1).tolist()
    bound = (np.max(shares, axis=1) > 0.0).tolist()
    binding = tuple(labels[at] if binds else None for at, binds in zip(tightest, bound, strict=True))
    for array in (feasible, converged):
        array.setflags(write=False)
    return Capacity(
        read_only(np.where(feasible, np.maximum(factor, 0.0), 0.0)),
        feasible,
        read_only(shortfall),
        binding,
        read_only(shares),
        read_only(np.where(feasible[:, None], answers.x[:, :-1], np.nan)),
        read_only(answers.price),
        solver,
        converged,
    )
