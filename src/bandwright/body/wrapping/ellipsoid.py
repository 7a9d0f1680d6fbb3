"""The shortest way past an ellipsoid: tangent, straightest line on the surface, tangent.

The path leaves p along a tangent; the points where tangents from p touch form a closed curve, and each of them
starts one line on the surface. It is followed until q comes into sight, and the start is turned along its curve
until the line then points at q. One unknown angle is solved for by Newton's method: how far the end swings with
the start follows from the gap between neighbouring lines.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bandwright.body.wrapping.curved import CLEAR, FREE, Bend, enters, sphere
from bandwright.body.wrapping.geodesic import Line, advance, joachimsthal, pull
from bandwright.body.wrapping.vectors import Triple, cross, distance, dot, onward, scaled, times
from bandwright.numerics.compiled import compiled

Array = NDArray[np.float64]
Frame = tuple[Triple, Triple, Triple, Triple, float]
"""Where p's tangents touch, all but q in the space where the ellipsoid is a unit sphere: middle of that curve, its
two directions (the first toward the near side), q over the radii squared, and the curve's radius."""

LOST: Final = -2.0
"""Length when no path is found."""
_NOTHING: Final = (LOST, (0.0, 0.0, 0.0), (0.0, 0.0, 0.0), 0.0)

ANGLE: Final = 4
BACK: Final = 5
APPROXIMATED: Final = 6
SPREAD: Final = 7
EARLIER: Final = 17
FORESEEN: Final = 19
"""Columns of a muscle's bends, see `surfaces`, that `ellipsoid` keeps; of `EARLIER` there are two."""

_SEEN: Final = 0
_PASSED: Final = 1
"""The line went by without q coming into sight: it has to be turned toward q first."""
_FOCUSED: Final = 2
"""Neighbouring lines met, which none does on the shortest way."""

_STEP: Final = 0.15
"""Length of an integration step as a share of the smallest radius [-]."""
_MOST_STEPS: Final = 40
_TURNS: Final = 12
_MISS: Final = 1e-4
"""Sine of the angle by which the last tangent may miss q before one last linear correction: its square counts."""
_LARGEST_TURN: Final = 0.4
_WIDEST: Final = 1.4
"""How far from the near side the start may turn before the whole circle is searched [rad]."""
_TRIES: Final = 32
_CHORDS: Final = 64
_CLOSE: Final = 0.01
"""Share of a step over which a point and its direction are carried on by their Taylor series [-]."""


@compiled
def _prepare(p: Triple, q: Triple, inverse: Triple) -> Frame:
    """The frame of a path from p to q; `inverse`: of the radii."""
    start, end = times(p, inverse), times(q, inverse)
    way = onward(end, -1.0, start)
    pp, pd, dd = dot(start, start), dot(start, way), dot(way, way)
    # The line's deepest point, less its share along p.
    near = onward(scaled(start, pd * pd / (dd * pp)), -pd / dd, way)
    near = scaled(near, 1.0 / math.sqrt(dot(near, near)))
    across = scaled(cross(start, near), 1.0 / math.sqrt(pp))
    return scaled(start, 1.0 / pp), near, across, times(end, inverse), math.sqrt(1.0 - 1.0 / pp)


@compiled
def _start(p: Triple, radii: Triple, frame: Frame, angle: float) -> tuple[Line, float]:
    """The line that starts at `angle` on the curve of tangent points, and how fast `angle` turns its tangent.

    The line's gap is that to the tangent turned by one radian about p.
    """
    middle, near, across, _, reach = frame
    cosine, sine = math.cos(angle), math.sin(angle)
    out = onward(scaled(near, cosine), sine, across)
    at = times(radii, onward(middle, reach, out))
    # The tangent over `reach`: sound even where p lies on the surface and the curve shrinks to a point.
    tangent = onward(times(radii, out), -reach, p)
    size = math.sqrt(dot(tangent, tangent))
    swing = times(radii, onward(scaled(across, cosine), -sine, near))
    line = (at[0], at[1], at[2], tangent[0] / size, tangent[1] / size, tangent[2] / size, reach * size, 1.0)
    return line, dot(swing, _side(line, radii)) / size


@compiled
def _side(line: Line, radii: Triple) -> Triple:
    """Unit direction to the line's left, within the surface."""
    normal = (line[0] / radii[0] ** 2, line[1] / radii[1] ** 2, line[2] / radii[2] ** 2)
    return scaled(cross(normal, (line[3], line[4], line[5])), 1.0 / math.sqrt(dot(normal, normal)))


@compiled
def _sight(line: Line, q: Triple) -> float:
    """Negative while q lies below the horizon of the point, zero where its tangent plane holds q."""
    return line[0] * q[0] + line[1] * q[1] + line[2] * q[2] - 1.0


@compiled
def _rising(line: Line, q: Triple) -> float:
    """Rate of `_sight` along the line."""
    return line[3] * q[0] + line[4] * q[1] + line[5] * q[2]


@compiled
def _crossing(before: float, slope: float, after: float, slope_after: float) -> float:
    """Where between 0 and 1 the cubic with these values and slopes at its ends passes zero."""
    at = before / (before - after)
    bend = 3.0 * (after - before) - 2.0 * slope - slope_after
    twist = slope + slope_after - 2.0 * (after - before)
    for _ in range(2):
        rate = slope + at * (2.0 * bend + 3.0 * at * twist)
        if rate <= 0.0:
            break
        at -= (before + at * (slope + at * (bend + at * twist))) / rate
    return min(1.0, max(0.0, at))


@compiled
def _slide(line: Line, by: float, c: float, w: Triple) -> Line:
    """The line a short way on, by its Taylor series."""
    ax, ay, az = pull(line, c, w)
    half = 0.5 * by * by
    return (
        line[0] + by * line[3] + half * ax,
        line[1] + by * line[4] + half * ay,
        line[2] + by * line[5] + half * az,
        line[3] + by * ax,
        line[4] + by * ay,
        line[5] + by * az,
        line[6] + by * line[7],
        line[7],
    )


@compiled
def _follow(line: Line, radii: Triple, q: Triple) -> tuple[Line, float, int]:
    """Follows a line until q is in sight or has been passed by: its end, its length and which of them happened.

    `q` is divided by the radii squared. A negative length means that q was in sight from the start.
    """
    w = (1.0 / radii[0] ** 2, 1.0 / radii[1] ** 2, 1.0 / radii[2] ** 2)
    c, step = joachimsthal(line, w), _STEP * min(radii[0], radii[1], radii[2])
    length = rest = 0.0
    before = _sight(line, q)
    for _ in range(_MOST_STEPS):
        if before >= 0.0:
            break
        ahead = advance(line, step, c, w)
        after = _sight(ahead, q)
        slope, slope_after = _rising(line, q), _rising(ahead, q)
        if after >= 0.0:
            rest = step * _crossing(before, step * slope, after, step * slope_after)
            break
        if ahead[6] <= 0.0:
            return line, length, _FOCUSED
        if after < 0.0 and slope_after <= 0.0 < slope:
            rest = step * slope / (slope - slope_after)
            return advance(line, rest, c, w), length + rest, _PASSED
        line, before = ahead, after
        length += step
    for _ in range(5):
        end = advance(line, rest, c, w)
        rate = _rising(end, q)
        if rate <= 0.0:
            break
        change = -_sight(end, q) / rate
        if abs(change) < _CLOSE * step:
            return _slide(end, change, c, w), length + rest + change, _SEEN
        rest += min(step, max(-step, change))
    return line, length, _FOCUSED


@compiled
def _aim(end: Line, q: Triple, side: Triple) -> tuple[float, float]:
    """Sine of the angle by which the line's end misses q (beyond one where q lies behind), and q's distance."""
    way = (q[0] - end[0], q[1] - end[1], q[2] - end[2])
    away = math.sqrt(dot(way, way))
    miss = dot(way, side) / away
    if dot(way, (end[3], end[4], end[5])) < 0.0:
        miss = math.copysign(2.0 - abs(miss), miss)
    return miss, away


@compiled
def _newton(p: Triple, q: Triple, radii: Triple, frame: Frame, angle: float) -> tuple[Bend, float]:
    """Turns the start from `angle` until the path meets q; the bend and the angle found."""
    for _ in range(_TURNS):
        line, turn = _start(p, radii, frame, angle)
        end, length, outcome = _follow(line, radii, frame[3])
        if outcome == _FOCUSED:
            return _NOTHING, angle
        side, at = _side(end, radii), (end[0], end[1], end[2])
        if outcome == _PASSED:
            beside = dot(onward(q, -1.0, at), side)
            angle += min(_LARGEST_TURN, max(-_LARGEST_TURN, beside / (end[6] * turn)))
            continue
        miss, away = _aim(end, q, side)
        swing = (end[7] + end[6] / away) * turn
        if swing == 0.0:
            return _NOTHING, angle
        if abs(miss) < _MISS:
            if end[6] + away * end[7] <= 0.0:
                return _NOTHING, angle
            angle += miss / swing
            gap = end[6] * turn * miss / swing
            slip = -gap * dot(side, frame[3]) / _rising(end, frame[3])
            whole = line[6] + length + away
            line, _ = _start(p, radii, frame, angle)
            last = onward(onward(at, gap, side), slip, (end[3], end[4], end[5]))
            spread = end[7] / (end[6] + away * end[7])
            return (whole - line[6] - distance(last, q), (line[0], line[1], line[2]), last, spread), angle
        angle += min(_LARGEST_TURN, max(-_LARGEST_TURN, miss / swing))
    return _NOTHING, angle


@compiled
def _search(p: Triple, q: Triple, radii: Triple, frame: Frame) -> tuple[Bend, float]:
    """The shortest of all paths that meet q, by trying starts all around."""
    best, best_angle = _NOTHING, 0.0
    least = 1e9
    for index in range(_TRIES):
        bend, found = _newton(p, q, radii, frame, 2.0 * math.pi * index / _TRIES)
        if bend[0] >= 0.0:
            whole = bend[0] + distance(p, bend[1]) + distance(bend[2], q)
            if whole < least - 1e-9:
                best, best_angle, least = bend, found, whole
    return best, best_angle


@compiled
def _section(p: Triple, q: Triple, radii: Triple, inverse: Triple) -> Bend:
    """A path that is valid and continuous but not the shortest: the great circle where the ellipsoid is a sphere."""
    arc, first, last, _ = sphere(times(p, inverse), times(q, inverse), 1.0)
    if arc == CLEAR:
        return FREE
    length, before = 0.0, times(first, radii)
    for index in range(1, _CHORDS + 1):
        share = index / _CHORDS * arc
        along = onward(scaled(first, math.sin(arc - share)), math.sin(share), last)
        after = times(scaled(along, 1.0 / math.sin(arc)), radii)
        length += distance(before, after)
        before = after
    return length, times(first, radii), times(last, radii), 0.0


@compiled
def _past(p: Triple, q: Triple, radii: Triple, inverse: Triple, guess: float) -> tuple[Bend, float]:
    """The shortest path, from p, and its angle, sought near a guessed one."""
    frame = _prepare(p, q, inverse)
    bend, angle = _newton(p, q, radii, frame, guess)
    if (bend[0] < 0.0 or abs(angle) > _WIDEST) and guess != 0.0:
        bend, angle = _newton(p, q, radii, frame, 0.0)
    if bend[0] < 0.0 or abs(angle) > _WIDEST:
        return _search(p, q, radii, frame)
    return bend, angle


@compiled
def foresee(bends: Array, order: int) -> None:
    """Carries the angle in row `order` of `bends` on to the next pose by the parabola through the last three poses'.

    A line through the last two leaves the first look at a path as far off as no guess does.
    """
    if bends[order, ANGLE] == bends[order, FORESEEN]:
        # No path was sought over the ellipsoid: the last one found is the best guess.
        bends[order, ANGLE] = bends[order, EARLIER]
        bends[order, EARLIER] = bends[order, EARLIER + 1] = 0.0
    now, one, two = bends[order, ANGLE], bends[order, EARLIER], bends[order, EARLIER + 1]
    bends[order, EARLIER], bends[order, EARLIER + 1] = now, one
    if now != 0.0 and one != 0.0 and two != 0.0:
        bends[order, ANGLE] = 3.0 * (now - one) + two
    bends[order, FORESEEN] = bends[order, ANGLE]


@compiled
def ellipsoid(p: Triple, q: Triple, radii: Triple, bends: Array, order: int) -> Bend:
    """Past an ellipsoid with its axes along x, y and z.

    Of row `order` of `bends` `ANGLE` and `BACK` come from a path nearby, or are 0, and receive this one's angle and
    which end it is followed from; `SPREAD` receives how fast neighbouring paths part at the other end, over their gap
    [1/m]; `APPROXIMATED` counts the paths that were not found and are great circles of the sphere the ellipsoid is
    stretched from.
    """
    inverse = (1.0 / radii[0], 1.0 / radii[1], 1.0 / radii[2])
    start, end = times(p, inverse), times(q, inverse)
    if not enters(start, end, 1.0):
        return FREE
    # From the end nearer the surface the other one comes into sight over a wider stretch.
    back = 0.0 if dot(start, start) <= dot(end, end) else 1.0
    if bends[order, BACK] != back:
        bends[order, ANGLE] = bends[order, EARLIER] = bends[order, EARLIER + 1] = 0.0
    guess = bends[order, ANGLE]
    bend, angle = _past(p, q, radii, inverse, guess) if back == 0.0 else _past(q, p, radii, inverse, guess)
    if bend[0] < 0.0:
        bends[order, APPROXIMATED] += 1.0
        angle, bend = 0.0, _section(p, q, radii, inverse)
    else:
        bends[order, SPREAD] = bend[3]
        bend = (bend[0], bend[1], bend[2], 0.0) if back == 0.0 else (bend[0], bend[2], bend[1], 0.0)
    bends[order, ANGLE], bends[order, BACK] = angle, back
    return bend
