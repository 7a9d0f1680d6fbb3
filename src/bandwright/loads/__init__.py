"""Bands, cables, weights and body weight: from how they are set up to the forces on the hands."""

from bandwright.loads.forces import BandState, LoadForces, hands_of, load_forces, place_m, rigged
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
