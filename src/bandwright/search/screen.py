"""The first pass over one exercise: every bundle, weight and cell by a bound on its effort."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bandwright.bands import RiggedBand, RigKind
from bandwright.numerics.arrays import IntArray
from bandwright.search.arm import ReadyArm
from bandwright.search.candidate import Candidate, Cell, Piece, RouteUse, WeightUse, band_loads
from bandwright.search.choices import Bundle, bundles, pieces, weights, within_stock
from bandwright.search.grid import Steps, cells_of
from bandwright.search.kernel import sweep
from bandwright.search.objective import Window
from bandwright.search.pool import EffortPool, Planes, pool_of
from bandwright.search.pulls import Line, Pull, Pulls, line_of, pull_of, pulls_of, springs_of
from bandwright.search.stock import Stock
from bandwright.units import GRAVITY_M_S2

Array = NDArray[np.float64]

SCREENED_POSES: Final = 17
"""Poses looked at in the first pass, of 51, both ends included."""

SLACK_SCREEN: Final = 1.25
"""The first pass keeps candidates this far outside the window: its grid is coarse and its bound a little low [-]."""

EDGE: Final = float(np.log(SLACK_SCREEN))
"""The same as a miss [-]."""

DIRECTIONS_TRIED: Final = 24
"""Hand forces of candidates, drawn at random, along which strength is worked out first."""

MOST_KEPT: Final = 2_000
"""Candidates of one part of the sweep that are all looked at more closely."""

CHUNK: Final = 50_000
"""Pairs of a bundle and a cell that are swept at a time."""


@dataclass(frozen=True, slots=True)
class RoutePulls:
    """A route's pulls, the bundles that can be made of its uses, and the P pairs of a bundle and a cell that can be.

    `pair_bundle`, `pair_cell` (P,) are in order of bundle, then cell; `impossible` counts the pairs left out.
    """

    route: int
    pulls: Pulls
    bundles: tuple[Bundle, ...]
    pair_bundle: IntArray
    pair_cell: IntArray
    impossible: int
    cell_at: Mapping[Cell, int]
    use_at: Mapping[tuple[int, RigKind], int]

    def tension(self, pairs: slice | IntArray, poses: NDArray[np.intp]) -> Array:
        """Tension of some pairs (P', poses) [N]."""
        cells = self.pair_cell[pairs]
        total = np.zeros((len(cells), len(poses)))
        members = padded(self.bundles)[self.pair_bundle[pairs]]
        for member in members.T:
            there = np.nonzero(member >= 0)[0]
            total[there] += self.pulls.tension_n[member[there], cells[there]][:, poses]
        return total


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
    return RoutePulls(route, pulls, bundles_made, bundle, cell, missing, cell_at, use_at)


@dataclass(slots=True)
class Screened:
    """What the first pass found of one exercise."""

    judged: int = 0
    too_light: int = 0
    too_heavy: int = 0
    impossible: int = 0
    """Candidates that cannot be rigged within the bands' limits."""
    kept: list[Candidate] = field(default_factory=list)
    evenness: list[float] = field(default_factory=list)
    nearest: tuple[float, Candidate] | None = None
    """The one nearest to the window, with its miss, of those outside."""


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
    known: dict[object, Line | RiggedBand | None] = field(default_factory=dict, repr=False)
    """Lines by route, distance and height, riggings by route, piece and free length: moves meet them again."""

    def pull(self, use: RouteUse, piece: Piece) -> tuple[Pull, Line] | None:
        """What a piece does on a route wherever that is; None when it cannot be used so."""
        load = band_loads(use.cell, piece, self.arm.space.routes[use.route], self.stock)[0]
        spot = (use.route, use.cell.distance_m, use.cell.height_m)
        rigging = (use.route, piece, use.cell.free_m)
        if rigging not in self.known:
            self.known[rigging] = springs_of(load, self.arm.space)
        springs = self.known[rigging]
        if springs is not None and spot not in self.known:
            self.known[spot] = line_of(load, self.arm.space)
        line = self.known.get(spot)
        if not isinstance(springs, RiggedBand) or not isinstance(line, Line):
            return None
        pull = pull_of(load, springs, line)
        return (pull, line) if pull.possible else None

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


def screened(screen: Screen, pool: EffortPool, window: Window, threads: int | None = None) -> Screened:
    """Sweeps every candidate of the grid and keeps those that may suit."""
    found = Screened()
    poses = np.unique(np.linspace(0, screen.arm.poses - 1, SCREENED_POSES).round().astype(np.intp))
    wrists = any(screen.arm.space.routes[one.route].to == "wrists" for one in screen.routes)
    sweeper = _Sweeper(screen, pool, pool.planes(poses, wrists=wrists), poses, window, threads)
    if not screen.arm.space.band_needed:
        sweeper.without_bands(found)
    for route in screen.routes:
        sweeper.one_route(route, found)
    for first, second in combinations(screen.routes, 2):
        sweeper.two_routes(first, second, found)
    return found


@dataclass(frozen=True, slots=True)
class _Sweeper:
    screen: Screen
    pool: EffortPool
    planes: Planes
    poses: NDArray[np.intp]
    window: Window
    threads: int | None

    def without_bands(self, found: Screened) -> None:
        """The body or a weight alone."""
        for weight in self.screen.weights:
            if weight is None and not self.screen.arm.space.hanging:
                continue
            one = Candidate(self.screen.exercise, weight, ())
            effort = self.pool.lower(self.screen.built(one).force[None])[0]
            self._sort(found, effort.max()[None], effort.mean()[None], [one])

    def one_route(self, route: RoutePulls, found: Screened) -> None:
        """Every bundle of a route with every weight, on every cell."""
        found.impossible += route.impossible * len(self.screen.weights)
        for start in range(0, len(route.pair_cell), CHUNK):
            self._part(route, np.arange(start, min(start + CHUNK, len(route.pair_cell))), None, found)

    def two_routes(self, first: RoutePulls, second: RoutePulls, found: Screened) -> None:
        """One band on each of two routes, with every weight, on every cell of both."""
        lone = [_of_one_band(route) for route in (first, second)]
        for pair in lone[1]:
            self._part(first, lone[0], (second, int(pair)), found)

    def _part(
        self, route: RoutePulls, pairs: IntArray, other: tuple[RoutePulls, int] | None, found: Screened
    ) -> None:
        screen, base = self.screen, self.screen.arm.base_force()
        others: tuple[RouteUse, ...] = ()
        if other is not None:
            second, pair = other
            others = (use_of(second, pair),)
            pull = second.tension(np.array([pair]), np.arange(screen.arm.poses))[0]
            base = base + pull[:, None] * second.pulls.unit[second.pair_cell[pair]]
        cells, cell = np.unique(route.pair_cell[pairs], return_inverse=True)
        tension, unit = route.tension(pairs, self.poses), route.pulls.unit[cells][:, self.poses]
        for held in _alike(screen):
            masses = np.array([one.mass_kg if one else 0.0 for one in held])
            kilogram = per_kg(screen, held[-1]) if held[-1] is not None else np.zeros((screen.arm.poses, 6))
            forces = (base[self.poses], kilogram[self.poses], unit)
            peak, mean = sweep(self.planes, forces, (masses, tension, cell), self.threads)
            even, miss = mean / np.maximum(peak, 1e-9), self.window.miss(peak)
            self._count(found, miss)
            for p, w in _kept(np.abs(miss) <= EDGE, even, route.pair_bundle[pairs]):
                one = Candidate(screen.exercise, held[w], (use_of(route, int(pairs[p])), *others))
                if not others or within_stock(one, screen.arm.space, screen.stock):
                    found.kept.append(one)
                    found.evenness.append(float(even[p, w]))
            if miss.size:
                p, w = divmod(int(np.argmin(np.abs(miss))), len(held))
                one = Candidate(screen.exercise, held[int(w)], (use_of(route, int(pairs[p])), *others))
                if within_stock(one, screen.arm.space, screen.stock):
                    _nearer(found, float(miss[p, w]), one)

    def _count(self, found: Screened, miss: Array) -> None:
        found.judged += miss.size
        found.too_light += int((miss < -EDGE).sum())
        found.too_heavy += int((miss > EDGE).sum())

    def _sort(self, found: Screened, peak: Array, mean: Array, ones: Sequence[Candidate]) -> None:
        for p, m, one in zip(peak.tolist(), mean.tolist(), ones, strict=True):
            miss = float(self.window.miss(np.array(p)))
            found.judged += 1
            if abs(miss) <= EDGE:
                found.kept.append(one)
                found.evenness.append(m / max(p, 1e-9))
            else:
                found.too_light += miss < 0.0
                found.too_heavy += miss > 0.0
                _nearer(found, miss, one)


def _of_one_band(route: RoutePulls) -> IntArray:
    """Pairs whose bundle is one band."""
    alone = np.array([len(bundle) == 1 for bundle in route.bundles], dtype=bool)
    return np.nonzero(alone[route.pair_bundle])[0]


def _kept(keep: NDArray[np.bool_], even: Array, bundle: IntArray) -> Iterator[tuple[int, int]]:
    """All that is kept of P pairs with W weights, or when that is a great deal the most even, the first and the last
    cell of each bundle.
    """
    if keep.sum() <= MOST_KEPT:
        yield from ((int(p), int(w)) for p, w in np.argwhere(keep))
        return
    for w in range(keep.shape[1]):
        here = np.nonzero(keep[:, w])[0]
        by_evenness = here[np.lexsort((-even[here, w], bundle[here]))]
        chosen = {
            int(group[index])
            for group in (by_evenness, here, here[::-1])
            for index in np.unique(bundle[group], return_index=True)[1]
        }
        yield from ((p, w) for p in sorted(chosen))


def _nearer(found: Screened, miss: float, one: Candidate) -> None:
    if found.nearest is None or abs(miss) < abs(found.nearest[0]):
        found.nearest = (miss, one)


def _alike(screen: Screen) -> Iterator[list[WeightUse | None]]:
    """Weights that load the hand alike per kilogram, no weight among the first."""
    kinds = {one: screen.stock.weights[one.weight].kind == "barbell-plates" for one in screen.weights if one}
    for bar in (False, True):
        held: list[WeightUse | None] = [one for one in screen.weights if one and kinds[one] == bar]
        if not bar and None in screen.weights:
            held.insert(0, None)
        if held:
            yield held
