"""What the designer looks for with each intent, read from its file; any mistake is refused with all of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import as_file, files
from typing import Annotated, Any, Final, Literal

from pydantic import Field, ValidationError

from bandwright.catalogue.exercise_tables import MuscleGroup
from bandwright.catalogue.problems import problems_of
from bandwright.catalogue.tables import INTENTS, Intent, StrictTable, Text
from bandwright.catalogue.toml_files import read_table
from bandwright.errors import CatalogueError, InputError, Problem

OBJECTIVES: Final = "objectives.toml"

Term = Literal["evenness", "dose", "shortened", "shift", "against", "simplicity"]
Reps = Annotated[float, Field(ge=1.0, le=50.0)]


class ConventionTable(StrictTable):
    """A figure with where it comes from."""

    value: Annotated[float, Field(ge=0.0)]
    source: Text
    means: Text


class LimitsTable(StrictTable):
    """What no answer may exceed, and the search's own conventions."""

    spine_share: ConventionTable
    forward_tip: ConventionTable
    alike_cost: ConventionTable
    strained_cost: ConventionTable
    hold_low: ConventionTable
    hold_high: ConventionTable
    anchor_play: ConventionTable


class AimTable(StrictTable):
    """One intent as an objective."""

    weights: Annotated[dict[Term, float], Field(min_length=1)]
    muscles: list[MuscleGroup] = Field(default=[], description="Left out: those the exercise is for.")
    against: list[MuscleGroup] = Field(default=[])
    leave_out: list[Literal["weights", "bench", "bar"]] = Field(default=[])
    reps: Annotated[list[Reps], Field(min_length=2, max_length=2)]
    reserve: Annotated[float, Field(ge=0.0, le=10.0)]
    source: Text
    note: Text


class ObjectivesTable(StrictTable):
    """The whole file."""

    limits: LimitsTable
    intent: dict[Intent, AimTable]


@cache
def load_objectives() -> ObjectivesTable:
    """The objectives that come with the program.

    Raises:
        CatalogueError: the file is not valid; every problem at once.
    """
    with as_file(files("bandwright") / "data" / "designer" / OBJECTIVES) as path:
        try:
            return objectives_of(read_table(path))
        except InputError as error:
            raise CatalogueError(*error.problems) from error


def objectives_of(raw: Mapping[str, Any]) -> ObjectivesTable:
    """The objectives in a table such as a TOML file holds.

    Raises:
        CatalogueError: every problem at once.
    """
    try:
        table = ObjectivesTable.model_validate(raw)
    except ValidationError as error:
        raise CatalogueError(*problems_of(error, ObjectivesTable, OBJECTIVES)) from error
    problems = [
        Problem("missing-key", f"The intent '{intent}' has no objective.", path=f"{OBJECTIVES}: intent")
        for intent in INTENTS
        if intent not in table.intent
    ]
    problems += [
        Problem(
            "reps-order",
            "The least repetitions are above the most.",
            path=f"{OBJECTIVES}: intent.{name}.reps",
        )
        for name, aim in table.intent.items()
        if aim.reps[0] > aim.reps[1]
    ]
    if problems:
        raise CatalogueError(*problems)
    return table
