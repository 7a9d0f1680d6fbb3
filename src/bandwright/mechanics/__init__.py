"""Statics: hand forces to joint torques, glenoid stability and spinal load."""

from bandwright.mechanics.glenoid import FACET_NAMES, GlenoidCone, glenoid_cone
from bandwright.mechanics.statics import (
    ArmEquations,
    Demand,
    HandForce,
    arm_equations,
    hand_force,
    load_demand,
    lumbar_moment,
)

__all__ = [
    "FACET_NAMES",
    "ArmEquations",
    "Demand",
    "GlenoidCone",
    "HandForce",
    "arm_equations",
    "glenoid_cone",
    "hand_force",
    "load_demand",
    "lumbar_moment",
]
