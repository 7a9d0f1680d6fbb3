"""Bands, weights, cables, bars, benches and anchors, drawn simply where they really are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bandwright.body import Side
from bandwright.loads import BandLoad, CableLoad, LoadForces, Point, WeightLoad, hands_of, place_m
from bandwright.loads.forces import SIDES_OF_HANDS
from bandwright.movements.posture import BENCH_HEIGHT_M
from bandwright.service.analysis import Analysis
from bandwright.service.report.drawing import Mark, Path, circle, hull
from bandwright.service.report.mannequin import Mannequin
from bandwright.service.report.scene import Camera, Part, Solid

Array = NDArray[np.float64]

BAND_WIDTH: Final = 8.0
"""Width of an unstretched band in the picture; it thins as it is stretched, as rubber does."""

DOOR_M: Final = (0.82, 2.03)
"""Width and height of the door that an anchor hangs on: an ordinary door leaf (convention) [m]."""

FLOOR_ANCHOR_M: Final = 0.3
"""An anchor below this is drawn on the floor [m]."""


def strand_lines(load: BandLoad, force: LoadForces, analysis: Analysis, index: int) -> list[tuple[Array, float]]:
    """Ends (2, 3) [m] and stretch ratio of each line a band takes at one pose."""
    posed = analysis.posed
    rigged = force.band.rigged if force.band is not None else None
    found = []
    for start, end in _band_ends(load, analysis):
        line = np.array([start[index], end[index]])
        length = float(np.linalg.norm(line[1] - line[0]))
        tight = force.band is not None and load.to == "wrists"
        ratio = (
            float(force.band.stretch_ratio[index])  # a band round the wrists also runs round one of them
            if tight and force.band is not None
            else float(rigged.stretch_ratio(length)) if rigged is not None else 1.0
        )
        found.append((line, ratio))
    del posed
    return found


def _band_ends(load: BandLoad, analysis: Analysis) -> Iterator[tuple[Array, Array]]:
    """Both ends over the repetition (K, 3) of each line a band takes."""
    posed = analysis.posed
    if load.to == "wrists":
        yield posed.points["wrist_l"], posed.points["wrist_r"]
    elif load.origin in SIDES_OF_HANDS:
        yield posed.points["hand_l"], posed.points["hand_r"]
    elif load.to.startswith(("foot", "feet", "knee")):
        place = "foot_r" if load.to == "feet" else load.to
        yield place_m(posed, load.origin, "r"), posed.points[place]
    else:
        for side in hands_of(load.to, posed):
            yield place_m(posed, load.origin, side), posed.arms[side].grip_path
