"""The capacity programme of each pose, scaled, run through the simplex and certified, compiled.

Rows are divided by the greatest torque or force in them and activations by their range, so that one
tolerance fits all; the last column is the load factor. An answer counts only with its proof, computed on the
data as given: a point inside all limits and, from the prices, a bound no point can beat (weak duality); or,
from the prices of what is outside, a sum of the rows that no point inside the limits can meet (Farkas).
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np
from numba import njit

from bandwright.numerics.arrays import FloatArray, IntArray
from bandwright.numerics.simplex import INFEASIBLE, OPTIMAL, STUCK, climb, settle
from bandwright.numerics.tableau import Corner, begin, clash, keep, point, prices, resume, slack_corner

MISS: Final = 1e-9
"""By how much a scaled limit may be missed in an answer that counts."""
GAP: Final = 1e-8
"""Relative difference between factor and bound that counts as proof."""


class Programmes(NamedTuple):
    """K programmes with r rows and n + 1 columns: the activations and the factor."""

    rows: FloatArray
    """(K, r, n + 1) columns, then minus the load."""
    row_limits: FloatArray
    """(K, 2, r)."""
    limits: FloatArray
    """(K, 2, n + 1) bounds of the activations, then of the factor: 0 and its lowest cap (inf if none)."""


class Answers(NamedTuple):
    """What the kernel found for K programmes, written in place."""

    status: IntArray
    """(K,) `OPTIMAL`, `INFEASIBLE` (even without load) or `STUCK` (no proof)."""
    x: FloatArray
    """(K, n + 1) activations and factor."""
    price: FloatArray
    """(K, r) growth of the factor per unit by which a row's pressing limit grows; + upper, − lower."""


class Scaled(NamedTuple):
    """One programme after scaling."""

    rows: FloatArray
    row_limits: FloatArray
    limits: FloatArray


@njit(cache=True)
def _scales(rows: FloatArray, row_limits: FloatArray, limits: FloatArray) -> tuple[FloatArray, FloatArray]:
    """What to divide each row by (r,) and to multiply each scaled column by (n + 1,)."""
    r, size = rows.shape
    row, column = np.empty(r), np.ones(size)
    for i in range(size - 1):
        span = limits[1, i] - limits[0, i]
        if span > 0.0:
            column[i] = span
    for j in range(r):
        row[j] = 0.0
        for i in range(size - 1):
            row[j] = max(row[j], abs(rows[j, i]) * column[i])
        for side in range(2):
            if math.isfinite(row_limits[side, j]):
                row[j] = max(row[j], abs(row_limits[side, j]))
        if row[j] == 0.0:
            row[j] = 1.0
    greatest = 0.0
    for j in range(r):
        greatest = max(greatest, abs(rows[j, size - 1]) / row[j])
    column[size - 1] = 1.0 / greatest if greatest > 0.0 else 1.0
    return row, column


@njit(cache=True)
def _scaled(
    rows: FloatArray, row_limits: FloatArray, limits: FloatArray
) -> tuple[Scaled, FloatArray, FloatArray]:
    """The scaled programme, with what its rows were divided and its columns multiplied by."""
    row, column = _scales(rows, row_limits, limits)
    scaled = rows.copy()
    for j in range(rows.shape[0]):
        for i in range(rows.shape[1]):
            scaled[j, i] *= column[i] / row[j]
    return Scaled(scaled, row_limits / row, limits / column), row, column


@njit(cache=True)
def _missed(rows: FloatArray, row_limits: FloatArray, limits: FloatArray, x: FloatArray) -> float:
    """The most by which the point misses a limit."""
    worst = 0.0
    size = rows.shape[1]
    for i in range(size):
        worst = max(worst, limits[0, i] - x[i], x[i] - limits[1, i])
    for j in range(rows.shape[0]):
        total = 0.0
        for i in range(size):
            total += rows[j, i] * x[i]
        worst = max(worst, row_limits[0, j] - total, total - row_limits[1, j])
    return worst


@njit(cache=True)
def _allowed_prices(row_limits: FloatArray, price: FloatArray) -> None:
    """Clear prices that rounding put on limits which do not exist."""
    for j in range(price.shape[0]):
        if price[j] > 0.0 and not math.isfinite(row_limits[1, j]):
            price[j] = 0.0
        if price[j] < 0.0 and not math.isfinite(row_limits[0, j]):
            price[j] = 0.0


@njit(cache=True)
def _ceiling(
    rows: FloatArray, row_limits: FloatArray, limits: FloatArray, price: FloatArray
) -> tuple[float, float]:
    """Greatest value of price·(rows x) over the row limits, minus its activation part at its least.

    Also the coefficient of the factor in price·rows: coefficient × factor can never exceed the first number.
    """
    columns = rows.shape[1] - 1
    most = 0.0
    for j in range(price.shape[0]):
        if price[j] > 0.0:
            most += price[j] * row_limits[1, j]
        elif price[j] < 0.0:
            most += price[j] * row_limits[0, j]
    for i in range(columns):
        slope = 0.0
        for j in range(price.shape[0]):
            slope += price[j] * rows[j, i]
        most -= slope * (limits[0, i] if slope > 0.0 else limits[1, i])
    coefficient = 0.0
    for j in range(price.shape[0]):
        coefficient += price[j] * rows[j, columns]
    return most, coefficient


@njit(cache=True)
def _without_load(scaled: Scaled, corner: Corner, price: FloatArray) -> int:
    """Whether the limb alone can be held; if not, the prices that prove it."""
    rows, row_limits, limits = scaled
    columns = rows.shape[1] - 1
    still = limits.copy()
    still[1, columns] = 0.0
    lp = begin(rows, row_limits, still)
    resume(lp, corner, rows)
    status = settle(lp)
    keep(lp, corner)
    if status == OPTIMAL:
        return OPTIMAL if _missed(rows, row_limits, still, point(lp, rows)) <= MISS else STUCK
    if status == INFEASIBLE:
        price[:] = clash(lp)
        _allowed_prices(row_limits, price)
        most, _ = _ceiling(rows, row_limits, limits, price)
        return INFEASIBLE if most < 0.0 else STUCK
    return STUCK


@njit(cache=True)
def _with_load(scaled: Scaled, corner: Corner, x: FloatArray, price: FloatArray) -> int:
    """The greatest factor, into x (n + 1,) and price (r,); `STUCK` without proof."""
    rows, row_limits, limits = scaled
    columns = rows.shape[1] - 1
    lp = begin(rows, row_limits, limits)
    resume(lp, corner, rows)
    if settle(lp) != OPTIMAL or climb(lp, columns) != OPTIMAL:
        return STUCK
    keep(lp, corner)
    x[:] = point(lp, rows)[: columns + 1]
    if not _missed(rows, row_limits, limits, x) <= MISS:
        return STUCK
    if x[columns] >= limits[1, columns] - MISS:
        return OPTIMAL
    price[:] = prices(lp, columns)
    _allowed_prices(row_limits, price)
    most, coefficient = _ceiling(rows, row_limits, limits, price)
    proof = coefficient > 0.0 and most / coefficient - x[columns] <= GAP * (0.01 + x[columns])
    return OPTIMAL if proof else STUCK


@njit(cache=True)
def _copied(corner: Corner) -> Corner:
    return Corner(corner.basis.copy(), corner.place.copy())


@njit(cache=True)
def solve_programmes(programmes: Programmes, answers: Answers) -> None:
    """Solve K programmes in order, each from where the one before ended."""
    rows, size = programmes.rows.shape[1:]
    still, loaded = slack_corner(size, rows), slack_corner(size, rows)
    fresh = slack_corner(size, rows)
    for k in range(programmes.rows.shape[0]):
        scaled, row, column = _scaled(programmes.rows[k], programmes.row_limits[k], programmes.limits[k])
        x, price = answers.x[k], answers.price[k]
        status = STUCK
        for attempt in range(2):
            if attempt == 1:
                # A start carried along too many poses can hold a poor basis: begin again.
                still, loaded = _copied(fresh), _copied(fresh)
            x[:], price[:] = 0.0, 0.0
            status = _without_load(scaled, still, price)
            if status == OPTIMAL:
                status = _with_load(scaled, loaded, x, price)
            if status != STUCK:
                break
        answers.status[k] = status
        for i in range(size):
            x[i] *= column[i]
        for j in range(rows):
            price[j] *= column[size - 1] / row[j]
