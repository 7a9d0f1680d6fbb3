"""Linear programmes: answers that can be seen, and our simplex against HiGHS."""

from __future__ import annotations

import numpy as np
import pytest

from bandwright.numerics.arrays import FloatArray
from bandwright.numerics.boxed_programme import (
    Bench,
    Corner,
    Programme,
    bench_for,
    empty_corner,
    programme_for,
)
from bandwright.numerics.dual_simplex import INFEASIBLE, OPTIMAL, UNBOUNDED, keep
from bandwright.numerics.dual_simplex import solve as solve_by_lanes
from bandwright.numerics.lanes import lanewise_entry, made_up
from bandwright.numerics.lp import maximise_linear

INF = np.inf


@lanewise_entry
def solve_and_keep(one: Programme, corner: Corner, bench: Bench) -> int:
    """Solve from a corner, which moves along."""
    status = solve_by_lanes(one, corner, bench)
    keep(one, bench, corner)
    return status


def solve(
    rows: FloatArray, row_limits: FloatArray, limits: FloatArray, corner: Corner | None = None
) -> tuple[int, FloatArray, FloatArray]:
    """Status, point and row prices of raising the last column."""
    (r, n), last = rows.shape, made_up(rows.shape[1]) - 1
    one = programme_for(n, r)
    columns = [*range(n - 1), last]
    one.cells[:, columns], one.limits[:, columns] = rows, limits
    one.limits[:, last + 1 : last + 1 + r] = row_limits
    bench = bench_for(one)
    status = solve_and_keep(one, corner or empty_corner(one), bench)
    return status, bench.x.ravel()[columns], bench.gain.ravel()[last + 1 : last + 1 + r]


def random_programme(rng: np.random.Generator, *, whole: bool) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Two-sided rows around what a random point gives; whole numbers make corners coincide."""
    r, n = int(rng.integers(2, 8)), int(rng.integers(3, 15))
    rows = rng.normal(size=(r, n)) * 10.0 ** rng.uniform(-1.0, 1.0, size=(r, 1))
    lower, width = rng.uniform(-2.0, 0.0, n), rng.uniform(0.0, 3.0, n)
    if whole:
        rows, lower, width = np.round(rows), np.round(lower), np.round(width)
    centre = rows @ (lower + rng.random(n) * width)
    slack = rng.choice([0.0, 0.5, INF], size=(2, r))
    row_limits = np.stack([centre - slack[0], centre + slack[1]])
    return rows, row_limits, np.stack([lower, lower + width])


def test_highs_front_prices_a_pressing_row() -> None:
    """x + 2 y with x + y ≤ 4 and x ≥ 1: y takes all the rest, and room in the row is worth 2."""
    rows = np.array([[1.0, 1.0]])
    bounds = np.array([1.0, 0.0]), np.array([INF, INF])
    answer = maximise_linear(np.array([1.0, 2.0]), rows, (np.array([-INF]), np.array([4.0])), bounds)
    np.testing.assert_allclose(answer.x, [1.0, 3.0])
    assert answer.value == pytest.approx(7.0)
    assert answer.row_price[0] == pytest.approx(2.0)


def test_highs_front_reports_what_has_no_answer() -> None:
    """Neither a contradiction nor an open end counts as optimal."""
    rows, free = np.array([[1.0]]), (np.array([0.0]), np.array([INF]))
    nowhere = maximise_linear(np.ones(1), rows, (np.array([-INF]), np.array([-1.0])), free)
    endless = maximise_linear(np.ones(1), rows, (np.array([1.0]), np.array([INF])), free)
    assert nowhere.status == "infeasible"
    assert endless.status == "unbounded"


@pytest.mark.parametrize("whole", [False, True])
def test_simplex_finds_what_highs_finds(*, whole: bool) -> None:
    """Same maximum on 400 random programmes, many with coinciding corners; the price is that of the rows."""
    rng = np.random.default_rng(4)
    for _ in range(200):
        rows, row_limits, limits = random_programme(rng, whole=whole)
        objective = np.zeros(rows.shape[1])
        objective[-1] = 1.0
        best = maximise_linear(
            objective, rows, (row_limits[0], row_limits[1]), (limits[0], limits[1]), tolerance=1e-10
        )
        status, x, _ = solve(rows, row_limits, limits)
        assert best.optimal
        assert status == OPTIMAL
        assert x[-1] == pytest.approx(best.value, rel=1e-7, abs=1e-7)


def test_simplex_knows_a_contradiction() -> None:
    """Two rows that ask for opposite things."""
    rows = np.array([[1.0, 1.0, 0.0], [1.0, 1.0, 1.0]])
    row_limits = np.array([[3.0, -INF], [INF, 2.0]])
    assert solve(rows, row_limits, np.array([[0.0] * 3, [5.0] * 3]))[0] == INFEASIBLE


def test_simplex_knows_an_open_end() -> None:
    """Nothing stops the last column."""
    rows = np.array([[1.0, -1.0]])
    row_limits = np.array([[-INF], [1.0]])
    assert solve(rows, row_limits, np.array([[0.0, 0.0], [1.0, INF]]))[0] == UNBOUNDED


def test_prices_are_the_growth_of_the_maximum() -> None:
    """Moving a row's pressing limit a little moves the maximum by its price."""
    rng = np.random.default_rng(11)
    checked = 0
    for _ in range(80):
        rows, row_limits, limits = random_programme(rng, whole=False)
        row_limits = np.stack([row_limits[0] - 0.1, row_limits[1] + 0.1])
        _, x, price = solve(rows, row_limits, limits)
        for j in np.nonzero(price)[0]:
            moved = row_limits.copy()
            moved[1 if price[j] > 0.0 else 0, j] += 1e-7
            growth = solve(rows, moved, limits)[1][-1] - x[-1]
            assert growth == pytest.approx(1e-7 * price[j], rel=1e-4, abs=1e-13)
            checked += 1
    assert checked > 20


def test_a_start_from_another_corner_changes_nothing() -> None:
    """From a neighbouring programme's corner, or from nonsense, the maximum is that of starting afresh."""
    rng = np.random.default_rng(8)
    for _ in range(200):
        rows, row_limits, limits = random_programme(rng, whole=False)
        corner = empty_corner(programme_for(rows.shape[1], len(rows)))
        assert solve(rows, row_limits, limits, corner)[0] == OPTIMAL
        near = rows * rng.uniform(0.9, 1.1, rows.shape)
        wide = np.stack([row_limits[0] - 1.0, row_limits[1] + 1.0])
        status, x, _ = solve(near, wide, limits)
        assert (status, solve(near, wide, limits, corner)[0]) == (OPTIMAL, OPTIMAL)
        assert solve(near, wide, limits, corner)[1][-1] == pytest.approx(x[-1], abs=1e-9)
        corner.size[0] = min(2, len(rows))
        corner.column[:2], corner.row[:2] = 0, [0, 1]
        corner.upper[:] = rng.integers(0, 2, corner.upper.shape)
        assert solve(near, wide, limits, corner)[1][-1] == pytest.approx(x[-1], abs=1e-9)
