"""What can be changed in a load of an exercise, and within what limits: what a form or a drag offers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, get_args

from annotated_types import Ge, Gt, Le

from bandwright.bands import Band, allowed_rigs
from bandwright.catalogue.exercise import Exercise
from bandwright.catalogue.load_tables import (
    BandLoadTable,
    CableLoadTable,
    PointTable,
    WeightLoadTable,
)
from bandwright.catalogue.tables import StrictTable

STEP: Final[Mapping[str, float]] = {
    "x_m": 0.05,
    "y_m": 0.05,
    "z_m": 0.05,
    "z_stature": 0.025,
    "free_length_m": 0.05,
    "mass_kg": 2.0,
    "force_n": 10.0,
    "count": 1,
}
"""Steps of a stepper: 5 cm, 2 kg, about 1 kgf, one band (convention)."""

HANDS: Final = ("hands", "hand_r", "hand_l")
FEET: Final = ("feet", "foot_r", "foot_l")


def controls(load: Mapping[str, Any], exercise: Exercise, bands: Mapping[str, Band]) -> dict[str, Any]:
    """The controls of one of an exercise's usual loads, each choice one that the exercise can be done with.

    `bands` are ids of bands of the same kind, `rigs` ways to use them, `from_places` and `to_places` names of
    places, `from_point` whether it may start at a point of the room, `figures` least, most and step of each number
    by its key path in the load.
    """
    found: dict[str, Any] = {
        "load": load["id"],
        "kind": load["kind"],
        "bands": [],
        "rigs": [],
        "from_places": [],
        "from_point": load["kind"] == "cable",
        "to_places": _to_places(load, exercise),
        "figures": {},
    }
    if load["kind"] == "band":
        found |= _band_controls(load, exercise, bands)
    elif load["kind"] == "weight":
        found["figures"] = _figures(WeightLoadTable, "mass_kg")
    elif load["kind"] == "cable":
        found["figures"] = _figures(CableLoadTable, "force_n") | _point(load)
    return found


def _band_controls(load: Mapping[str, Any], exercise: Exercise, bands: Mapping[str, Band]) -> dict[str, Any]:
    usual = bands.get(load.get("band", ""))
    places = _from_places(load, exercise)
    return {
        "bands": [band.id for band in bands.values() if usual is None or band.kind == usual.kind],
        "rigs": list(allowed_rigs(usual)) if usual is not None else [],
        "from_places": places,
        "from_point": isinstance(load["from"], Mapping) or places == list(FEET),
        "figures": _figures(BandLoadTable, "count", "free_length_m") | _point(load),
    }


def _to_places(load: Mapping[str, Any], exercise: Exercise) -> list[str]:
    if load.get("to") in HANDS and exercise.movement.arms == "right":
        return ["hand_r", "hand_l"]
    return [load["to"]] if "to" in load else []


def _from_places(load: Mapping[str, Any], exercise: Exercise) -> list[str]:
    """Places on the body that a band to the hands can start at instead; otherwise only where it starts."""
    start = load["from"]
    free = isinstance(start, Mapping) or start in FEET
    if free and load.get("to", "hands") in HANDS and exercise.movement.posture == "standing":
        return list(FEET)
    return [] if isinstance(start, Mapping) else [start]


def _point(load: Mapping[str, Any]) -> dict[str, dict[str, float]]:
    """Limits of the coordinates of an anchor in the room; none where a load starts at the body."""
    if not isinstance(load.get("from"), Mapping):
        return {}
    limits = _figures(PointTable, "x_m", "y_m", "z_m", "z_stature")
    return {f"from.{name}": limit for name, limit in limits.items()}


def _figures(table: type[StrictTable], *names: str) -> dict[str, dict[str, float]]:
    return {name: {**_limits(table, name), "step": STEP[name]} for name in names}


def _limits(table: type[StrictTable], name: str) -> dict[str, float]:
    """Least and most of a number in a table, as its own checks have them."""
    field = table.model_fields[name]
    found: dict[str, float] = {}
    for mark in (*field.metadata, *_inner_marks(field.annotation)):
        if isinstance(mark, Ge):
            found["least"] = float(str(mark.ge))
        elif isinstance(mark, Gt):
            found["least"] = float(str(mark.gt)) + STEP[name]  # the limit itself is not allowed
        elif isinstance(mark, Le):
            found["most"] = float(str(mark.le))
    return found


def _inner_marks(annotation: object) -> list[object]:
    """Marks of the number in an optional number."""
    marks: list[object] = []
    for part in get_args(annotation):
        for mark in getattr(part, "__metadata__", ()):
            marks += getattr(mark, "metadata", None) or [mark]
    return marks
