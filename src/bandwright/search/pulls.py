"""What every band of the stock does on every cell of a route: its line, its tension, whether it may be used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bandwright.bands import RiggedBand
from bandwright.errors import InputError
from bandwright.loads import BandLoad, load_forces, place_m
from bandwright.loads.forces import rigged
from bandwright.numerics.arrays import IntArray
from bandwright.numerics.threads import share_out
from bandwright.search.candidate import Cell, Piece, band_loads
from bandwright.search.grid import rigs_at
from bandwright.search.routes import ExerciseSpace, Route
from bandwright.search.stock import Stock

Array = NDArray[np.float64]

COINCIDE_M: Final = 1e-3
"""A hand nearer than this to its anchor has no line to it [m]."""

LEAST_PULL_N: Final = 5.0
"""A band that never pulls harder than this is as good as not there (convention) [N]."""


@dataclass(frozen=True, slots=True)
class Line:
    """The line of a route at a cell: its length (K,) [m] and the force on the working grip and wrist per newton of
    tension (K, 6) [-]; where a band carries the body, what it takes off the hands.
    """

    length_m: Array
    unit: Array


@dataclass(frozen=True, slots=True)
class Pulls:
    """What U uses (a band, rigged one way) do on N cells of a route, all K poses.

    `tension_n` (U, N, K) to the working hand, `strain` (U, N) greatest stretch over the band's warning stretch,
    `possible` (U, N) whether it can be rigged there within its limit and pulls, `unit` (N, K, 6).
    """

    cells: tuple[Cell, ...]
    uses: tuple[Piece, ...]
    tension_n: Array
    strain: Array
    possible: NDArray[np.bool_]
    unit: Array


def line_of(load: BandLoad, space: ExerciseSpace) -> Line | None:
    """The line of a load; None where hand and anchor coincide."""
    if load.to.startswith("hand") and not (isinstance(load.origin, str) and load.origin.startswith("hand")):
        return _to_hand(load, space)
    try:
        (force,) = load_forces((load,), space.posed)
    except InputError:
        return None
    state = force.band
    if state is None:
        return None
    unit = np.zeros((len(space.posed.phase), 6))
    if force.on_body is not None:
        foot = space.posed.points["foot_r" if load.to == "feet" else load.to]
        rise = space.posed.points["bar"][:, 2] - foot[:, 2]
        # The hands carry what is left of the body's weight, in equal parts.
        unit[:, 2] = -rise / state.length_m / space.hands
    else:
        columns = slice(3, 6) if force.contact == "wrist" else slice(0, 3)
        unit[:, columns] = force.direction[space.side]
    return Line(state.length_m, unit)


def _to_hand(load: BandLoad, space: ExerciseSpace) -> Line | None:
    """The straight line from the working hand to where a band starts, as `loads.forces` has it for both hands."""
    length, unit = _towards(
        place_m(space.posed, load.origin, space.side) - space.posed.arms[space.side].grip_path
    )
    return None if length.min() < COINCIDE_M else Line(length, unit)


def _towards(line: Array) -> tuple[Array, Array]:
    """Lengths (..., K) [m] of lines (..., K, 3) from hand to anchor, and force per newton of tension (..., K, 6)."""
    length = np.sqrt(np.einsum("...i,...i->...", line, line))
    unit = np.zeros((*length.shape, 6))
    unit[..., :3] = line / np.maximum(length, COINCIDE_M)[..., None]
    return length, unit


def springs_of(load: BandLoad, space: ExerciseSpace) -> RiggedBand | None:
    """The strands of a load, or None when it cannot be rigged so on this body."""
    if load.to == "wrists":
        # Nothing of a mini loop lies in the hands or under the feet.
        load = replace(load, contact_m=0.0)
    try:
        springs = rigged(load, space.posed)
    except InputError:
        return None
    return None if _runs_out(load, springs, space) else springs


def _runs_out(load: BandLoad, springs: RiggedBand, space: ExerciseSpace) -> bool:
    """Whether what lies under the feet and what is free are more than the band has."""
    if load.free_length_m is None:
        return False
    under = 0.0
    if load.origin == "feet":
        points = space.posed.points
        under = float(np.linalg.norm(points["foot_r"][0] - points["foot_l"][0]))
    each = springs.strands // load.count
    return each * load.free_length_m + under * max(each // 2, 1) > load.band.rest_length_m + 1e-9


def pulls_of(route: Route, cells: tuple[Cell, ...], space: ExerciseSpace, stock: Stock) -> Pulls:
    """Everything the stock can do on these cells of a route."""
    groups = _by_free_length(cells)
    riggings = {
        (Piece(band, rig), free): members
        for free, members in groups.items()
        for band in range(len(stock.bands))
        for rig in rigs_at(route, band, cells[members[0]], stock)
    }
    uses = tuple(dict.fromkeys(use for use, _ in sorted(riggings, key=_in_order)))
    if not uses:
        none = np.zeros((0, len(cells)))
        unit = np.zeros((len(cells), len(space.posed.phase), 6))
        return Pulls(cells, (), np.zeros((0, *unit.shape[:2])), none, none.astype(bool), unit)
    spots: dict[tuple[float | None, float | None], int] = {}
    place = np.array([spots.setdefault((cell.distance_m, cell.height_m), len(spots)) for cell in cells])
    (some, _), (member, *_) = next(iter(riggings.items()))
    lengths, unit, known = lines_at(
        route, list(spots), band_loads(cells[member], some, route, stock)[0], space
    )
    longest = lengths.max(axis=1)
    tension = np.zeros((len(uses), len(cells), lengths.shape[1]))
    strain, possible = np.zeros((len(uses), len(cells))), np.zeros((len(uses), len(cells)), bool)
    chosen = [
        (uses.index(use), use, members[known[place[members]]]) for (use, _), members in riggings.items()
    ]

    def work(first: int, last: int) -> None:
        for u, use, here in chosen[first:last]:
            load = band_loads(cells[here[0]], use, route, stock)[0] if len(here) else None
            springs = springs_of(load, space) if load is not None else None
            if load is None or springs is None:
                continue
            stretch = springs.stretch_ratio(longest[place[here]])
            there = here[stretch <= load.band.max_stretch]
            pull = springs.hand_force_n(lengths[place[there]])
            strain[u, here], tension[u, there] = stretch / load.band.warn_stretch, pull
            possible[u, there] = pull.max(axis=1) >= LEAST_PULL_N

    share_out(len(chosen), 1, work)
    return Pulls(cells, uses, tension, strain, possible, unit[place])


def _in_order(rigging: tuple[Piece, float | None]) -> tuple[int, str]:
    """The order of the stock, then of the rig."""
    return rigging[0].band, rigging[0].rig


def _by_free_length(cells: Sequence[Cell]) -> dict[float | None, IntArray]:
    """Indices of the cells by their free length: what decides how a band is rigged."""
    groups: dict[float | None, list[int]] = {}
    for n, cell in enumerate(cells):
        groups.setdefault(cell.free_m, []).append(n)
    return {free: np.array(members) for free, members in groups.items()}


def lines_at(
    route: Route, spots: Sequence[tuple[float | None, float | None]], load: BandLoad, space: ExerciseSpace
) -> tuple[Array, Array, NDArray[np.bool_]]:
    """The lines of a route with its anchor at L distances and heights: length (L, K) [m], force per newton of tension
    (L, K, 6), and whether there is a line (L,).

    Elsewhere than in the room a line is the same whatever is rigged there: that of `load`.
    """
    if route.in_room:
        points = [route.point_at(away or 0.0, height or 0.0) for away, height in spots]
        marks = np.array([(one.x_m, one.y_m, one.z_m or 0.0) for one in points]).reshape(-1, 1, 3)
        length, unit = _towards(marks - space.posed.arms[space.side].grip_path)
        return length, unit, length.min(axis=1) >= COINCIDE_M
    line, poses, count = line_of(load, space), len(space.posed.phase), len(spots)
    if line is None:
        return np.ones((count, poses)), np.zeros((count, poses, 6)), np.zeros(count, bool)
    return np.tile(line.length_m, (count, 1)), np.tile(line.unit, (count, 1, 1)), np.ones(count, bool)
