"""Closed forms: the shortest way past a cylinder or a sphere, in the surface's own axes.

`touch` (3, 3) receives where the path meets and leaves the surface; the answer is the length of the part that
lies on it, or -1 where the path keeps clear.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bandwright.numerics.compiled import compiled

Array = NDArray[np.float64]

CLEAR: Final = -1.0
"""Answer of a path that does not touch the surface."""

_TURN: Final = 2.0 * math.pi
_BACK: Final = 0.5 * math.pi
_BELOW: Final = 1.0 - 1e-4
"""Share of an end's distance from the axis to which a cylinder around it shrinks: a tangent needs some room [-]."""


@compiled
def way_round(p: Array, q: Array) -> int:
    """Which way round the z axis from p to q passes its y < 0 side: 1 counted as angles are, or -1."""
    start = math.atan2(p[1], p[0])
    turn = (math.atan2(q[1], q[0]) - start) % _TURN
    return 1 if math.sin(start + 0.5 * turn) < 0.0 else -1


@compiled
def sweep(p: Array, q: Array, way: int) -> float:
    """Turn [rad] about the z axis from p to q: the shorter one (`way` 0), or the one that goes this way round."""
    turn = math.atan2(p[0] * q[1] - p[1] * q[0], p[0] * q[0] + p[1] * q[1])
    # A quarter turn the wrong way is a path that keeps clear, not one that goes nearly all the way round.
    return way * _TURN + turn if way * turn < -_BACK else turn


@compiled
def cylinder(p: Array, q: Array, size: Array, touch: Array, way: int) -> float:
    """Past a cylinder along z, `size` = (radius, 0, length) [m]: a helix between two tangents.

    A cylinder that reaches beyond one of the ends shrinks to just below it, so that the path stays continuous when
    an end dips in. `touch[2]` then holds the length gained per growth of the radius, and 1 for p or 2 for q.
    """
    from_p, from_q = math.hypot(p[0], p[1]), math.hypot(q[0], q[1])
    radius = min(size[0], _BELOW * from_p, _BELOW * from_q)
    turn = sweep(p, q, way)
    sign = 1.0 if turn >= 0.0 else -1.0
    if way != 0 and way * turn < 0.0:
        return CLEAR
    free_p, free_q = math.acos(radius / from_p), math.acos(radius / from_q)
    bent = abs(turn) - free_p - free_q
    if bent <= 0.0:
        return CLEAR
    to_first = math.sqrt(from_p * from_p - radius * radius)
    to_last = math.sqrt(from_q * from_q - radius * radius)
    # Unrolled, the path is one straight line: height grows evenly along it.
    slope = (q[2] - p[2]) / (to_first + radius * bent + to_last)
    _beside(p, radius, from_p, sign, to_first, touch[0])
    _beside(q, radius, from_q, -sign, to_last, touch[1])
    touch[0, 2] = p[2] + slope * to_first
    touch[1, 2] = q[2] - slope * to_last
    half = 0.5 * size[2]
    if abs(touch[0, 2]) > half and abs(touch[1, 2]) > half:
        return CLEAR
    stretch = math.sqrt(1.0 + slope * slope)
    touch[2, 0] = touch[2, 1] = 0.0
    if radius < size[0]:
        touch[2, 0], touch[2, 1] = _BELOW * bent / stretch, 1.0 if from_p <= from_q else 2.0
    return float(radius * bent * stretch)


@compiled
def _beside(p: Array, radius: float, away: float, sign: float, tangent: float, touch: Array) -> None:
    """Where the tangent from p meets the circle, turned from p by `sign` of the free angle."""
    along, across = radius * radius / (away * away), sign * radius * tangent / (away * away)
    touch[0] = along * p[0] - across * p[1]
    touch[1] = along * p[1] + across * p[0]


@compiled
def sphere(p: Array, q: Array, radius: float, touch: Array) -> float:
    """Past a sphere at the origin: an arc of a great circle between two tangents."""
    pp, qq, pq = float(np.dot(p, p)), float(np.dot(q, q)), float(np.dot(p, q))
    square = radius * radius
    if pp <= square or qq <= square:
        return CLEAR
    from_p, from_q = math.sqrt(pp), math.sqrt(qq)
    turn = math.acos(min(1.0, max(-1.0, pq / (from_p * from_q))))
    free_p, free_q = math.acos(radius / from_p), math.acos(radius / from_q)
    arc = turn - free_p - free_q
    if arc <= 0.0:
        return CLEAR
    # Unit vectors along p and, in the plane of both, at right angles to it.
    scale_p, scale_q = 1.0 / from_p, 1.0 / (from_q * math.sin(turn))
    along = math.cos(turn) / math.sin(turn) * scale_p
    for axis in range(3):
        ahead, across = p[axis] * scale_p, q[axis] * scale_q - p[axis] * along
        first, last = free_p, turn - free_q
        touch[0, axis] = radius * (math.cos(first) * ahead + math.sin(first) * across)
        touch[1, axis] = radius * (math.cos(last) * ahead + math.sin(last) * across)
    return radius * arc
