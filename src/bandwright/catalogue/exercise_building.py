"""Written exercises to the domain's own: degrees to radians, lists to tuples."""

from __future__ import annotations

import math

from bandwright.catalogue.exercise import Exercise, Fault, StartingForce
from bandwright.catalogue.exercise_tables import ExerciseTable, KeyframeTable
from bandwright.movements import ArmPose, Girdle, HandTarget, Keyframe, Movement


def exercise_of(table: ExerciseTable) -> Exercise:
    """The exercise a validated table describes."""
    return Exercise(
        movement=_movement(table),
        name=table.name,
        summary=table.summary,
        how_to=table.how_to,
        muscles=tuple(table.muscles),
        intents=tuple(table.intents),
        gear=tuple(table.gear),
        load_tables=tuple(load.model_dump(by_alias=True, exclude_unset=True) for load in table.load),
        start=StartingForce(**table.start.model_dump()) if table.start else None,
        cues=tuple(table.cues),
        faults=tuple(Fault(fault.seen, fault.cue) for fault in table.fault),
        safety=tuple(table.safety),
        alternative=table.alternative,
        related=tuple(table.related),
        claims=tuple(table.claims),
        sources=tuple(table.sources),
    )


def _movement(table: ExerciseTable) -> Movement:
    return Movement(
        id=table.id,
        posture=table.posture,
        arms=table.arms,
        grip=table.grip,
        keyframes=tuple(_keyframe(frame) for frame in table.keyframe),
        hand_target=HandTarget(table.hand.lateral_biacromial) if table.hand else None,
        stance_width_m=table.stance_width_m,
        isometric=table.isometric,
    )


def _keyframe(table: KeyframeTable) -> Keyframe:
    rad, girdle, arm = math.radians, table.girdle, table.arm
    return Keyframe(
        phase=table.at,
        trunk_inclination=rad(table.trunk_deg),
        knee_flexion=rad(table.knee_deg),
        girdle=Girdle(rad(girdle.protract_deg), rad(girdle.lift_deg), rad(girdle.upward_deg)),
        arm=ArmPose(
            plane=rad(arm.plane_deg),
            elevation=rad(arm.elevation_deg),
            external_rotation=rad(arm.outer_rotation_deg),
            elbow_flexion=rad(arm.elbow_deg),
            pronation=rad(arm.pronation_deg),
        ),
    )
