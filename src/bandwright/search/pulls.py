"""What every band of the stock does on every cell of a route: its line, its tension, whether it may be used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bandwright.bands import RiggedBand
from bandwright.errors import InputError
from bandwright.loads import BandLoad, load_forces, place_m
from bandwright.loads.forces import rigged
from bandwright.numerics.arrays import IntArray
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


@dataclass(frozen=True, slots=True)
class Pull:
    """One rigged band along one line: tension to the working hand (K,) [N], greatest stretch over the warning
    stretch, and whether it stays within its limit and pulls enough to be worth hooking up.
    """

    tension_n: Array
    strain: float
    possible: bool


def pull_of(load: BandLoad, springs: RiggedBand, line: Line) -> Pull:
    """The pull of a rigged band along a line."""
    tension = np.asarray(springs.hand_force_n(line.length_m))
    stretch = float(springs.stretch_ratio(line.length_m).max())
    pulls = float(tension.max()) >= LEAST_PULL_N * load.count
    return Pull(tension, stretch / load.band.warn_stretch, pulls and stretch <= load.band.max_stretch)


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
    towards = place_m(space.posed, load.origin, space.side) - space.posed.arms[space.side].grip_path
    length = np.sqrt(np.einsum("ki,ki->k", towards, towards))
    if length.min() < COINCIDE_M:
        return None
    unit = np.zeros((len(length), 6))
    unit[:, :3] = towards / length[:, None]
    return Line(length, unit)


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
    place, lengths, unit = _lines(route, cells, space, (stock, riggings))
    poses = lengths.shape[1]
    tension = np.zeros((len(uses), len(cells), poses))
    strain, possible = np.zeros((len(uses), len(cells))), np.zeros((len(uses), len(cells)), bool)
    for (use, _), members in riggings.items():
        u, here = uses.index(use), members[place[members] >= 0]
        load = band_loads(cells[members[0]], use, route, stock)[0]
        springs = springs_of(load, space)
        if springs is None or not len(here):
            continue
        pull = springs.hand_force_n(lengths[place[here]])
        stretch = springs.stretch_ratio(lengths[place[here]]).max(axis=1)
        tension[u, here], strain[u, here] = pull, stretch / load.band.warn_stretch
        possible[u, here] = (pull.max(axis=1) >= LEAST_PULL_N) & (stretch <= load.band.max_stretch)
    return Pulls(cells, uses, tension, strain, possible, unit[np.maximum(place, 0)])


def _in_order(rigging: tuple[Piece, float | None]) -> tuple[int, str]:
    """The order of the stock, then of the rig."""
    return rigging[0].band, rigging[0].rig


def _by_free_length(cells: Sequence[Cell]) -> dict[float | None, IntArray]:
    """Indices of the cells by their free length: what decides how a band is rigged."""
    groups: dict[float | None, list[int]] = {}
    for n, cell in enumerate(cells):
        groups.setdefault(cell.free_m, []).append(n)
    return {free: np.array(members) for free, members in groups.items()}


def _lines(
    route: Route,
    cells: Sequence[Cell],
    space: ExerciseSpace,
    bands: tuple[Stock, Mapping[tuple[Piece, float | None], IntArray]],
) -> tuple[IntArray, Array, Array]:
    """Which line each cell has (N,), -1 for none, and length (L, K) [m] and unit (L, K, 6) of each line."""
    stock, riggings = bands
    poses = len(space.posed.phase)
    some = {int(n): use for (use, _), members in riggings.items() for n in members}
    known: dict[tuple[float | None, float | None], int] = {}
    lines: list[Line] = []
    place = np.full(len(cells), -1)
    for n, use in some.items():
        spot = (cells[n].distance_m, cells[n].height_m)
        if spot not in known:
            line = line_of(band_loads(cells[n], use, route, stock)[0], space)
            known[spot] = -1 if line is None else len(lines)
            lines += [] if line is None else [line]
        place[n] = known[spot]
    if not lines:
        return place, np.zeros((1, poses)), np.zeros((1, poses, 6))
    return place, np.array([line.length_m for line in lines]), np.array([line.unit for line in lines])
