"""The first pass over one exercise: every bundle, weight and cell by a bound on its effort."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bandwright.numerics.arrays import IntArray
from bandwright.search.appraise import Handling
from bandwright.search.candidate import Candidate, RouteUse, WeightUse
from bandwright.search.choices import within_stock
from bandwright.search.kernel import sweep
from bandwright.search.objective import Window
from bandwright.search.pool import EffortPool, Planes
from bandwright.search.screen import RoutePulls, Screen, carried, padded, per_kg, use_of

Array = NDArray[np.float64]

SCREENED_POSES: Final = 17
"""Poses looked at in the first pass, of 51, both ends included."""

SLACK_SCREEN: Final = 1.25
"""The first pass keeps candidates this far outside the window: its grid is coarse and its bound a little low [-]."""

EDGE: Final = float(np.log(SLACK_SCREEN))
"""The same as a miss [-]."""

CHUNK: Final = 50_000
"""Pairs of a bundle and a cell that are swept at a time."""


@dataclass(frozen=True, slots=True)
class Part:
    """R candidates that one sweep kept: pairs of a bundle and a cell of a route (R,), each with a weight of `held`
    (R,), all beside the same other use, whose force is in `base` (K, 6) [N].

    `even` and `miss` (R,) are evenness and miss of the window by the bound on effort.
    """

    route: RoutePulls
    held: tuple[WeightUse | None, ...]
    base: Array
    others: tuple[RouteUse, ...]
    strain: float
    pair: IntArray
    weight: IntArray
    even: Array
    miss: Array

    def candidate(self, row: int, screen: Screen) -> Candidate:
        """One of them."""
        use = use_of(self.route, int(self.pair[row]))
        return Candidate(screen.exercise, self.held[self.weight[row]], (use, *self.others))

    def candidates(self, screen: Screen) -> Iterator[Candidate]:
        """All of them."""
        return (self.candidate(row, screen) for row in range(len(self.pair)))

    def families(self) -> Iterator[tuple[IntArray, tuple[object, ...]]]:
        """The rows of each family, and what names it among all parts."""
        choice = self.route.pair_bundle[self.pair] * len(self.held) + self.weight
        order = np.argsort(choice, kind="stable")
        others = tuple((use.route, use.pieces) for use in self.others)
        for rows in np.split(order, np.nonzero(np.diff(choice[order]))[0] + 1):
            bundle, weight = divmod(int(choice[rows[0]]), len(self.held))
            yield rows, (self.route.route, bundle, self.held[weight], others)

    def force(self, rows: IntArray, screen: Screen) -> Array:
        """Force on the working hand of some of them (R', K, 6) [N]."""
        pairs, poses = self.pair[rows], np.arange(screen.arm.poses)
        masses = np.array([one.mass_kg if one else 0.0 for one in self.held])[self.weight[rows]]
        pull = (
            self.route.tension(pairs, poses)[:, :, None] * self.route.pulls.unit[self.route.pair_cell[pairs]]
        )
        heaviest = self.held[-1]
        kilogram = per_kg(screen, heaviest) if heaviest is not None else np.zeros((len(poses), 6))
        return carried(self.base + masses[:, None, None] * kilogram + pull, screen.arm)

    def handling(self, rows: IntArray, screen: Screen) -> Handling:
        """What some of them ask of hands and bands."""
        space = screen.arm.space
        route, pairs = space.routes[self.route.route], self.pair[rows]
        members = padded(self.route.bundles)[self.route.pair_bundle[pairs]]
        cells = self.route.pair_cell[pairs][:, None]
        strain = np.where(members >= 0, self.route.pulls.strain[np.maximum(members, 0), cells], 0.0)
        fixed = Candidate(screen.exercise, None, self.others)
        count = sum(fixed.pieces_owned(space).values()) + route.in_room
        count += sum(space.routes[use.route].in_room for use in self.others)
        bands = (2 if route.paired else 1) * (members >= 0).sum(axis=1)
        weights = np.array([0 if one is None else 2 if space.hold == "each-hand" else 1 for one in self.held])
        return Handling(
            (count + bands + weights[self.weight[rows]]).astype(np.float64),
            np.maximum(strain.max(axis=1), self.strain),
        )


@dataclass(slots=True)
class Screened:
    """What the first pass found of one exercise."""

    judged: int = 0
    too_light: int = 0
    too_heavy: int = 0
    impossible: int = 0
    """Candidates that cannot be rigged within the bands' limits."""
    bare: list[Candidate] = field(default_factory=list)
    """Those kept that have no band."""
    parts: list[Part] = field(default_factory=list)
    """Those kept that have bands."""
    nearest: tuple[float, Candidate] | None = None
    """The one nearest to the window, with its miss."""


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
            peak = self.pool.lower(self.screen.built(one).force[None])[0].max()
            miss = self.window.miss(np.array([[peak]]))
            _count(found, miss)
            if abs(miss[0, 0]) <= EDGE:
                found.bare.append(one)
            _nearer(found, float(miss[0, 0]), one)

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
        strain = 0.0
        if other is not None:
            second, pair = other
            others = (use_of(second, pair),)
            pull = second.tension(np.array([pair]), np.arange(screen.arm.poses))[0]
            base = base + pull[:, None] * second.pulls.unit[second.pair_cell[pair]]
            (member,) = second.bundles[second.pair_bundle[pair]]
            strain = float(second.pulls.strain[member, second.pair_cell[pair]])
            pairs = self._owned(route, pairs, others)
        cells, cell = np.unique(route.pair_cell[pairs], return_inverse=True)
        tension, unit = route.tension(pairs, self.poses), route.pulls.unit[cells][:, self.poses]
        for held in _alike(screen):
            masses = np.array([one.mass_kg if one else 0.0 for one in held])
            kilogram = per_kg(screen, held[-1]) if held[-1] is not None else np.zeros((screen.arm.poses, 6))
            forces = (base[self.poses], kilogram[self.poses], unit)
            peak, mean = sweep(self.planes, forces, (masses, tension, cell), self.threads)
            miss = self.window.miss(peak)
            _count(found, miss)
            p, w = np.nonzero(np.abs(miss) <= EDGE)
            even = mean[p, w] / np.maximum(peak[p, w], 1e-9)
            part = Part(route, held, base, others, strain, pairs[p], w, even, miss[p, w])
            if len(p):
                found.parts.append(part)
            if miss.size:
                p, w = np.divmod(np.argmin(np.abs(miss), keepdims=True).ravel(), len(held))
                nearest = Part(route, held, base, others, strain, pairs[p], w, miss[p, w], miss[p, w])
                _nearer(found, float(miss[p[0], w[0]]), nearest.candidate(0, screen))

    def _owned(self, route: RoutePulls, pairs: IntArray, others: tuple[RouteUse, ...]) -> IntArray:
        """The pairs whose bands are there beside those of another use."""
        known: dict[int, bool] = {}
        for pair in pairs.tolist():
            bundle = int(route.pair_bundle[pair])
            if bundle not in known:
                one = Candidate(self.screen.exercise, None, (use_of(route, pair), *others))
                known[bundle] = within_stock(one, self.screen.arm.space, self.screen.stock)
        return pairs[[known[int(bundle)] for bundle in route.pair_bundle[pairs]]]


def _count(found: Screened, miss: Array) -> None:
    found.judged += miss.size
    found.too_light += int((miss < -EDGE).sum())
    found.too_heavy += int((miss > EDGE).sum())


def _of_one_band(route: RoutePulls) -> IntArray:
    """Pairs whose bundle is one band."""
    alone = np.array([len(bundle) == 1 for bundle in route.bundles], dtype=bool)
    return np.nonzero(alone[route.pair_bundle])[0]


def _nearer(found: Screened, miss: float, one: Candidate) -> None:
    if found.nearest is None or abs(miss) < abs(found.nearest[0]):
        found.nearest = (miss, one)


def _alike(screen: Screen) -> Iterator[tuple[WeightUse | None, ...]]:
    """Weights that load the hand alike per kilogram, no weight among the first."""
    kinds = {one: screen.stock.weights[one.weight].kind == "barbell-plates" for one in screen.weights if one}
    for bar in (False, True):
        held: list[WeightUse | None] = [one for one in screen.weights if one and kinds[one] == bar]
        if not bar and None in screen.weights:
            held.insert(0, None)
        if held:
            yield tuple(held)
