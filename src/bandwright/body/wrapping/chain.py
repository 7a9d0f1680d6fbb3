"""One muscle's path: body-fixed points and the surfaces it bends over, as tables that `surfaces` describes."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from bandwright.body.wrapping.crease import dips, press_in
from bandwright.body.wrapping.crossing import cross_again, cross_over
from bandwright.body.wrapping.curved import CLEAR, SOFT_M, way_round
from bandwright.body.wrapping.surfaces import (
    ARC,
    BONE,
    GAIN,
    LOWER,
    POINT,
    SOFT,
    SURFACE,
    WAY,
    local,
    on_surface,
    wrap,
)
from bandwright.body.wrapping.vectors import Triple, distance, dot, onward, put, row, scaled
from bandwright.numerics.compiled import compiled

Array = NDArray[np.float64]

_ROUNDS: Final = 40
_SETTLED_M: Final = 1e-7
_SLOWEST: Final = 0.95
"""Share of one step in the one before up to which the steps' sum is taken for granted [-]."""


@compiled
def insert(corners: Array, count: int, surfaces: Array, which: int, bends: Array, order: int) -> int:
    """Bends the path over a surface at the first straight piece that meets it; answers the new count of corners."""
    bends[order, ARC] = bends[order, GAIN] = 0.0
    for index in range(count - 1):
        if on_surface(corners, index):
            continue
        p, q = row(corners, index), row(corners, index + 1)
        for end in range(2):
            bends[order, SOFT + end] = SOFT_M if corners[index + end, POINT] >= 0.0 else 0.0
        arc, first, last, gain = wrap(p, q, surfaces, which, bends, order)
        if arc == CLEAR:
            continue
        for later in range(count - 1, index, -1):
            for part in range(6):
                corners[later + 2, part] = corners[later, part]
        put(corners, index + 1, first)
        put(corners, index + 2, last)
        for end in range(index + 1, index + 3):
            corners[end, BONE], corners[end, SURFACE], corners[end, POINT] = (
                surfaces[which, 5, 1],
                which,
                -1.0,
            )
        bends[order, ARC], bends[order, GAIN] = arc, gain
        return count + 2
    return count


@compiled
def remove(corners: Array, count: int, which: int) -> int:
    """Takes the corners on surface `which` out again; answers the new count."""
    kept = 0
    for index in range(count):
        if corners[index, SURFACE] != which:
            for part in range(6):
                corners[kept, part] = corners[index, part]
            kept += 1
    return kept


@compiled
def _way(corners: Array, count: int, surfaces: Array, which: int) -> int:
    """Way round a one-sided cylinder, settled by the muscle's own ends alone; 0 for other surfaces."""
    if which < 0 or surfaces[which, 5, 0] != LOWER:
        return 0
    p, q = row(corners, 0), row(corners, count - 1)
    return way_round(local(p, surfaces, which), local(q, surfaces, which))


@compiled
def _lean(newest: Triple, before: Triple) -> float:
    """How many more of the newest step the steps lead to, each a like part of the one before; 0 if they are not."""
    ahead, behind = dot(newest, before), dot(before, before)
    return ahead / (behind - ahead) if 0.0 < ahead < _SLOWEST * behind else 0.0


@compiled
def _turn_by_turn(
    corners: Array, count: int, surfaces: Array, wraps: tuple[int, int], bends: Array
) -> tuple[int, bool]:
    """Bends a path over two surfaces in turn until it settles; the count of corners and whether it did."""
    if count == 2 and cross_again(corners, surfaces, wraps, bends):
        return 6, True
    before = insert(corners, count, surfaces, wraps[0], bends, 0)
    count = insert(corners, before, surfaces, wraps[1], bends, 1)
    if count == before:
        return count, True
    if count == 6:
        middle = scaled(onward(row(corners, 2), 1.0, row(corners, 3)), 0.5)
        if cross_over(corners, surfaces, wraps, bends, middle):
            return count, True
    last, step = corners.copy(), (0.0, 0.0, 0.0)
    for _ in range(_ROUNDS):
        for order in range(2):
            count = remove(corners, count, wraps[order])
            count = insert(corners, count, surfaces, wraps[order], bends, order)
        moved = 0.0
        for index in range(count):
            moved = max(moved, distance(row(corners, index), row(last, index)))
        if moved < _SETTLED_M:
            return count, True
        if count == 6 and corners[3, SURFACE] == wraps[1]:
            newest = onward(row(corners, 3), -1.0, row(last, 3))
            more = _lean(newest, step)
            put(corners, 3, onward(row(corners, 3), more, newest))
            step = newest if more == 0.0 else (0.0, 0.0, 0.0)
        last[:] = corners
    return count, False


@compiled
def bend(corners: Array, count: int, surfaces: Array, wraps: tuple[int, int], bends: Array) -> int:
    """Bends a path over the muscle's surfaces (-1 where there is none); answers the count of corners."""
    bends[:, :WAY] = 0.0
    if wraps[0] < 0:
        return count
    for order in range(2):
        bends[order, WAY] = _way(corners, count, surfaces, wraps[order])
    if wraps[1] < 0:
        return insert(corners, count, surfaces, wraps[0], bends, 0)
    count, settled = _turn_by_turn(corners, count, surfaces, wraps, bends)
    if not settled or dips(corners, count, surfaces, wraps):
        # The surfaces push the path against each other, or where it lies on one it is within the other.
        if press_in(corners, count, surfaces, wraps, bends):
            return 6
        count = remove(corners, remove(corners, count, wraps[1]), wraps[0])
        bends[1, ARC] = bends[1, GAIN] = 0.0
        count = insert(corners, count, surfaces, wraps[0], bends, 0)
    return count


@compiled
def lay(
    corners: Array,
    points: Array,
    span: tuple[int, int],
    surfaces: Array,
    wraps: tuple[int, int],
    bends: Array,
) -> int:
    """Fills the corners of the path through the points (p, 7) of a span, see `placing`; answers their count."""
    first, last = span
    for index in range(first, last):
        at = index - first
        put(corners, at, row(points, index))
        corners[at, BONE], corners[at, SURFACE], corners[at, POINT] = points[index, 6], -1.0, index
    return bend(corners, last - first, surfaces, wraps, bends)
