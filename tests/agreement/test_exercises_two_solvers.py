"""Recruitment of every shipped exercise by our solver and by one that knows nothing of it."""

from __future__ import annotations

import numpy as np
import pytest

from bandwright.body import Person
from bandwright.catalogue.exercises import find_exercise, load_exercises
from bandwright.catalogue.setups import default_setup
from bandwright.curves.arm import PENALTIES, recruitment_problem
from bandwright.service.analysis import analyse
from bandwright.service.bodies import holder_of
from tests.agreement.test_recruitment import AGREED, by_daqp

MAN = Person("male", 1.755, 84.6)


@pytest.mark.parametrize("exercise", sorted(load_exercises()))
def test_every_exercise_agrees_with_a_second_solver(exercise: str) -> None:
    """All 51 poses of the default set-up, glenoid cone included, equal daqp's exact active-set answer to 1e-6."""
    analysis = analyse(default_setup(find_exercise(exercise), MAN), with_spread=False)
    result = analysis.working
    problem = recruitment_problem(result.equations, result.demand, holder_of(MAN).cone)
    own = [solver == "newton" for solver in result.recruitment.solver]
    assert np.mean(own) >= 0.9
    assert all(own[k] for k in np.nonzero(result.effort < 1.0)[0])
    for k, ours in enumerate(result.recruitment.activation):
        np.testing.assert_allclose(ours, by_daqp(problem, PENALTIES, k), atol=AGREED)
