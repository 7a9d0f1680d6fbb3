"""What is wrong with how a keyframe gives its shoulder girdle: twice, or further than a girdle goes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from annotated_types import Ge, Le

from bandwright.catalogue.exercise_tables import GirdleTable
from bandwright.catalogue.problems import located
from bandwright.catalogue.raw_tables import Frames, number
from bandwright.catalogue.rhythm import rhythm_girdle_deg
from bandwright.errors import Problem

ANGLES: Final = ("protract_deg", "lift_deg", "upward_deg")


def girdle_problems(frames: Frames, where: str) -> Iterator[Problem]:
    """Keyframes that give the girdle both ways, and offsets that leave the girdle's range."""
    for index, frame in frames:
        path = located(where, ("keyframe", index, "girdle_offset"))
        if "girdle_offset" in frame and "girdle" in frame:
            yield Problem(
                "girdle-twice",
                "The girdle is given by its own angles (girdle) and as an offset from the rhythm (girdle_offset).",
                ("girdle", "girdle_offset"),
                hint=_choice(frame),
                path=path,
            )
        elif "girdle_offset" in frame:
            yield from _too_far(frame, path)


def _usual(frame: Mapping[str, Any]) -> tuple[float, ...] | None:
    """The rhythm's girdle where the keyframe's arm points [deg]."""
    plane, elevation = number(frame, "arm", "plane_deg"), number(frame, "arm", "elevation_deg")
    return None if plane is None or elevation is None else rhythm_girdle_deg(plane, elevation)


def _choice(frame: Mapping[str, Any]) -> str:
    """What to do, with the written angles as an offset where they can be."""
    usual, written = _usual(frame), [number(frame, "girdle", name) for name in ANGLES]
    if usual is None or None in written:
        return (
            "Keep one of the two: girdle fixes the angles, girdle_offset is added to the rhythm of the arm."
        )
    pairs = zip(ANGLES, written, usual, strict=True)
    offset = ", ".join(f"{name} = {(at or 0.0) - by:.0f}" for name, at, by in pairs)
    return (
        f"Keep girdle, or put girdle_offset = {{ {offset} }} in place of both for the posture girdle gives."
    )


def _too_far(frame: Mapping[str, Any], path: str) -> Iterator[Problem]:
    usual = _usual(frame)
    if usual is None:
        return
    for name, by in zip(ANGLES, usual, strict=True):
        low, high = _limits(name)
        added = number(frame, "girdle_offset", name) or 0.0
        # The rhythm itself may go past a limit that is meant for a hanging arm; an offset must not go further.
        least, most = min(low, by) - by, max(high, by) - by
        if not least <= added <= most:
            yield Problem(
                "girdle-too-far",
                f"{added:g} on top of the rhythm's {by:.0f} gives {by + added:.0f} degrees.",
                (f"from {least:.0f} to {most:.0f}",),
                hint=f"With it the girdle has its limits of {low:g} to {high:g} degrees.",
                path=f"{path}.{name}",
            )


def _limits(name: str) -> tuple[float, float]:
    """The range of one of the girdle's own angles [deg]."""
    marks = GirdleTable.model_fields[name].metadata
    low = next(float(str(mark.ge)) for mark in marks if isinstance(mark, Ge))
    return low, next(float(str(mark.le)) for mark in marks if isinstance(mark, Le))
