"""The body with its muscles as MuJoCo's own tendons, to measure the exact paths against.

MuJoCo wraps over spheres and cylinders only: an ellipsoid becomes the nearest of them.
"""

from __future__ import annotations

from typing import Final

import mujoco
import numpy as np

from bandwright.body.anatomy import Anatomy, Muscle, Vector, WrapSurface
from bandwright.body.model import build_spec
from bandwright.body.person import SIDES, Side
from bandwright.body.rotations import MIRROR, Matrix, from_euler_xyz, quaternion
from bandwright.body.scaling import Proportions

ROUND_ELLIPSOID: Final = 1.25
"""Ellipsoids less elongated than this become spheres."""


def with_tendons(anatomy: Anatomy, sizes: Proportions) -> mujoco.MjModel:
    """The compiled body with one tendon for each muscle."""
    spec = build_spec(anatomy, sizes)
    for side in SIDES:
        builder = _Tendons(spec, sizes, side)
        for name in {surface for muscle in anatomy.muscles for surface in muscle.wraps[-1:]}:
            builder.surface(anatomy.wrap_surfaces[name])
        for muscle in anatomy.muscles:
            builder.tendon(muscle)
    return spec.compile()


class _Tendons:
    """Adds one side's surfaces and tendons to a model."""

    def __init__(self, spec: mujoco.MjSpec, sizes: Proportions, side: Side) -> None:
        self.spec = spec
        self.sizes = sizes
        self.side = side
        self.mirror = MIRROR if side == "l" else np.ones(3)

    def name(self, what: str) -> str:
        return f"{what}_{self.side}"

    def bone(self, bone: str) -> mujoco.MjsBody:
        found: mujoco.MjsBody = self.spec.body("thorax" if bone == "thorax" else self.name(bone))
        return found

    def point(self, position_m: Vector, bone: str) -> Vector:
        scaled: Vector = position_m * self.sizes.scale.of(bone) * self.mirror
        return scaled

    def surface(self, surface: WrapSurface) -> None:
        turn = np.diag(self.mirror) @ from_euler_xyz(surface.euler_rad) @ np.diag(self.mirror)
        size = surface.size_m * self.sizes.scale.of(surface.bone)
        kind = mujoco.mjtGeom.mjGEOM_SPHERE if surface.shape == "sphere" else mujoco.mjtGeom.mjGEOM_CYLINDER
        extent = [size[0], size[2] / 2, 0.0]
        if surface.shape == "ellipsoid":
            longest = int(np.argmax(size))
            across = np.delete(size, longest)
            if size[longest] < ROUND_ELLIPSOID * across.max():
                kind, extent = mujoco.mjtGeom.mjGEOM_SPHERE, [float(np.cbrt(size.prod())), 0.0, 0.0]
            else:
                extent = [float(np.sqrt(across.prod())), size[longest], 0.0]
                turn = turn @ _z_to_axis(longest)
        self.bone(surface.bone).add_geom(
            name=self.name(f"wrap_{surface.name}"),
            type=kind,
            size=extent,
            pos=self.point(surface.position_m, surface.bone),
            quat=quaternion(turn),
            contype=0,
            conaffinity=0,
            mass=0.0,
        )

    def tendon(self, muscle: Muscle) -> None:
        for index, point in enumerate(muscle.path):
            at = self.point(point.position_m, point.bone)
            self.bone(point.bone).add_site(name=self.name(f"{muscle.id}:{index}"), pos=at)
        tendon = self.spec.add_tendon(name=self.name(muscle.id))
        # Two-point muscles leave the trunk over their surface; longer paths bend over it before the last point.
        before = 1 if len(muscle.path) == 2 else len(muscle.path) - 1
        for index in range(len(muscle.path)):
            if index == before and muscle.wraps:
                tendon.wrap_geom(self.name(f"wrap_{muscle.wraps[-1]}"), "")
            tendon.wrap_site(self.name(f"{muscle.id}:{index}"))


def _z_to_axis(index: int) -> Matrix:
    """Rotation that lays the z axis of a MuJoCo cylinder along axis `index`."""
    axes = np.roll(np.eye(3), index - 2, axis=1)
    return axes if np.linalg.det(axes) > 0 else -axes
