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

from bandwright.body.wrapping.curved import CLEAR, sphere
from bandwright.body.wrapping.geodesic import Line, Triple, advance, joachimsthal, pull
from bandwright.numerics.compiled import compiled

Array = NDArray[np.float64]

LOST: Final = -2.0
"""Answer when no path is found."""

_SEEN: Final = 0
_PASSED: Final = 1
"""The line went by without q coming into sight: it has to be turned toward q first."""
_FOCUSED: Final = 2
"""Neighbouring lines met, which none does on the shortest way."""

_STEP: Final = 0.15
"""Length of an integration step as a share of the smallest radius [-]."""
_MOST_STEPS: Final = 40
_TURNS: Final = 12
_MISS: Final = 2e-5
"""Sine of the angle by which the last tangent may miss q before one last linear correction: its square counts."""
_LARGEST_TURN: Final = 0.4
_WIDEST: Final = 1.4
"""How far from the near side the start may turn before the whole circle is searched [rad]."""
_TRIES: Final = 32
_CHORDS: Final = 64
_CLOSE: Final = 0.01
"""Share of a step over which a point and its direction are carried on by their Taylor series [-]."""


@compiled
def enters(p: Array, q: Array, radii: Array) -> bool:
    """Whether both ends lie outside the ellipsoid and the straight line between them passes through it."""
    pp = dd = pd = qq = 0.0
    for axis in range(3):
        start, end = p[axis] / radii[axis], q[axis] / radii[axis]
        pp += start * start
        qq += end * end
        pd += start * (end - start)
        dd += (end - start) * (end - start)
    if pp <= 1.0 or qq <= 1.0 or pd >= 0.0 or pd + dd <= 0.0:
        return False
    return pp - pd * pd / dd < 1.0


@compiled
def _prepare(p: Array, q: Array, radii: Array, frame: Array) -> None:
    """Fills `frame` (5, 3), all but row 3 in the space where the ellipsoid is a unit sphere.

    Rows: middle of the curve of tangent points, its two directions (the first toward the near side), q over the
    radii squared, and the curve's radius.
    """
    pp = pd = dd = 0.0
    for axis in range(3):
        start, way = p[axis] / radii[axis], (q[axis] - p[axis]) / radii[axis]
        pp += start * start
        pd += start * way
        dd += way * way
    norm = 0.0
    for axis in range(3):
        start, way = p[axis] / radii[axis], (q[axis] - p[axis]) / radii[axis]
        frame[0, axis] = start / pp
        frame[1, axis] = pd * (
            pd / (dd * pp) * start - way / dd
        )  # the line's deepest point, less its share along p
        frame[3, axis] = q[axis] / (radii[axis] * radii[axis])
        norm += frame[1, axis] * frame[1, axis]
    norm, size = 1.0 / math.sqrt(norm), 1.0 / math.sqrt(pp)
    for axis in range(3):
        frame[1, axis] *= norm
    for axis in range(3):
        one, two = (axis + 1) % 3, (axis + 2) % 3
        across = p[one] / radii[one] * frame[1, two] - p[two] / radii[two] * frame[1, one]
        frame[2, axis] = across * size
    frame[4, 0] = math.sqrt(1.0 - 1.0 / pp)


@compiled
def _start(p: Array, radii: Array, frame: Array, angle: float) -> tuple[Line, float]:
    """The line that starts at `angle` on the curve of tangent points, and how fast `angle` turns its tangent.

    The line's gap is that to the tangent turned by one radian about p.
    """
    reach, cosine, sine = frame[4, 0], math.cos(angle), math.sin(angle)
    o0 = cosine * frame[1, 0] + sine * frame[2, 0]
    o1 = cosine * frame[1, 1] + sine * frame[2, 1]
    o2 = cosine * frame[1, 2] + sine * frame[2, 2]
    x, y, z = (
        radii[0] * (frame[0, 0] + reach * o0),
        radii[1] * (frame[0, 1] + reach * o1),
        radii[2] * (frame[0, 2] + reach * o2),
    )
    # The tangent over `reach`: sound even where p lies on the surface and the curve shrinks to a point.
    u, v, s = radii[0] * o0 - reach * p[0], radii[1] * o1 - reach * p[1], radii[2] * o2 - reach * p[2]
    square = u * u + v * v + s * s
    size = math.sqrt(square)
    swing = (
        radii[0] * (cosine * frame[2, 0] - sine * frame[1, 0]),
        radii[1] * (cosine * frame[2, 1] - sine * frame[1, 1]),
        radii[2] * (cosine * frame[2, 2] - sine * frame[1, 2]),
    )
    line = (x, y, z, u / size, v / size, s / size, reach * size, 1.0)
    side = _side(line, radii)
    return line, (swing[0] * side[0] + swing[1] * side[1] + swing[2] * side[2]) / size


@compiled
def _side(line: Line, radii: Array) -> Triple:
    """Unit direction to the line's left, within the surface."""
    n0, n1, n2 = line[0] / radii[0] ** 2, line[1] / radii[1] ** 2, line[2] / radii[2] ** 2
    size = 1.0 / math.sqrt(n0 * n0 + n1 * n1 + n2 * n2)
    return (
        (n1 * line[5] - n2 * line[4]) * size,
        (n2 * line[3] - n0 * line[5]) * size,
        (n0 * line[4] - n1 * line[3]) * size,
    )


@compiled
def _sight(line: Line, frame: Array) -> float:
    """Negative while q lies below the horizon of the point, zero where its tangent plane holds q."""
    return float(line[0] * frame[3, 0] + line[1] * frame[3, 1] + line[2] * frame[3, 2] - 1.0)


@compiled
def _rising(line: Line, frame: Array) -> float:
    """Rate of `_sight` along the line."""
    return float(line[3] * frame[3, 0] + line[4] * frame[3, 1] + line[5] * frame[3, 2])


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
def _follow(line: Line, radii: Array, frame: Array) -> tuple[Line, float, int]:
    """Follows a line until q is in sight or has been passed by: its end, its length and which of them happened.

    A negative length means that q was in sight from the start.
    """
    w = (1.0 / radii[0] ** 2, 1.0 / radii[1] ** 2, 1.0 / radii[2] ** 2)
    c, step = joachimsthal(line, w), _STEP * min(radii[0], radii[1], radii[2])
    length = rest = 0.0
    before = _sight(line, frame)
    for _ in range(_MOST_STEPS):
        if before >= 0.0:
            break
        ahead = advance(line, step, c, w)
        after = _sight(ahead, frame)
        slope, slope_after = _rising(line, frame), _rising(ahead, frame)
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
        rate = _rising(end, frame)
        if rate <= 0.0:
            break
        change = -_sight(end, frame) / rate
        if abs(change) < _CLOSE * step:
            return _slide(end, change, c, w), length + rest + change, _SEEN
        rest += min(step, max(-step, change))
    return line, length, _FOCUSED


@compiled
def _aim(end: Line, q: Array, side: Triple) -> tuple[float, float]:
    """Sine of the angle by which the line's end misses q (beyond one where q lies behind), and q's distance."""
    x, y, z = q[0] - end[0], q[1] - end[1], q[2] - end[2]
    away = math.sqrt(x * x + y * y + z * z)
    miss = (x * side[0] + y * side[1] + z * side[2]) / away
    if x * end[3] + y * end[4] + z * end[5] < 0.0:
        miss = math.copysign(2.0 - abs(miss), miss)
    return miss, away


@compiled
def _newton(
    p: Array, q: Array, radii: Array, frame: Array, angle: float, touch: Array
) -> tuple[float, float]:
    """Turns the start from `angle` until the path meets q; the length on the surface and the angle found."""
    for _ in range(_TURNS):
        line, turn = _start(p, radii, frame, angle)
        end, length, outcome = _follow(line, radii, frame)
        if outcome == _FOCUSED:
            return LOST, angle
        side = _side(end, radii)
        if outcome == _PASSED:
            beside = (q[0] - end[0]) * side[0] + (q[1] - end[1]) * side[1] + (q[2] - end[2]) * side[2]
            angle += min(_LARGEST_TURN, max(-_LARGEST_TURN, beside / (end[6] * turn)))
            continue
        miss, away = _aim(end, q, side)
        swing = (end[7] + end[6] / away) * turn
        if swing == 0.0:
            return LOST, angle
        if abs(miss) < _MISS:
            if end[6] + away * end[7] <= 0.0:
                return LOST, angle
            angle += miss / swing
            gap = end[6] * turn * miss / swing
            slip = -gap * (side[0] * frame[3, 0] + side[1] * frame[3, 1] + side[2] * frame[3, 2])
            slip /= _rising(end, frame)
            whole = line[6] + length + away
            line, _ = _start(p, radii, frame, angle)
            spare = 0.0
            for axis in range(3):
                touch[0, axis] = line[axis]
                touch[1, axis] = end[axis] + gap * side[axis] + slip * end[3 + axis]
                spare += (q[axis] - touch[1, axis]) ** 2
            return whole - line[6] - math.sqrt(spare), angle
        angle += min(_LARGEST_TURN, max(-_LARGEST_TURN, miss / swing))
    return LOST, angle


@compiled
def _search(p: Array, q: Array, radii: Array, frame: Array, touch: Array) -> tuple[float, float]:
    """The shortest of all paths that meet q, by trying starts all around."""
    best, best_angle = LOST, 0.0
    least = 1e9
    for index in range(_TRIES):
        angle = 2.0 * math.pi * index / _TRIES
        length, found = _newton(p, q, radii, frame, angle, touch)
        if length >= 0.0:
            whole = length
            for end in range(2):
                square = 0.0
                for axis in range(3):
                    at = p[axis] if end == 0 else q[axis]
                    square += (touch[end, axis] - at) ** 2
                whole += math.sqrt(square)
            if whole < least - 1e-9:
                best, best_angle, least = length, found, whole
    if best != LOST:
        best, best_angle = _newton(p, q, radii, frame, best_angle, touch)
    return best, best_angle


@compiled
def _section(p: Array, q: Array, radii: Array, touch: Array) -> float:
    """A path that is valid and continuous but not the shortest: the great circle where the ellipsoid is a sphere."""
    near, far = np.empty(3), np.empty(3)
    for axis in range(3):
        near[axis], far[axis] = p[axis] / radii[axis], q[axis] / radii[axis]
    arc = sphere(near, far, 1.0, touch)
    if arc == CLEAR:
        return CLEAR
    length = 0.0
    before = np.empty(3)
    turn = math.sin(arc)
    for index in range(_CHORDS + 1):
        share = index / _CHORDS * arc
        square = 0.0
        for axis in range(3):
            along = (math.sin(arc - share) * touch[0, axis] + math.sin(share) * touch[1, axis]) / turn
            square += ((along - before[axis]) * radii[axis]) ** 2
            before[axis] = along
        if index > 0:
            length += math.sqrt(square)
    for end in range(2):
        for axis in range(3):
            touch[end, axis] *= radii[axis]
    return length


@compiled
def _nearer(p: Array, q: Array, radii: Array) -> bool:
    """Whether p is nearer to the surface than q: from there q comes into sight over a wider stretch."""
    difference = 0.0
    for axis in range(3):
        difference += (q[axis] * q[axis] - p[axis] * p[axis]) / (radii[axis] * radii[axis])
    return difference >= 0.0


@compiled
def _past(p: Array, q: Array, radii: Array, touch: Array, guess: Array) -> float:
    """Length on the surface of the shortest path, from p; with its touch points and angle."""
    frame = np.empty((5, 3))
    _prepare(p, q, radii, frame)
    length, angle = _newton(p, q, radii, frame, guess[0], touch)
    if (length < 0.0 or abs(angle) > _WIDEST) and guess[0] != 0.0:
        length, angle = _newton(p, q, radii, frame, 0.0, touch)
    if length < 0.0 or abs(angle) > _WIDEST:
        length, angle = _search(p, q, radii, frame, touch)
    guess[0] = angle
    return length


@compiled
def ellipsoid(p: Array, q: Array, radii: Array, touch: Array, guess: Array) -> float:
    """Past an ellipsoid with its axes along x, y and z: fills `touch` (3, 3), answers the length on it [m].

    `guess` (3,) comes from a path nearby, or is 0, and receives this one's angle and which end it is seen from; last,
    it counts the paths that were not found and are great circles of the sphere the ellipsoid is stretched from.
    """
    if not enters(p, q, radii):
        return CLEAR
    back = 0.0 if _nearer(p, q, radii) else 1.0
    if guess[1] != back:
        guess[0], guess[1] = 0.0, back
    if back == 0.0:
        length = _past(p, q, radii, touch, guess)
    else:
        length = _past(q, p, radii, touch, guess)
        for axis in range(3):
            touch[0, axis], touch[1, axis] = touch[1, axis], touch[0, axis]
    if length < 0.0:
        guess[0] = 0.0
        guess[2] += 1.0
        length = _section(p, q, radii, touch)
    return length
