"""Every problem of a folder of exercise and set-up files, all at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from bandwright.catalogue.exercises import checked_exercise, exercise_ids
from bandwright.catalogue.gear import is_gear, read_gear
from bandwright.catalogue.load_checks import FindBand, find_in_catalogue
from bandwright.catalogue.setups import read_setup
from bandwright.catalogue.strength_file import STRENGTH_KEYS, read_strength
from bandwright.catalogue.studies import STUDY_KEYS, is_study, read_study
from bandwright.catalogue.toml_files import read_table
from bandwright.catalogue.weeks import is_week, read_week
from bandwright.errors import InputError, Problem


def check_folder(
    path: Path, exercises: Path | None = None, find_band: FindBand = find_in_catalogue
) -> list[Problem]:
    """Every problem of the TOML files in a folder, or of one file.

    A file with a key `exercise` is a set-up, with a list of exercises a week, with `pull` or `set` a person's
    strength tests, with `setup`, `cohort` or `design` a study, with gear's keys what a person owns; any other is an
    exercise. All may name the shipped exercises and those in `exercises`, set-ups those of the same folder too.

    Raises:
        InputError: there is no such folder or file.
    """
    if not path.exists():
        hint = "Give a folder with exercise files, e.g. 'bandwright check my-exercises'."
        raise InputError(Problem("no-folder", f"There is no folder or file '{path}'.", hint=hint))
    folder = path if path.is_dir() else path.parent
    chosen = sorted(path.glob("*.toml")) if path.is_dir() else [path]
    tables, unreadable = _read_all({*folder.glob("*.toml"), *chosen})
    other = {"exercise", *STRENGTH_KEYS, *STUDY_KEYS}
    here = {file.stem for file, table in tables.items() if not other & set(table) and not is_gear(table)}
    known = exercise_ids(exercises) | here | {file.stem for file in unreadable}
    problems: list[Problem] = []
    for file in chosen:
        if file in unreadable:
            problems += unreadable[file]
        elif is_study(tables[file]):
            problems += _study_problems(file, exercises, find_band)
        elif is_gear(tables[file]):
            problems += _gear_problems(file, find_band)
        elif "exercise" not in tables[file] and set(STRENGTH_KEYS) & set(tables[file]):
            problems += _strength_problems(file, exercises, find_band)
        elif "exercise" not in tables[file]:
            problems += checked_exercise(tables[file], file.name, file.stem, known, find_band)[1]
        elif is_week(tables[file]):
            problems += _week_problems(file, exercises, find_band)
        else:
            beside = tables[file]["exercise"] in here
            problems += _setup_problems(file, folder if beside else exercises, find_band)
    return problems


def _read_all(
    paths: Iterable[Path],
) -> tuple[dict[Path, Mapping[str, Any]], dict[Path, tuple[Problem, ...]]]:
    tables: dict[Path, Mapping[str, Any]] = {}
    unreadable: dict[Path, tuple[Problem, ...]] = {}
    for path in paths:
        try:
            tables[path] = read_table(path)
        except InputError as error:
            unreadable[path] = error.problems
    return tables, unreadable


def _gear_problems(path: Path, find_band: FindBand) -> tuple[Problem, ...]:
    try:
        read_gear(path, find_band)
    except InputError as error:
        return error.problems
    return ()


def _study_problems(path: Path, exercises: Path | None, find_band: FindBand) -> tuple[Problem, ...]:
    try:
        read_study(path, exercises, find_band)
    except InputError as error:
        return error.problems
    return ()


def _strength_problems(path: Path, exercises: Path | None, find_band: FindBand) -> tuple[Problem, ...]:
    try:
        read_strength(path, exercises, find_band)
    except InputError as error:
        return error.problems
    return ()


def _week_problems(path: Path, exercises: Path | None, find_band: FindBand) -> tuple[Problem, ...]:
    try:
        read_week(path, exercises, find_band)
    except InputError as error:
        return error.problems
    return ()


def _setup_problems(path: Path, exercises: Path | None, find_band: FindBand) -> tuple[Problem, ...]:
    try:
        read_setup(path, exercises, find_band)
    except InputError as error:
        return error.problems
    return ()
