"""What a recruitment or capacity problem refuses, and how it says so."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bandwright.errors import ModelError
from bandwright.recruitment import Penalties, Tolerance, recruit, recruiter
from tests.unit.recruitment.repetitions import LABELS, capacity_problem, recruitment_problem


def test_every_wrong_shape_is_named_at_once() -> None:
    """Two arrays of the wrong shape give two problems with the shapes wanted."""
    problem = recruitment_problem(np.random.default_rng(0), 3, 1.0)
    with pytest.raises(ModelError) as caught:
        replace(problem, torque=problem.torque[:, :-1], weight=problem.weight[:-1])
    message = str(caught.value)
    assert len(caught.value.problems) == 2
    assert "torque has shape (3, 7); it must have (3, 8)" in message
    assert "weight has shape (44,); it must have (45,)" in message


def test_numbers_that_cannot_be_are_named() -> None:
    """NaN, crossed bounds and a weight of 0 are all told, with their place."""
    problem = recruitment_problem(np.random.default_rng(0), 2, 1.0)
    torque, upper, weight = problem.torque.copy(), problem.upper.copy(), problem.weight.copy()
    torque[1, 2], upper[0, 4], weight[7] = np.nan, -3.0, 0.0
    with pytest.raises(ModelError) as caught:
        replace(problem, torque=torque, upper=upper, weight=weight)
    codes = [one.code for one in caught.value.problems]
    assert codes == ["not-finite", "crossed-bounds", "bad-weight"]
    assert "torque[1, 2]" in str(caught.value)
    assert "Column 4" in str(caught.value)


def test_flat_arrays_are_refused() -> None:
    """Without the axis of poses nothing else can be checked."""
    problem = recruitment_problem(np.random.default_rng(0), 2, 1.0)
    with pytest.raises(ModelError, match=r"shape \(poses, equations, columns\)"):
        replace(problem, moment=problem.moment[0])


def test_a_capacity_problem_checks_labels_and_caps() -> None:
    """As many labels as limits, and no cap below 0."""
    problem = capacity_problem(np.random.default_rng(0), 2, limb=0.1, load=1.0)
    with pytest.raises(ModelError, match="There are 0 labels for 1 caps"):
        replace(problem, labels=replace(LABELS, caps=()))
    with pytest.raises(ModelError, match="cap on the factor"):
        replace(problem, cap=np.array([[1.0], [np.nan]]))
    with pytest.raises(ModelError, match="torque_load has shape"):
        replace(problem, torque_load=problem.torque_load[:1])
    with pytest.raises(ModelError, match="cap \\(poses, caps\\)"):
        replace(problem, cap=np.array([1.0, 2.0]))


@pytest.mark.parametrize("value", [0.0, -1.0, np.nan, np.inf])
def test_costs_and_tolerances_must_be_above_zero(value: float) -> None:
    """A free reserve or an unlimited tolerance would make every answer right."""
    with pytest.raises(ModelError, match="torque penalty"):
        Penalties(torque=value)
    with pytest.raises(ModelError, match="cone_n"):
        Tolerance(cone_n=value)


def test_a_start_must_fit() -> None:
    """Multipliers from another kind of problem, or broken ones, are refused."""
    problem = recruitment_problem(np.random.default_rng(0), 1, 1.0)
    with pytest.raises(ModelError, match="start has shape"):
        recruit(problem, start=np.zeros(3))
    with pytest.raises(ModelError, match="not finite"):
        recruit(problem, start=np.full(16, np.nan))


def test_another_demand_must_fit() -> None:
    """What a repetition that is made ready is asked is checked as a new problem would be."""
    problem = recruitment_problem(np.random.default_rng(0), 2, 1.0)
    ready = recruiter(problem)
    with pytest.raises(ModelError, match="torque has shape"):
        ready.recruit(problem.torque[:1], problem.cone_limit)
    with pytest.raises(ModelError, match="is not a finite number"):
        ready.recruit(problem.torque, np.full_like(problem.cone_limit, np.nan))


def test_arrays_are_copied_and_locked() -> None:
    """Changing what was given does not change the problem, and the problem cannot be changed."""
    problem = recruitment_problem(np.random.default_rng(0), 1, 1.0)
    mine = np.array(problem.torque)
    kept = replace(problem, torque=mine)
    mine[:] = 0.0
    assert np.all(kept.torque == problem.torque)
    with pytest.raises(ValueError, match="read-only"):
        kept.torque[0, 0] = 1.0
