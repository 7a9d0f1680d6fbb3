"""The anatomy's muscle paths as the arrays the path solver works on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import mujoco
import numpy as np
from numpy.typing import NDArray

from bandwright.body.anatomy import Anatomy, PathPoint, WrapSurface
from bandwright.body.person import Side
from bandwright.body.rotations import MIRROR, from_euler_xyz, unit
from bandwright.body.scaling import Proportions
from bandwright.body.wrapping.placing import Tables
from bandwright.body.wrapping.surfaces import CYLINDER, ELLIPSOID, LOWER, SPHERE

Array = NDArray[np.float64]
Ints = NDArray[np.int64]

BONES: Final = ("thorax", "clavicle", "scapula", "humerus", "ulna", "radius")
"""Bones that carry muscles, each after its parent."""

_PARENTS: Final = np.array([-1, 0, 0, 2, 3, 4])
_KINDS: Final = {"sphere": SPHERE, "cylinder": CYLINDER, "ellipsoid": ELLIPSOID}
_CARRIERS: Final = {"scapula_glide": "scapula", "scapula_turn": "scapula"}
_MOST_SURFACES: Final = 2


def path_tables(model: mujoco.MjModel, anatomy: Anatomy, sizes: Proportions, side: Side) -> Tables:
    """All paths of one side at this person's size."""
    mirror = MIRROR if side == "l" else np.ones(3)
    points = [point for muscle in anatomy.muscles for point in muscle.path]
    scale = np.array([sizes.scale.of(point.bone) for point in points])[:, None] * mirror
    local, drift = _places(points)
    surfaces = list(anatomy.wrap_surfaces.values())
    bodies = ["thorax", *(f"{bone}_{side}" for bone in BONES[1:])]
    return (
        np.array([model.body(name).id for name in bodies]),
        np.array([BONES.index(point.bone) for point in points]),
        local * scale,
        drift * scale,
        np.concatenate([[0], np.cumsum([len(muscle.path) for muscle in anatomy.muscles])]),
        _wraps(anatomy),
        np.array([_surface(i, s, sizes, mirror) for i, s in enumerate(surfaces)]),
        _PARENTS,
        _dof_bones(model, side),
        np.array([model.joint(f"shoulder_{side}").dofadr[0]], dtype=np.int64),
        unit(anatomy.joints["glenohumeral"].axes[2]) * mirror,
    )


def _places(points: Sequence[PathPoint]) -> tuple[Array, Array]:
    """Place with the arm hanging (p, 3) [m] and drift with arm elevation (p, 3) [m/rad] of path points."""
    local, drift = np.array([point.position_m for point in points]), np.zeros((len(points), 3))
    for index, point in enumerate(points):
        if (travel := point.travel) is not None:
            drift[index] = (travel.end_m - travel.start_m) / (travel.end_rad - travel.start_rad)
            local[index] = travel.start_m - travel.start_rad * drift[index]
    return local, drift


def _wraps(anatomy: Anatomy) -> Ints:
    """Surfaces of each muscle (n, 2), -1 where there is none."""
    number = {name: index for index, name in enumerate(anatomy.wrap_surfaces)}
    found = np.full((len(anatomy.muscles), _MOST_SURFACES), -1)
    for index, muscle in enumerate(anatomy.muscles):
        found[index, : len(muscle.wraps)] = [number[name] for name in muscle.wraps]
    return found


def _surface(index: int, surface: WrapSurface, sizes: Proportions, mirror: Array) -> Array:
    """A surface in its bone (6, 3), see `placing.Tables`; the left side's frame is the mirror image."""
    # A mirrored frame is left-handed, which shapes symmetric about their own axes do not notice, and it keeps
    # the meaning of y < 0.
    turn = np.diag(mirror) @ from_euler_xyz(surface.euler_rad)
    scale = sizes.scale.of(surface.bone)
    kind = LOWER if surface.one_sided else _KINDS[surface.shape]
    what = np.array([kind, BONES.index(surface.bone), index])
    return np.vstack([turn, surface.position_m * scale * mirror, surface.size_m * scale, what])


def _dof_bones(model: mujoco.MjModel, side: Side) -> Ints:
    """Degrees of freedom that move one side's bones, each with its bone (d, 2); those of the trunk move all alike."""
    found = []
    for dof in range(model.nv):
        name, _, end = model.body(int(model.dof_bodyid[dof])).name.rpartition("_")
        bone = _CARRIERS.get(name, name)
        if end == side and bone in BONES:
            found.append((dof, BONES.index(bone)))
    return np.array(found, dtype=np.int64)
