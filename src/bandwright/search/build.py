"""Candidates put together wherever their anchors and grips are, many at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bandwright.numerics.arrays import IntArray
from bandwright.search.candidate import Candidate, Piece, RouteUse, band_loads
from bandwright.search.pulls import LEAST_PULL_N, lines_at
from bandwright.search.screen import Built, Screen, carried, per_kg

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Made:
    """Those of many candidates whose bands can be used so: which (B,), force on the working hand (B, K, 6) [N], and
    greatest stretch of any band over its warning stretch (B,).
    """

    which: IntArray
    force: Array
    strain: Array


def made(candidates: Sequence[Candidate], screen: Screen) -> Made:
    """Any candidates put together."""
    force = np.repeat(screen.arm.base_force()[None], len(candidates), axis=0)
    strain, able = np.zeros(len(candidates)), np.ones(len(candidates), bool)
    uses: dict[int, list[tuple[int, RouteUse]]] = {}
    for i, one in enumerate(candidates):
        if one.weight is not None:
            force[i] += one.weight.mass_kg * per_kg(screen, one.weight)
        for use in one.uses:
            uses.setdefault(use.route, []).append((i, use))
    for route, members in uses.items():
        _add_route(route, members, screen, (force, strain, able))
    return Made(np.nonzero(able)[0], carried(force[able], screen.arm), strain[able])


def built(candidate: Candidate, screen: Screen) -> Built | None:
    """One candidate put together; None when a band cannot be used so."""
    one = made([candidate], screen)
    return Built(one.force[0], float(one.strain[0])) if len(one.which) else None


def _add_route(
    route: int,
    members: Sequence[tuple[int, RouteUse]],
    screen: Screen,
    out: tuple[Array, Array, NDArray[np.bool_]],
) -> None:
    """Adds to force, strain and whether it can be what the bands on one route do to the candidates they belong to."""
    force, strain, able = out
    way, space = screen.arm.space.routes[route], screen.arm.space
    first = members[0][1]
    load = band_loads(first.cell, first.pieces[0], way, screen.stock)[0]
    spots = [(use.cell.distance_m, use.cell.height_m) for _, use in members]
    length, unit, known = lines_at(way, spots, load, space)
    able[[i for i, _ in members]] &= known
    riggings: dict[tuple[Piece, float | None], list[int]] = {}
    for row, (_, use) in enumerate(members):
        for piece in use.pieces:
            riggings.setdefault((piece, use.cell.free_m), []).append(row)
    for (piece, _), rows in riggings.items():
        whose = np.array([members[row][0] for row in rows])
        rigged = screen.rigged(members[rows[0]][1], piece)
        if rigged is None:
            able[whose] = False
            continue
        band, springs = screen.stock.bands[piece.band].band, rigged
        pull, stretch = springs.hand_force_n(length[rows]), springs.stretch_ratio(length[rows]).max(axis=1)
        able[whose] &= (pull.max(axis=1) >= LEAST_PULL_N * piece.count) & (stretch <= band.max_stretch)
        force[whose] += pull[:, :, None] * unit[rows]
        strain[whose] = np.maximum(strain[whose], stretch / band.warn_stretch)
