"""The least effort of many loads by a pool's faces, in lanes."""

from __future__ import annotations

import numpy as np

from bandwright.numerics.arrays import FloatArray
from bandwright.numerics.lanes import LANES, even, greatest, lanewise, lanewise_entry, load, root, store
from bandwright.numerics.threads import share_out
from bandwright.recruitment.batch.pool import CapacityPool

PIECE = 64 * LANES
"""Set-ups a thread takes at a time."""


@lanewise
def lane_effort(face: FloatArray, k: int, grip: FloatArray, force: FloatArray, effort: FloatArray) -> None:
    """Set effort (1, LANES) to the greatest of face · force over the faces of pose k, and of pull over grip."""
    best = even(0.0)
    for p in range(face.shape[1]):
        total = even(0.0)
        for d in range(face.shape[2]):
            total = total + face[k, p, d] * load(force, d)
        best = greatest(best, total)
    square = even(0.0)
    for d in range(min(3, face.shape[2])):
        square = square + load(force, d) * load(force, d)
    store(effort, 0, greatest(best, root(square) * grip[k]))


@lanewise_entry
def _bounds(
    face: FloatArray,
    grip: FloatArray,
    loads: FloatArray,
    effort: FloatArray,
    bench: tuple[FloatArray, FloatArray],
    piece: tuple[int, int],
) -> None:
    """Set effort (B, K) of the set-ups piece[0] … piece[1] − 1; `grip` is 1 / the pull it holds."""
    force, found = bench
    for start in range(piece[0], piece[1], LANES):
        for k in range(face.shape[0]):
            for seat in range(LANES):
                one = min(start + seat, piece[1] - 1)
                for d in range(face.shape[2]):
                    force[d, seat] = loads[one, k, d]
            lane_effort(face, k, grip, force, found)
            for seat in range(min(LANES, piece[1] - start)):
                effort[start + seat, k] = found[0, seat]


def least_effort(pool: CapacityPool, loads: FloatArray, *, threads: int | None = None) -> FloatArray:
    """The least effort (B, K) of loads (B, K, D): never above the true one; inf where not even the limb is held.

    Raises:
        ModelError: the loads have the wrong shape or hold NaN.
    """
    given = pool.repetition.check_loads(loads)
    effort = np.zeros(given.shape[:2])
    grip = 1.0 / pool.grip

    def work(first: int, last: int) -> None:
        bench = (np.zeros((pool.face.shape[2], LANES)), np.zeros((1, LANES)))
        _bounds(pool.face, grip, given, effort, bench, (first, last))

    share_out(len(given), PIECE, work, threads)
    effort[:, ~pool.feasible] = np.inf
    effort.setflags(write=False)
    return effort
