"""Every shipped exercise by the batch kernels and by the solvers for one set-up."""

from __future__ import annotations

import numpy as np
import pytest

from bandwright.body import Person
from bandwright.catalogue.exercises import find_exercise, load_exercises
from bandwright.catalogue.setups import default_setup
from bandwright.curves.arm import PENALTIES
from bandwright.curves.arm_repetition import arm_pool, arm_repetition
from bandwright.recruitment.batch.batch import batch_recruiter, recruit_activations
from bandwright.recruitment.batch.pool import refined
from bandwright.recruitment.batch.pool_bounds import least_effort
from bandwright.recruitment.batch.scores import doses
from bandwright.service.analysis import analyse
from bandwright.service.bodies import holder_of

MAN = Person("male", 1.755, 84.6)
AGREED = 1e-6


@pytest.mark.parametrize("exercise", sorted(load_exercises()))
def test_kernels_agree_with_the_analysis(exercise: str) -> None:
    """Activations of the default set-up to 1e-6; efforts from below, and to 1e-9 once refined."""
    analysis = analyse(default_setup(find_exercise(exercise), MAN), with_spread=False)
    result, holder = analysis.working, holder_of(MAN)
    arm = analysis.posed.arms[result.side]
    repetition = arm_repetition(result.equations, arm, holder.cone, wrist=True)
    load = np.concatenate([result.hand.grip, result.hand.wrist], axis=1)
    share = np.eye(len(result.equations.columns))
    recruiter = batch_recruiter(repetition, doses(share, result.equations.fibre_norm), PENALTIES)
    ours = recruit_activations(recruiter, load[None])[0]
    np.testing.assert_allclose(ours, result.recruitment.activation, rtol=0.0, atol=AGREED)
    if np.any(result.hand.wrist):
        return  # Pools of forces on the grip do not know the wrist.
    grip = arm_repetition(result.equations, arm, holder.cone)
    pool = arm_pool(grip, holder.strength.grip_pull_n, 12)
    loaded = (result.load_n > 1.0) & (result.effort < 10.0)
    bound = least_effort(pool, result.hand.grip[None])[0]
    assert np.all(bound[loaded] <= result.effort[loaded] * (1.0 + 1e-9))
    exact = least_effort(refined(pool, result.hand.grip[None]), result.hand.grip[None])[0]
    np.testing.assert_allclose(exact[loaded], result.effort[loaded], rtol=1e-9)
