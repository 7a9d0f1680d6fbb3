"""Week files as written; each entry is a set-up, or names the file of one, with its sets."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from bandwright.catalogue.setup_tables import PersonTable
from bandwright.catalogue.tables import Intent, StrictTable, Text


class WeekTable(StrictTable):
    """What one person trains in a week."""

    person: PersonTable
    name: Text | None = None
    intent: Intent = "strength-and-size"
    weeks: Annotated[int, Field(ge=1, le=52, description="for how many weeks it is meant")] = 1
    exercise: Annotated[
        list[dict[str, Any]], Field(min_length=1, description="one [[exercise]] for each set-up")
    ]


class CountTable(StrictTable):
    """How often an entry is done in a week."""

    sets_per_week: Annotated[int, Field(ge=1, le=60, description="sets in a week, of each arm")]
    reps: Annotated[int, Field(ge=1, le=100, description="repetitions of each set")] | None = None
    hold_s: Annotated[float, Field(gt=0.0, le=300.0, description="seconds of each hold")] | None = None
