"""Reads the published scapular rhythm: clavicle in the source's own coordinates, blade in ISB angles."""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np

from bandwright.movements.rhythm import Rhythm, RhythmCurve, RhythmRow

TABLE: Final = files("bandwright") / "data" / "anatomy" / "scapular_rhythm.csv"

PLANE_MEANT_DEG: Final = (25.0, 125.0)
"""A curve's plane is the mean of its rows between these arm elevations: near the trunk and overhead the plane of
the arm has little meaning of its own (Wu2005).
"""

Row = Mapping[str, str]


@cache
def load_rhythm() -> Rhythm:
    """The rhythm that moves the girdle where a movement says nothing of it (BelliIK2023)."""
    motions: dict[str, list[Row]] = defaultdict(list)
    for row in csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()):
        motions[row["motion"]].append(row)
    resting = [table[0] for table in motions.values()]
    rest: RhythmRow = (_mean("arm_elevation_deg", resting), 0.0, 0.0, _mean("upward_rotation_deg", resting))
    curves = [RhythmCurve(_plane(table), (rest, *_moved(table))) for table in motions.values()]
    return Rhythm(tuple(sorted(curves, key=lambda curve: curve.plane)))


def rhythm_girdle_deg(plane_deg: float, elevation_deg: float) -> tuple[float, float, float]:
    """Protraction change, elevation change and upward rotation [deg] of the rhythm where an arm points."""
    found = load_rhythm().girdle_at(np.radians([plane_deg]), np.radians([elevation_deg]))
    protraction, elevation, upward = np.degrees(found[0]).tolist()
    return protraction, elevation, upward


def _angle(row: Row, column: str) -> float:
    return math.radians(float(row[column]))


def _mean(column: str, table: Sequence[Row]) -> float:
    return sum(_angle(row, column) for row in table) / len(table)


def _plane(table: Sequence[Row]) -> float:
    low, high = PLANE_MEANT_DEG
    return _mean("arm_plane_deg", [row for row in table if low <= float(row["arm_elevation_deg"]) <= high])


def _moved(table: Sequence[Row]) -> list[RhythmRow]:
    """Every row after rest: the clavicle as a change from the same motion's rest, the blade as it is."""
    first, *moved = table

    def change(row: Row, column: str) -> float:
        return _angle(row, column) - _angle(first, column)

    return [
        (
            _angle(row, "arm_elevation_deg"),
            change(row, "clavicle_protraction_deg"),
            change(row, "clavicle_elevation_deg"),
            _angle(row, "upward_rotation_deg"),
        )
        for row in moved
    ]
