"""Closed forms: the shortest way past a cylinder or a sphere, in the surface's own axes.

`touch` (2, 3) receives where the path meets and leaves the surface; the answer is the length of the part that
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


@compiled
def sweep(start: float, end: float, lower: int) -> float:
    """Signed turn [rad] from one bearing to another: the shorter one, or the one whose middle has y < 0."""
    turn = (end - start) % _TURN
    if lower:
        return turn if math.sin(start + 0.5 * turn) < 0.0 else turn - _TURN
    return turn if turn <= math.pi else turn - _TURN


@compiled
def cylinder(p: Array, q: Array, size: Array, touch: Array, lower: int) -> float:
    """Past a cylinder along z, `size` = (radius, 0, length) [m]: a helix between two tangents."""
    radius = size[0]
    from_p, from_q = math.hypot(p[0], p[1]), math.hypot(q[0], q[1])
    if from_p <= radius or from_q <= radius:
        return CLEAR
    at_p, at_q = math.atan2(p[1], p[0]), math.atan2(q[1], q[0])
    turn = sweep(at_p, at_q, lower)
    sign = 1.0 if turn >= 0.0 else -1.0
    free_p, free_q = math.acos(radius / from_p), math.acos(radius / from_q)
    arc = radius * (abs(turn) - free_p - free_q)
    if arc <= 0.0:
        return CLEAR
    first, last = at_p + sign * free_p, at_q - sign * free_q
    to_first = math.sqrt(from_p * from_p - radius * radius)
    to_last = math.sqrt(from_q * from_q - radius * radius)
    # Unrolled, the path is one straight line: height grows evenly along it.
    slope = (q[2] - p[2]) / (to_first + arc + to_last)
    touch[0, 0], touch[0, 1] = radius * math.cos(first), radius * math.sin(first)
    touch[0, 2] = p[2] + slope * to_first
    touch[1, 0], touch[1, 1] = radius * math.cos(last), radius * math.sin(last)
    touch[1, 2] = q[2] - slope * to_last
    half = 0.5 * size[2]
    if abs(touch[0, 2]) > half and abs(touch[1, 2]) > half:
        return CLEAR
    return float(arc * math.sqrt(1.0 + slope * slope))


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
