"""Reading a person's own strength tests: pulls on a scale and sets done, with every problem at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import Field, ValidationError

from bandwright.body import Person, Side
from bandwright.catalogue.exercises import find_exercise
from bandwright.catalogue.load_building import table_on_side
from bandwright.catalogue.load_checks import FindBand, find_in_catalogue
from bandwright.catalogue.load_tables import LoadTable
from bandwright.catalogue.problems import located, problems_of
from bandwright.catalogue.setup import SetUp
from bandwright.catalogue.setup_tables import PersonTable
from bandwright.catalogue.setups import read_setup
from bandwright.catalogue.tables import StrictTable, Text
from bandwright.catalogue.toml_files import read_table
from bandwright.errors import InputError, Problem
from bandwright.units import newtons

EXAMPLE: Final = 'Example: [[pull]] exercise = "bent-over-band-row", phase = 0.5 and kg = 24.'

STRENGTH_KEYS: Final = ("pull", "set")
"""Keys of which a file of strength tests has one or both, and a set-up without an `exercise` has none."""

Loads = Annotated[list[LoadTable], Field(min_length=1, description="Left out: the exercise's usual loads.")]


class StrengthPullTable(StrictTable):
    """The hardest pull at one phase of an exercise, held still; `force_n` or `kg` is the scale's reading."""

    exercise: Text
    phase: Annotated[float, Field(ge=0.0, le=1.0, description="0 at the start to 1 at the finish")]
    force_n: Annotated[float, Field(gt=0.0, le=5_000.0)] | None = None
    kg: Annotated[float, Field(gt=0.0, le=500.0)] | None = None
    hands: Annotated[Literal[1, 2], Field(description="hands that pulled on the one scale")] = 1
    side: Literal["right", "left"] | None = None
    load: Loads | None = None


class StrengthSetTable(StrictTable):
    """A set done: repetitions, and how many more would have gone."""

    exercise: Text
    reps: Annotated[int, Field(ge=1, le=30)]
    reserve: Annotated[int, Field(ge=0, le=10, description="repetitions left in reserve")] = 0
    strict: Annotated[bool, Field(description="whether it was done slowly, without momentum")] = False
    side: Literal["right", "left"] | None = None
    load: Loads | None = None


class StrengthTable(StrictTable):
    """One person's strength tests."""

    person: PersonTable
    pull: list[StrengthPullTable] = Field(default=[], description="Pulls on a scale, held still.")
    set: list[StrengthSetTable] = Field(default=[], description="Sets of repetitions done.")


@dataclass(frozen=True, slots=True)
class StrengthPull:
    """The hardest one hand could pull at a phase, along the line of the set-up's load [N]."""

    setup: SetUp
    phase: float
    force_n: float


@dataclass(frozen=True, slots=True)
class StrengthSet:
    """A set done with a set-up: repetitions, how many more would have gone, and whether without momentum."""

    setup: SetUp
    reps: int
    reserve: int
    strict: bool = False


@dataclass(frozen=True, slots=True)
class StrengthRecord:
    """One person's strength tests."""

    person: Person
    pulls: tuple[StrengthPull, ...]
    sets: tuple[StrengthSet, ...]


def read_strength(
    source: Path | Mapping[str, Any],
    exercises: Path | None = None,
    find_band: FindBand = find_in_catalogue,
) -> StrengthRecord:
    """The strength tests in a TOML file or a table.

    Raises:
        InputError: every problem at once, each with its key path and what would be allowed.
    """
    raw = read_table(source) if isinstance(source, Path) else source
    where = source.name if isinstance(source, Path) else "strength"
    problems = list(_count_problems(raw, where))
    setups: dict[tuple[str, int], SetUp] = {}
    for kind, index, row in _rows(raw):
        try:
            setups[kind, index] = _setup(raw.get("person"), row, exercises, find_band)
        except InputError as error:
            problems += _relocated(error, where, (kind, index))
    try:
        table = StrengthTable.model_validate(raw)
    except ValidationError as error:
        problems = [*problems_of(error, StrengthTable, where), *problems]
        raise InputError(*dict.fromkeys(problems)) from error
    if problems:
        raise InputError(*problems)
    return StrengthRecord(
        Person(**table.person.model_dump()),
        tuple(StrengthPull(setups["pull", i], one.phase, _force_n(one)) for i, one in enumerate(table.pull)),
        tuple(
            StrengthSet(setups["set", i], one.reps, one.reserve, one.strict)
            for i, one in enumerate(table.set)
        ),
    )


def _force_n(pull: StrengthPullTable) -> float:
    """Force of one hand [N]."""
    total = newtons(pull.kg, "kg") if pull.force_n is None and pull.kg is not None else pull.force_n or 0.0
    return total / pull.hands


def _rows(raw: Mapping[str, Any]) -> Iterator[tuple[str, int, Mapping[str, Any]]]:
    for kind in STRENGTH_KEYS:
        rows = raw.get(kind, [])
        if isinstance(rows, list):
            yield from ((kind, index, row) for index, row in enumerate(rows) if isinstance(row, dict))


def _setup(person: object, row: Mapping[str, Any], exercises: Path | None, find_band: FindBand) -> SetUp:
    """The set-up a row means.

    Raises:
        InputError: as `read_setup`.
    """
    table = {"person": person, **{key: row[key] for key in ("exercise", "load") if key in row}}
    setup = read_setup(table, exercises, find_band)
    side: Side = "l" if row.get("side") == "left" else "r"
    if "side" not in row or side == setup.side:
        return setup
    exercise = find_exercise(setup.exercise.id, exercises)
    if exercise.movement.arms == "both":
        said = f"Both arms work in '{exercise.id}', so there is no side to choose."
        raise InputError(Problem("both-arms", said, hint="Leave 'side' out.", path="set-up: side"))
    table["load"] = [dict(table_on_side(load, "l")) for load in setup.load_tables]
    return read_setup(table, exercises, find_band)


def _relocated(error: InputError, where: str, keys: tuple[str | int, ...]) -> Iterator[Problem]:
    """A row's problems at their place in the file; the person's are said once, by the file's own check."""
    for problem in error.problems:
        inside = (problem.path or "").partition(": ")[2]
        if inside.partition(".")[0] != "person":
            row = located(where, keys)
            yield replace(problem, path=f"{row}.{inside}" if inside else row)


def _count_problems(raw: Mapping[str, Any], where: str) -> Iterator[Problem]:
    """Rows that are missing, and pulls without exactly one reading."""
    if not any(_rows(raw)):
        yield Problem("no-tests", "There is no pull and no set.", hint=EXAMPLE, path=where)
    for kind, index, row in _rows(raw):
        given = [key for key in ("force_n", "kg") if key in row]
        if kind == "pull" and len(given) != 1:
            said = "A pull needs one reading of the scale" + ("; two given." if given else "; none given.")
            path = located(where, (kind, index))
            yield Problem("one-reading", said, ("force_n", "kg"), hint=EXAMPLE, path=path)
