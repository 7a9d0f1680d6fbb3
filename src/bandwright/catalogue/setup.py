"""A set-up as the program uses it: an exercise with its loads fixed, for one person, with an intent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from bandwright.body import Person, Side
from bandwright.catalogue.exercise import Exercise
from bandwright.catalogue.setup_tables import StrengthCurveChoice
from bandwright.catalogue.tables import Intent
from bandwright.loads.load import Load

STAND_IN: Final = Person("male", 1.80, 80.0)
"""Who is meant when an exercise is asked for without a person; a round figure, said wherever it is used."""


@dataclass(frozen=True, slots=True)
class Tempo:
    """How long each part of one repetition takes [s]."""

    lift_s: float
    hold_s: float
    lower_s: float


@dataclass(frozen=True, slots=True)
class MeasuredPull:
    """The hardest the person could pull at one phase, held still [N]."""

    phase: float
    force_n: float


@dataclass(frozen=True, slots=True)
class SetUp:
    """An exercise with its loads fixed, for one person, with an intent.

    In a one-arm exercise `side` is the arm that works; the loads are where they are, on that side.
    """

    exercise: Exercise
    intent: Intent
    person: Person
    loads: tuple[Load, ...]
    load_tables: tuple[Mapping[str, Any], ...]
    """The loads as they were written, in the set-up file's form."""
    side: Side = "r"
    tempo: Tempo | None = None
    strength_curve: StrengthCurveChoice = "computed"
    pulls: tuple[MeasuredPull, ...] = ()
    """In order of phase."""


def setup_table(setup: SetUp) -> dict[str, Any]:
    """The set-up in its file's form, everything said; reading it gives the same set-up."""
    table: dict[str, Any] = {
        "exercise": setup.exercise.id,
        "intent": setup.intent,
        "strength_curve": setup.strength_curve,
        "person": person_table(setup.person),
        "load": [dict(load) for load in setup.load_tables],
    }
    if setup.tempo is not None:
        table["tempo"] = asdict(setup.tempo)
    if setup.pulls:
        table["pull"] = [asdict(pull) for pull in setup.pulls]
    return table


def person_table(person: Person) -> dict[str, Any]:
    """The person in the set-up file's form."""
    return {key: value for key, value in asdict(person).items() if value is not None}
