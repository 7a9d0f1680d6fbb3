"""Measures drawn from the curves."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bandwright.curves import coach_curve, effort_of, measured_curve, muscle_doses, repetitions
from bandwright.curves.arm import GREATEST_EFFORT
from bandwright.curves.measures import evenness, underloaded

PHASE = np.linspace(0.0, 1.0, 51)
efforts = st.lists(st.floats(0.01, 2.0), min_size=5, max_size=60).map(np.array)


@given(effort=efforts, factor=st.floats(0.1, 5.0))
def test_evenness_is_a_shape(effort: np.ndarray[tuple[int], np.dtype[np.float64]], factor: float) -> None:
    """Evenness lies in (0, 1], is 1 for a constant effort and does not change with the size of the load."""
    assert 0 < evenness(effort) <= 1 + 1e-12
    assert evenness(factor * effort) == pytest.approx(evenness(effort))
    assert evenness(np.full(7, factor)) == pytest.approx(1.0)


def test_slack_is_neither_even_nor_loaded() -> None:
    """A load that is slack everywhere is uneven and underloaded throughout."""
    nothing = np.zeros(51)
    assert evenness(nothing) == 0.0
    assert underloaded(nothing) == 1.0


def test_underloaded_counts_poses_under_half_the_peak() -> None:
    """A ramp from nothing idles for half of its way."""
    assert underloaded(np.linspace(0.0, 1.0, 101)) == pytest.approx(0.5, abs=0.01)


def test_effort_edges() -> None:
    """Slack is no effort; no strength is the greatest effort counted."""
    load, strength = np.array([0.0, 50.0, 50.0]), np.array([0.0, 100.0, 0.0])
    assert effort_of(load, strength) == pytest.approx([0.0, 0.5, GREATEST_EFFORT])


@given(effort=st.floats(0.05, 0.99))
def test_repetitions_fall_with_effort(effort: float) -> None:
    """Epley's formula read backwards: load = 1RM / (1 + reps / 30)."""
    reps = repetitions(effort)
    assert reps >= repetitions(min(effort * 1.1, 1.0))
    if reps < 50:
        assert 1.0 / (1.0 + reps / 30.0) == pytest.approx(effort)


def test_no_repetition_beyond_strength() -> None:
    """What cannot be held cannot be repeated."""
    assert repetitions(1.0) == 0.0
    assert repetitions(3.0) == 0.0


def test_coach_curve_has_the_coachs_shape_and_our_size() -> None:
    """Strongest at the start, weakest in the middle, a little stronger at the end; the computed mean kept."""
    curve = coach_curve(np.full(51, 200.0), PHASE)
    assert curve.mean() == pytest.approx(200.0)
    assert curve[0] == curve.max()
    assert 20 < int(np.argmin(curve)) < 40
    assert curve.min() < curve[-1] < curve[0]


def test_measured_curve_passes_through_the_pulls() -> None:
    """The person's pulls are met exactly and the curve stays level beyond them."""
    curve = measured_curve([(0.8, 150.0), (0.1, 300.0), (0.5, 200.0)], np.array([0.0, 0.1, 0.5, 0.8, 1.0]))
    assert curve == pytest.approx([300.0, 300.0, 200.0, 150.0, 150.0])


def test_dose_by_fibre_length() -> None:
    """A muscle that works only when short has its dose in the short third."""
    fibre = np.linspace(1.2, 0.6, 51)
    activation = np.where(fibre < 0.75, 0.8, 0.0)
    (dose,) = muscle_doses(activation[None, :], fibre[None, :])
    assert dose.shortened > 0.5
    assert dose.lengthened == 0.0
    assert dose.mean == pytest.approx(activation.mean())
