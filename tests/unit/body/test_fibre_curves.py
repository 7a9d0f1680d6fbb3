"""Force–length and force–velocity curves: their laws, and figures worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bandwright.body.fibre_curves import (
    GREATEST_LENGTHENING_FORCE,
    active_force_length,
    force_velocity,
    passive_force_length,
)

lengths = st.floats(0.0, 3.0)
speeds = st.floats(-2.0, 20.0)


def at(value: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """One value as an array."""
    return np.array([value])


def test_active_force_is_greatest_at_the_optimum() -> None:
    """A fibre is strongest at its optimum and symmetric about it."""
    assert active_force_length(at(1.0)) == pytest.approx(1.0)
    assert active_force_length(at(0.6)) == pytest.approx(active_force_length(at(1.4)))
    assert active_force_length(at(0.5))[0] == pytest.approx(np.exp(-0.25 / 0.45))


def test_passive_force_by_hand() -> None:
    """At 1.3 of the optimum (e^2.5 - 1) / (e^5 - 1) = 11.1825 / 147.4132; the full stress at 1.6 (Thelen2003)."""
    assert passive_force_length(at(1.3))[0] == pytest.approx(0.075858, abs=1e-6)
    assert passive_force_length(at(1.6))[0] == pytest.approx(1.0)


@given(length=st.floats(0.0, 1.0))
def test_short_fibres_do_not_pull(length: float) -> None:
    """Up to the optimum relaxed fibres are slack."""
    assert passive_force_length(at(length))[0] == 0.0


@given(first=lengths, second=lengths)
def test_passive_force_grows_with_length(first: float, second: float) -> None:
    """The longer, the harder it pulls, without a jump where the tangent begins."""
    short, long = sorted((first, second))
    gap = passive_force_length(at(long))[0] - passive_force_length(at(short))[0]
    steepest = 5.0 / 0.6 * np.exp(5.0) / np.expm1(5.0)
    assert 0.0 <= gap <= steepest * (long - short) + 1e-12


def test_force_velocity_by_hand() -> None:
    """0.9 / 1.4 at a tenth of the fastest shortening, 1.8 / 1.4 at as much lengthening (Thelen2003)."""
    assert force_velocity(at(0.0))[0] == 1.0
    assert force_velocity(at(-0.1))[0] == pytest.approx(0.9 / 1.4)
    assert force_velocity(at(0.1))[0] == pytest.approx(1.8 / 1.4)


@given(first=speeds, second=speeds)
def test_the_faster_a_fibre_shortens_the_less_it_gives(first: float, second: float) -> None:
    """Nothing at the fastest shortening or beyond, never the plateau, and monotone between."""
    slow, fast = sorted((first, second))
    less, more = force_velocity(at(slow))[0], force_velocity(at(fast))[0]
    assert 0.0 <= less <= more < GREATEST_LENGTHENING_FORCE
    assert (less == 0.0) == (slow <= -1.0)


@given(speed=st.floats(-0.9, 5.0))
def test_force_velocity_inverts_to_the_published_form(speed: float) -> None:
    """At full activation and optimal length v = (F - 1) / b, with b for shortening and lengthening (Thelen2003)."""
    force = force_velocity(at(speed))[0]
    shortening = 1.0 + force / 0.25
    lengthening = (2.0 + 2.0 / 0.25) * (1.4 - force) / (1.4 - 1.0)
    assert (force - 1.0) / (shortening if force <= 1.0 else lengthening) == pytest.approx(speed, abs=1e-9)
