"""From the coarse grid to the centimetre: each candidate moves to better places of its own anchors and grips."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bandwright.search.appraise import Appraisal, Appraiser, Handling
from bandwright.search.build import made
from bandwright.search.candidate import Candidate, Cell
from bandwright.search.grid import PLACE_M, distances
from bandwright.search.pool import EffortPool
from bandwright.search.routes import ExerciseSpace, Route
from bandwright.search.screen import Screen
from bandwright.search.stock import Span

Array = NDArray[np.float64]

MOVES_CM: Final = (8, 4, 2, 1)
"""Lengths of the moves tried, one after the other [cm]."""

TRIES: Final = 4
"""Moves of one length, at most."""

MISS_COST: Final = 5.0
"""What lying outside the window by a factor e costs in score: more than any objective can gain (convention)."""

BARRED_COST: Final = 10.0
"""What a set-up that the back or the feet do not hold costs in score (convention)."""


@dataclass(frozen=True, slots=True)
class Placed:
    """B candidates with their forces (B, K, 6), effort (B, K) and figures."""

    candidates: tuple[Candidate, ...]
    force: Array
    effort: Array
    found: Appraisal

    @property
    def value(self) -> Array:
        """Score less what missing the window or the limits costs (B,)."""
        return value_of(self.found)


def value_of(found: Appraisal) -> Array:
    """Score less what missing the window or the limits costs (B,)."""
    return np.asarray(found.score - MISS_COST * np.abs(found.miss) - BARRED_COST * ~found.allowed)


def pieces_count(candidate: Candidate, space: ExerciseSpace) -> int:
    """Things to fetch and to fix: bands, weights, and an anchor in the room."""
    count = sum(candidate.pieces_owned(space).values())
    if candidate.weight is not None:
        count += 2 if space.hold == "each-hand" else 1
    return count + sum(space.routes[use.route].in_room for use in candidate.uses)


def placed(
    candidates: Sequence[Candidate],
    screen: Screen,
    appraiser: Appraiser,
    pool: EffortPool | None,
    *,
    on_grid: bool = False,
) -> Placed:
    """The candidates that can be built, with their figures: by a pool's bound on effort, or exactly without one.

    Forces of candidates `on_grid` are there already.
    """
    if on_grid:
        each = [screen.built(one) for one in candidates]
        force = np.array([one.force for one in each]).reshape(-1, screen.arm.poses, 6)
        strain, kept = np.array([one.strain for one in each]), tuple(candidates)
    else:
        there = made(candidates, screen)
        force, strain, kept = there.force, there.strain, tuple(candidates[i] for i in there.which)
    if pool is not None:
        effort = pool.lower(force)
    else:
        effort = np.array([screen.arm.exact_effort(one) for one in force]).reshape(force.shape[:2])
    count = np.array([pieces_count(one, screen.arm.space) for one in kept], dtype=np.float64)
    return Placed(kept, force, effort, appraiser.appraise(force, effort, Handling(count, strain)))


def refined(
    candidates: Sequence[Candidate],
    screen: Screen,
    appraiser: Appraiser,
    pool: EffortPool,
    moves_cm: Sequence[int] = MOVES_CM,
) -> tuple[Candidate, ...]:
    """Each candidate at the best place found by moving its anchors and grips."""
    here = placed(candidates, screen, appraiser, pool)
    current, value = list(here.candidates), here.value
    spans = spans_of(screen)
    for move in moves_cm:
        moving = list(range(len(current)))
        for _ in range(TRIES):
            tried = [(i, other) for i in moving for other in neighbours(current[i], move, screen, spans)]
            there = placed([other for _, other in tried], screen, appraiser, pool)
            source = {id(other): i for i, other in tried}
            better = set()
            for other, gain in zip(there.candidates, there.value.tolist(), strict=True):
                i = source[id(other)]
                if gain > value[i] + 1e-9:
                    current[i], value[i] = other, gain
                    better.add(i)
            # Whoever stays where it is would only meet the same neighbours again.
            moving = sorted(better)
            if not moving:
                break
    return tuple(current)


def spans_of(screen: Screen) -> list[Span]:
    """Least and most distance of each route's anchor [m]."""
    space = screen.arm.space
    return [distances(one, space, screen.stock) if one.in_room else (0.0, 0.0) for one in space.routes]


def neighbours(candidate: Candidate, move_cm: int, screen: Screen, spans: Sequence[Span]) -> list[Candidate]:
    """The candidate with one length changed by a move, where room, anchors and route allow."""
    found, space = [], screen.arm.space
    for index, use in enumerate(candidate.uses):
        route = space.routes[use.route]
        for name in ("distance_m", "height_m", "free_m"):
            now = getattr(use.cell, name)
            if now is None:
                continue
            for sign in (-1, 1):
                moved = round(now + sign * move_cm * PLACE_M, 4)
                cell = replace(use.cell, **{name: moved})
                if allowed_cell(cell, route, spans[use.route]):
                    found.append(candidate.with_cell(index, cell))
    return found


def allowed_cell(cell: Cell, route: Route, distance_m: Span) -> bool:
    """Whether anchors, route and the distances that the room leaves allow a cell."""
    low, high = distance_m
    if cell.distance_m is not None and not low - 1e-9 <= cell.distance_m <= high + 1e-9:
        return False
    if cell.height_m is not None and not any(
        low - 1e-9 <= cell.height_m <= high + 1e-9 for low, high in route.heights_m
    ):
        return False
    if cell.free_m is not None and route.free_m is not None:
        return route.free_m[0] - 1e-9 <= cell.free_m <= route.free_m[1] + 1e-9
    return True
