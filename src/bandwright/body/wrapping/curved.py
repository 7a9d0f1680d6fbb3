"""Closed forms: the shortest way past a cylinder or a sphere, in the surface's own axes."""

from __future__ import annotations

import math
from typing import Final

from bandwright.body.wrapping.vectors import Triple, dot, onward, scaled
from bandwright.numerics.compiled import compiled

Bend = tuple[float, Triple, Triple, float]
"""Length of the part that lies on the surface, or `CLEAR`; where the path meets and leaves it; and the length gained
per growth of a cylinder that has shrunk to the first end (positive) or to the last (negative)."""

CLEAR: Final = -1.0
"""Length of a path that does not touch the surface."""
FREE: Final = (CLEAR, (0.0, 0.0, 0.0), (0.0, 0.0, 0.0), 0.0)
"""The bend of such a path."""

_TURN: Final = 2.0 * math.pi
_BACK: Final = 0.5 * math.pi
BELOW: Final = 1.0 - 1e-4
"""Share of an end's distance from the axis to which a cylinder around it shrinks: a tangent needs some room [-]."""
SOFT_M: Final = 0.1e-3
"""Half the way over which a cylinder begins to shrink to a muscle's own end; at once, and a moment arm would step."""


@compiled
def way_round(p: Triple, q: Triple) -> int:
    """Which way round the z axis from p to q passes its y < 0 side: 1 counted as angles are, or -1."""
    start = math.atan2(p[1], p[0])
    turn = (math.atan2(q[1], q[0]) - start) % _TURN
    return 1 if math.sin(start + 0.5 * turn) < 0.0 else -1


@compiled
def sweep(p: Triple, q: Triple, way: int) -> float:
    """Turn [rad] about the z axis from p to q: the shorter one (`way` 0), or the one that goes this way round."""
    turn = math.atan2(p[0] * q[1] - p[1] * q[0], p[0] * q[0] + p[1] * q[1])
    # A quarter turn the wrong way is a path that keeps clear, not one that goes nearly all the way round.
    return way * _TURN + turn if way * turn < -_BACK else turn


@compiled
def _shrunk(radius: float, reach: float, soft: float) -> tuple[float, float]:
    """The radius of a cylinder beside an end at this distance from its axis, and how fast it grows with that.

    It begins to shrink when it comes within `soft` of the end [m], and is just below it when it is as far beyond.
    """
    over = soft - (BELOW * reach - radius)
    if over <= 0.0:
        return radius, 0.0
    if over >= 2.0 * soft:
        return BELOW * reach, BELOW
    return radius - over * over / (4.0 * soft), BELOW * over / (2.0 * soft)


@compiled
def cylinder(p: Triple, q: Triple, size: tuple[float, float], way: int, soft: tuple[float, float]) -> Bend:
    """Past a cylinder along z, `size` its radius and length: a helix between two tangents.

    A cylinder that reaches beyond one of the ends shrinks to just below it, so that the path stays continuous when
    an end dips in; `soft`: see `_shrunk`, for each end.
    """
    from_p, from_q = math.sqrt(p[0] * p[0] + p[1] * p[1]), math.sqrt(q[0] * q[0] + q[1] * q[1])
    by_p, by_q = _shrunk(size[0], from_p, soft[0]), _shrunk(size[0], from_q, soft[1])
    radius, growth = (by_p[0], by_p[1]) if by_p[0] <= by_q[0] else (by_q[0], -by_q[1])
    turn = sweep(p, q, way)
    sign = 1.0 if turn >= 0.0 else -1.0
    if way != 0 and way * turn < 0.0:
        return FREE
    bent = abs(turn) - math.acos(radius / from_p) - math.acos(radius / from_q)
    if bent <= 0.0:
        return FREE
    to_first = math.sqrt(from_p * from_p - radius * radius)
    to_last = math.sqrt(from_q * from_q - radius * radius)
    # Unrolled, the path is one straight line: height grows evenly along it.
    slope = (q[2] - p[2]) / (to_first + radius * bent + to_last)
    first = _beside(p, radius, sign * to_first, p[2] + slope * to_first)
    last = _beside(q, radius, -sign * to_last, q[2] - slope * to_last)
    half = 0.5 * size[1]
    if abs(first[2]) > half and abs(last[2]) > half:
        return FREE
    stretch = math.sqrt(1.0 + slope * slope)
    return radius * bent * stretch, first, last, growth * bent / stretch


@compiled
def _beside(p: Triple, radius: float, tangent: float, height: float) -> Triple:
    """Where the tangent from p, this long and to this side, meets the circle; at this height."""
    share = radius / (radius * radius + tangent * tangent)
    along, across = radius * share, tangent * share
    return (along * p[0] - across * p[1], along * p[1] + across * p[0], height)


@compiled
def enters(p: Triple, q: Triple, radius: float) -> bool:
    """Whether both ends lie outside a sphere and the straight line between them passes through it."""
    way = onward(q, -1.0, p)
    square, along, whole = dot(p, p) - radius * radius, dot(p, way), dot(way, way)
    if square <= 0.0 or along >= 0.0 or along + whole <= 0.0:
        return False
    return square * whole < along * along and dot(q, q) > radius * radius


@compiled
def sphere(p: Triple, q: Triple, radius: float) -> Bend:
    """Past a sphere at the origin: an arc of a great circle between two tangents."""
    if not enters(p, q, radius):
        return FREE
    pp, qq, pq = dot(p, p), dot(q, q), dot(p, q)
    from_p, from_q = math.sqrt(pp), math.sqrt(qq)
    turn = math.acos(min(1.0, max(-1.0, pq / (from_p * from_q))))
    bent = turn - math.acos(radius / from_p) - math.acos(radius / from_q)
    if bent <= 0.0:
        return FREE
    across = math.sqrt(pp * qq - pq * pq)
    first = _ahead(p, q, (pp, pq), across, radius)
    return radius * bent, first, _ahead(q, p, (qq, pq), across, radius), 0.0


@compiled
def _ahead(p: Triple, q: Triple, products: tuple[float, float], across: float, radius: float) -> Triple:
    """Where the tangent from p toward q meets the sphere, given p p, p q and the size of p x q."""
    pp, pq = products
    share = radius * math.sqrt(pp - radius * radius) / (pp * across)
    return onward(scaled(p, radius * radius / pp - share * pq), share * pp, q)
