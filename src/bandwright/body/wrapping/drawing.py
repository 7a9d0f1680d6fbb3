"""Muscle paths as evenly spaced points, for drawing."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from bandwright.body.wrapping.surfaces import MOST_CORNERS, on_surface
from bandwright.body.wrapping.vectors import distance, row
from bandwright.numerics.compiled import compiled

Array = NDArray[np.float64]

_ARC_POINTS: Final = 8
"""Pieces that stand for the part of a path on one surface."""


@compiled
def _arc(corners: Array, first: int, out: Array, count: int) -> int:
    """Adds points between two touch points on the cubic that leaves along the tangents; the new count."""
    reach = distance(row(corners, first), row(corners, first + 1))
    before, after = (
        distance(row(corners, first - 1), row(corners, first)),
        distance(row(corners, first + 1), row(corners, first + 2)),
    )
    for step in range(1, _ARC_POINTS):
        t = step / _ARC_POINTS
        for axis in range(3):
            start, end = corners[first, axis], corners[first + 1, axis]
            way_in = (start - corners[first - 1, axis]) / max(before, 1e-12)
            way_out = (corners[first + 2, axis] - end) / max(after, 1e-12)
            lift = t * (1.0 - t) * reach * ((1.0 - t) * way_in - t * way_out)
            out[count, axis] = start + (end - start) * t * t * (3.0 - 2.0 * t) + lift
        count += 1
    return count


@compiled
def _fine(corners: Array, count: int, out: Array) -> int:
    """The corners with the arcs between touch points filled in; how many points there are."""
    found = 0
    for index in range(count):
        for axis in range(3):
            out[found, axis] = corners[index, axis]
        found += 1
        if index + 1 < count and on_surface(corners, index):
            found = _arc(corners, index, out, found)
    return found


@compiled
def resample(line: Array, count: int, out: Array) -> None:
    """Evenly spaced points (k, 3) along the first `count` points of a polyline."""
    whole = 0.0
    for index in range(count - 1):
        whole += distance(row(line, index), row(line, index + 1))
    index, passed = 0, 0.0
    piece = distance(row(line, 0), row(line, 1))
    for step in range(len(out)):
        at = whole * step / (len(out) - 1)
        while passed + piece < at and index < count - 2:
            passed += piece
            index += 1
            piece = distance(row(line, index), row(line, index + 1))
        share = min(1.0, (at - passed) / piece) if piece > 0.0 else 0.0
        for axis in range(3):
            out[step, axis] = line[index, axis] + share * (line[index + 1, axis] - line[index, axis])


@compiled
def draw(corners: Array, count: int, out: Array) -> None:
    """Fills the path in the world, evenly resampled (k, 3) [m]."""
    line = np.empty((MOST_CORNERS + 4 * _ARC_POINTS, 3))
    resample(line, _fine(corners, count, line), out)
