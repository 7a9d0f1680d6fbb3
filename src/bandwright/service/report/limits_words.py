"""What gives out first along the repetition, in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import groupby
from typing import Final

from bandwright.catalogue.anatomy import load_anatomy, load_erectors, load_strength_table
from bandwright.service.analysis import Analysis

JOINTS: Final[Mapping[str, str]] = {
    "glenoid_up": "Shoulder joint: its ball would ride up",
    "glenoid_up_front": "Shoulder joint: its ball would ride up and forward",
    "glenoid_front": "Shoulder joint: its ball would slip forward",
    "glenoid_down_front": "Shoulder joint: its ball would slip down and forward",
    "glenoid_down": "Shoulder joint: its ball would slip down",
    "glenoid_down_back": "Shoulder joint: its ball would slip down and back",
    "glenoid_back": "Shoulder joint: its ball would slip back",
    "glenoid_up_back": "Shoulder joint: its ball would ride up and back",
    "grip": "Grip",
}
"""Limits that are no muscle."""


@cache
def muscle_names() -> Mapping[str, str]:
    """Name of every muscle element by its id without side."""
    named = {muscle.id: muscle.name for muscle in load_anatomy().muscles}
    helpers = {actuator.id: actuator.name for actuator in load_strength_table().actuators}
    return named | helpers | {lump.id: lump.name for lump in load_erectors()}


def limit_name(limit: str | None) -> str:
    """A limit in plain words."""
    if limit is None:
        return "Nothing that the model knows"
    return JOINTS.get(limit) or muscle_names().get(limit) or limit.replace("_", " ").capitalize()


SHORTEST_RUN: Final = 3
"""A limit that holds for fewer poses is counted to its neighbour."""


def limits_along(analysis: Analysis) -> list[tuple[float, float, str]]:
    """Stretches of the range (from, to) [-] and what gives out first there."""
    runs: list[tuple[str | None, int]] = []
    for limit, poses in groupby(analysis.working.binding):
        length = len(list(poses))
        if runs and (length < SHORTEST_RUN or runs[-1][0] == limit):
            runs[-1] = (runs[-1][0], runs[-1][1] + length)
        else:
            runs.append((limit, length))
    if len(runs) > 1 and runs[0][1] < SHORTEST_RUN:
        first = runs.pop(0)
        runs[0] = (runs[0][0], first[1] + runs[0][1])
    phase, at, found = analysis.posed.phase, 0, []
    for limit, length in runs:
        end = min(at + length, len(phase) - 1)
        found.append((float(phase[at]), float(phase[end]), limit_name(limit)))
        at += length
    return found
