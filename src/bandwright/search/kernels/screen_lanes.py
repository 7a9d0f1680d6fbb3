"""Screening in lanes: the tension is looked up for one set-up after the other, all else is done side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from bandwright.numerics.arrays import FloatArray, IntArray
from bandwright.numerics.lanes import (
    LANES,
    choose,
    even,
    greatest,
    lanewise,
    lanewise_entry,
    load,
    root,
    store,
)
from bandwright.recruitment.batch.pool_bounds import lane_effort

HALF = 0.5
"""A pose is underloaded when its load is under this share of the peak (design)."""


@dataclass(frozen=True, slots=True)
class Screened:
    """Figures of B set-ups, all (B,)."""

    peak_n: FloatArray
    """Greatest force on the hand [N]."""
    mean_n: FloatArray
    """Mean force on the hand [N]."""
    resisting_n: FloatArray
    """Mean component against the hand's motion [N]."""
    peak_effort: FloatArray
    """What the greatest effort is at least; inf where some pose does not even hold the limb."""
    mean_effort: FloatArray
    """What the mean effort is at least."""
    underloaded: FloatArray
    """Share of the poses whose force is under half its peak."""


class Bands(NamedTuple):
    """What the kernel reads; K poses, A anchors, T bands, W fixed forces, P faces."""

    force: FloatArray
    """(T, N)."""
    place: FloatArray
    """(A, K) length as a place in the table."""
    direction: FloatArray
    """(A, 3, K) from hand to anchor."""
    fixed: FloatArray
    """(W, 3, K)."""
    motion: FloatArray
    """(K, 3)."""
    face: FloatArray
    """(K, P, 3)."""
    grip: FloatArray
    """(K,) 1 / the pull the grip holds."""


class Found(NamedTuple):
    """(B, 6): what `Screened` holds, in that order."""

    figures: FloatArray


class Bench(NamedTuple):
    """One group side by side."""

    force: FloatArray
    """(3 K, LANES): x, y, z of the first pose, then of the next."""
    now: FloatArray
    """(3, LANES)."""
    effort: FloatArray
    """(1, LANES)."""
    size: FloatArray
    """(K, LANES)."""
    figures: FloatArray
    """(6, LANES)."""


def bench_for(poses: int) -> Bench:
    """Room for one group."""
    sizes = (3 * poses, 3, 1, poses, 6)
    return Bench(*(np.zeros((size, LANES)) for size in sizes))


@lanewise
def _pull(
    bands: Bands, picked: tuple[IntArray, IntArray, IntArray], bench: Bench, seat: int, one: int
) -> None:
    """Put the hand forces of a set-up on a seat."""
    band, anchor, fixed = picked[0][one], picked[1][one], picked[2][one]
    for k in range(bands.motion.shape[0]):
        place = bands.place[anchor, k]
        at = int(place)
        low = bands.force[band, at]
        tension = low + (place - at) * (bands.force[band, at + 1] - low)
        for d in range(3):
            bench.force[3 * k + d, seat] = bands.fixed[fixed, d, k] + tension * bands.direction[anchor, d, k]


@lanewise
def _sum_up(bands: Bands, bench: Bench) -> None:
    """Set the figures of the group."""
    poses = bands.motion.shape[0]
    peak, mean, resisting = even(0.0), even(0.0), even(0.0)
    top, effort = even(0.0), even(0.0)
    for k in range(poses):
        square = even(0.0)
        for d in range(3):
            force = load(bench.force, 3 * k + d)
            square = square + force * force
            resisting = resisting - bands.motion[k, d] * force
            store(bench.now, d, force)
        size = root(square)
        store(bench.size, k, size)
        peak, mean = greatest(peak, size), mean + size
        if bands.face.shape[1] > 0:
            lane_effort(bands.face, k, bands.grip, bench.now, bench.effort)
            top, effort = greatest(top, load(bench.effort, 0)), effort + load(bench.effort, 0)
    under = even(0.0)
    for k in range(poses):
        under = under + choose(load(bench.size, k) < HALF * peak, even(1.0), even(0.0))
    share = 1.0 / poses
    store(bench.figures, 0, peak)
    store(bench.figures, 1, share * mean)
    store(bench.figures, 2, share * resisting)
    store(bench.figures, 3, top)
    store(bench.figures, 4, share * effort)
    store(bench.figures, 5, share * under)


@lanewise_entry
def screen_piece(
    bands: Bands,
    picked: tuple[IntArray, IntArray, IntArray],
    bench: Bench,
    out: Found,
    first: int,
    last: int,
) -> None:
    """Screen the set-ups first … last − 1."""
    for start in range(first, last, LANES):
        count = min(LANES, last - start)
        for seat in range(count):
            _pull(bands, picked, bench, seat, start + seat)
        _sum_up(bands, bench)
        for seat in range(count):
            for f in range(6):
                out.figures[start + seat, f] = bench.figures[f, seat]
