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
from bandwright.search.kernel import Lines, Pairs, sweep
from bandwright.search.most_dose import Loads
from bandwright.search.objective import Window
from bandwright.search.pool import EffortPool, Planes
from bandwright.search.screen import RoutePulls, Screen, carried, held_forces, use_of

Array = NDArray[np.float64]

SCREENED_POSES: Final = 17
"""Poses looked at in the first pass, of 51, both ends included."""

SLACK_SCREEN: Final = 1.25
"""The first pass keeps candidates this far outside the window: its grid is coarse and its bound a little low [-]."""

CHUNK: Final = 1_000_000
"""Candidates that are swept at a time."""


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
        pairs = self.pair[rows]
        force = self.route.pulls.unit[self.route.pair_cell[pairs]]
        force *= self.route.tension(pairs)[:, :, None]
        force += self.base
        force += held_forces(screen)[self.weight[rows]]
        return carried(force, screen.arm)

    def loads(self, rows: IntArray, held: Array) -> Loads:
        """The same as what a bound on their doses reads, `held` being the forces of the weights (W, K, 6) [N]."""
        pulls, pairs = self.route.pulls, self.pair[rows]
        lines = Lines(pulls.tension_n, np.ascontiguousarray(pulls.unit), self.route.members)
        bundle, cell = self.route.pair_bundle[pairs], self.route.pair_cell[pairs]
        return Loads(lines, self.base, held, bundle, cell, self.weight[rows])

    def handling(self, rows: IntArray, screen: Screen) -> Handling:
        """What some of them ask of hands and bands."""
        space = screen.arm.space
        route, pairs = space.routes[self.route.route], self.pair[rows]
        members = self.route.members[self.route.pair_bundle[pairs]]
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
    sweeper = _Sweeper(screen, pool, pool.planes(poses, wrists=screen.wrists), poses, window, threads)
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
            peak = self.pool.lower(self.screen.built(one).force[None]).max(axis=1)
            if len(self._counted(found, peak)):
                found.bare.append(one)
            _nearer(found, float(self.window.miss(peak)[0]), one)

    def one_route(self, route: RoutePulls, found: Screened) -> None:
        """Every bundle of a route with every weight, on every cell."""
        found.impossible += route.impossible * len(self.screen.weights)
        lines, count = route.lines(self.poses), len(route.pair_cell)
        step = max(CHUNK // len(self.screen.weights), 1)
        for start in range(0, count, step):
            self._part(route, lines, np.arange(start, min(start + step, count)), None, found)

    def two_routes(self, first: RoutePulls, second: RoutePulls, found: Screened) -> None:
        """One band on each of two routes, with every weight, on every cell of both."""
        lone = [_of_one_band(route) for route in (first, second)]
        lines = first.lines(self.poses)
        for pair in lone[1]:
            self._part(first, lines, lone[0], (second, int(pair)), found)

    def _part(
        self,
        route: RoutePulls,
        lines: Lines,
        pairs: IntArray,
        other: tuple[RoutePulls, int] | None,
        found: Screened,
    ) -> None:
        screen, base = self.screen, self.screen.arm.base_force()
        others: tuple[RouteUse, ...] = ()
        strain = 0.0
        if other is not None:
            second, pair = other
            others = (use_of(second, pair),)
            pull = second.tension(np.array([pair]))[0]
            base = base + pull[:, None] * second.pulls.unit[second.pair_cell[pair]]
            (member,) = second.bundles[second.pair_bundle[pair]]
            strain = float(second.pulls.strain[member, second.pair_cell[pair]])
            pairs = self._owned(route, pairs, others)
        forces = (base[self.poses], held_forces(screen)[:, self.poses])
        chosen = Pairs(route.pair_bundle[pairs], route.pair_cell[pairs])
        peak, mean = sweep(self.planes, forces, lines, chosen, self.threads)
        kept = self._counted(found, peak)
        if not len(kept) and (found.parts or not peak.size):
            return
        # Nothing kept so far: the nearest will do where all else fails.
        rows = kept if len(kept) else np.array([np.argmin(np.abs(self.window.miss(peak)))])
        p, w = np.divmod(rows, peak.shape[1])
        miss, even = self.window.miss(peak[p, w]), mean[p, w] / np.maximum(peak[p, w], 1e-9)
        part = Part(route, screen.weights, base, others, strain, pairs[p], w, even, miss)
        if len(kept):
            found.parts.append(part)
        nearest = int(np.argmin(np.abs(miss)))
        _nearer(found, float(miss[nearest]), part.candidate(nearest, screen))

    def _counted(self, found: Screened, peak: Array) -> IntArray:
        """Counts how candidates with these peaks of effort fare; which of them are kept."""
        light, heavy = peak < self.window.low / SLACK_SCREEN, peak > self.window.high * SLACK_SCREEN
        found.judged += peak.size
        found.too_light += int(np.count_nonzero(light))
        found.too_heavy += int(np.count_nonzero(heavy))
        return np.flatnonzero(~(light | heavy))

    def _owned(self, route: RoutePulls, pairs: IntArray, others: tuple[RouteUse, ...]) -> IntArray:
        """The pairs whose bands are there beside those of another use."""
        known: dict[int, bool] = {}
        for pair in pairs.tolist():
            bundle = int(route.pair_bundle[pair])
            if bundle not in known:
                one = Candidate(self.screen.exercise, None, (use_of(route, pair), *others))
                known[bundle] = within_stock(one, self.screen.arm.space, self.screen.stock)
        return pairs[[known[int(bundle)] for bundle in route.pair_bundle[pairs]]]


def _of_one_band(route: RoutePulls) -> IntArray:
    """Pairs whose bundle is one band."""
    alone = np.array([len(bundle) == 1 for bundle in route.bundles], dtype=bool)
    return np.nonzero(alone[route.pair_bundle])[0]


def _nearer(found: Screened, miss: float, one: Candidate) -> None:
    if found.nearest is None or abs(miss) < abs(found.nearest[0]):
        found.nearest = (miss, one)
