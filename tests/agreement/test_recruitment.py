"""Our solvers against others that know nothing of them: Clarabel, daqp and HiGHS."""

from __future__ import annotations

import clarabel
import numpy as np
import pytest
from scipy.optimize import linprog
from scipy.sparse import csc_matrix

from bandwright.numerics.arrays import FloatArray
from bandwright.numerics.qp import solve_bounded_qp
from bandwright.recruitment import (
    Capacity,
    CapacityProblem,
    Penalties,
    RecruitmentProblem,
    capacity,
    recruit,
)
from tests.unit.recruitment.repetitions import capacity_problem, recruitment_problem

AGREED = 1e-6
"""Greatest difference of an activation, and relative difference of a factor."""


def by_clarabel(problem: RecruitmentProblem, cost: Penalties, k: int) -> FloatArray | None:
    """Activations of pose k from an interior-point solver, residual and excess being unknowns of their own.

    None where it says itself that it stopped short of the accuracy asked for.
    """
    m, n = problem.moment[k].shape
    f = problem.cone.shape[1]
    size = np.concatenate([problem.weight, np.ones(m + f)])
    root_p, root_c = np.sqrt(cost.torque), np.sqrt(cost.cone)
    rows = np.zeros((m + 2 * f + 2 * n, n + m + f))
    rows[:m, : n + m] = np.hstack([root_p * problem.moment[k], np.eye(m)])
    rows[m : m + f, :n], rows[m : m + f, n + m :] = root_c * problem.cone[k], -np.eye(f)
    rows[m + f : m + 2 * f, n + m :] = -np.eye(f)
    rows[m + 2 * f : m + 2 * f + n, :n] = np.eye(n)
    rows[m + 2 * f + n :, :n] = -np.eye(n)
    asked = np.concatenate([root_p * problem.torque[k], root_c * problem.cone_limit[k]])
    right = np.concatenate([asked, np.zeros(f), problem.upper[k], -problem.lower[k]])
    settings = clarabel.DefaultSettings()
    settings.verbose = False
    settings.tol_gap_abs = settings.tol_gap_rel = settings.tol_feas = 1e-12
    cones = [clarabel.ZeroConeT(m), clarabel.NonnegativeConeT(2 * f + 2 * n)]
    solver = clarabel.DefaultSolver(
        csc_matrix(np.diag(size)), np.zeros(n + m + f), csc_matrix(rows), right, cones, settings
    )
    answer = solver.solve()
    return np.array(answer.x)[:n] if answer.status == clarabel.SolverStatus.Solved else None


def by_daqp(problem: RecruitmentProblem, cost: Penalties, k: int) -> FloatArray:
    """Activations of pose k from an active-set solver, residual and excess being unknowns of their own."""
    m, n = problem.moment[k].shape
    f = problem.cone.shape[1]
    hessian = np.diag(np.concatenate([problem.weight, np.ones(m + f)]))
    root_p, root_c = np.sqrt(cost.torque), np.sqrt(cost.cone)
    rows = np.zeros((m + f, n + m + f))
    rows[:m, : n + m] = np.hstack([root_p * problem.moment[k], np.eye(m)])
    rows[m:, :n], rows[m:, n + m :] = root_c * problem.cone[k], -np.eye(f)
    none, torque = np.full(f, np.inf), root_p * problem.torque[k]
    lower = np.concatenate([problem.lower[k], np.full(m, -np.inf), np.zeros(f), torque, -none])
    upper = np.concatenate(
        [problem.upper[k], np.full(m, np.inf), none, torque, root_c * problem.cone_limit[k]]
    )
    answer = solve_bounded_qp(hessian, np.zeros(n + m + f), rows, (lower, upper))
    assert answer.optimal
    return answer.x[:n]


@pytest.mark.parametrize("load", [0.3, 1.0, 5.0])
def test_recruitment_agrees_with_clarabel(load: float) -> None:
    """1,020 poses in all, a third of them far beyond strength, where most columns are saturated."""
    rng = np.random.default_rng(int(10 * load))
    compared = 0
    for _ in range(20):
        problem = recruitment_problem(rng, 17, load)
        answer = recruit(problem)
        assert set(answer.solver) == {"newton"}
        assert answer.converged.all()
        for k in range(17):
            referee = by_clarabel(problem, Penalties(), k)
            if referee is not None:
                np.testing.assert_allclose(answer.activation[k], referee, atol=AGREED)
                compared += 1
    assert compared >= 336


@pytest.mark.parametrize("load", [0.3, 1.0, 5.0, 20.0])
def test_recruitment_agrees_with_daqp(load: float) -> None:
    """3,060 poses in all, to twenty times what the muscles can hold."""
    rng = np.random.default_rng(int(10 * load) + 1)
    for _ in range(15):
        problem = recruitment_problem(rng, 51, load)
        answer = recruit(problem)
        assert answer.converged.all()
        referee = np.array([by_daqp(problem, Penalties(), k) for k in range(51)])
        np.testing.assert_allclose(answer.activation, referee, atol=AGREED)


def by_highs(problem: CapacityProblem, k: int, *, greatest: float | None) -> float | None:
    """Factor of pose k, at most `greatest`; None if there is no point."""
    n = problem.moment.shape[2]
    torque = np.hstack([problem.moment[k], -problem.torque_load[k][:, None]])
    push = np.hstack([problem.cone[k], -problem.cone_limit_load[k][:, None]])
    tolerance = problem.tolerance
    answer = linprog(
        np.concatenate([np.zeros(n), [-1.0]]),
        A_ub=np.vstack([torque, -torque, push]),
        b_ub=np.concatenate(
            [
                problem.torque_limb[k] + tolerance.torque_nm,
                tolerance.torque_nm - problem.torque_limb[k],
                problem.cone_limit_limb[k] + tolerance.cone_n,
            ]
        ),
        bounds=[*zip(problem.lower[k], problem.upper[k], strict=True), (0.0, greatest)],
        method="highs",
        options={"primal_feasibility_tolerance": 1e-9, "dual_feasibility_tolerance": 1e-9},
    )
    assert answer.status in (0, 2)
    return float(answer.x[-1]) if answer.status == 0 else None


def check_against_highs(problem: CapacityProblem, answer: Capacity) -> int:
    """Compares every pose; the number of poses that can be held."""
    for k in range(len(answer.factor)):
        held = by_highs(problem, k, greatest=0.0) is not None
        assert answer.feasible[k] == held
        if held:
            factor = by_highs(problem, k, greatest=None)
            assert factor == pytest.approx(answer.factor[k], rel=AGREED, abs=1e-9)
    return int(answer.feasible.sum())


@pytest.mark.parametrize(("limb", "load"), [(0.1, 0.05), (0.1, 1.0), (0.1, 20.0), (4.0, 1.0)])
def test_capacity_agrees_with_highs(limb: float, load: float) -> None:
    """360 poses in all, with loads from light to far too heavy and limbs that cannot always be held."""
    rng = np.random.default_rng(int(100 * (limb + load)))
    held = 0
    for _ in range(6):
        problem = capacity_problem(rng, 15, limb=limb, load=load)
        answer = capacity(problem)
        assert set(answer.solver) == {"simplex"}
        assert answer.converged.all()
        held += check_against_highs(problem, answer)
    assert held > 20
    assert (held < 90) == (limb > 1.0)


def test_capacity_agrees_with_highs_where_corners_coincide() -> None:
    """Whole numbers, twin and silent columns, facets through the origin: many ways to be at the same point."""
    rng = np.random.default_rng(7)
    for _ in range(6):
        smooth = capacity_problem(rng, 10, limb=0.1, load=1.0)
        moment, cone = 20.0 * np.round(smooth.moment / 20.0), 1000.0 * np.round(smooth.cone / 1000.0)
        moment[:, :, 5:10], cone[:, :, 5:10] = moment[:, :, :5], cone[:, :, :5]
        problem = CapacityProblem(
            moment,
            np.round(smooth.torque_limb),
            10.0 * np.round(smooth.torque_load / 10.0) + 10.0,
            smooth.lower,
            smooth.upper,
            cone,
            np.zeros_like(smooth.cone_limit_limb),
            np.zeros_like(smooth.cone_limit_load),
            smooth.cap,
            smooth.labels,
        )
        answer = capacity(problem)
        assert answer.converged.all()
        check_against_highs(problem, answer)
