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
from bandwright.numerics.boxed_programme import (
    Bench,
    Corner,
    Programme,
    bench_for,
    clear,
    columns_of,
    empty_corner,
    programme_for,
)
from bandwright.numerics.dual_simplex import INFEASIBLE, OPTIMAL, STUCK, keep, row_by, solve
from bandwright.numerics.lanes import (
    LANES,
    choose,
    even,
    get,
    greatest,
    lanewise,
    lanewise_entry,
    least_of,
    load,
    put,
    store,
    sum_of,
)

MISS: Final = 1e-9
"""By how much a scaled limit may be missed in an answer that counts."""
GAP: Final = 1e-8
"""Relative difference between factor and bound that counts as proof."""


class Programmes(NamedTuple):
    """K programmes of r rows and n + 1 columns (activations, factor)."""

    rows: FloatArray
    """(K, r, n + 1) columns, then minus the load."""
    row_limits: FloatArray
    """(K, 2, r)."""
    limits: FloatArray
    """(K, 2, n + 1) bounds of the activations, then of the factor: 0 and its lowest cap (inf if none)."""


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


@lanewise
def _missed(one: Programme, bench: Bench) -> float:
    """The most by which the point misses a limit; sets the rows' part of x to what they hold."""
    rows, every = one.cells.shape
    blocks, worst = every // LANES, even(0.0)
    for j in range(rows):
        put(bench.x, columns_of(one) + j, row_by(one, j, bench.x))
    for b in range(blocks):
        x = load(bench.x, b)
        low, high = load(one.bounds, b), load(one.bounds, blocks + b)
        worst = greatest(worst, greatest(low - x, x - high))
    return -least_of(0.0 - worst)


@lanewise
def _take_prices(one: Programme, bench: Bench, price: FloatArray) -> None:
    """The rows' prices, but for those that rounding put on limits which do not exist."""
    first = columns_of(one)
    for j in range(price.shape[0]):
        price[j] = get(bench.gain, first + j)
        if not math.isfinite(one.limits[1 if price[j] > 0.0 else 0, first + j]):
            price[j] = 0.0


@lanewise
def ceiling(one: Programme, bench: Bench, price: FloatArray) -> tuple[float, float]:
    """What coefficient × factor can never exceed, and the coefficient.

    The sum of the rows by price is at most that of their limits; the activations take their least part off it.
    """
    every = one.cells.shape[1]
    first = columns_of(one)
    most, coefficient = 0.0, 0.0
    for j in range(price.shape[0]):
        if price[j] != 0.0:
            most += price[j] * one.limits[1 if price[j] > 0.0 else 0, first + j]
            coefficient += price[j] * one.cells[j, first - 1]
    part = even(0.0)
    for b in range(first // LANES):
        slope = even(0.0)
        for j in range(price.shape[0]):
            if price[j] != 0.0:
                slope = slope + price[j] * load(one.lanes, j * (every // LANES) + b)
        store(bench.entry, b, slope)
    put(bench.entry, first - 1, 0.0)
    for b in range(first // LANES):
        slope = load(bench.entry, b)
        low, high = load(bench.limits, b), load(bench.limits, every // LANES + b)
        part = part + choose(slope > 0.0, slope * low, choose(slope < 0.0, slope * high, even(0.0)))
    return most - sum_of(part), coefficient


@lanewise
def _prove(one: Programme, bench: Bench, price: FloatArray) -> int:
    """Check point and prices of an optimal basis on the data as given."""
    last = columns_of(one) - 1
    if not _missed(one, bench) <= MISS:
        return STUCK
    factor = get(bench.x, last)
    if factor >= one.limits[1, last] - MISS:
        for j in range(price.shape[0]):
            price[j] = 0.0
        return OPTIMAL
    _take_prices(one, bench, price)
    most, coefficient = ceiling(one, bench, price)
    if coefficient > 0.0 and most / coefficient - factor <= GAP * (0.01 + abs(factor)):
        return OPTIMAL
    return STUCK


@lanewise
def solve_one(one: Programme, corner: Corner, bench: Bench, price: FloatArray) -> int:
    """Solve one scaled programme from a corner, which moves along, into `bench.x`; `STUCK` without proof."""
    status = solve(one, corner, bench)
    if status == OPTIMAL:
        keep(one, bench, corner)
        return _prove(one, bench, price)
    if status == INFEASIBLE and disproved(one, bench, price):
        return INFEASIBLE
    return STUCK


@lanewise
def disproved(one: Programme, bench: Bench, price: FloatArray) -> bool:
    """Whether the prices of a programme without an answer show that there is none, on the data as given."""
    last = columns_of(one) - 1
    _take_prices(one, bench, price)
    most, coefficient = ceiling(one, bench, price)
    return bool(most < min(coefficient * one.limits[0, last], coefficient * one.limits[1, last]))


@lanewise
def set_without_load(programmes: Programmes, k: int, one: Programme) -> None:
    """Set one of K scaled programmes, its factor held at 0."""
    n = programmes.rows.shape[2] - 1
    rows, last = one.cells.shape[0], columns_of(one) - 1
    for j in range(rows):
        for i in range(n):
            one.cells[j, i] = programmes.rows[k, j, i]
        one.cells[j, last] = programmes.rows[k, j, n]
    for at in range(2):
        for i in range(n):
            one.limits[at, i] = programmes.limits[k, at, i]
        for j in range(rows):
            one.limits[at, last + 1 + j] = programmes.row_limits[k, at, j]
    one.limits[0, last], one.limits[1, last] = programmes.limits[k, 0, n], 0.0


@lanewise_entry
def _solve_scaled(
    programmes: Programmes,
    answers: Answers,
    one: Programme,
    corners: tuple[Corner, Corner],
    bench: Bench,
) -> None:
    """Solve K scaled programmes in order, without and then with load, each from where the last one ended."""
    still, loaded = corners
    n = programmes.rows.shape[2] - 1
    last = columns_of(one) - 1
    for k in range(programmes.rows.shape[0]):
        for attempt in range(2):
            if attempt == 1:
                # A start carried along many poses can hold a poor basis: begin again.
                clear(still)
                clear(loaded)
            set_without_load(programmes, k, one)
            status = solve_one(one, still, bench, answers.price[k])
            if status == OPTIMAL:
                one.limits[1, last] = programmes.limits[k, 1, n]
                status = solve_one(one, loaded, bench, answers.price[k])
                status = STUCK if status == INFEASIBLE else status
            answers.status[k] = status
            if status != STUCK:
                break
        for i in range(n):
            answers.x[k, i] = get(bench.x, i)
        answers.x[k, n] = get(bench.x, last)


def solve_programmes(programmes: Programmes) -> Answers:
    """Answers of K programmes in order, in the units of the programmes."""
    count, rows, size = programmes.rows.shape
    answers = Answers(np.empty(count, np.int64), np.empty((count, size)), np.empty((count, rows)))
    one_scale, row, column = scaled(programmes)
    one = programme_for(size, rows)
    corners = empty_corner(one), empty_corner(one)
    _solve_scaled(one_scale, answers, one, corners, bench_for(one))
    return Answers(answers.status, answers.x * column, answers.price * row * column[:, -1:])
