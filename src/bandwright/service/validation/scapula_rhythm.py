"""Our scapular rhythm set against other studies, and the shipped exercises set against the rhythm."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from bandwright.catalogue.exercises import load_exercises
from bandwright.catalogue.rhythm import rhythm_girdle_deg
from bandwright.catalogue.validation_tables import rows_of
from bandwright.movements import Keyframe

PUBLISHED: Final = "scapular_rhythm.csv"
"""Other studies' figures of the rhythm, each with its source."""

Offset = tuple[float, float, float]
"""Protraction, lift and upward rotation beyond the rhythm [deg]."""


@dataclass(frozen=True, slots=True)
class RhythmFigure:
    """One published figure of the rhythm and ours; `value`, `sd` and `span` as the study gives them."""

    id: str
    value: float | None
    sd: float | None
    span: tuple[float, float] | None
    unit: str
    source: str
    model: float


def rhythm_figures() -> tuple[RhythmFigure, ...]:
    """Every published figure beside what our rhythm has in its place."""
    return tuple(_figure(row) for row in rows_of(PUBLISHED))


def keyframe_offsets() -> Mapping[str, tuple[Offset, ...]]:
    """How far each shipped keyframe's girdle is from the rhythm of its arm, by exercise."""
    return {
        name: tuple(_offset(frame) for frame in exercise.movement.keyframes)
        for name, exercise in load_exercises().items()
    }


def _offset(frame: Keyframe) -> Offset:
    arm, girdle = frame.arm, frame.girdle
    usual = rhythm_girdle_deg(math.degrees(arm.plane), math.degrees(arm.elevation))
    given = (girdle.protraction, girdle.elevation, girdle.upward_rotation)
    protraction, lift, upward = (math.degrees(angle) - by for angle, by in zip(given, usual, strict=True))
    return protraction, lift, upward


def _figure(row: Mapping[str, str]) -> RhythmFigure:
    model = QUANTITIES[row["quantity"]](*(float(row[key]) for key in ("plane_deg", "from_deg", "to_deg")))
    return RhythmFigure(
        id=row["id"],
        value=float(row["value"]) if row["value"] else None,
        sd=float(row["sd"]) if row["sd"] else None,
        span=(float(row["low"]), float(row["high"])) if row["low"] else None,
        unit=row["unit"],
        source=row["source"],
        model=model,
    )


def _change(angle: int, plane: float, low: float, high: float) -> float:
    """Change of a rhythm angle while the arm rises in a plane [deg]."""
    return rhythm_girdle_deg(plane, high)[angle] - rhythm_girdle_deg(plane, low)[angle]


def _upward(plane: float, low: float, high: float) -> float:
    return _change(2, plane, low, high)


def _glenohumeral_to_scapula(plane: float, low: float, high: float) -> float:
    """What the blade does not do of the arm's rise, over what it does [-]."""
    return (high - low) / _upward(plane, low, high) - 1.0


QUANTITIES: Final[Mapping[str, Callable[[float, float, float], float]]] = {
    "upward_rotation_change": _upward,
    "upward_rotation_rest": lambda plane, low, _: rhythm_girdle_deg(plane, low)[2],
    "upward_rotation_per_glenohumeral": lambda *at: 1.0 / _glenohumeral_to_scapula(*at),
    "glenohumeral_to_scapula": _glenohumeral_to_scapula,
    "clavicle_elevation_change": lambda *at: _change(1, *at),
    "clavicle_retraction_change": lambda *at: -_change(0, *at),
}
"""How each published quantity is read off our rhythm, from plane, lowest and highest arm [deg]."""
