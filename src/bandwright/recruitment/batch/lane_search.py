"""How far to go along a step: to where φ is least.

Its slope along the step is piecewise linear, with a kink wherever a column reaches a bound; they are passed in order
until the slope is 0 between two of them. Few columns have a kink in any lane, and few are passed, as a step that must
be shortened ends soon: by trial and halving it took 12 evaluations in the slowest of eight lanes.
"""

from __future__ import annotations

from typing import Final

from bandwright.numerics.arrays import FloatArray
from bandwright.numerics.lanes import choose, even, greatest, lanewise, least, load, some, store
from bandwright.recruitment.batch.lane_bench import Bench, Poses, bounds, to_base, within
from bandwright.recruitment.batch.sparse import times

FLAT: Final = 1e-2
"""Share of the first slope below which the whole step is taken."""


@lanewise
def go(poses: Poses, k: int, bench: Bench) -> FloatArray:
    """The share of the step to take after `judge`; sets dz."""
    to_base(poses, k, bench, bench.step)
    times(poses.by_column, k, bench.base, bench.dz)
    linear, square = even(0.0), even(0.0)
    for j in range(bench.y.shape[0]):
        step = load(bench.step, j)
        linear = linear + step * (load(bench.y, j) - load(bench.target, j))
        square = square + step * step
    first, last = linear, linear + square
    for i in range(bench.z.shape[0]):
        dz = load(bench.dz, i)
        first = first + load(bench.x, i) * dz
        last = last + within(poses, k, i, load(bench.z, i) + dz) * dz
    whole = last <= 0.0 - FLAT * first
    if not some(choose(whole, even(0.0), even(1.0)) > 0.0):
        return even(1.0)
    curvature, kinks = _list_kinks(poses, k, bench, square)
    return _pass_kinks(bench, kinks, first, curvature, choose(whole, even(1.0), even(0.0)))


@lanewise
def _list_kinks(poses: Poses, k: int, bench: Bench, curvature: FloatArray) -> tuple[FloatArray, int]:
    """Set kinks and bends, of columns that have any in some lane; the curvature before the first, and how many."""
    kinks = 0
    for i in range(bench.z.shape[0]):
        z, dz, x = load(bench.z, i), load(bench.dz, i), load(bench.x, i)
        after = z + dz
        end = within(poses, k, i, after)
        through = (x == z) & (end == after)
        if not some(choose(through | (x == end), even(0.0), even(1.0)) > 0.0):
            curvature = curvature + choose(through, dz * dz, even(0.0))
            continue
        low, high = bounds(poses, k, i)
        up, inverse = dz > 0.0, 1.0 / dz
        enters = (choose(up, even(low), even(high)) - z) * inverse
        leaves = (choose(up, even(high), even(low)) - z) * inverse
        # A kink at 0 itself, of a z that lies on a bound, is passed like all others.
        curvature = curvature + choose((enters < 0.0) & (leaves >= 0.0), dz * dz, even(0.0))
        store(bench.kink, kinks, enters)
        store(bench.bend, kinks, dz * dz)
        store(bench.kink, kinks + 1, leaves)
        store(bench.bend, kinks + 1, 0.0 - dz * dz)
        kinks += 2
    return curvature, kinks


@lanewise
def _pass_kinks(
    bench: Bench, kinks: int, slope: FloatArray, curvature: FloatArray, found: FloatArray
) -> FloatArray:
    """The share at which the slope is 0, or 1 if it is nowhere or where `found` is 1 already."""
    share, at = even(1.0), even(0.0)
    for _ in range(kinks + 1):
        following = even(1.0)
        for e in range(kinks):
            kink = load(bench.kink, e)
            curvature = curvature + choose(kink == at, load(bench.bend, e), even(0.0))
            following = least(choose(kink > at, kink, even(1.0)), following)
        further = slope + curvature * (following - at)
        ends = (further >= 0.0) & (found <= 0.0)
        share = choose(ends, greatest(least(at - slope / curvature, following), at), share)
        found = choose(ends | (following >= 1.0), even(1.0), found)
        if not some(found < 1.0):
            break
        slope, at = further, following
    return share
