"""The random numbers of a spread, whose parts they explain, and percentiles."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from bandwright.curves.spread import (
    CAUSES,
    DRAWS,
    AtSomePoses,
    Cause,
    begin_between,
    draw,
    percentiles,
    shares,
)
from bandwright.curves.spread.variants import over_phase

COUNTS: dict[Cause, int] = {"band": 2, "strength": 5, "body": 3, "scapula": 1}


def test_every_column_takes_each_likely_value_once() -> None:
    """A column holds one value of each of so many equally likely parts of the normal distribution."""
    found = draw(COUNTS)
    assert found.values.shape == (DRAWS, 11)
    for column in found.values.T:
        assert np.sort(column) == pytest.approx(np.sort(found.values[:, 0]))
    assert found.values.mean(axis=0) == pytest.approx(0.0, abs=1e-12)
    assert found.values.std(axis=0) == pytest.approx(1.0, abs=0.02)


def test_columns_do_not_go_together() -> None:
    """Columns correlate less than independent ones of two hundred would by chance: those by 0.07."""
    found = draw(COUNTS).values
    together = np.abs(np.corrcoef(found.T) - np.eye(found.shape[1]))
    assert together.max() < 1 / np.sqrt(DRAWS)


def test_the_same_seed_gives_the_same_numbers() -> None:
    """Nothing but the seed and the counts decides the numbers."""
    assert np.array_equal(draw(COUNTS).values, draw(COUNTS).values)
    assert not np.array_equal(draw(COUNTS).values, draw(COUNTS, seed=1).values)


@given(
    st.lists(st.floats(0.0, 2.0), min_size=4, max_size=4).filter(lambda sizes: sum(sizes) > 0.1),
)
def test_shares_are_those_of_a_linear_figure(sizes: list[float]) -> None:
    """Of a sum of independent parts each cause explains its part of the variance."""
    deviates = draw(COUNTS)
    parts = [size * deviates.of(cause).sum(axis=1) for size, cause in zip(sizes, CAUSES, strict=True)]
    found = shares(np.sum(parts, axis=0), deviates)
    variance = np.array([size**2 * COUNTS[cause] for size, cause in zip(sizes, CAUSES, strict=True)])
    assert list(found.values()) == pytest.approx(variance / variance.sum(), abs=0.05)


def test_nothing_explains_what_is_constant() -> None:
    """A figure that no draw changes has no causes."""
    assert set(shares(np.full(DRAWS, 3.0), draw(COUNTS)).values()) == {0.0}


def test_noise_is_nobodys_share() -> None:
    """What depends on none of the columns is explained by none, but for chance."""
    noise = np.random.default_rng(5).standard_normal(DRAWS)
    assert max(shares(noise, draw(COUNTS)).values()) < 0.06


def test_percentiles_are_those_of_numpy() -> None:
    """The quick percentiles agree with the general ones."""
    values = np.random.default_rng(2).standard_normal((3, 4, DRAWS))
    assert percentiles(values) == pytest.approx(np.percentile(values, [5, 50, 95], axis=-1))


DRAWN: dict[str, Callable[[NDArray[np.float64]], NDArray[np.float64]]] = {
    "all different": lambda values: values,
    "whole numbers": np.round,
    "many at a limit": lambda values: np.clip(values, -0.1, 0.4),
    "half of them alike": lambda values: np.where(np.arange(values.shape[-1]) % 2 > 0, values, 0.25),
    "all alike": np.zeros_like,
}


@pytest.mark.parametrize("kind", DRAWN)
@pytest.mark.parametrize("draws", [20, 33, DRAWS])
def test_percentiles_and_sums_between_poses_are_those_of_every_pose(kind: str, draws: int) -> None:
    """As if every draw were filled in at every pose, also where draws are equal: nothing is left to chance."""
    rng = np.random.default_rng(9)
    solved, weights = DRAWN[kind](rng.standard_normal((11, 3, draws))), rng.random((2, 51, 3))
    weights[0, ::3] = 0.0
    for nominal in (np.zeros((51, 3)), rng.standard_normal((51, 3))):
        apart = solved - nominal[::5, :, None]
        place = np.linspace(0.0, 10.0, 51)
        filled = nominal[:, :, None] + np.array(
            [[np.interp(place, np.arange(11), apart[:, r, d]) for d in range(draws)] for r in range(3)]
        ).transpose(2, 0, 1)
        filled = np.clip(filled, -0.5, 2.0)
        drawn = (
            AtSomePoses(solved, nominal, (-9.0, 9.0)),
            AtSomePoses(solved, nominal, (-0.5, 2.0), weights),
        )
        _, found = begin_between(drawn)()
        expected = np.percentile(filled, [5, 50, 95], axis=-1)
        np.testing.assert_allclose(found.percentiles, expected, rtol=0, atol=1e-12)
        sums = np.einsum("pkr,krd->prd", weights, filled)
        np.testing.assert_allclose(found.sums, sums, rtol=0, atol=1e-12)


def test_a_smooth_shift_is_smooth_between_its_poses() -> None:
    """A wave known at eleven phases is found again at all of them."""
    phase = np.linspace(0.0, 1.0, 51)
    wave = np.sin(2 * np.pi * np.linspace(0.0, 1.0, 11))
    assert over_phase(wave[None, :, None], phase)[0, :, 0] == pytest.approx(
        np.sin(2 * np.pi * phase), abs=0.02
    )
