"""What is wrong with an exercise beyond the form of its table, checked on the raw table.

Raw, so that a misspelt key in one place does not hide a contradiction in another.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from bandwright.catalogue.girdle_checks import girdle_problems
from bandwright.catalogue.load_checks import FindBand, LoadSetting, load_problems
from bandwright.catalogue.option_checks import option_problems
from bandwright.catalogue.problems import located
from bandwright.catalogue.raw_tables import Frames, number
from bandwright.errors import Problem, unknown_name

LARGEST_SWING_DEG: Final = 170.0
"""Arm directions further apart than this have no one way between them: it is a great circle."""


Keys = tuple[str | int, ...]


def exercise_problems(
    table: Mapping[str, Any], where: str, file_id: str, known_ids: Collection[str], find_band: FindBand | None
) -> list[Problem]:
    """Every contradiction and every unknown reference of one exercise."""
    frames = _numbered_tables(table, "keyframe")
    arms, posture = table.get("arms"), table.get("posture")
    setting = LoadSetting(arms, posture, find_band, mirrors=False)
    return [
        *_id_problems(table, where, file_id),
        *_phase_problems(frames, where),
        *_swing_problems(frames, where),
        *girdle_problems(frames, where),
        *_grip_problems(table, frames, where),
        *_posture_problems(table, where),
        *_start_problems(table, where),
        *_reference_problems(table, where, known_ids),
        *load_problems(table.get("load"), where, setting),
        *option_problems(table, where),
    ]


def _numbered_tables(table: Mapping[str, Any], key: str) -> list[tuple[int, Mapping[str, Any]]]:
    rows = table.get(key)
    if not isinstance(rows, list):
        return []
    return [(i, row) for i, row in enumerate(rows) if isinstance(row, dict)]


def _id_problems(table: Mapping[str, Any], where: str, file_id: str) -> Iterator[Problem]:
    given = table.get("id")
    if isinstance(given, str) and given != file_id:
        yield Problem(
            "id-differs",
            f"The id is '{given}' but the file is called '{file_id}.toml'.",
            hint=f'Rename the file to {given}.toml, or write id = "{file_id}".',
            path=located(where, ("id",)),
        )


def _phase_problems(frames: Frames, where: str) -> Iterator[Problem]:
    phases = [(i, at) for i, frame in frames if (at := number(frame, "at")) is not None]
    if len(phases) < 2 or len(phases) < len(frames):
        return
    hint = "For example at = 0, 0.5 and 1."
    for (index, at), wanted, end in ((phases[0], 0.0, "first"), (phases[-1], 1.0, "last")):
        if at != wanted:
            said = f"The {end} keyframe is at {at:g}, but it must be at {wanted:g}."
            yield Problem("phases", said, hint=hint, path=located(where, ("keyframe", index, "at")))
    for (_, before), (index, at) in itertools.pairwise(phases):
        if at <= before:
            said = f"Keyframes must come in order, but {at:g} follows {before:g}."
            yield Problem("phases", said, hint=hint, path=located(where, ("keyframe", index, "at")))


def _arm_direction(frame: Mapping[str, Any]) -> tuple[float, float, float] | None:
    """Unit vector along the upper arm in the trunk (forward, outward, up), [-]."""
    plane, elevation = number(frame, "arm", "plane_deg"), number(frame, "arm", "elevation_deg")
    if plane is None or elevation is None:
        return None
    p, e = math.radians(plane), math.radians(elevation)
    return math.sin(e) * math.sin(p), math.sin(e) * math.cos(p), -math.cos(e)


def _swing_problems(frames: Frames, where: str) -> Iterator[Problem]:
    for (_, before), (index, after) in itertools.pairwise(frames):
        here, there = _arm_direction(before), _arm_direction(after)
        if here is None or there is None:
            continue
        cosine = sum(a * b for a, b in zip(here, there, strict=True))
        swing = math.degrees(math.acos(max(-1.0, min(1.0, cosine))))
        if swing > LARGEST_SWING_DEG:
            yield Problem(
                "opposite-arms",
                f"The upper arm swings {swing:.0f} degrees since the last keyframe, so it can go any way.",
                hint="Put a keyframe between the two that shows the way.",
                path=located(where, ("keyframe", index, "arm")),
            )


def _grip_problems(table: Mapping[str, Any], frames: Frames, where: str) -> Iterator[Problem]:
    sign = {"pronated": 1.0, "supinated": -1.0}.get(str(table.get("grip")))
    for index, frame in frames:
        pronation = number(frame, "arm", "pronation_deg")
        if sign is not None and pronation is not None and sign * pronation < 0.0:
            yield Problem(
                "grip-and-forearm",
                f"The grip is {table['grip']}, but the forearm is turned {pronation:g} degrees.",
                hint="Pronation is + palm down and - palm up; change the grip or the sign.",
                path=located(where, ("keyframe", index, "arm", "pronation_deg")),
            )


def _posture_problems(table: Mapping[str, Any], where: str) -> Iterator[Problem]:
    if table.get("posture") == "hanging" and table.get("arms") == "right":
        said = "Hanging from one arm is not modelled."
        yield Problem(
            "hanging-arms", said, ("both",), hint='Write arms = "both".', path=located(where, ("arms",))
        )


def _start_problems(table: Mapping[str, Any], where: str) -> Iterator[Problem]:
    steps = [number(table.get("start"), key) for key in ("light_n", "medium_n", "heavy_n")]
    given = [step for step in steps if step is not None]
    if len(given) == 3 and not given[0] < given[1] < given[2]:
        light, medium, heavy = given
        said = f"Light, medium and heavy must rise, but are {light:g}, {medium:g} and {heavy:g} N."
        yield Problem("start-order", said, path=located(where, ("start",)))


def _reference_problems(
    table: Mapping[str, Any], where: str, known_ids: Collection[str]
) -> Iterator[Problem]:
    allowed = sorted(known_ids)
    references: list[tuple[Keys, object]] = [(("alternative",), table.get("alternative"))]
    related = table.get("related")
    if isinstance(related, list):
        references += [(("related", i), name) for i, name in enumerate(related)]
    for keys, name in references:
        path = located(where, keys)
        if isinstance(name, str) and name == table.get("id"):
            yield Problem(
                "refers-to-itself", f"'{name}' refers to itself.", hint="Remove it here.", path=path
            )
        elif isinstance(name, str) and name not in known_ids:
            yield unknown_name("exercise", name, allowed, path=path)
