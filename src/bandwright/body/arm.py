"""Forward kinematics of one arm in closed form, vectorised over poses.

The MuJoCo model gives the same points one pose at a time; this one is used to solve for hand targets, and the
two check each other in the tests.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bandwright.body.girdle import Girdle
from bandwright.body.kinematics import ArmAngles
from bandwright.body.model import GRIP_IN_HAND_M
from bandwright.body.rotations import about_axis
from bandwright.body.scaling import Scale

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ArmPoints:
    """Joint centres and grip of the right arm in thorax bone axes, each (K, 3) [m]."""

    shoulder: Array
    elbow: Array
    wrist: Array
    grip: Array


def arm_angles(
    girdle: Girdle, clavicle: tuple[Array, Array], upward: Array, humerus: Array, forearm: tuple[Array, Array]
) -> ArmAngles:
    """Model angles from free girdle angles (K,), the humerus in the thorax (K, 3, 3, ISB) and the forearm.

    `clavicle` = absolute protraction and elevation, `forearm` = elbow flexion and pronation, all (K,) [rad].
    """
    closed = np.column_stack([*clavicle, girdle.close(*clavicle, upward)])
    return with_girdle(girdle, closed, humerus, forearm)


def with_girdle(girdle: Girdle, closed: Array, humerus: Array, forearm: tuple[Array, Array]) -> ArmAngles:
    """The same where the clavicle's and scapula's angles (K, 6) are known."""
    turn, _ = girdle.scapula_pose(closed[:, 2:])
    in_thorax = girdle.frames.thorax @ humerus @ girdle.frames.humerus.T
    return ArmAngles(np.column_stack([closed, *forearm]), np.swapaxes(turn, -1, -2) @ in_thorax)


def arm_points(girdle: Girdle, scale: Scale, angles: ArmAngles) -> ArmPoints:
    """Where the arm's joints are for K poses."""
    joints = girdle.anatomy.joints
    turn, origin = girdle.scapula_pose(angles.hinges[:, 2:6])
    shoulder = scale.girdle * (origin + turn @ joints["glenohumeral"].parent_offset_m)
    humerus = turn @ angles.humerus
    elbow = shoulder + humerus @ (scale.humerus * joints["elbow"].parent_offset_m)
    ulna = humerus @ about_axis(joints["elbow"].axes[0], angles.hinges[:, 6])
    radius = ulna @ about_axis(joints["radioulnar"].axes[0], angles.hinges[:, 7])
    head = elbow + ulna @ (scale.forearm * joints["radioulnar"].parent_offset_m)
    wrist = head + radius @ (scale.forearm * joints["wrist"].parent_offset_m)
    return ArmPoints(shoulder, elbow, wrist, wrist + radius @ (scale.hand * GRIP_IN_HAND_M))
