"""What a person owns and the room there is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bandwright.bands import Band

WeightKind = Literal["dumbbell", "kettlebell", "barbell-plates"]

Span = tuple[float, float]
"""Least and most of a length [m]; equal for a fixed one."""


@dataclass(frozen=True, slots=True)
class OwnedBand:
    """A band and how many of it there are."""

    id: str
    band: Band
    count: int


@dataclass(frozen=True, slots=True)
class OwnedWeight:
    """A weight, the masses it can be set to [kg] and how many of it there are."""

    id: str
    kind: WeightKind
    masses_kg: tuple[float, ...]
    count: int


@dataclass(frozen=True, slots=True)
class OwnedAnchor:
    """A place in the room that bands can be hooked to, and the heights it offers [m]."""

    id: str
    heights_m: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Room:
    """Free distance in front of the anchors and height of the ceiling [m]."""

    free_m: float
    ceiling_m: float


@dataclass(frozen=True, slots=True)
class Stock:
    """Everything owned."""

    bands: tuple[OwnedBand, ...]
    weights: tuple[OwnedWeight, ...]
    anchors: tuple[OwnedAnchor, ...]
    room: Room
    pull_up_bar: bool = False
    bench: bool = False

    def heights_within(self, low_m: float, high_m: float) -> tuple[Span, ...]:
        """The heights all anchors offer between two heights, below the ceiling [m]; each once, in order."""
        top = min(high_m, self.room.ceiling_m)
        cut = {
            (max(low, low_m), min(high, top))
            for anchor in self.anchors
            for low, high in anchor.heights_m
            if low <= top and high >= low_m
        }
        return tuple(sorted(cut))
