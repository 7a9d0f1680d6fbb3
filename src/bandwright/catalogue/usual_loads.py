"""An exercise's usual loads, as heavy as a person is strong.

Files give them for the median man. Who is half as strong begins with half the weight, or with the band of the same
line that comes nearest to half the pull, gripped longer where that is still too much. Who carries less of their own
weight is helped more.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any, Final

from bandwright.bands import Band
from bandwright.body import Person
from bandwright.body.strength import StrengthTable, relative_strength
from bandwright.catalogue.anatomy import load_strength_table
from bandwright.catalogue.bands import load_bands
from bandwright.catalogue.exercise import Exercise
from bandwright.catalogue.exercises import shipped_ids
from bandwright.units import GRAVITY_M_S2

LoadTables = tuple[Mapping[str, Any], ...]

HEAVY_KG: Final = 10.0
"""Weights up to this come in steps of 1 kg, above it of 2 kg (convention)."""

CABLE_STEP_N: Final = 5.0
"""Half a kilogram, the finest step of a cable's stack (convention) [N]."""

AT_STRETCH: Final = 2.0
"""Bands are told apart by their pull at twice their length, as makers chart them [-]."""

WORKED_STRETCH: Final = 1.5
"""How far a band gripped short is stretched at most in the exercises that have one, about [-]."""

HELPED: Final = ("foot_r", "foot_l", "feet", "knee_r", "knee_l")
"""Ends of bands that help against body weight."""

LEAST_HELP_N: Final = 10.0
"""Who could do without help still gets the lightest band of an exercise that is about help (convention) [N]."""


def usual_loads(exercise: Exercise, person: Person) -> LoadTables:
    """The exercise's loads as in a set-up file, for this person; those of one's own exercises stay as written."""
    if exercise.id not in shipped_ids():
        return exercise.load_tables
    return tuple(_for_person(load, person, load_strength_table()) for load in exercise.load_tables)


def _for_person(load: Mapping[str, Any], person: Person, table: StrengthTable) -> Mapping[str, Any]:
    strength = relative_strength(person, table)
    match load["kind"]:
        case "weight":
            return {**load, "mass_kg": _weight_kg(load["mass_kg"] * strength)}
        case "cable":
            steps = max(round(load["force_n"] * strength / CABLE_STEP_N), 1)
            return {**load, "force_n": steps * CABLE_STEP_N}
        case "band" if load.get("band") in load_bands():
            usual = load_bands()[load["band"]]
            if load["to"] in HELPED:
                return {**load, "band": _nearest(usual, _help_n(usual, person, table)).id}
            return _as_strong(load, usual, strength)
        case _:
            return load


def _weight_kg(mass_kg: float) -> float:
    step = 1.0 if mass_kg <= HEAVY_KG else 2.0
    return max(round(mass_kg / step), 1) * step


def _as_strong(load: Mapping[str, Any], usual: Band, strength: float) -> Mapping[str, Any]:
    """The band nearest to `strength` times the usual pull; gripped longer where that still pulls more."""
    band = _nearest(usual, strength * float(usual.law.tension_n(AT_STRETCH)))
    found = {**load, "band": band.id}
    wanted_n = strength * float(usual.law.tension_n(WORKED_STRETCH))
    if "free_length_m" in load and band.law.tension_n(WORKED_STRETCH) > wanted_n:
        longer = WORKED_STRETCH / float(band.law.stretch(wanted_n))
        found["free_length_m"] = round(min(load["free_length_m"] * longer, band.rest_length_m / 2.0), 2)
    return found


def _nearest(usual: Band, wanted_n: float) -> Band:
    """The band of the same maker and kind that pulls most nearly so at `AT_STRETCH`."""
    return min(_line_of(usual), key=lambda band: abs(math.log(band.law.tension_n(AT_STRETCH) / wanted_n)))


def _help_n(usual: Band, person: Person, table: StrengthTable) -> float:
    """What a band has to take off a person whose own pull is the median man's times their strength."""
    usual_n, median_kg = float(usual.law.tension_n(AT_STRETCH)), table.reference_mass_kg["male"]
    own_n = relative_strength(person, table) * (GRAVITY_M_S2 * median_kg - usual_n)
    return max(GRAVITY_M_S2 * person.mass_kg - own_n, LEAST_HELP_N)


def _line_of(usual: Band) -> Iterable[Band]:
    """Bands that differ from the usual one in strength alone."""
    same = (usual.brand, usual.kind, usual.rest_length_m)
    return (band for band in load_bands().values() if (band.brand, band.kind, band.rest_length_m) == same)
