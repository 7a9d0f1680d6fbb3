"""An exercise's usual loads, as heavy as a person is strong.

Files give them for the median man. Who is half as strong begins with half the weight, or with the band of the same
line that comes nearest to half the pull.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any, Final

from bandwright.bands import Band
from bandwright.body import Person
from bandwright.body.strength import relative_strength
from bandwright.catalogue.anatomy import load_strength_table
from bandwright.catalogue.bands import load_bands
from bandwright.catalogue.exercise import Exercise
from bandwright.catalogue.exercises import shipped_ids

LoadTables = tuple[Mapping[str, Any], ...]

HEAVY_KG: Final = 10.0
"""Weights up to this come in steps of 1 kg, above it of 2 kg (convention)."""

CABLE_STEP_N: Final = 5.0
"""Half a kilogram, the finest step of a cable's stack (convention) [N]."""

AT_STRETCH: Final = 2.0
"""Bands are told apart by their pull at twice their length, as makers chart them [-]."""

HELPED: Final = ("foot_r", "foot_l", "feet", "knee_r", "knee_l")
"""Ends of bands that help against body weight; weaker people do not need less help."""


def usual_loads(exercise: Exercise, person: Person) -> LoadTables:
    """The exercise's loads as in a set-up file, for this person; those of one's own exercises stay as written."""
    if exercise.id not in shipped_ids():
        return exercise.load_tables
    strength = relative_strength(person, load_strength_table())
    return tuple(_for_strength(load, strength) for load in exercise.load_tables)


def _for_strength(load: Mapping[str, Any], strength: float) -> Mapping[str, Any]:
    match load["kind"]:
        case "weight":
            return {**load, "mass_kg": _weight_kg(load["mass_kg"] * strength)}
        case "cable":
            steps = max(round(load["force_n"] * strength / CABLE_STEP_N), 1)
            return {**load, "force_n": steps * CABLE_STEP_N}
        case "band" if load.get("band") in load_bands() and load["to"] not in HELPED:
            return {**load, "band": _as_strong(load_bands()[load["band"]], strength)}
        case _:
            return load


def _weight_kg(mass_kg: float) -> float:
    step = 1.0 if mass_kg <= HEAVY_KG else 2.0
    return max(round(mass_kg / step), 1) * step


def _as_strong(usual: Band, strength: float) -> str:
    """The band of the same maker and kind whose pull is nearest to the usual one's times `strength`."""
    wanted = strength * usual.law.tension_n(AT_STRETCH)
    return min(_line_of(usual), key=lambda band: abs(math.log(band.law.tension_n(AT_STRETCH) / wanted))).id


def _line_of(usual: Band) -> Iterable[Band]:
    """Bands that differ from the usual one in strength alone."""
    same = (usual.brand, usual.kind, usual.rest_length_m)
    return (band for band in load_bands().values() if (band.brand, band.kind, band.rest_length_m) == same)
