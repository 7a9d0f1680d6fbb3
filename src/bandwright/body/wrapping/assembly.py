"""Every muscle of one arm at one pose: lengths and their gradients by every degree of freedom.

The path is the shortest, so its length changes only through its straight pieces: each pulls with one newton on the
bones of its two ends, and the pulls' power per rate of a degree of freedom is the gradient.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from bandwright.body.wrapping.chain import MOST_CORNERS, bend, distance
from bandwright.body.wrapping.placing import Placed, Pose, Surfaces, Tables, elevation, place, place_surfaces
from bandwright.numerics.compiled import compiled

Array = NDArray[np.float64]
Ints = NDArray[np.int64]
Path = tuple[Array, Ints, Array, Ints]
"""Corners (m, 3) and their owners (m, 3), lengths on the surfaces (2, 2) and the ways round them (2,)."""


@compiled
def _pull(at: Array, way: Array, sign: float, centre: Array, wrench: Array) -> None:
    """Adds a unit pull at a point to a bone's wrench (6,): moment about `centre`, then force."""
    x, y, z = at[0] - centre[0], at[1] - centre[1], at[2] - centre[2]
    u, v, s = sign * way[0], sign * way[1], sign * way[2]
    wrench[0] += y * s - z * v
    wrench[1] += z * u - x * s
    wrench[2] += x * v - y * u
    wrench[3] += u
    wrench[4] += v
    wrench[5] += s


@compiled
def _press(
    path: Path, count: int, surfaces: Surfaces, shrunk: tuple[int, float, Array], wrenches: Array
) -> None:
    """Adds the pull between a cylinder's axis and the corner it has shrunk to.

    `shrunk`: the surface, the second answer of `insert` and the point moments are taken about.
    """
    which, gain, centre = shrunk
    corners, owner = path[0], path[1]
    placing, way = surfaces[2][which], np.empty(3)
    for index in range(1, count - 1):
        if owner[index, 1] != which or owner[index + 1, 1] != which:
            continue
        inner = index - 1 if gain > 0.0 else index + 2
        along = size = 0.0
        for axis in range(3):
            way[axis] = corners[inner, axis] - placing[3, axis]
            along += way[axis] * placing[axis, 2]
        for axis in range(3):
            way[axis] -= along * placing[axis, 2]
            size += way[axis] * way[axis]
        for axis in range(3):
            way[axis] *= abs(gain) / math.sqrt(size)
        _pull(corners[inner], way, 1.0, centre, wrenches[owner[inner, 0]])
        _pull(corners[inner], way, -1.0, centre, wrenches[owner[index, 0]])


@compiled
def lay(muscle: int, tables: Tables, placed: Placed, path: Path, guesses: Array) -> int:
    """Fills the corners, their owners and the arcs of one muscle's path, see `bend`; the count of corners."""
    points, surfaces = placed
    corners, owner, arcs, ways = path
    starts, bones = tables[4], tables[1]
    count = starts[muscle + 1] - starts[muscle]
    for index in range(count):
        point = starts[muscle] + index
        for axis in range(3):
            corners[index, axis] = points[point, axis]
        owner[index, 0], owner[index, 1], owner[index, 2] = bones[point], -1, point
    return bend(corners, owner, count, surfaces, (tables[5][muscle], ways, arcs, guesses[muscle]))


@compiled
def _tension(path: Path, count: int, points: Array, centre: Array, wrenches: Array) -> float:
    """Length of the straight pieces; adds their pulls to the bones' wrenches (bones + 1, 6).

    What travelling points take up per unit of travel goes into the last row, first column.
    """
    corners, owner = path[0], path[1]
    way = np.empty(3)
    length = 0.0
    for index in range(count - 1):
        if owner[index, 1] >= 0 and owner[index, 1] == owner[index + 1, 1]:
            continue
        reach = distance(corners[index], corners[index + 1])
        if reach == 0.0:
            continue
        length += reach
        for axis in range(3):
            way[axis] = (corners[index + 1, axis] - corners[index, axis]) / reach
        for end in range(2):
            sign, point = 2.0 * end - 1.0, owner[index + end, 2]
            _pull(corners[index + end], way, sign, centre, wrenches[owner[index + end, 0]])
            if point >= 0:
                for axis in range(3):
                    wrenches[-1, 0] += sign * way[axis] * points[point, 3 + axis]
    return length


@compiled
def _gradient(wrenches: Array, tables: Tables, pose: Pose, out: Array) -> None:
    """Length gradient (nv,) from bone wrenches (bones + 1, 6), of which each bone's goes into its parent's."""
    parents, dofs = tables[10], tables[11]
    for bone in range(len(parents) - 1, -1, -1):
        if parents[bone] >= 0:
            for part in range(6):
                wrenches[parents[bone], part] += wrenches[bone, part]
    out[:] = 0.0
    for index in range(len(dofs)):
        dof, bone = dofs[index]
        for part in range(6):
            out[dof] += pose[2][dof, part] * wrenches[bone, part]


@compiled
def room() -> Path:
    """Room for one path."""
    return (
        np.empty((MOST_CORNERS, 3)),
        np.empty((MOST_CORNERS, 3), np.int64),
        np.empty((2, 2)),
        np.empty(2, np.int64),
    )


@compiled
def evaluate(
    tables: Tables, pose: Pose, placed: Placed, guesses: Array, lengths: Array, gradients: Array
) -> None:
    """Fills lengths (n,) and gradients (n, nv) of all muscles of one side; `placed` is room to work in."""
    points, surfaces = placed
    raised, rate = elevation(tables, pose)
    place(tables, pose, raised, points)
    place_surfaces(tables, pose, surfaces[2])
    path, wrenches = room(), np.empty((len(tables[10]) + 1, 6))
    arcs, ball = path[2], tables[12][0]
    for muscle in range(len(lengths)):
        wrenches[:] = 0.0
        count = lay(muscle, tables, placed, path, guesses)
        lengths[muscle] = arcs[0, 0] + arcs[0, 1] + _tension(path, count, points, pose[3], wrenches)
        for order in range(2):
            if arcs[1, order] != 0.0:
                shrunk = (tables[5][muscle, order], arcs[1, order], pose[3])
                _press(path, count, surfaces, shrunk, wrenches)
        travel = wrenches[-1, 0]
        _gradient(wrenches, tables, pose, gradients[muscle])
        for axis in range(3):
            gradients[muscle, ball + axis] += travel * rate[axis]
