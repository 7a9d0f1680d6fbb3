"""A posed repetition as a picture needs it, ``bandwright.repetition/1``: whole millimetres, coded small.

A *course* is one coordinate through the repetition: its value at the first phase, then its change from phase to
phase, all in whole millimetres; changes of zero at the end are left out. A *path* is the courses of x, y and z.
Summed up again it is within half a millimetre of the model.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from bandwright.body import SIDES
from bandwright.catalogue.anatomy import load_anatomy, load_erectors
from bandwright.catalogue.setup import person_table
from bandwright.catalogue.setup_tables import PersonTable
from bandwright.catalogue.tables import StrictTable
from bandwright.movements import PosedRepetition
from bandwright.service.report.figure import back_view
from bandwright.service.report.gear import Bench, bar_ends, flat_bench, handle_axis, sloped_bench
from bandwright.service.report.mannequin import Mannequin
from bandwright.service.report.muscles import SHEETS, erector_lines, half_width_m

Array = NDArray[np.float64]

SCHEMA: Final = "bandwright.repetition/1"

POINTS: Final = 5
"""Points along each muscle that are sent; the model keeps eight."""

HANDLE_M: Final = 0.05
"""How far from the fist's middle the point lies that shows which way a handle points [m]."""

SAME_M: Final = 5e-4
"""Sides that differ by less are mirror images: half of the unit that is sent [m]."""

ACROSS: Final = np.array([1.0, -1.0, 1.0])

BONES: Final = (
    ("pelvis", "lumbosacral"),
    ("lumbosacral", "upper_back"),
    ("upper_back", "neck"),
    ("neck", "vertex"),
    ("suprasternal_notch", "sternum"),
)
BONES_OF_SIDE: Final = (
    ("sternoclavicular", "acromion"),
    ("acromion", "scapula_spine"),
    ("scapula_spine", "scapula_tip"),
    ("scapula_tip", "acromion"),
    ("shoulder", "elbow"),
    ("elbow", "wrist"),
    ("wrist", "hand"),
    ("hip", "knee"),
    ("knee", "ankle"),
    ("ankle", "toe"),
)
"""Which points a bone joins."""

Course = list[int]
Path = list[Course]
Millimetres = list[int]


class MuscleLine(StrictTable):
    """One muscle: what to call it, how thick to draw it, and its line from origin to insertion."""

    name: str
    half_width_mm: int = Field(description="At its belly; drawing only.")
    sheet: int | None = Field(description="Muscles of one number are one flat sheet, in order across it.")
    line: list[Path] = Field(description="Points along it, each a path.")


class BarObject(StrictTable):
    """A bar overhead."""

    kind: Literal["bar"]
    ends_mm: list[Millimetres]


class BenchObject(StrictTable):
    """A pad: a box from a corner along three edges; and its legs, each from pad to floor."""

    kind: Literal["bench"]
    corner_mm: Millimetres
    edges_mm: list[Millimetres]
    legs_mm: list[list[Millimetres]]


class RepetitionAnswer(StrictTable):
    """A repetition to be drawn: x forward, y left, z up, origin on the floor between the feet."""

    schema_: Literal["bandwright.repetition/1"] = Field(alias="schema")
    exercise: str
    person: PersonTable
    working: list[Literal["r", "l"]]
    posture: str
    grip: str
    phases: int
    girth: float = Field(description="How much wider than ordinary the body is drawn.")
    view_from: list[float] = Field(description="Where the eye is best, as a direction from the figure.")
    points: dict[str, Path] = Field(
        description="Joint centres, landmarks, toes and which way a handle lies in each fist."
    )
    bones: list[list[str]] = Field(description="Pairs of points that a bone joins.")
    mirrored: bool = Field(description="Only right muscles are sent; the left ones have y negated.")
    muscles: dict[str, MuscleLine]
    objects: list[BarObject | BenchObject]


def repetition_answer(posed: PosedRepetition) -> dict[str, Any]:
    """Everything a figure of the repetition needs that does not hang on the loads."""
    figures = [Mannequin(posed, index) for index in range(len(posed.phase))]
    mirrored = _mirrored(posed)
    muscles = _muscle_lines(posed, figures)
    shown = {name: line for name, line in muscles.items() if not mirrored or name.endswith("_r")}
    return {
        "schema": SCHEMA,
        "exercise": posed.movement.id,
        "person": person_table(posed.sizes.person),
        "working": list(posed.working),
        "posture": posed.movement.posture,
        "grip": posed.movement.grip,
        "phases": len(posed.phase),
        "girth": round(figures[0].girth, 3),
        "view_from": [round(float(share), 3) for share in back_view(posed).toward],
        "points": {name: path(places) for name, places in _points(posed, figures).items()},
        "bones": [*map(list, BONES), *([f"{a}_{s}", f"{b}_{s}"] for s in SIDES for a, b in BONES_OF_SIDE)],
        "mirrored": mirrored,
        "muscles": {name: _muscle(name, line) for name, line in shown.items()},
        "objects": _objects(figures[0]),
    }


def path(places: Array) -> Path:
    """Places (K, 3) [m] as the courses of their coordinates."""
    whole = np.rint(1000.0 * places).astype(np.int64)
    steps = np.vstack([whole[:1], np.diff(whole, axis=0)])
    lengths = [1 + max(np.nonzero(column[1:])[0] + 1, default=0) for column in steps.T]
    return [column[:length].tolist() for column, length in zip(steps.T, lengths, strict=True)]


def _points(posed: PosedRepetition, figures: list[Mannequin]) -> dict[str, Array]:
    """Named points (K, 3) [m], legs as they are drawn."""
    found = dict(posed.points)
    for side in SIDES:
        legs = np.array([figure.leg_joints(side) for figure in figures])
        names = ("hip", "knee", "ankle", "toe")
        found |= {f"{name}_{side}": legs[:, column] for column, name in enumerate(names)}
        axis = np.array([handle_axis(figure, side) for figure in figures])
        found[f"handle_{side}"] = found[f"hand_{side}"] + HANDLE_M * axis
    return found


def _muscle_lines(posed: PosedRepetition, figures: list[Mannequin]) -> dict[str, Array]:
    """Lines (K, n, 3) [m] of every muscle by its id with side."""
    found: dict[str, Array] = {}
    for side in SIDES:
        lines = _along(posed.arms[side].muscle_lines)
        found |= {f"{muscle}_{side}": lines[:, column] for column, muscle in enumerate(posed.muscle_ids)}
    still = erector_lines(figures[0])
    return found | {name: _along(_with_trunk(line, figures)[:, None])[:, 0] for name, line in still.items()}


def _with_trunk(places: Array, figures: list[Mannequin]) -> Array:
    """Places (n, 3) at the first pose, carried along by the trunk (K, n, 3) [m]."""
    first = figures[0]
    frame = np.array([first.forward, [0.0, 1.0, 0.0], first.up])
    inside = (places - first.point("pelvis")) @ frame.T
    frames = np.array([[one.forward, [0.0, 1.0, 0.0], one.up] for one in figures])
    hips = np.array([one.point("pelvis") for one in figures])
    return np.asarray(hips[:, None] + inside @ frames)


def _along(lines: Array) -> Array:
    """Lines (K, m, p, 3) at `POINTS` even shares of their length."""
    steps = np.linalg.norm(np.diff(lines, axis=2), axis=3)
    far = np.concatenate([np.zeros_like(steps[..., :1]), np.cumsum(steps, axis=2)], axis=2)
    wanted = far[..., -1:] * np.linspace(0.0, 1.0, POINTS)
    last = lines.shape[2] - 2
    before = np.clip((far[..., None, :] <= wanted[..., None]).sum(axis=-1) - 1, 0, last)
    start, end = (np.take_along_axis(far, before + step, axis=2) for step in (0, 1))
    share = np.where(end > start, (wanted - start) / np.maximum(end - start, 1e-12), 0.0)[..., None]
    low, high = (np.take_along_axis(lines, (before + step)[..., None], axis=2) for step in (0, 1))
    return np.asarray(low + share * (high - low))


def _mirrored(posed: PosedRepetition) -> bool:
    right, left = posed.arms["r"].muscle_lines, posed.arms["l"].muscle_lines
    return bool(np.abs(right - left * ACROSS).max() < SAME_M)


def _muscle(name: str, line: Array) -> dict[str, Any]:
    muscle = name[:-2]
    sheet = next((index for index, sheet in enumerate(SHEETS) if muscle in sheet), None)
    return {
        "name": _names()[muscle],
        "half_width_mm": round(1000.0 * half_width_m(muscle)),
        "sheet": sheet,
        "line": [path(line[:, point]) for point in range(POINTS)],
    }


@cache
def _names() -> Mapping[str, str]:
    named = {muscle.id: muscle.name for muscle in load_anatomy().muscles}
    return named | {lump.id: lump.name for lump in load_erectors()}


def _objects(figure: Mannequin) -> list[dict[str, Any]]:
    """What the body rests on or hangs from."""
    posture = figure.posed.movement.posture
    if posture == "hanging":
        return [{"kind": "bar", "ends_mm": _millimetres(bar_ends(figure))}]
    if posture == "chest-supported":
        return [_bench(sloped_bench(figure))]
    return [_bench(flat_bench(figure))] if posture == "bench-supported" else []


def _bench(bench: Bench) -> dict[str, Any]:
    return {
        "kind": "bench",
        "corner_mm": _millimetres(bench.corner),
        "edges_mm": _millimetres(bench.edges),
        "legs_mm": _millimetres(bench.legs),
    }


def _millimetres(places: Array) -> Any:  # noqa: ANN401 — lists nested as deep as the array
    return np.rint(1000.0 * np.asarray(places)).astype(np.int64).tolist()
