"""Primal simplex on a small dense tableau, compiled: first inside the limits, then up; see `tableau`."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from bandwright.numerics.arrays import FloatArray
from bandwright.numerics.compiled import compiled
from bandwright.numerics.tableau import AT_LOWER, AT_UPPER, FEASIBILITY, IN_BASIS, Simplex, pivot

OPTIMAL: Final = 0
INFEASIBLE: Final = 1
UNBOUNDED: Final = 2
STUCK: Final = 3

PRICE: Final = 1e-10
"""Gain per unit below which a column is not worth moving."""
PIVOT: Final = 1e-9
"""Size below which a tableau entry counts as 0."""
MAX_PIVOTS: Final = 400
PATIENCE: Final = 40
"""Pivots in a row without progress after which the first column that gains is taken, not the one that gains
most: with that rule of Bland's the simplex cannot go round in circles."""


@compiled
def _outside(lp: Simplex, cost: FloatArray) -> float:
    """How far the basis is outside its limits in all; sets cost (n + r,) to the growth of that per column."""
    total = 0.0
    for i in range(cost.shape[0]):
        cost[i] = 0.0
    for j in range(lp.value.shape[0]):
        column = lp.basis[j]
        if lp.value[j] < lp.lower[column] - FEASIBILITY:
            total += lp.lower[column] - lp.value[j]
            for i in range(cost.shape[0]):
                cost[i] += lp.tableau[j, i]
        elif lp.value[j] > lp.upper[column] + FEASIBILITY:
            total += lp.value[j] - lp.upper[column]
            for i in range(cost.shape[0]):
                cost[i] -= lp.tableau[j, i]
    return total


@compiled
def _loss(lp: Simplex, target: int, cost: FloatArray) -> None:
    """Set cost (n + r,) to how much the target falls per unit of each column."""
    for i in range(cost.shape[0]):
        cost[i] = 0.0
    if lp.place[target] != IN_BASIS:
        cost[target] = -1.0
        return
    for j in range(lp.basis.shape[0]):
        if lp.basis[j] == target:
            for i in range(cost.shape[0]):
                cost[i] = lp.tableau[j, i]


@compiled
def _entering(lp: Simplex, cost: FloatArray, idle: int) -> int:
    """The column whose move lowers the cost fastest (after idle pivots, the first that does), or −1."""
    best, chosen = PRICE, -1
    for i in range(cost.shape[0]):
        if lp.place[i] == IN_BASIS or lp.upper[i] <= lp.lower[i]:
            continue
        gain = -cost[i] if lp.place[i] == AT_LOWER else cost[i]
        if gain > best:
            best, chosen = gain, i
            if idle > PATIENCE:
                return chosen
    return chosen


@compiled
def _room(lp: Simplex, j: int, rate: float, slack: float) -> float:
    """How far the move may go before row j, changing at `rate`, reaches the limit that stops it."""
    column = lp.basis[j]
    low, high = lp.lower[column], lp.upper[column]
    if rate < 0.0:
        # A value above its upper limit stops on entering, so that the sum of what is outside stays linear.
        stop = high if lp.value[j] > high + FEASIBILITY else low
        if lp.value[j] < low - FEASIBILITY:
            return math.inf
        return float((stop - slack - lp.value[j]) / rate)
    stop = low if lp.value[j] < low - FEASIBILITY else high
    if lp.value[j] > high + FEASIBILITY:
        return math.inf
    return float((stop + slack - lp.value[j]) / rate)


@compiled
def _leaving(lp: Simplex, entering: int, sign: float) -> tuple[int, float]:
    """The row that stops the move and how far it gets; among near ties the largest pivot (Harris)."""
    longest = math.inf
    for j in range(lp.value.shape[0]):
        rate = -sign * lp.tableau[j, entering]
        if abs(rate) > PIVOT:
            longest = min(longest, _room(lp, j, rate, FEASIBILITY))
    chosen, largest, length = -1, 0.0, math.inf
    for j in range(lp.value.shape[0]):
        rate = -sign * lp.tableau[j, entering]
        if abs(rate) > max(PIVOT, largest):
            room = _room(lp, j, rate, 0.0)
            if room <= longest:
                chosen, largest, length = j, abs(rate), max(room, 0.0)
    return chosen, length


@compiled
def _step(lp: Simplex, entering: int) -> float:
    """Move the column as far as the limits allow and change the basis if a row stops it; the distance."""
    sign = 1.0 if lp.place[entering] == AT_LOWER else -1.0
    row, reach = _leaving(lp, entering, sign)
    span = float(lp.upper[entering] - lp.lower[entering])
    length = min(reach, span)
    if length == math.inf:
        return length
    start = lp.lower[entering] if sign > 0.0 else lp.upper[entering]
    for j in range(lp.value.shape[0]):
        lp.value[j] -= sign * length * lp.tableau[j, entering]
    if reach >= span:
        lp.place[entering] = AT_UPPER if sign > 0.0 else AT_LOWER
        return length
    left = lp.basis[row]
    # It left through the limit it is nearer to: the one that stopped the move.
    to_upper = abs(lp.value[row] - lp.upper[left]) < abs(lp.value[row] - lp.lower[left])
    lp.place[left] = AT_UPPER if to_upper else AT_LOWER
    pivot(lp, row, entering)
    lp.basis[row], lp.place[entering], lp.value[row] = entering, IN_BASIS, start + sign * length
    return length


@compiled
def settle(lp: Simplex) -> int:
    """Bring the programme inside its limits; `OPTIMAL` if so, else `INFEASIBLE` or `STUCK`."""
    cost = np.empty(lp.place.shape[0])
    idle = 0
    for _ in range(MAX_PIVOTS):
        if _outside(lp, cost) == 0.0:
            return OPTIMAL
        entering = _entering(lp, cost, idle)
        if entering < 0:
            return INFEASIBLE
        idle = 0 if _step(lp, entering) > FEASIBILITY else idle + 1
    return STUCK


@compiled
def climb(lp: Simplex, target: int) -> int:
    """Raise column `target` as far as it goes, from inside the limits; `OPTIMAL`, `UNBOUNDED` or `STUCK`."""
    cost = np.empty(lp.place.shape[0])
    idle = 0
    for _ in range(MAX_PIVOTS):
        _loss(lp, target, cost)
        entering = _entering(lp, cost, idle)
        if entering < 0:
            return OPTIMAL
        length = _step(lp, entering)
        if length == math.inf:
            return UNBOUNDED
        idle = 0 if length > FEASIBILITY else idle + 1
    return STUCK
