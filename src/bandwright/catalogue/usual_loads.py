"""An exercise's usual loads, as heavy as a person is strong.

Files give them for the median man. Who is half as strong begins with the band of the same line that comes nearest to
half the pull, gripped longer where that is still too much; and with the weight that makes half of what he lifts, the
arm counted in and what a band still pulls too much taken off. Who carries less of their own weight is helped more.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any, Final

from bandwright.bands import Band, rig
from bandwright.body import Person
from bandwright.body.scaling import arm_in_hand_kg
from bandwright.body.strength import relative_strength
from bandwright.catalogue.anatomy import load_ratios, load_strength_table
from bandwright.catalogue.bands import load_bands
from bandwright.catalogue.exercise import Exercise
from bandwright.catalogue.exercises import shipped_ids
from bandwright.units import GRAVITY_M_S2

LoadTables = tuple[Mapping[str, Any], ...]

HEAVY_KG: Final = 10.0
"""Weights up to this come in steps of 1 kg, above it of 2 kg (convention)."""

STEADY: Final = 1e-9
"""By so much of it rounding may miss a whole step or a whole pull [-]."""

CABLE_STEP_N: Final = 5.0
"""Half a kilogram, the finest step of a cable's stack (convention) [N]."""

AT_STRETCH: Final = 2.0
"""Bands are told apart by their pull at twice their length, as makers chart them; so far they are stretched where
they help most [-]."""

WORKED_STRETCH: Final = 1.5
"""How far a band gripped short is stretched at most in the exercises that have one, about [-]."""

HELPED: Final = ("foot_r", "foot_l", "feet", "knee_r", "knee_l")
"""Ends of bands that help against body weight."""

HANDS: Final = ("hand_r", "hand_l", "hands")
"""Ends of bands that are pulled."""

LEAST_SHARE: Final = 0.1
"""The least share of the median man's loads that anybody begins with (convention) [-]."""

LEAST_HELPED: Final = 1.3
"""How far a band that helps is stretched where it helps least, in the median man's assisted pull-up [-]."""


def usual_loads(exercise: Exercise, person: Person) -> LoadTables:
    """The exercise's loads as in a set-up file, for this person; those of one's own exercises stay as written."""
    if exercise.id not in shipped_ids():
        return exercise.load_tables
    usual, share = exercise.load_tables, _share(exercise.load_tables, person)
    fitted = [_for_person(load, person, share) for load in usual]
    surplus_n = sum(_surplus_n(*both, share) for both in zip(usual, fitted, strict=True))
    return tuple(_weighed(load, share, surplus_n) if load["kind"] == "weight" else load for load in fitted)


def _share(usual: LoadTables, person: Person) -> float:
    """How much of the median man's loads this person takes: with the arms, where these are lifted too, as strong."""
    strength = _strength(person)
    weights = [load for load in usual if load["kind"] == "weight"]
    if not weights:
        return strength
    arms = max(2 if load["to"] == "hands" else 1 for load in weights)
    his_n = sum(_pull_n(load) for load in usual)
    arms_n = [GRAVITY_M_S2 * arms * _arm_kg(one) for one in (_median_man(), person)]
    return max((strength * (his_n + arms_n[0]) - arms_n[1]) / his_n, LEAST_SHARE)


def _pull_n(load: Mapping[str, Any], stretch: float = WORKED_STRETCH) -> float:
    """What a weight, or a band in the hand, pulls; none of the other kinds stands beside a weight [N]."""
    match load["kind"]:
        case "weight":
            return float(load.get("count", 1) * load["mass_kg"] * GRAVITY_M_S2)
        case "band" if load["to"] in HANDS and load.get("band") in load_bands():
            return float(load.get("count", 1) * load_bands()[load["band"]].law.tension_n(stretch))
        case _:
            return 0.0


def _for_person(load: Mapping[str, Any], person: Person, share: float) -> Mapping[str, Any]:
    """A cable or a band as this person would take it; a weight as it is."""
    match load["kind"]:
        case "cable":
            steps = max(round(load["force_n"] * share / CABLE_STEP_N), 1)
            return {**load, "force_n": steps * CABLE_STEP_N}
        case "band" if load.get("band") in load_bands():
            usual = load_bands()[load["band"]]
            return (
                _that_helps(load, usual, person) if load["to"] in HELPED else _as_strong(load, usual, share)
            )
        case _:
            return load


def _weighed(load: Mapping[str, Any], share: float, surplus_n: float) -> Mapping[str, Any]:
    """A weight of which, with what the bands pull too much, no more is lifted than a share of the usual one."""
    less_kg = surplus_n / GRAVITY_M_S2 / load.get("count", 1)
    return {**load, "mass_kg": _in_steps_kg(share * load["mass_kg"] - less_kg)}


def _median_man() -> Person:
    table = load_strength_table()
    return Person("male", table.reference_stature_m["male"], table.reference_mass_kg["male"])


def _strength(person: Person) -> float:
    return relative_strength(person, load_strength_table())


def _arm_kg(person: Person) -> float:
    return arm_in_hand_kg(person, load_ratios(person))


def _in_steps_kg(mass_kg: float) -> float:
    step = 1.0 if mass_kg <= HEAVY_KG else 2.0
    return max(math.floor(mass_kg / step + STEADY), 1) * step


def _as_strong(load: Mapping[str, Any], usual: Band, share: float) -> Mapping[str, Any]:
    """The band nearest to a share of the usual pull; gripped longer where that still pulls more."""
    wanted_n = share * float(usual.law.tension_n(AT_STRETCH))
    band = min(_line_of(usual), key=lambda band: abs(math.log(band.law.tension_n(AT_STRETCH) / wanted_n)))
    found = {**load, "band": band.id}
    wanted_n = share * float(usual.law.tension_n(WORKED_STRETCH))
    if "free_length_m" in load and band.law.tension_n(WORKED_STRETCH) > wanted_n:
        longer = WORKED_STRETCH / float(band.law.stretch(wanted_n))
        found["free_length_m"] = round(min(load["free_length_m"] * longer, band.rest_length_m / 2.0), 2)
    return found


def _surplus_n(usual: Mapping[str, Any], own: Mapping[str, Any], share: float) -> float:
    """What a person's band in the hand pulls beyond a share of the usual one [N]."""
    if own["kind"] != "band":
        return 0.0
    shorter = usual["free_length_m"] / own["free_length_m"] if "free_length_m" in own else 1.0
    return max(_pull_n(own, WORKED_STRETCH * shorter) - share * _pull_n(usual), 0.0)


def _that_helps(load: Mapping[str, Any], usual: Band, person: Person) -> Mapping[str, Any]:
    """The weakest band of the line that leaves a person no more than their own pull where it helps least.

    That is the median man's times their strength. Where none does, the strongest that carries no more than they weigh
    where it helps most. Who is smaller stretches a band less.
    """
    man = _median_man()
    size = person.stature_m / man.stature_m
    his_n, weight_n = GRAVITY_M_S2 * man.mass_kg, GRAVITY_M_S2 * person.mass_kg

    def help_n(band: Band, stretch: float) -> float:
        return float(rig(band, load["rig"], split=False).strands * band.law.tension_n(stretch))

    wanted_n = weight_n - _strength(person) * (his_n - help_n(usual, LEAST_HELPED))
    line = sorted(_line_of(usual), key=lambda band: help_n(band, AT_STRETCH))
    borne = [band for band in line if help_n(band, AT_STRETCH * size) <= weight_n] or line[:1]
    enough = (band for band in borne if help_n(band, LEAST_HELPED * size) >= (1.0 - STEADY) * wanted_n)
    return {**load, "band": next(enough, borne[-1]).id}


def _line_of(usual: Band) -> Iterable[Band]:
    """Bands that differ from the usual one in strength alone."""
    same = (usual.brand, usual.kind, usual.rest_length_m)
    return (band for band in load_bands().values() if (band.brand, band.kind, band.rest_length_m) == same)
