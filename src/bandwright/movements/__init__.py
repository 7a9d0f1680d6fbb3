"""Keyframes to posed repetition: everything that depends on the person and the movement, computed once."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

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

_HEAVY = {
    "PosedArm": "bandwright.movements.posed",
    "PosedRepetition": "bandwright.movements.posed",
    "pose_repetition": "bandwright.movements.posed",
}
"""Names whose modules load MuJoCo or SciPy: imported when first asked for, so that listings start quickly."""


def __getattr__(name: str) -> object:
    """Imports a heavy name on first use."""
    if name not in _HEAVY:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(_HEAVY[name]), name)


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
