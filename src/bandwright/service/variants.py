"""The same repetition on bodies and with scapular motions a little different, kept between questions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from bandwright.body import BodyModel, Person, Side, proportions
from bandwright.catalogue.anatomy import load_anatomy, load_ratios
from bandwright.curves.spread import (
    COARSE_PHASES,
    FOREARM_CV,
    SCAPULA_CV,
    SHOULDERS_CV,
    TAPE_CV,
    UPPER_ARM_CV,
    ArmShifts,
    TrunkShifts,
    Variant,
    Variants,
    Way,
    arm_shifts,
    trunk_shifts,
)
from bandwright.errors import ModelError
from bandwright.movements import Movement, PosedRepetition, pose_repetition
from bandwright.service.bodies import KEPT, body_of, holder_of, posed_of, strength_in

BODY_COLUMNS: Final = 3
"""Deviates of body size: upper arm, forearm, shoulder breadth."""

SCAPULA_COLUMNS: Final = 1


@dataclass(frozen=True, slots=True)
class Repetition:
    """Which repetition it is; as `posed_of` takes it."""

    movement: Movement
    person: Person
    side: Side
    lift_s: float | None = None


@dataclass(frozen=True, slots=True)
class Shifts:
    """How everything of a repetition that does not depend on the loads changes with its variants."""

    variants: Variants
    arms: dict[Side, ArmShifts]
    trunk: TrunkShifts


@lru_cache(maxsize=KEPT // 4)
def shifts_of(repetition: Repetition) -> Shifts:
    """Poses the variants of a repetition and compares them with it."""
    one = repetition
    posed = posed_of(one.movement, one.person, one.side, one.lift_s)
    base = None if one.lift_s is None else _posed(one, body_of(one.person), one.movement)
    variants = Variants(tuple(_variants(one)), base)
    holder = holder_of(one.person)
    arms = {side: arm_shifts(posed, holder, variants, side) for side in posed.working}
    return Shifts(variants, arms, trunk_shifts(posed, variants))


def _variants(one: Repetition) -> Iterator[Variant]:
    """Each variant this body can take up; where less scapular motion is out of reach, more of it counts for both."""
    for column, body in enumerate(_bodies(one.person)):
        try:
            yield Variant("body", column, "both", _posed(one, body, one.movement), strength_in(body))
        except ModelError:
            continue
    found = dict(_scapulae(one))
    strength = holder_of(one.person).strength
    for way, posed in found.items():
        yield Variant("scapula", 0, "both" if tuple(found) == ("up",) else way, posed, strength)


def _scapulae(one: Repetition) -> Iterator[tuple[Way, PosedRepetition]]:
    """The repetition with more and with less of its scapular motion."""
    body = body_of(one.person)
    ways: tuple[tuple[Way, float], ...] = (("up", 1.0 + SCAPULA_CV), ("down", 1.0 - SCAPULA_CV))
    for way, share in ways:
        moved = replace(one.movement, girdle_motion=share * one.movement.girdle_motion)
        try:
            yield way, _posed(one, body, moved)
        except ModelError:
            continue


def _posed(one: Repetition, body: BodyModel, movement: Movement) -> PosedRepetition:
    return pose_repetition(movement, body, side=one.side, lift_s=one.lift_s, phases=COARSE_PHASES)


def _bodies(person: Person) -> Iterator[BodyModel]:
    """The person with a longer upper arm, a longer forearm, broader shoulders, each by one standard deviation."""
    anatomy, ratios = load_anatomy(), load_ratios(person)
    upper = person.upper_arm_m or ratios["upper_arm_length"] * person.stature_m
    fore = person.forearm_m or ratios["forearm_length"] * person.stature_m
    by_upper = TAPE_CV if person.upper_arm_m else UPPER_ARM_CV
    by_fore = TAPE_CV if person.forearm_m else FOREARM_CV
    broad = {**ratios, "biacromial_breadth": (1.0 + SHOULDERS_CV) * ratios["biacromial_breadth"]}
    longer_arm = replace(person, upper_arm_m=(1.0 + by_upper) * upper)
    longer_forearm = replace(person, forearm_m=(1.0 + by_fore) * fore)
    yield BodyModel(anatomy, proportions(longer_arm, ratios, anatomy))
    yield BodyModel(anatomy, proportions(longer_forearm, ratios, anatomy))
    yield BodyModel(anatomy, proportions(person, broad, anatomy))
