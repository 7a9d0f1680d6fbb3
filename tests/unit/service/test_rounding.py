"""Numbers rounded many at a time are those rounded one by one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bandwright.service.rounding import number, numbers, numbers_by_name

WRITTEN = st.decimals(-1000, 1000, places=7).map(float)
"""Numbers with few digits, as many of which lie half way between two roundings."""


@settings(max_examples=400, deadline=None)
@example([0.1234565, 0.01234565, 5e-7, -5e-7, -1e-12, 1e-320, 0.0, -0.0, 999999.5, 1e9, 1e300])
@example([float("nan"), float("inf"), -float("inf")])
@given(st.lists(st.floats() | st.floats(-1, 1) | st.floats(-1e-4, 1e-4) | st.floats(-3000, 3000) | WRITTEN))
def test_many_at_a_time_are_as_one_by_one(values: list[float]) -> None:
    """To the last bit, the sign of zero included."""
    together = numbers(np.array(values, dtype=np.float64))
    assert [repr(one) for one in together] == [repr(number(value)) for value in values]


@pytest.mark.parametrize("places", [6, 7, 8])
@pytest.mark.parametrize("size", [1e-6, 1e-4, 1e-2, 1.0, 1e3, 1e6])
def test_ordinary_numbers_are_as_one_by_one(size: float, places: int) -> None:
    """Ten thousand of each size, of which many are ties."""
    values = np.round(np.random.default_rng(1).normal(0.0, size, 10_000), places)
    assert numbers(values) == [number(value) for value in values.tolist()]


def test_names_and_shapes_are_kept() -> None:
    """Arrays rounded together come back under their names, None where a value is not finite."""
    given = {"a": np.array([[1.0000001, np.inf]]), "b": np.array([[0.5, -0.0]])}
    assert numbers_by_name(given) == {"a": [[1.0, None]], "b": [[0.5, 0.0]]}
    assert numbers_by_name({}) == {}
