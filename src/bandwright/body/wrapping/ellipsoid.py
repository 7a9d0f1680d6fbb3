"""The shortest way past an ellipsoid: tangent, geodesic, tangent.

The path leaves p along a tangent; the points where tangents from p touch form a closed curve, and each of them
starts one geodesic. It is followed until q comes into sight, and the tangent point is turned along its curve until
the geodesic then points at q. One unknown angle is solved for; everything else is exact.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bandwright.body.wrapping.curved import CLEAR
from bandwright.numerics.compiled import compiled

Array = NDArray[np.float64]

_STEP: Final = 0.15
"""Length of an integration step as a share of the sharpest radius of curvature [-]."""
_MOST_STEPS: Final = 150
_MISS: Final = 1e-9
"""Sine of the angle by which the last tangent may miss q."""
_TURNS: Final = 25
_NUDGE: Final = 1e-4
_LARGEST_TURN: Final = 0.3
_WIDEST: Final = 1.4
"""How far from the near side the start may turn before the whole circle is searched [rad]."""
_LONGEST: Final = 3.0
"""Longest way over the surface, in straight distances between the ends [-]."""
_TRIES: Final = 48


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
def _bend(
    x: float, y: float, z: float, way: tuple[float, float, float], w: tuple[float, float, float]
) -> float:
    """Curvature over the gradient's square: how strongly a geodesic is pulled back along the normal."""
    bend = way[0] * way[0] * w[0] + way[1] * way[1] * w[1] + way[2] * way[2] * w[2]
    return -bend / ((x * w[0]) ** 2 + (y * w[1]) ** 2 + (z * w[2]) ** 2)


@compiled
def _advance(state: Array, radii: Array, h: float, out: Array) -> None:
    """One Runge-Kutta-Nystrom step of the geodesic `state` (6,): point and unit direction."""
    w = (1.0 / (radii[0] * radii[0]), 1.0 / (radii[1] * radii[1]), 1.0 / (radii[2] * radii[2]))
    x, y, z, u, v, s = state[0], state[1], state[2], state[3], state[4], state[5]
    pull = _bend(x, y, z, (u, v, s), w)
    ax, ay, az = pull * x * w[0], pull * y * w[1], pull * z * w[2]
    half, eighth = 0.5 * h, 0.125 * h * h
    x1, y1, z1 = x + half * u + eighth * ax, y + half * v + eighth * ay, z + half * s + eighth * az
    pull = _bend(x1, y1, z1, (u + half * ax, v + half * ay, s + half * az), w)
    bx, by, bz = pull * x1 * w[0], pull * y1 * w[1], pull * z1 * w[2]
    pull = _bend(x1, y1, z1, (u + half * bx, v + half * by, s + half * bz), w)
    cx, cy, cz = pull * x1 * w[0], pull * y1 * w[1], pull * z1 * w[2]
    k = 0.5 * h * h
    x3, y3, z3 = x + h * u + k * cx, y + h * v + k * cy, z + h * s + k * cz
    pull = _bend(x3, y3, z3, (u + h * cx, v + h * cy, s + h * cz), w)
    dx, dy, dz = pull * x3 * w[0], pull * y3 * w[1], pull * z3 * w[2]
    k, c = h * h / 6.0, h / 6.0
    out[0] = x + h * u + k * (ax + bx + cx)
    out[1] = y + h * v + k * (ay + by + cy)
    out[2] = z + h * s + k * (az + bz + cz)
    out[3] = u + c * (ax + 2.0 * (bx + cx) + dx)
    out[4] = v + c * (ay + 2.0 * (by + cy) + dy)
    out[5] = s + c * (az + 2.0 * (bz + cz) + dz)


@compiled
def _sight(state: Array, q: Array, radii: Array) -> float:
    """Negative while q lies below the horizon of the point, zero where its tangent plane holds q."""
    found = -1.0
    for axis in range(3):
        found += state[axis] * q[axis] / (radii[axis] * radii[axis])
    return found


@compiled
def _start(p: Array, radii: Array, basis: Array, angle: float, state: Array) -> None:
    """Tangent point from p at `angle` on its curve, with the tangent's direction."""
    square = 0.0
    for axis in range(3):
        square += (p[axis] / radii[axis]) ** 2
    reach = math.sqrt(1.0 - 1.0 / square)
    norm = 0.0
    for axis in range(3):
        on_sphere = p[axis] / radii[axis] / square + reach * (
            math.cos(angle) * basis[0, axis] + math.sin(angle) * basis[1, axis]
        )
        state[axis] = radii[axis] * on_sphere
        state[3 + axis] = state[axis] - p[axis]
        norm += state[3 + axis] ** 2
    for axis in range(3):
        state[3 + axis] /= math.sqrt(norm)


@compiled
def _shoot(q: Array, radii: Array, state: Array, work: Array) -> tuple[float, float]:
    """Follows the geodesic from `state` until q is in sight; its length and the sine by which it misses q."""
    step = _STEP * radii.min() ** 2 / radii.max()
    length = 0.0
    before = _sight(state, q, radii)
    for _ in range(_MOST_STEPS):
        _advance(state, radii, step, work)
        after = _sight(work, q, radii)
        if after >= 0.0:
            break
        state[:] = work
        before = after
        length += step
    rest = step * before / (before - after) if after > before else 0.0
    for _ in range(6):
        _advance(state, radii, rest, work)
        value = _sight(work, q, radii)
        rate = 0.0
        for axis in range(3):
            rate += work[3 + axis] * q[axis] / (radii[axis] * radii[axis])
        change = value / rate
        rest -= change
        if abs(change) < 1e-12:  # far below a rounding error of the path
            break
    state[:] = work
    return length + rest, _aside(state, q, radii)


@compiled
def _aside(state: Array, q: Array, radii: Array) -> float:
    """Sine of the angle between the geodesic's end and q, within the tangent plane; above 1 when behind."""
    n = np.empty(3)
    norm = reach = ahead = 0.0
    for axis in range(3):
        n[axis] = state[axis] / (radii[axis] * radii[axis])
        norm += n[axis] * n[axis]
        gap = q[axis] - state[axis]
        reach += gap * gap
        ahead += gap * state[3 + axis]
    side = 0.0
    for axis in range(3):
        one, two = (axis + 1) % 3, (axis + 2) % 3
        side += (q[axis] - state[axis]) * (n[one] * state[3 + two] - n[two] * state[3 + one])
    return math.atan2(side / math.sqrt(norm), ahead)


@compiled
def _basis(p: Array, q: Array, radii: Array, basis: Array) -> None:
    """Two axes (2, 3) across p in the space where the ellipsoid is a unit sphere; the first toward the near side."""
    pd = dd = pp = 0.0
    for axis in range(3):
        start, way = p[axis] / radii[axis], (q[axis] - p[axis]) / radii[axis]
        pp += start * start
        pd += start * way
        dd += way * way
    along = norm = 0.0
    for axis in range(3):
        deepest = p[axis] - pd / dd * (q[axis] - p[axis])
        basis[0, axis] = deepest / radii[axis]
        along += basis[0, axis] * p[axis] / radii[axis]
    for axis in range(3):
        basis[0, axis] -= along / pp * p[axis] / radii[axis]
        norm += basis[0, axis] ** 2
    for axis in range(3):
        basis[0, axis] /= math.sqrt(norm)
    for axis in range(3):
        one, two = (axis + 1) % 3, (axis + 2) % 3
        basis[1, axis] = (
            p[one] / radii[one] * basis[0, two] - p[two] / radii[two] * basis[0, one]
        ) / math.sqrt(pp)


@compiled
def _follow(p: Array, q: Array, radii: Array, work: Array, angle: float) -> tuple[float, float]:
    """Length on the surface of the path that starts at `angle`, and its miss; `work` (4, 6) keeps its ends."""
    _start(p, radii, work[2:4], angle, work[0])
    touch = work[0].copy()
    length, miss = _shoot(q, radii, work[0], work[1])
    work[1] = work[0]
    work[0] = touch
    return length, miss


@compiled
def _secant(p: Array, q: Array, radii: Array, work: Array, most: float) -> float:
    """Turns the start from the near side until the path meets q; the length, or `CLEAR` when it is not found."""
    angle = last_angle = last_miss = 0.0
    for turn in range(_TURNS):
        length, miss = _follow(p, q, radii, work, angle)
        if length > most or abs(angle) > _WIDEST:
            return CLEAR
        if abs(miss) < _MISS:
            return length
        step = _NUDGE
        if turn > 0 and miss != last_miss:
            step = -miss * (angle - last_angle) / (miss - last_miss)
            step = min(_LARGEST_TURN, max(-_LARGEST_TURN, step))
        last_angle, last_miss = angle, miss
        angle += step
    return CLEAR


@compiled
def _search(p: Array, q: Array, radii: Array, work: Array, most: float) -> float:
    """The shortest of all paths that meet q, by trying starts all around; `CLEAR` when there is none."""
    best, low, high = most, 0.0, 0.0
    miss_before = length_before = 0.0
    width = 2.0 * math.pi / _TRIES
    for index in range(_TRIES + 1):
        angle = index * width - math.pi
        length, miss = _follow(p, q, radii, work, angle)
        crosses = index > 0 and miss * miss_before <= 0.0 and abs(miss - miss_before) < 2.0
        if crosses and max(length, length_before) < best:
            best, low, high = max(length, length_before), angle - width, angle
        miss_before, length_before = miss, length
    if high == low:
        return CLEAR
    length, at_low = _follow(p, q, radii, work, low)
    for _ in range(40):
        middle = 0.5 * (low + high)
        length, miss = _follow(p, q, radii, work, middle)
        if miss * at_low > 0.0:
            low, at_low = middle, miss
        else:
            high = middle
    return length


@compiled
def ellipsoid(p: Array, q: Array, radii: Array, touch: Array) -> float:
    """Past an ellipsoid with its axes along x, y and z: fills `touch` (2, 3), answers the length on it [m]."""
    if not enters(p, q, radii):
        return CLEAR
    work = np.empty((4, 6))
    _basis(p, q, radii, work[2:4])
    most = 0.0
    for axis in range(3):
        most += (q[axis] - p[axis]) ** 2
    most = _LONGEST * math.sqrt(most)
    length = _secant(p, q, radii, work, most)
    if length == CLEAR:
        length = _search(p, q, radii, work, most)
    touch[0, :], touch[1, :] = work[0, :3], work[1, :3]
    return length
