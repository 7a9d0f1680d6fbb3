"""What the designer is asked for, read from a table such as the JSON body of a request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from pydantic import ValidationError

from bandwright.body import Person
from bandwright.catalogue.design_tables import DesignTable
from bandwright.catalogue.exercises import exercise_ids, unknown_exercise
from bandwright.catalogue.gear import Gear, read_gear
from bandwright.catalogue.own_files import own_exercises
from bandwright.catalogue.problems import located, problems_of
from bandwright.errors import InputError, Problem
from bandwright.service.design import Request
from bandwright.service.own_bands import find_band

WHERE: Final = "design"


def design_asked(raw: Mapping[str, Any]) -> Request:
    """The request in a table, over the shipped bands and exercises and the person's own.

    Raises:
        InputError: every problem at once, each with its key path and what would be allowed.
    """
    problems: list[Problem] = []
    table: DesignTable | None = None
    try:
        table = DesignTable.model_validate(raw)
    except ValidationError as error:
        problems += problems_of(error, DesignTable, WHERE)
    said = {(one.code, one.path) for one in problems}
    owned = _gear(raw.get("gear"))
    if not isinstance(owned, Gear):
        problems += [one for one in owned if (one.code, one.path) not in said]
    problems += _unknown_exercises(raw.get("exercises"))
    if problems or table is None or not isinstance(owned, Gear):
        raise InputError(*problems)
    return Request(
        gear=owned,
        intent=table.intent,
        person=Person(**table.person.model_dump()),
        exercises=tuple(table.exercises),
        muscles=tuple(table.muscles),
        reps=None if table.reps is None else (table.reps[0], table.reps[1]),
        reserve=table.reserve,
        top=table.top,
        own_exercises=own_exercises(),
        find_band=find_band,
    )


def _gear(raw: object) -> Gear | list[Problem]:
    """The gear, or its problems by their paths in the request."""
    if not isinstance(raw, Mapping):
        return []
    try:
        return read_gear(raw, find_band)
    except InputError as error:
        return [replace(one, path=_within(one.path)) for one in error.problems]


def _within(path: str | None) -> str:
    """A path within the gear as one within the request."""
    keys = (path or "").partition(": ")[2]
    return f"{WHERE}: gear.{keys}" if keys else f"{WHERE}: gear"


def _unknown_exercises(raw: object) -> Iterator[Problem]:
    known = exercise_ids(own_exercises())
    for index, given in enumerate(raw if isinstance(raw, list) else []):
        if isinstance(given, str) and given and given not in known:
            yield unknown_exercise(given, own_exercises(), path=located(WHERE, ("exercises", index)))
