"""One path past one surface, both in the world, and what a path and its surfaces are made of.

A path is a table of corners (m, 6), of which the first `count` are in use: place [m], bone, surface or -1, path
point or -1. Of each of a muscle's two surfaces one row of `bends` (2, 20) keeps what is known of the path there, see
below. Surfaces (s, 6, 3): see `placing.Tables`.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from bandwright.body.wrapping.curved import CLEAR, FREE, Bend, cylinder, sphere
from bandwright.body.wrapping.ellipsoid import ellipsoid
from bandwright.body.wrapping.vectors import Triple, onward, row, unit
from bandwright.numerics.compiled import compiled

Array = NDArray[np.float64]

SPHERE: Final = 0
CYLINDER: Final = 1
ELLIPSOID: Final = 2
LOWER: Final = 3
"""A cylinder whose path must pass on the side with y < 0."""

MOST_CORNERS: Final = 16
"""Rows of the table; the longest path of points needs a dozen."""
BONE: Final = 3
SURFACE: Final = 4
POINT: Final = 5
"""Columns of the corners."""
ARC: Final = 0
GAIN: Final = 1
CREASE: Final = 2
WAY: Final = 3
PRESS: Final = 8
CROSSED: Final = 11
SOFT: Final = 15
KEPT: Final = 20
"""Columns of the bends and their number: length on the surface and that gained per growth, see `curved.Bend`; 1
where the path runs in the crease between both; the way round; then four that `ellipsoid` keeps; three parts of a pull
that a crease passes on, see `crease`; and where the path last crossed from one surface to the other, see `crossing`:
1 or -1 by which came first, and the place in the axes of the first surface; how softly a cylinder shrinks to
either end, see `curved`; and three more that `ellipsoid` keeps."""


@compiled
def on_surface(corners: Array, index: int) -> bool:
    """Whether the path lies on a surface from this corner to the next."""
    return bool(corners[index, SURFACE] >= 0.0 and corners[index, SURFACE] == corners[index + 1, SURFACE])


@compiled
def local(at: Triple, surfaces: Array, which: int) -> Triple:
    """A point of the world in the surface's own axes."""
    s, k = surfaces, which
    x, y, z = at[0] - s[k, 3, 0], at[1] - s[k, 3, 1], at[2] - s[k, 3, 2]
    return (
        s[k, 0, 0] * x + s[k, 1, 0] * y + s[k, 2, 0] * z,
        s[k, 0, 1] * x + s[k, 1, 1] * y + s[k, 2, 1] * z,
        s[k, 0, 2] * x + s[k, 1, 2] * y + s[k, 2, 2] * z,
    )


@compiled
def world(at: Triple, surfaces: Array, which: int) -> Triple:
    """A point in the surface's own axes in the world."""
    s, k, x, y, z = surfaces, which, at[0], at[1], at[2]
    return (
        s[k, 3, 0] + s[k, 0, 0] * x + s[k, 0, 1] * y + s[k, 0, 2] * z,
        s[k, 3, 1] + s[k, 1, 0] * x + s[k, 1, 1] * y + s[k, 1, 2] * z,
        s[k, 3, 2] + s[k, 2, 0] * x + s[k, 2, 1] * y + s[k, 2, 2] * z,
    )


@compiled
def wrap(p: Triple, q: Triple, surfaces: Array, which: int, bends: Array, order: int) -> Bend:
    """Shortest way from p to q past one surface, all in the world; `order`: the surface's row in `bends`."""
    near, far = local(p, surfaces, which), local(q, surfaces, which)
    size, kind = (surfaces[which, 4, 0], surfaces[which, 4, 1], surfaces[which, 4, 2]), surfaces[which, 5, 0]
    if kind == SPHERE:
        arc, first, last, gain = sphere(near, far, size[0])
    elif kind == ELLIPSOID:
        arc, first, last, gain = ellipsoid(near, far, size, bends, order)
    else:
        soft = (bends[order, SOFT], bends[order, SOFT + 1])
        arc, first, last, gain = cylinder(near, far, (size[0], size[2]), bends[order, WAY], soft)
    if arc == CLEAR:
        return FREE
    return arc, world(first, surfaces, which), world(last, surfaces, which), gain


@compiled
def normal(at: Triple, surfaces: Array, which: int) -> Triple:
    """Unit normal of a surface at one of its points."""
    x, y, z = local(at, surfaces, which)
    if surfaces[which, 5, 0] == ELLIPSOID:
        size = row(surfaces[which], 4)
        x, y, z = x / size[0] ** 2, y / size[1] ** 2, z / size[2] ** 2
    elif surfaces[which, 5, 0] != SPHERE:
        z = 0.0
    way = onward(world((x, y, z), surfaces, which), -1.0, row(surfaces[which], 3))
    return unit(way)
