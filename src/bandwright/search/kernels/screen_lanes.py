"""Screening in lanes that hold the poses of one set-up: its tensions are looked up, all else is done side by side.

Lanes that hold set-ups would have to be filled number by number; along the poses all tables lie ready in a row.
Poses are made up to whole vectors by some without any force.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from bandwright.numerics.arrays import FloatArray, IntArray
from bandwright.numerics.lanes import (
    LANES,
    choose,
    even,
    greatest,
    greatest_of,
    lanewise,
    lanewise_entry,
    load,
    root,
    store,
    sum_of,
)

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
    """What the kernel reads; A anchors, T bands, W fixed forces, P faces, K poses in V vectors."""

    force: FloatArray
    """(T, N, 2) force at the beginning of a step of length, and what it gains along the step."""
    step: IntArray
    """(A, K) the step a band's length is in."""
    share: FloatArray
    """(A, K) how far along the step it is."""
    direction: FloatArray
    """(A · 3 · V, LANES) from hand to anchor: x, then y, then z."""
    fixed: FloatArray
    """(W · 3 · V, LANES)."""
    motion: FloatArray
    """(3 · V, LANES)."""
    face: FloatArray
    """(P · 3 · V, LANES)."""
    grip: FloatArray
    """(V, LANES) 1 / the pull the grip holds."""
    counts: FloatArray
    """(V, LANES) 1 for poses, 0 for those made up."""


class Bench(NamedTuple):
    """One set-up."""

    tension: FloatArray
    """(V, LANES)."""
    square: FloatArray
    """(V, LANES) squared size of the force."""


def bench_for(bands: Bands) -> Bench:
    """Room for one set-up."""
    return Bench(np.zeros_like(bands.counts), np.zeros_like(bands.counts))


@lanewise
def _pull(bands: Bands, bench: Bench, band: int, anchor: int) -> None:
    """Set the tensions along the poses."""
    for k in range(bands.step.shape[1]):
        at = bands.step[anchor, k]
        tension = bands.force[band, at, 0] + bands.share[anchor, k] * bands.force[band, at, 1]
        bench.tension[k // LANES, k % LANES] = tension


@lanewise
def _effort(bands: Bands, v: int, force: tuple[FloatArray, FloatArray, FloatArray]) -> FloatArray:
    """The greatest of face · force over the faces, 0 at least."""
    vectors, best = bands.counts.shape[0], even(0.0)
    for p in range(bands.face.shape[0] // (3 * vectors)):
        at = 3 * vectors * p + v
        total = load(bands.face, at) * force[0] + load(bands.face, at + vectors) * force[1]
        best = greatest(best, total + load(bands.face, at + 2 * vectors) * force[2])
    return best


@lanewise
def _sum_up(bands: Bands, bench: Bench, places: tuple[int, int], out: FloatArray, one: int) -> None:
    """Set the figures of a set-up."""
    anchor, fixed = places
    vectors, poses = bands.counts.shape[0], bands.step.shape[1]
    most, mean, resisting, top, effort = even(0.0), even(0.0), even(0.0), even(0.0), even(0.0)
    for v in range(vectors):
        tension, counts = load(bench.tension, v), load(bands.counts, v)
        at, line = 3 * vectors * fixed + v, 3 * vectors * anchor + v
        x = load(bands.fixed, at) + tension * load(bands.direction, line)
        y = load(bands.fixed, at + vectors) + tension * load(bands.direction, line + vectors)
        z = load(bands.fixed, at + 2 * vectors) + tension * load(bands.direction, line + 2 * vectors)
        square = counts * (x * x + y * y + z * z)
        size = root(square)
        store(bench.square, v, square)
        most, mean = greatest(most, square), mean + size
        along = x * load(bands.motion, v) + y * load(bands.motion, vectors + v)
        resisting = resisting - (along + z * load(bands.motion, 2 * vectors + v))
        if bands.face.shape[0] > 0:
            asked = greatest(_effort(bands, v, (x, y, z)), size * load(bands.grip, v))
            top, effort = greatest(top, asked), effort + counts * asked
    peak, under = greatest_of(most), even(0.0)
    for v in range(vectors):
        low = choose(load(bench.square, v) < HALF * HALF * peak, load(bands.counts, v), even(0.0))
        under = under + low
    out[0, one] = math.sqrt(peak)
    out[1, one] = sum_of(mean) / poses
    out[2, one] = sum_of(resisting) / poses
    out[3, one] = greatest_of(top)
    out[4, one] = sum_of(effort) / poses
    out[5, one] = sum_of(under) / poses


@lanewise_entry
def screen_piece(
    bands: Bands,
    picked: tuple[IntArray, IntArray, IntArray],
    bench: Bench,
    out: FloatArray,
    first: int,
    last: int,
) -> None:
    """Set the figures (6, B), as `Screened` holds them, of the set-ups first … last − 1."""
    for one in range(first, last):
        _pull(bands, bench, picked[0][one], picked[1][one])
        _sum_up(bands, bench, (picked[1][one], picked[2][one]), out, one)
