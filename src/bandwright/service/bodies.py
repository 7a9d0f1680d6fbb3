"""Bodies and posed repetitions, kept between questions because many set-ups share them."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from bandwright.body import UNSCALED, BodyModel, Person, Proportions, Side, proportions
from bandwright.body.arm import arm_angles
from bandwright.body.kinematics import TrunkPose
from bandwright.body.rotations import about_axis
from bandwright.body.strength import Strength, person_strength
from bandwright.catalogue.anatomy import load_anatomy, load_ratios, load_strength_table
from bandwright.catalogue.specific_tension import load_specific_tension
from bandwright.curves import Holder
from bandwright.mechanics import glenoid_cone
from bandwright.movements import Movement, PosedRepetition, pose_repetition

KEPT = 64
"""Posed repetitions kept in memory; each is about 2 MB."""


@lru_cache(maxsize=KEPT)
def body_of(person: Person) -> BodyModel:
    """The person's compiled model."""
    anatomy = load_anatomy()
    return BodyModel(anatomy, proportions(person, load_ratios(person), anatomy))


@lru_cache(maxsize=KEPT)
def posed_of(movement: Movement, person: Person, side: Side, lift_s: float | None = None) -> PosedRepetition:
    """The movement on the person's body, quasi-static or at a tempo."""
    return pose_repetition(movement, body_of(person), side=side, lift_s=lift_s)


@lru_cache(maxsize=KEPT)
def holder_of(person: Person) -> Holder:
    """The person's strength and glenoid cone."""
    return Holder(strength_of(person), glenoid_cone(load_anatomy()))


def strength_of(person: Person) -> Strength:
    """The person's strength, muscles as long relative to their bones as the source subject's."""
    return strength_in(body_of(person))


def strength_in(body: BodyModel) -> Strength:
    """The strength of whoever has this body."""
    source = BodyModel(body.anatomy, Proportions(body.sizes.person, UNSCALED, body.sizes.ratios))
    ratio = _reference_lengths(body) / _reference_lengths(source)
    table, tension = load_strength_table(), load_specific_tension()
    return person_strength(body.anatomy, body.sizes, table, tension, ratio)


def _reference_lengths(body: BodyModel) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Muscle lengths (n,) [m] at relaxed rest, arm 30° out and elbow half bent."""
    rest = body.girdle.clavicle_rest()
    at = (np.array([rest[0]]), np.array([rest[1]]))
    humerus = about_axis(np.array([1.0, 0.0, 0.0]), np.array([-np.radians(30.0)]))
    angles = arm_angles(body.girdle, at, np.radians([5.0]), humerus, (np.array([0.8]), np.array([0.0])))
    body.place(TrunkPose((0.0, 1.0), 0.0, 0.0), {"r": angles, "l": angles}, 0)
    return body.arm_state("r").muscle_length
