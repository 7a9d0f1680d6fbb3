"""A person's body: scaled bones, muscles and strength as one MuJoCo model."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from bandwright.body.person import SIDES, Person, Sex, Side

if TYPE_CHECKING:
    from bandwright.body.anatomy import Anatomy, BoneFigures, Joint, Muscle, PathPoint, WrapSurface
    from bandwright.body.girdle import Girdle
    from bandwright.body.kinematics import EQUATIONS, ArmAngles, ArmState, BodyModel, TrunkPose
    from bandwright.body.scaling import UNSCALED, Proportions, Scale, proportions

_HEAVY = {
    "Anatomy": "bandwright.body.anatomy",
    "BoneFigures": "bandwright.body.anatomy",
    "Joint": "bandwright.body.anatomy",
    "Muscle": "bandwright.body.anatomy",
    "PathPoint": "bandwright.body.anatomy",
    "WrapSurface": "bandwright.body.anatomy",
    "Girdle": "bandwright.body.girdle",
    "ArmAngles": "bandwright.body.kinematics",
    "ArmState": "bandwright.body.kinematics",
    "BodyModel": "bandwright.body.kinematics",
    "EQUATIONS": "bandwright.body.kinematics",
    "TrunkPose": "bandwright.body.kinematics",
    "Proportions": "bandwright.body.scaling",
    "Scale": "bandwright.body.scaling",
    "UNSCALED": "bandwright.body.scaling",
    "proportions": "bandwright.body.scaling",
}
"""Names whose modules load MuJoCo or SciPy: imported when first asked for, so that listings start quickly."""


def __getattr__(name: str) -> object:
    """Imports a heavy name on first use."""
    if name not in _HEAVY:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(_HEAVY[name]), name)


__all__ = [
    "EQUATIONS",
    "SIDES",
    "UNSCALED",
    "Anatomy",
    "ArmAngles",
    "ArmState",
    "BodyModel",
    "BoneFigures",
    "Girdle",
    "Joint",
    "Muscle",
    "PathPoint",
    "Person",
    "Proportions",
    "Scale",
    "Sex",
    "Side",
    "TrunkPose",
    "WrapSurface",
    "proportions",
]
