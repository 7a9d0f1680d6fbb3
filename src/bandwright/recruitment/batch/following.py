"""Follows the optimum of one pose while one load grows; compiled.

Between two breakpoints the same columns are inside their bounds and the same facets press, so multipliers and
activations are linear in the tension. At a breakpoint one column or one facet changes; which one is read off, not
solved for. The problem is that of `newton`, whose solver says where to begin, and to go on after a tie that cannot be
read off.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np

from bandwright.numerics.arrays import FloatArray, IntArray
from bandwright.numerics.compiled import compiled
from bandwright.recruitment.newton import ScaledPose, solve_pose

LOWER: Final = -1
INSIDE: Final = 0
UPPER: Final = 1

TIE: Final = 1e-11
"""Relative progress below which a breakpoint counts as the same place as the one before."""
PATIENCE: Final = 40
"""Changes at one place before the solver is asked."""
HOP: Final = 1e-7
"""How far beyond a tie the solver looks, relative to the greatest tension."""


class Line(NamedTuple):
    """A pose whose target is target + tension · slope."""

    pose: ScaledPose
    slope: FloatArray
    """(M,)."""


class State(NamedTuple):
    """Which limits are at work, and the multipliers and activations as start + tension · rate."""

    column: IntArray
    """(n,) `LOWER`, `INSIDE` or `UPPER`."""
    facet: IntArray
    """(M,) 1 for rows that are priced: all torques, and the facets that press."""
    y: FloatArray
    """(2, M) start and rate."""
    x: FloatArray
    """(2, n) start and rate."""
    z: FloatArray
    """(2, n) the same before bounds."""
    held: FloatArray
    """(2, M) what the rows hold of x."""


@compiled
def look(line: Line, tension: float, state: State) -> float:
    """Set which limits are at work at a tension by solving there; the solver's error."""
    pose = line.pose
    target, y, x = np.empty(pose.target.shape[0]), np.zeros(pose.target.shape[0]), np.empty(state.x.shape[1])
    for j in range(target.shape[0]):
        target[j] = pose.target[j] + tension * line.slope[j]
    _, error = solve_pose(ScaledPose(pose.rows, target, pose.limits, pose.free), y, x)
    for i in range(x.shape[0]):
        z = 0.0
        for j in range(y.shape[0]):
            z += pose.rows[j, i] * y[j]
        state.column[i] = LOWER if z < pose.limits[0, i] else (UPPER if z > pose.limits[1, i] else INSIDE)
    for j in range(y.shape[0]):
        state.facet[j] = 1 if j < pose.free or y[j] > 0.0 else 0
    return error


@compiled
def _system(line: Line, state: State, h: FloatArray, right: FloatArray) -> None:
    """Set h = 1 + B D Bᵀ and the right-hand sides (2, M) for the rows that are priced."""
    pose = line.pose
    for j in range(h.shape[0]):
        for k in range(h.shape[0]):
            h[j, k] = 1.0 if j == k else 0.0
        on = state.facet[j] == 1
        right[0, j], right[1, j] = (pose.target[j], line.slope[j]) if on else (0.0, 0.0)
    for i in range(state.column.shape[0]):
        if state.column[i] == INSIDE:
            _add_column(pose.rows, state.facet, i, h)
        else:
            bound = pose.limits[0 if state.column[i] == LOWER else 1, i]
            for j in range(h.shape[0]):
                right[0, j] -= state.facet[j] * pose.rows[j, i] * bound


@compiled
def _add_column(rows: FloatArray, facet: IntArray, i: int, h: FloatArray) -> None:
    """Add what a column inside its bounds gives to h, for the rows that are priced."""
    for j in range(h.shape[0]):
        for k in range(h.shape[0]):
            h[j, k] += facet[j] * facet[k] * rows[j, i] * rows[k, i]


@compiled
def _cholesky_solve(h: FloatArray, d: FloatArray) -> bool:
    """Solve h d = d in place, h being overwritten; False if h is not positive definite."""
    size = d.shape[0]
    for j in range(size):
        pivot = h[j, j]
        for k in range(j):
            pivot -= h[j, k] * h[j, k]
        if not pivot > 0.0:
            return False
        h[j, j] = math.sqrt(pivot)
        for i in range(j + 1, size):
            dot = h[i, j]
            for k in range(j):
                dot -= h[i, k] * h[j, k]
            h[i, j] = dot / h[j, j]
    for j in range(size):
        for k in range(j):
            d[j] -= h[j, k] * d[k]
        d[j] /= h[j, j]
    for j in range(size - 1, -1, -1):
        for k in range(j + 1, size):
            d[j] -= h[k, j] * d[k]
        d[j] /= h[j, j]
    return True


@compiled
def straight(line: Line, state: State) -> None:
    """Set the linear pieces that belong to the limits at work."""
    pose = line.pose
    size = pose.target.shape[0]
    h, right = np.empty((size, size)), np.empty((2, size))
    _system(line, state, h, right)
    for part in range(2):
        factor = h.copy()
        _cholesky_solve(factor, right[part])
        for j in range(size):
            state.y[part, j] = right[part, j]
            state.held[part, j] = 0.0
        for i in range(state.column.shape[0]):
            z = 0.0
            for j in range(size):
                z += pose.rows[j, i] * right[part, j]
            state.z[part, i] = z
            fixed = 0.0
            if state.column[i] != INSIDE and part == 0:
                fixed = pose.limits[0 if state.column[i] == LOWER else 1, i]
            x = z if state.column[i] == INSIDE else fixed
            state.x[part, i] = x
            for j in range(size):
                state.held[part, j] += pose.rows[j, i] * x


@compiled
def _until(start: float, rate: float, now: float) -> float:
    """The tension, not before now, at which a falling margin reaches 0."""
    return max(-start / rate, now) if rate < 0.0 else math.inf


@compiled
def next_change(line: Line, state: State, now: float) -> tuple[float, int, int]:
    """The next breakpoint and what changes there: a column (≥ 0) and its new place, or −1 − row."""
    pose, limits = line.pose, line.pose.limits
    at, which, place = math.inf, 0, INSIDE
    for i in range(state.column.shape[0]):
        start, rate = state.z[0, i], state.z[1, i]
        if state.column[i] == INSIDE:
            low, high = _until(start - limits[0, i], rate, now), _until(limits[1, i] - start, -rate, now)
            if min(low, high) < at:
                at, which, place = min(low, high), i, LOWER if low < high else UPPER
            continue
        below = state.column[i] == LOWER
        back = _until(limits[0, i] - start, -rate, now) if below else _until(start - limits[1, i], rate, now)
        if back < at and limits[0, i] < limits[1, i]:
            at, which, place = back, i, INSIDE
    for j in range(pose.free, pose.target.shape[0]):
        if state.facet[j] == 1:
            reached = _until(state.y[0, j], state.y[1, j], now)
        else:
            room, rate = state.held[0, j] - pose.target[j], state.held[1, j] - line.slope[j]
            reached = _until(room, rate, now)
        if reached < at:
            at, which = reached, -1 - j
    return at, which, place


@compiled
def follow(line: Line, greatest: float, knots: FloatArray, pieces: FloatArray) -> tuple[int, float]:
    """Set knots (S,) and the activations between them (S, 2, n) as start + tension · rate, from 0 to `greatest`.

    Returns:
        How many pieces there are (−1 if there is no room for them), and the greatest error of the solver.
    """
    size, columns = line.pose.target.shape[0], line.pose.rows.shape[1]
    state = State(
        np.zeros(columns, np.int64),
        np.zeros(size, np.int64),
        np.zeros((2, size)),
        np.zeros((2, columns)),
        np.zeros((2, columns)),
        np.zeros((2, size)),
    )
    error = look(line, HOP * greatest, state)
    now, count, ties = 0.0, 0, 0
    while now < greatest:
        straight(line, state)
        at, which, place = next_change(line, state, now)
        if at > now + TIE * greatest:
            if count == knots.shape[0]:
                return -1, error
            knots[count] = now
            for i in range(columns):
                pieces[count, 0, i], pieces[count, 1, i] = state.x[0, i], state.x[1, i]
            count, ties = count + 1, 0
        ties += 1
        now = min(at, greatest)
        if ties > PATIENCE:
            error = max(error, look(line, now + HOP * greatest, state))
            ties = -PATIENCE
        elif which >= 0:
            state.column[which] = place
        else:
            state.facet[-1 - which] = 1 - state.facet[-1 - which]
    return count, error
