"""Lifts that are swung past their weak place."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bandwright.curves.momentum import FASTEST_M_S, Pull, momentum_effort

POSES = 51
UP = np.column_stack([np.zeros(POSES), np.zeros(POSES), np.linspace(0.0, 0.5, POSES)])
strengths = st.lists(st.floats(20.0, 400.0), min_size=POSES, max_size=POSES).map(np.array)


def effort(strength: np.ndarray, load_n: float = 100.0, mass_kg: float = 100.0 / 9.80665) -> float:
    """Of a weight lifted straight up by half a metre."""
    load = np.full(POSES, load_n)
    return momentum_effort(Pull(load, load, UP, mass_kg), np.asarray(strength, dtype=float))


@given(strength=strengths)
def test_swinging_is_never_harder_than_holding(strength: np.ndarray) -> None:
    """Between the effort of the mean strength, which energy alone allows, and that of the weakest place."""
    middle = (strength[1:] + strength[:-1]) / 2
    found = effort(strength)
    assert 100.0 / middle.mean() - 1e-9 <= found <= 100.0 / middle.min() + 1e-9


@given(strength=strengths)
def test_without_mass_the_weakest_place_decides(strength: np.ndarray) -> None:
    """A band stores nothing: every piece of the way must be paid for at once."""
    weakest = ((strength[1:] + strength[:-1]) / 2).min()
    assert effort(strength, mass_kg=0.0) == pytest.approx(100.0 / weakest)


@given(strength=strengths, factor=st.floats(0.1, 10.0))
def test_effort_grows_as_the_load(strength: np.ndarray, factor: float) -> None:
    """Twice the load and mass is twice the effort."""
    plain = effort(strength)
    heavier = effort(strength, 100.0 * factor, factor * 100.0 / 9.80665)
    assert heavier == pytest.approx(factor * plain, rel=1e-6)


def test_a_weak_end_is_passed_with_the_energy_of_the_fastest_speed() -> None:
    """By hand: strong to half-way, then nothing: a weight thrown up at the fastest speed v rises by v²/2g."""
    rise = FASTEST_M_S**2 / (2 * 9.80665)
    height = np.linspace(0.0, 0.25 + rise, 2001)
    way = np.column_stack([0 * height, 0 * height, height])
    load, mass = np.full(2001, 100.0), 100.0 / 9.80665
    strength = np.where(height < 0.25, 1000.0, 0.0)
    assert momentum_effort(Pull(load, load, way, mass), strength) < 1.0 + 0.02
    longer = way * (0.25 + 1.1 * rise) / (0.25 + rise)
    longer[:, 2] = np.where(height < 0.25, height, 0.25 + (height - 0.25) * 1.1)
    assert momentum_effort(Pull(load, load, longer, mass), strength) > 10.0


def test_a_load_that_only_helps_costs_nothing() -> None:
    """Where nothing resists there is no effort."""
    load = np.full(POSES, 50.0)
    assert momentum_effort(Pull(load, -load, UP, 5.0), load) == 0.0
