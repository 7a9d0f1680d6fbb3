"""Recruitment of every shipped exercise by our solver and by two that know nothing of it."""

from __future__ import annotations

import numpy as np
import pytest

from bandwright.body import Person
from bandwright.catalogue.exercises import find_exercise, load_exercises
from bandwright.catalogue.setups import default_setup
from bandwright.curves.arm import PENALTIES, recruitment_problem
from bandwright.numerics.arrays import FloatArray
from bandwright.recruitment import RecruitmentProblem
from bandwright.service.analysis import analyse
from bandwright.service.bodies import holder_of
from tests.agreement.test_recruitment import AGREED, by_clarabel, by_daqp

MAN = Person("male", 1.755, 84.6)


def cost(problem: RecruitmentProblem, activation: FloatArray, k: int) -> float:
    """What the problem minimises, at pose k: activations, reserve and cone excess."""
    reserve = problem.torque[k] - problem.moment[k] @ activation
    excess = np.maximum(problem.cone[k] @ activation - problem.cone_limit[k], 0.0)
    work = float(problem.weight @ activation**2)
    return (work + PENALTIES.torque * float(reserve @ reserve) + PENALTIES.cone * float(excess @ excess)) / 2


@pytest.mark.parametrize("exercise", sorted(load_exercises()))
def test_every_exercise_agrees_with_a_second_solver(exercise: str) -> None:
    """All 51 poses of the default set-up, glenoid cone included, equal daqp's exact active-set answer to 1e-6.

    At every fifth pose it is also no dearer than Clarabel's. That interior-point solver ends up to 4e-5 away near
    and beyond strength, at a cost that is higher than ours.
    """
    analysis = analyse(default_setup(find_exercise(exercise), MAN), with_spread=False)
    result = analysis.working
    problem = recruitment_problem(result.equations, result.demand, holder_of(MAN).cone)
    assert set(result.recruitment.solver) == {"newton"}
    for k, ours in enumerate(result.recruitment.activation):
        np.testing.assert_allclose(ours, by_daqp(problem, PENALTIES, k), atol=AGREED)
    for k in range(0, len(result.effort), 5):
        referee = by_clarabel(problem, PENALTIES, k)
        if referee is not None:
            inside = np.clip(referee, problem.lower[k], problem.upper[k])
            ours = cost(problem, result.recruitment.activation[k], k)
            assert ours <= cost(problem, inside, k) + 1e-12 * max(1.0, ours)
