"""Curves drawn with characters: right heights, 80 columns, readable without colour."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bandwright.cli.views.muscles import BAR, bar
from bandwright.cli.views.plot import BLOCKS, COLUMNS, DOT, column_blocks, curves, effort_style, nice_top
from bandwright.units import GRAVITY_M_S2

heights = st.lists(st.floats(0.0, 1.0), min_size=1, max_size=20)


@given(values=heights, rows=st.integers(1, 9))
def test_columns_are_as_high_as_their_values(values: list[float], rows: int) -> None:
    """The eighths of a column add up to its value, to half an eighth."""
    lines = column_blocks(np.array(values), 1.0, rows)
    for column, value in enumerate(values):
        eighths = sum(BLOCKS.index(line[column]) for line in lines)
        assert abs(eighths / 8 - value * rows) <= 1 / 16 + 1e-9


@given(value=st.floats(1e-3, 1e5))
def test_the_axis_reaches_over_the_curve_and_not_far(value: float) -> None:
    """The top is not under the greatest value and at most double it."""
    assert value * (1 - 1e-9) <= nice_top(value) <= 2 * value + 1e-9


@given(share=st.floats(-1.0, 3.0))
def test_bars_keep_their_width(share: float) -> None:
    """A bar is as wide for any share, full from 1 on and empty to 0."""
    assert len(bar(share)) == BAR
    assert bar(share).count("█") == BAR or share < 1.0


def test_a_nan_free_picture_of_80_columns() -> None:
    """Open strength and slack loads draw; no line is wider than 80."""
    strength = np.full(51, 300.0)
    strength[:5] = np.inf
    drawn = curves(np.zeros(51), strength, np.zeros(51)).plain
    assert max(map(len, drawn.splitlines())) <= 80
    assert "nan" not in drawn


def test_load_and_strength_differ_without_colour() -> None:
    """Strength is dots in its own row, load is filled below; labels say kilograms."""
    load, strength = np.full(51, 2.0 * GRAVITY_M_S2), np.full(51, 7.0 * GRAVITY_M_S2)
    lines = curves(load, strength, load / strength).plain.splitlines()
    force = lines[1:9]
    assert [line.count(DOT) for line in force] == [COLUMNS if row == 0 else 0 for row in range(8)]
    assert [line.count("█") for line in force] == [0] * 6 + [COLUMNS] * 2
    assert force[0].startswith("      8 kg")


@pytest.mark.parametrize(
    ("effort", "label"), [(0.4, "100 %"), (1.0, "100 %"), (1.83, "200 %"), (10.0, "1000 %")]
)
def test_effort_axis(effort: float, label: str) -> None:
    """The effort axis ends at 100 % or at the next half above."""
    drawn = curves(np.ones(51), np.ones(51), np.full(51, effort)).plain
    assert label in drawn


def test_effort_colours_follow_meaning() -> None:
    """Grey idles, green matches, red is too much."""
    assert [effort_style(value) for value in (0.1, 0.7, 1.2)] == ["bright_black", "green", "red"]
