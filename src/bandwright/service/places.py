"""Where loads pull, by the names of positions: what a picture of a set-up joins with lines."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bandwright.body import Side
from bandwright.loads import BandLoad, BodyWeightLoad, CableLoad, Load, Point, WeightLoad, hands_of, place_m
from bandwright.loads.forces import SIDES_OF_HANDS
from bandwright.movements import PosedRepetition

Array = NDArray[np.float64]


def anchors(loads: Sequence[Load], posed: PosedRepetition) -> dict[str, Array]:
    """One `anchor_<load>` (K, 3) [m] for each load that starts at a point of the room."""
    return {
        _anchor(load): place_m(posed, load.origin, posed.working[0])
        for load in loads
        if isinstance(load, BandLoad | CableLoad) and isinstance(load.origin, Point)
    }


def _anchor(load: BandLoad | CableLoad) -> str:
    return f"anchor_{load.id}"


def ends(load: Load, posed: PosedRepetition) -> list[dict[str, str | None]]:
    """Between which positions the load pulls, one line per side."""
    if isinstance(load, BodyWeightLoad):
        return [{"from": "bar", "to": f"hand_{side}"} for side in posed.working]
    if isinstance(load, WeightLoad):
        return [{"from": None, "to": f"hand_{side}"} for side in hands_of(load.to, posed)]
    if load.to == "wrists":
        return [{"from": "wrist_l", "to": "wrist_r"}]
    if load.origin in SIDES_OF_HANDS:
        return [{"from": "hand_l", "to": "hand_r"}]
    if load.to not in ("hands", "hand_r", "hand_l"):
        # Assistance acts on the middle of the body and is drawn once.
        return [{"from": _start(load, "r"), "to": "foot_r" if load.to == "feet" else load.to}]
    return [{"from": _start(load, side), "to": f"hand_{side}"} for side in hands_of(load.to, posed)]


def _start(load: BandLoad | CableLoad, side: Side) -> str:
    if isinstance(load.origin, Point):
        return _anchor(load)
    both = {"feet": f"foot_{side}", "hands": f"hand_{side}", "wrists": f"wrist_{side}"}
    return both.get(load.origin, load.origin)
