"""Where a path passes from one surface to another: Newton's method on that one place.

Each half of the path is the shortest from its own end; its length changes with the place by the direction in which it
arrives, and that direction by how the half bows about the surface and how neighbouring halves part.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bandwright.body.wrapping.curved import CLEAR, SOFT_M, Bend
from bandwright.body.wrapping.ellipsoid import SPREAD
from bandwright.body.wrapping.surfaces import (
    ARC,
    BONE,
    CROSSED,
    ELLIPSOID,
    GAIN,
    POINT,
    SOFT,
    SPHERE,
    SURFACE,
    local,
    normal,
    on_surface,
    world,
    wrap,
)
from bandwright.body.wrapping.vectors import Triple, cross, distance, dot, onward, put, row, scaled, unit
from bandwright.numerics.compiled import compiled

Array = NDArray[np.float64]
Pair = tuple[int, int]
Bow = tuple[Triple, float, float]
"""Normal of the surface, and how fast the direction turns with the place along it and sideways [1/m]."""

_TRIES: Final = 8
_STRAIGHT: Final = 1e-6
"""Turn that may be left where the two halves meet [rad]."""


@compiled
def _bow(ends: tuple[Triple, Triple], bend: Bend, surfaces: Array, which: int, spread: float) -> Bow:
    """How a half that comes from the first of `ends` over a surface bows at the other end; `spread`: see `ellipsoid`.

    Up and down it turns about the touch point; sideways as much as neighbouring halves part, over their gap.
    """
    before, reach = distance(ends[0], bend[1]), distance(bend[2], ends[1])
    kind, radius = surfaces[which, 5, 0], surfaces[which, 4, 0]
    if kind == SPHERE:
        cosine, sine = math.cos(bend[0] / radius), math.sin(bend[0] / radius)
        gap, rate = before * cosine + radius * sine, cosine - before * sine / radius
        spread = rate / (gap + reach * rate)
    elif kind != ELLIPSOID:
        spread = 1.0 / (before + bend[0] + reach)
    return normal(bend[2], surfaces, which), 1.0 / reach, spread


@compiled
def _step(bows: tuple[Bow, Bow], ahead: Triple, on: Triple) -> tuple[Triple, bool]:
    """Newton's step of the place at which one half arrives along `ahead` and the other one leaves along `on`.

    Also whether it leads to a shortest path.
    """
    along, slope = unit(onward(ahead, 1.0, on)), onward(ahead, -1.0, on)
    up = unit(onward(bows[0][0], -dot(bows[0][0], along), along))
    side = cross(along, up)
    uu = us = ss = 0.0
    for normal_, turning, parting in bows:
        cosine, sine = dot(normal_, up), dot(normal_, side)
        uu += turning * cosine * cosine + parting * sine * sine
        us += (turning - parting) * cosine * sine
        ss += turning * sine * sine + parting * cosine * cosine
    u, s, whole = dot(slope, up), dot(slope, side), uu * ss - us * us
    return onward(scaled(up, (us * s - ss * u) / whole), (us * u - uu * s) / whole, side), whole > 0.0


@compiled
def lay_out(corners: Array, count: int, surfaces: Array, wraps: Pair) -> None:
    """Makes a path of `count` corners one of six from its first to its last, on two surfaces, with no places yet."""
    corners[5] = corners[count - 1]
    for order in range(2):
        for index in range(1 + 2 * order, 3 + 2 * order):
            corners[index, BONE] = surfaces[wraps[order], 5, 1]
            corners[index, SURFACE], corners[index, POINT] = wraps[order], -1.0


@compiled
def cross_over(corners: Array, surfaces: Array, wraps: Pair, bends: Array, at: Triple) -> bool:
    """Sets a path of six corners right that lies on one surface and then on the other, and passes near a place.

    False, and nothing changed, where it is no such path or the method does not settle.
    """
    if not (on_surface(corners, 1) and on_surface(corners, 3)):
        return False
    one, two = (0, 1) if corners[1, SURFACE] == wraps[0] else (1, 0)
    p, q = row(corners, 0), row(corners, 5)
    bends[one, SOFT], bends[one, SOFT + 1], bends[two, SOFT], bends[two, SOFT + 1] = SOFT_M, 0.0, 0.0, SOFT_M
    for _ in range(_TRIES):
        a = wrap(p, at, surfaces, wraps[one], bends, one)
        b = wrap(at, q, surfaces, wraps[two], bends, two)
        if a[0] == CLEAR or b[0] == CLEAR or a[3] < 0.0 or b[3] > 0.0:
            # The place lies in one of the surfaces, or a half no longer touches its own.
            return False
        ahead, on = unit(onward(at, -1.0, a[2])), unit(onward(b[1], -1.0, at))
        if distance(ahead, on) < _STRAIGHT:
            for index, touch in enumerate((a[1], a[2], b[1], b[2])):
                put(corners, 1 + index, touch)
            bends[one, ARC], bends[one, GAIN], bends[two, ARC], bends[two, GAIN] = a[0], a[3], b[0], b[3]
            bends[0, CROSSED] = 1.0 if one == 0 else -1.0
            bends[0, CROSSED + 1], bends[0, CROSSED + 2], bends[0, CROSSED + 3] = local(
                at, surfaces, wraps[0]
            )
            return True
        first = _bow((p, at), a, surfaces, wraps[one], bends[one, SPREAD])
        back = (b[0], b[2], b[1], b[3])
        second = _bow((q, at), back, surfaces, wraps[two], bends[two, SPREAD])
        step, sound = _step((first, second), ahead, on)
        if not sound:
            return False
        at = onward(at, 1.0, step)
    return False


@compiled
def cross_again(corners: Array, surfaces: Array, wraps: Pair, bends: Array) -> bool:
    """Makes a path from one point to the next one over both surfaces that crosses near where it did one pose before.

    False, and nothing changed but that it is forgotten, where it did not or `cross_over` finds no such path.
    """
    order = bends[0, CROSSED]
    if order == 0.0:
        return False
    before = corners.copy()
    lay_out(corners, 2, surfaces, wraps if order > 0.0 else (wraps[1], wraps[0]))
    at = world((bends[0, CROSSED + 1], bends[0, CROSSED + 2], bends[0, CROSSED + 3]), surfaces, wraps[0])
    if cross_over(corners, surfaces, wraps, bends, at):
        return True
    corners[:], bends[0, CROSSED] = before, 0.0
    return False
