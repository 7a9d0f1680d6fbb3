"""A path past a cylinder and a sphere that overlap: a string of points, drawn taut outside both.

Where turning from one surface to the other finds no path, the shortest may run along the crease in which they meet.
Points of a string are drawn toward the middle of their neighbours and pushed out of both surfaces until they rest.
Strings start on either side of the sphere; the shortest that winds about the cylinder as it should is taken.
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
    CYLINDER,
    GAIN,
    LOWER,
    POINT,
    SPHERE,
    SURFACE,
    local,
)
from bandwright.body.wrapping.vectors import Triple, cross, distance, dot, onward, put, row, scaled, unit
from bandwright.numerics.compiled import compiled

Array = NDArray[np.float64]
Pair = tuple[int, int]
Round = tuple[Triple, Triple, float]
"""Origin, unit axis and radius [m] of a cylinder; a sphere has no axis, (0, 0, 0)."""

PIECES: Final = 32
"""Pieces of a string."""
_SWEEPS: Final = 300
_REST_M: Final = (1e-6, 2e-5)
"""Movement of a sweep below which a string is at rest, of all points and of every other one [m]."""
_STRIDE_M: Final = 2e-3
"""How far a point may move at once: no string slips past a surface as thick as a finger."""
_TOUCH_M: Final = 1e-6
_SAME_M: Final = 3e-4
"""Strings nowhere further apart have gone the same way."""
_BOWED: Final = (0.3, -0.3, 0.6, -0.6)
"""How far strings start to either side of the sphere, shares of its radius; some slip round the cylinder [-]."""


@compiled
def _from_axis(at: Triple, solid: Round) -> Triple:
    """The way to a point from a round surface's centre or axis."""
    out = onward(at, -1.0, solid[0])
    return onward(out, -dot(out, solid[1]), solid[1])


@compiled
def _outside(at: Triple, solid: Round) -> Triple:
    """A point moved onto a surface along its normal if below it."""
    out = _from_axis(at, solid)
    square = dot(out, out)
    if square >= solid[2] * solid[2] or square == 0.0:
        return at
    return onward(at, solid[2] / math.sqrt(square) - 1.0, out)


@compiled
def _solids(p: Triple, q: Triple, surfaces: Array, wraps: Pair) -> tuple[Round, Round]:
    """The cylinder and the sphere; the cylinder shrinks to an end that dips in, as in `curved`."""
    tube, ball, none = surfaces[wraps[0]], surfaces[wraps[1]], (0.0, 0.0, 0.0)
    origin, axis, radius = row(tube, 3), (tube[0, 2], tube[1, 2], tube[2, 2]), float(tube[4, 0])
    for end in (p, q):
        out = _from_axis(end, (origin, axis, radius))
        radius = min(radius, BELOW * math.sqrt(dot(out, out)))
    return (origin, axis, radius), (row(ball, 3), none, float(ball[4, 0]))


@compiled
def _draw(string: Array, step: int, solids: tuple[Round, Round]) -> None:
    """Draws every `step`th point of a string (n, 3) taut, its ends fixed: over-relaxed, so that waves travel."""
    last = len(string) - 1
    eager = 2.0 / (1.0 + math.sin(math.pi * step / last))
    for _ in range(_SWEEPS):
        moved, before = 0.0, row(string, 0)
        for index in range(step, last, step):
            at, after = row(string, index), row(string, index + step)
            way = onward(scaled(onward(before, 1.0, after), 0.5), -1.0, at)
            far = eager * math.sqrt(dot(way, way))
            to = onward(at, eager if far < _STRIDE_M else eager * _STRIDE_M / far, way)
            for _ in range(4):
                first = _outside(to, solids[0])
                to = _outside(first, solids[1])
                if first == to:
                    break
            moved = max(moved, distance(to, at))
            put(string, index, to)
            before = to
        if moved < _REST_M[step - 1]:
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
def _ways(line: Array, surfaces: Array, tube: int, solids: tuple[Round, Round], found: Array) -> int:
    """Fills strings (s, n, 3), of which every other point is at rest, and answers how many ways they go.

    All wind about the cylinder as the line (n, 3) does.
    """
    last, winding, ball = len(line) - 1, _winding(line, 1, surfaces, tube), solids[1]
    along = onward(row(line, last), -1.0, row(line, 0))
    side = unit(cross(along, onward(row(line, last // 2), -1.0, ball[0])))
    count = 0
    for share in _BOWED:
        string = found[count]
        for index in range(last + 1):
            bow = share * ball[2] * math.sin(math.pi * index / last) ** 2
            put(string, index, onward(row(line, index), bow, side))
        _draw(string, 2, solids)
        known = abs(_winding(string, 2, surfaces, tube) - winding) > 1.0
        for other in range(count):
            known = known or _apart(string, found[other], 2) < _SAME_M
        if not known:
            count += 1
    return count


@compiled
def _shortest(line: Array, surfaces: Array, tube: int, solids: tuple[Round, Round]) -> bool:
    """Makes a line (n, 3) the shortest string past both surfaces that winds about the cylinder as it does.

    False, and nothing changed, where no string found winds so.
    """
    found = np.empty((len(_BOWED), len(line), 3))
    count, least = _ways(line, surfaces, tube, solids, found), 0.0
    for way in range(count):
        string = found[way]
        for index in range(1, len(line) - 1, 2):
            put(string, index, scaled(onward(row(string, index - 1), 1.0, row(string, index + 1)), 0.5))
        _draw(string, 1, solids)
        length = _length(string)
        if least == 0.0 or length < least:
            least = length
            line[:] = string
    return count > 0


@compiled
def _concerned(surfaces: Array, wraps: Pair) -> bool:
    """Whether the muscle's surfaces are a cylinder and a sphere, as the subscapularis' are."""
    first, second = surfaces[wraps[0], 5, 0], surfaces[wraps[1], 5, 0]
    return bool(first in (CYLINDER, LOWER) and second == SPHERE)


@compiled
def dips(corners: Array, count: int, surfaces: Array, wraps: Pair) -> bool:
    """Whether a path past a cylinder and a sphere meets or leaves one of them below the other."""
    if not _concerned(surfaces, wraps):
        return False
    solids = _solids(row(corners, 0), row(corners, count - 1), surfaces, wraps)
    for index in range(1, count - 1):
        at, on = row(corners, index), corners[index, SURFACE]
        if on == wraps[0] and _outside(at, solids[1]) != at:
            return True
        if on == wraps[1] and _outside(at, solids[0]) != at:
            return True
    return False


@compiled
def _touches(at: Triple, solid: Round) -> bool:
    """Whether a point outside a surface lies on it."""
    out = _from_axis(at, solid)
    return math.sqrt(dot(out, out)) < solid[2] + _TOUCH_M


@compiled
def _bow(at: Triple, after: Triple, solid: Round) -> float:
    """By how much the curve on a surface is longer than the piece that spans it [m]: it turns as its normals do."""
    way, one, two = onward(after, -1.0, at), unit(_from_axis(at, solid)), unit(_from_axis(after, solid))
    turn = dot(onward(two, -1.0, one), unit(way))
    return distance(at, after) * turn * turn / 24.0


@compiled
def tighten(corners: Array, count: int, surfaces: Array, wraps: Pair, bends: Array) -> int:
    """Makes a path from one point to the next, over the cylinder alone, a string past the sphere too; the new count.

    The string's points are fixed to the bone of the surface that they touch; those in the crease say so. The path
    stays as it is where the surfaces are others, it has points in between or an end in the sphere, or no string
    winds as it does.
    """
    if not _concerned(surfaces, wraps) or corners[0, POINT] + 1.0 != corners[count - 1, POINT]:
        return count
    p, q = row(corners, 0), row(corners, count - 1)
    solids = _solids(p, q, surfaces, wraps)
    if _outside(p, solids[1]) != p or _outside(q, solids[1]) != q:
        return count
    line = np.empty((PIECES + 1, 3))
    draw(corners, count, line)
    if not _shortest(line, surfaces, wraps[0], solids):
        return count
    corners[PIECES] = corners[count - 1]
    bends[:, ARC] = bends[:, GAIN] = 0.0
    before = (False, False)
    for index in range(1, PIECES):
        at = row(line, index)
        touch = (_touches(at, solids[0]), _touches(at, solids[1]))
        put(corners, index, at)
        own = wraps[0] if touch[0] or not touch[1] else wraps[1]
        corners[index, BONE], corners[index, POINT] = surfaces[own, 5, 1], -1.0
        corners[index, SURFACE] = CREASE if touch[0] and touch[1] else -1.0
        for order in range(2):
            if before[order] and touch[order]:
                bends[order, ARC] += _bow(row(line, index - 1), at, solids[order])
        before = touch
    return PIECES + 1
