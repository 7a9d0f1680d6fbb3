"""A study as the program uses it: members, and what each of them is judged in."""

from __future__ import annotations

import copy
import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bandwright.bands import Band
from bandwright.body.cohort import Member
from bandwright.catalogue.gear import Gear
from bandwright.catalogue.setup import SetUp
from bandwright.catalogue.tables import Intent

Value = float | int | str


@dataclass(frozen=True, slots=True)
class Variation:
    """A quantity of one load, by the keys that lead to it, and the values it takes."""

    load: str
    keys: tuple[str, ...]
    values: tuple[Value, ...]

    @property
    def column(self) -> str:
        """What its column is called: ``vary_band_from_x_m``."""
        return "_".join(("vary", self.load, *self.keys)).replace("-", "_")

    @property
    def numeric(self) -> bool:
        """Whether every value is a number."""
        return not any(isinstance(value, str) for value in self.values)


def varied(
    loads: Sequence[Mapping[str, Any]], vary: Sequence[Variation], values: Sequence[Value]
) -> tuple[Mapping[str, Any], ...]:
    """Loads as written with a value for each variation.

    Raises:
        KeyError: a load has no table where a variation looks for one.
    """
    tables = [copy.deepcopy(dict(load)) for load in loads]
    by_id = {table["id"]: table for table in tables}
    for one, value in zip(vary, values, strict=True):
        table: dict[str, Any] = by_id[one.load]
        for key in one.keys[:-1]:
            inner = table.get(key)
            if not isinstance(inner, dict):
                raise KeyError(key)
            table = inner
        # A point has one height: setting it one way takes the other away.
        table.pop({"z_m": "z_stature", "z_stature": "z_m"}.get(one.keys[-1], ""), None)
        table[one.keys[-1]] = value
    return tuple(tables)


@dataclass(frozen=True, slots=True)
class StudySetUp:
    """A set-up for everybody, `setup` being for whoever it was checked with, and its grid."""

    id: str
    setup: SetUp
    vary: tuple[Variation, ...] = ()

    @property
    def size(self) -> int:
        """How many set-ups the grid has."""
        return math.prod(len(one.values) for one in self.vary)

    def grid(self, first: int, last: int) -> Iterator[tuple[Value, ...]]:
        """The values of set-ups first … last − 1, one for each variation; the last variation changes fastest."""
        return itertools.islice(itertools.product(*(one.values for one in self.vary)), first, last)


@dataclass(frozen=True, slots=True)
class StudyDesign:
    """What the designer is asked for each member."""

    gear: Gear
    intent: Intent
    exercises: tuple[str, ...] = ()
    muscles: tuple[str, ...] = ()
    reps: tuple[float, float] | None = None
    reserve: float | None = None
    top: int = 3


@dataclass(frozen=True, slots=True)
class Study:
    """Who, which set-ups, and what of them is kept; `table` is how it was written, with its gear's."""

    members: tuple[Member, ...]
    setups: tuple[StudySetUp, ...]
    design: StudyDesign | None
    curves: bool
    table: Mapping[str, Any]
    bands: Mapping[str, Band]
    """The bands that set-ups name, by id."""

    @property
    def variations(self) -> Sequence[Variation]:
        """The quantities varied, one of each column; text where any set-up varies it over texts."""
        found: dict[str, Variation] = {}
        for one in (vary for setup in self.setups for vary in setup.vary):
            if one.column not in found or not one.numeric:
                found[one.column] = one
        return tuple(found.values())

    @property
    def rows(self) -> int:
        """How many rows there will be at most."""
        each = sum(one.size for one in self.setups) + (self.design.top if self.design else 0)
        return len(self.members) * each
