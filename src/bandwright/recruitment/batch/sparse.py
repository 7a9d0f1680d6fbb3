"""Matrices that are mostly zero and share their zeros over the poses, times lanes.

Rows that are filled in nearly the same columns go together, four at a time: what is loaded of the lanes serves all
four, and four sums do not wait for each other. Where one of them has no entry it multiplies by 0.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from bandwright.numerics.arrays import BoolArray, FloatArray, IntArray
from bandwright.numerics.lanes import entry, even, lanewise, load, store

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


class Own(NamedTuple):
    """One matrix for each lane, in blocks like those of `Sparse`.

    Its entries, some used more than once, lie in `value`, the last of which is 0.
    """

    row: IntArray
    """(blocks, TOGETHER)."""
    start: IntArray
    """(blocks + 1,)."""
    column: IntArray
    """(e,)."""
    at: IntArray
    """(e, TOGETHER) which value."""
    value: FloatArray
    """(E, LANES)."""


def sparse(matrices: FloatArray) -> Sparse:
    """(K, r, c) matrices, kept where any of them is not 0."""
    row, start, column = _outline(np.any(matrices != 0.0, axis=0))
    values = matrices[:, _rows_of_entries(row, start), column[:, None]]
    return Sparse(row, start, column, np.ascontiguousarray(values))


def own(at: IntArray, value: FloatArray) -> Own:
    """A matrix for each lane, `at` (r, c) telling which values its entries are."""
    row, start, column = _outline(at != len(value) - 1)
    places = at[_rows_of_entries(row, start), column[:, None]]
    return Own(row, start, column, np.ascontiguousarray(places), value)


def _rows_of_entries(row: IntArray, start: IntArray) -> IntArray:
    """(e, TOGETHER) the rows that a block's columns are filled in."""
    return np.repeat(row, np.diff(start), axis=0)


def _outline(filled: BoolArray) -> tuple[IntArray, IntArray, IntArray]:
    """Rows, starts and columns of the blocks of a matrix, by what is `filled` (r, c)."""
    blocks = _blocks(filled)
    columns = [np.nonzero(filled[block].any(axis=0))[0] for block in blocks]
    row = np.array([block + block[-1:] * (TOGETHER - len(block)) for block in blocks], dtype=np.int64)
    return (
        row.reshape(-1, TOGETHER),
        np.cumsum([0, *(len(kept) for kept in columns)]),
        np.concatenate([*columns, np.zeros(0)]).astype(np.int64),
    )


def entries(matrices: Sparse) -> int:
    """How many entries are not 0 in all of the matrices: the products that are needed."""
    filled = np.any(matrices.value != 0.0, axis=0)
    row = _rows_of_entries(matrices.row, matrices.start)
    column = np.repeat(matrices.column[:, None], TOGETHER, axis=1)
    return len(set(zip(row[filled].tolist(), column[filled].tolist(), strict=True)))


def _blocks(filled: BoolArray) -> list[list[int]]:
    """Rows that go together, by what is `filled` (r, c): longest first, each with those that add least to it."""
    length = filled.sum(axis=1).tolist()
    left = sorted(range(len(filled)), key=lambda row: (-length[row], filled[row].tobytes()))
    blocks = []
    while left:
        block, union, size = [left[0]], filled[left[0]], length[left.pop(0)]
        while left and len(block) < TOGETHER:
            sizes = (union | filled[left]).sum(axis=1).tolist()
            both, _, nearest = min(zip(sizes, (-length[row] for row in left), left, strict=True), key=_fewest)
            if len(block) * (both - size) + both > ALONE * length[nearest] + BEGIN:
                break
            block.append(nearest)
            left.remove(nearest)
            union, size = union | filled[nearest], both
        blocks.append(block)
    return blocks


def _fewest(candidate: tuple[int, int, int]) -> tuple[int, int]:
    """What candidates are compared by; among equals the first is taken."""
    return candidate[:2]


@lanewise
def _entry(value: FloatArray, matrices: Sparse | Own, k: int, e: int, r: int) -> FloatArray:
    """The entry of row r of a block in its column e: one number, or one for each lane."""
    # How many axes an array has is known when this is compiled: of what follows, only one way is.
    if value.ndim == 3:
        one: FloatArray = entry(value, (k * value.shape[1] + e) * TOGETHER + r)
        return one
    return load(value, entry(matrices.at, e * TOGETHER + r))  # type: ignore[union-attr]  # of two axes only if it is `Own`


@lanewise
def times_block(
    matrices: Sparse | Own, k: int, block: int, lanes: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """The rows of a block of matrix k · lanes (c, LANES)."""
    first, second, third, fourth = even(0.0), even(0.0), even(0.0), even(0.0)
    for e in range(entry(matrices.start, block), entry(matrices.start, block + 1)):
        given = load(lanes, entry(matrices.column, e))
        first = first + _entry(matrices.value, matrices, k, e, 0) * given
        second = second + _entry(matrices.value, matrices, k, e, 1) * given
        third = third + _entry(matrices.value, matrices, k, e, 2) * given
        fourth = fourth + _entry(matrices.value, matrices, k, e, 3) * given
    return first, second, third, fourth


@lanewise
def row_of(matrices: Sparse | Own, block: int, r: int) -> int:
    """Which row is number r of a block."""
    found: int = entry(matrices.row, block * TOGETHER + r)
    return found


@lanewise
def times(matrices: Sparse | Own, k: int, lanes: FloatArray, product: FloatArray) -> None:
    """Set product (r, LANES) = matrix k · lanes (c, LANES)."""
    for block in range(matrices.row.shape[0]):
        first, second, third, fourth = times_block(matrices, k, block, lanes)
        store(product, row_of(matrices, block, 0), first)
        store(product, row_of(matrices, block, 1), second)
        store(product, row_of(matrices, block, 2), third)
        store(product, row_of(matrices, block, 3), fourth)
