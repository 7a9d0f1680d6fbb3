"""Sparse matrices in blocks do what the dense ones do."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from bandwright.numerics.arrays import FloatArray
from bandwright.numerics.lanes import LANES, lanewise_entry
from bandwright.recruitment.batch.crossed import Crossed, crossed, products
from bandwright.recruitment.batch.sparse import Own, Sparse, entries, own, sparse, times


@lanewise_entry
def product(matrices: Sparse | Own, k: int, lanes: FloatArray, out: FloatArray) -> None:
    """One product, for Python to call."""
    times(matrices, k, lanes, out)


@lanewise_entry
def products_of_rows(pairs: Crossed, weight: FloatArray, out: FloatArray) -> None:
    """Products of every two rows, for Python to call."""
    products(pairs, 0, weight, out)


@given(st.integers(0, 2**32 - 1), st.integers(0, 13), st.floats(0.0, 1.0))
@settings(max_examples=50)
def test_products_are_those_of_dense_matrices(seed: int, rows: int, filled: float) -> None:
    """Any number of rows, none filled to all; and every entry is counted once."""
    rng = np.random.default_rng(seed)
    dense = rng.normal(size=(3, rows, 9)) * (rng.random((rows, 9)) < filled)
    matrices, lanes = sparse(dense), rng.normal(size=(9, LANES))
    assert entries(matrices) == np.count_nonzero(np.any(dense != 0.0, axis=0))
    for k in range(3):
        out = np.full((rows, LANES), np.nan)
        product(matrices, k, lanes, out)
        np.testing.assert_allclose(out, dense[k] @ lanes, rtol=1e-12, atol=1e-12)


@given(st.integers(0, 2**32 - 1), st.integers(1, 13), st.floats(0.0, 1.0))
@settings(max_examples=50)
def test_each_lane_may_have_its_own_matrix(seed: int, rows: int, filled: float) -> None:
    """Products with it and of its rows, weighed, are those of dense matrices."""
    rng = np.random.default_rng(seed)
    where = rng.random((rows, 9)) < filled
    dense, lanes = rng.normal(size=(LANES, rows, 9)) * where, rng.normal(size=(9, LANES))
    value = np.zeros((np.count_nonzero(where) + 1, LANES))
    value[:-1] = dense[:, where].T
    at = np.full(where.shape, len(value) - 1)
    at[where] = np.arange(len(value) - 1)
    out = np.full((rows, LANES), np.nan)
    product(own(at, value), 0, lanes, out)
    np.testing.assert_allclose(out, np.einsum("lrc,cl->rl", dense, lanes), rtol=1e-12, atol=1e-12)
    first, second = np.tril_indices(rows)
    out = np.full((len(first), LANES), np.nan)
    products_of_rows(crossed(at, value), lanes, out)
    exact = np.einsum("lpc,lpc,cl->pl", dense[:, first], dense[:, second], lanes)
    np.testing.assert_allclose(out, exact, rtol=1e-12, atol=1e-12)
