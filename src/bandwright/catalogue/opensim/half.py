"""One side of the body as OpenSim has it: published figures brought to the person and, on the left, mirrored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.spatial.transform import Rotation

from bandwright.body import Anatomy, Scale, Side
from bandwright.body.anatomy import Vector
from bandwright.body.rotations import MIRROR, MIRROR_AXIAL, from_euler_xyz
from bandwright.movements.recorded_angles import OPPOSITES

COMMON: Final = "thorax"
"""The bone both sides share."""

LEFT_ELLIPSOID: Final = np.diag([1.0, -1.0, -1.0])
"""Turn of a left scapulothoracic joint's frames: OpenSim's ellipsoid joint cannot be mirrored, but turned by half
about its forward axis it moves as the mirror image does when elevation and upward rotation change sign.
"""


@dataclass(frozen=True, slots=True)
class Half:
    """One side of a person's body; names are the published ones, the left side's end in `_l`."""

    anatomy: Anatomy
    scale: Scale
    side: Side

    def name(self, what: str) -> str:
        """The name of a part of this side."""
        return what if self.side == "r" else f"{what}_l"

    def bone(self, bone: str) -> str:
        """The name of a bone."""
        return COMMON if bone == COMMON else self.name(bone)

    def coordinate(self, name: str) -> tuple[str, float]:
        """The name of a published coordinate on this side and its sign there."""
        if self.side == "r":
            return name, 1.0
        turned = {plain: opposite for opposite, plain in OPPOSITES.items()}
        return self.name(turned.get(name, name)), -1.0 if name in turned else 1.0

    def point(self, position_m: Vector, bone: str) -> Vector:
        """A published position (3,) on this person [m]."""
        scaled: Vector = position_m * self.scale.of(bone)
        return scaled if self.side == "r" else scaled * MIRROR

    def axis(self, axis: Vector) -> Vector:
        """A published rotation axis (3,), of unit length."""
        unit: Vector = axis / np.linalg.norm(axis)
        return unit if self.side == "r" else unit * MIRROR_AXIAL

    def euler(self, euler_rad: Vector) -> Vector:
        """A published orientation (3,) [rad]."""
        return euler_rad if self.side == "r" else euler_rad * MIRROR_AXIAL

    def ellipsoid_euler(self, euler_rad: Vector) -> Vector:
        """A published orientation (3,) of a frame of the scapulothoracic joint [rad]."""
        if self.side == "r":
            return euler_rad
        turned = from_euler_xyz(self.euler(euler_rad)) @ LEFT_ELLIPSOID
        return np.asarray(Rotation.from_matrix(turned).as_euler("XYZ"))
