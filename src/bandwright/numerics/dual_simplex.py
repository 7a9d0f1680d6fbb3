"""Dual simplex with long steps on a small dense programme whose columns have two limits each, compiled.

The programme is: make the last column as great as possible, with lower ≤ x ≤ upper and row limits on A x. Each row
has a variable r = A x of its own, so that [A −1] (x, r) = 0 and every variable, column or row, is treated alike.

Where every variable has two limits, any basis with any prices is one the dual can start from: whoever gains rests at
its upper limit, whoever loses at its lower one. So there is no search for a first point, and a corner taken over from
a similar programme is a good start whatever the difference. A step moves the prices until the limit that is missed is
worth no more, past every variable that changes its side on the way. Rows come in only when the point found without
them misses them; the basis has one place for each that did, and only its inverse is kept: some 9 by 9 for 16 rows.

A row of the programme is a few vectors, and so is everything that has one number for each variable or each place.
"""

from __future__ import annotations

import math
from typing import Final

from bandwright.numerics.arrays import FloatArray
from bandwright.numerics.boxed_programme import Bench, Corner, Programme, columns_of
from bandwright.numerics.lanes import (
    LANES,
    choose,
    even,
    get,
    greatest,
    lanewise,
    least,
    least_of,
    load,
    put,
    store,
    sum_of,
)

OPTIMAL: Final = 0
INFEASIBLE: Final = 1
UNBOUNDED: Final = 2
STUCK: Final = 3

FEASIBILITY: Final = 1e-10
"""By how much a limit may be missed, after scaling."""
PIVOT: Final = 1e-9
"""Size below which an entry counts as 0."""
SAFE_PIVOT: Final = 1e-6
"""Size an entry must have to be pivoted on when a corner is taken over."""
MAX_PIVOTS: Final = 400
PATIENCE: Final = 40
"""Pivots in a row that move no price after which variables are taken in their order (Bland), not by their gain."""
NEVER: Final = math.inf


@lanewise
def weigh(one: Programme, bench: Bench, variable: int) -> None:
    """Set work to the variable's column in the basis."""
    wide = bench.work.shape[0]
    for b in range(wide):
        total = even(0.0)
        for a in range(bench.size[0]):
            total = total + one.cells[bench.row[a], variable] * load(bench.inverse, a * wide + b)
        store(bench.work, b, total)


@lanewise
def exchange(bench: Bench, place: int, entering: int) -> None:
    """Solve `place` for the entering variable, whose column in the basis is in `work`."""
    wide = bench.work.shape[0]
    places, every = wide * LANES, bench.x.shape[0] * LANES
    scale = 1.0 / get(bench.work, place)
    for a in range(bench.size[0]):
        share = get(bench.inverse, a * places + place) * scale
        for b in range(wide):
            store(
                bench.inverse, a * wide + b, load(bench.inverse, a * wide + b) - share * load(bench.work, b)
            )
        put(bench.inverse, a * places + place, share)
    bench.basis[place] = entering
    put(bench.within, place, get(bench.limits, entering))
    put(bench.within, places + place, get(bench.limits, every + entering))


@lanewise
def place_row(one: Programme, bench: Bench, place: int, row: int) -> None:
    """Solve a new place for a row's own variable."""
    wide, columns = bench.work.shape[0], columns_of(one)
    places, every = wide * LANES, one.cells.shape[1]
    bench.row[place], bench.basis[place] = row, columns + row
    for b in range(wide):
        store(bench.inverse, place * wide + b, even(0.0))
    put(bench.inverse, place * places + place, -1.0)
    put(bench.within, place, get(bench.limits, columns + row))
    put(bench.within, places + place, get(bench.limits, every + columns + row))
    bench.size[0] = place + 1


@lanewise
def begin(one: Programme, bench: Bench) -> None:
    """Take over the limits; the basis is empty."""
    wide = bench.work.shape[0]
    bench.size[0] = 0
    for b in range(bench.limits.shape[0]):
        store(bench.limits, b, load(one.bounds, b))
    for at in range(2):
        for b in range(wide):
            store(bench.within, at * wide + b, even(NEVER if at == 1 else -NEVER))
    for b in range(wide):
        store(bench.value, b, even(0.0))


@lanewise
def _take(one: Programme, bench: Bench, corner: Corner) -> None:
    """Set the basis to that of the corner, as far as it is one here too."""
    k, columns = corner.size[0], columns_of(one)
    for p in range(k):
        place_row(one, bench, p, corner.row[p])
    for c in range(k):
        weigh(one, bench, corner.column[c])
        place, largest = -1, SAFE_PIVOT
        for p in range(k):
            size = abs(get(bench.work, p))
            if bench.basis[p] >= columns and size > largest:
                place, largest = p, size
        if place >= 0:
            exchange(bench, place, corner.column[c])


@lanewise
def _implied(one: Programme, bench: Bench, row: int, upper: float) -> float:
    """More than a row can be, whatever the columns are within their limits; less with `upper` −1."""
    every = one.cells.shape[1] // LANES
    total = even(0.0)
    for b in range(columns_of(one) // LANES):
        cells = upper * load(one.lanes, row * every + b)
        low, high = load(bench.limits, b), load(bench.limits, every + b)
        total = total + choose(cells > 0.0, cells * high, choose(cells < 0.0, cells * low, even(0.0)))
    return upper * (sum_of(total) + 1.0)


@lanewise
def _top(one: Programme, bench: Bench) -> float:
    """More than the last column can be by any single row; infinite where none stops it."""
    rows, every = one.cells.shape
    last, top = columns_of(one) - 1, NEVER
    low = one.limits[0, last]
    put(bench.limits, every + last, low)
    for j in range(rows):
        slope = one.cells[j, last]
        sign = 1.0 if slope > 0.0 else -1.0
        limit = one.limits[1 if slope > 0.0 else 0, last + 1 + j]
        if abs(slope) > PIVOT and math.isfinite(limit):
            top = min(top, low + 1.0 + 2.0 * max((limit - _implied(one, bench, j, -sign)) / slope, 0.0))
    return top


@lanewise
def _price(one: Programme, bench: Bench) -> None:
    """Set every variable's gain from the basis."""
    every, wide = one.cells.shape[1] // LANES, bench.work.shape[0]
    last = columns_of(one) - 1
    place = -1
    for p in range(bench.size[0]):
        if bench.basis[p] == last:
            place = p
    for b in range(every):
        total = even(0.0)
        if place >= 0:
            for a in range(bench.size[0]):
                total = total - get(bench.inverse, a * wide * LANES + place) * load(
                    one.lanes, bench.row[a] * every + b
                )
        store(bench.gain, b, total)
    put(bench.gain, last, get(bench.gain, last) + 1.0)


@lanewise
def _rest(one: Programme, bench: Bench, corner: Corner) -> None:
    """Rest every variable outside the basis at the side it gains by.

    A row without a limit there rests beyond what it can reach, so that it will not stay.
    """
    every, columns = one.cells.shape[1] // LANES, columns_of(one)
    for a in range(bench.size[0]):
        variable = columns + bench.row[a]
        at = 1 if get(bench.gain, variable) > 0.0 else 0
        if not math.isfinite(get(bench.limits, at * every * LANES + variable)):
            beyond = _implied(one, bench, bench.row[a], 2.0 * at - 1.0)
            put(bench.limits, at * every * LANES + variable, beyond)
    for b in range(every):
        gain, low, high = load(bench.gain, b), load(bench.limits, b), load(bench.limits, every + b)
        upper = (gain > PIVOT) | ((gain >= -PIVOT) & (load(corner.upper, b) > 0.0))
        counts = b * LANES < columns
        store(bench.x, b, choose(upper, high, low) if counts else even(0.0))
        open_ = (high > low) if counts else (gain > NEVER)
        store(bench.side, b, choose(open_, choose(upper, even(-1.0), even(1.0)), even(0.0)))
    for a in range(bench.size[0]):
        variable = columns + bench.row[a]
        least_of_row, most = get(bench.limits, variable), get(bench.limits, every * LANES + variable)
        above = get(bench.gain, variable) > 0.0
        put(bench.x, variable, most if above else least_of_row)
        put(bench.side, variable, 0.0 if most <= least_of_row else (-1.0 if above else 1.0))
    for p in range(bench.size[0]):
        put(bench.x, bench.basis[p], 0.0)
        put(bench.side, bench.basis[p], 0.0)
        put(bench.gain, bench.basis[p], 0.0)


@lanewise
def row_by(one: Programme, row: int, x: FloatArray) -> float:
    """What the columns of one row come to."""
    every, total = one.cells.shape[1] // LANES, even(0.0)
    for b in range(columns_of(one) // LANES):
        total = total + load(one.lanes, row * every + b) * load(x, b)
    return sum_of(total)


@lanewise
def _correct(one: Programme, bench: Bench) -> None:
    """Move the values of the basis so that the rows in use come to what their variables are."""
    wide = bench.work.shape[0]
    columns = one.cells.shape[1] - wide * LANES
    for a in range(bench.size[0]):
        off = row_by(one, bench.row[a], bench.x) - get(bench.x, columns + bench.row[a])
        for b in range(wide):
            store(bench.value, b, load(bench.value, b) - off * load(bench.inverse, a * wide + b))


@lanewise
def _leaving(bench: Bench, idle: int) -> int:
    """The place whose variable misses a limit most, for how fast it can; −1 if none does."""
    wide, chosen, most = bench.work.shape[0], -1, 0.0
    for b in range(wide):
        square = even(1e-300)
        for a in range(bench.size[0]):
            part = load(bench.inverse, a * wide + b)
            square = square + part * part
        off = _off(bench, b)
        store(bench.work, b, off * off / square)
    for p in range(bench.size[0]):
        score = get(bench.work, p)
        if idle > PATIENCE and score > 0.0:
            score = 1.0 / (1.0 + bench.basis[p])
        if score > most:
            chosen, most = p, score
    return chosen


@lanewise
def _off(bench: Bench, b: int) -> FloatArray:
    """By how much places are above their upper limits, or, below 0, under their lower ones."""
    value, wide = load(bench.value, b), bench.work.shape[0]
    over, under = value - load(bench.within, wide + b), value - load(bench.within, b)
    return choose(over > FEASIBILITY, over, choose(under < -FEASIBILITY, under, even(0.0)))


@lanewise
def _measure(one: Programme, bench: Bench, place: int, sign: float) -> None:
    """Set entry and reach for the leaving variable."""
    every, places = one.cells.shape[1] // LANES, bench.work.shape[0] * LANES
    for b in range(every):
        entry = even(0.0)
        for a in range(bench.size[0]):
            share = get(bench.inverse, a * places + place)
            entry = entry + share * load(one.lanes, bench.row[a] * every + b)
        store(bench.entry, b, entry)
        side = sign * load(bench.side, b)
        rate = side * entry
        ahead = greatest(0.0 - sign * side * load(bench.gain, b), even(0.0))
        store(bench.reach, b, choose(rate > PIVOT, ahead / rate, even(NEVER)))


@lanewise
def _next(bench: Bench, idle: int) -> int:
    """The variable that changes its side first; among equals the one with the largest entry; −1 if none does."""
    soonest = even(NEVER)
    for b in range(bench.reach.shape[0]):
        soonest = least(soonest, load(bench.reach, b))
    first, chosen, largest = least_of(soonest), -1, -1.0
    if not first < NEVER:
        return -1
    for v in range(bench.reach.shape[0] * LANES):
        if get(bench.reach, v) <= first and (abs(get(bench.entry, v)) > largest):
            chosen, largest = v, abs(get(bench.entry, v))
            if idle > PATIENCE:
                return chosen
    return chosen


@lanewise
def _flip(one: Programme, bench: Bench, variable: int) -> float:
    """Move a variable to its other limit and the basis with it; how far."""
    every, wide, side = one.cells.shape[1], bench.work.shape[0], get(bench.side, variable)
    low, high = get(bench.limits, variable), get(bench.limits, every + variable)
    step = side * (high - low)
    put(bench.side, variable, -side)
    put(bench.x, variable, high if side > 0.0 else low)
    put(bench.reach, variable, NEVER)
    weigh(one, bench, variable)
    for b in range(wide):
        store(bench.value, b, load(bench.value, b) - step * load(bench.work, b))
    return step


@lanewise
def _entering(one: Programme, bench: Bench, missed: float, idle: int) -> int:
    """The variable at which the missed limit is worth no more, those before it having changed their side; or −1."""
    every, slope = one.cells.shape[1], abs(missed)
    entering = _next(bench, idle)
    while entering >= 0:
        span = get(bench.limits, every + entering) - get(bench.limits, entering)
        slope -= abs(get(bench.entry, entering)) * span
        if slope < 0.0:
            break
        _flip(one, bench, entering)
        entering = _next(bench, idle)
    return entering


@lanewise
def _pivot(one: Programme, bench: Bench, place: int, entering: int, at: int) -> float:
    """Bring the entering variable into the basis, the leaving one to its limit; how far prices moved."""
    wide, every, leaving = bench.work.shape[0], one.cells.shape[1], bench.basis[place]
    low, high = get(bench.limits, leaving), get(bench.limits, every + leaving)
    bound = high if at == 1 else low
    weigh(one, bench, entering)
    step = (get(bench.value, place) - bound) / get(bench.work, place)
    for b in range(wide):
        store(bench.value, b, load(bench.value, b) - step * load(bench.work, b))
    put(bench.value, place, get(bench.x, entering) + step)
    price = get(bench.gain, entering) / get(bench.entry, entering)
    for b in range(bench.gain.shape[0]):
        store(bench.gain, b, load(bench.gain, b) - price * load(bench.entry, b))
    put(bench.gain, entering, 0.0)
    put(bench.gain, leaving, -price)
    put(bench.side, entering, 0.0)
    put(bench.side, leaving, 0.0 if high <= low else 1.0 - 2.0 * at)
    put(bench.x, entering, 0.0)
    put(bench.x, leaving, bound)
    exchange(bench, place, entering)
    return abs(price)


@lanewise
def _settle(one: Programme, bench: Bench) -> None:
    """Bring x up to date, refined once on the data as given."""
    for p in range(bench.size[0]):
        put(bench.x, bench.basis[p], get(bench.value, p))
    _correct(one, bench)
    for p in range(bench.size[0]):
        put(bench.x, bench.basis[p], get(bench.value, p))


@lanewise
def _unused(one: Programme, bench: Bench) -> int:
    """The row not in use that is missed most, which is taken into use; −1 if there is none."""
    rows, columns, places = one.cells.shape[0], columns_of(one), bench.work.shape[0] * LANES
    chosen, most, held = -1, FEASIBILITY, 0.0
    for j in range(rows):
        used = False
        for a in range(bench.size[0]):
            used = used or bench.row[a] == j
        if not used:
            total = row_by(one, j, bench.x)
            off = max(total - one.limits[1, columns + j], one.limits[0, columns + j] - total)
            if off > most:
                chosen, most, held = j, off, total
    if chosen < 0:
        return chosen
    k = bench.size[0]
    place_row(one, bench, k, chosen)
    for a in range(k):
        total = 0.0
        for p in range(k):
            total += one.cells[chosen, bench.basis[p]] * get(bench.inverse, a * places + p)
        put(bench.inverse, a * places + k, total)
    put(bench.value, k, held)
    for p in range(k + 1):
        put(bench.x, bench.basis[p], 0.0)
    return chosen


@lanewise
def solve(one: Programme, corner: Corner, bench: Bench) -> int:
    """Raise the last column as far as it goes, from a corner.

    `bench.x` then begins with the columns, and the rows' part of `bench.gain` has their prices: growth of the last
    column per unit of the limit that presses; or, if there is no point, a sum of the rows that shows it.

    Returns:
        `OPTIMAL`, `INFEASIBLE`, `UNBOUNDED` if no row stops the last column, or `STUCK`.
    """
    every, wide = one.cells.shape[1], bench.work.shape[0]
    last = columns_of(one) - 1
    begin(one, bench)
    if not math.isfinite(one.limits[1, last]):
        top = _top(one, bench)
        if not math.isfinite(top):
            return UNBOUNDED
        put(bench.limits, every + last, top)
    _take(one, bench, corner)
    _price(one, bench)
    _rest(one, bench, corner)
    _correct(one, bench)
    idle = 0
    for _ in range(MAX_PIVOTS):
        place = _leaving(bench, idle)
        if place < 0:
            _settle(one, bench)
            if _unused(one, bench) < 0:
                return OPTIMAL
            continue
        over = get(bench.value, place) - get(bench.within, wide * LANES + place)
        missed = over if over > 0.0 else get(bench.value, place) - get(bench.within, place)
        sign = 1.0 if missed > 0.0 else -1.0
        _measure(one, bench, place, sign)
        entering = _entering(one, bench, missed, idle)
        if entering < 0:
            for b in range(bench.gain.shape[0]):
                store(bench.gain, b, sign * load(bench.entry, b))
            return INFEASIBLE
        moved = _pivot(one, bench, place, entering, 1 if missed > 0.0 else 0)
        idle = 0 if moved > FEASIBILITY else idle + 1
    return STUCK


@lanewise
def keep(one: Programme, bench: Bench, corner: Corner) -> None:
    """Remember where the programme stands: the columns in the basis, and as many rows at a limit."""
    columns, count, rows = columns_of(one), 0, 0
    for p in range(bench.size[0]):
        if bench.basis[p] < columns:
            corner.column[count] = bench.basis[p]
            count += 1
    for a in range(bench.size[0]):
        free = False
        for p in range(bench.size[0]):
            free = free or bench.basis[p] == columns + bench.row[a]
        if not free:
            corner.row[rows] = bench.row[a]
            rows += 1
    corner.size[0] = rows
    blocks = bench.x.shape[0]
    for b in range(blocks):
        store(
            corner.upper, b, choose(load(bench.x, b) >= load(bench.limits, blocks + b), even(1.0), even(0.0))
        )
