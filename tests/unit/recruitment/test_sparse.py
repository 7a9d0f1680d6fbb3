"""Sparse matrices in blocks do what the dense ones do."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from bandwright.numerics.arrays import FloatArray
from bandwright.numerics.lanes import LANES, lanewise_entry
from bandwright.recruitment.batch.sparse import Sparse, entries, sparse, times


@lanewise_entry
def product(matrices: Sparse, k: int, lanes: FloatArray, out: FloatArray) -> None:
    """One product, for Python to call."""
    times(matrices, k, lanes, out)


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
