"""From a person to segment sizes and masses.

The shoulder girdle is scaled evenly by biacromial breadth, so that every girdle angle keeps the meaning it has
on the source subject; arm, forearm and hand are scaled evenly by their own length.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from bandwright.body.anatomy import Anatomy
from bandwright.body.person import Person

Ratios = Mapping[str, float]
"""Body measures as shares of stature, body mass or segment length; keys as in `proportions.csv`."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Size of each bone relative to the source subject [-]."""

    girdle: float
    humerus: float
    forearm: float
    hand: float

    def of(self, bone: str) -> float:
        """Scale factor of a bone."""
        factors = {"humerus": self.humerus, "ulna": self.forearm, "radius": self.forearm, "hand": self.hand}
        return factors.get(bone, self.girdle)


@dataclass(frozen=True, slots=True)
class Proportions:
    """One person's sizes: lengths in [m], masses in [kg]; `ratios` as looked up for the person's sex."""

    person: Person
    scale: Scale
    ratios: Ratios

    def length_m(self, measure: str) -> float:
        """A length given as a share of stature [m]."""
        return self.ratios[measure] * self.person.stature_m

    def mass_kg(self, segment: str) -> float:
        """Mass of one segment [kg]."""
        return self.ratios[f"{segment}_mass"] * self.person.mass_kg

    @property
    def half_biacromial_m(self) -> float:
        """Half the biacromial breadth [m]."""
        return self.length_m("biacromial_breadth") / 2

    @property
    def lumbosacral_height_m(self) -> float:
        """Height of L5/S1 above the hip centre, standing [m]."""
        trunk = self.length_m("suprasternal_height") - self.length_m("hip_height")
        return self.ratios["lumbosacral_share"] * trunk


def source_lengths_m(anatomy: Anatomy) -> Mapping[str, float]:
    """Lengths of the unscaled source subject: half biacromial breadth at rest, upper arm, forearm [m]."""
    wrist = anatomy.joints["radioulnar"].parent_offset_m + anatomy.joints["wrist"].parent_offset_m
    return {
        "half_biacromial": SOURCE_HALF_BIACROMIAL_M,
        "upper_arm": float(np.linalg.norm(anatomy.joints["elbow"].parent_offset_m)),
        "forearm": float(np.linalg.norm(wrist)),
    }


SOURCE_HALF_BIACROMIAL_M = 0.177
"""Half the biacromial breadth of the source subject at rest: 35.4 cm in all (BelliIK2023 geometry) [m]."""

UNSCALED = Scale(1.0, 1.0, 1.0, 1.0)
"""The source subject as published."""


def proportions(person: Person, ratios: Ratios, anatomy: Anatomy) -> Proportions:
    """Sizes and masses of a person; given arm lengths win over those scaled from stature."""
    source = source_lengths_m(anatomy)
    height = person.stature_m
    upper_arm = person.upper_arm_m or ratios["upper_arm_length"] * height
    forearm = person.forearm_m or ratios["forearm_length"] * height
    scale = Scale(
        girdle=ratios["biacromial_breadth"] * height / 2 / source["half_biacromial"],
        humerus=upper_arm / source["upper_arm"],
        forearm=forearm / source["forearm"],
        hand=forearm / source["forearm"],
    )
    return Proportions(person, scale, ratios)


def arm_in_hand_kg(person: Person, ratios: Ratios) -> float:
    """The weight in the hand that would be as heavy, about the shoulder, as the straight arm itself [kg]."""
    upper, lower = ratios["upper_arm_length"], ratios["forearm_length"]
    moment = ratios["upper_arm_mass"] * ratios["upper_arm_com"] * upper
    moment += ratios["forearm_mass"] * (upper + ratios["forearm_com"] * lower)
    return person.mass_kg * (moment / (upper + lower) + ratios["hand_mass"])
