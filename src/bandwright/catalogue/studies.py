"""Reading study files, with every problem of the study, its set-ups and its gear at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from pydantic import ValidationError

from bandwright.bands import Band
from bandwright.body import Person
from bandwright.body.cohort import Member, draw_members
from bandwright.catalogue.anatomy import SEXES, load_surveys
from bandwright.catalogue.exercises import exercise_ids, unknown_exercise
from bandwright.catalogue.gear import Gear, read_gear
from bandwright.catalogue.load_checks import FindBand, find_in_catalogue
from bandwright.catalogue.problems import located, moved, problems_of
from bandwright.catalogue.setup import STAND_IN, SetUp, person_table
from bandwright.catalogue.setup_tables import SetUpTable
from bandwright.catalogue.setups import read_setup
from bandwright.catalogue.study import Study, StudyDesign, StudySetUp, Variation, varied
from bandwright.catalogue.study_tables import CohortTable, StudyDesignTable, StudyTable, VaryTable
from bandwright.catalogue.toml_files import missing_file, read_table
from bandwright.errors import InputError, Problem, unknown_name

ENTRY: Final = "set-up"
"""What reading calls a table that is in no file of its own."""

SET_UP_KEYS: Final = tuple(
    field.alias or name for name, field in SetUpTable.model_fields.items() if name not in ("person", "pull")
)
"""Keys of a set-up that a study's may have too."""

STUDY_KEYS: Final = frozenset({"setup", "cohort", "design"})


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a study is read against."""

    file: Path
    exercises: Path | None
    find_band: FindBand

    def at(self, *keys: str | int) -> str:
        """File and key path of a place in the study."""
        return located(self.file.name, keys)


def is_study(raw: Mapping[str, Any]) -> bool:
    """Whether a table is a study's: it has set-ups, a cohort or a designer where other files have none."""
    return bool(STUDY_KEYS & set(raw))


def read_study(path: Path, exercises: Path | None = None, find_band: FindBand = find_in_catalogue) -> Study:
    """The study in a TOML file; the gear file it names is looked for beside it.

    Args:
        path: the study's file.
        exercises: folder with the person's own exercises.
        find_band: looks a band up by id.

    Raises:
        InputError: every problem at once, each with its key path and what would be allowed.
    """
    if not path.is_file():
        hint = "Give a study's file (.toml); one to begin with is examples/study.toml."
        raise InputError(missing_file(path, str(path), hint))
    raw, reading = read_table(path), _Reading(path, exercises, find_band)
    table: StudyTable | None = None
    problems: list[Problem] = []
    try:
        table = StudyTable.model_validate(raw)
    except ValidationError as error:
        problems += problems_of(error, StudyTable, path.name)
    problems += _repeated(raw, reading)
    setups: list[StudySetUp] = []
    for index, given in enumerate(_tables(raw.get("setup"))):
        setup, found = _setup(given, index, reading)
        setups += [setup] if setup else []
        problems += found
    gear, found = _gear(raw.get("design"), reading)
    problems += found
    if table is None or problems:
        raise InputError(*dict.fromkeys(problems))
    design = None if table.design is None or gear is None else _design(table.design, gear)
    if gear is not None:
        raw = {**raw, "gear": dict(gear.table)}
    return Study(_members(table), tuple(setups), design, table.curves, raw, _bands(setups, gear, reading))


def _tables(given: object) -> list[Mapping[str, Any]]:
    listed = given if isinstance(given, list) else []
    return [one if isinstance(one, dict) else {} for one in listed]


def _repeated(raw: Mapping[str, Any], reading: _Reading) -> Iterator[Problem]:
    for key in ("person", "setup"):
        seen: set[str] = set()
        for index, one in enumerate(_tables(raw.get(key))):
            given = one.get("id")
            if isinstance(given, str) and given in seen:
                said, hint = f"Two of them are called '{given}'.", "Give each its own id."
                yield Problem("repeated-id", said, hint=hint, path=reading.at(key, index, "id"))
            seen.add(str(given))


def _setup(
    given: Mapping[str, Any], index: int, reading: _Reading
) -> tuple[StudySetUp | None, list[Problem]]:
    """A set-up of the study, read for a stand-in, and everything wrong with it and its grid."""
    raw = {key: given[key] for key in SET_UP_KEYS if key in given}
    try:
        setup = _read(raw, reading)
    except InputError as error:
        return None, list(moved(error.problems, ENTRY, reading.at("setup", index)))
    vary: list[Variation] = []
    problems: list[Problem] = []
    for place, written in enumerate(_tables(given.get("vary"))):
        try:
            table = VaryTable.model_validate(written)
        except ValidationError:
            continue  # said where the whole study is checked
        load, *keys = table.what.split(".")
        one, where = Variation(load, tuple(keys), table.every), reading.at("setup", index, "vary", place)
        if any(other.column == one.column for other in vary):
            said, hint = f"'{table.what}' is varied twice.", "Give all its values in one place."
            problems.append(Problem("varied-twice", said, hint=hint, path=f"{where}.what"))
        else:
            problems += _value_problems(one, table, setup, where, reading)
        vary.append(one)
    return StudySetUp(str(given.get("id")), setup, tuple(vary)), problems


def _read(raw: Mapping[str, Any], reading: _Reading) -> SetUp:
    return read_setup({**raw, "person": person_table(STAND_IN)}, reading.exercises, reading.find_band)


def _value_problems(
    one: Variation, table: VaryTable, setup: SetUp, where: str, reading: _Reading
) -> Iterator[Problem]:
    """What is wrong with each value by itself; of a range, with its ends."""
    ids = [str(load["id"]) for load in setup.load_tables]
    if one.load not in ids:
        yield unknown_name("load", one.load, ids, path=f"{where}.what")
        return
    tried = range(len(one.values)) if table.range is None else (0, len(one.values) - 1)
    for place in dict.fromkeys(tried):
        try:
            loads = varied(setup.load_tables, (one,), (one.values[place],))
        except KeyError as error:
            said = f"The load '{one.load}' has no table '{error.args[0]}' whose keys could be varied."
            hint = "Write the load out with one, e.g. from = { x_m = 1.5, z_m = 1.0 }."
            yield Problem("not-a-table", said, hint=hint, path=f"{where}.what")
            return
        raw = {"exercise": setup.exercise.id, "load": [dict(load) for load in loads]}
        try:
            _read(raw, reading)
        except InputError as error:
            at = f"{where}.range" if table.range is not None else f"{where}.values[{place}]"
            yield from (replace(problem, path=at) for problem in error.problems)


def _gear(given: object, reading: _Reading) -> tuple[Gear | None, list[Problem]]:
    """The gear of the designer, and what is wrong with it and with the exercises it is to look at."""
    if not isinstance(given, dict):
        return None, []
    known, problems = exercise_ids(reading.exercises), []
    for index, one in enumerate(given.get("exercise") or ()):
        if isinstance(one, str) and one not in known:
            at = reading.at("design", "exercise", index)
            problems.append(unknown_exercise(one, reading.exercises, path=at))
    named = given.get("gear")
    if not isinstance(named, str):
        return None, problems
    path = reading.file.parent / named
    if not path.is_file():
        hint = "The gear file is looked for beside the study."
        return None, [*problems, missing_file(path, named, hint, reading.at("design", "gear"))]
    try:
        return read_gear(path, reading.find_band), problems
    except InputError as error:
        return None, [*problems, *error.problems]


def _design(table: StudyDesignTable, gear: Gear) -> StudyDesign:
    reps = None if table.reps is None else (float(min(table.reps)), float(max(table.reps)))
    exercises, muscles = tuple(table.exercise), tuple(table.muscle)
    return StudyDesign(gear, table.intent, exercises, muscles, reps, table.reserve, table.top)


def _members(table: StudyTable) -> tuple[Member, ...]:
    listed = [
        Member(one.id, Person(**one.model_dump(exclude={"id", "strength"})), one.strength)
        for one in table.person
    ]
    return (*listed, *(_drawn(table.cohort) if table.cohort else ()))


def _drawn(cohort: CohortTable) -> Sequence[Member]:
    sexes = [sex for sex in SEXES if cohort.sex in ("both", sex)]
    turns = [sexes[index % len(sexes)] for index in range(cohort.people)]
    rng = np.random.default_rng(cohort.seed)
    return draw_members(load_surveys(), turns, rng, strength_varies=cohort.strength_varies)


def _bands(setups: Sequence[StudySetUp], gear: Gear | None, reading: _Reading) -> Mapping[str, Band]:
    """Every band that a set-up names, itself or by a value of its grid, or that the gear has."""
    loads = [load for one in setups for load in one.setup.load_tables]
    loads += [one.load_keys for one in gear.bands] if gear else []
    named = {load["band"] for load in loads if "band" in load}
    named |= {value for one in setups for vary in one.vary if vary.keys == ("band",) for value in vary.values}
    return {name: reading.find_band(name) for name in sorted(map(str, named))}
