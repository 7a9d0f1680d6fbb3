"""Muscle paths as published: shortest over ellipsoids, cylinders and spheres, with points that travel.

Takes the place of `TendonPaths` behind `MusclePaths`. The anatomy holds travelling points at mid-travel and knows
no sides of cylinders; both are given here beside it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

import mujoco
import numpy as np
from numpy.typing import NDArray

from bandwright.body.anatomy import Anatomy, Vector, WrapSurface
from bandwright.body.person import SIDES, Side
from bandwright.body.rotations import MIRROR, from_euler_xyz, unit
from bandwright.body.scaling import Proportions
from bandwright.body.wrapping.assembly import (
    Chains,
    Surfaces,
    corners_of,
    gradients,
    place,
    place_surfaces,
    solve,
)
from bandwright.body.wrapping.chain import CYLINDER, ELLIPSOID, LOWER, SPHERE

Array = NDArray[np.float64]
Ints = NDArray[np.int64]

BONES: Final = ("thorax", "clavicle", "scapula", "humerus", "ulna", "radius")
"""Bones that carry muscles, each after its parent."""

_PARENTS: Final = np.array([-1, 0, 0, 2, 3, 4])
_KINDS: Final = {"sphere": SPHERE, "cylinder": CYLINDER, "ellipsoid": ELLIPSOID}
_CARRIERS: Final = {"scapula_glide": "scapula", "scapula_turn": "scapula"}
_LEAST_SINE: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Travel:
    """A path point that moves on a line with arm elevation: at `start_m` (3,) [m] when the humerus is raised by
    `start_rad` [rad], at `end_m` by `end_rad`, and onward beyond both.
    """

    muscle: str
    index: int
    start_m: Vector
    end_m: Vector
    start_rad: float
    end_rad: float


@dataclass(frozen=True, slots=True)
class _Side:
    """Tables of one side: p points, s surfaces, n muscles; `drift` [m/rad] is how those at `moving` travel."""

    bodies: Ints
    point_bone: Ints
    local: Array
    drift: Array
    moving: Ints
    starts: Ints
    wraps: Ints
    kinds: Ints
    sizes: Array
    surface_bone: Ints
    placings: Array
    dof_bone: Ints
    ball: slice
    twist: Array
    """Axis of the third shoulder rotation in the humerus (3,)."""


class ExactPaths:
    """Shortest paths of every muscle. Not thread-safe: a pose uses one scratch."""

    def __init__(
        self,
        model: mujoco.MjModel,
        anatomy: Anatomy,
        sizes: Proportions,
        travels: Sequence[Travel] = (),
        lower: Collection[str] = (),
    ) -> None:
        """Builds the tables; `lower` names the cylinders that paths pass on the side with y < 0."""
        self._model = model
        self._muscles = len(anatomy.muscles)
        self._sides = {side: _tables(model, anatomy, sizes, side, (travels, lower)) for side in SIDES}

    def lengths_and_gradients(self, data: mujoco.MjData, side: Side) -> tuple[Array, Array]:
        """Lengths (n,) [m] and gradients (n, nv) [m/rad]; `mj_comPos` must have run on `data`."""
        tables = self._sides[side]
        raised, rate = _elevation(data, tables)
        points = _points(data, tables, raised)
        chains = (tables.starts, tables.point_bone, tables.wraps)
        lengths, wrenches = np.empty(self._muscles), np.empty((self._muscles, len(BONES) + 1, 6))
        centre = np.asarray(data.subtree_com[self._model.body_rootid[tables.bodies[0]]])
        solve(points, chains, _surfaces(data, tables), centre, lengths, wrenches)
        found = np.empty((self._muscles, self._model.nv))
        gradients(wrenches, _PARENTS, tables.dof_bone, data.cdof, found)
        found[:, tables.ball] += np.multiply.outer(wrenches[:, -1, 0], rate)
        return lengths, found

    def polylines(self, data: mujoco.MjData, side: Side, points: int) -> Array:
        """The paths in the world, evenly resampled (n, points, 3) [m]; `mj_kinematics` must have run."""
        tables = self._sides[side]
        raised, _ = _elevation(data, tables)
        at, surfaces = _points(data, tables, raised), _surfaces(data, tables)
        chains = (tables.starts, tables.point_bone, tables.wraps)
        return np.stack([_line(at, chains, surfaces, muscle, points) for muscle in range(self._muscles)])


def _line(at: Array, chains: Chains, surfaces: Surfaces, muscle: int, points: int) -> Array:
    """One path evenly resampled (points, 3) [m], arcs drawn as part circles that leave along the tangents."""
    corners, count = corners_of(at, chains, surfaces, muscle)
    fine = [corners[0]]
    for index in range(count - 1):
        start, end = corners[index, :3], corners[index + 1, :3]
        if corners[index, 3] >= 0 and corners[index, 3] == corners[index + 1, 3]:
            before, after = start - corners[index - 1, :3], corners[index + 2, :3] - end
            fine.extend(_arc(start, end, unit(before), unit(after)))
        fine.append(corners[index + 1])
    line = np.array([corner[:3] for corner in fine])
    along = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))])
    at_share = np.linspace(0.0, along[-1], points)
    return np.column_stack([np.interp(at_share, along, line[:, axis]) for axis in range(3)])


def _arc(start: Array, end: Array, way_in: Array, way_out: Array) -> Array:
    """Points (7, 3) between two touch points on the cubic with the tangents' directions."""
    t = np.linspace(0.0, 1.0, 9)[1:-1, None]
    reach = np.linalg.norm(end - start)
    lift = t * (1 - t) * reach * ((1 - t) * way_in - t * way_out)
    return np.asarray(start + (end - start) * t**2 * (3 - 2 * t) + lift)


def _elevation(data: mujoco.MjData, tables: _Side) -> tuple[float, Array]:
    """Arm elevation as the source counts it [rad], and its rate by the three turns of the ball joint (3,).

    The source turns the humerus about y, then -x, then its own long axis a; only the middle turn tilts a from
    the scapula's y axis, so the tilt's cosine a_y cos e + a_z sin e gives e.
    """
    upright = np.asarray(data.xmat[tables.bodies[2]]).reshape(3, 3)[:, 1]
    twist = np.asarray(data.xmat[tables.bodies[3]]).reshape(3, 3) @ tables.twist
    a_y, a_z = tables.twist[1], abs(tables.twist[2])
    size, cosine = np.hypot(a_y, a_z), float(upright @ twist)
    sine = max(np.sqrt(max(size**2 - cosine**2, 0.0)), _LEAST_SINE)
    turns = np.asarray(data.cdof)[tables.ball, :3]
    return float(np.arccos(np.clip(cosine / size, -1, 1)) - np.arctan2(a_z, a_y)), -turns @ np.cross(
        twist, upright
    ) / sine


def _points(data: mujoco.MjData, tables: _Side, raised: float) -> Array:
    """World position and drift (p, 6) of the path points."""
    found = np.empty((len(tables.local), 6))
    bodies = tables.bodies[tables.point_bone]
    place(bodies, tables.local + raised * tables.drift, data.xpos, data.xmat, found)
    turns = np.asarray(data.xmat)[bodies[tables.moving]].reshape(-1, 3, 3)
    found[:, 3:] = 0.0
    found[tables.moving, 3:] = np.einsum("pij,pj->pi", turns, tables.drift[tables.moving])
    return found


def _surfaces(data: mujoco.MjData, tables: _Side) -> Surfaces:
    placed = np.empty_like(tables.placings)
    place_surfaces(tables.bodies[tables.surface_bone], tables.placings, data.xpos, data.xmat, placed)
    return tables.kinds, tables.sizes, placed, tables.surface_bone


def _tables(
    model: mujoco.MjModel,
    anatomy: Anatomy,
    sizes: Proportions,
    side: Side,
    extra: tuple[Sequence[Travel], Collection[str]],
) -> _Side:
    travels, lower = extra
    mirror = MIRROR if side == "l" else np.ones(3)
    points = [point for muscle in anatomy.muscles for point in muscle.path]
    counts = [len(muscle.path) for muscle in anatomy.muscles]
    starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    scale = np.array([sizes.scale.of(point.bone) for point in points])[:, None] * mirror
    local, drift = np.array([point.position_m for point in points]), np.zeros((len(points), 3))
    row = {muscle.id: int(start) for muscle, start in zip(anatomy.muscles, starts, strict=False)}
    for travel in travels:
        at = row[travel.muscle] + travel.index
        drift[at] = (travel.end_m - travel.start_m) / (travel.end_rad - travel.start_rad)
        local[at] = travel.start_m - travel.start_rad * drift[at]
    surfaces = list(anatomy.wrap_surfaces.values())
    number = {surface.name: index for index, surface in enumerate(surfaces)}
    wraps = np.full((len(anatomy.muscles), 2), -1)
    for index, muscle in enumerate(anatomy.muscles):
        wraps[index, : len(muscle.wraps)] = [number[name] for name in muscle.wraps]
    ball = int(model.joint(f"shoulder_{side}").dofadr[0])
    bodies = ["thorax", *(f"{bone}_{side}" for bone in BONES[1:])]
    return _Side(
        bodies=np.array([model.body(name).id for name in bodies]),
        point_bone=np.array([BONES.index(point.bone) for point in points]),
        local=local * scale,
        drift=drift * scale,
        moving=np.flatnonzero(np.any(drift != 0.0, axis=1)),
        starts=starts,
        wraps=wraps,
        kinds=np.array([LOWER if s.name in lower else _KINDS[s.shape] for s in surfaces]),
        sizes=np.array([s.size_m * sizes.scale.of(s.bone) for s in surfaces]),
        surface_bone=np.array([BONES.index(s.bone) for s in surfaces]),
        placings=np.array([_placing(s, sizes, mirror) for s in surfaces]),
        dof_bone=_dof_bones(model, side),
        ball=slice(ball, ball + 3),
        twist=unit(anatomy.joints["glenohumeral"].axes[2]) * mirror,
    )


def _placing(surface: WrapSurface, sizes: Proportions, mirror: Array) -> Array:
    """Rotation and origin (4, 3) of a surface in its bone; the left side's frame is the mirror image."""
    # A mirrored frame is left-handed, which shapes symmetric about their own axes do not notice, and it keeps
    # the meaning of y < 0.
    turn = np.diag(mirror) @ from_euler_xyz(surface.euler_rad)
    return np.vstack([turn, surface.position_m * sizes.scale.of(surface.bone) * mirror])


def _dof_bones(model: mujoco.MjModel, side: Side) -> Ints:
    """The bone each degree of freedom moves (nv,), -1 for the trunk and the other side."""
    found = np.full(model.nv, -1)
    for dof in range(model.nv):
        name, _, end = model.body(int(model.dof_bodyid[dof])).name.rpartition("_")
        bone = _CARRIERS.get(name, name)
        if end == side and bone in BONES:
            found[dof] = BONES.index(bone)
    return found
