"""Measured moment arms and findings about them, as recorded in `data/validation/moment_arms.csv`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal, get_args

from bandwright.catalogue.cells import word_in
from bandwright.catalogue.validation_tables import rows_of

Kind = Literal["peak", "throughout", "mostly", "largest", "greater", "shrinks"]
Motion = Literal["elevation", "rotation", "horizontal", "elbow"]

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
MOTIONS: Final[tuple[Motion, ...]] = get_args(Motion)
Posture = tuple[int, int, int, int]
"""Plane, elevation, outer rotation and elbow flexion [deg]."""

TABLE: Final = "moment_arms.csv"

UNKNOWN_SD_SHARE: Final = 0.30
"""Tolerance where a study gives no SD: the usual spread between people (decision 0005) [-]."""

STEP_DEG: Final = 15
"""Spacing of the postures a range is looked at [deg]."""

HORIZONTAL_PLANES_DEG: Final = (0, 30, 60, 90)
"""Planes in which a horizontal swing is looked at [deg]."""

ELBOW_DEG: Final = 30
"""Elbow flexion in shoulder postures (convention) [deg]."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One published moment arm or finding; `way` is the direction it is positive in."""

    id: str
    source: str
    kind: Kind
    parts: tuple[str, ...]
    muscles: tuple[tuple[str, ...], ...]
    motion: Motion
    plane_deg: int
    degrees: tuple[int, ...]
    rotations_deg: tuple[int, ...]
    way: float
    value_mm: float | None
    sd_mm: float | None
    usable: bool
    known_miss: bool
    """Whether the model is on record as disagreeing."""

    @property
    def tolerance_mm(self) -> float:
        """The measured SD, or 30 % where none is known."""
        return self.sd_mm if self.sd_mm is not None else UNKNOWN_SD_SHARE * (self.value_mm or 0.0)

    @property
    def postures(self) -> tuple[Posture, ...]:
        """Every posture looked at [deg]."""
        if self.motion == "elbow":
            return tuple((0, 0, 0, angle) for angle in self.degrees)
        planes = HORIZONTAL_PLANES_DEG if self.motion == "horizontal" else (self.plane_deg,)
        return tuple(
            (plane, angle, turn, ELBOW_DEG)
            for plane in planes
            for angle in self.degrees
            for turn in self.rotations_deg
        )


@cache
def measured_rows() -> tuple[Measured, ...]:
    """Every published row."""
    return tuple(_measured(row) for row in rows_of(TABLE))


def _measured(row: Mapping[str, str]) -> Measured:
    low, high = int(row["from_deg"]), int(row["to_deg"])
    return Measured(
        id=row["id"],
        source=row["source"],
        kind=word_in(row, "kind", KINDS),
        parts=tuple(row["part"].split("; ")),
        muscles=tuple(tuple(part.split("+")) for part in row["elements"].split(";")),
        motion=word_in(row, "movement", MOTIONS),
        plane_deg=int(row["plane_deg"]),
        degrees=(*tuple(range(low, high, STEP_DEG)), high),
        rotations_deg=tuple(int(turn) for turn in row["rotations_deg"].split(";")),
        way=float(row["way"]),
        value_mm=float(row["value_mm"]) if row["value_mm"] else None,
        sd_mm=float(row["sd_mm"]) if row["sd_mm"] else None,
        usable=row["verified"] == "yes",
        known_miss=row["known_miss"] == "yes",
    )
