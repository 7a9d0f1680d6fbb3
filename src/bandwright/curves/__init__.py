"""Load curve, strength curve, effort, and what they come to."""

from bandwright.curves.arm import ArmResult, Holder, effort_of, solve_arm, torque_share_left
from bandwright.curves.measures import MuscleDose, Summary, muscle_dose, repetitions, summarise
from bandwright.curves.spread import Spread, spread
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
    "muscle_dose",
    "repetitions",
    "solve_arm",
    "spread",
    "summarise",
    "torque_share_left",
]
