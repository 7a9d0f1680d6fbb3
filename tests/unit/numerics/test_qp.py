"""Quadratic programmes whose answer can be seen."""

from __future__ import annotations

import numpy as np
import pytest

from bandwright.numerics.arrays import read_only
from bandwright.numerics.qp import solve_bounded_qp


def test_free_minimum_is_the_solution_of_the_linear_system() -> None:
    """Limits that do not press change nothing."""
    hessian = np.array([[4.0, 1.0], [1.0, 3.0]])
    gradient = np.array([-1.0, -2.0])
    wide = np.full(2, 100.0)
    answer = solve_bounded_qp(hessian, gradient, np.zeros((0, 2)), (-wide, wide))
    assert answer.optimal
    np.testing.assert_allclose(answer.x, np.linalg.solve(hessian, -gradient), atol=1e-12)
    np.testing.assert_allclose(answer.dual, 0.0, atol=1e-12)


def test_pressing_limits_carry_the_gradient() -> None:
    """A bound and a row hold the point; their multipliers balance the gradient, + above and − below."""
    rows = np.array([[1.0, 1.0]])
    lower = np.array([0.5, -10.0, -np.inf])
    upper = np.array([10.0, 10.0, -1.0])
    answer = solve_bounded_qp(np.eye(2), np.zeros(2), rows, (lower, upper))
    np.testing.assert_allclose(answer.x, [0.5, -1.5], atol=1e-9)
    np.testing.assert_allclose(answer.x + answer.dual[:2] + rows.T @ answer.dual[2:], 0.0, atol=1e-9)
    assert answer.dual[0] < 0.0 < answer.dual[2]


def test_limits_that_exclude_each_other_are_reported() -> None:
    """No point: the status says so and the answer is not vouched for."""
    rows = np.array([[1.0, 1.0]])
    limits = np.array([0.0, 0.0, 3.0]), np.array([1.0, 1.0, 4.0])
    answer = solve_bounded_qp(np.eye(2), np.zeros(2), rows, limits)
    assert answer.status == "infeasible"
    assert not answer.optimal


def test_answers_cannot_be_written_to() -> None:
    """Results travel as read-only copies."""
    source = np.ones(2)
    kept = read_only(source)
    source[0] = 5.0
    assert kept[0] == 1.0
    with pytest.raises(ValueError, match="read-only"):
        kept[0] = 2.0
