"""The person whose body is modelled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Sex = Literal["female", "male"]

Side = Literal["r", "l"]
SIDES: Final[tuple[Side, ...]] = ("r", "l")


@dataclass(frozen=True, slots=True)
class Person:
    """A person as they can describe themselves: stature and arm lengths [m], mass [kg].

    Arm lengths are joint centre to joint centre: `upper_arm_m` shoulder to elbow, `forearm_m` elbow to wrist;
    None = scaled from stature.
    """

    sex: Sex
    stature_m: float
    mass_kg: float
    upper_arm_m: float | None = None
    forearm_m: float | None = None
