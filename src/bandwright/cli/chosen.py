"""The set-up a command line means: a file or an exercise, with what the options change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from bandwright.body import Person
from bandwright.catalogue.exercise import Exercise
from bandwright.catalogue.exercises import exercise_ids, find_exercise
from bandwright.catalogue.load_building import table_on_side
from bandwright.catalogue.load_checks import working_side
from bandwright.catalogue.own_files import own_exercises
from bandwright.catalogue.setup import SetUp
from bandwright.catalogue.setup_tables import PersonTable
from bandwright.catalogue.setups import read_setup
from bandwright.catalogue.toml_files import missing_file, read_table
from bandwright.catalogue.usual_loads import LoadTables, usual_loads
from bandwright.cli.arguments import Choices
from bandwright.cli.gathering import Gathering
from bandwright.cli.persons import STAND_IN, person_given
from bandwright.cli.quantities import SECOND_PER_UNIT, quantity
from bandwright.errors import InputError, Problem, unknown_name
from bandwright.service.own_bands import find_band

OPTION_OF: Final = {
    "person": "--person",
    "intent": "--intent",
    "strength_curve": "--strength",
    "tempo": "--tempo",
}
"""Keys of a set-up file and the options that replace them."""

SIDES: Final = {"right": "r", "left": "l"}
LARGEST_FILE_BYTES: Final = 1_000_000


def chosen_setup(text: str, choices: Choices) -> SetUp:
    """The set-up that a file name or an exercise's id means, with the options applied.

    Raises:
        InputError: every problem at once.
    """
    is_file = looks_like_file(text)
    with Gathering() as also:
        changes = _changes(choices, also)
        raw = _file(Path(text)) if is_file else {"exercise": text, "person": dict(STAND_IN)}
        raw = {**raw, **changes}
        if choices.side is not None:
            raw = also.read(_on_side, raw, choices.side) or raw
        try:
            return read_setup(raw, own_exercises(), find_band)
        except InputError as error:
            where = Path(text).name if is_file else None
            raise InputError(*(_relabelled(one, where, changes) for one in error.problems)) from error


def looks_like_file(text: str) -> bool:
    """Whether a file is meant rather than an exercise."""
    return text.endswith(".toml") or "/" in text or "\\" in text or Path(text).exists()


def _file(path: Path) -> dict[str, Any]:
    hint = "Give a set-up file, e.g. my-row.toml, or an exercise, e.g. bent-over-band-row."
    if not path.exists():
        raise InputError(missing_file(path, str(path), hint))
    if path.is_dir():
        hint = f"Give one of its files, or check them all: bandwright check {path}"
        raise InputError(Problem("is-a-folder", f"'{path}' is a folder.", hint=hint))
    if path.is_file() and path.stat().st_size > LARGEST_FILE_BYTES:
        raise InputError(Problem("too-big", f"'{path}' is too big for a set-up.", hint=hint))
    if not path.is_file() and not path.is_fifo():
        raise InputError(Problem("not-a-file", f"'{path}' is not a file that can be read.", hint=hint))
    return read_table(path)


def _changes(choices: Choices, also: Gathering) -> dict[str, Any]:
    """The keys that the options give."""
    found: dict[str, Any] = {}
    if choices.intent is not None:
        found["intent"] = choices.intent
    if choices.strength is not None:
        found["strength_curve"] = choices.strength
    readers = (("person", choices.person, person_given), ("tempo", choices.tempo, tempo_given))
    for key, text, read in readers:
        table = None if text is None else also.read(read, text)
        if table is not None:
            found[key] = table
    return found


def tempo_given(text: str) -> dict[str, Any]:
    """The tempo's table from ``1/0/2``: seconds to lift, hold and lower.

    Raises:
        InputError: there are not three numbers.
    """
    words = text.split("/")
    if len(words) != 3:
        said, hint = f"'{text}' is not a tempo.", "Example: --tempo 1/0/2 lifts in 1 s and lowers in 2 s."
        raise InputError(
            Problem("bad-tempo", said, ("lift/hold/lower in seconds",), hint=hint, path="--tempo")
        )
    keys = ("lift_s", "hold_s", "lower_s")
    return {
        key: quantity(word, SECOND_PER_UNIT, "s", path="--tempo")
        for key, word in zip(keys, words, strict=True)
    }


def _on_side(raw: Mapping[str, Any], given: str) -> dict[str, Any]:
    """The set-up on the side that `--side` names.

    Raises:
        InputError: no such side, or both arms work.
    """
    if given not in SIDES:
        raise InputError(unknown_name("side", given, tuple(SIDES), path="--side"))
    name = raw.get("exercise")
    if not isinstance(name, str) or name not in exercise_ids(own_exercises()):
        return dict(raw)  # said when the set-up is read
    exercise = find_exercise(name, own_exercises())
    if exercise.movement.arms == "both":
        said = f"Both arms work in '{exercise.id}', so there is no side to choose."
        raise InputError(Problem("both-arms", said, hint="Leave --side out.", path="--side"))
    loads = raw.get("load", list(_usual(exercise, raw.get("person"))))
    if not isinstance(loads, list) or not all(isinstance(load, dict) for load in loads):
        return dict(raw)
    if working_side(loads) == SIDES[given]:
        return {**raw, "load": [dict(load) for load in loads]}
    return {**raw, "load": [dict(table_on_side(load, "l")) for load in loads]}


def _usual(exercise: Exercise, person: object) -> LoadTables:
    """The exercise's usual loads; of a person who makes no sense, which is said later, those in its file."""
    try:
        return usual_loads(exercise, Person(**PersonTable.model_validate(person).model_dump()))
    except ValidationError:
        return exercise.load_tables


def _relabelled(problem: Problem, where: str | None, changes: Mapping[str, Any]) -> Problem:
    """The problem at the option or in the file that gave the value."""
    _, _, keys = (problem.path or "").partition(": ")
    first = keys.replace("[", ".").partition(".")[0]
    if first in changes:
        rest = keys[len(first) :].lstrip(".")
        return replace(problem, path=OPTION_OF[first] + (f": {rest}" if rest else ""))
    if where is None:
        return replace(problem, path=None)
    return replace(problem, path=f"{where}: {keys}" if keys else where)
