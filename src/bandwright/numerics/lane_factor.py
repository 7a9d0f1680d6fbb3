"""Symmetric elimination in every lane, on packed matrices: (j, k) is row j (j + 1) / 2 + k, k ≤ j.

A = C D⁻¹ Cᵀ with C lower and D its diagonal: no square roots. The diagonal is kept as 1 / D.
"""

from __future__ import annotations

from typing import Final

from bandwright.numerics.arrays import FloatArray
from bandwright.numerics.lanes import choose, even, greatest, lanewise, load, root, store

ROUNDING: Final = 1e-14
"""Share of a diagonal entry below which what is left of it is rounding error."""


@lanewise
def eliminate(packed: FloatArray, size: int, rows: int) -> None:
    """Eliminate the first `size` of `rows` unknowns; the other rows keep C and what is left of the matrix.

    Two at a time, which saves half the loading and storing of what is left.
    """
    for j in range(0, size - 1, 2):
        _eliminate_two(packed, j, rows)
    if size % 2 == 1:
        _eliminate_one(packed, size - 1, rows)


@lanewise
def _eliminate_one(packed: FloatArray, j: int, rows: int) -> None:
    at = j * (j + 1) // 2
    inverse = 1.0 / load(packed, at + j)
    store(packed, at + j, inverse)
    row = at
    for k in range(j + 1, rows):
        row += k
        share = load(packed, row + j) * inverse
        below = row
        for i in range(k, rows):
            store(packed, below + k, load(packed, below + k) - load(packed, below + j) * share)
            below += i + 1


@lanewise
def _eliminate_two(packed: FloatArray, j: int, rows: int) -> None:
    at = j * (j + 1) // 2
    after = at + j + 1
    inverse = 1.0 / load(packed, at + j)
    between = load(packed, after + j)
    share = between * inverse
    second = 1.0 / (load(packed, after + j + 1) - between * share)
    store(packed, at + j, inverse)
    store(packed, after + j + 1, second)
    row = after
    for k in range(j + 2, rows):
        row += k
        store(packed, row + j + 1, load(packed, row + j + 1) - load(packed, row + j) * share)
    for k in range(j + 2, rows, 2):
        _take_off(packed, j, k, rows)


@lanewise
def _take_off(packed: FloatArray, j: int, k: int, rows: int) -> None:
    """Take what the unknowns j and j + 1 share off the columns k and k + 1: what is loaded of a row serves both."""
    row, below = k * (k + 1) // 2, (k + 1) * (k + 2) // 2
    inverse, second = load(packed, j * (j + 1) // 2 + j), load(packed, (j + 1) * (j + 2) // 2 + j + 1)
    one, two = load(packed, row + j) * inverse, load(packed, row + j + 1) * second
    left = load(packed, row + k) - load(packed, row + j) * one
    store(packed, row + k, left - load(packed, row + j + 1) * two)
    if k + 1 == rows:
        return
    other_one, other_two = load(packed, below + j) * inverse, load(packed, below + j + 1) * second
    for i in range(k + 1, rows):
        first, last = load(packed, below + j), load(packed, below + j + 1)
        left, right = load(packed, below + k) - first * one, load(packed, below + k + 1) - first * other_one
        store(packed, below + k, left - last * two)
        store(packed, below + k + 1, right - last * other_two)
        below += i + 1


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


@lanewise
def root_factor(packed: FloatArray, size: int) -> None:
    """Replace A, which may be singular, by L with L Lᵀ = A."""
    for j in range(size):
        at = j * (j + 1) // 2
        square = even(0.0)
        for k in range(j):
            square = square + load(packed, at + k) * load(packed, at + k)
        whole = load(packed, at + j)
        left = whole - square
        pivot = root(greatest(left, even(0.0)))
        inverse = choose(left > ROUNDING * whole, 1.0 / pivot, even(0.0))
        store(packed, at + j, left * inverse)
        for i in range(j + 1, size):
            below = i * (i + 1) // 2
            total = load(packed, below + j)
            for k in range(j):
                total = total - load(packed, below + k) * load(packed, at + k)
            store(packed, below + j, total * inverse)
