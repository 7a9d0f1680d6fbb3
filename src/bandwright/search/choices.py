"""What can be picked from the stock: bundles of bands for a route, and weights to hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations_with_replacement
from typing import Final

from bandwright.search.candidate import Candidate, Piece, WeightUse
from bandwright.search.routes import ExerciseSpace, Route
from bandwright.search.stock import Stock

Bundle = tuple[int, ...]
"""Indices of uses, in rising order; one that is there twice stands for two bands."""

MOST_BUNDLES: Final = 40_000
"""A route with more bundles is searched with fewer bands side by side."""


def bundles(route: Route, uses: Sequence[Piece], stock: Stock) -> tuple[Bundle, ...]:
    """Every choice of one band or more on a route that the counts of the stock allow, fewest bands first."""
    found: list[Bundle] = []
    for size in range(1, route.most + 1):
        more = list(_of_size(size, route, uses, stock))
        if not more or len(found) + len(more) > MOST_BUNDLES:
            break
        found += more
    return tuple(found)


def _of_size(size: int, route: Route, uses: Sequence[Piece], stock: Stock) -> Iterator[Bundle]:
    hands = 2 if route.paired else 1
    for bundle in combinations_with_replacement(range(len(uses)), size):
        taken = [uses[u].band for u in bundle]
        if all(hands * taken.count(band) <= stock.bands[band].count for band in set(taken)):
            yield bundle


def pieces(bundle: Bundle, uses: Sequence[Piece]) -> tuple[Piece, ...]:
    """The bands of a bundle, alike ones together."""
    each = dict.fromkeys(bundle)
    return tuple(Piece(uses[u].band, uses[u].rig, bundle.count(u)) for u in each)


def weights(space: ExerciseSpace, stock: Stock) -> tuple[WeightUse | None, ...]:
    """Every weight that can be held in an exercise; None first, where it can go without."""
    found: list[WeightUse | None] = [] if space.weight_needed else [None]
    if space.hold is None:
        return (None,)
    for index, owned in enumerate(stock.weights):
        bar = owned.kind == "barbell-plates"
        needed = 2 if space.hold == "each-hand" and not bar else 1
        if owned.kind in space.weight_kinds and owned.count >= needed:
            found += [WeightUse(index, mass) for mass in owned.masses_kg]
    return tuple(found)


def within_stock(candidate: Candidate, space: ExerciseSpace, stock: Stock) -> bool:
    """Whether the stock has every piece a candidate takes, on all routes together."""
    taken = candidate.pieces_owned(space)
    return all(count <= stock.bands[band].count for band, count in taken.items())
