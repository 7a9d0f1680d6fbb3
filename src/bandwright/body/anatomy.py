"""The published figures the body is built from, as immutable types.

Source frames: x forward, y up, z to the right; right side, unscaled (Seth2019 as scaled by BelliIK2023, with
elbow muscles from Arm26). The left side is the mirror image. See `docs/model.md`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
SurfaceShape = Literal["ellipsoid", "cylinder", "sphere"]

Bone = Literal["thorax", "clavicle", "scapula", "humerus", "ulna", "radius", "hand"]


@dataclass(frozen=True, slots=True)
class BoneFigures:
    """Mass [kg] and mass centre (3,) [m] of one bone with the flesh assigned to it."""

    mass_kg: float
    com_m: Vector


@dataclass(frozen=True, slots=True)
class Joint:
    """One joint: where it sits in parent and child (3,) [m], child and parent orientation (XYZ Euler, [rad])
    and hinge axes (n, 3) in order, each with its coordinate name.
    """

    name: str
    parent: str
    child: str
    parent_offset_m: Vector
    parent_euler_rad: Vector
    child_offset_m: Vector
    child_euler_rad: Vector
    coordinates: tuple[str, ...]
    axes: Vector
    rest_rad: Vector


@dataclass(frozen=True, slots=True)
class WrapSurface:
    """A surface a muscle bends over: position (3,) [m], orientation (XYZ Euler) [rad], size (3,) [m].

    `size_m` holds the three radii of an ellipsoid, (radius, 0, length) of a cylinder, or (radius, 0, 0). Paths pass
    a `one_sided` cylinder on the side where its own y is negative.
    """

    name: str
    bone: str
    shape: SurfaceShape
    position_m: Vector
    euler_rad: Vector
    size_m: Vector
    one_sided: bool = False


@dataclass(frozen=True, slots=True)
class Travel:
    """A straight line along which a path point moves with arm elevation: at `start_m` (3,) [m] when the humerus is
    raised by `start_rad` [rad], at `end_m` by `end_rad`, and onward beyond both.
    """

    start_m: Vector
    end_m: Vector
    start_rad: float
    end_rad: float


@dataclass(frozen=True, slots=True)
class PathPoint:
    """One point of a muscle path in its bone (3,) [m]; where it travels, `position_m` is the middle of its way."""

    bone: str
    position_m: Vector
    travel: Travel | None = None


@dataclass(frozen=True, slots=True)
class Muscle:
    """One muscle element: strength [N], optimal fibre and tendon slack length [m], pennation [rad], path."""

    id: str
    group: str
    name: str
    max_isometric_force_n: float
    optimal_fibre_length_m: float
    tendon_slack_length_m: float
    pennation_rad: float
    path: tuple[PathPoint, ...]
    wraps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Anatomy:
    """All figures of one side of the body."""

    bones: Mapping[str, BoneFigures]
    joints: Mapping[str, Joint]
    ac_clavicle_m: Vector
    """The acromioclavicular joint on the clavicle (3,) [m]."""
    ac_scapula_m: Vector
    """The same point on the scapula (3,) [m]."""
    ellipsoid_radii_m: Vector
    """Radii of the thoracic ellipsoid the scapula glides on (3,) [m]."""
    landmarks: Mapping[str, PathPoint]
    wrap_surfaces: Mapping[str, WrapSurface]
    muscles: tuple[Muscle, ...]
