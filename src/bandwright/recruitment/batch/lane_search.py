"""How far to go along a step: to where φ is least, found by bracketed Newton on its piecewise linear slope."""

from __future__ import annotations

from typing import Final

from bandwright.numerics.arrays import FloatArray
from bandwright.numerics.lanes import choose, even, greatest, lanewise, least, load, some, store
from bandwright.recruitment.batch.lane_bench import Bench, to_head
from bandwright.recruitment.batch.lane_poses import LanePoses
from bandwright.recruitment.batch.sparse import times

TRIALS: Final = 40
"""Lengths tried along one step; a poor length costs another step, nothing worse."""
FLAT: Final = 1e-2
"""Share of the first slope at which φ counts as least."""


@lanewise
def _rate(poses: LanePoses, k: int, bench: Bench) -> None:
    """Set dz from the step."""
    torques = bench.y.shape[0] - poses.facets.shape[1]
    for j in range(torques):
        store(bench.base, j, load(bench.step, j))
    to_head(poses, k, bench.step, torques, bench.head)
    for a in range(poses.facets.shape[2]):
        store(bench.base, torques + a, load(bench.head, a))
    times(poses.by_column, k, bench.base, bench.dz)


@lanewise
def go(poses: LanePoses, k: int, bench: Bench) -> FloatArray:
    """The share of the step to take; all of it in the lanes where `search` is 0."""
    _rate(poses, k, bench)
    linear, square, first = even(0.0), even(0.0), even(0.0)
    for j in range(bench.y.shape[0]):
        step = load(bench.step, j)
        linear = linear + step * (load(bench.y, j) - load(bench.target, j))
        square = square + step * step
        first = first + step * load(bench.slope, j)
    flat = -FLAT * first
    low, high, share = even(0.0), even(1.0), even(1.0)
    shut = 1.0 - load(bench.search, 0)
    for _ in range(TRIALS):
        slope, curvature = linear + share * square, square
        for i in range(bench.z.shape[0]):
            lower, upper, dz = even(poses.limits[k, 0, i]), even(poses.limits[k, 1, i]), load(bench.dz, i)
            z = load(bench.z, i) + share * dz
            slope = slope + greatest(least(z, upper), lower) * dz
            curvature = curvature + choose((z >= lower) & (z <= upper), dz * dz, even(0.0))
        good = (slope <= flat) & ((slope >= 0.0 - flat) | (share >= 1.0))
        shut = choose(good, even(1.0), shut)
        if not some(shut < 1.0):
            break
        high, low = choose(slope > 0.0, share, high), choose(slope > 0.0, low, share)
        guess = share - slope / curvature
        guess = choose((guess > low) & (guess < high), guess, 0.5 * (low + high))
        share = choose(shut > 0.0, share, guess)
    return share
