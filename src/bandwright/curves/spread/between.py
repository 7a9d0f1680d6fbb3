"""Percentiles and sums of what is drawn at some poses and differs evenly from the nominal between them, compiled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bandwright.numerics.arrays import IntArray
from bandwright.numerics.lanes import (
    LANES,
    choose,
    even,
    greatest,
    lanewise,
    lanewise_entry,
    least,
    least_of,
    load,
    made_up,
    store,
    sum_of,
)
from bandwright.numerics.threads import Sharing, begin_after, once

Array = NDArray[np.float64]

PERCENTILES: Final = (5.0, 50.0, 95.0)
"""What is told of everything drawn: its middle, and between what nine in ten lie (design) [%]."""

SERIES: Final = 12
"""Series that a thread takes at a time."""

NEARBY: Final = 3
"""Values tried near what the pose before foretells before both ends are looked at."""

GUESSES: Final = 8
"""Values guessed from the counts so far before the draws' own are tried."""


class AtSomePoses(NamedTuple):
    """D draws of r series at J of K poses, with what they become at all of them."""

    solved: Array
    """(J, r, D) at evenly spread poses; series after the first r are passed over."""
    nominal: Array
    """(K, r) at all of them."""
    limits: tuple[float, float]
    """Least and greatest value."""
    weights: Array | None = None
    """(P, K, r) of each of P sums; none if left out."""


class Between(NamedTuple):
    """What D draws of r series at J of K poses come to at all of them."""

    percentiles: Array
    """(3, K, r)."""
    sums: Array
    """(P, r, D) over the poses, weighted."""


def begin_between(
    drawn: Sequence[AtSomePoses], solve: Callable[[], None] = lambda: None
) -> Callable[[], tuple[Between, ...]]:
    """What gives percentiles at every pose, and weighted sums over the poses, of each of what is drawn.

    Other threads begin as soon as they are free; to call what is returned does what is left.

    Args:
        drawn: the draws, not looked into before they are solved.
        solve: has them solved, by whichever thread comes first.
    """

    def solved() -> list[_Bench]:
        solve()
        return [_bench(one) for one in drawn]

    benches = once(solved)

    def prepare() -> Sharing:
        pieces = [
            (bench, first) for bench in benches() for first in range(0, bench.given[1].shape[1], SERIES)
        ]

        def work(first: int, last: int) -> None:
            for bench, start in pieces[first:last]:
                series = start, min(start + SERIES, bench.given[1].shape[1])
                values = np.empty((bench.blocks, LANES))
                _fill(bench.given, bench.limits, bench.ranks, (*bench.out, values), series)

        return len(pieces), 1, work

    finish = begin_after(prepare)

    def found() -> tuple[Between, ...]:
        finish()
        return tuple(_found(*both) for both in zip(drawn, benches(), strict=True))

    return found


class _Bench(NamedTuple):
    """Draws, nominal curves and weights ready to be worked on, and room for what comes of them."""

    given: tuple[Array, Array, Array]
    limits: tuple[float, float]
    ranks: tuple[IntArray, Array]
    out: tuple[Array, Array]
    blocks: int
    """Vectors that the draws of one series fill."""


def _bench(drawn: AtSomePoses) -> _Bench:
    draws, (poses, series) = drawn.solved.shape[2], drawn.nominal.shape
    blocks = made_up(draws) // LANES
    weights = np.zeros((0, poses, series)) if drawn.weights is None else drawn.weights
    at = np.array(PERCENTILES) / 100.0 * (draws - 1)
    return _Bench(
        (_in_lanes(drawn.solved), np.ascontiguousarray(drawn.nominal), np.ascontiguousarray(weights)),
        drawn.limits,
        (at.astype(np.int64), at - at.astype(np.int64)),
        (
            np.empty((len(PERCENTILES), poses, series)),
            np.zeros((len(weights), series * blocks, LANES)),
        ),
        blocks,
    )


def _found(drawn: AtSomePoses, bench: _Bench) -> Between:
    percentiles, sums = bench.out
    draws, series = drawn.solved.shape[2], drawn.nominal.shape[1]
    return Between(percentiles, sums.reshape(len(sums), series, made_up(draws))[:, :, :draws])


def _in_lanes(solved: Array) -> Array:
    """Draws (J, r, D) in whole vectors, those of one series on end; made up with infinite ones."""
    coarse, series, draws = solved.shape
    if draws % LANES == 0:
        return np.ascontiguousarray(solved).reshape(coarse, -1, LANES)
    wide = np.full((coarse, series, made_up(draws)), np.inf)
    wide[:, :, :draws] = solved
    return wide.reshape(coarse, -1, LANES)


@lanewise_entry
def _fill(
    given: tuple[Array, Array, Array],
    limits: tuple[float, float],
    ranks: tuple[IntArray, Array],
    out: tuple[Array, Array, Array],
    series: tuple[int, int],
) -> None:
    """Percentiles and sums of some series."""
    (solved, nominal, weights), (found, sums, values) = given, out
    step, blocks = (nominal.shape[0] - 1) // (solved.shape[0] - 1), values.shape[0]
    for r in range(series[0], series[1]):
        for k in range(nominal.shape[0]):
            before = min(k // step, solved.shape[0] - 2)
            share = (k - before * step) / step
            low, high = nominal[before * step, r], nominal[(before + 1) * step, r]
            base = nominal[k, r] - (1.0 - share) * low - share * high
            _set_values((solved[before], solved[before + 1]), r * blocks, (base, share), limits, values)
            for p in range(weights.shape[0]):
                if weights[p, k, r] != 0.0:
                    _add(sums[p], r * blocks, weights[p, k, r], values)
            least_value, most = _extremes(values)
            alike = least_value == most  # an idle muscle is idle in every draw
            counts = (0, 0) if alike else (_count(values, least_value), _count(values, most))
            for p in range(ranks[0].shape[0]):
                lower, upper = least_value, most
                if not alike:
                    near = _foretold(found, nominal, (k, r, p), ranks[0])
                    lower, upper = _neighbours(values, (least_value, most), counts, ranks[0][p], near)
                found[p, k, r] = lower + ranks[1][p] * (upper - lower)


@lanewise
def _set_values(
    sides: tuple[Array, Array],
    first: int,
    mix: tuple[float, float],
    limits: tuple[float, float],
    values: Array,
) -> None:
    """Set the draws of one series at one pose from those at the poses beside it; places of nobody are infinite."""
    base, share = mix
    for b in range(values.shape[0]):
        before, after = load(sides[0], first + b), load(sides[1], first + b)
        value = base + (1.0 - share) * before + share * after
        within = greatest(least(value, even(limits[1])), even(limits[0]))
        store(values, b, choose(before < np.inf, within, before))


@lanewise
def _add(sums: Array, first: int, weight: float, values: Array) -> None:
    """Add weighted values to a sum."""
    for b in range(values.shape[0]):
        store(sums, first + b, load(sums, first + b) + weight * load(values, b))


@lanewise
def _extremes(values: Array) -> tuple[float, float]:
    """The least and the greatest value."""
    low, high = even(np.inf), even(-np.inf)
    for b in range(values.shape[0]):
        value = load(values, b)
        low, high = least(low, value), greatest(high, choose(value < np.inf, value, even(-np.inf)))
    return least_of(low), -least_of(0.0 - high)


@lanewise
def _count(values: Array, most: float) -> int:
    """How many values are not above `most`."""
    count = even(0.0)
    for b in range(values.shape[0]):
        count = count + choose(load(values, b) <= most, even(1.0), even(0.0))
    return int(sum_of(count))


@lanewise
def _next(values: Array, place: float) -> float:
    """The least value above a place; infinite if there is none."""
    found = even(np.inf)
    for b in range(values.shape[0]):
        value = load(values, b)
        found = least(found, choose(value > place, value, even(np.inf)))
    return least_of(found)


@lanewise
def _previous(values: Array, place: float) -> float:
    """The greatest value below a place; −inf if there is none."""
    found = even(-np.inf)
    for b in range(values.shape[0]):
        value = load(values, b)
        found = greatest(found, choose(value < place, value, even(-np.inf)))
    return -least_of(0.0 - found)


@lanewise
def _foretold(
    found: Array, nominal: Array, where: tuple[int, int, int], ranks: IntArray
) -> tuple[float, float]:
    """A percentile as it would be if it went on with the nominal curve, and about how far draws lie apart there."""
    k, r, p = where
    if k == 0:
        return -np.inf, 0.0
    gap = (found[2, k - 1, r] - found[0, k - 1, r]) / (ranks[2] - ranks[0])
    # In the tails draws lie farther apart than on average; a step that goes too far leaves both ends near.
    return found[p, k - 1, r] + nominal[k, r] - nominal[k - 1, r], 2.0 * gap


@lanewise
def _neighbours(
    values: Array,
    extremes: tuple[float, float],
    counts: tuple[int, int],
    rank: int,
    near: tuple[float, float],
) -> tuple[float, float]:
    """The values with `rank` and rank + 1 others below them in order; `counts` of them do not exceed each extreme.

    Found by counting what lies below trial values until one parts the two: in vectors that is quicker than putting
    all in order. The first ones go from `near`, a value and a gap between draws, to where the count would be right.
    If guesses do not part them soon, the nearest values from both sides are tried in turn with them: among equals no
    other value does.
    """
    (low, high), (below, above), (part, gap) = extremes, counts, near
    count, trial, seen = below, 0, rank + 1
    while count <= rank:
        kind, trial = trial % 3 if trial >= GUESSES else 0, trial + 1
        if kind == 0:
            part += (rank + 1 - seen) * gap
            if trial > NEARBY or not low < part < high:
                share = 0.5 if trial % 4 == 0 else (rank + 1 - below) / (above - below)
                part = low + share * (high - low)
        else:
            part = _next(values, low) if kind == 1 else _previous(values, high)
        seen = count = _count(values, part)
        if count <= rank:
            low, below = max(low, part), max(below, count)
            if kind == 2:  # nothing lies between this one and the high end
                part = _next(values, part)
                count = _count(values, part)
        elif count > rank + 1 and kind != 1:
            high, above, count = part, count, below
    return _beside(values, low if trial == 0 else part, rank)


@lanewise
def _beside(values: Array, part: float, rank: int) -> tuple[float, float]:
    """The greatest value not above `part` and the one after it."""
    low, high, count = even(-np.inf), even(np.inf), even(0.0)
    for b in range(values.shape[0]):
        value = load(values, b)
        under = value <= part
        low = greatest(low, choose(under, value, even(-np.inf)))
        high = least(high, choose(under, even(np.inf), value))
        count = count + choose(under, even(1.0), even(0.0))
    lower, upper = -least_of(0.0 - low), least_of(high)
    return lower, lower if sum_of(count) > rank + 1 or not upper < np.inf else upper
