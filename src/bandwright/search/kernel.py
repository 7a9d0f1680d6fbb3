"""Peak and mean effort of many bundles on many cells with every weight, compiled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, ParamSpec, TypeVar, cast

import numpy as np
from numba import njit

from bandwright.numerics.arrays import FloatArray, IntArray
from bandwright.numerics.threads import share_out
from bandwright.search.pool import Planes

P = ParamSpec("P")
T = TypeVar("T")

_SAFE_MATH: Final = {"reassoc", "contract", "nsz"}
"""As in `numerics.compiled`."""

PIECE: Final = 512
"""Pairs that a thread takes at a time."""


def _unlocked(function: Callable[P, T]) -> Callable[P, T]:
    """Compile, and let other threads run meanwhile."""
    made = njit(cache=True, error_model="numpy", nogil=True, fastmath=_SAFE_MATH)(function)
    return cast("Callable[P, T]", made)


@_unlocked
def _sweep(
    planes: tuple[FloatArray, FloatArray, FloatArray],
    forces: tuple[FloatArray, FloatArray, FloatArray],
    loads: tuple[FloatArray, FloatArray, IntArray],
    grip_n: float,
    out: FloatArray,
    part: tuple[int, int],
) -> None:
    """Fill out (2, P, W) for the pairs of a part; `planes` are those of base, kilogram and unit."""
    by_base, by_kg, by_unit = planes
    base, per_kg, unit = forces
    masses, tension, cell = loads
    poses, count = by_base.shape
    line = np.empty(count)
    for p in range(part[0], part[1]):
        n = cell[p]
        for w in range(masses.shape[0]):
            mass, peak, total = masses[w], 0.0, 0.0
            for k in range(poses):
                pull = tension[p, k]
                for j in range(count):
                    line[j] = by_base[k, j] + mass * by_kg[k, j] + pull * by_unit[n, k, j]
                effort = 0.0
                for j in range(count):
                    effort = max(effort, line[j])
                square = 0.0
                for d in range(3):
                    side = base[k, d] + mass * per_kg[k, d] + pull * unit[n, k, d]
                    square += side * side
                effort = max(effort, np.sqrt(square) / grip_n)
                peak = max(peak, effort)
                total += effort
            out[0, p, w] = peak
            out[1, p, w] = total / poses


def sweep(
    pool: Planes,
    forces: tuple[FloatArray, FloatArray, FloatArray],
    loads: tuple[FloatArray, FloatArray, IntArray],
    threads: int | None = None,
) -> tuple[FloatArray, FloatArray]:
    """Peak and mean of the bound on effort (P, W) for P pairs of a bundle and a cell, with each of W masses.

    Args:
        pool: planes at the K poses.
        forces: without weight or band (K, 6) [N], per kilogram (K, 6) [N/kg], per newton of tension on each of N
            cells (N, K, 6) [-].
        loads: masses (W,) [kg], tension of each pair (P, K) [N], and its cell (P,).
        threads: how many; None means one per processor. The answer does not depend on it.
    """
    base, per_kg, unit = (np.ascontiguousarray(force) for force in forces)
    masses, tension, cell = loads
    d = pool.planes.shape[2]
    by_base = np.einsum("kjd,kd->kj", pool.planes, base[:, :d])
    by_kg = np.einsum("kjd,kd->kj", pool.planes, per_kg[:, :d])
    by_unit = np.einsum("kjd,nkd->nkj", pool.planes, unit[..., :d])
    planes = (by_base, by_kg, np.ascontiguousarray(by_unit))
    tight = (np.ascontiguousarray(masses), np.ascontiguousarray(tension), np.ascontiguousarray(cell))
    out = np.zeros((2, len(tension), len(masses)))

    def work(first: int, last: int) -> None:
        _sweep(planes, (base, per_kg, unit), tight, pool.grip_n, out, (first, last))

    share_out(len(tension), PIECE, work, threads)
    return out[0], out[1]
