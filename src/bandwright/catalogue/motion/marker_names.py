"""Which marker of a file stands for which point of the body.

Names as OpenCap, Pose2Sim and Sports2D write them and those common in motion capture; `{S}` is R or L, `{s}`
r or l. Points are told relative to the arm that is read: `far_shoulder` is the other side's.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bandwright.body import Side
from bandwright.catalogue.motion.trc import MarkerTable
from bandwright.errors import InputError, Problem, nearest_match

NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "c7": ("C7", "C7_study"),
    "ij": ("CLAV", "IJ", "SJN", "Suprasternal"),
    "px": ("STRN", "PX", "XIPH", "Sternum"),
    "t8": ("T8", "T10"),
    "neck": ("Neck",),
    "mid_hip": ("CHip", "midHip", "MidHip", "Hip"),
    "shoulder": ("{S}Shoulder", "{S}SJC"),
    "acromion": ("{S}SHO", "{S}ACR", "{S}AC", "{s}_shoulder_study"),
    "scapula_angle": ("{S}AA",),
    "scapula_spine": ("{S}TS",),
    "scapula_tip": ("{S}AI",),
    "hip": ("{S}Hip", "{S}HJC", "{S}HJC_study"),
    "elbow": ("{S}Elbow", "{S}EJC"),
    "elbow_outer": ("{S}ELB", "{S}LELB", "{S}EL", "{s}_lelbow_study"),
    "elbow_inner": ("{S}ELBM", "{S}MELB", "{S}EM", "{s}_melbow_study"),
    "wrist": ("{S}Wrist", "{S}WJC"),
    "wrist_thumb": ("{S}WRA", "{S}RS", "{s}_lwrist_study"),
    "wrist_little": ("{S}WRB", "{S}US", "{s}_mwrist_study"),
    "knee": ("{S}Knee", "{S}KJC", "{S}KNE"),
    "ankle": ("{S}Ankle", "{S}AJC", "{S}ANK"),
}

FAR: Final = ("shoulder", "acromion", "hip")
"""Points whose other side helps to find the trunk."""

INSTEAD: Final[Mapping[str, tuple[str, ...]]] = {
    "shoulder": ("acromion",),
    "elbow": ("elbow_outer",),
    "wrist": ("wrist_thumb", "wrist_little"),
}
"""Points that must be there, and the markers that do as well."""


def named_points(markers: MarkerTable, side: Side) -> dict[str, str]:
    """The marker that stands for each point, for the arm of one side.

    Raises:
        InputError: a needed marker is missing or has gaps; every one at once, with the nearest names.
    """
    other: Side = "l" if side == "r" else "r"
    found = {point: name for point in NAMES if (name := _find(markers, point, side)) is not None}
    found |= {f"far_{point}": name for point in FAR if (name := _find(markers, point, other)) is not None}
    problems = _missing(markers, found, side)
    for point, name in found.items():
        if name in markers.gaps:
            said = f"The marker '{name}' ({point.replace('_', ' ')}) is missing here."
            path = f"{markers.name}: line {markers.gaps[name]}"
            hint = "Fill the gap before importing, or cut the recording to the part where it is seen."
            problems.append(Problem("marker-gap", said, hint=hint, path=path))
    if problems:
        raise InputError(*problems)
    return found


def _find(markers: MarkerTable, point: str, side: Side) -> str | None:
    by_lower = {name.lower(): name for name in markers.positions_m}
    wanted = (form.format(S=side.upper(), s=side).lower() for form in NAMES[point])
    return next((by_lower[name] for name in wanted if name in by_lower), None)


def _missing(markers: MarkerTable, found: Mapping[str, str], side: Side) -> list[Problem]:
    problems = []
    for point, others in INSTEAD.items():
        if point not in found and not all(one in found for one in others):
            problems.append(_no_marker(markers, point, side))
    low = {"mid_hip", "px"} & set(found) or {"hip", "far_hip"} <= set(found)
    right = {"shoulder", "far_shoulder"} <= set(found) or {"acromion", "far_acromion"} <= set(found)
    spine = {"c7", "ij", "px", "t8"} & set(found)
    if len(spine) < 3 and not (right and low):
        said = "The trunk cannot be found: it needs three of C7, CLAV, STRN and T10, or both shoulders and the hips."
        hint = f"The file has {', '.join(markers.positions_m)}."
        problems.append(Problem("no-trunk", said, hint=hint, path=f"{markers.name}: line 4"))
    return problems


def _no_marker(markers: MarkerTable, point: str, side: Side) -> Problem:
    forms = [*NAMES[point], *(form for one in INSTEAD[point] for form in NAMES[one])]
    allowed = tuple(form.format(S=side.upper(), s=side) for form in forms)
    return Problem(
        code="missing-marker",
        message=f"There is no marker for the {'right' if side == 'r' else 'left'} {point}.",
        allowed=allowed,
        nearest=next((near for name in allowed if (near := _near(name, markers))), None),
        hint="Rename the marker in the file, or read the other arm.",
        path=f"{markers.name}: line 4",
    )


def _near(name: str, markers: MarkerTable) -> str | None:
    by_lower = {marker.lower(): marker for marker in markers.positions_m}
    near = nearest_match(name, by_lower)
    return by_lower[near] if near else None
