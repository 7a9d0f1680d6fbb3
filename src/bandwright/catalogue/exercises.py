"""The exercises: one TOML file each, shipped with the program or written by the person."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bandwright.catalogue.exercise import Exercise
from bandwright.catalogue.exercise_building import exercise_of
from bandwright.catalogue.exercise_checks import exercise_problems
from bandwright.catalogue.exercise_tables import ExerciseTable
from bandwright.catalogue.load_building import load_of
from bandwright.catalogue.load_checks import FindBand, find_in_catalogue
from bandwright.catalogue.problems import problems_of
from bandwright.catalogue.toml_files import read_table
from bandwright.errors import CatalogueError, InputError, Problem, unknown_name
from bandwright.loads.load import Load


def default_loads(exercise: Exercise, find_band: FindBand = find_in_catalogue) -> tuple[Load, ...]:
    """The usual loads of an exercise.

    Raises:
        InputError: a band is not known.
    """
    return tuple(load_of(table, find_band) for table in exercise.load_tables)


def load_exercises(folder: Path | None = None) -> dict[str, Exercise]:
    """All exercises in order of id; the person's own in `folder` win over shipped ones of the same id.

    Raises:
        CatalogueError: a file is not valid; carries the problems of all files.
    """
    own = _own_exercises(folder) if folder is not None and folder.is_dir() else {}
    every = {**_shipped_exercises(), **own}
    return {id_: every[id_] for id_ in sorted(every)}


def find_exercise(exercise_id: str, folder: Path | None = None) -> Exercise:
    """The exercise of that id.

    Raises:
        InputError: there is none; names the nearest.
        CatalogueError: its file is not valid.
    """
    own = folder / f"{exercise_id}.toml" if folder is not None else None
    if own is not None and own.is_file() and own.parent == folder:
        return _exercise_in(own, exercise_ids(folder))
    if exercise_id in shipped_ids():
        return _shipped_exercise(exercise_id)
    raise InputError(unknown_exercise(exercise_id, folder))


def unknown_exercise(exercise_id: str, folder: Path | None = None, path: str | None = None) -> Problem:
    """The problem of an id that no exercise has."""
    plain = "-".join(exercise_id.lower().replace("_", " ").split())
    problem = unknown_name("exercise", plain, sorted(exercise_ids(folder)), path=path)
    return Problem(
        code=problem.code,
        message=f"There is no exercise '{exercise_id}'.",
        allowed=problem.allowed,
        nearest=problem.nearest,
        path=path,
    )


def exercise_ids(folder: Path | None = None) -> frozenset[str]:
    """The ids of all shipped exercises and of those in `folder`."""
    own = {path.stem for path in folder.glob("*.toml")} if folder is not None else set()
    return shipped_ids() | own


@cache
def shipped_ids() -> frozenset[str]:
    """The ids of the exercises that come with the program."""
    with as_file(_SHIPPED) as folder:
        return frozenset(path.stem for path in folder.glob("*.toml"))


_SHIPPED = files("bandwright") / "data" / "exercises"


@cache
def _shipped_exercise(exercise_id: str) -> Exercise:
    with as_file(_SHIPPED) as folder:
        return _exercise_in(folder / f"{exercise_id}.toml", shipped_ids())


@cache
def _shipped_exercises() -> Mapping[str, Exercise]:
    return {exercise_id: _shipped_exercise(exercise_id) for exercise_id in shipped_ids()}


def _own_exercises(folder: Path) -> dict[str, Exercise]:
    found: dict[str, Exercise] = {}
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            found[path.stem] = _exercise_in(path, exercise_ids(folder))
        except InputError as error:
            problems += error.problems
    if problems:
        raise CatalogueError(*problems)
    return found


def _exercise_in(path: Path, known_ids: Collection[str]) -> Exercise:
    try:
        raw = read_table(path)
    except InputError as error:
        raise CatalogueError(*error.problems) from error
    table, problems = checked_exercise(raw, path.name, path.stem, known_ids, find_band=None)
    if table is None or problems:
        raise CatalogueError(*problems)
    return exercise_of(table)


def checked_exercise(
    raw: Mapping[str, Any], where: str, file_id: str, known_ids: Collection[str], find_band: FindBand | None
) -> tuple[ExerciseTable | None, list[Problem]]:
    """The validated table, if its form is right, and every problem.

    Without `find_band` bands are not looked up, so that listing exercises reads no bands.
    """
    problems = exercise_problems(raw, where, file_id, known_ids, find_band)
    try:
        return ExerciseTable.model_validate(raw), problems
    except ValidationError as error:
        return None, [*problems_of(error, ExerciseTable, where), *problems]
