"""Where path points and surfaces of one arm are in the world, from the poses of its bones."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bandwright.numerics.compiled import compiled

Array = NDArray[np.float64]
Ints = NDArray[np.int64]

Tables = tuple[Ints, Ints, Array, Array, Ints, Ints, Array, Ints, Ints, Ints, Array]
"""One side; p points, s surfaces, n muscles: body of each bone; of the points bone (p,), place (p, 3) and drift with
arm elevation (p, 3); first point of each muscle (n + 1,) and its surfaces (n, 2) or -1; surfaces in their bones
(s, 6, 3); parent of each bone or -1; degrees of freedom and the bone each moves (d, 2); first degree of freedom of
the ball joint (1,); axis of its third turn (3,).

A surface's rows: three of its rotation, its origin, its size, and its kind, bone and number."""
Pose = tuple[Array, Array, Array, Array]
"""Of all bodies: positions (b, 3) and rotations (b, 9), motions by degree of freedom (nv, 6), and the point (3,) that
they are taken about."""
Placed = tuple[Array, Array]
"""In the world: points with their drift and bone (p, 7), and surfaces (s, 6, 3)."""

SCAPULA: Final = 2
HUMERUS: Final = 3
_LEAST_SINE: Final = 1e-6


@compiled
def elevation(tables: Tables, pose: Pose) -> tuple[float, tuple[float, float, float]]:
    """Arm elevation as the source counts it [rad], and its rate by the three turns of the ball joint.

    The source turns the humerus about y, then -x, then its own long axis a; only the middle turn tilts a from
    the scapula's y axis, so the tilt's cosine a_y cos e + a_z sin e gives e.
    """
    bodies, axis, ball = tables[0], tables[10], tables[9][0]
    scapula, humerus = pose[1][bodies[SCAPULA]], pose[1][bodies[HUMERUS]]
    up = (scapula[1], scapula[4], scapula[7])
    x = humerus[0] * axis[0] + humerus[1] * axis[1] + humerus[2] * axis[2]
    y = humerus[3] * axis[0] + humerus[4] * axis[1] + humerus[5] * axis[2]
    z = humerus[6] * axis[0] + humerus[7] * axis[1] + humerus[8] * axis[2]
    square, cosine = axis[1] * axis[1] + axis[2] * axis[2], up[0] * x + up[1] * y + up[2] * z
    size = math.sqrt(square)
    raised = math.acos(min(1.0, max(-1.0, cosine / size))) - math.atan2(abs(axis[2]), axis[1])
    sine = max(math.sqrt(max(square - cosine * cosine, 0.0)), _LEAST_SINE)
    cross = (y * up[2] - z * up[1], z * up[0] - x * up[2], x * up[1] - y * up[0])
    first, second, third = pose[2][ball], pose[2][ball + 1], pose[2][ball + 2]
    return raised, (
        -(first[0] * cross[0] + first[1] * cross[1] + first[2] * cross[2]) / sine,
        -(second[0] * cross[0] + second[1] * cross[1] + second[2] * cross[2]) / sine,
        -(third[0] * cross[0] + third[1] * cross[1] + third[2] * cross[2]) / sine,
    )


@compiled
def place(tables: Tables, pose: Pose, raised: float, placed: Placed) -> None:
    """Places the path points, when the arm is raised by `raised` [rad], and the surfaces."""
    bodies, bones, local, drift, surfaces = tables[0], tables[1], tables[2], tables[3], tables[6]
    for index in range(len(bones)):
        body, out = bodies[bones[index]], placed[0]
        x, y, z = drift[index, 0], drift[index, 1], drift[index, 2]
        for axis in range(3):
            a, b, c = pose[1][body, 3 * axis], pose[1][body, 3 * axis + 1], pose[1][body, 3 * axis + 2]
            moving = a * x + b * y + c * z
            at = a * local[index, 0] + b * local[index, 1] + c * local[index, 2]
            out[index, axis] = pose[0][body, axis] + at + raised * moving
            out[index, 3 + axis] = moving
        out[index, 6] = bones[index]
    for index in range(len(surfaces)):
        _place_surface(surfaces[index], pose, bodies[int(surfaces[index, 5, 1])], placed[1][index])


@compiled
def _place_surface(surface: Array, pose: Pose, body: int, out: Array) -> None:
    """One surface (6, 3) in the world, from that in its bone."""
    for axis in range(3):
        a, b, c = pose[1][body, 3 * axis], pose[1][body, 3 * axis + 1], pose[1][body, 3 * axis + 2]
        for column in range(3):
            out[axis, column] = a * surface[0, column] + b * surface[1, column] + c * surface[2, column]
        out[3, axis] = pose[0][body, axis] + a * surface[3, 0] + b * surface[3, 1] + c * surface[3, 2]
        out[4, axis], out[5, axis] = surface[4, axis], surface[5, axis]
