"""Laws that hold for every band, rig and combination."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bandwright.bands import (
    Band,
    MartinRothStiehler,
    RigKind,
    Spring,
    StrandLaw,
    TableLaw,
    mini_band_path_m,
    mini_band_pull_n,
    parallel,
    rig,
    series,
)

STEP = 1e-6

formula_laws = st.builds(MartinRothStiehler, m_n=st.floats(5.0, 2000.0), a=st.floats(0.2, 1.0))


@st.composite
def table_laws(draw: st.DrawFn) -> TableLaw:
    """Rising tables of two to six points."""
    steps = st.lists(st.tuples(st.floats(0.1, 0.6), st.floats(1.0, 40.0)), min_size=2, max_size=6)
    widths, rises = np.array(draw(steps)).T
    return TableLaw(1.0 + np.cumsum(widths), np.cumsum(rises))


laws: st.SearchStrategy[StrandLaw] = st.one_of(formula_laws, table_laws())
stretches = st.floats(1.01, 3.5)


@st.composite
def bands(draw: st.DrawFn) -> Band:
    """Loops and open bands of any law and length."""
    return Band("b", "b", "", draw(st.sampled_from(("loop", "tube"))), draw(laws), draw(st.floats(0.3, 3.0)))


@st.composite
def rigged(draw: st.DrawFn) -> Spring:
    """A band used in one of its plain ways."""
    band = draw(bands())
    kinds: tuple[RigKind, ...] = ("single", "hitched", "folded") if band.is_loop else ("strand", "folded")
    count = draw(st.integers(1, 3))
    return rig(band, draw(st.sampled_from(kinds)), split=draw(st.booleans()), count=count)


@st.composite
def springs(draw: st.DrawFn) -> Spring:
    """A rigged band, or two of them side by side or end to end."""
    how = draw(st.sampled_from(("alone", "parallel", "series")))
    first = draw(rigged())
    if how == "alone":
        return first
    pair = (first, draw(rigged()))
    return parallel(pair) if how == "parallel" else series(pair)


@given(laws, st.floats(-1.0, 1.0))
def test_slack_strand_does_not_pull(law: StrandLaw, stretch: float) -> None:
    """No tension and no energy up to the rest length."""
    assert law.tension_n(stretch) == 0.0
    assert law.energy_n(stretch) == 0.0
    assert stretch == 1.0 or law.stiffness_n(stretch) == 0.0


@given(laws, stretches, st.floats(1e-3, 1.0))
def test_tension_rises(law: StrandLaw, stretch: float, more: float) -> None:
    """A longer strand always pulls harder."""
    assert law.tension_n(stretch + more) > law.tension_n(stretch) > 0.0


@given(laws, stretches)
def test_stiffness_is_the_slope_of_tension(law: StrandLaw, stretch: float) -> None:
    """Stiffness = dT/dλ."""
    slope = (law.tension_n(stretch + STEP) - law.tension_n(stretch - STEP)) / (2.0 * STEP)
    # At the knots of a table the second derivative jumps, so the difference is only first order there.
    assert law.stiffness_n(stretch) == pytest.approx(slope, rel=1e-3, abs=1e-3)


@given(formula_laws)
def test_initial_stiffness_is_m(law: MartinRothStiehler) -> None:
    """At rest length the slope of the formula is M (MRS)."""
    assert law.stiffness_n(1.0) == pytest.approx(law.m_n, rel=1e-12)
    assert law.tension_n(1.0 + STEP) / STEP == pytest.approx(law.m_n, rel=1e-5)


@given(laws, stretches)
def test_tension_is_the_slope_of_energy(law: StrandLaw, stretch: float) -> None:
    """T = dE/dλ."""
    slope = (law.energy_n(stretch + STEP) - law.energy_n(stretch - STEP)) / (2.0 * STEP)
    assert slope == pytest.approx(law.tension_n(stretch), rel=1e-4, abs=1e-4)


@given(laws, st.lists(stretches, min_size=1, max_size=5))
def test_inverse_returns_the_stretch(law: StrandLaw, given_stretches: list[float]) -> None:
    """The stretch of the tension of a stretch is that stretch."""
    np.testing.assert_allclose(law.stretch(law.tension_n(given_stretches)), given_stretches, rtol=1e-9)


@given(laws, st.floats(max_value=0.0, allow_infinity=False))
def test_no_tension_means_rest_length(law: StrandLaw, tension_n: float) -> None:
    """A strand that does not pull is at its rest length."""
    assert law.stretch(tension_n) == 1.0


@given(laws, st.lists(stretches, min_size=1, max_size=5))
def test_arrays_agree_with_scalars(law: StrandLaw, given_stretches: list[float]) -> None:
    """A method over an array gives what it gives for each element."""
    for method in (law.tension_n, law.stiffness_n, law.energy_n):
        np.testing.assert_allclose(
            method(given_stretches), [float(method(s)) for s in given_stretches], rtol=1e-12
        )


@given(springs(), st.floats(1.02, 2.5))
def test_force_is_the_slope_of_energy(spring: Spring, ratio: float) -> None:
    """F = dE/dx for every rig and combination."""
    length, step = ratio * spring.rest_length_m, STEP * spring.rest_length_m
    slope = (spring.energy_j(length + step) - spring.energy_j(length - step)) / (2.0 * step)
    assert slope == pytest.approx(spring.force_n(length), rel=1e-3, abs=1e-4)


@given(springs(), st.floats(1.02, 2.5))
def test_spring_stiffness_is_the_slope_of_force(spring: Spring, ratio: float) -> None:
    """k = dF/dx for every rig and combination."""
    length, step = ratio * spring.rest_length_m, STEP * spring.rest_length_m
    below = (spring.force_n(length) - spring.force_n(length - step)) / step
    above = (spring.force_n(length + step) - spring.force_n(length)) / step
    low, high = sorted((float(below), float(above)))
    slack = 1e-3 * high + 1e-3
    assert low - slack <= spring.stiffness_n_m(length) <= high + slack


@given(springs(), st.floats(1.02, 2.5))
def test_length_and_force_are_inverse(spring: Spring, ratio: float) -> None:
    """The length of the force at a length is that length."""
    length = ratio * spring.rest_length_m
    assert spring.length_m(spring.force_n(length)) == pytest.approx(length, rel=1e-8)


@given(springs(), st.floats(0.0, 1.0))
def test_slack_spring_does_nothing(spring: Spring, ratio: float) -> None:
    """No force and no energy up to the rest length."""
    length = 0.999999 * ratio * spring.rest_length_m
    assert spring.force_n(length) == 0.0
    assert spring.energy_j(length) == 0.0
    assert spring.stiffness_n_m(length) == 0.0


@given(rigged(), rigged(), st.floats(0.2, 3.0))
def test_parallel_adds_forces(first: Spring, second: Spring, length_m: float) -> None:
    """Side by side, forces, stiffnesses and energies add."""
    both = parallel((first, second))
    assert both.force_n(length_m) == pytest.approx(first.force_n(length_m) + second.force_n(length_m))
    assert both.energy_j(length_m) == pytest.approx(first.energy_j(length_m) + second.energy_j(length_m))


@given(rigged(), st.floats(1.01, 2.5))
def test_two_equal_in_series_are_half_as_stiff(one: Spring, ratio: float) -> None:
    """Two equal springs end to end: the same force, half the stiffness, twice the energy."""
    length, chain = ratio * one.rest_length_m, series((one, one))
    assert chain.force_n(2.0 * length) == pytest.approx(one.force_n(length), rel=1e-7)
    assert chain.stiffness_n_m(2.0 * length) == pytest.approx(0.5 * one.stiffness_n_m(length), rel=1e-5)
    assert chain.energy_j(2.0 * length) == pytest.approx(2.0 * one.energy_j(length), rel=1e-7)


@given(rigged(), rigged(), st.floats(1.05, 2.5))
def test_series_members_carry_one_force(first: Spring, second: Spring, ratio: float) -> None:
    """End to end, both members carry the force of the chain and their lengths add up."""
    chain = series((first, second))
    length = ratio * chain.rest_length_m
    parts = chain.member_lengths_m(length)
    assert sum(parts) == pytest.approx(length, rel=1e-9)
    for member, part in zip((first, second), parts, strict=True):
        assert member.force_n(part) == pytest.approx(chain.force_n(length), rel=1e-7)


@given(bands(), st.booleans(), st.floats(1.01, 2.5))
def test_folding_doubles_force_and_quadruples_stiffness(band: Band, split: bool, ratio: float) -> None:  # noqa: FBT001
    """At equal stretch a fold doubles the force and quadruples the stiffness."""
    plain = rig(band, "single" if band.is_loop else "strand", split=split)
    folded = rig(band, "folded", split=split)
    assert folded.rest_length_m == pytest.approx(0.5 * plain.rest_length_m)
    at_plain, at_folded = ratio * plain.rest_length_m, ratio * folded.rest_length_m
    assert folded.force_n(at_folded) == pytest.approx(2.0 * plain.force_n(at_plain), rel=1e-9)
    assert folded.stiffness_n_m(at_folded) == pytest.approx(4.0 * plain.stiffness_n_m(at_plain), rel=1e-6)


@given(bands(), st.floats(1.01, 2.5), st.integers(2, 4))
def test_rig_series_agrees_with_combined_springs(band: Band, ratio: float, count: int) -> None:
    """The short cut for equal bands end to end gives what the general chain gives."""
    one = rig(band, "single" if band.is_loop else "strand", split=False)
    short, general = rig(band, "series", split=False, count=count), series((one,) * count)
    length = ratio * general.rest_length_m
    assert short.force_n(length) == pytest.approx(general.force_n(length), rel=1e-7)


@given(bands(), st.floats(0.0, 0.06), st.floats(0.0, 0.06), st.floats(0.13, 0.6))
def test_mini_band_pull_is_the_slope_of_its_energy(
    band: Band, radius: float, other: float, apart: float
) -> None:
    """Virtual work: the pull between the limbs is the slope of stored energy by their distance."""

    def energy_j(spacing_m: float) -> float:
        path = mini_band_path_m(spacing_m, radius, other)
        return float(band.rest_length_m * band.law.energy_n(path / band.rest_length_m))

    slope = (energy_j(apart + STEP) - energy_j(apart - STEP)) / (2.0 * STEP)
    assert mini_band_pull_n(band, apart, radius, other) == pytest.approx(slope, rel=1e-3, abs=1e-3)
