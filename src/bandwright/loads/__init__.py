"""Bands, cables, weights and body weight: from how they are set up to the forces on the hands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bandwright.lazy import lazily
from bandwright.loads.load import (
    BandLoad,
    BodyWeightLoad,
    CableLoad,
    End,
    Load,
    Place,
    Point,
    WeightLoad,
)

if TYPE_CHECKING:
    from bandwright.loads.forces import BandState, LoadForces, hands_of, load_forces, place_m, rigged

__getattr__ = lazily(
    __name__,
    {
        "forces": ("BandState", "LoadForces", "hands_of", "load_forces", "place_m", "rigged"),
    },
)

__all__ = [
    "BandLoad",
    "BandState",
    "BodyWeightLoad",
    "CableLoad",
    "End",
    "Load",
    "LoadForces",
    "Place",
    "Point",
    "WeightLoad",
    "hands_of",
    "load_forces",
    "place_m",
    "rigged",
]
