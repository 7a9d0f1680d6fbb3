"""Moves the arm as little as needed so that the hand is where a bar, bell or band line wants it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bandwright.body import BodyModel
from bandwright.body.arm import arm_angles, arm_points, with_girdle
from bandwright.body.kinematics import ArmAngles
from bandwright.errors import ModelError, Problem
from bandwright.movements.interpolation import Trajectory, humerus_in_thorax
from bandwright.movements.movement import HandTarget

Array = NDArray[np.float64]

TARGET_TOLERANCE_M: Final = 1e-4
"""How nearly a hand target is met [m]; a fist is placed no better than this."""

_STEPS: Final = 60
_LONGEST_STEP: Final = 0.05
"""Longest step of the search [rad]; shorter ones keep their direction, so that neighbouring poses move alike."""


def right_arm(body: BodyModel, path: Trajectory) -> ArmAngles:
    """Model angles of the right arm along a trajectory."""
    rest = body.girdle.clavicle_rest()
    return arm_angles(
        body.girdle,
        (rest[0] + path.protraction, rest[1] + path.elevation),
        path.upward_rotation,
        humerus_in_thorax(path.direction, path.external_rotation),
        (path.elbow_flexion, path.pronation),
    )


def reach(body: BodyModel, path: Trajectory, target: HandTarget | None) -> Trajectory:
    """The trajectory with the upper arm's direction and rotation adjusted to meet the target.

    Raises:
        ModelError: when this body cannot bring its hand there.
    """
    if target is None or target.lateral_biacromial is None:
        return path
    aim = target.lateral_biacromial * body.sizes.half_biacromial_m
    # Turning the upper arm leaves the girdle as it is, so it is closed once.
    girdle = right_arm(body, path).hinges[:, :6]
    for _ in range(_STEPS):
        miss = aim - _lateral(body, path, girdle)
        if np.abs(miss).max() < TARGET_TOLERANCE_M:
            return path
        path = _nudge(path, _steps_towards(body, path, girdle, miss))
    worst = int(np.argmax(np.abs(miss)))
    raise ModelError(
        Problem(
            code="hand-target-out-of-reach",
            message=(
                f"The hand should be {100 * aim:.0f} cm from the midline but stays {100 * abs(miss[worst]):.0f} cm "
                f"off at phase {path.phase[worst]:.2f}."
            ),
            hint="Choose a grip nearer the width the keyframes already have.",
        )
    )


def _lateral(body: BodyModel, path: Trajectory, girdle: Array) -> Array:
    """How far the hand is from the midline (K,) [m], with the girdle's angles (K, 6)."""
    humerus = humerus_in_thorax(path.direction, path.external_rotation)
    arm = with_girdle(body.girdle, girdle, humerus, (path.elbow_flexion, path.pronation))
    return np.asarray(arm_points(body.girdle, body.sizes.scale, arm).grip[:, 2])


def _nudge(path: Trajectory, step: Array) -> Trajectory:
    """Applies a small turn of the upper arm's direction (K, 3) and its external rotation (K,)."""
    direction = path.direction + np.cross(step[:, :3], path.direction)
    direction /= np.linalg.norm(direction, axis=1, keepdims=True)
    return replace(path, direction=direction, external_rotation=path.external_rotation + step[:, 3])


def _steps_towards(body: BodyModel, path: Trajectory, girdle: Array, miss: Array) -> Array:
    """Smallest joint steps (K, 4) that bring the hand's lateral position nearer by `miss` (K,)."""
    size = 1e-5
    here = _lateral(body, path, girdle)
    gradient = np.stack(
        [
            (_lateral(body, _nudge(path, np.tile(size * axis, (len(miss), 1))), girdle) - here) / size
            for axis in np.eye(4)
        ],
        axis=-1,
    )
    power = np.sum(gradient**2, axis=1) + 1e-6
    step = gradient * (miss / power)[:, None]
    length = np.linalg.norm(step, axis=1, keepdims=True)
    return np.asarray(step / np.maximum(1.0, length / _LONGEST_STEP))
