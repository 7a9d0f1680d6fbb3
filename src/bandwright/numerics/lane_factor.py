"""Symmetric elimination in every lane, on packed matrices: (j, k) is row j (j + 1) / 2 + k, k ≤ j.

A = C D⁻¹ Cᵀ with C lower and D its diagonal: no square roots. The diagonal is kept as 1 / D.
"""

from __future__ import annotations

from bandwright.numerics.arrays import FloatArray
from bandwright.numerics.lanes import lanewise, load, store


@lanewise
def eliminate(packed: FloatArray, size: int, rows: int) -> None:
    """Eliminate the first `size` of `rows` unknowns; the other rows keep C and what is left of the matrix.

    Columns are finished one after the other; the entries of a column do not wait for each other.
    """
    for j in range(size):
        at = j * (j + 1) // 2
        inverse = 1.0 / load(packed, at + j)
        store(packed, at + j, inverse)
        for k in range(j + 1, rows):
            row = k * (k + 1) // 2
            share = load(packed, row + j) * inverse
            for i in range(k, rows):
                below = i * (i + 1) // 2
                store(packed, below + k, load(packed, below + k) - load(packed, below + j) * share)


@lanewise
def forward(packed: FloatArray, size: int, lanes: FloatArray) -> None:
    """Solve C w = lanes in place, for the first entries."""
    for j in range(size):
        w = load(lanes, j) * load(packed, j * (j + 1) // 2 + j)
        store(lanes, j, w)
        for i in range(j + 1, size):
            store(lanes, i, load(lanes, i) - load(packed, i * (i + 1) // 2 + j) * w)


@lanewise
def backward(packed: FloatArray, size: int, lanes: FloatArray) -> None:
    """Solve D⁻¹ Cᵀ v = lanes in place, for the first entries."""
    for j in range(size - 1, -1, -1):
        total = load(lanes, j) * 0.0
        for i in range(j + 1, size):
            total = total + load(packed, i * (i + 1) // 2 + j) * load(lanes, i)
        store(lanes, j, load(lanes, j) - total * load(packed, j * (j + 1) // 2 + j))
