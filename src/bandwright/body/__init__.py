"""A person's body: scaled bones, muscles and strength as one MuJoCo model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bandwright.body.person import SIDES, Person, Sex, Side
from bandwright.lazy import lazily

if TYPE_CHECKING:
    from bandwright.body.anatomy import Anatomy, BoneFigures, Joint, Muscle, PathPoint, WrapSurface
    from bandwright.body.girdle import Girdle
    from bandwright.body.kinematics import EQUATIONS, ArmAngles, ArmFrame, ArmState, BodyModel, TrunkPose
    from bandwright.body.scaling import UNSCALED, Proportions, Scale, proportions

__getattr__ = lazily(
    __name__,
    {
        "anatomy": ("Anatomy", "BoneFigures", "Joint", "Muscle", "PathPoint", "WrapSurface"),
        "girdle": ("Girdle",),
        "kinematics": ("ArmAngles", "ArmFrame", "ArmState", "BodyModel", "EQUATIONS", "TrunkPose"),
        "scaling": ("Proportions", "Scale", "UNSCALED", "proportions"),
    },
)

__all__ = [
    "EQUATIONS",
    "SIDES",
    "UNSCALED",
    "Anatomy",
    "ArmAngles",
    "ArmFrame",
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
