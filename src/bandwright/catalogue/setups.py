"""Reading set-up files, and the same as JSON, with every problem at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bandwright.body import Person, Side
from bandwright.catalogue.exercise import Exercise
from bandwright.catalogue.exercises import find_exercise, unknown_exercise
from bandwright.catalogue.load_building import load_of, table_on_side
from bandwright.catalogue.load_checks import (
    FindBand,
    LoadSetting,
    find_in_catalogue,
    load_problems,
    working_side,
)
from bandwright.catalogue.problems import located, problems_of
from bandwright.catalogue.setup import MeasuredPull, SetUp, Tempo, person_table
from bandwright.catalogue.setup_tables import SetUpTable
from bandwright.catalogue.tables import Intent
from bandwright.catalogue.toml_files import read_table
from bandwright.catalogue.usual_loads import usual_loads
from bandwright.errors import InputError, Problem
from bandwright.loads.load import Load

FEWEST_PULLS = 3
"""Measured pulls needed for a curve: start, middle and finish (convention, `COACH`)."""


def read_setup(
    source: Path | Mapping[str, Any],
    exercises: Path | None = None,
    find_band: FindBand = find_in_catalogue,
) -> SetUp:
    """The set-up in a TOML file, or in a table such as the JSON body of a request.

    Args:
        source: file or table.
        exercises: folder with the person's own exercises.
        find_band: looks a band up by id.

    Raises:
        InputError: every problem at once, each with its key path and what would be allowed.
    """
    raw = read_table(source) if isinstance(source, Path) else source
    where = source.name if isinstance(source, Path) else "set-up"
    exercise, problems = _exercise(raw, where, exercises)
    problems += _reference_problems(raw, where, exercise, find_band)
    try:
        table = SetUpTable.model_validate(raw)
    except ValidationError as error:
        raise InputError(*problems_of(error, SetUpTable, where), *problems) from error
    if exercise is None or problems:
        raise InputError(*problems)
    return _setup(table, exercise, find_band, where)


def default_setup(
    exercise: Exercise,
    person: Person,
    *,
    intent: Intent | None = None,
    side: Side = "r",
    find_band: FindBand = find_in_catalogue,
) -> SetUp:
    """An exercise with its usual loads for a person; a one-arm exercise is mirrored for the left side.

    Raises:
        InputError: the person's figures are out of range.
    """
    table: dict[str, Any] = {"exercise": exercise.id, "person": person_table(person)}
    if intent is not None:
        table["intent"] = intent
    if exercise.movement.arms == "right":
        table["load"] = [dict(table_on_side(load, side)) for load in usual_loads(exercise, person)]
    try:
        return _setup(SetUpTable.model_validate(table), exercise, find_band, "set-up")
    except ValidationError as error:
        raise InputError(*problems_of(error, SetUpTable, "set-up")) from error


def _exercise(
    raw: Mapping[str, Any], where: str, folder: Path | None
) -> tuple[Exercise | None, list[Problem]]:
    given = raw.get("exercise")
    if not isinstance(given, str):
        return None, []
    try:
        return find_exercise(given, folder), []
    except InputError as error:
        if error.problems[0].code == "unknown-exercise":
            return None, [unknown_exercise(given, folder, path=located(where, ("exercise",)))]
        return None, list(error.problems)


def _reference_problems(
    raw: Mapping[str, Any], where: str, exercise: Exercise | None, find_band: FindBand
) -> list[Problem]:
    arms = exercise.movement.arms if exercise else None
    posture = exercise.movement.posture if exercise else None
    setting = LoadSetting(arms, posture, find_band, mirrors=True)
    return [*load_problems(raw.get("load"), where, setting), *_pull_problems(raw, where)]


def _pull_problems(raw: Mapping[str, Any], where: str) -> Iterator[Problem]:
    pulls = raw.get("pull", [])
    if not isinstance(pulls, list):
        return
    path = located(where, ("pull",))
    if raw.get("strength_curve") == "measured" and len(pulls) < FEWEST_PULLS:
        said = f"A measured strength curve needs {FEWEST_PULLS} pulls or more; {len(pulls)} given."
        hint = (
            "Measure near the start, the middle and the finish, e.g. [[pull]] phase = 0.5 and force_n = 240."
        )
        yield Problem("too-few-pulls", said, hint=hint, path=path)
    if pulls and raw.get("strength_curve", "computed") in ("computed", "coach"):
        hint = 'Write strength_curve = "measured" to use them, or remove them.'
        yield Problem("unused-pulls", "Measured pulls are given but not used.", hint=hint, path=path)
    phases = [str(pull["phase"]) for pull in pulls if isinstance(pull, dict) and "phase" in pull]
    for phase in sorted({phase for phase in phases if phases.count(phase) > 1}):
        hint = "Keep the best pull of each phase."
        yield Problem("repeated-phase", f"There are two pulls at phase {phase}.", hint=hint, path=path)


def _setup(table: SetUpTable, exercise: Exercise, find_band: FindBand, where: str) -> SetUp:
    person = Person(**table.person.model_dump())
    if table.load is None:
        written = usual_loads(exercise, person)
    else:
        written = tuple(load.model_dump(by_alias=True, exclude_unset=True) for load in table.load)
    side = working_side(written) if exercise.movement.arms == "right" else "r"
    pulls = [MeasuredPull(pull.phase, pull.force_n) for pull in table.pull]
    return SetUp(
        exercise=exercise,
        intent=table.intent or exercise.intents[0],
        person=person,
        loads=_loads(written, find_band, where),
        load_tables=written,
        side=side,
        tempo=Tempo(**table.tempo.model_dump()) if table.tempo else None,
        strength_curve=table.strength_curve,
        pulls=tuple(sorted(pulls, key=lambda pull: pull.phase)),
    )


def _loads(written: Sequence[Mapping[str, Any]], find_band: FindBand, where: str) -> tuple[Load, ...]:
    loads: list[Load] = []
    problems: list[Problem] = []
    for index, table in enumerate(written):
        try:
            loads.append(load_of(table, find_band))
        except InputError as error:
            path = located(where, ("load", index))
            problems += [replace(p, path=f"{path}.{p.path}" if p.path else path) for p in error.problems]
    if problems:
        raise InputError(*problems)
    return tuple(loads)
