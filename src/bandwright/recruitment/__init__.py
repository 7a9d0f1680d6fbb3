"""Torques to activations, and the factor by which a load could grow."""

from __future__ import annotations

from bandwright.recruitment.capacity import Capacity, capacity
from bandwright.recruitment.capacity_problem import CapacityProblem, LimitLabels, Tolerance
from bandwright.recruitment.problem import Penalties, RecruitmentProblem
from bandwright.recruitment.recruit import Recruiter, Recruitment, recruit, recruiter

__all__ = [
    "Capacity",
    "CapacityProblem",
    "LimitLabels",
    "Penalties",
    "Recruiter",
    "Recruitment",
    "RecruitmentProblem",
    "Tolerance",
    "capacity",
    "recruit",
    "recruiter",
]
