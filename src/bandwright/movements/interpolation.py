"""From keyframes to a smooth repetition of K poses.

The arm's *direction* is interpolated on the sphere, never the plane angle: a row passes close to the trunk,
where plane and axial rotation lose their separate meaning.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import PchipInterpolator

from bandwright.movements.movement import IDLE_GIRDLE, ArmPose, Girdle, Keyframe, Movement
from bandwright.movements.rhythm import Rhythm

Array = NDArray[np.float64]

PHASES = 51
"""Samples of the lifting part of a repetition."""


@dataclass(frozen=True, slots=True)
class Trajectory:
    """Angles at K phases, each (K,) [rad]; `direction` (K, 3) is the upper arm's unit vector in the ISB thorax
    frame (x forward, y up, z right).
    """

    phase: Array
    trunk_inclination: Array
    knee_flexion: Array
    protraction: Array
    elevation: Array
    upward_rotation: Array
    direction: Array
    external_rotation: Array
    elbow_flexion: Array
    pronation: Array


def arm_direction(plane: float | Array, elevation: float | Array) -> Array:
    """Unit vector shoulder to elbow (…, 3) in the ISB thorax frame.

    Plane 0 = straight out to the side, π/2 = straight ahead; elevation 0 = along the trunk.
    """
    out = np.sin(elevation)
    return np.stack([out * np.sin(plane), -np.cos(elevation), out * np.cos(plane)], axis=-1)


def interpolate(keyframes: tuple[Keyframe, ...], phases: int = PHASES) -> Trajectory:
    """The repetition at evenly spaced phases, smooth and without overshoot between keyframes."""
    at = np.array([frame.phase for frame in keyframes])
    s = np.linspace(0.0, 1.0, phases)

    def smooth(values: Array) -> Array:
        return np.asarray(PchipInterpolator(at, values, axis=0)(s))

    def arm(name: str) -> Array:
        return smooth(np.array([getattr(frame.arm, name) for frame in keyframes]))

    def girdle(name: str) -> Array:
        return smooth(np.array([getattr(frame.girdle, name) for frame in keyframes]))

    directions = smooth(np.array([_direction(frame.arm) for frame in keyframes]))
    return Trajectory(
        phase=s,
        trunk_inclination=smooth(np.array([frame.trunk_inclination for frame in keyframes])),
        knee_flexion=smooth(np.array([frame.knee_flexion for frame in keyframes])),
        protraction=girdle("protraction"),
        elevation=girdle("elevation"),
        upward_rotation=girdle("upward_rotation"),
        direction=directions / np.linalg.norm(directions, axis=1, keepdims=True),
        external_rotation=arm("external_rotation"),
        elbow_flexion=arm("elbow_flexion"),
        pronation=arm("pronation"),
    )


def trajectory(movement: Movement, phases: int = PHASES) -> Trajectory:
    """A movement's repetition, its girdle on the rhythm and scaled where the movement says so."""
    path = interpolate(movement.keyframes, phases)
    if movement.rhythm is not None:
        path = _beside_rhythm(path, movement.keyframes, movement.rhythm)
    return _girdle_scaled(path, movement.girdle_motion)


def _beside_rhythm(path: Trajectory, keyframes: tuple[Keyframe, ...], rhythm: Rhythm) -> Trajectory:
    """The path with its girdle's distance from the rhythm, rather than the girdle, smooth between keyframes."""
    given = np.array([_girdle(frame.girdle) for frame in keyframes])
    usual = rhythm.girdle(np.array([_direction(frame.arm) for frame in keyframes]))
    offset = PchipInterpolator([frame.phase for frame in keyframes], given - usual)(path.phase)
    return _with_girdle(path, rhythm.girdle(path.direction) + offset)


def _girdle_scaled(path: Trajectory, motion: float) -> Trajectory:
    """The path with the girdle's way from relaxed rest multiplied; the arm stays as it is in the thorax."""
    if motion == 1.0:
        return path
    rest = _girdle(IDLE_GIRDLE)
    now = np.column_stack([path.protraction, path.elevation, path.upward_rotation])
    return _with_girdle(path, rest + motion * (now - rest))


def _girdle(girdle: Girdle) -> Array:
    return np.array([girdle.protraction, girdle.elevation, girdle.upward_rotation])


def _with_girdle(path: Trajectory, girdle: Array) -> Trajectory:
    protraction, elevation, upward = girdle.T
    return replace(path, protraction=protraction, elevation=elevation, upward_rotation=upward)


def _direction(arm: ArmPose) -> Array:
    return arm_direction(arm.plane, arm.elevation)


def humerus_in_thorax(direction: Array, external_rotation: Array) -> Array:
    """Humerus orientation (K, 3, 3) in ISB frames: a pure swing to `direction`, then clinical rotation.

    Equals Ry(plane)·Rx(−elevation)·Ry(axial) with axial = −plane − external rotation (Wu2005), written so that
    an arm along the trunk is no special case.
    """
    down = np.array([0.0, -1.0, 0.0])
    axis = np.cross(down, direction)
    cosine = direction @ down
    # Rodrigues' swing from `down`: (1 + cos) is zero only for an arm pointing straight up past the ear.
    cross = _cross_matrices(axis)
    swing = np.eye(3) + cross + cross @ cross / (1.0 + cosine)[:, None, None]
    c, s = np.cos(external_rotation), np.sin(external_rotation)
    zero, one = np.zeros_like(c), np.ones_like(c)
    twist = np.stack([c, zero, -s, zero, one, zero, s, zero, c], axis=-1).reshape(-1, 3, 3)
    return np.asarray(swing @ twist)


def _cross_matrices(axis: Array) -> Array:
    x, y, z = axis.T
    zero = np.zeros_like(x)
    return np.stack([zero, -z, y, z, zero, -x, -y, x, zero], axis=-1).reshape(-1, 3, 3)
