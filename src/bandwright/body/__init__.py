"""A person's body: scaled bones, muscles and strength as one MuJoCo model."""

from bandwright.body.anatomy import Anatomy, BoneFigures, Joint, Muscle, PathPoint, WrapSurface
from bandwright.body.girdle import Girdle
from bandwright.body.kinematics import EQUATIONS, ArmAngles, ArmState, BodyModel, TrunkPose
from bandwright.body.model import SIDES, Side
from bandwright.body.person import Person, Sex
from bandwright.body.scaling import UNSCALED, Proportions, Scale, proportions

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
