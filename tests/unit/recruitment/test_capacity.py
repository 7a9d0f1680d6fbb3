"""Capacity: factors that can be worked out by hand, the limit that is named, and the fall-back."""

from __future__ import annotations

import importlib
from dataclasses import dataclass, replace

import numpy as np
import pytest

from bandwright.numerics.dual_simplex import STUCK
from bandwright.recruitment import CapacityProblem, LimitLabels, Tolerance, capacity
from bandwright.recruitment.programme import Answers, Programmes
from tests.unit.recruitment.repetitions import capacity_problem

MODULE = importlib.import_module("bandwright.recruitment.capacity")
"""The module; the package shows the function of the same name."""


@dataclass(frozen=True, slots=True)
class Joint:
    """One joint: a strong muscle, a weak one, a passive stop that can push both ways; figures in [N·m]."""

    limb: float = 2.0
    load: float = 4.0
    room: float = 1000.0
    grip: float = np.inf

    def problem(self) -> CapacityProblem:
        """Its capacity problem; the strong muscle presses 200 N through the only facet."""
        return CapacityProblem(
            moment=np.array([[[10.0, 4.0, 1.0]]]),
            torque_limb=np.array([[self.limb]]),
            torque_load=np.array([[self.load]]),
            lower=np.array([[0.0, 0.0, -1.0]]),
            upper=np.ones((1, 3)),
            cone=np.array([[[200.0, 0.0, 0.0]]]),
            cone_limit_limb=np.array([[self.room]]),
            cone_limit_load=np.zeros((1, 1)),
            cap=np.array([[self.grip]]),
            labels=LimitLabels(("strong", "weak", "stop"), ("front",), ("grip",), ("elbow",)),
            tolerance=Tolerance(torque_nm=0.5, cone_n=5.0),
        )


def test_factor_is_what_all_columns_give_less_the_limb() -> None:
    """(10 + 4 + 1 + tolerance 0.5 − limb 2) / load 4, stopped most by the strong muscle."""
    answer = capacity(Joint().problem())
    assert answer.factor[0] == pytest.approx(13.5 / 4.0)
    assert answer.binding == ("strong",)
    np.testing.assert_allclose(answer.activation[0], 1.0)


def test_shares_are_relative_growth_of_the_factor() -> None:
    """One per cent more strong muscle gives (10 % of 1 N·m) / 13.5 N·m more: shares are torque over 13.5."""
    share = capacity(Joint().problem()).limit_share[0]
    np.testing.assert_allclose(share, np.array([10.0, 4.0, 1.0, 0.0, 0.0, 0.5]) / 13.5, atol=1e-12)


def test_load_the_other_way_is_held_by_the_stop() -> None:
    """Nothing pulls the other way but the stop and the limb's own weight."""
    answer = capacity(Joint(load=-4.0).problem())
    assert answer.factor[0] == pytest.approx((2.0 + 1.0 + 0.5) / 4.0)
    assert answer.binding == ("stop",)


def test_a_facet_can_be_what_stops_it() -> None:
    """With 45 N of room the strong muscle reaches (45 + 5) / 200 of its force."""
    answer = capacity(Joint(room=45.0).problem())
    assert answer.factor[0] == pytest.approx((2.5 + 4.0 + 1.0 + 0.5 - 2.0) / 4.0)
    weak, front = answer.limit_share[0, 1], answer.limit_share[0, 3]
    assert weak > front > 0.0
    tight = replace(Joint(room=115.0).problem(), tolerance=Tolerance(0.5, 5.0))
    assert capacity(tight).binding == ("front",)


def test_the_cap_stops_it_first() -> None:
    """Grip for 1.5 times the load, muscles for more."""
    answer = capacity(Joint(grip=1.5).problem())
    assert answer.factor[0] == 1.5
    assert answer.binding == ("grip",)


def test_slack_load_has_no_limit() -> None:
    """A load that asks nothing can grow for ever, as long as the limb is held and nothing caps it."""
    answer = capacity(Joint(load=0.0).problem())
    assert answer.factor[0] == np.inf
    assert answer.binding == (None,)
    assert answer.feasible[0]
    capped = capacity(Joint(load=0.0, grip=2.0).problem())
    assert capped.factor[0] == 2.0
    assert capped.binding == ("grip",)


def test_a_limb_too_heavy_is_reported_with_the_shortfall() -> None:
    """20 N·m of limb against 15 of muscle and 0.5 of tolerance: 4.5 N·m short."""
    answer = capacity(Joint(limb=20.0).problem())
    assert answer.factor[0] == 0.0
    assert not answer.feasible[0]
    assert answer.converged[0]
    assert answer.shortfall_nm[0] == pytest.approx(4.5)
    assert answer.binding == ("strong",)
    assert np.isnan(answer.activation).all()


def test_a_joint_nothing_turns_is_named() -> None:
    """No column acts on the joint: only the tolerance holds, and the joint itself is the limit."""
    problem = Joint(limb=0.0).problem()
    answer = capacity(replace(problem, moment=np.zeros_like(problem.moment)))
    assert answer.factor[0] == pytest.approx(0.5 / 4.0)
    assert answer.binding == ("elbow",)


def test_one_bad_pose_does_not_touch_its_neighbours() -> None:
    """A pose that cannot be held in the middle of a repetition leaves the others as they were."""
    problem = capacity_problem(np.random.default_rng(1), 9, limb=0.1, load=1.0)
    limb = problem.torque_limb.copy()
    limb[4] *= 1000.0
    answer, before = capacity(replace(problem, torque_limb=limb)), capacity(problem)
    assert not answer.feasible[4]
    others = np.arange(9) != 4
    np.testing.assert_allclose(answer.factor[others], before.factor[others], rtol=1e-12)


def test_highs_answers_where_the_simplex_has_no_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    """Same factors, limits and infeasible poses, and the answer says who gave it."""
    problem = capacity_problem(np.random.default_rng(2), 12, limb=1.2, load=1.0)
    expected = capacity(problem)
    monkeypatch.setattr(MODULE, "solve_programmes", _no_proof)
    answer = capacity(problem)
    assert set(answer.solver) == {"highs"}
    assert set(expected.solver) == {"simplex"}
    assert answer.converged.all()
    assert answer.binding == expected.binding
    np.testing.assert_array_equal(answer.feasible, expected.feasible)
    np.testing.assert_allclose(answer.factor, expected.factor, rtol=1e-6)
    np.testing.assert_allclose(answer.shortfall_nm, expected.shortfall_nm, atol=1e-6)


def _no_proof(programmes: Programmes) -> Answers:
    count, rows, size = programmes.rows.shape
    return Answers(np.full(count, STUCK), np.zeros((count, size)), np.zeros((count, rows)))
