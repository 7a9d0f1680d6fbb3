"""Matrices that are mostly zero and share their zeros over the poses, times lanes."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from bandwright.numerics.arrays import BoolArray, FloatArray, IntArray
from bandwright.numerics.lanes import even, lanewise, load, store


class Sparse(NamedTuple):
    """K matrices of r rows: row i of matrix k holds value[k, e] in column[e], for start[i] ≤ e < start[i + 1]."""

    start: IntArray
    """(r + 1,)."""
    column: IntArray
    """(e,)."""
    value: FloatArray
    """(K, e)."""


def sparse(matrices: FloatArray, filled: BoolArray | None = None) -> Sparse:
    """(K, r, c) matrices, kept where `filled` (r, c) holds, or where any of them is not 0."""
    kept = np.any(matrices != 0.0, axis=0) if filled is None else filled
    row, column = np.nonzero(kept)
    start = np.searchsorted(row, np.arange(kept.shape[0] + 1))
    return Sparse(
        start.astype(np.int64), column.astype(np.int64), np.ascontiguousarray(matrices[:, row, column])
    )


@lanewise
def times(matrices: Sparse, k: int, lanes: FloatArray, product: FloatArray) -> None:
    """Set product (r, LANES) = matrix k · lanes (c, LANES)."""
    for i in range(matrices.start.shape[0] - 1):
        total = even(0.0)
        for e in range(matrices.start[i], matrices.start[i + 1]):
            total = total + matrices.value[k, e] * load(lanes, matrices.column[e])
        store(product, i, total)
