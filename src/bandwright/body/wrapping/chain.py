"""One muscle's path: body-fixed points, the surfaces it bends over, and the pull each bone feels."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bandwright.body.wrapping.curved import CLEAR, cylinder, sphere, way_round
from bandwright.body.wrapping.ellipsoid import ellipsoid
from bandwright.body.wrapping.placing import Surfaces
from bandwright.numerics.compiled import compiled

Array = NDArray[np.float64]
Ints = NDArray[np.int64]

SPHERE: Final = 0
CYLINDER: Final = 1
ELLIPSOID: Final = 2
LOWER: Final = 3
"""A cylinder whose path must pass on the side with y < 0."""

MOST_CORNERS: Final = 16
_ROUNDS: Final = 40
_SETTLED_M: Final = 1e-7
_SLOWEST: Final = 0.95
"""Share of one step in the one before up to which the steps' sum is taken for granted [-]."""


@compiled
def _local(at: Array, frame: Array, origin: Array, out: Array) -> None:
    for axis in range(3):
        out[axis] = 0.0
        for other in range(3):
            out[axis] += frame[other, axis] * (at[other] - origin[other])


@compiled
def wrap(p: Array, q: Array, surface: tuple[int, Array, Array, int], touch: Array, guess: Array) -> float:
    """Shortest way from p to q (3,) past one surface: its kind, size (3,), placing (4, 3) and way round.

    Fills the touch points (3, 3) in the world; answers the length on the surface or `CLEAR`. `guess`: see
    `ellipsoid`.
    """
    kind, size, placing, way = surface
    near, far = np.empty(3), np.empty(3)
    frame, origin = placing[:3], placing[3]
    _local(p, frame, origin, near)
    _local(q, frame, origin, far)
    if kind == SPHERE:
        arc = sphere(near, far, size[0], touch)
    elif kind == ELLIPSOID:
        arc = ellipsoid(near, far, size, touch, guess)
    else:
        arc = cylinder(near, far, size, touch, way)
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
    corners: Array,
    owner: Ints,
    count: int,
    surfaces: Surfaces,
    what: tuple[int, int],
    kept: tuple[Array, Array],
) -> int:
    """Bends the path over a surface, and its way round, at the first straight piece that meets it.

    Answers the new count of corners. `corners` (m, 3) and `owner` (m, 3): each corner's bone, surface or -1, and
    path point or -1. `kept`: receives the length on the surface and that gained per growth of a cylinder that has
    shrunk to the corner before (positive) or after it (negative); and the surface's guess, see `ellipsoid`.
    """
    kinds, sizes, placings, bones = surfaces
    which, way = what
    arcs, guess = kept
    touch = np.zeros((3, 3))
    arcs[0] = arcs[1] = 0.0
    for index in range(count - 1):
        if owner[index, 1] >= 0 and owner[index, 1] == owner[index + 1, 1]:
            continue
        surface = (kinds[which], sizes[which], placings[which], way)
        arc = wrap(corners[index], corners[index + 1], surface, touch, guess)
        if arc == CLEAR:
            continue
        for later in range(count - 1, index, -1):
            for part in range(3):
                corners[later + 2, part], owner[later + 2, part] = corners[later, part], owner[later, part]
        for end in range(2):
            for axis in range(3):
                corners[index + 1 + end, axis] = touch[end, axis]
            owner[index + 1 + end, 0], owner[index + 1 + end, 1] = bones[which], which
            owner[index + 1 + end, 2] = -1
        arcs[0] = arc
        arcs[1] = touch[2, 0] if touch[2, 1] == 1.0 else -touch[2, 0]
        return count + 2
    return count


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
def _way(corners: Array, count: int, surfaces: Surfaces, which: int) -> int:
    """Way round a one-sided cylinder, settled by the muscle's own ends alone; 0 for other surfaces."""
    kinds, _, placings, _ = surfaces
    if which < 0 or kinds[which] != LOWER:
        return 0
    near, far = np.empty(3), np.empty(3)
    _local(corners[0], placings[which][:3], placings[which][3], near)
    _local(corners[count - 1], placings[which][:3], placings[which][3], far)
    return way_round(near, far)


@compiled
def _lean(steps: Array, corners: Array, at: int, before: Array) -> None:
    """Moves a corner on to where its last two steps, each a like part of the one before, will have taken it.

    `steps` (2, 3): the last two, newest first; `before` (3,): where the corner was before the newest.
    """
    ahead = behind = 0.0
    for axis in range(3):
        steps[1, axis] = steps[0, axis]
        steps[0, axis] = corners[at, axis] - before[axis]
        ahead += steps[0, axis] * steps[1, axis]
        behind += steps[1, axis] * steps[1, axis]
    if behind > 0.0 and 0.0 < ahead < _SLOWEST * behind:
        share = ahead / (behind - ahead)
        for axis in range(3):
            corners[at, axis] += share * steps[0, axis]
            steps[0, axis] = 0.0


@compiled
def _turn_by_turn(
    corners: Array, owner: Ints, count: int, surfaces: Surfaces, bends: tuple[Ints, Ints, Array, Array]
) -> tuple[int, bool]:
    """Bends a path over two surfaces in turn until it settles; the count of corners and whether it did."""
    wraps, ways, arcs, guesses = bends
    last, steps = np.zeros((MOST_CORNERS, 3)), np.zeros((2, 3))
    for turn in range(_ROUNDS):
        for order in range(2):
            count = remove(corners, owner, count, wraps[order])
            count = insert(
                corners, owner, count, surfaces, (wraps[order], ways[order]), (arcs[:, order], guesses[order])
            )
        moved = 0.0
        for index in range(count):
            moved = max(moved, distance(corners[index], last[index]))
        if moved < _SETTLED_M:
            return count, True
        if turn > 0 and count == 6 and owner[3, 1] == wraps[1]:
            _lean(steps, corners, 3, last[3])
        for index in range(count):
            for axis in range(3):
                last[index, axis] = corners[index, axis]
    return count, False


@compiled
def bend(
    corners: Array, owner: Ints, count: int, surfaces: Surfaces, bends: tuple[Ints, Ints, Array, Array]
) -> int:
    """Bends a path over its surfaces; answers the count of corners.

    `bends`: the muscle's surfaces (2,) or -1; room for their ways (2,); what `insert` answers of them (2, 2), and
    their guesses (2, 3), see `ellipsoid`.
    """
    wraps, ways, arcs, guesses = bends
    arcs[:] = 0.0
    for order in range(2):
        ways[order] = _way(corners, count, surfaces, wraps[order])
    if wraps[0] < 0:
        return count
    if wraps[1] < 0:
        return insert(corners, owner, count, surfaces, (wraps[0], ways[0]), (arcs[:, 0], guesses[0]))
    count, settled = _turn_by_turn(corners, owner, count, surfaces, bends)
    if not settled:
        # The surfaces push the path against each other: the first one has it.
        count = remove(corners, owner, remove(corners, owner, count, wraps[1]), wraps[0])
        arcs[:] = 0.0
        count = insert(corners, owner, count, surfaces, (wraps[0], ways[0]), (arcs[:, 0], guesses[0]))
    return count
