"""How far to go along a step: to where φ is least, found by bracketed Newton on its piecewise linear slope."""

from __future__ import annotations

from typing import Final

from bandwright.numerics.arrays import FloatArray
from bandwright.numerics.lanes import choose, even, greatest, lanewise, least, load, some
from bandwright.recruitment.batch.lane_bench import Bench, to_base
from bandwright.recruitment.batch.lane_poses import LanePoses
from bandwright.recruitment.batch.sparse import times

TRIALS: Final = 40
"""Lengths tried along one step; a poor length costs another step, nothing worse."""
FLAT: Final = 1e-2
"""Share of the first slope at which φ counts as least."""


@lanewise
def _slope(
    poses: LanePoses, k: int, bench: Bench, rest: tuple[FloatArray, FloatArray], share: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Slope and curvature of φ at a share of the step; `rest` is the part that does not pass through z."""
    slope, curvature = rest[0] + share * rest[1], rest[1]
    for i in range(bench.z.shape[0]):
        dz = load(bench.dz, i)
        z = load(bench.z, i) + share * dz
        x = greatest(least(z, even(poses.limits[k, 1, i])), even(poses.limits[k, 0, i]))
        slope = slope + x * dz
        curvature = curvature + choose(x == z, dz * dz, even(0.0))
    return slope, curvature


@lanewise
def go(poses: LanePoses, k: int, bench: Bench) -> FloatArray:
    """The share of the step to take after `judge`."""
    to_base(poses, k, bench, bench.step)
    times(poses.by_column, k, bench.base, bench.dz)
    linear, square = even(0.0), even(0.0)
    for j in range(bench.y.shape[0]):
        step = load(bench.step, j)
        linear = linear + step * (load(bench.y, j) - load(bench.target, j))
        square = square + step * step
    first, _ = _slope(poses, k, bench, (linear, square), even(0.0))
    flat = -FLAT * first
    low, high, share, shut = even(0.0), even(1.0), even(1.0), even(0.0)
    for _ in range(TRIALS):
        slope, curvature = _slope(poses, k, bench, (linear, square), share)
        good = (slope <= flat) & ((slope >= 0.0 - flat) | (share >= 1.0))
        shut = choose(good, even(1.0), shut)
        if not some(shut < 1.0):
            break
        high, low = choose(slope > 0.0, share, high), choose(slope > 0.0, low, share)
        guess = share - slope / curvature
        guess = choose((guess > low) & (guess < high), guess, 0.5 * (low + high))
        share = choose(shut > 0.0, share, guess)
    return share
