"""A path past a cylinder and a sphere that overlap, pressed into the crease where they meet.

The crease is a closed curve. A path that runs along a part of it comes to it as a straight line of the unrolled
cylinder and leaves it on a great circle of the sphere, both tangents of the curve: each place is the root of one
function of one angle. Where the path would leave before it comes, it does not touch the crease but bridges it.

Two such paths exist, one to either side of the sphere. A muscle stays on the side over which its insertion turns
while the arm is raised forward, the upper one (z < 0 of the cylinder), also where the way below has become shorter:
none slips past a humeral head.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bandwright.body.wrapping.crossing import cross_over, lay_out
from bandwright.body.wrapping.curved import BELOW, sweep
from bandwright.body.wrapping.surfaces import (
    ARC,
    CREASE,
    CYLINDER,
    GAIN,
    LOWER,
    POINT,
    PRESS,
    SPHERE,
    SURFACE,
    WAY,
    local,
)
from bandwright.body.wrapping.vectors import Triple, cross, distance, dot, onward, put, row, scaled, unit
from bandwright.numerics.compiled import compiled

Array = NDArray[np.float64]
Pair = tuple[int, int]
Round = tuple[float, float, float, float, float]
"""Radii of cylinder and sphere, distance of the sphere's centre from the axis, greatest height of the crease beside
it [m], and the sine of half the angle by which it reaches round the axis to either side, 0 where there is none."""
Place = tuple[Triple, Triple]
"""A point of the crease and how fast it moves with the angle on the crease [m/rad]."""
View = tuple[Triple, Triple, Triple, Triple]
"""Axes of the crease, x from the cylinder's axis to the sphere and y the way the path goes, and their origin."""

_TRIES: Final = 40
_CLOSE: Final = 1e-10
"""Angle on the crease to which its places are found [rad]."""
_BRIEF: Final = 1e-2
"""Angle between both touches below which a bridge that is not found, less than half a millimetre long, is taken for a
point of the crease: 1e-9 m too long [rad]."""
_LIFT_M: Final = 1e-4
_RISE_M: Final = 0.1
"""How far above the crease the search for a bridge begins: at most, and over the square of that angle."""
_NODES, _WEIGHTS = (tuple(part.tolist()) for part in np.polynomial.legendre.leggauss(5))
"""Gauss and Legendre's five points: the crease bends little over the part that a path touches."""


@compiled
def _concerned(surfaces: Array, wraps: Pair) -> bool:
    """Whether the muscle's surfaces are a cylinder and then a sphere, as the subscapularis' are."""
    first, second = surfaces[wraps[0], 5, 0], surfaces[wraps[1], 5, 0]
    return bool(first in (CYLINDER, LOWER) and second == SPHERE)


@compiled
def dips(corners: Array, count: int, surfaces: Array, wraps: Pair) -> bool:
    """Whether a path past a cylinder and a sphere meets or leaves one of them below the other."""
    if not _concerned(surfaces, wraps):
        return False
    tube, ball, centre = surfaces[wraps[0], 4, 0], surfaces[wraps[1], 4, 0], row(surfaces[wraps[1]], 3)
    for end in (row(corners, 0), row(corners, count - 1)):
        # The cylinder shrinks to an end that dips in, as in `curved`.
        tube = min(tube, BELOW * _from_axis(end, surfaces, wraps[0]))
    for index in range(1, count - 1):
        at, on = row(corners, index), corners[index, SURFACE]
        if on == wraps[0] and distance(at, centre) < ball:
            return True
        if on == wraps[1] and _from_axis(at, surfaces, wraps[0]) < tube:
            return True
    return False


@compiled
def _from_axis(at: Triple, surfaces: Array, which: int) -> float:
    beside = local(at, surfaces, which)
    return math.hypot(beside[0], beside[1])


@compiled
def _view(surfaces: Array, wraps: Pair, way: float) -> View:
    """The axes of the crease; their origin is where the cylinder's axis comes nearest to the sphere's centre."""
    tube, centre = surfaces[wraps[0]], row(surfaces[wraps[1]], 3)
    ahead, left = (tube[0, 0], tube[1, 0], tube[2, 0]), (tube[0, 1], tube[1, 1], tube[2, 1])
    up, origin = (tube[0, 2], tube[1, 2], tube[2, 2]), row(tube, 3)
    origin = onward(origin, dot(onward(centre, -1.0, origin), up), up)
    x = unit(onward(centre, -1.0, origin))
    # The frame of a left arm's cylinder is a mirror image, so y comes from its own axes instead of a product.
    y = onward(scaled(left, way * dot(x, ahead)), -way * dot(x, left), ahead)
    return x, y, up, origin


@compiled
def _into(at: Triple, view: View) -> Triple:
    """A point of the world in the axes of the crease."""
    out = onward(at, -1.0, view[3])
    return dot(out, view[0]), dot(out, view[1]), dot(out, view[2])


@compiled
def _back(at: Triple, view: View) -> Triple:
    """The direction in the world of one in the axes of the crease."""
    return onward(onward(scaled(view[0], at[0]), at[1], view[1]), at[2], view[2])


@compiled
def _round(tube: float, ball: float, apart: float) -> Round:
    """The crease of a cylinder and a sphere; one that does not close on this side of the axis counts as none."""
    high = math.sqrt(max(ball * ball - (apart - tube) * (apart - tube), 0.0))
    wide = high / (2.0 * math.sqrt(tube * apart))
    return tube, ball, apart, high, wide if wide < 1.0 else 0.0


@compiled
def _place(angle: float, crease: Round) -> Place:
    """The point of the crease at an angle: 0 is furthest round the axis, a quarter turn where z is greatest."""
    tube, _, _, high, wide = crease
    half = wide * math.cos(angle)
    turn, rate = 2.0 * math.asin(half), -2.0 * wide * math.sin(angle) / math.sqrt(1.0 - half * half)
    x, y = tube * math.cos(turn), tube * math.sin(turn)
    return (x, y, high * math.sin(angle)), (-y * rate, x * rate, high * math.cos(angle))


@compiled
def _veer(angle: float, crease: Round, aim: Triple, surface: int) -> float:
    """How far the crease at an angle veers from the path there, positive beyond the place where they touch.

    `aim` is the path's end seen from the sphere's centre, or where its straight line begins on the unrolled cylinder.
    """
    at, ahead = _place(angle, crease)
    if surface == SPHERE:
        return dot(cross((at[0] - crease[2], at[1], at[2]), ahead), aim)
    tube = crease[0]
    unrolled = (tube * math.atan2(at[1], at[0]) - aim[0], at[2] - aim[2])
    return unrolled[0] * ahead[2] - unrolled[1] * (at[0] * ahead[1] - at[1] * ahead[0]) / tube


@compiled
def _touch(crease: Round, aim: Triple, surface: int) -> float:
    """The angle at which a path touches the crease where z < 0, by false position; 1 where it does not."""
    low, high = -math.pi, 0.0
    under, over = _veer(low, crease, aim, surface), _veer(high, crease, aim, surface)
    if over <= 0.0:
        return 1.0
    if under >= 0.0:
        return low
    kept = 0
    for _ in range(_TRIES):
        angle = high - over * (high - low) / (over - under)
        veer = _veer(angle, crease, aim, surface)
        # The end that stays a second time counts half, or it would stay for ever (Illinois rule).
        if veer < 0.0:
            step, low, under = angle - low, angle, veer
            over, kept = (0.5 * over if kept == 1 else over), 1
        else:
            step, high, over = high - angle, angle, veer
            under, kept = (0.5 * under if kept == -1 else under), -1
        if step < _CLOSE:
            return angle
    return 1.0


@compiled
def _unrolled(start: Triple, tube: float) -> tuple[float, float]:
    """Where a path from a point touches the cylinder [rad], and where its line begins on the unrolled one [m]."""
    away = math.hypot(start[0], start[1])
    turn = math.atan2(start[1], start[0])
    touch = (turn if turn <= 0.0 else turn - 2.0 * math.pi) + math.acos(tube / away)
    return touch, tube * touch - math.sqrt(away * away - tube * tube)


@compiled
def _along(comes: float, goes: float, crease: Round) -> tuple[float, Triple]:
    """Length of the crease between two angles, and the pull that the sphere bears of a string of one newton in it."""
    tube, ball, apart, _, _ = crease
    half, length, pull = 0.5 * (goes - comes), 0.0, (0.0, 0.0, 0.0)
    for node, weight in zip(_NODES, _WEIGHTS):  # noqa: B905 — numba knows no `strict`
        at, ahead = _place(comes + half * (1.0 + node), crease)
        rate = math.sqrt(dot(ahead, ahead))
        one, two = (at[0] / tube, at[1] / tube, 0.0), ((at[0] - apart) / ball, at[1] / ball, at[2] / ball)
        # Both normal curvatures are known; the string's curvature is the sum of two pushes along the normals.
        round_axis = dot(ahead, cross((0.0, 0.0, 1.0), one)) / rate
        cosine = dot(one, two)
        push = (1.0 / ball - cosine * round_axis * round_axis / tube) / (1.0 - cosine * cosine)
        length += weight * half * rate
        pull = onward(pull, weight * half * rate * push, two)
    return length, pull


@compiled
def _lay(corners: Array, bends: Array, touches: tuple[float, float], crease: Round, view: View) -> bool:
    """Lays a path of six corners along the crease between two angles; False if it does not lie on both surfaces.

    The part in the crease counts to the cylinder: the path leaves the one and meets the other at one place.
    """
    (tube, ball, apart, _, _), (comes, goes) = crease, touches
    start, end = _into(row(corners, 0), view), _into(row(corners, 5), view)
    touch, begin = _unrolled(start, tube)
    first, last = _place(comes, crease)[0], _place(goes, crease)[0]
    bent, seen = math.atan2(first[1], first[0]) - touch, (end[0] - apart, end[1], end[2])
    out, far = (last[0] - apart, last[1], last[2]), math.sqrt(dot(seen, seen))
    arc = math.acos(dot(out, seen) / (ball * far)) - math.acos(ball / far)
    if bent <= 0.0 or arc <= 0.0:
        return False
    slope = (first[2] - start[2]) / (tube * (touch + bent) - begin)
    on = (tube * math.cos(touch), tube * math.sin(touch), start[2] + slope * (tube * touch - begin))
    leaves = unit(onward(seen, -dot(seen, out) / (ball * ball), out))
    off = onward(onward((apart, 0.0, 0.0), math.cos(arc), out), ball * math.sin(arc), leaves)
    for index, at in enumerate((on, last, last, off)):
        put(corners, 1 + index, onward(_back(at, view), 1.0, view[3]))
    if comes == goes:
        # A bridge too short to be seen: the path turns into it as it rises from the one and out of it onto the other.
        arrives = unit((-first[1] / tube, first[0] / tube, slope))
        one, two = (first[0] / tube, first[1] / tube, 0.0), scaled(out, 1.0 / ball)
        turn, cosine = onward(leaves, -1.0, arrives), dot(one, two)
        leaves = unit(
            onward(arrives, (dot(turn, one) - cosine * dot(turn, two)) / (1.0 - cosine * cosine), one)
        )
    length, pull = _along(comes, goes, crease)
    pulls = (_back(leaves, view), _back(pull, view))
    for order in range(2):
        bends[order, PRESS], bends[order, PRESS + 1], bends[order, PRESS + 2] = pulls[order]
    bends[0, ARC] = tube * bent * math.sqrt(1.0 + slope * slope) + length
    bends[1, ARC] = ball * arc
    bends[:, GAIN], bends[0, CREASE] = 0.0, 1.0
    return True


@compiled
def _clear(at: Triple, crease: Round) -> bool:
    """Whether a point lies outside both surfaces, with room for a tangent."""
    tube, ball, apart, _, _ = crease
    beside = math.sqrt((at[0] - apart) ** 2 + at[1] * at[1] + at[2] * at[2])
    return beside > ball and BELOW * math.hypot(at[0], at[1]) > tube


@compiled
def _above(angle: float, gap: float, crease: Round, view: View) -> Triple:
    """A point of the world above the crease, as far from both surfaces, near a bridge over a gap [rad]."""
    at, _ = _place(angle, crease)
    lift = min(_LIFT_M, _RISE_M * gap * gap)
    tube, ball, apart, _, _ = crease
    out = (at[0] / tube + (at[0] - apart) / ball, at[1] / tube + at[1] / ball, at[2] / ball)
    return onward(view[3], 1.0, _back(onward(at, lift, unit(out)), view))


@compiled
def press_in(corners: Array, count: int, surfaces: Array, wraps: Pair, bends: Array) -> bool:
    """Makes a path from one point to the next one of six corners that runs along or bridges its surfaces' crease.

    False where there is no such path: the surfaces are others or have no crease, the path has points in between, or
    an end lies in a surface or too near it.
    """
    if not _concerned(surfaces, wraps) or corners[0, POINT] + 1.0 != corners[count - 1, POINT]:
        return False
    p, q = row(corners, 0), row(corners, count - 1)
    near, far = local(p, surfaces, wraps[0]), local(q, surfaces, wraps[0])
    way = bends[0, WAY] if bends[0, WAY] != 0.0 else math.copysign(1.0, sweep(near, far, 0))
    view = _view(surfaces, wraps, way)
    start, end, middle = _into(p, view), _into(q, view), _into(row(surfaces[wraps[1]], 3), view)
    crease = _round(surfaces[wraps[0], 4, 0], surfaces[wraps[1], 4, 0], middle[0])
    if crease[4] == 0.0 or not (_clear(start, crease) and _clear(end, crease)):
        return False
    begin = _unrolled(start, crease[0])[1]
    comes = _touch(crease, (begin, 0.0, start[2]), CYLINDER)
    goes = _touch(crease, (end[0] - middle[0], end[1], end[2]), SPHERE)
    if comes > 0.0 or goes > 0.0:
        return False
    before = corners.copy()
    lay_out(corners, count, surfaces, wraps)
    between, gap = 0.5 * (comes + goes), comes - goes
    if gap < 0.0:
        found = _lay(corners, bends, (comes, goes), crease, view)
    else:
        found = cross_over(corners, surfaces, wraps, bends, _above(between, gap, crease, view))
        found = found or (gap < _BRIEF and _lay(corners, bends, (between, between), crease, view))
    if not found:
        corners[:] = before
    return found
