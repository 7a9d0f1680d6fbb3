"""A path past two surfaces that overlap: a string of points, drawn taut outside both.

Where turning from one surface to the other finds no path, the shortest may run along the crease in which they meet.
Points of a string are drawn toward the middle of their neighbours and pushed out of both surfaces until they rest.
Strings start on either side of the second surface; the shortest that winds about the first as it should is taken.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bandwright.body.wrapping.curved import BELOW, sweep
from bandwright.body.wrapping.drawing import draw
from bandwright.body.wrapping.surfaces import (
    ARC,
    BONE,
    CREASE,
    ELLIPSOID,
    GAIN,
    POINT,
    SPHERE,
    SURFACE,
    local,
    normal,
    world,
)
from bandwright.body.wrapping.vectors import Triple, cross, distance, dot, onward, put, row, scaled, unit
from bandwright.numerics.compiled import compiled

Array = NDArray[np.float64]
Pair = tuple[int, int]

PIECES: Final = 32
"""Pieces of a string."""
_SWEEPS: Final = 300
_REST_M: Final = 1e-6
_STRIDE_M: Final = 2e-3
"""How far a point may move at once: no string slips past a surface as thick as a finger."""
_TOUCH_M: Final = 1e-6
_SAME_M: Final = 1e-3
"""Strings nowhere further apart have gone the same way."""
_BOWED: Final = (0.3, -0.3, 0.6, -0.6)
"""How far strings start to either side of the second surface, shares of its radius; some slip round the first [-]."""


@compiled
def outside(at: Triple, surfaces: Array, which: int, radius: float) -> Triple:
    """A point of the world, moved onto a surface along its normal if below it; `radius` of round ones [m]."""
    if surfaces[which, 5, 0] == ELLIPSOID:
        return _outside_ellipsoid(at, surfaces, which)
    out = onward(at, -1.0, row(surfaces[which], 3))
    if surfaces[which, 5, 0] != SPHERE:
        axis = (surfaces[which, 0, 2], surfaces[which, 1, 2], surfaces[which, 2, 2])
        out = onward(out, -dot(out, axis), axis)
    square = dot(out, out)
    if square >= radius * radius or square == 0.0:
        return at
    return onward(at, radius / math.sqrt(square) - 1.0, out)


@compiled
def _outside_ellipsoid(at: Triple, surfaces: Array, which: int) -> Triple:
    x, y, z = local(at, surfaces, which)
    a, b, c = surfaces[which, 4, 0] ** -2, surfaces[which, 4, 1] ** -2, surfaces[which, 4, 2] ** -2
    if x * x * a + y * y * b + z * z * c >= 1.0:
        return at
    for _ in range(3):
        u, v, w = x * a, y * b, z * c
        by = 0.5 * (1.0 - x * u - y * v - z * w) / (u * u + v * v + w * w)
        x, y, z = x + by * u, y + by * v, z + by * w
    return world((x, y, z), surfaces, which)


@compiled
def _radius(p: Triple, q: Triple, surfaces: Array, which: int) -> float:
    """Radius of a round surface [m]; a cylinder shrinks to an end that dips in, as in `curved`."""
    radius = float(surfaces[which, 4, 0])
    if surfaces[which, 5, 0] == SPHERE or surfaces[which, 5, 0] == ELLIPSOID:
        return radius
    one, two = local(p, surfaces, which), local(q, surfaces, which)
    return min(radius, BELOW * math.hypot(one[0], one[1]), BELOW * math.hypot(two[0], two[1]))


@compiled
def _draw(string: Array, step: int, surfaces: Array, wraps: Pair, radii: tuple[float, float]) -> None:
    """Draws every `step`th point of a string (n, 3) taut, its ends fixed: over-relaxed, so that waves travel."""
    last = len(string) - 1
    eager = 2.0 / (1.0 + math.sin(math.pi * step / last))
    for _ in range(_SWEEPS):
        moved = 0.0
        for index in range(step, last, step):
            at, before, after = row(string, index), row(string, index - step), row(string, index + step)
            way = onward(scaled(onward(before, 1.0, after), 0.5), -1.0, at)
            far = eager * math.sqrt(dot(way, way))
            to = onward(at, eager if far < _STRIDE_M else eager * _STRIDE_M / far, way)
            for _ in range(4):
                first = outside(to, surfaces, wraps[0], radii[0])
                to = outside(first, surfaces, wraps[1], radii[1])
                if distance(first, to) == 0.0:
                    break
            moved = max(moved, distance(to, at))
            put(string, index, to)
        if moved < _REST_M:
            return


@compiled
def _length(string: Array) -> float:
    length = 0.0
    for index in range(len(string) - 1):
        length += distance(row(string, index), row(string, index + 1))
    return length


@compiled
def _apart(string: Array, other: Array, step: int) -> float:
    """Greatest distance between like points of two strings [m]."""
    most = 0.0
    for index in range(0, len(string), step):
        most = max(most, distance(row(string, index), row(other, index)))
    return most


@compiled
def _winding(string: Array, step: int, surfaces: Array, which: int) -> float:
    """How far a string turns about a surface's z axis [rad]."""
    turn, before = 0.0, local(row(string, 0), surfaces, which)
    for index in range(step, len(string), step):
        after = local(row(string, index), surfaces, which)
        turn += sweep(before, after, 0)
        before = after
    return turn


@compiled
def _side(line: Array, surfaces: Array, which: int) -> Triple:
    """Unit vector across a line (n, 3) and across the way to its middle from the middle of a surface."""
    along = onward(row(line, len(line) - 1), -1.0, row(line, 0))
    return unit(cross(along, onward(row(line, len(line) // 2), -1.0, row(surfaces[which], 3))))


@compiled
def _ways(line: Array, surfaces: Array, wraps: Pair, radii: tuple[float, float], found: Array) -> int:
    """Fills strings (s, n, 3), of which every other point is at rest, and answers how many ways they go.

    All wind about the first surface as the line (n, 3) does; there are two at most.
    """
    side, winding, last = (
        _side(line, surfaces, wraps[1]),
        _winding(line, 1, surfaces, wraps[0]),
        len(line) - 1,
    )
    count = 0
    for share in _BOWED:
        if count == len(found):
            break
        string = found[count]
        for index in range(last + 1):
            bow = share * radii[1] * math.sin(math.pi * index / last) ** 2
            put(string, index, onward(row(line, index), bow, side))
        _draw(string, 2, surfaces, wraps, radii)
        slipped = abs(_winding(string, 2, surfaces, wraps[0]) - winding) > 1.0
        if not slipped and (count == 0 or _apart(string, found[0], 2) > _SAME_M):
            count += 1
    return count


@compiled
def _shortest(line: Array, surfaces: Array, wraps: Pair, radii: tuple[float, float]) -> bool:
    """Makes a line (n, 3) the shortest string past both surfaces that winds about the first as it does.

    False, and nothing changed, where no string found winds so.
    """
    found = np.empty((2, len(line), 3))
    count, least = _ways(line, surfaces, wraps, radii, found), 0.0
    for way in range(count):
        string = found[way]
        for index in range(1, len(line) - 1, 2):
            put(string, index, scaled(onward(row(string, index - 1), 1.0, row(string, index + 1)), 0.5))
        _draw(string, 1, surfaces, wraps, radii)
        length = _length(string)
        if least == 0.0 or length < least:
            least = length
            line[:] = string
    return count > 0


@compiled
def dips(corners: Array, count: int, surfaces: Array, wraps: Pair) -> bool:
    """Whether a path meets or leaves one of the surfaces below the other one."""
    p, q = row(corners, 0), row(corners, count - 1)
    for order in range(2):
        which, other = wraps[order], wraps[1 - order]
        radius = _radius(p, q, surfaces, other)
        for index in range(1, count - 1):
            at = row(corners, index)
            if corners[index, SURFACE] == which and distance(outside(at, surfaces, other, radius), at) > 0.0:
                return True
    return False


@compiled
def _touches(at: Triple, surfaces: Array, which: int, radius: float) -> bool:
    """Whether a point outside a surface lies on it."""
    inward = onward(at, -_TOUCH_M, normal(at, surfaces, which))
    return distance(outside(inward, surfaces, which, radius), inward) > 0.0


@compiled
def _bow(at: Triple, after: Triple, surfaces: Array, which: int) -> float:
    """By how much the curve on a surface is longer than the piece that spans it [m]: it turns as its normals do."""
    way = onward(after, -1.0, at)
    turn = dot(onward(normal(after, surfaces, which), -1.0, normal(at, surfaces, which)), unit(way))
    return distance(at, after) * turn * turn / 24.0


@compiled
def tighten(corners: Array, count: int, surfaces: Array, wraps: Pair, bends: Array) -> int:
    """Makes a path from one point to the next, over the first surface alone, a string past both; the new count.

    The string's points are fixed to the bone of the surface that they touch; those in the crease say so. The path
    stays as it is where it has points in between or an end within a surface, or no string winds as it does.
    """
    if corners[0, POINT] + 1.0 != corners[count - 1, POINT]:
        return count
    line = np.empty((PIECES + 1, 3))
    draw(corners, count, line)
    p, q = row(line, 0), row(line, PIECES)
    radii = (_radius(p, q, surfaces, wraps[0]), _radius(p, q, surfaces, wraps[1]))
    for order in range(2):
        for end in (p, q):
            if distance(outside(end, surfaces, wraps[order], radii[order]), end) > 0.0:
                return count
    if not _shortest(line, surfaces, wraps, radii):
        return count
    corners[PIECES] = corners[count - 1]
    bends[:, ARC] = bends[:, GAIN] = 0.0
    before = (False, False)
    for index in range(1, PIECES):
        at = row(line, index)
        touch = (_touches(at, surfaces, wraps[0], radii[0]), _touches(at, surfaces, wraps[1], radii[1]))
        put(corners, index, at)
        own = wraps[0] if touch[0] or not touch[1] else wraps[1]
        corners[index, BONE], corners[index, POINT] = surfaces[own, 5, 1], -1.0
        corners[index, SURFACE] = CREASE if touch[0] and touch[1] else -1.0
        for order in range(2):
            if before[order] and touch[order]:
                bends[order, ARC] += _bow(row(line, index - 1), at, surfaces, wraps[order])
        before = touch
    return PIECES + 1
