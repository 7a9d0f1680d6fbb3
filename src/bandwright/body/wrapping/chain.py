"""One muscle's path: body-fixed points, the surfaces it bends over, and the pull each bone feels."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bandwright.body.wrapping.curved import CLEAR, cylinder, sphere
from bandwright.body.wrapping.ellipsoid import ellipsoid
from bandwright.numerics.compiled import compiled

Array = NDArray[np.float64]
Ints = NDArray[np.int64]

SPHERE: Final = 0
CYLINDER: Final = 1
ELLIPSOID: Final = 2
LOWER: Final = 3
"""A cylinder whose path must pass on the side with y < 0."""

MOST_CORNERS: Final = 16
_ROUNDS: Final = 8
_SETTLED_M: Final = 1e-7


@compiled
def _local(at: Array, frame: Array, origin: Array, out: Array) -> None:
    for axis in range(3):
        out[axis] = 0.0
        for other in range(3):
            out[axis] += frame[other, axis] * (at[other] - origin[other])


@compiled
def wrap(p: Array, q: Array, kind: int, size: Array, placing: Array, touch: Array) -> float:
    """Shortest way from p to q (3,) past one surface placed in the world by `placing` (4, 3): rotation, origin.

    Fills the touch points (2, 3) in the world; answers the length on the surface or `CLEAR`.
    """
    near, far = np.empty(3), np.empty(3)
    frame, origin = placing[:3], placing[3]
    _local(p, frame, origin, near)
    _local(q, frame, origin, far)
    if kind == SPHERE:
        arc = sphere(near, far, size[0], touch)
    elif kind == ELLIPSOID:
        arc = ellipsoid(near, far, size, touch)
    else:
        arc = cylinder(near, far, size, touch, 1 if kind == LOWER else 0)
    if arc != CLEAR:
        for end in range(2):
            near[:] = touch[end]
            for axis in range(3):
                touch[end, axis] = origin[axis]
                for other in range(3):
                    touch[end, axis] += frame[axis, other] * near[other]
    return arc


@compiled
def distance(a: Array, b: Array) -> float:
    """Distance between two points (3,) [m]."""
    return math.sqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2)


@compiled
def insert(
    corners: Array, owner: Ints, count: int, surfaces: tuple[Ints, Array, Array, Ints], which: int
) -> tuple[int, float]:
    """Bends the path over surface `which` at the first straight piece that meets it.

    Answers the new count of corners and the length on the surface.

    `corners` (m, 3) and `owner` (m, 3): each corner's bone, surface or -1, and path point or -1. `surfaces`:
    kinds (s,), sizes (s, 3), placings (s, 4, 3) and bones (s,).
    """
    kinds, sizes, placings, bones = surfaces
    touch = np.empty((2, 3))
    for index in range(count - 1):
        if owner[index, 1] >= 0 and owner[index, 1] == owner[index + 1, 1]:
            continue
        arc = wrap(corners[index], corners[index + 1], kinds[which], sizes[which], placings[which], touch)
        if arc == CLEAR:
            continue
        for later in range(count - 1, index, -1):
            corners[later + 2] = corners[later]
            owner[later + 2] = owner[later]
        for end in range(2):
            corners[index + 1 + end] = touch[end]
            owner[index + 1 + end, 0], owner[index + 1 + end, 1] = bones[which], which
            owner[index + 1 + end, 2] = -1
        return count + 2, arc
    return count, 0.0


@compiled
def remove(corners: Array, owner: Ints, count: int, which: int) -> int:
    """Takes the corners on surface `which` out again; answers the new count."""
    kept = 0
    for index in range(count):
        if owner[index, 1] != which:
            corners[kept], owner[kept] = corners[index], owner[index]
            kept += 1
    return kept


@compiled
def bend(
    corners: Array,
    owner: Ints,
    count: int,
    surfaces: tuple[Ints, Array, Array, Ints],
    wraps: Ints,
    arcs: Array,
) -> int:
    """Bends a path over its surfaces in turn until none of its corners moves; answers the count of corners.

    `arcs` (2,) receives the lengths on the surfaces [m].
    """
    last = np.zeros((MOST_CORNERS, 3))
    used = 0
    for which in wraps:
        used += which >= 0
    rounds = 1 if used < 2 else _ROUNDS  # one surface needs no second look
    for _ in range(rounds):
        for order in range(len(wraps)):
            if wraps[order] >= 0:
                count = remove(corners, owner, count, wraps[order])
                count, arcs[order] = insert(corners, owner, count, surfaces, wraps[order])
        moved = 0.0
        for index in range(count):
            moved = max(moved, distance(corners[index], last[index]))
            last[index] = corners[index]
        if moved < _SETTLED_M:
            break
    return count
