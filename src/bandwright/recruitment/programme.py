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

from bandwright.numerics.arrays import FloatArray, IntArray
from bandwright.numerics.compiled import compiled
from bandwright.numerics.simplex import INFEASIBLE, OPTIMAL, STUCK, climb, settle
from bandwright.numerics.tableau import (
    Corner,
    Simplex,
    begin,
    clash,
    keep,
    point,
    prices,
    resume,
    slack_corner,
)

MISS: Final = 1e-9
"""By how much a scaled limit may be missed in an answer that counts."""
GAP: Final = 1e-8
"""Relative difference between factor and bound that counts as proof."""


class Programmes(NamedTuple):
    """One programme of r rows and n + 1 columns (activations, factor); or K of them, K being the first axis."""

    rows: FloatArray
    """(r, n + 1) columns, then minus the load."""
    row_limits: FloatArray
    """(2, r)."""
    limits: FloatArray
    """(2, n + 1) bounds of the activations, then of the factor: 0 and its lowest cap (inf if none)."""


class Answers(NamedTuple):
    """What was found for K programmes."""

    status: IntArray
    """(K,) `OPTIMAL`, `INFEASIBLE` (even without load) or `STUCK` (no proof)."""
    x: FloatArray
    """(K, n + 1) activations and factor."""
    price: FloatArray
    """(K, r) growth of the factor per unit by which a row's pressing limit grows; + upper, − lower."""


def scaled(programmes: Programmes) -> tuple[Programmes, FloatArray, FloatArray]:
    """The scaled programmes, and what multiplies their rows (K, r) and divides their columns (K, n + 1)."""
    rows, row_limits, limits = programmes
    span = limits[:, 1, :-1] - limits[:, 0, :-1]
    column = np.ones((len(rows), rows.shape[2]))
    column[:, :-1] = np.where(span > 0.0, span, 1.0)
    greatest = np.max(np.abs(rows[:, :, :-1]) * column[:, None, :-1], axis=2, initial=0.0)
    known = np.where(np.isfinite(row_limits), np.abs(row_limits), 0.0)
    greatest = np.maximum(greatest, known.max(axis=1))
    row = 1.0 / np.where(greatest > 0.0, greatest, 1.0)
    load = np.max(np.abs(rows[:, :, -1]) * row, axis=1)
    column[:, -1] = 1.0 / np.where(load > 0.0, load, 1.0)
    return (
        Programmes(
            np.ascontiguousarray(rows * row[:, :, None] * column[:, None, :]),
            np.ascontiguousarray(row_limits * row[:, None, :]),
            np.ascontiguousarray(limits / column[:, None, :]),
        ),
        row,
        column,
    )


@compiled
def _missed(one: Programmes, x: FloatArray) -> float:
    """The most by which the point misses a limit."""
    worst = 0.0
    for i in range(one.rows.shape[1]):
        worst = max(worst, one.limits[0, i] - x[i], x[i] - one.limits[1, i])
    for j in range(one.rows.shape[0]):
        total = 0.0
        for i in range(one.rows.shape[1]):
            total += one.rows[j, i] * x[i]
        worst = max(worst, one.row_limits[0, j] - total, total - one.row_limits[1, j])
    return worst


@compiled
def _allowed_prices(row_limits: FloatArray, price: FloatArray) -> None:
    """Clear prices that rounding put on limits which do not exist."""
    for j in range(price.shape[0]):
        if price[j] > 0.0 and not math.isfinite(row_limits[1, j]):
            price[j] = 0.0
        if price[j] < 0.0 and not math.isfinite(row_limits[0, j]):
            price[j] = 0.0


@compiled
def _ceiling(one: Programmes, price: FloatArray) -> tuple[float, float]:
    """What coefficient × factor can never exceed, and the coefficient.

    The sum of the rows by price is at most that of their limits; the activations take their least part off it.
    """
    columns = one.rows.shape[1] - 1
    most = 0.0
    for j in range(price.shape[0]):
        if price[j] != 0.0:
            most += price[j] * one.row_limits[1 if price[j] > 0.0 else 0, j]
    slope = 0.0
    for i in range(columns + 1):
        slope = 0.0
        for j in range(price.shape[0]):
            slope += price[j] * one.rows[j, i]
        if i < columns:
            most -= slope * one.limits[0 if slope > 0.0 else 1, i]
    return most, slope


@compiled
def _prove(lp: Simplex, one: Programmes, x: FloatArray, price: FloatArray) -> int:
    """Take point and prices from an optimal basis and check them on the data as given."""
    columns = one.rows.shape[1] - 1
    full = point(lp, one.rows)
    for i in range(columns + 1):
        x[i] = full[i]
    if not _missed(one, x) <= MISS:
        return STUCK
    prices(lp, columns, price)
    if x[columns] >= one.limits[1, columns] - MISS:
        for j in range(price.shape[0]):
            price[j] = 0.0
        return OPTIMAL
    _allowed_prices(one.row_limits, price)
    most, coefficient = _ceiling(one, price)
    if coefficient > 0.0 and most / coefficient - x[columns] <= GAP * (0.01 + abs(x[columns])):
        return OPTIMAL
    return STUCK


@compiled
def solve_one(one: Programmes, corner: Corner, x: FloatArray, price: FloatArray) -> int:
    """Solve one scaled programme from a corner, which moves along; `STUCK` without proof."""
    lp = begin(one.rows, one.row_limits, one.limits)
    resume(lp, corner, one.rows)
    status = settle(lp)
    if status == OPTIMAL:
        status = climb(lp, one.rows.shape[1] - 1)
    keep(lp, corner)
    if status == OPTIMAL:
        return _prove(lp, one, x, price)
    if status == INFEASIBLE:
        clash(lp, price)
        _allowed_prices(one.row_limits, price)
        most, _ = _ceiling(one, price)
        if most < 0.0:
            return INFEASIBLE
    return STUCK


@compiled
def _with_top(one: Programmes, top: float) -> Programmes:
    """The same programme with another cap on the factor."""
    limits = np.empty_like(one.limits)
    for i in range(limits.shape[1]):
        limits[0, i], limits[1, i] = one.limits[0, i], one.limits[1, i]
    limits[1, limits.shape[1] - 1] = top
    return Programmes(one.rows, one.row_limits, limits)


@compiled
def solve_scaled(programmes: Programmes, answers: Answers) -> None:
    """Solve K scaled programmes in order, without and then with load, each from where the last one ended."""
    count, rows, size = programmes.rows.shape
    still, loaded = slack_corner(size, rows), slack_corner(size, rows)
    for k in range(count):
        one = Programmes(programmes.rows[k], programmes.row_limits[k], programmes.limits[k])
        for attempt in range(2):
            if attempt == 1:
                # A start carried along many poses can hold a poor basis: begin again.
                still, loaded = slack_corner(size, rows), slack_corner(size, rows)
            answers.status[k] = solve_one(_with_top(one, 0.0), still, answers.x[k], answers.price[k])
            if answers.status[k] == OPTIMAL:
                answers.status[k] = solve_one(one, loaded, answers.x[k], answers.price[k])
                if answers.status[k] == INFEASIBLE:
                    answers.status[k] = STUCK
            if answers.status[k] != STUCK:
                break


def solve_programmes(programmes: Programmes) -> Answers:
    """Answers of K programmes in order, in the units of the programmes."""
    count, rows, size = programmes.rows.shape
    answers = Answers(np.empty(count, np.int64), np.empty((count, size)), np.empty((count, rows)))
    one_scale, row, column = scaled(programmes)
    solve_scaled(one_scale, answers)
    return Answers(answers.status, answers.x * column, answers.price * row * column[:, -1:])
