"""The things that pull on the body, as a set-up describes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bandwright.bands import Band, RigKind

Place = Literal["feet", "foot_r", "foot_l", "knee_r", "knee_l", "bar", "hands", "hand_r", "hand_l", "wrists"]
"""Named ends of a load; `feet` and `hands` mean both, each side to its own."""


@dataclass(frozen=True, slots=True)
class Point:
    """A fixed point in the room [m]: x forward, y left, z up from the floor between the feet.

    `z_stature`, when given, replaces `z_m` by a share of the person's stature, so that one exercise file
    fits small and tall people.
    """

    x_m: float
    y_m: float = 0.0
    z_m: float = 0.0
    z_stature: float | None = None


End = Place | Point


@dataclass(frozen=True, slots=True)
class BandLoad:
    """A band from one end to the other.

    `contact_m` is the length of band lying under the feet or inside the grip, which does not stretch; None =
    computed from the stance and the grip. `free_length_m` overrides the rest length of each strand (choked,
    hitched or wrapped). `count` identical bands act in parallel.
    """

    id: str
    band: Band
    rig: RigKind
    origin: End
    to: Place
    count: int = 1
    contact_m: float | None = None
    free_length_m: float | None = None


@dataclass(frozen=True, slots=True)
class WeightLoad:
    """Weights of `mass_kg` each [kg]: one alone is held by all hands it goes to, two are one in each hand."""

    id: str
    mass_kg: float
    to: Place
    count: int = 1


@dataclass(frozen=True, slots=True)
class CableLoad:
    """A cable: constant pull along the line to its pulley; the hands it goes to share `force_n` [N]."""

    id: str
    force_n: float
    origin: End
    to: Place


@dataclass(frozen=True, slots=True)
class BodyWeightLoad:
    """The person's own weight, hanging from the hands."""

    id: str


Load = BandLoad | WeightLoad | CableLoad | BodyWeightLoad
