"""Small stocks and searches that several tests share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bandwright.body import Person
from bandwright.catalogue.gear import Gear, read_gear
from bandwright.catalogue.tables import Intent
from bandwright.search.find import Options
from bandwright.search.grid import Steps
from bandwright.service.design import Design, Request, design

PERSON = Person("male", 1.80, 80.0)

COARSE = Steps(distance_m=0.3, height_m=0.5, free_m=0.15)
"""A grid of a few dozen cells."""

QUICK = Options(steps=COARSE, families=6)
"""A search of a second or less."""


def gear_of(
    bands: Mapping[str, int],
    weights: Sequence[Mapping[str, Any]] = (),
    heights: Sequence[float] = (),
    free_m: float = 2.5,
    **have: bool,
) -> Gear:
    """Gear from product counts, weights and anchor heights."""
    return read_gear(
        {
            "room": {"free_m": free_m},
            "band": [{"id": name, "product": name, "count": count} for name, count in bands.items()],
            "weight": list(weights),
            "anchor": [{"id": "door", "heights_m": list(heights)}] if heights else [],
            "have": have,
        }
    )


def found(gear: Gear, intent: Intent, *exercises: str, **more: Any) -> Design:
    """What the designer finds."""
    return design(Request(gear, intent, PERSON, exercises, **{"options": QUICK, **more}))
