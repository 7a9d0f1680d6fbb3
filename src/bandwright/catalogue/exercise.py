"""An exercise as the program uses it: a movement, its usual loads and what a person should know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from bandwright.catalogue.tables import Intent
from bandwright.loads.load import End, Place
from bandwright.movements import Movement


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong, and what to say to put it right."""

    seen: str
    cue: str


@dataclass(frozen=True, slots=True)
class StartingForce:
    """Where to start [N], at the place in the range that `refers_to` names (convention, `COACH`)."""

    light_n: float
    medium_n: float
    heavy_n: float
    refers_to: str
    best_band: str


Range = tuple[float, float]


@dataclass(frozen=True, slots=True)
class LoadOption:
    """What may be varied of a usual load, or a load that may be added; see `OptionTable`."""

    load: str
    kind: Literal["band", "weight"] | None
    origin: End | None
    to: Place | None
    height_stature: Range | None
    distance_m: Range | None
    free_length_m: Range | None


@dataclass(frozen=True, slots=True)
class Exercise:
    """One exercise: its movement, its usual loads and what a person should know."""

    movement: Movement
    name: str
    summary: str
    how_to: str
    muscles: tuple[str, ...]
    """Ids of the muscle groups it is for, the most important first."""
    intents: tuple[Intent, ...]
    """What it suits; the first is what a set-up gets when it names none."""
    gear: tuple[str, ...]
    load_tables: tuple[Mapping[str, Any], ...]
    """The usual loads in the set-up file's own form; see `default_loads`."""
    start: StartingForce | None
    cues: tuple[str, ...]
    faults: tuple[Fault, ...]
    safety: tuple[str, ...]
    alternative: str | None
    """Id of the obvious plain exercise for the same muscles."""
    related: tuple[str, ...]
    claims: tuple[str, ...]
    sources: tuple[str, ...]
    options: tuple[LoadOption, ...] = ()
    """What the designer may vary."""

    @property
    def id(self) -> str:
        """The exercise's id, which is also its movement's and its file's name."""
        return self.movement.id
