"""Screened figures against the same sums written out."""

from __future__ import annotations

import numpy as np
import pytest

from bandwright.errors import ModelError
from bandwright.numerics.arrays import FloatArray
from bandwright.recruitment.batch.pool import capacity_pool, spread_directions
from bandwright.recruitment.batch.pool_bounds import least_effort
from bandwright.search.kernels.screening import BandForces, Choices, HandPath, Space, screen
from tests.laws.test_capacity_pool import POSES, repetition_of

COUNT = 41


def hand() -> HandPath:
    """A straight pull, a little upwards."""
    phase = np.linspace(0.0, 1.0, POSES)[:, None]
    path = np.array([0.5, -0.2, 0.9]) + phase * np.array([-0.4, 0.0, 0.1])
    return HandPath(path, np.tile(np.array([-0.4, 0.0, 0.1]) / np.hypot(0.4, 0.1), (POSES, 1)))


def space(rng: np.random.Generator) -> tuple[FloatArray, FloatArray, BandForces, Choices]:
    """Anchors, fixed forces, bands and choices among them."""
    anchors = rng.normal(scale=0.5, size=(6, 3)) + np.array([1.5, 0.0, 0.0])
    fixed = rng.normal(scale=10.0, size=(3, POSES, 3))
    bands = BandForces(0.0, 0.05, np.cumsum(rng.uniform(0.0, 5.0, (4, 100)), axis=1))
    return anchors, fixed, bands, Choices(*(rng.integers(0, size, COUNT) for size in (4, 6, 3)))


def test_figures_are_the_sums_written_out() -> None:
    """Force by interpolation along the line to the anchor; efforts as the pool bounds them."""
    anchors, fixed, bands, choices = space(np.random.default_rng(0))
    path = hand()
    pool = capacity_pool(repetition_of(3, 0.1), spread_directions(8), grip=np.full(POSES, 300.0))
    found = screen(path, Space(anchors, fixed, bands), choices, pool=pool)
    line = anchors[choices.anchor][:, None] - path.path_m
    length = np.linalg.norm(line, axis=2)
    grid = np.arange(100) * bands.step_m
    tension = np.array(
        [np.interp(long, grid, bands.force_n[band]) for long, band in zip(length, choices.band, strict=True)]
    )
    force = fixed[choices.fixed] + (tension / length)[:, :, None] * line
    size = np.linalg.norm(force, axis=2)
    effort = least_effort(pool, force)
    np.testing.assert_allclose(found.peak_n, size.max(axis=1), rtol=1e-12)
    np.testing.assert_allclose(found.mean_n, size.mean(axis=1), rtol=1e-12)
    np.testing.assert_allclose(found.resisting_n, -np.einsum("bki,ki->b", force, path.motion) / POSES)
    np.testing.assert_allclose(found.peak_effort, effort.max(axis=1), rtol=1e-12)
    np.testing.assert_allclose(found.mean_effort, effort.mean(axis=1), rtol=1e-12)
    under = size < 0.5 * size.max(axis=1, keepdims=True)
    np.testing.assert_allclose(found.underloaded, under.mean(axis=1), atol=1e-12)


def test_without_a_pool_there_are_loads_only() -> None:
    """The same loads, and no effort."""
    anchors, fixed, bands, choices = space(np.random.default_rng(1))
    found = screen(hand(), Space(anchors, fixed, bands), choices, threads=1)
    assert np.all(found.peak_effort == 0.0)
    assert np.all(found.peak_n >= found.mean_n)


def test_what_is_outside_the_lists_is_refused() -> None:
    """Bands longer than their table, and bands that do not exist."""
    anchors, fixed, bands, choices = space(np.random.default_rng(2))
    with pytest.raises(ModelError, match="m long"):
        screen(hand(), Space(anchors + 10.0, fixed, bands), choices)
    with pytest.raises(ModelError, match="not among 0 … 3"):
        screen(hand(), Space(anchors, fixed, bands), Choices(choices.band + 4, choices.anchor, choices.fixed))
