"""Where the set-ups of one group lie side by side while they are solved."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from bandwright.numerics.arrays import FloatArray, IntArray
from bandwright.numerics.lanes import LANES, entry, even, greatest, lanewise, least, load, store
from bandwright.recruitment.batch.lane_people import LanePeople
from bandwright.recruitment.batch.lane_poses import LanePoses

Poses = LanePoses | LanePeople
"""What a group is solved with: rows that all share, or each lane's own."""


class Bench(NamedTuple):
    """Arrays of (rows, LANES); M multipliers are m torques and k facets, n columns, b = m + r base rows."""

    load: FloatArray
    """(D,)."""
    target: FloatArray
    """(M,)."""
    y: FloatArray
    """(M,) multipliers."""
    error: FloatArray
    """(1,) greatest distance of x from the optimum, squared."""
    base: FloatArray
    """(b,) multipliers of the base rows, then what those rows hold."""
    z: FloatArray
    """(n,) activations before they are kept within their bounds; before the first step, as foreseen."""
    x: FloatArray
    """(n,) scaled activations."""
    inside: FloatArray
    """(n,) 1 where a column is inside its bounds, else 0."""
    slope: FloatArray
    """(M,) gradient of φ."""
    moving: FloatArray
    """(k,) 1 where a facet takes part in the step, else 0."""
    gram: FloatArray
    """((b + 1) (b + 2) / 2,) 1 + R D Rᵀ, then rows for H D and for the right-hand side; later eliminated."""
    coupling: FloatArray
    """(r (r + 1) / 2,) 1 + Gᵀ G of the facets that move; later eliminated."""
    spread: FloatArray
    """(r (r + 1) / 2,) L."""
    reach: FloatArray
    """(k r,) G, row by row."""
    head: FloatArray
    """(r,) prices of the head forces, or unknowns in their place."""
    push: FloatArray
    """(k,) right-hand side of the facets, then their step."""
    step: FloatArray
    """(M,) step of the multipliers."""
    dz: FloatArray
    """(n,) step of z."""
    kink: FloatArray
    """(2 n,) shares of the step at which a column reaches a bound."""
    bend: FloatArray
    """(2 n,) what the curvature of φ along the step gains there."""
    going: FloatArray
    """(1,) 1 where a facet has stopped the step of the facets, which must go on without it, else 0."""
    some: IntArray
    """(k,) the facets that move in some lane; not lanes."""


def bench_for(poses: Poses, rows: int, loads: int = 0) -> Bench:
    """Room for one group with so many rows, and loads from which their targets come."""
    (k, r), n = poses.facets.shape[1:], poses.limits.shape[2]
    b = rows - k + r
    return Bench(
        load=_rows(loads),
        target=_rows(rows),
        y=_rows(rows),
        error=_rows(1),
        base=_rows(b),
        z=_rows(n),
        x=_rows(n),
        inside=_rows(n),
        slope=_rows(rows),
        moving=_rows(k),
        gram=_rows((b + 1) * (b + 2) // 2),
        coupling=_rows(r * (r + 1) // 2),
        spread=_rows(r * (r + 1) // 2),
        reach=_rows(k * r),
        head=_rows(r),
        push=_rows(k),
        step=_rows(rows),
        dz=_rows(n),
        kink=_rows(2 * n),
        bend=_rows(2 * n),
        going=_rows(1),
        some=np.zeros(k, np.int64),
    )


def _rows(count: int) -> FloatArray:
    return np.zeros((count, LANES))


@lanewise
def aim(poses: LanePoses, k: int, bench: Bench) -> None:
    """Set the targets from the loads."""
    for j in range(bench.target.shape[0]):
        row = k * bench.target.shape[0] + j
        total = even(entry(poses.still, row))
        for d in range(bench.load.shape[0]):
            total = total + entry(poses.by_load, row * bench.load.shape[0] + d) * load(bench.load, d)
        store(bench.target, j, total)


@lanewise
def bounds(poses: Poses, k: int, i: int) -> tuple[float, float]:
    """Least and greatest activation of a column."""
    low = 2 * k * poses.limits.shape[2] + i
    return entry(poses.limits, low), entry(poses.limits, low + poses.limits.shape[2])


@lanewise
def within(poses: Poses, k: int, i: int, z: FloatArray) -> FloatArray:
    """What z of a column is within its bounds."""
    low, high = bounds(poses, k, i)
    return greatest(least(z, even(high)), even(low))


@lanewise
def facet(poses: Poses, k: int, f: int, a: int) -> float:
    """How facet f lies to head force a."""
    found: float = entry(poses.facets, (k * poses.facets.shape[1] + f) * poses.facets.shape[2] + a)
    return found


@lanewise
def to_head(poses: Poses, k: int, prices: FloatArray, start: int, head: FloatArray) -> None:
    """Set head = Fᵀ prices of the facets, which begin at `start`."""
    for a in range(poses.facets.shape[2]):
        total = even(0.0)
        for f in range(poses.facets.shape[1]):
            total = total + facet(poses, k, f, a) * load(prices, start + f)
        store(head, a, total)


@lanewise
def to_base(poses: Poses, k: int, bench: Bench, prices: FloatArray) -> None:
    """Set base to the prices (M,) of torques and facets, those of facets as prices of head forces."""
    torques = prices.shape[0] - poses.facets.shape[1]
    for j in range(torques):
        store(bench.base, j, load(prices, j))
    to_head(poses, k, prices, torques, bench.head)
    for a in range(bench.head.shape[0]):
        store(bench.base, torques + a, load(bench.head, a))
