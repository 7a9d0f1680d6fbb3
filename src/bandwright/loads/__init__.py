"""Bands, cables, weights and body weight: from how they are set up to the forces on the hands."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

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

_HEAVY = {
    "BandState": "bandwright.loads.forces",
    "LoadForces": "bandwright.loads.forces",
    "hands_of": "bandwright.loads.forces",
    "load_forces": "bandwright.loads.forces",
    "place_m": "bandwright.loads.forces",
    "rigged": "bandwright.loads.forces",
}
"""Names whose modules load MuJoCo or SciPy: imported when first asked for, so that listings start quickly."""


def __getattr__(name: str) -> object:
    """Imports a heavy name on first use."""
    if name not in _HEAVY:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(_HEAVY[name]), name)


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
