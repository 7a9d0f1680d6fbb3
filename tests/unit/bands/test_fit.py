"""Fits from scale readings."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bandwright.bands import (
    Fit,
    FitOptions,
    MartinRothStiehler,
    Reading,
    fit_band,
    measured_band,
    rig,
    scale_reading,
)
from bandwright.errors import InputError
from bandwright.units import GRAVITY_M_S2

TRUE = MartinRothStiehler(80.0, 0.47)
REST_M = 2.08


def loop_readings(*stretches: float, law: MartinRothStiehler = TRUE, rest_m: float = REST_M) -> list[Reading]:
    """Perfect readings of a loop over two hooks."""
    return [Reading(0.5 * s * rest_m, 2.0 * float(law.tension_n(s)), strands=2) for s in stretches]


@given(st.floats(5.0, 500.0), st.floats(0.3, 0.7))
def test_perfect_readings_return_the_law(m_n: float, shape: float) -> None:
    """Without a prior, two perfect readings give the law they came from."""
    law = MartinRothStiehler(m_n, shape)
    fit = fit_band(loop_readings(1.5, 2.5, law=law), REST_M, FitOptions(prior_sd=math.inf, nudge=0.0))
    assert fit.law.m_n == pytest.approx(m_n, rel=1e-6)
    assert fit.law.a == pytest.approx(shape, abs=1e-6)
    assert fit.worst_residual < 1e-6
    assert fit.warnings == ()


def test_one_reading_keeps_the_usual_shape() -> None:
    """One reading fixes the stiffness; the shape stays at its prior and the rest length as measured."""
    fit = fit_band(loop_readings(2.0), REST_M)
    assert fit.law.a == pytest.approx(0.44)
    assert fit.rest_length_m == REST_M
    assert fit.law.tension_n(2.0) == pytest.approx(TRUE.tension_n(2.0), rel=1e-6)


def test_a_wrong_rest_length_is_moved_towards_the_true_one() -> None:
    """With four readings a rest length measured 2 % short is moved by more than half of the error."""
    fit = fit_band(loop_readings(1.2, 1.5, 2.0, 2.8), 0.98 * REST_M, FitOptions(prior_a=0.47, prior_sd=0.02))
    assert 0.99 * REST_M < fit.rest_length_m < 1.005 * REST_M


@pytest.mark.parametrize("factor", [0.8, 1.2])
def test_rest_length_never_leaves_its_nudge(factor: float) -> None:
    """However wrong the rest length is, the fit moves it by at most 3 %."""
    fit = fit_band(loop_readings(1.4, 1.6, 2.2), factor * REST_M)
    assert 1.0 / 1.03 - 1e-9 <= fit.rest_length_m / (factor * REST_M) <= 1.03 + 1e-9


def test_more_readings_narrow_the_spread() -> None:
    """Each further reading makes the fit surer, the proposed one at least as much as any other tried."""
    one = fit_band(loop_readings(2.0), REST_M)
    by_stretch = {s: fit_band(loop_readings(2.0, s), REST_M).force_spread for s in (1.3, 1.6, 2.0, 2.5)}
    proposed = fit_band(loop_readings(2.0, one.next_reading_stretch), REST_M).force_spread
    assert max(by_stretch.values()) < one.force_spread
    assert proposed <= 1.03 * min(by_stretch.values())
    assert one.next_reading_stretch <= 2.5


@pytest.mark.parametrize("taken", [1.3, 2.5])
def test_next_reading_lies_far_from_the_one_taken(taken: float) -> None:
    """The shape is learned from readings far apart."""
    assert abs(fit_band(loop_readings(taken), REST_M).next_reading_stretch - taken) > 0.7


def test_spread_is_least_near_the_readings() -> None:
    """Away from the readings the force is less sure."""
    fit = fit_band(loop_readings(2.0), REST_M)
    assert fit.spread(2.0) < fit.spread(1.25)
    assert fit.spread(2.0) < fit.spread(3.0)


def test_spread_agrees_with_repeated_readings() -> None:
    """The stated spread is the scatter of fits to readings with the stated errors, plus the law's own."""
    random = np.random.default_rng(7)
    options = FitOptions(prior_sd=math.inf, nudge=0.0, scale_sd=0.02, length_sd_m=0.0)
    readings = loop_readings(1.5, 2.0, 2.5)
    scale = math.hypot(0.02, 0.011)
    forces = []
    for _ in range(300):
        noise = np.exp(scale * random.standard_normal(3))
        shaken = [Reading(r.length_m, r.force_n * n, 2) for r, n in zip(readings, noise, strict=True)]
        forces.append(fit_band(shaken, REST_M, options).law.tension_n([1.3, 2.0, 3.0]))
    scatter = np.std(np.log(forces), axis=0)
    stated = fit_band(readings, REST_M, options).spread([1.3, 2.0, 3.0])
    np.testing.assert_allclose(np.hypot(scatter, 0.011), stated, rtol=0.12)


def test_a_reading_that_does_not_fit_asks_for_another() -> None:
    """A reading 25 % off is named and a further one is asked for."""
    first, second, third = loop_readings(1.5, 2.0, 2.5)
    fit = fit_band([first, Reading(second.length_m, 1.25 * second.force_n, 2), third], REST_M)
    assert fit.worst_residual > 0.05
    (warning,) = fit.warnings
    assert warning.path == "readings[1]"
    assert "another reading" in str(warning)


def test_all_bad_readings_are_listed() -> None:
    """Every problem of every row is told at once."""
    readings = [
        Reading(0.9, 20.0, 2),
        Reading(1.5, -3.0, 2),
        Reading(3.5, 200.0, 2),
        Reading(math.nan, math.nan, 2),
        Reading(1.5, 40.0, 0),
    ]
    with pytest.raises(InputError) as caught:
        fit_band(readings, REST_M)
    assert [problem.path for problem in caught.value.problems] == [
        "readings[0].length_m",
        "readings[1].force_n",
        "readings[2].length_m",
        "readings[3].force_n",
        "readings[3].length_m",
        "readings[4].strands",
    ]
    assert all(problem.allowed and problem.hint for problem in caught.value.problems)


@pytest.mark.parametrize("rest_m", [0.0, -1.0, math.nan, math.inf])
def test_bad_rest_length_is_refused(rest_m: float) -> None:
    """A rest length that is not a positive length is refused."""
    with pytest.raises(InputError, match="rest length"):
        fit_band(loop_readings(2.0), rest_m)


def test_no_readings_are_refused() -> None:
    """Nothing cannot be fitted."""
    with pytest.raises(InputError, match="No scale reading"):
        fit_band([], REST_M)


def test_one_reading_without_a_prior_is_refused() -> None:
    """One number cannot give two."""
    with pytest.raises(InputError, match="One reading"):
        fit_band(loop_readings(2.0), REST_M, FitOptions(prior_sd=math.inf))


def test_a_curve_that_flattens_is_refused() -> None:
    """Readings that no rubber gives are refused with a way out."""
    flat = [Reading(1.3, 10.0), Reading(2.0, 11.0), Reading(2.8, 11.5)]
    with pytest.raises(InputError, match="table law"):
        fit_band(flat, 1.0, FitOptions(prior_sd=math.inf))


def test_scale_units() -> None:
    """A luggage scale shows kilograms; an unknown unit is answered with the known ones."""
    assert scale_reading(1.5, 10.0, "kg").force_n == pytest.approx(10.0 * GRAVITY_M_S2)
    assert scale_reading(1.5, 10.0, "lb").force_n == pytest.approx(44.48, abs=0.01)
    with pytest.raises(InputError, match="kg"):
        scale_reading(1.5, 10.0, "kgs")


def test_measured_band_pulls_as_it_was_read() -> None:
    """A band made from readings gives those readings back when it is rigged the same way."""
    readings = loop_readings(1.5, 2.5)
    fit: Fit = fit_band(readings, REST_M)
    band = measured_band(fit, id="own", name="My loop", kind="loop")
    rigged = rig(band, "single", split=False)
    for reading in readings:
        assert rigged.force_n(reading.length_m) == pytest.approx(reading.force_n, rel=0.01)
    assert band.confidence == "measured"
    assert band.measured_to_stretch == pytest.approx(2.5, rel=0.01)
    assert 0.01 < band.force_spread < 0.06
