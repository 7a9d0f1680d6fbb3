"""Matrices that are mostly zero and share their zeros over the poses, times lanes.

Rows that are filled in nearly the same columns go together, four at a time: what is loaded of the lanes serves all
four, and four sums do not wait for each other. Where one of them has no entry it multiplies by 0.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from bandwright.numerics.arrays import BoolArray, FloatArray, IntArray
from bandwright.numerics.lanes import even, lanewise, load, store

TOGETHER: Final = 4
"""Rows in a block: their sums fill half the registers."""
ALONE: Final = 2.5
"""What an entry costs in a block of its own, compared with one among others: a sum must wait for itself."""
BEGIN: Final = 4.0
"""What it costs to begin a block, compared with an entry."""


class Sparse(NamedTuple):
    """K matrices of r rows in blocks of `TOGETHER`; those of a block repeat its last row if it has fewer.

    Block b has the columns column[e], for start[b] ≤ e < start[b + 1].
    """

    row: IntArray
    """(blocks, TOGETHER)."""
    start: IntArray
    """(blocks + 1,)."""
    column: IntArray
    """(e,)."""
    value: FloatArray
    """(K, e, TOGETHER)."""


def sparse(matrices: FloatArray) -> Sparse:
    """(K, r, c) matrices, kept where any of them is not 0."""
    filled = np.any(matrices != 0.0, axis=0)
    blocks = _blocks(filled)
    columns = [np.nonzero(filled[block].any(axis=0))[0] for block in blocks]
    row = np.array([block + block[-1:] * (TOGETHER - len(block)) for block in blocks], dtype=np.int64)
    values = [matrices[:, one][:, :, kept].swapaxes(1, 2) for one, kept in zip(row, columns, strict=True)]
    return Sparse(
        row.reshape(-1, TOGETHER),
        np.cumsum([0, *(len(kept) for kept in columns)]),
        np.concatenate([*columns, np.zeros(0)]).astype(np.int64),
        np.concatenate([*values, np.zeros((len(matrices), 0, TOGETHER))], axis=1),
    )


def entries(matrices: Sparse) -> int:
    """How many entries are not 0 in all of the matrices: the products that are needed."""
    filled = np.any(matrices.value != 0.0, axis=0)
    row = np.repeat(matrices.row, np.diff(matrices.start), axis=0)
    column = np.repeat(matrices.column[:, None], TOGETHER, axis=1)
    return len(set(zip(row[filled].tolist(), column[filled].tolist(), strict=True)))


def _blocks(filled: BoolArray) -> list[list[int]]:
    """Rows that go together, by what is `filled` (r, c): longest first, each with those that add least to it."""
    left = sorted(range(len(filled)), key=lambda row: (-int(filled[row].sum()), filled[row].tobytes()))
    blocks = []
    while left:
        block, union = [left[0]], filled[left.pop(0)]
        while left and len(block) < TOGETHER:
            nearest = min(left, key=lambda row: (int((union | filled[row]).sum()), -int(filled[row].sum())))
            both = union | filled[nearest]
            more = len(block) * int(both.sum() - union.sum()) + int(both.sum())
            if more > ALONE * filled[nearest].sum() + BEGIN:
                break
            block.append(nearest)
            left.remove(nearest)
            union = both
        blocks.append(block)
    return blocks


@lanewise
def times_block(
    matrices: Sparse, k: int, block: int, lanes: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """The rows of a block of matrix k · lanes (c, LANES)."""
    first, second, third, fourth = even(0.0), even(0.0), even(0.0), even(0.0)
    for e in range(matrices.start[block], matrices.start[block + 1]):
        given = load(lanes, matrices.column[e])
        first = first + matrices.value[k, e, 0] * given
        second = second + matrices.value[k, e, 1] * given
        third = third + matrices.value[k, e, 2] * given
        fourth = fourth + matrices.value[k, e, 3] * given
    return first, second, third, fourth


@lanewise
def times(matrices: Sparse, k: int, lanes: FloatArray, product: FloatArray) -> None:
    """Set product (r, LANES) = matrix k · lanes (c, LANES)."""
    for block in range(matrices.row.shape[0]):
        first, second, third, fourth = times_block(matrices, k, block, lanes)
        store(product, matrices.row[block, 0], first)
        store(product, matrices.row[block, 1], second)
        store(product, matrices.row[block, 2], third)
        store(product, matrices.row[block, 3], fourth)
