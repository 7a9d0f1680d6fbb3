"""`--person`: three words such as ``female,165,60``, or a TOML file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from bandwright.catalogue import setup
from bandwright.catalogue.problems import problems_of
from bandwright.catalogue.setup import person_table
from bandwright.catalogue.setup_tables import PersonTable
from bandwright.catalogue.toml_files import read_table
from bandwright.cli.quantities import KILOGRAM_PER_UNIT, METRE_PER_UNIT, quantity
from bandwright.errors import InputError, Problem

OPTION: Final = "--person"
EXAMPLE: Final = "Example: --person female,165,60 for a woman of 165 cm and 60 kg; or a TOML file."

METRES_BELOW: Final = 3.0
"""Statures without a unit are in metres below this, else in centimetres (convention)."""

STAND_IN: Final[Mapping[str, Any]] = person_table(setup.STAND_IN)
"""Who is meant when an exercise is asked for without a person."""


def person_given(text: str) -> dict[str, Any]:
    """The person's table, checked.

    Raises:
        InputError: every problem at once.
    """
    table = _from_file(Path(text)) if text.endswith(".toml") else _from_words(text)
    try:
        PersonTable.model_validate(table)
    except ValidationError as error:
        problems = problems_of(error, PersonTable, OPTION)
        raise InputError(*(replace(one, hint=one.hint or EXAMPLE) for one in problems)) from error
    return table


def _from_file(path: Path) -> dict[str, Any]:
    table = read_table(path)
    inner = table.get("person", table)
    return inner if isinstance(inner, dict) else table


def _from_words(text: str) -> dict[str, Any]:
    words = [word.strip() for word in text.split(",")]
    if len(words) != 3:
        said = f"'{text}' is not a person."
        allowed = ("sex,stature in cm,mass in kg",)
        raise InputError(Problem("bad-person", said, allowed, hint=EXAMPLE, path=OPTION))
    sex, stature, mass = words
    return {
        "sex": {"f": "female", "m": "male", "woman": "female", "man": "male"}.get(sex.lower(), sex.lower()),
        "stature_m": quantity(stature, METRE_PER_UNIT, _unit_of(stature), path=f"{OPTION}: stature"),
        "mass_kg": quantity(mass, KILOGRAM_PER_UNIT, "kg", path=f"{OPTION}: mass"),
    }


def _unit_of(stature: str) -> str:
    """What a stature without a unit is in: nobody who writes 1.65 means centimetres."""
    try:
        return "m" if float(stature) < METRES_BELOW else "cm"
    except ValueError:
        return "cm"
