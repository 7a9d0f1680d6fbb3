"""A week of training as the program uses it: set-ups of one person, each with its sets."""

from __future__ import annotations

from dataclasses import dataclass

from bandwright.body import Person
from bandwright.catalogue.setup import SetUp
from bandwright.catalogue.tables import Intent


@dataclass(frozen=True, slots=True)
class WeekEntry:
    """One set-up of a week; of a one-arm exercise the sets are those of each arm."""

    setup: SetUp
    sets: int
    reps: int
    hold_s: float | None = None
    """How long each repetition is held [s]; holds only."""


@dataclass(frozen=True, slots=True)
class Week:
    """What one person trains in a week, with an intent."""

    person: Person
    intent: Intent
    entries: tuple[WeekEntry, ...]
    name: str | None = None
    weeks: int = 1
    """For how many weeks it is meant."""
