"""Recruitment: answers that can be worked out by hand, and what happens when Newton fails."""

from __future__ import annotations

import importlib
from dataclasses import replace

import numpy as np
import pytest

from bandwright.numerics.arrays import FloatArray
from bandwright.recruitment import Penalties, RecruitmentProblem, recruit, recruiter
from bandwright.recruitment.newton import ScaledPose
from tests.unit.recruitment.repetitions import recruitment_problem

MODULE = importlib.import_module("bandwright.recruitment.recruit")
"""The module; the package shows the function of the same name."""


def one_joint(torque: float, moment: FloatArray, upper: float = 1.0) -> RecruitmentProblem:
    """One pose, one joint, muscles with the given moments [N·m], no cone."""
    n = len(moment)
    return RecruitmentProblem(
        moment[None, None, :],
        np.array([[torque]]),
        np.zeros((1, n)),
        np.full((1, n), upper),
        np.ones(n),
        np.zeros((1, 0, n)),
        np.zeros((1, 0)),
    )


def test_muscles_share_in_proportion_to_their_moments() -> None:
    """Two muscles at one joint: a_i = r_i τ / (Σ r² + 1/p), from setting the gradient to 0."""
    moment = np.array([30.0, 10.0])
    answer = recruit(one_joint(12.0, moment), Penalties(torque=10.0))
    np.testing.assert_allclose(answer.activation[0], moment * 12.0 / (moment @ moment + 0.1), rtol=1e-9)
    np.testing.assert_allclose(answer.residual[0], 12.0 - moment @ answer.activation[0], atol=1e-12)


def test_what_saturated_muscles_cannot_hold_is_reported() -> None:
    """40 N·m asked of two muscles good for 25 in all leave 15."""
    answer = recruit(one_joint(40.0, np.array([20.0, 5.0])))
    np.testing.assert_allclose(answer.activation[0], 1.0)
    assert answer.residual[0, 0] == pytest.approx(15.0)
    assert answer.converged[0]


def test_a_muscle_that_pulls_the_wrong_way_stays_silent() -> None:
    """The antagonist is not used when only Σa² counts."""
    answer = recruit(one_joint(10.0, np.array([30.0, -30.0])))
    assert answer.activation[0, 1] == 0.0


def test_a_heavier_weight_means_a_smaller_share() -> None:
    """Weights divide the share: a_i ∝ r_i / w_i."""
    problem = one_joint(12.0, np.array([30.0, 30.0]))
    heavy = RecruitmentProblem(
        problem.moment,
        problem.torque,
        problem.lower,
        problem.upper,
        np.array([1.0, 4.0]),
        problem.cone,
        problem.cone_limit,
    )
    first, second = recruit(heavy).activation[0]
    assert first == pytest.approx(4.0 * second)


def test_a_facet_moves_work_to_a_muscle_that_does_not_press_on_it() -> None:
    """Two equal muscles, the first pressing 1000 N out through a facet with 100 N of room."""
    problem = one_joint(10.0, np.array([30.0, 30.0]))
    cone, room = np.array([[[1000.0, 0.0]]]), np.array([[100.0]])
    pressed = RecruitmentProblem(
        problem.moment, problem.torque, problem.lower, problem.upper, np.ones(2), cone, room
    )
    answer = recruit(pressed)
    assert answer.activation[0, 0] == pytest.approx(0.1, abs=1e-3)
    assert answer.activation[0, 1] == pytest.approx(10.0 / 30.0 - 0.1, abs=2e-3)
    assert 0.0 < answer.cone_excess[0, 0] < 1.0


def test_a_repetition_made_ready_answers_as_a_new_problem() -> None:
    """To the last bit, whatever it was asked before."""
    problem = recruitment_problem(np.random.default_rng(3), 20, 1.5)
    ready = recruiter(problem, Penalties(torque=30.0))
    for share in (0.3, 1.0, 2.0):
        asked = replace(problem, torque=share * problem.torque, cone_limit=problem.cone_limit + 10.0 * share)
        expected = recruit(asked, Penalties(torque=30.0))
        answer = ready.recruit(asked.torque, asked.cone_limit)
        for name in ("activation", "residual", "cone_excess", "multiplier"):
            np.testing.assert_array_equal(getattr(answer, name), getattr(expected, name))


def test_daqp_answers_where_newton_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    """Same activations and multipliers, and the answer says who gave it."""
    problem = recruitment_problem(np.random.default_rng(3), 20, 1.5)
    expected = recruit(problem)
    monkeypatch.setattr(MODULE, "solve_poses", _fails_everywhere)
    answer = recruit(problem)
    assert set(expected.solver) == {"newton"}
    assert set(answer.solver) == {"daqp"}
    assert answer.converged.all()
    np.testing.assert_allclose(answer.activation, expected.activation, atol=1e-6)
    np.testing.assert_allclose(answer.multiplier, expected.multiplier, atol=1e-4)


def _fails_everywhere(poses: ScaledPose, *_: FloatArray) -> FloatArray:
    return np.full(len(poses.target), np.inf)


def test_two_failures_are_flagged(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither solver vouches: the flag is down and the numbers stay finite."""
    monkeypatch.setattr(MODULE, "solve_poses", _fails_everywhere)
    monkeypatch.setattr(MODULE, "_by_daqp", _gives_up)
    answer = recruit(recruitment_problem(np.random.default_rng(3), 2, 1.0))
    assert not answer.converged.any()
    assert np.isfinite(answer.residual).all()


def _gives_up(poses: ScaledPose, k: int) -> tuple[FloatArray, int, bool]:
    return np.zeros(poses.rows[k].shape[1]), 0, False
