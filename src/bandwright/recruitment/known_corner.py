"""A corner that is kept with its inverse: right for every load under which it stays inside all limits.

Which limits stop a load from growing changes with the load, but what is known of them does not: the basis without
the factor's column, what its variables are without load, and, as prices only have to be scaled, the bound that no
point can beat. So the greatest factor of another load takes that bound and one product with the inverse; its proof
is that the point it leads to misses no limit.

Made from rows and columns in their order, a known corner is the same whichever way a solver came to it.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np

from bandwright.numerics.arrays import FloatArray, IntArray
from bandwright.numerics.boxed_programme import Bench, Corner, Programme, columns_of
from bandwright.numerics.dual_simplex import PIVOT, SAFE_PIVOT, begin, exchange, place_row, row_by, weigh
from bandwright.numerics.lanes import (
    LANES,
    choose,
    even,
    get,
    greatest,
    lanewise,
    least_of,
    load,
    made_up,
    put,
    store,
)
from bandwright.recruitment.programme import MISS, ceiling

NOT_KNOWN: Final = math.nan

PRICED, TOUCHED = 2.0, 1.0
"""Marks of the columns that solve a row whose limit is worth something, and of those that solve the others."""


class Known(NamedTuple):
    """A corner of one programme of r rows; R is r made up to whole vectors; arrays change in place."""

    size: IntArray
    """(1,) how many rows are at a limit; −1: nothing is known."""
    row: IntArray
    """(r,) these rows."""
    inverse: FloatArray
    """(r · R / LANES, LANES) for each of them, by how much every place grows with what the row holds."""
    base: FloatArray
    """(R / LANES, LANES) what places are without load: a row's is a column, or the row itself."""
    within: FloatArray
    """(2 R / LANES, LANES) their lower limits, then their upper ones."""
    own: FloatArray
    """(R / LANES, LANES) −1 where a row is at no limit, else 0."""
    price: FloatArray
    """(R / LANES, LANES) what each row's limit is worth, in a unit of their own."""
    most: FloatArray
    """(1,) in the same unit, what a factor can never exceed times what its load costs; inf where the cap stops it."""


def known_for(one: Programme, count: int) -> Known:
    """Room for corners of so many programmes of that size, each as in `Known` with `count` as the first axis."""
    rows = len(one.cells)
    wide = made_up(rows) // LANES
    return Known(
        size=np.full((count, 1), -1),
        row=np.zeros((count, rows), np.int64),
        inverse=np.zeros((count, rows * wide, LANES)),
        base=np.zeros((count, wide, LANES)),
        within=np.zeros((count, 2 * wide, LANES)),
        own=np.zeros((count, wide, LANES)),
        price=np.zeros((count, wide, LANES)),
        most=np.zeros((count, 1)),
    )


@lanewise
def known_at(known: Known, which: int) -> Known:
    """One of many; it shares their memory."""
    return Known(
        known.size[which],
        known.row[which],
        known.inverse[which],
        known.base[which],
        known.within[which],
        known.own[which],
        known.price[which],
        known.most[which],
    )


@lanewise
def factor_by(known: Known, held: FloatArray, cap: float) -> float:
    """By what factor a load could grow, `held` (R / LANES, LANES) being what it asks of the rows.

    `NOT_KNOWN` if another corner stops it.
    """
    if known.size[0] < 0:
        return NOT_KNOWN
    wide, cost = known.base.shape[0], 0.0
    # Number by number, so that it is the same wherever the compiler puts it.
    for a in range(known.size[0]):
        cost -= get(known.price, known.row[a]) * get(held, known.row[a])
    reach = known.most[0] / cost if cost > PIVOT else -1.0
    factor = reach if math.isfinite(known.most[0]) else cap
    if not 0.0 <= factor <= cap:
        return NOT_KNOWN
    off = even(0.0)
    for b in range(wide):
        total = load(known.own, b) * load(held, b)
        for a in range(known.size[0]):
            total = total + get(held, known.row[a]) * load(known.inverse, a * wide + b)
        at = load(known.base, b) + factor * total
        low, high = load(known.within, b), load(known.within, wide + b)
        off = greatest(off, greatest(low - at, at - high))
    return factor if -least_of(0.0 - off) <= MISS else NOT_KNOWN


@lanewise
def learn(one: Programme, bench: Bench, corner: Corner, price: FloatArray, known: Known) -> None:
    """Set what is known to the corner where a solved programme stands; nothing, if rounding would spoil it.

    Limits that touch but are worth nothing may be others next time, whatever the load. So prices come first, from
    the rows and columns that they are about; then they are the same to the last digit.
    """
    known.size[0], known.most[0], pressing = -1, math.inf, -1
    raised = _mark(one, bench, corner, price, known)
    begin(one, bench)
    for j in range(price.shape[0]):
        place_row(one, bench, j, j)
    if raised:
        pressing = _bring_in(one, bench, price, known, PRICED)
        if pressing < 0:
            return
        _set_prices(one, bench, pressing, price, known)
        known.most[0], _ = ceiling(one, bench, price)
    if _bring_in(one, bench, price, known, TOUCHED) != -1:
        return
    _keep_places(bench, known)
    _set_base(one, bench, pressing, known)


@lanewise
def _mark(one: Programme, bench: Bench, corner: Corner, price: FloatArray, known: Known) -> bool:
    """Set price to what rows are worth, own to whether they are at no limit, gain to the marks of columns.

    Returns whether the factor is one of the corner's columns.
    """
    columns, every = columns_of(one), one.cells.shape[1] // LANES
    for b in range(known.own.shape[0]):
        store(known.own, b, even(-1.0))
    for a in range(corner.size[0]):
        put(known.own, corner.row[a], 0.0)
    for j in range(price.shape[0]):
        worth = get(bench.gain, columns + j)
        price[j] = worth if abs(worth) > PIVOT and get(known.own, j) == 0.0 else 0.0
    for b in range(columns // LANES):
        gain, met = load(bench.gain, b), even(0.0)
        for j in range(price.shape[0]):
            if price[j] != 0.0:
                met = choose(load(one.lanes, j * every + b) == 0.0, met, even(1.0))
        idle = (gain <= PIVOT) & (gain >= -PIVOT)
        store(bench.gain, b, choose(idle, PRICED * met, even(0.0)))
    raised = False
    for a in range(corner.size[0]):
        column = corner.column[a]
        raised = raised or column == columns - 1
        if get(bench.gain, column) == 0.0:
            put(bench.gain, column, TOUCHED)
    put(bench.gain, columns - 1, 0.0)
    return raised


@lanewise
def _bring_in(one: Programme, bench: Bench, price: FloatArray, known: Known, mark: float) -> int:
    """Solve rows at a limit for the columns with a mark, in their order: rows with a price, or those without.

    Returns the row that is left, or −1 if none is; less if several are.
    """
    columns, left, last = columns_of(one), 0, -1
    for i in range(columns):
        if get(bench.gain, i) == mark:
            weigh(one, bench, i)
            place, largest = -1, SAFE_PIVOT
            for j in range(price.shape[0]):
                size = abs(get(bench.work, j))
                if size > largest and _open(bench, price, known, j, columns) == mark:
                    place, largest = j, size
            if place >= 0:
                exchange(bench, place, i)
            else:
                put(bench.gain, i, TOUCHED)
    for j in range(price.shape[0]):
        if _open(bench, price, known, j, columns) == mark:
            left, last = left + 1, j
    return last if left == 1 else -1 - left


@lanewise
def _open(bench: Bench, price: FloatArray, known: Known, row: int, columns: int) -> float:
    """The mark of the columns that a row may be solved for; 0 if for none, or for none any more."""
    if bench.basis[row] < columns or get(known.own, row) != 0.0:
        return 0.0
    return PRICED if price[row] != 0.0 else TOUCHED


@lanewise
def _above(one: Programme, bench: Bench, row: int) -> bool:
    """Whether a row at a limit is at its upper one."""
    at = columns_of(one) + row
    held = get(bench.x, at)
    return bool(one.limits[1, at] - held <= held - one.limits[0, at])


@lanewise
def _set_prices(one: Programme, bench: Bench, pressing: int, price: FloatArray, known: Known) -> None:
    """Set what limits are worth, in what that of the pressing row is."""
    places, first = known.base.shape[0] * LANES, columns_of(one)
    sign = 1.0 if _above(one, bench, pressing) else -1.0
    for j in range(price.shape[0]):
        if price[j] != 0.0:
            price[j] = -sign * get(bench.inverse, j * places + pressing)
            if not math.isfinite(one.limits[1 if price[j] > 0.0 else 0, first + j]):
                price[j] = 0.0
        put(known.price, j, price[j])


@lanewise
def _keep_places(bench: Bench, known: Known) -> None:
    """Keep inverse and limits, of the rows at a limit in their order."""
    wide, count = known.base.shape[0], 0
    for b in range(2 * wide):
        store(known.within, b, load(bench.within, b))
    for j in range(known.row.shape[0]):
        if get(known.own, j) == 0.0:
            known.row[count] = j
            for b in range(wide):
                store(known.inverse, count * wide + b, load(bench.inverse, j * wide + b))
            count += 1
    known.size[0] = count


@lanewise
def _set_base(one: Programme, bench: Bench, pressing: int, known: Known) -> None:
    """Set what places are without load."""
    columns, wide = columns_of(one), known.base.shape[0]
    for j in range(one.cells.shape[0]):
        if bench.basis[j] < columns:
            put(bench.x, bench.basis[j], 0.0)
    put(bench.x, columns - 1, 0.0)
    for j in range(one.cells.shape[0]):
        put(known.base, j, row_by(one, j, bench.x))
    for a in range(known.size[0]):
        row = known.row[a]
        limit = one.limits[1 if _above(one, bench, row) else 0, columns + row]
        put(bench.value, row, (0.0 if row == pressing else limit) - get(known.base, row))
        put(known.base, row, 0.0)
    for a in range(known.size[0]):
        held = get(bench.value, known.row[a])
        for b in range(wide):
            store(known.base, b, load(known.base, b) + held * load(known.inverse, a * wide + b))
