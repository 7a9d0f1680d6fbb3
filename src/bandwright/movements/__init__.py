"""Keyframes to posed repetition: everything that depends on the person and the movement, computed once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bandwright.lazy import lazily
from bandwright.movements.movement import (
    ArmPose,
    Arms,
    Girdle,
    GripTurn,
    HandTarget,
    Keyframe,
    Movement,
    Posture,
)

if TYPE_CHECKING:
    from bandwright.movements.posed import PosedArm, PosedRepetition, pose_repetition

__getattr__ = lazily(
    __name__,
    {
        "posed": ("PosedArm", "PosedRepetition", "pose_repetition"),
    },
)

__all__ = [
    "ArmPose",
    "Arms",
    "Girdle",
    "GripTurn",
    "HandTarget",
    "Keyframe",
    "Movement",
    "PosedArm",
    "PosedRepetition",
    "Posture",
    "pose_repetition",
]
