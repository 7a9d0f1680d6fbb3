"""Keyframes to posed repetition: everything that depends on the person and the movement, computed once."""

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

from bandwright.movements.posed import PosedArm, PosedRepetition, pose_repetition

__all__ = ["ArmPose", "Arms", "Girdle", "GripTurn", "HandTarget", "Keyframe", "Movement", "PosedArm", "PosedRepetition", "Posture", "pose_repetition"]
