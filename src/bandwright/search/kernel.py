"""Peak and mean effort of many bundles on many cells with every weight, in lanes."""

from __future__ import annotations

from typing import Final, NamedTuple

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
    some,
    store,
)
from bandwright.numerics.threads import share_out
from bandwright.search.pool import Planes

PIECE: Final = 64 * LANES
"""Pairs that a thread takes at a time."""

TOGETHER: Final = 4
"""Weights in a block: their maxima fill half the registers."""


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
    faces: IntArray
    """(K,) planes at each pose; what comes after them is 0."""
    by_weight: FloatArray
    """(K, W, J) what each weight adds to each plane."""
    base: FloatArray
    """(K, 6)."""
    weight: FloatArray
    """(K, W, 4) how much more than |F|² grip the grip's part is with each weight, squared: this times (F, 1)."""
    grip: float
    """1 / the pull that the grip holds, squared."""


class _Bench(NamedTuple):
    """One group side by side."""

    pull: FloatArray
    """(K, LANES) of the bands."""
    force: FloatArray
    """(K D, LANES) directions of the pulls, then forces, without weight."""
    line: FloatArray
    """(J, LANES) planes at the forces."""
    peak: FloatArray
    """(W, LANES)."""
    total: FloatArray
    """(W, LANES)."""


@lanewise
def _seat(lines: Lines, pairs: Pairs, first: int, count: int, bench: _Bench) -> None:
    """Put pulls and their directions of `count` pairs from the first on on the bench; the last one is repeated.

    Lane by lane, as one pair's numbers at all poses lie together.
    """
    poses = bench.pull.shape[0]
    many = bench.force.shape[0] // poses
    for seat in range(LANES):
        one = first + min(seat, count - 1)
        bundle, cell = pairs.bundle[one], pairs.cell[one]
        for k in range(poses):
            bench.pull[k, seat] = 0.0
            for d in range(3):
                bench.force[k * many + d, seat] = lines.unit[cell, k, d]
            for d in range(3, many):
                bench.force[k * many + d, seat] = lines.unit[cell, k, d]
        for m in range(lines.bundles.shape[1]):
            use = lines.bundles[bundle, m]
            if use >= 0:
                for k in range(poses):
                    bench.pull[k, seat] += lines.tension[use, cell, k]


@lanewise
def _pose(task: _Task, k: int, bench: _Bench) -> None:
    """Add the efforts of the group at a pose to its peaks and totals."""
    many, weights = task.planes.shape[2], task.by_weight.shape[1]
    for d in range(many):
        force = task.base[k, d] + load(bench.pull, k) * load(bench.force, k * many + d)
        store(bench.force, k * many + d, force)
    at = k * many
    x, y, z = load(bench.force, at), load(bench.force, at + 1), load(bench.force, at + 2)
    for j in range(task.faces[k]):
        plane = task.planes[k, j, 0] * x + task.planes[k, j, 1] * y + task.planes[k, j, 2] * z
        for d in range(3, many):
            plane = plane + task.planes[k, j, d] * load(bench.force, at + d)
        store(bench.line, j, plane)
    whole = weights // TOGETHER * TOGETHER
    for w in range(0, whole, TOGETHER):
        _four_weights(task, k, w, bench)
    for w in range(whole, weights):
        effort = even(0.0)
        for j in range(task.faces[k]):
            effort = greatest(load(bench.line, j) + task.by_weight[k, w, j], effort)
        square = (x * x + y * y + z * z) * task.grip + _more(task, k, w, x, y, z)
        _record(w, _greater(effort, square), bench)


@lanewise
def _four_weights(task: _Task, k: int, w: int, bench: _Bench) -> None:
    """The same for four weights at a time: their maxima stay in the registers."""
    first, second, third, fourth = even(0.0), even(0.0), even(0.0), even(0.0)
    for j in range(task.faces[k]):
        plane = load(bench.line, j)
        first = greatest(plane + task.by_weight[k, w, j], first)
        second = greatest(plane + task.by_weight[k, w + 1, j], second)
        third = greatest(plane + task.by_weight[k, w + 2, j], third)
        fourth = greatest(plane + task.by_weight[k, w + 3, j], fourth)
    at = k * task.planes.shape[2]
    x, y, z = load(bench.force, at), load(bench.force, at + 1), load(bench.force, at + 2)
    bare = (x * x + y * y + z * z) * task.grip
    a, b = bare + _more(task, k, w, x, y, z), bare + _more(task, k, w + 1, x, y, z)
    c, d = bare + _more(task, k, w + 2, x, y, z), bare + _more(task, k, w + 3, x, y, z)
    # Few ask more of the grip than of all else, and roots take long.
    if some((a > first * first) | (b > second * second) | (c > third * third) | (d > fourth * fourth)):
        first, second = _greater(first, a), _greater(second, b)
        third, fourth = _greater(third, c), _greater(fourth, d)
    _record(w, first, bench)
    _record(w + 1, second, bench)
    _record(w + 2, third, bench)
    _record(w + 3, fourth, bench)


@lanewise
def _more(task: _Task, k: int, w: int, x: FloatArray, y: FloatArray, z: FloatArray) -> FloatArray:
    """What a weight adds to the square of what the force takes of the grip."""
    x, y, z = task.weight[k, w, 0] * x, task.weight[k, w, 1] * y, task.weight[k, w, 2] * z
    more: FloatArray = task.weight[k, w, 3] + x + y + z
    return more


@lanewise
def _greater(effort: FloatArray, square: FloatArray) -> FloatArray:
    """The greater of an effort and the root of a square."""
    more: FloatArray = choose(square > effort * effort, root(square), effort)
    return more


@lanewise
def _record(w: int, effort: FloatArray, bench: _Bench) -> None:
    """Add an effort to peak and total of a weight."""
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
    poses, weights = task.planes.shape[0], task.by_weight.shape[1]
    for start in range(part[0], part[1], LANES):
        count = min(LANES, part[1] - start)
        for w in range(weights):
            store(bench.peak, w, even(0.0))
            store(bench.total, w, even(0.0))
        _seat(lines, pairs, start, count, bench)
        for k in range(poses):
            _pose(task, k, bench)
        for seat in range(count):
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
    weights = held.shape[1]
    by_weight = np.einsum("kjd,kwd->kwj", planes, held[..., : planes.shape[2]])
    grip, pull = 1.0 / pool.grip_n**2, held[..., :3]
    more = np.concatenate([2.0 * pull, np.sum(pull**2, axis=2, keepdims=True)], axis=2) * grip
    faces = np.max(np.arange(1, planes.shape[1] + 1) * planes.any(axis=2), axis=1, initial=0)
    task = _Task(planes, faces, np.ascontiguousarray(by_weight), base, more, grip)
    out = np.empty((2, len(pairs.cell), weights))

    def work(first: int, last: int) -> None:
        sizes = (len(planes), len(planes) * planes.shape[2], planes.shape[1], weights, weights)
        bench = _Bench(*(np.zeros((size, LANES)) for size in sizes))
        _sweep(task, lines, pairs, bench, out, (first, last))

    share_out(len(pairs.cell), PIECE, work, threads)
    return out[0], out[1]
