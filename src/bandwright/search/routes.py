"""How bands and weights can be attached in one exercise: its routes, as far as the room and the stock allow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from bandwright.bands import BandKind
from bandwright.body import Side
from bandwright.curves import Holder
from bandwright.loads import Load, Place, Point
from bandwright.movements import PosedRepetition
from bandwright.search.stock import Span

HoldKind = Literal["one-hand", "each-hand", "shared"]
"""One weight in the working hand; one in each hand; one held by both."""


@dataclass(frozen=True, slots=True)
class Route:
    """A way a band can run: from where, to where, and what may vary.

    `origin` is a place on the body or a point. A point with `distance_m` is an anchor of the room whose distance
    (along its greater horizontal coordinate) and height vary; without, it is fixed, such as the foot of a bench.
    """

    id: str
    origin: Place | Point
    to: Place
    kinds: frozenset[BandKind]
    distance_m: Span | None = None
    heights_m: tuple[Span, ...] = ()
    free_m: Span | None = None
    """Rest length of each strand between grip and anchor [m]; None where the whole band is used."""
    paired: bool = False
    """Two alike, one for each hand, crossing."""
    most: int = 3
    """Bands side by side."""

    @property
    def in_room(self) -> bool:
        """Whether it needs an anchor of the room."""
        return self.distance_m is not None

    @property
    def lateral(self) -> bool:
        """Whether the anchor is beside the person rather than in front."""
        return isinstance(self.origin, Point) and abs(self.origin.y_m) > abs(self.origin.x_m)

    def point_at(self, distance_m: float, height_m: float) -> Point:
        """The anchor at a distance and a height."""
        if not isinstance(self.origin, Point):
            message = f"The route '{self.id}' has no anchor in the room."
            raise TypeError(message)
        if self.lateral:
            sign = 1.0 if self.origin.y_m > 0 else -1.0
            return Point(self.origin.x_m, sign * distance_m, height_m)
        return Point(distance_m, self.origin.y_m, height_m)


@dataclass(frozen=True)
class ExerciseSpace:
    """One exercise on one body, and everything its set-ups can be made of."""

    id: str
    name: str
    posed: PosedRepetition
    side: Side
    holder: Holder
    routes: tuple[Route, ...]
    hold: HoldKind | None
    """How a weight is held; None where none is."""
    weight_kinds: frozenset[str]
    weight_needed: bool
    band_needed: bool
    hanging: bool
    """Whether the hands carry the body."""
    targets: tuple[str, ...]
    """Muscle groups the exercise is for."""
    elements: Mapping[str, tuple[str, ...]]
    """Model elements of every muscle group."""
    plain_loads: tuple[Load, ...] = ()
    """The plain form that a change of direction is measured against."""

    @cached_property
    def reach_back_m(self) -> float:
        """How far the body reaches behind the feet [m]."""
        return max(0.0, -min(float(path[:, 0].min()) for path in self.posed.points.values()))

    @property
    def hands(self) -> int:
        """How many hands work."""
        return len(self.posed.working)
