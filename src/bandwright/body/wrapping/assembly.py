"""Every muscle of one arm at one pose: lengths and their gradients by every degree of freedom.

The path is the shortest, so its length changes only through its straight pieces: each pulls with one newton on the
bones of its two ends, and the pulls' power per rate of a degree of freedom is the gradient.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bandwright.body.wrapping.chain import lay
from bandwright.body.wrapping.drawing import draw
from bandwright.body.wrapping.ellipsoid import ANGLE, foresee
from bandwright.body.wrapping.placing import Ints, Pose, Tables, elevation, place
from bandwright.body.wrapping.surfaces import (
    ARC,
    BONE,
    CREASE,
    CROSSED,
    GAIN,
    MOST_CORNERS,
    POINT,
    PRESS,
    SURFACE,
    on_surface,
)
from bandwright.body.wrapping.vectors import Triple, cross, dot, onward, row, scaled
from bandwright.numerics.compiled import compiled

Array = NDArray[np.float64]
_LIKE_RAD: Final = 0.25
"""How far bones may turn from pose to pose for paths to be sought near where they were: further, and there might be
another path, which a search from nothing finds."""
Room = tuple[Array, Array, Array, Array]
"""The world's points and surfaces, see `placing.Placed`; corners of one path, and wrenches (bones + 1, 6, n)."""
Found = tuple[Array, Array, Array]
"""Lengths (n,) [m], their gradients (nv, n) [m/rad] and points along the paths (n, k, 3) [m], k = 0 for none."""


@compiled
def _pull(at: Triple, force: Triple, wrenches: Array, bone: int, muscle: int) -> None:
    """Adds the force at a point to a bone's wrench: moment, then force."""
    moment = cross(at, force)
    for axis in range(3):
        wrenches[bone, axis, muscle] += moment[axis]
        wrenches[bone, 3 + axis, muscle] += force[axis]


@compiled
def _tension(
    corners: Array, count: int, points: Array, centre: Triple, wrenches: Array, muscle: int
) -> float:
    """Length of the straight pieces; adds their pulls to the bones' wrenches (bones + 1, 6, n) about `centre`.

    What travelling points take up per unit of travel goes into the last row.
    """
    length = 0.0
    for index in range(count - 1):
        if on_surface(corners, index):
            continue
        start = onward(row(corners, index), -1.0, centre)
        way = onward(onward(row(corners, index + 1), -1.0, centre), -1.0, start)
        reach = math.sqrt(dot(way, way))
        if reach == 0.0:
            continue
        length += reach
        way = scaled(way, 1.0 / reach)
        # Both ends' pulls lie on one line.
        _pull(start, scaled(way, -1.0), wrenches, int(corners[index, BONE]), muscle)
        _pull(start, way, wrenches, int(corners[index + 1, BONE]), muscle)
        for end in range(2):
            point = int(corners[index + end, POINT])
            if point >= 0:
                drift = (points[point, 3], points[point, 4], points[point, 5])
                wrenches[-1, 0, muscle] += (2.0 * end - 1.0) * dot(way, drift)
    return length


@compiled
def _press(
    corners: Array, count: int, surface: Array, gain: float, centre: Triple
) -> tuple[int, Triple, Triple]:
    """The pull between a cylinder's axis and the corner it has shrunk to: the corner, its place and the force.

    `gain`: in length, see `curved.Bend`; `centre`: the point moments are taken about.
    """
    inner = 0
    for index in range(1, count - 1):
        if corners[index, SURFACE] == surface[5, 2] and on_surface(corners, index):
            inner = index - 1 if gain > 0.0 else index + 2
    axis = (surface[0, 2], surface[1, 2], surface[2, 2])
    way = onward(row(corners, inner), -1.0, row(surface, 3))
    way = onward(way, -dot(way, axis), axis)
    return inner, onward(row(corners, inner), -1.0, centre), scaled(way, abs(gain) / math.sqrt(dot(way, way)))


@compiled
def _gradients(wrenches: Array, tables: Tables, motions: Array, rate: Triple, out: Array) -> None:
    """Gradients of length (nv, n) from bone wrenches (bones + 1, 6, n); each bone's goes into its parent's."""
    parents, dofs, ball, muscles = tables[7], tables[8], tables[9][0], range(out.shape[1])
    for bone in range(len(parents) - 1, 0, -1):
        for part in range(6):
            for muscle in muscles:
                wrenches[parents[bone], part, muscle] += wrenches[bone, part, muscle]
    out[:] = 0.0
    for index in range(len(dofs)):
        dof, w = dofs[index, 0], wrenches[dofs[index, 1]]
        turn, slide = row(motions, dof), (motions[dof, 3], motions[dof, 4], motions[dof, 5])
        for muscle in muscles:
            moment = (w[0, muscle], w[1, muscle], w[2, muscle])
            out[dof, muscle] = dot(turn, moment) + dot(slide, (w[3, muscle], w[4, muscle], w[5, muscle]))
    for axis in range(3):
        for muscle in muscles:
            out[ball + axis, muscle] += rate[axis] * wrenches[-1, 0, muscle]


@compiled
def evaluate(tables: Tables, pose: Pose, room: Room, bends: Array, found: Found) -> None:
    """Fills what is found of all muscles of one side at one pose; `room` is to work in."""
    starts, wraps = tables[4], tables[5]
    points, surfaces, corners, wrenches = room
    lengths, gradients, lines = found
    raised, rate = elevation(tables, pose)
    place(tables, pose, raised, (points, surfaces))
    wrenches[:] = 0.0
    centre = (pose[3][0], pose[3][1], pose[3][2])
    for muscle in range(len(lengths)):
        own, over = bends[muscle], (wraps[muscle, 0], wraps[muscle, 1])
        for order in range(2):
            foresee(own, order)
        count = lay(corners, points, (starts[muscle], starts[muscle + 1]), surfaces, over, own)
        straight = _tension(corners, count, points, centre, wrenches, muscle)
        lengths[muscle] = own[0, ARC] + own[1, ARC] + straight
        for order in range(2):
            if own[order, GAIN] != 0.0:
                inner, at, force = _press(corners, count, surfaces[over[order]], own[order, GAIN], centre)
                _pull(at, force, wrenches, int(corners[inner, BONE]), muscle)
                _pull(at, scaled(force, -1.0), wrenches, int(surfaces[over[order], 5, 1]), muscle)
        if own[0, CREASE] != 0.0:
            for order, at in enumerate((row(corners, 3), row(surfaces[over[1]], 3))):
                force, arm = (
                    (own[order, PRESS], own[order, PRESS + 1], own[order, PRESS + 2]),
                    onward(at, -1.0, centre),
                )
                _pull(arm, force, wrenches, int(surfaces[over[1], 5, 1]), muscle)
                _pull(arm, scaled(force, -1.0), wrenches, int(surfaces[over[0], 5, 1]), muscle)
        if lines.shape[1] > 0:
            draw(corners, count, lines[muscle])
    _gradients(wrenches, tables, pose[2], rate, gradients)


@compiled
def _far(before: Array, after: Array, bodies: Ints) -> bool:
    """Whether a bone has turned by more than `_LIKE_RAD` between two poses, all rotations (b, 9)."""
    for body in bodies:
        trace = 0.0
        for part in range(9):
            trace += before[body, part] * after[body, part]
        if trace < 1.0 + 2.0 * math.cos(_LIKE_RAD):
            return True
    return False


@compiled
def evaluate_all(tables: Tables, poses: Pose, bends: Array, found: Found) -> None:
    """`evaluate` at each of K poses, all arrays of `poses` and `found` with a leading axis K."""
    points, surfaces = np.empty((len(tables[1]), 7)), np.empty_like(tables[6])
    room = (points, surfaces, np.empty((MOST_CORNERS, 6)), np.empty((len(tables[7]) + 1, 6, len(bends))))
    for index in range(len(found[0])):
        pose = (poses[0][index], poses[1][index], poses[2][index], poses[3][index])
        here = (found[0][index], found[1][index], found[2][index])
        if index > 0 and _far(poses[1][index - 1], poses[1][index], tables[0]):
            bends[:, 0, CROSSED] = bends[:, :, ANGLE] = 0.0
        evaluate(tables, pose, room, bends, here)
