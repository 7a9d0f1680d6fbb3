"""The first, coarse look at what varies continuously: cells of each route that the room and the stock allow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bandwright.bands import RigKind
from bandwright.loads import Point
from bandwright.search.candidate import Cell
from bandwright.search.routes import ExerciseSpace, Route
from bandwright.search.stock import Span, Stock

Array = NDArray[np.float64]

BEHIND_M: Final = 0.15
"""Room kept free behind the rearmost part of the body (COACH) [m]."""

NEAREST_M: Final = 0.25
"""Least distance between an anchor and the hand's path (COACH) [m]."""

PLACE_M: Final = 0.01
"""Nobody places feet or grips more finely than to a centimetre [m]."""


@dataclass(frozen=True, slots=True)
class Steps:
    """Steps of the coarse grid [m]."""

    distance_m: float = 0.10
    height_m: float = 0.20
    free_m: float = 0.05


def laid_out(span: Span, step: float) -> tuple[float, ...]:
    """Points of a span on the centimetre, both ends included, no further apart than a step [m]."""
    low, high = (round(end / PLACE_M) for end in span)
    if high < low:
        return ()
    count = max(2, int(np.ceil((high - low) * PLACE_M / step - 1e-9)) + 1) if high > low else 1
    marks = sorted({round(float(mark)) for mark in np.linspace(low, high, count)})
    return tuple(round(mark * PLACE_M, 4) for mark in marks)


def behind_m(space: ExerciseSpace) -> float:
    """How far the body and its free room reach back from the feet [m]."""
    return BEHIND_M + space.reach_back_m


def distances(route: Route, space: ExerciseSpace, stock: Stock) -> Span:
    """Least and most distance of an anchor that hand and room leave [m]; empty when least > most."""
    low, high = route.distance_m or (0.0, 0.0)
    path = space.posed.arms[space.side].grip_path
    across = path[:, 1] * (1.0 if isinstance(route.origin, Point) and route.origin.y_m > 0 else -1.0)
    reach = float((across if route.lateral else path[:, 0]).max())
    room = stock.room.free_m - (BEHIND_M if route.lateral else behind_m(space))
    return max(low, reach + NEAREST_M), min(high, room)


def cells_of(route: Route, space: ExerciseSpace, stock: Stock, steps: Steps) -> tuple[Cell, ...]:
    """The cells of a route on the coarse grid; none when no anchor or no room suits."""
    free: tuple[float | None, ...] = (None,)
    if route.free_m is not None:
        free = laid_out(route.free_m, steps.free_m)
    if not route.in_room:
        return tuple(Cell(free_m=length) for length in free)
    across = laid_out(distances(route, space, stock), steps.distance_m)
    heights = {mark for span in route.heights_m for mark in laid_out(span, steps.height_m)}
    whole = (None,) if None not in free else ()
    return tuple(
        Cell(distance, height, length)
        for distance in across
        for height in sorted(heights)
        for length in (*whole, *free)
    )


def rigs_at(route: Route, band: int, cell: Cell, stock: Stock) -> tuple[RigKind, ...]:
    """The ways a band of the stock can be rigged on a route at a cell."""
    product = stock.bands[band].band
    if product.kind not in route.kinds:
        return ()
    if route.to == "wrists":
        return ("single",) if product.is_loop else ()
    if not route.to.startswith("hand"):
        return ("hitched",) if product.kind == "loop" else ()
    if product.is_loop:
        if route.in_room:
            return ("single", "folded") if cell.free_m is None else ()
        return ("choked", "folded") if cell.free_m is not None else ()
    return ("strand",) if cell.free_m is not None else ()
