"""Numbers rounded many at a time are those rounded one by one, and so is their text."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bandwright.service.rounding import number, numbers
from bandwright.service.unrounded import Named, named, plain, written

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
    assert repr(json.loads(written(np.array(values, dtype=np.float64)))) == repr(together)


@pytest.mark.parametrize("places", [6, 7, 8])
@pytest.mark.parametrize("size", [1e-6, 1e-4, 1e-2, 1.0, 1e3, 1e6])
def test_ordinary_numbers_are_as_one_by_one(size: float, places: int) -> None:
    """Ten thousand of each size, of which many are ties."""
    values = np.round(np.random.default_rng(1).normal(0.0, size, 10_000), places)
    alone = [number(value) for value in values.tolist()]
    assert numbers(values) == alone
    assert repr(json.loads(written(values))) == repr(alone)


NESTED: dict[str, Any] = {
    "alone": Named(np.array([0.5, np.inf]), ("a", "b")),
    "vectors": named({'with "quotes"': np.arange(6.0).reshape(2, 3) / 7.0, "ä": -np.ones((2, 3))}),
    "deep": Named(np.array([[[[1e-6, np.nan], [12345.678, -0.0]]] * 2] * 2), ("x", "y"), ("r", "l")),
    "large": [np.array([1e12, 0.1234565]), {"flat": np.array([999999.5, 123456789.0])}],
    "none": named({}),
    "plain": [1, 0.25, True, None, "word", ("a", "b")],
}


def test_names_and_shapes_are_kept() -> None:
    """Arrays come back under their names, None where a value is not finite."""
    found = plain(NESTED)
    assert found["alone"] == {"a": 0.5, "b": None}
    assert found["vectors"]['with "quotes"'][1] == [0.428571, 0.571429, 0.714286]
    assert found["deep"]["y"]["r"] == [[0.000001, None], [12345.7, 0.0]]
    assert found["none"] == {}


def test_written_at_once_is_the_same() -> None:
    """Value by value, whole numbers as numbers with a point."""
    assert repr(json.loads(written(NESTED))) == repr(json.loads(json.dumps(plain(NESTED))))


def test_rows_met_before_are_written_the_same() -> None:
    """Rows alike, alike but for one number, idle, and with numbers that are none or too many."""
    rng = np.random.default_rng(3)
    rows = rng.normal(0.0, 1.0, (40, 12))
    rows[20:] = rows[:20]
    rows[25, 4] = 0.5
    rows[10:14], rows[30] = 0.0, -0.0
    rows[7, 0], rows[8, 6], rows[9, 11] = np.nan, np.inf, -np.inf
    rows[27:30] = rows[7:10]
    rows[15, 0] = 1e8
    names = tuple(str(row) for row in range(40))
    answer = {"rows": Named(rows, names), "lists": Named(rows.reshape(20, 2, 12), names[:20])}
    assert repr(json.loads(written(answer))) == repr(json.loads(json.dumps(plain(answer))))
