"""One exercise with all that the stock can do in it: what each band pulls on each cell, and putting it together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bandwright.bands import RiggedBand, RigKind
from bandwright.numerics.arrays import IntArray
from bandwright.search.arm import ReadyArm
from bandwright.search.candidate import Candidate, Cell, Piece, RouteUse, WeightUse, band_loads
from bandwright.search.choices import Bundle, bundles, pieces, weights
from bandwright.search.grid import Steps, cells_of
from bandwright.search.kernel import Lines
from bandwright.search.pool import EffortPool, pool_of
from bandwright.search.pulls import Pulls, pulls_of, springs_of
from bandwright.search.stock import Stock
from bandwright.units import GRAVITY_M_S2

Array = NDArray[np.float64]

DIRECTIONS_TRIED: Final = 24
"""Hand forces of candidates, drawn at random, along which strength is worked out first."""


@dataclass(frozen=True, slots=True)
class RoutePulls:
    """A route's pulls, the bundles that can be made of its uses, and the P pairs of a bundle and a cell that can be.

    `pair_bundle`, `pair_cell` (P,) are in order of bundle, then cell; `impossible` counts the pairs left out;
    `members` (C, most) are the bundles as a table, -1 where there is no further use.
    """

    route: int
    pulls: Pulls
    bundles: tuple[Bundle, ...]
    members: IntArray
    pair_bundle: IntArray
    pair_cell: IntArray
    impossible: int
    cell_at: Mapping[Cell, int]
    use_at: Mapping[tuple[int, RigKind], int]

    def tension(self, pairs: IntArray) -> Array:
        """Tension of some pairs (P', K) [N]."""
        cells = self.pair_cell[pairs]
        total = np.zeros((len(cells), self.pulls.tension_n.shape[2]))
        for member in self.members[self.pair_bundle[pairs]].T:
            there = np.nonzero(member >= 0)[0]
            total[there] += self.pulls.tension_n[member[there], cells[there]]
        return total

    def lines(self, poses: IntArray) -> Lines:
        """What the first pass reads, at some poses."""
        unit = np.ascontiguousarray(self.pulls.unit[:, poses])
        return Lines(np.ascontiguousarray(self.pulls.tension_n[:, :, poses]), unit, self.members)


def padded(bundles: Sequence[Bundle]) -> IntArray:
    """Bundles as a table (C, most), -1 where there is no further use."""
    most = max((len(bundle) for bundle in bundles), default=0)
    return np.array([(*bundle, *[-1] * (most - len(bundle))) for bundle in bundles], dtype=np.int64)


def route_pulls(route: int, pulls: Pulls, bundles_made: tuple[Bundle, ...]) -> RoutePulls:
    """The pairs of bundles and cells where every band of the bundle can be used."""
    table = padded(bundles_made)
    able = np.ones((len(bundles_made), len(pulls.cells)), bool)
    for member in table.T:
        there = member >= 0
        able[there] &= pulls.possible[member[there]]
    bundle, cell = np.nonzero(able)
    cell_at = {one: n for n, one in enumerate(pulls.cells)}
    use_at = {(use.band, use.rig): u for u, use in enumerate(pulls.uses)}
    missing = able.size - len(bundle)
    return RoutePulls(route, pulls, bundles_made, table, bundle, cell, missing, cell_at, use_at)


@dataclass(frozen=True, slots=True)
class Built:
    """A candidate put together: force on the working hand (K, 6) [N], and its bands' greatest stretch over their
    warning stretch.
    """

    force: Array
    strain: float


@dataclass(frozen=True, slots=True)
class Screen:
    """One exercise with everything the stock can do in it."""

    arm: ReadyArm
    exercise: int
    stock: Stock
    routes: tuple[RoutePulls, ...]
    weights: tuple[WeightUse | None, ...]
    riggings: dict[object, RiggedBand | None] = field(default_factory=dict, repr=False)
    """By route, piece and free length: moves meet them again."""

    @property
    def wrists(self) -> bool:
        """Whether any band pulls at the wrists."""
        return any(self.arm.space.routes[one.route].to == "wrists" for one in self.routes)

    def rigged(self, use: RouteUse, piece: Piece) -> RiggedBand | None:
        """The strands of a piece on a route, or None where it cannot be rigged so."""
        rigging = (use.route, piece, use.cell.free_m)
        if rigging not in self.riggings:
            load = band_loads(use.cell, piece, self.arm.space.routes[use.route], self.stock)[0]
            self.riggings[rigging] = springs_of(load, self.arm.space)
        return self.riggings[rigging]

    def built(self, candidate: Candidate) -> Built:
        """A candidate of the grid put together."""
        force, strain = self.arm.base_force(), 0.0
        if candidate.weight is not None:
            force = force + candidate.weight.mass_kg * per_kg(self, candidate.weight)
        for use in candidate.uses:
            found = next(one for one in self.routes if one.route == use.route)
            n = found.cell_at[use.cell]
            pull = np.zeros(self.arm.poses)
            for piece in use.pieces:
                u = found.use_at[piece.band, piece.rig]
                pull += piece.count * found.pulls.tension_n[u, n]
                strain = max(strain, float(found.pulls.strain[u, n]))
            force = force + pull[:, None] * found.pulls.unit[n]
        return Built(carried(force, self.arm), strain)


def carried(force: Array, arm: ReadyArm) -> Array:
    """A hanging body is never pushed down by its hands (…, K, 6)."""
    if arm.space.hanging:
        force[..., 2] = np.maximum(force[..., 2], 0.0)
    return force


def per_kg(screen: Screen, weight: WeightUse) -> Array:
    """Force on the working hand per kilogram of a weight (K, 6) [N/kg]."""
    space = screen.arm.space
    shared = space.hold == "shared" or screen.stock.weights[weight.weight].kind == "barbell-plates"
    force = np.zeros((screen.arm.poses, 6))
    force[:, 2] = -GRAVITY_M_S2 / (space.hands if shared else 1)
    return force


def held_forces(screen: Screen) -> Array:
    """Force on the working hand of each weight (W, K, 6) [N]."""
    none = np.zeros((screen.arm.poses, 6))
    return np.array([one.mass_kg * per_kg(screen, one) if one else none for one in screen.weights])


def screen_of(arm: ReadyArm, exercise: int, stock: Stock, steps: Steps) -> Screen:
    """Everything the stock can do in an exercise, worked out once."""
    space = arm.space
    routes = []
    for index, route in enumerate(space.routes):
        pulls = pulls_of(route, cells_of(route, space, stock, steps), space, stock)
        chosen = bundles(route, pulls.uses, stock) if pulls.uses and pulls.cells else ()
        if chosen:
            routes.append(route_pulls(index, pulls, chosen))
    return Screen(arm, exercise, stock, tuple(routes), weights(space, stock))


def first_pool(screen: Screen, rng: np.random.Generator) -> EffortPool:
    """Strength along the hand forces of a few candidates drawn at random."""
    drawn = [screen.built(one).force for one in _drawn(screen, rng)]
    return pool_of(screen.arm, [force for force in drawn if np.linalg.norm(force, axis=1).max() > 1.0])


def _drawn(screen: Screen, rng: np.random.Generator) -> Iterator[Candidate]:
    """Candidates spread over weights, routes, bundles and cells."""
    weights_held = screen.weights or (None,)
    if screen.arm.space.hanging:
        yield Candidate(screen.exercise, None, ())
    heaviest = max(weights_held, key=lambda one: one.mass_kg if one else 0.0)
    yield Candidate(screen.exercise, heaviest, ())
    for _ in range(DIRECTIONS_TRIED if screen.routes else 0):
        found = screen.routes[int(rng.integers(len(screen.routes)))]
        if not len(found.pair_cell):
            continue
        pair = int(rng.integers(len(found.pair_cell)))
        weight = weights_held[int(rng.integers(len(weights_held)))]
        yield Candidate(screen.exercise, weight, (use_of(found, pair),))


def use_of(route: RoutePulls, pair: int) -> RouteUse:
    """The use of a route that a pair stands for."""
    bundle, cell = route.bundles[route.pair_bundle[pair]], route.pulls.cells[route.pair_cell[pair]]
    return RouteUse(route.route, cell, pieces(bundle, route.pulls.uses))
