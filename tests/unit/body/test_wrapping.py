"""Shortest paths over one surface, against closed forms and a brute-force search."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from bandwright.body.wrapping.curved import CLEAR, Bend, cylinder, sphere, way_round
from bandwright.body.wrapping.ellipsoid import ANGLE, APPROXIMATED, ellipsoid
from bandwright.body.wrapping.surfaces import KEPT
from bandwright.body.wrapping.vectors import Triple

Array = np.ndarray[Any, np.dtype[np.float64]]

HARD = (0.0, 0.0)
"""A cylinder that shrinks to its ends at once."""


def _triple(at: Array) -> Triple:
    return (float(at[0]), float(at[1]), float(at[2]))


def _over(p: Array, q: Array, radii: Array, kept: Array | None = None) -> Bend:
    """The path over an ellipsoid, from nothing or from what was kept (1, KEPT)."""
    return ellipsoid(_triple(p), _triple(q), _triple(radii), np.zeros((1, KEPT)) if kept is None else kept, 0)


def _total(p: Array, q: Array, bend: Bend) -> float:
    arc, first, last, _ = bend
    return float(np.linalg.norm(first - p) + arc + np.linalg.norm(last - q))


def test_path_over_a_sphere_has_the_textbook_length() -> None:
    """Ends at twice the radius, 170 degrees apart: two tangents of sqrt(3) and an arc of 50 degrees."""
    apart = math.radians(170.0)
    p, q = np.array([2.0, 0.0, 0.0]), np.array([2.0 * math.cos(apart), 0.0, 2.0 * math.sin(apart)])
    bend = sphere(_triple(p), _triple(q), 1.0)
    assert _total(p, q, bend) == pytest.approx(2 * math.sqrt(3) + math.radians(50.0), abs=1e-9)


def test_a_cylinder_path_keeps_to_its_side() -> None:
    """Two ends above the axis go round below it when they must, and straight when they need not."""
    p, q = (-2.0, 1.5, 0.0), (2.0, 1.5, 0.0)
    assert cylinder(p, q, (1.0, 10.0), 0, HARD)[0] == CLEAR
    arc, first, last, _ = cylinder(p, q, (1.0, 10.0), way_round(p, q), HARD)
    assert arc > 0.0
    assert max(first[1], last[1]) < 0.0


def test_a_round_ellipsoid_is_a_sphere() -> None:
    """With equal radii the geodesic solver finds the great circle."""
    generator = np.random.default_rng(3)
    for _ in range(20):
        p = generator.normal(size=3)
        p *= 1.5 / np.linalg.norm(p)
        q = -p + 0.3 * generator.normal(size=3)
        found, expected = _over(p, q, np.ones(3)), sphere(_triple(p), _triple(q), 1.0)
        assert _total(p, q, found) == pytest.approx(_total(p, q, expected), abs=1e-4)


def test_an_ellipsoid_path_is_no_longer_than_any_plane_section() -> None:
    """Hulls of 300 plane sections through both ends: none is shorter, the best is within one percent."""
    radii = np.array([0.0765, 0.174, 0.075])
    p, q = np.array([-0.11, 0.05, 0.02]), np.array([0.1, -0.02, 0.06])
    ours = _total(p, q, _over(p, q, radii))
    sections = [_section(p, q, radii, angle) for angle in np.linspace(0.0, 2 * math.pi, 300)]
    assert ours <= min(sections) + 1e-6
    assert ours >= 0.99 * min(sections)


def _section(p: Array, q: Array, radii: Array, angle: float) -> float:
    """Length of the taut string from p to q within one plane through both, on one side of the ellipsoid."""
    way = (q - p) / np.linalg.norm(q - p)
    across = np.cross(way, [0.0, 0.0, 1.0])
    across /= np.linalg.norm(across)
    up = math.cos(angle) * across + math.sin(angle) * np.cross(way, across)
    steps = np.linspace(0.0, 1.0, 1500) * np.linalg.norm(q - p)
    base = p + np.multiply.outer(steps, way)
    a, b = ((up / radii) ** 2).sum(), (base * up / radii**2).sum(axis=1)
    inside = b**2 - a * (((base / radii) ** 2).sum(axis=1) - 1)
    height = np.where(inside > 0.0, (-b + np.sqrt(np.maximum(inside, 0.0))) / a, 0.0)
    return _taut(steps, np.maximum(height, 0.0))


def _taut(x: Array, y: Array) -> float:
    """Length of the upper hull of a curve."""
    hull: list[tuple[float, float]] = []
    for point in zip(x, y, strict=True):
        while len(hull) > 1 and _left(hull[-2], hull[-1], point):
            hull.pop()
        hull.append(point)
    return float(np.linalg.norm(np.diff(np.array(hull), axis=0), axis=1).sum())


def _left(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> bool:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) >= 0.0


@pytest.mark.parametrize(
    "radii", [(0.0765, 0.174, 0.075), (0.0359, 0.0853, 0.0289), (0.0354, 0.0207, 0.0312)]
)
def test_a_path_over_an_ellipsoid_is_taut(radii: tuple[float, float, float]) -> None:
    """At 200 random pairs of ends: moving an end changes the length by the pull along its tangent, and no more."""
    generator, size = np.random.default_rng(5), np.array(radii)
    seen = 0
    while seen < 200:
        p, q = (_outside(generator, size) for _ in range(2))
        bend = _over(p, q, size, kept := np.zeros((1, KEPT)))
        if bend[0] == CLEAR or kept[0, APPROXIMATED] > 0:
            continue
        if abs(kept[0, ANGLE]) > 0.5:
            continue  # ends on opposite sides, where two ways are about as long
        seen += 1
        way = generator.normal(size=3)
        ends = []
        for sign in (1.0, -1.0):
            moved = p + sign * 1e-6 * way
            ends.append(_total(moved, q, _over(moved, q, size, kept.copy())))
        slope, tangent = (ends[0] - ends[1]) / 2e-6, (p - bend[1]) / np.linalg.norm(p - bend[1])
        assert slope == pytest.approx(float(tangent @ way), abs=1e-3)
        np.testing.assert_allclose(((np.array(bend[1:3]) / size) ** 2).sum(axis=1), 1.0, rtol=0, atol=1e-4)


def _outside(generator: np.random.Generator, radii: Array) -> Array:
    direction = generator.normal(size=3)
    return np.asarray(direction / np.linalg.norm(direction) * generator.uniform(1.1, 2.0) * radii)


def test_a_cylinder_path_stays_continuous_when_an_end_dips_in() -> None:
    """As one end sinks from above the surface to below it, the length changes in step with it."""
    p, lengths = np.array([-3.0, 0.5, 0.0]), []
    depths = np.linspace(1.2, 0.8, 401)
    for away in depths:
        q = np.array([away, 0.2 * away, 1.0])
        bend = cylinder(_triple(p), _triple(q), (1.0, 10.0), way_round(_triple(p), _triple(q)), HARD)
        lengths.append(_total(p, q, bend) if bend[0] != CLEAR else float(np.linalg.norm(p - q)))
    assert np.abs(np.diff(lengths)).max() <= 5 * abs(depths[1] - depths[0])


def test_a_cylinder_that_shrinks_softly_pulls_on_without_a_step() -> None:
    """As an end sinks in, the length's slope has no step: it is what the last straight piece and the growth pull."""
    p, heights = np.array([-3.0, 0.5, 0.0]), np.linspace(1.06, 0.94, 4801)
    lengths, straight, gains = [], [], []
    for away in heights:
        q = np.array([away, 0.0, 1.0])
        bend = cylinder(_triple(p), _triple(q), (1.0, 10.0), 1, (0.02, 0.02))
        lengths.append(_total(p, q, bend))
        straight.append((q - bend[2])[0] / np.linalg.norm(q - bend[2]))
        gains.append(bend[3])
    assert gains[0] == 0.0
    assert gains[-1] < -1.0
    pulls = np.array(straight) - np.array(gains)
    assert np.abs(np.diff(pulls)).max() <= 60 * (heights[0] - heights[1])
    np.testing.assert_allclose(np.gradient(lengths, heights)[1:-1], pulls[1:-1], rtol=0, atol=1e-3)
