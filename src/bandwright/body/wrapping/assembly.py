"""Every muscle of one arm at one pose: lengths and their gradients by every degree of freedom.

The path is the shortest, so its length changes only through its straight pieces: each pulls with one newton on the
bones of its two ends, and the pulls' power per rate of a degree of freedom is the gradient.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bandwright.body.wrapping.chain import MOST_CORNERS, bend, distance
from bandwright.numerics.compiled import compiled

Array = NDArray[np.float64]
Ints = NDArray[np.int64]
Surfaces = tuple[Ints, Array, Array, Ints]
Chains = tuple[Ints, Ints, Ints]
"""First point of each muscle (n + 1,), bone of each point (p,), surfaces of each muscle (n, 2) or -1."""


@compiled
def place(bones: Ints, local: Array, xpos: Array, xmat: Array, out: Array) -> None:
    """World positions (p, 3) of points (p, 3) fixed to bodies (p,)."""
    for index in range(len(bones)):
        body = bones[index]
        for axis in range(3):
            out[index, axis] = xpos[body, axis]
            for other in range(3):
                out[index, axis] += xmat[body, 3 * axis + other] * local[index, other]


@compiled
def place_surfaces(bodies: Ints, local: Array, xpos: Array, xmat: Array, out: Array) -> None:
    """World placings (s, 4, 3) of surfaces with local placings (s, 4, 3) on bodies (s,): rotation, origin."""
    for index in range(len(bodies)):
        body = bodies[index]
        for axis in range(3):
            out[index, 3, axis] = xpos[body, axis]
            for column in range(3):
                out[index, axis, column] = 0.0
                for other in range(3):
                    turn = xmat[body, 3 * axis + other]
                    out[index, axis, column] += turn * local[index, other, column]
            for other in range(3):
                out[index, 3, axis] += xmat[body, 3 * axis + other] * local[index, 3, other]


@compiled
def _pull(at: Array, way: Array, sign: float, centre: Array, wrench: Array) -> None:
    """Adds a unit pull at a point to a bone's wrench (6,): moment about `centre`, then force."""
    for axis in range(3):
        one, two = (axis + 1) % 3, (axis + 2) % 3
        wrench[axis] += sign * ((at[one] - centre[one]) * way[two] - (at[two] - centre[two]) * way[one])
        wrench[3 + axis] += sign * way[axis]


@compiled
def solve(
    points: Array, chains: Chains, surfaces: Surfaces, centre: Array, lengths: Array, wrenches: Array
) -> None:
    """Fills lengths (n,) and their change by the motion of each bone (n, bones, 6): turning, then moving.

    `points` (p, 6): world position, and velocity in its bone per unit of travel, whose effect on the length goes
    into the last bone's row, first column.
    """
    starts, bones, wraps = chains
    corners, owner, arcs = np.empty((MOST_CORNERS, 3)), np.empty((MOST_CORNERS, 3), np.int64), np.zeros(2)
    way = np.empty(3)
    wrenches[:] = 0.0
    for muscle in range(len(starts) - 1):
        count = starts[muscle + 1] - starts[muscle]
        for index in range(count):
            corners[index] = points[starts[muscle] + index, :3]
            owner[index, 0], owner[index, 1] = bones[starts[muscle] + index], -1
            owner[index, 2] = starts[muscle] + index
        arcs[:] = 0.0
        count = bend(corners, owner, count, surfaces, wraps[muscle], arcs)
        length = arcs.sum()
        for index in range(count - 1):
            if owner[index, 1] >= 0 and owner[index, 1] == owner[index + 1, 1]:
                continue
            reach = distance(corners[index], corners[index + 1])
            length += reach
            if reach == 0.0:
                continue
            for axis in range(3):
                way[axis] = (corners[index + 1, axis] - corners[index, axis]) / reach
            for end in range(2):
                bone, point = owner[index + end, 0], owner[index + end, 2]
                sign = 2.0 * end - 1.0
                _pull(corners[index + end], way, sign, centre, wrenches[muscle, bone])
                if point >= 0:
                    for axis in range(3):
                        wrenches[muscle, -1, 0] += sign * way[axis] * points[point, 3 + axis]
        lengths[muscle] = length


@compiled
def gradients(wrenches: Array, parents: Ints, dof_bone: Ints, cdof: Array, out: Array) -> None:
    """Length gradients (n, nv) from bone wrenches (n, bones, 6); bones come after their parents, -1 = the trunk.

    `dof_bone` (nv,): the bone a degree of freedom moves, or -1 where it moves all or none of them.
    """
    bones = len(parents)
    for muscle in range(len(wrenches)):
        for bone in range(bones - 1, -1, -1):
            if parents[bone] >= 0:
                wrenches[muscle, parents[bone]] += wrenches[muscle, bone]
        for dof in range(len(dof_bone)):
            out[muscle, dof] = 0.0
            bone = dof_bone[dof]
            if bone >= 0:
                for part in range(6):
                    out[muscle, dof] += cdof[dof, part] * wrenches[muscle, bone, part]


@compiled
def corners_of(points: Array, chains: Chains, surfaces: Surfaces, muscle: int) -> tuple[Array, int]:
    """Corners of one path (m, 4), position and surface or -1, and how many of the rows count."""
    starts, bones, wraps = chains
    corners, owner, arcs = np.empty((MOST_CORNERS, 3)), np.empty((MOST_CORNERS, 3), np.int64), np.zeros(2)
    count = starts[muscle + 1] - starts[muscle]
    for index in range(count):
        corners[index] = points[starts[muscle] + index, :3]
        owner[index, 0], owner[index, 1] = bones[starts[muscle] + index], -1
        owner[index, 2] = starts[muscle] + index
    count = bend(corners, owner, count, surfaces, wraps[muscle], arcs)
    found = np.empty((MOST_CORNERS, 4))
    for index in range(count):
        found[index, :3], found[index, 3] = corners[index], owner[index, 1]
    return found, count
