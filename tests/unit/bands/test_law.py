"""Strand laws at known points and with unusable figures."""

from __future__ import annotations

import math

import numpy as np
import pytest

from bandwright.bands import MartinRothStiehler
from bandwright.bands.inverse import invert_rising
from bandwright.errors import InputError, SolverError


def test_tension_at_twice_the_length() -> None:
    """At 100 % elongation T = M exp(1.5 A) / 4 (MRS)."""
    assert MartinRothStiehler(100.0, 0.44).tension_n(2.0) == pytest.approx(25.0 * math.exp(0.66))


def test_energy_agrees_with_a_fine_sum() -> None:
    """The quadrature agrees with a trapezoid sum of 200 000 steps."""
    law, grid = MartinRothStiehler(90.0, 0.5), np.linspace(1.0, 3.5, 200_001)
    assert law.energy_n(3.5) == pytest.approx(np.trapezoid(law.tension_n(grid), grid), rel=1e-9)


def test_shapes_are_kept() -> None:
    """A grid of stretches gives a grid of tensions, and back."""
    law, grid = MartinRothStiehler(90.0, 0.5), np.linspace(1.1, 3.0, 6).reshape(2, 3)
    assert law.tension_n(grid).shape == law.energy_n(grid).shape == (2, 3)
    np.testing.assert_allclose(law.stretch(law.tension_n(grid)), grid, rtol=1e-10)


def test_not_a_number_stays_so() -> None:
    """Missing values pass through."""
    law = MartinRothStiehler(90.0, 0.5)
    assert np.isnan(law.tension_n(math.nan))
    assert np.isnan(law.stretch([1.0, math.nan])[1])


@pytest.mark.parametrize(
    ("m_n", "shape", "problems"),
    [
        (0.0, 0.44, 1),
        (-5.0, 0.44, 1),
        (math.nan, 0.44, 1),
        (50.0, 0.19, 1),
        (50.0, math.inf, 1),
        (0.0, 0.1, 2),
    ],
)
def test_impossible_laws_are_refused(m_n: float, shape: float, problems: int) -> None:
    """Each unusable figure is told, with what is allowed."""
    with pytest.raises(InputError) as caught:
        MartinRothStiehler(m_n, shape)
    assert len(caught.value.problems) == problems
    assert all(problem.allowed and problem.hint for problem in caught.value.problems)


def test_a_force_never_reached_is_a_solver_error() -> None:
    """A function that levels off is reported, not looped over for ever."""
    with pytest.raises(SolverError, match="never reached"):
        invert_rising(lambda x: (1.0 - np.exp(-x), np.exp(-x)), 2.0, low=0.0, width=1.0)


def test_a_bend_that_traps_newton_is_solved() -> None:
    """Steps that would go back and forth across a steep bend for ever give way to halving."""
    # Newton on arctan diverges or cycles beyond about 1.39 from its middle.
    offset, low = 3.0, 0.0
    base = np.arctan(low - offset)
    found = invert_rising(
        lambda x: (np.arctan(x - offset) - base, 1.0 / (1.0 + (x - offset) ** 2)), [0.1, -base, 2.6], low, 1.0
    )
    np.testing.assert_allclose(np.arctan(found - offset) - base, [0.1, -base, 2.6], rtol=1e-9)
