"""Load curve, strength curve, effort, and what they come to."""

from bandwright.curves.arm import ArmResult, Holder, effort_of, solve_arm, torque_share_left
from bandwright.curves.measures import MuscleDose, Summary, muscle_doses, repetitions, summarise
from bandwright.curves.spread import Spread
from bandwright.curves.strength import coach_curve, measured_curve

__all__ = [
    "ArmResult",
    "Holder",
    "MuscleDose",
    "Spread",
    "Summary",
    "coach_curve",
    "effort_of",
    "measured_curve",
    "muscle_doses",
    "repetitions",
    "solve_arm",
    "summarise",
    "torque_share_left",
]
