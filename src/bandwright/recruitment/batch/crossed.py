"""Weighed products of every two rows of a matrix that each lane has its own of.

Two rows are multiplied by two others at a time: what is loaded of four rows serves four sums.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from bandwright.numerics.arrays import BoolArray, FloatArray, IntArray
from bandwright.numerics.lanes import entry, even, lanewise, load, store
from bandwright.recruitment.batch.sparse import Sparse, times


class Crossed(NamedTuple):
    """Which rows are multiplied, in blocks of two rows by two.

    Block b goes over the columns column[e], for start[b] ≤ e < start[b + 1].
    """

    product: IntArray
    """(blocks, 4) where the products are stored: (j, k), k ≤ j, at j (j + 1) / 2 + k."""
    start: IntArray
    """(blocks + 1,)."""
    column: IntArray
    """(e,)."""
    at: IntArray
    """(e, 4) which value: of the first two rows, then of the others."""
    value: FloatArray
    """(E, LANES)."""


def crossed(at: IntArray, value: FloatArray) -> Crossed:
    """All rows of a matrix for each lane, `at` (r, c) telling which values its entries are; the last value is 0."""
    filled = at != len(value) - 1
    twos = _twos(filled)
    blocks = [(*one, *other) for i, one in enumerate(twos) for other in twos[: i + 1]]
    columns = [np.nonzero((filled[a] | filled[b]) & (filled[c] | filled[d]))[0] for a, b, c, d in blocks]
    return Crossed(
        np.array([[_place(j, k) for j in block[:2] for k in block[2:]] for block in blocks]),
        np.cumsum([0, *(len(some) for some in columns)]),
        np.concatenate(columns),
        np.concatenate([at[block, some[:, None]] for block, some in zip(blocks, columns, strict=True)]),
        value,
    )


def _place(j: int, k: int) -> int:
    first, second = max(j, k), min(j, k)
    return first * (first + 1) // 2 + second


def _twos(filled: BoolArray) -> list[tuple[int, int]]:
    """Rows two by two, by what is `filled` (r, c): longest first, each with whom adds least; one may be alone."""
    left = sorted(range(len(filled)), key=lambda row: -int(filled[row].sum()))
    twos = []
    while left:
        one = left.pop(0)
        other = min(left, key=lambda row: int((filled[one] | filled[row]).sum()), default=one)
        twos.append((one, other))
        left = [row for row in left if row != other]
    return twos


@lanewise
def products(pairs: Sparse | Crossed, k: int, weight: FloatArray, product: FloatArray) -> None:
    """Set the products of every two rows, each column times its weight, of matrix k or of each lane's own."""
    _products(pairs.value, pairs, k, weight, product)


@lanewise
def _products(
    value: FloatArray, pairs: Sparse | Crossed, k: int, weight: FloatArray, product: FloatArray
) -> None:
    # How many axes an array has is known when this is compiled: of what follows, only one way is.
    if value.ndim == 3:
        times(pairs, k, weight, product)  # type: ignore[arg-type]  # of three axes only if it is `Sparse`
    else:
        _cross(pairs, weight, product)  # type: ignore[arg-type]  # likewise


@lanewise
def _cross(matrix: Crossed, weight: FloatArray, product: FloatArray) -> None:
    """Set the products of every two rows, each column times its weight."""
    for block in range(matrix.product.shape[0]):
        first, second, third, fourth = even(0.0), even(0.0), even(0.0), even(0.0)
        for e in range(entry(matrix.start, block), entry(matrix.start, block + 1)):
            given = load(weight, entry(matrix.column, e))
            one = given * load(matrix.value, entry(matrix.at, 4 * e))
            other = given * load(matrix.value, entry(matrix.at, 4 * e + 1))
            low = load(matrix.value, entry(matrix.at, 4 * e + 2))
            high = load(matrix.value, entry(matrix.at, 4 * e + 3))
            first, second = first + one * low, second + one * high
            third, fourth = third + other * low, fourth + other * high
        store(product, entry(matrix.product, 4 * block), first)
        store(product, entry(matrix.product, 4 * block + 1), second)
        store(product, entry(matrix.product, 4 * block + 2), third)
        store(product, entry(matrix.product, 4 * block + 3), fourth)
