"""Peak and mean effort of many bundles on many cells with every weight, in lanes."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from bandwright.numerics.arrays import FloatArray, IntArray
from bandwright.numerics.lanes import (
    LANES,
    even,
    greatest,
    lanewise,
    lanewise_entry,
    load,
    root,
    store,
)
from bandwright.numerics.threads import share_out
from bandwright.search.pool import Planes

PIECE: Final = 16 * LANES
"""Pairs that a thread takes at a time."""


class Lines(NamedTuple):
    """What U uses do on N cells of a route at K poses, and the bundles that can be made of them."""

    tension: FloatArray
    """(U, N, K) [N]."""
    unit: FloatArray
    """(N, K, 6) force on the hand per newton of tension [-]."""
    bundles: IntArray
    """(C, most) uses of each bundle, -1 where there is no further one."""


class Pairs(NamedTuple):
    """P pairs of a bundle and a cell."""

    bundle: IntArray
    """(P,)."""
    cell: IntArray
    """(P,)."""


class _Task(NamedTuple):
    """What is asked of all pairs; J planes, D = 3 or 6 numbers of the force that they look at."""

    planes: FloatArray
    """(K, J, D)."""
    by_weight: FloatArray
    """(K, W, J) what each weight adds to each plane."""
    base: FloatArray
    """(K, 6)."""
    weight: FloatArray
    """(K, W, 6)."""
    grip: float
    """1 / the pull that the grip holds."""


class _Bench(NamedTuple):
    """One group side by side."""

    pull: FloatArray
    """(1, LANES)."""
    force: FloatArray
    """(6, LANES)."""
    line: FloatArray
    """(J, LANES)."""
    peak: FloatArray
    """(W, LANES)."""
    total: FloatArray
    """(W, LANES)."""


@lanewise
def _seat(lines: Lines, pairs: Pairs, k: int, group: tuple[int, int], bench: _Bench) -> None:
    """Put the pull and its direction of the pairs group[0] … at a pose on the bench; the last one is repeated."""
    for seat in range(LANES):
        one = group[0] + min(seat, group[1] - 1)
        bundle, cell, pull = pairs.bundle[one], pairs.cell[one], 0.0
        for m in range(lines.bundles.shape[1]):
            use = lines.bundles[bundle, m]
            if use >= 0:
                pull += lines.tension[use, cell, k]
        bench.pull[0, seat] = pull
        for d in range(6):
            bench.force[d, seat] = lines.unit[cell, k, d]


@lanewise
def _pose(task: _Task, k: int, bench: _Bench) -> None:
    """Add the efforts of the group at a pose to its peaks and totals."""
    for d in range(6):
        store(bench.force, d, task.base[k, d] + load(bench.pull, 0) * load(bench.force, d))
    for j in range(task.planes.shape[1]):
        total = even(0.0)
        for d in range(task.planes.shape[2]):
            total = total + task.planes[k, j, d] * load(bench.force, d)
        store(bench.line, j, total)
    for w in range(task.weight.shape[1]):
        effort = even(0.0)
        for j in range(task.planes.shape[1]):
            effort = greatest(effort, load(bench.line, j) + task.by_weight[k, w, j])
        square = even(0.0)
        for d in range(3):
            side = load(bench.force, d) + task.weight[k, w, d]
            square = square + side * side
        effort = greatest(effort, root(square) * task.grip)
        store(bench.peak, w, greatest(load(bench.peak, w), effort))
        store(bench.total, w, load(bench.total, w) + effort)


@lanewise_entry
def _sweep(
    task: _Task,
    lines: Lines,
    pairs: Pairs,
    bench: _Bench,
    out: FloatArray,
    part: tuple[int, int],
) -> None:
    """Fill out (2, P, W) for the pairs of a part."""
    poses, weights = task.weight.shape[0], task.weight.shape[1]
    for start in range(part[0], part[1], LANES):
        group = (start, min(LANES, part[1] - start))
        for w in range(weights):
            store(bench.peak, w, even(0.0))
            store(bench.total, w, even(0.0))
        for k in range(poses):
            _seat(lines, pairs, k, group, bench)
            _pose(task, k, bench)
        for seat in range(group[1]):
            for w in range(weights):
                out[0, start + seat, w] = bench.peak[w, seat]
                out[1, start + seat, w] = bench.total[w, seat] / poses


def sweep(
    pool: Planes,
    forces: tuple[FloatArray, FloatArray],
    lines: Lines,
    pairs: Pairs,
    threads: int | None = None,
) -> tuple[FloatArray, FloatArray]:
    """Peak and mean of the bound on effort (P, W) for P pairs of a bundle and a cell, with each of W weights.

    Args:
        pool: planes at the K poses.
        forces: without weight or band (K, 6), and of each weight (W, K, 6) [N].
        lines: what the bands do on the cells.
        pairs: the pairs.
        threads: how many; None means one per processor. The answer does not depend on it.
    """
    base, held = np.ascontiguousarray(forces[0]), np.ascontiguousarray(np.swapaxes(forces[1], 0, 1))
    planes = np.ascontiguousarray(pool.planes)
    by_weight = np.einsum("kjd,kwd->kwj", planes, held[..., : planes.shape[2]])
    task = _Task(planes, np.ascontiguousarray(by_weight), base, held, 1.0 / pool.grip_n)
    count, weights = len(pairs.cell), held.shape[1]
    out = np.empty((2, count, weights))

    def work(first: int, last: int) -> None:
        sizes = (1, 6, planes.shape[1], weights, weights)
        bench = _Bench(*(np.zeros((size, LANES)) for size in sizes))
        _sweep(task, lines, pairs, bench, out, (first, last))

    share_out(count, PIECE, work, threads)
    return out[0], out[1]
