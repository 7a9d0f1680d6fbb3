"""An arm's movement in the coordinates of the thoracoscapular model (Seth2019): the way out, `recorded_angles` is
the way in.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import PchipInterpolator

from bandwright.body import Anatomy, ArmAngles, Side
from bandwright.body.model import sagittal_tilt
from bandwright.body.rotations import Matrix, about_axis
from bandwright.errors import ModelError, Problem
from bandwright.movements.interpolation import Trajectory
from bandwright.movements.recorded_angles import GIRDLE, OPPOSITES, SCAPULAR_ARM

Array = NDArray[np.float64]

REACHED_RAD: Final = 1e-6
"""How nearly the published shoulder must take up a pose before it counts as taken up [rad]."""


def lift_shares(samples: int) -> Array:
    """Phase (N,) at even times through a lift that starts and ends at rest (FlashHogan1985)."""
    tau = np.linspace(0.0, 1.0, samples)
    return np.asarray(10 * tau**3 - 15 * tau**4 + 6 * tau**5)


def at_phases(phase: Array, values: Array, wanted: Array) -> Array:
    """Values (K, …) known at phases (K,), at other phases (N, …)."""
    return np.asarray(PchipInterpolator(phase, values, axis=0)(wanted))


def trajectory_at(path: Trajectory, wanted: Array) -> Trajectory:
    """A trajectory at other phases (N,)."""
    found = {one.name: at_phases(path.phase, getattr(path, one.name), wanted) for one in fields(Trajectory)}
    found["direction"] /= np.linalg.norm(found["direction"], axis=1, keepdims=True)
    return Trajectory(**found)


def arm_coordinates(anatomy: Anatomy, angles: ArmAngles, side: Side) -> dict[str, Array]:
    """Coordinates (N,) [rad] of one arm by name; the left arm's end in `_l`.

    A left scapula on the mirrored ellipsoid lowers and turns down where the right one rises and turns up: two of
    its coordinates carry the opposite name and sign (`OPPOSITES`).
    """
    hinges = dict(zip((*GIRDLE, "elbow_flexion", "pro_sup"), angles.hinges.T, strict=True))
    shoulder, _ = shoulder_coordinates(anatomy, angles.humerus)
    own = hinges | dict(zip(SCAPULAR_ARM[:3], shoulder.T, strict=True))
    if side == "r":
        return own
    signed = {opposite: -own.pop(name) for opposite, name in OPPOSITES.items()}
    return {f"{name}_l": value for name, value in (own | signed).items()}


def shoulder_coordinates(anatomy: Anatomy, humerus: Matrix) -> tuple[Array, Array]:
    """Plane, elevation and axial rotation (N, 3) [rad] of humerus orientations in the scapula (N, 3, 3), and by
    how much each pose is missed (N,) [rad].

    The published axes are not quite square to each other, so that an upper arm within 5° of the scapula's own
    upward axis cannot be taken up; the nearest pose that can is given for it.
    """
    plane_axis, lift_axis, own_axis = _unit(anatomy.joints["glenohumeral"].axes)
    # The last turn leaves its own axis where it is, so where that axis points gives the two turns before it.
    pointing = humerus @ own_axis
    across = np.cross(lift_axis, own_axis)
    along = plane_axis @ own_axis
    out = plane_axis @ across
    reach = np.hypot(along, out)
    lift = np.arctan2(out, along) + np.arccos(np.clip(pointing @ plane_axis / reach, -1.0, 1.0))
    lifted = about_axis(lift_axis, lift) @ own_axis
    plane = np.unwrap(_turn_about(plane_axis, lifted, pointing))
    tilted = about_axis(plane_axis, plane) @ about_axis(lift_axis, lift)
    rest = np.swapaxes(tilted, -1, -2) @ humerus
    aside = _unit(np.cross(own_axis, plane_axis))
    own = np.unwrap(_turn_about(own_axis, np.broadcast_to(aside, pointing.shape), rest @ aside))
    missed = _angle(np.swapaxes(tilted @ about_axis(own_axis, own), -1, -2) @ humerus)
    return np.column_stack([_centred(plane, PLANE_CENTRE_RAD), lift, _centred(own, 0.0)]), missed


PLANE_CENTRE_RAD: Final = (np.pi - 1.5) / 2
"""Middle of the published range of the plane of elevation [rad]; whole turns are added to stay near it."""


def require_shoulder(anatomy: Anatomy, humerus: Matrix) -> None:
    """Refuses poses that the published shoulder cannot take up.

    Raises:
        ModelError: an upper arm lies along the scapula's upward axis.
    """
    _, missed = shoulder_coordinates(anatomy, humerus)
    worst = int(np.argmax(missed))
    if missed[worst] > REACHED_RAD:
        raise ModelError(
            Problem(
                code="shoulder-not-expressible",
                message=(
                    f"The thoracoscapular model's shoulder cannot take up sample {worst}: "
                    f"{np.degrees(missed[worst]):.1f}° are left."
                ),
                hint="Its axes exclude an upper arm within 5° of the shoulder blade's upward axis.",
            )
        )


def thorax_turn(anatomy: Anatomy, trunk_inclination: Array) -> Array:
    """`ground_thorax_rot_z` (N,) [rad] of a trunk that leans forward by so much (N,) [rad]."""
    upright = sagittal_tilt(anatomy)
    return np.asarray(np.arctan2(upright[1, 0], upright[0, 0]) - trunk_inclination)


def _turn_about(axis: Array, start: Array, end: Array) -> Array:
    """Angle (N,) about an axis (3,) that brings vectors (N, 3) nearest to others (N, 3)."""
    sine = np.cross(start, end) @ axis
    cosine = np.sum(start * end, axis=-1) - (start @ axis) * (end @ axis)
    return np.asarray(np.arctan2(sine, cosine))


def _centred(angle: Array, centre: float) -> Array:
    """The angle less the whole turns that its mean is off the centre."""
    turns = np.round((float(np.mean(angle)) - centre) / (2 * np.pi))
    return np.asarray(angle - 2 * np.pi * turns)


def _angle(turn: Matrix) -> Array:
    """Size (N,) of rotations (N, 3, 3) [rad]."""
    skew = turn - np.swapaxes(turn, -1, -2)
    sine = np.sqrt(np.sum(skew**2, axis=(-1, -2)) / 8.0)
    return np.asarray(np.arctan2(sine, (np.trace(turn, axis1=-2, axis2=-1) - 1.0) / 2.0))


def _unit(vectors: Array) -> Array:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=-1, keepdims=True))
