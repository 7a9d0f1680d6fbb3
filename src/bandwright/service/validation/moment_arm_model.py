"""Moment arms of the model at the postures of a study."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bandwright.body import EQUATIONS, BodyModel
from bandwright.body.kinematics import SHOULDER_SIGNS
from bandwright.catalogue.rhythm import load_rhythm
from bandwright.movements import ArmPose, Girdle, Keyframe, Movement, pose_repetition
from bandwright.movements.interpolation import arm_direction, humerus_in_thorax
from bandwright.service.validation.moment_arm_tables import Measured, Motion, Posture

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Levers:
    """Moment arms (K, n) [m] of all muscles about each motion at K postures."""

    postures: tuple[Posture, ...]
    about: Mapping[Motion, Array]
    index: Mapping[str, int]
    strength: Array

    def of(self, one: Measured, muscle: Sequence[str]) -> Array:
        """Moment arm of a muscle (P,) [mm], + in the row's way, at each of its postures."""
        columns = [self.index[element] for element in muscle]
        weight = self.strength[columns] / self.strength[columns].sum()
        at = [self.postures.index(posture) for posture in one.postures]
        return np.asarray(one.way * 1e3 * self.about[one.motion][np.ix_(at, columns)] @ weight)


def levers(body: BodyModel, wanted: Iterable[Posture]) -> Levers:
    """Moment arms of a body at the postures, trunk upright, shoulder blade where it rests at that elevation."""
    postures = tuple(sorted(set(wanted)))
    plane, elevation, rotation, elbow = np.radians(np.array(postures, dtype=np.float64)).T
    direction = arm_direction(plane, elevation)
    girdles = load_rhythm().girdle(direction)
    poses = zip(plane.tolist(), elevation.tolist(), rotation.tolist(), elbow.tolist(), strict=True)
    phases = np.linspace(0.0, 1.0, len(postures)).tolist()
    frames = tuple(
        Keyframe(phase, 0.0, 0.0, Girdle(*girdle), ArmPose(*pose, pronation=0.0))
        for phase, girdle, pose in zip(phases, girdles.tolist(), poses, strict=True)
    )
    movement = Movement("moment-arms", "standing", "both", "neutral", frames)
    arm = pose_repetition(movement, body, phases=len(postures)).arms["r"]
    bone = humerus_in_thorax(direction, rotation) @ body.girdle.frames.humerus.T
    return Levers(
        postures,
        _about(arm.moment_arm, bone, plane),
        {muscle.id: i for i, muscle in enumerate(body.anatomy.muscles)},
        np.array([muscle.max_isometric_force_n for muscle in body.anatomy.muscles]),
    )


def _about(moment_arm: Array, bone: Array, plane: Array) -> dict[Motion, Array]:
    """Moment arms (K, n) about the axis of each motion, from those (K, 8, n) of the joint equations.

    The shoulder's three equations are about the humerus's own axes `bone` (K, 3, 3); an axis in the thorax (ISB: x
    forward, y up, z right) is split into these.
    """
    first = EQUATIONS.index("shoulder_abduction")
    zero, one = np.zeros_like(plane), np.ones_like(plane)
    raising = np.stack([-np.cos(plane), zero, np.sin(plane)], axis=-1)
    forward = np.stack([zero, one, zero], axis=-1)

    def about(axis: Array) -> Array:
        share = SHOULDER_SIGNS["r"] * np.einsum("kji,kj->ki", bone, axis)
        return np.asarray(np.einsum("ki,kin->kn", share, moment_arm[:, first : first + 3]))

    return {
        "elevation": about(raising),
        "horizontal": about(forward),
        "rotation": moment_arm[:, EQUATIONS.index("shoulder_rotation")],
        "elbow": moment_arm[:, EQUATIONS.index("elbow_flexion")],
    }
