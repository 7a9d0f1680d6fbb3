"""Written exercises to the domain's own: degrees to radians, lists to tuples."""

from __future__ import annotations

import math

import numpy as np

from bandwright.catalogue.exercise import Exercise, Fault, LoadOption, StartingForce
from bandwright.catalogue.exercise_tables import ExerciseTable, GirdleOffsetTable, KeyframeTable, OptionTable
from bandwright.catalogue.load_building import end_of
from bandwright.catalogue.rhythm import load_rhythm, rhythm_girdle_deg
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
        options=tuple(_option(option) for option in table.option),
    )


def _option(table: OptionTable) -> LoadOption:
    ranges = (table.height_stature, table.distance_m, table.free_length_m)
    height, distance, free = (None if one is None else (one.min, one.max) for one in ranges)
    origin = None if table.from_ is None else end_of(table.from_)
    return LoadOption(table.load, table.kind, origin, table.to, height, distance, free)


def _movement(table: ExerciseTable) -> Movement:
    return Movement(
        id=table.id,
        posture=table.posture,
        arms=table.arms,
        grip=table.grip,
        keyframes=tuple(_keyframe(frame) for frame in table.keyframe),
        hand_target=HandTarget(table.hand.lateral_biacromial) if table.hand else None,
        stance_width_m=table.stance_width_m,
        rhythm=load_rhythm() if any(frame.girdle is None for frame in table.keyframe) else None,
        isometric=table.isometric,
    )


def _keyframe(table: KeyframeTable) -> Keyframe:
    rad, arm = math.radians, table.arm
    return Keyframe(
        phase=table.at,
        trunk_inclination=rad(table.trunk_deg),
        knee_flexion=rad(table.knee_deg),
        girdle=_girdle(table),
        arm=ArmPose(
            plane=rad(arm.plane_deg),
            elevation=rad(arm.elevation_deg),
            external_rotation=rad(arm.outer_rotation_deg),
            elbow_flexion=rad(arm.elbow_deg),
            pronation=rad(arm.pronation_deg),
        ),
    )


def _girdle(table: KeyframeTable) -> Girdle:
    """The girdle as written, or by the rhythm of the arm and what is added to it."""
    if table.girdle is not None:
        written = table.girdle
        return Girdle(
            *(math.radians(x) for x in (written.protract_deg, written.lift_deg, written.upward_deg))
        )
    offset = table.girdle_offset or GirdleOffsetTable()
    added = np.radians([offset.protract_deg, offset.lift_deg, offset.upward_deg])
    usual = rhythm_girdle_deg(table.arm.plane_deg, table.arm.elevation_deg)
    return Girdle(*(np.radians(usual) + added).tolist())
