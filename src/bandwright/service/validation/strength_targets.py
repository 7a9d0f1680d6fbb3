"""Measured isometric strengths, as recorded in `data/validation/strength_targets.csv` (decision 0005)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal, get_args

import numpy as np

from bandwright.body import Person, Sex
from bandwright.catalogue.anatomy import SEXES
from bandwright.catalogue.cells import word_in
from bandwright.catalogue.validation_tables import VALIDATION, rows_of
from bandwright.movements import ArmPose, Girdle

Role = Literal["fit", "check", "bound"]

ROLES: Final[tuple[Role, ...]] = get_args(Role)

TABLE: Final = "strength_targets.csv"
TARGETS: Final = VALIDATION / TABLE

MEDIAN: Final[Mapping[Sex, Person]] = {
    "male": Person("male", 1.755, 84.6),
    "female": Person("female", 1.626, 66.8),
}
"""The reference man and woman (ANSURII medians)."""

UNKNOWN_SD_SHARE: Final = 0.30
"""Tolerance where the study's own SD is not known: the usual spread between people (decision 0005) [-]."""


@dataclass(frozen=True, slots=True)
class Target:
    """One measured strength: what was pushed, in which posture, and how hard [N·m] or [N]."""

    id: str
    action: str
    sex: Sex
    value: float
    unit: str
    sd: float | None
    role: Role
    girdle: Girdle
    arm: ArmPose
    source: str
    known_miss: float | None
    """What the model gives, where that is outside the tolerance: recorded, not excused."""

    @property
    def tolerance(self) -> float:
        """The measured SD, or 30 % where none is known."""
        return UNKNOWN_SD_SHARE * self.value if self.sd is None else self.sd

    def holds(self, modelled: float) -> bool:
        """Whether a modelled strength agrees with this row; a bound only forbids more."""
        if self.role == "bound":
            return modelled <= self.value
        return abs(modelled - self.value) <= self.tolerance

    @property
    def curve(self) -> str:
        """Study and action: rows of one curve are not independent."""
        return f"{self.source} {self.action}"


def _target(row: Mapping[str, str]) -> Target:
    def angle(name: str) -> float:
        return float(np.radians(float(row[f"{name}_deg"])))

    return Target(
        id=row["id"],
        action=row["action"],
        sex=word_in(row, "sex", SEXES),
        value=float(row["value"]),
        unit=row["unit"],
        sd=float(row["sd"]) if row["sd"] else None,
        role=word_in(row, "role", ROLES),
        girdle=Girdle(angle("protraction"), angle("lift"), angle("upward_rotation")),
        arm=ArmPose(
            angle("plane"),
            angle("elevation"),
            angle("external_rotation"),
            angle("elbow"),
            angle("pronation"),
        ),
        source=row["source"],
        known_miss=float(row["known_miss"]) if row["known_miss"] else None,
    )


@cache
def load_targets() -> tuple[Target, ...]:
    """All measured strengths, trunk extension included."""
    return tuple(_target(row) for row in rows_of(TABLE))


@cache
def arm_targets() -> tuple[Target, ...]:
    """The strengths that need an arm; trunk extension is a figure of the strength table."""
    return tuple(target for target in load_targets() if target.action != "trunk_extension")
