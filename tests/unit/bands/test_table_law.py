"""Table laws: through their points, straight beyond, equal when their points are."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bandwright.bands import (
    OUTSIDE_MEASURED,
    Band,
    MartinRothStiehler,
    Reading,
    TableLaw,
    fit_band,
    measured_band,
    rig,
    rising_problems,
    stretch_problems,
    table_through,
)
from bandwright.errors import InputError

RUBBER = MartinRothStiehler(80.0, 0.44)
REST_M = 0.72
FABRIC = [
    Reading(0.40, 8, 2),
    Reading(0.48, 17, 2),
    Reading(0.56, 29, 2),
    Reading(0.62, 46, 2),
    Reading(0.66, 70, 2),
]
"""A loop that stops short, as the weave of fabric makes it."""


def test_table_passes_through_its_points() -> None:
    """A table law gives back what was measured and says where the data end."""
    table = TableLaw(np.array([1.2, 1.5, 1.8]), np.array([8.0, 14.0, 30.0]))
    np.testing.assert_allclose(table.tension_n([1.2, 1.5, 1.8]), [8.0, 14.0, 30.0])
    assert table.measured_to_stretch == 1.8


def test_table_goes_on_straight() -> None:
    """Beyond the last point the curve is a straight line with its last slope."""
    table = TableLaw(np.array([1.2, 1.5, 1.8]), np.array([8.0, 14.0, 30.0]))
    first, second, third = table.tension_n([1.8, 2.0, 2.2])
    assert third - second == pytest.approx(second - first)
    assert (second - first) / 0.2 == pytest.approx(table.stiffness_n(1.8))


def test_table_cannot_be_changed() -> None:
    """The points of a law are read-only copies."""
    given = np.array([1.5, 2.0])
    table = TableLaw(given, np.array([5.0, 9.0]))
    given[0] = 1.1
    assert table.stretches[0] == 1.5
    with pytest.raises(ValueError, match="read-only"):
        table.stretches[0] = 1.1


@pytest.mark.parametrize(
    ("stretches", "tensions"),
    [
        ([1.5], [5.0]),
        ([1.5, 2.0], [5.0]),
        ([0.9, 2.0], [5.0, 6.0]),
        ([1.5, 1.5], [5.0, 6.0]),
        ([1.5, 2.0], [5.0, 5.0]),
        ([1.5, 2.0], [0.0, 5.0]),
        ([1.5, math.nan], [4.0, 5.0]),
    ],
)
def test_tables_that_do_not_rise_are_refused(stretches: list[float], tensions: list[float]) -> None:
    """A table has two or more points, rising from slack."""
    with pytest.raises(InputError, match="Example"):
        TableLaw(np.array(stretches), np.array(tensions))


def test_equal_points_make_equal_tables() -> None:
    """Two tables through the same points are the same law; one point moved makes another."""
    one, same, other = (TableLaw(np.array([1.5, 2.0]), np.array([5.0, end])) for end in (9.0, 9.0, 9.5))
    assert one == same
    assert hash(one) == hash(same)
    assert one != other
    assert one != RUBBER


@given(st.permutations(FABRIC))
def test_table_gives_readings_back_in_any_order(readings: list[Reading]) -> None:
    """Rigged as it was weighed, the band pulls what the scale showed."""
    band = measured_band(table_through(readings, REST_M), id="own", name="Own", kind="fabric-loop")
    rigged = rig(band, "single", split=False)
    for reading in readings:
        assert rigged.force_n(reading.length_m) == pytest.approx(reading.force_n)
    assert band.confidence == "measured"
    assert band.known_to_stretch == pytest.approx(2 * 0.66 / REST_M)


def test_table_through_rubber_agrees_with_its_law() -> None:
    """Between readings every eighth of the rest length a table is within 1 % of the law they came from."""
    stretches = np.arange(1.125, 2.51, 0.125)
    readings = [Reading(s, float(RUBBER.tension_n(s))) for s in stretches]
    law = table_through(readings, 1.0).law
    between = np.linspace(1.125, 2.5, 50)
    np.testing.assert_allclose(law.tension_n(between), RUBBER.tension_n(between), rtol=0.01)


def test_fewer_readings_leave_more_doubt() -> None:
    """A table with every other reading is less sure, and wants its next reading in the widest gap."""
    all_of_them, few = table_through(FABRIC, REST_M), table_through([FABRIC[0], FABRIC[-1]], REST_M)
    assert few.force_spread > all_of_them.force_spread >= 0.05
    assert few.next_reading_stretch == pytest.approx((0.40 + 0.66) / REST_M)


def test_fabric_is_told_from_rubber() -> None:
    """A loop that stops short misses the law of rubber, and a table is offered; rubber itself does not."""
    fit = fit_band(FABRIC, REST_M)
    assert fit.unlike_rubber
    assert "keep a table" in str(fit.warnings[0])
    rubber = [Reading(0.5 * s, 2 * float(RUBBER.tension_n(s)), 2) for s in (1.3, 1.6, 2.0, 2.4)]
    assert not fit_band(rubber, 1.0).unlike_rubber


def test_beyond_the_last_point_is_said() -> None:
    """A table ends where its points do, whatever the band that carries it says."""
    table = TableLaw(np.array([1.2, 1.6]), np.array([8.0, 14.0]))
    band = Band("own", "Own", "", "fabric-loop", table, REST_M, measured_to_stretch=3.0)
    assert stretch_problems(1.6, band) == []
    (problem,) = stretch_problems(1.7, band)
    assert problem.code == OUTSIDE_MEASURED
    assert "up to 1.60 times" in problem.message
    assert "fabric" in str(problem)
    assert stretch_problems(1.7, replace(band, law=RUBBER)) == []


def test_every_bad_reading_of_a_table_is_told() -> None:
    """Falling, repeated, slack, negative and missing readings come together, each at its row."""
    readings = [
        Reading(0.50, 20, 2),
        Reading(0.55, 18, 2),
        Reading(0.55, 25, 2),
        Reading(0.30, 5, 2),
        Reading(0.60, -5, 2),
        Reading(math.nan, 30, 2),
    ]
    with pytest.raises(InputError) as caught:
        table_through(readings, REST_M)
    assert {(problem.code, problem.path) for problem in caught.value.problems} == {
        ("falling-table", "readings[1]"),
        ("repeated-point", "readings[2]"),
        ("bad-length", "readings[3].length_m"),
        ("bad-force", "readings[4].force_n"),
        ("bad-length", "readings[5].length_m"),
    }
    assert all(problem.allowed and problem.hint for problem in caught.value.problems)


@pytest.mark.parametrize(
    ("readings", "rest_m", "code"),
    [
        (FABRIC[:1], REST_M, "too-few-points"),
        ([], REST_M, "no-readings"),
        (FABRIC, math.nan, "bad-rest-length"),
    ],
)
def test_tables_that_cannot_be(readings: list[Reading], rest_m: float, code: str) -> None:
    """One reading, none, or no rest length gives no table."""
    with pytest.raises(InputError) as caught:
        table_through(readings, rest_m)
    assert [problem.code for problem in caught.value.problems] == [code]


@given(st.dictionaries(st.floats(1.01, 3.0), st.floats(0.1, 500.0), min_size=2, max_size=6))
def test_points_without_problems_make_a_law(points: dict[float, float]) -> None:
    """Whatever passes the check is a table, and whatever is a table in order passes it."""
    named = {f"table[{row}]": point for row, point in enumerate(points.items())}
    ordered = np.array(sorted(points.items()))
    close = np.any(np.diff(ordered[:, 0]) < 1e-3)
    if not list(rising_problems(named)):
        TableLaw(ordered[:, 0], ordered[:, 1])
    elif not close:
        with pytest.raises(InputError):
            TableLaw(ordered[:, 0], ordered[:, 1])
