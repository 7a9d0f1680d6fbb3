"""Reading week files, with every problem of the week and of its set-ups at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from bandwright.body import Person
from bandwright.catalogue.load_checks import FindBand, find_in_catalogue
from bandwright.catalogue.problems import located, moved, problems_of
from bandwright.catalogue.setup import SetUp
from bandwright.catalogue.setup_tables import PersonTable, SetUpTable
from bandwright.catalogue.setups import read_setup
from bandwright.catalogue.toml_files import missing_file, read_table
from bandwright.catalogue.week import Week, WeekEntry
from bandwright.catalogue.week_tables import CountTable, WeekTable
from bandwright.errors import InputError, Problem, nearest_match

SET_UP: Final = "setup"
COUNT_KEYS: Final = tuple(CountTable.model_fields)
INLINE_KEYS: Final = tuple(
    field.alias or name for name, field in SetUpTable.model_fields.items() if name != "person"
)
"""Keys of a set-up written in the week itself; the person is the week's."""

ANYBODY: Final[Mapping[str, Any]] = {"sex": "male", "stature_m": 1.8, "mass_kg": 80.0}
"""Stands in while set-ups are checked for a person who could not be read."""

EXAMPLE: Final = 'Example: [[exercise]] exercise = "face-pull", sets_per_week = 4 and reps = 12.'

ENTRY: Final = "set-up"
"""What reading calls a table that is in no file of its own."""

Problems = list[Problem]


def read_week(
    path: Path,
    exercises: Path | None = None,
    find_band: FindBand = find_in_catalogue,
    changes: Mapping[str, Any] | None = None,
) -> Week:
    """The week in a TOML file.

    Args:
        path: the week's file; the set-up files it names are looked for beside it.
        exercises: folder with the person's own exercises.
        find_band: looks a band up by id.
        changes: keys that win over what the file says, such as `person`.

    Raises:
        InputError: every problem at once, each with its key path and what would be allowed.
    """
    raw = {**_table_in(path), **(changes or {})}
    table, problems = _checked(raw, path.name)
    person, listed = _usable_person(raw.get("person")), raw.get("exercise")
    entries: list[WeekEntry] = []
    for index, given in enumerate(listed if isinstance(listed, list) else []):
        if isinstance(given, dict):
            entry, found = _entry(given, _Reading(path, index, person, exercises, find_band))
            entries += [entry] if entry else []
            problems += found
    if table is None or problems:
        raise InputError(*dict.fromkeys(problems))
    who = Person(**table.person.model_dump())
    return Week(who, table.intent, tuple(entries), table.name, table.weeks)


def _checked(raw: Mapping[str, Any], where: str) -> tuple[WeekTable | None, Problems]:
    try:
        return WeekTable.model_validate(raw), []
    except ValidationError as error:
        return None, problems_of(error, WeekTable, where)


def is_week(raw: Mapping[str, Any]) -> bool:
    """Whether a table is a week's: it has a list of exercises where a set-up has one."""
    return isinstance(raw.get("exercise"), list)


def _table_in(path: Path) -> dict[str, Any]:
    if not path.exists():
        raise InputError(missing_file(path, str(path), "Give a week's file (.toml)."))
    return read_table(path)


def _usable_person(given: object) -> Mapping[str, Any]:
    try:
        PersonTable.model_validate(given)
    except ValidationError:
        return ANYBODY
    return given if isinstance(given, Mapping) else ANYBODY


@dataclass(frozen=True, slots=True)
class _Reading:
    """What an entry of a week is read against."""

    file: Path
    index: int
    person: Mapping[str, Any]
    exercises: Path | None
    find_band: FindBand

    def at(self, *keys: str | int) -> str:
        """File and key path of a place in the entry."""
        return located(self.file.name, ("exercise", self.index, *keys))


def _entry(given: Mapping[str, Any], reading: _Reading) -> tuple[WeekEntry | None, Problems]:
    problems = list(_unknown_keys(given, reading))
    counts, found = _counts(given, reading)
    problems += found
    setup: SetUp | None = None
    try:
        setup = _setup(given, reading)
    except InputError as error:
        problems += error.problems
    if setup is not None and counts is not None:
        problems += _count_problems(counts, setup, reading)
    if setup is None or counts is None or problems:
        return None, problems
    return WeekEntry(setup, counts.sets_per_week, counts.reps or 1, counts.hold_s), []


def _unknown_keys(given: Mapping[str, Any], reading: _Reading) -> Iterator[Problem]:
    allowed = (SET_UP, *INLINE_KEYS, *COUNT_KEYS)
    for key in given:
        if key == "person":
            hint = "One week is one person's: give [person] once, at the top."
            yield Problem("unknown-key", "An exercise has no person.", hint=hint, path=reading.at(key))
        elif key not in allowed:
            said, near = f"There is no key '{key}' here.", nearest_match(key, allowed)
            yield Problem("unknown-key", said, allowed, near, EXAMPLE, reading.at(key))


def _counts(given: Mapping[str, Any], reading: _Reading) -> tuple[CountTable | None, Problems]:
    try:
        return CountTable.model_validate({key: given[key] for key in COUNT_KEYS if key in given}), []
    except ValidationError as error:
        return None, list(moved(problems_of(error, CountTable, ENTRY), ENTRY, reading.at()))


def _count_problems(counts: CountTable, setup: SetUp, reading: _Reading) -> Iterator[Problem]:
    name = setup.exercise.id
    if setup.exercise.movement.isometric:
        if counts.hold_s is None:
            said = f"'{name}' is a hold, and nothing says how long."
            yield Problem("no-hold", said, hint="For example hold_s = 10.", path=reading.at())
        return
    if counts.hold_s is not None:
        said, hint = f"'{name}' is not a hold.", "Give reps, for example reps = 10."
        yield Problem("not-a-hold", said, hint=hint, path=reading.at("hold_s"))
    elif counts.reps is None:
        said = f"Nothing says how many repetitions of '{name}' make a set."
        yield Problem("no-reps", said, hint="For example reps = 10.", path=reading.at())


def _setup(given: Mapping[str, Any], reading: _Reading) -> SetUp:
    """The set-up of an entry: its own, or that of the file it names, for the week's person.

    Raises:
        InputError: every problem, at its place in the file that holds it.
    """
    inline = {key: given[key] for key in INLINE_KEYS if key in given}
    if SET_UP not in given:
        return _read(inline, reading, reading.at())
    named = given[SET_UP]
    if not isinstance(named, str):
        said, hint = f"{named} is not a text in quotes.", 'For example setup = "row.toml".'
        raise InputError(Problem("wrong-type", said, hint=hint, path=reading.at(SET_UP)))
    if inline:
        said = f"A set-up is named and '{next(iter(inline))}' is given too."
        hint = "Name a file, or write the set-up here."
        raise InputError(Problem("two-set-ups", said, hint=hint, path=reading.at(SET_UP)))
    path = reading.file.parent / named
    if not path.exists():
        hint = "Set-up files are looked for beside the week's file."
        raise InputError(missing_file(path, named, hint, reading.at(SET_UP)))
    return _read(read_table(path), reading, path.name)


def _read(raw: Mapping[str, Any], reading: _Reading, where: str) -> SetUp:
    try:
        return read_setup({**raw, "person": reading.person}, reading.exercises, reading.find_band)
    except InputError as error:
        raise InputError(*moved(error.problems, ENTRY, where)) from error
