"""Lanes: compiled, they do what the same code does on NumPy rows."""

from __future__ import annotations

from typing import cast

import numpy as np
import pytest
from numba.core.errors import TypingError

from bandwright.numerics.arrays import FloatArray, IntArray
from bandwright.numerics.lane_factor import backward, eliminate, forward, root_factor
from bandwright.numerics.lanes import (
    LANES,
    choose,
    entry,
    even,
    greatest,
    lanewise,
    lanewise_entry,
    least,
    load,
    root,
    some,
    store,
)


def mixture(rows: FloatArray, out: FloatArray) -> bool:
    """Every operation once."""
    a, b = load(rows, 0), load(rows, 1)
    store(out, 0, choose((a < b) | (a >= 0.5) & (b <= a), root(a * a), 2.0 * b / (a - 3.0)))
    store(out, 1, greatest(least(a, b), even(-0.25)) + 1)
    return some(a > 1e9) or some(b > a)


def test_compiled_lanes_are_numpy_rows() -> None:
    """The same numbers, compiled and not."""
    rows = np.random.default_rng(0).normal(size=(2, LANES))
    compiled, plain = np.zeros((2, LANES)), np.zeros((2, LANES))
    assert lanewise_entry(mixture)(rows, compiled) == mixture(rows, plain)
    np.testing.assert_allclose(compiled, plain, rtol=1e-14)


def _picked(numbers: FloatArray, places: IntArray, out: FloatArray) -> None:
    for i in range(out.shape[0]):
        out[i] = entry(numbers, entry(places, i))


def test_numbers_of_an_array_laid_out_flat() -> None:
    """Counted row by row, whatever its axes, compiled and not."""
    numbers, places = np.random.default_rng(3).normal(size=(2, 3, 4)), np.array([[0, 23], [7, 12]])
    compiled, plain = np.zeros(4), np.zeros(4)
    lanewise_entry(_picked)(numbers, places, compiled)
    _picked(numbers, places, plain)
    np.testing.assert_array_equal(compiled, numbers.ravel()[[0, 23, 7, 12]])
    np.testing.assert_array_equal(plain, compiled)


def test_an_array_with_gaps_is_not_laid_out_flat() -> None:
    """It is refused when compiled, rather than read in the wrong places."""
    with pytest.raises(TypingError):
        lanewise_entry(_picked)(np.ones((4, 6))[:, ::2], np.zeros(2, np.int64), np.zeros(2))


def _copied(rows: FloatArray, out: FloatArray) -> None:
    for i in range(rows.shape[0]):
        store(out, i, load(rows, i) + 1e-9)


def test_rows_may_be_of_single_precision() -> None:
    """They are computed with in double precision and rounded once, when stored."""
    rows = cast("FloatArray", np.random.default_rng(2).normal(size=(3, LANES)).astype(np.float32))
    exact = np.zeros((3, LANES))
    rounded, plain = np.zeros_like(rows), np.zeros_like(rows)
    lanewise_entry(_copied)(rows, exact)
    lanewise_entry(_copied)(exact, rounded)
    _copied(exact, plain)
    np.testing.assert_array_equal(exact, rows.astype(np.float64) + 1e-9)
    np.testing.assert_array_equal(rounded, plain)


@lanewise_entry
def _solve(packed: FloatArray, right: FloatArray, rows: int) -> None:
    eliminate(packed, right.shape[0], rows)
    forward(packed, right.shape[0], right)
    backward(packed, right.shape[0], right)


@pytest.mark.parametrize("size", [3, 4])
def test_elimination_solves_every_lane(size: int) -> None:
    """Against NumPy's solver, and the rest of the matrix against its Schur complement."""
    rng = np.random.default_rng(1)
    rows = size + 2
    matrices = np.array([one @ one.T + np.eye(rows) for one in rng.normal(size=(LANES, rows, rows))])
    packed = np.array([one[np.tril_indices(rows)] for one in matrices]).T.copy()
    right = rng.normal(size=(size, LANES))
    wanted = np.linalg.solve(matrices[:, :size, :size], right.T[:, :, None])[:, :, 0].T
    _solve(packed, right, rows)
    np.testing.assert_allclose(right, wanted, rtol=1e-10)
    for lane, one in enumerate(matrices):
        left = one[size:, size:] - one[size:, :size] @ np.linalg.solve(one[:size, :size], one[:size, size:])
        first, second = size * (size + 1) // 2 + size, (size + 1) * (size + 2) // 2 + size
        corner = packed[[first, second, second + 1], lane]
        np.testing.assert_allclose(corner, left[[0, 1, 1], [0, 0, 1]], rtol=1e-10)


@lanewise_entry
def _root(packed: FloatArray, rows: int) -> None:
    root_factor(packed, rows)


def test_roots_of_singular_matrices() -> None:
    """L Lᵀ is the matrix, also where its rank is two of three or none."""
    rng = np.random.default_rng(4)
    factors = rng.normal(size=(LANES, 3, 3))
    factors[0], factors[1, :, 0], factors[2, 1] = 0.0, 0.0, 2.0 * factors[2, 0]
    matrices = factors @ factors.swapaxes(1, 2)
    packed = matrices[:, *np.tril_indices(3)].T.copy()
    _root(packed, 3)
    lower = np.zeros((LANES, 3, 3))
    lower[:, *np.tril_indices(3)] = packed.T
    np.testing.assert_allclose(lower @ lower.swapaxes(1, 2), matrices, atol=1e-7)


def test_lanes_do_not_see_each_other() -> None:
    """What one lane holds does not change with its neighbours, down to the last bit."""
    rows = np.random.default_rng(2).normal(size=(2, LANES))
    first, second = np.zeros((2, LANES)), np.zeros((2, LANES))
    run = lanewise_entry(mixture)
    run(rows, first)
    rows[:, 1:] = rows[:, :0:-1]
    run(rows, second)
    np.testing.assert_array_equal(second[:, 1:], first[:, :0:-1])
    np.testing.assert_array_equal(second[:, 0], first[:, 0])


def test_inner_functions_are_for_compiled_callers() -> None:
    """`lanewise` functions work inside others."""
    doubled = lanewise(lambda lanes: lanes + lanes)

    def twice(rows: FloatArray) -> None:
        store(rows, 0, doubled(load(rows, 0)))

    rows = np.ones((1, LANES))
    lanewise_entry(twice)(rows)
    assert np.all(rows == 2.0)
