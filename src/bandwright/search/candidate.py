"""One set-up as the search holds it, and the loads it stands for."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from bandwright.bands import RigKind
from bandwright.loads import BandLoad, BodyWeightLoad, Load, Place, Point, WeightLoad
from bandwright.search.routes import ExerciseSpace, Route
from bandwright.search.stock import Stock


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """What is continuous of a route: distance and height of the anchor, free length of each strand [m]."""

    distance_m: float | None = None
    height_m: float | None = None
    free_m: float | None = None


@dataclass(frozen=True, slots=True, order=True)
class Piece:
    """A band of the stock by its index, how it is rigged, and how many of it act side by side."""

    band: int
    rig: RigKind
    count: int = 1


@dataclass(frozen=True, slots=True)
class RouteUse:
    """Bands on one route."""

    route: int
    cell: Cell
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class WeightUse:
    """A weight of the stock by its index, set to a mass [kg]."""

    weight: int
    mass_kg: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """One set-up of one exercise."""

    exercise: int
    weight: WeightUse | None
    uses: tuple[RouteUse, ...]

    @property
    def family(self) -> tuple[object, ...]:
        """What does not vary continuously: candidates that share it differ in distances only."""
        return (self.exercise, self.weight, tuple((use.route, use.pieces) for use in self.uses))

    def with_cell(self, use: int, cell: Cell) -> Candidate:
        """The same with another cell on one of its routes."""
        uses = tuple(replace(one, cell=cell) if i == use else one for i, one in enumerate(self.uses))
        return replace(self, uses=uses)

    def pieces_owned(self, space: ExerciseSpace) -> Counter[int]:
        """How many of each band of the stock it takes."""
        taken: Counter[int] = Counter()
        for use in self.uses:
            for piece in use.pieces:
                taken[piece.band] += piece.count * (2 if space.routes[use.route].paired else 1)
        return taken


def loads_of(candidate: Candidate, space: ExerciseSpace, stock: Stock) -> tuple[Load, ...]:
    """The loads of a candidate in the order they are named: body weight, weight, bands."""
    loads: list[Load] = [BodyWeightLoad("body")] if space.hanging else []
    if candidate.weight is not None:
        count = 2 if space.hold == "each-hand" else 1
        to: Place = "hand_r" if space.hands == 1 else "hands"
        kind = stock.weights[candidate.weight.weight].kind
        # A bar and its plates are one weight that both hands hold.
        count = 1 if kind == "barbell-plates" else count
        loads.append(WeightLoad("weight", candidate.weight.mass_kg, to, count))
    number = 0
    for use in candidate.uses:
        for piece in use.pieces:
            for load in band_loads(use.cell, piece, space.routes[use.route], stock):
                number += 1
                loads.append(replace(load, id=f"band-{number}"))
    return tuple(loads)


def band_loads(cell: Cell, piece: Piece, route: Route, stock: Stock) -> tuple[BandLoad, ...]:
    """The loads of one piece on a route: one, or on a crossed route one for each hand."""
    origin = route.origin
    if cell.distance_m is not None and cell.height_m is not None:
        origin = route.point_at(cell.distance_m, cell.height_m)
    band = stock.bands[piece.band].band
    load = BandLoad("band", band, piece.rig, origin, route.to, piece.count, free_length_m=cell.free_m)
    if not route.paired or not isinstance(origin, Point):
        return (load,)
    right = replace(load, to="hand_r")
    return (right, replace(right, to="hand_l", origin=replace(origin, y_m=-origin.y_m)))
