"""Many loads on one limb answered together are what each is by itself."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from bandwright.recruitment.batch.capacities import capacities
from bandwright.recruitment.capacity import capacity
from tests.unit.recruitment.repetitions import capacity_problem

POSES, LOADS = 3, 5


@settings(max_examples=25)
@given(st.integers(0, 2**32 - 1), st.sampled_from([0.2, 0.8, 3.0]))
def test_together_is_as_alone(seed: int, limb: float) -> None:
    """Factor, limit, prices and proof, also where the limb cannot be held or a load asks nothing."""
    rng = np.random.default_rng(seed)
    problem = capacity_problem(rng, POSES, limb=limb, load=1.0)
    given_load = np.concatenate([problem.torque_load, problem.cone_limit_load], axis=1)
    loads = given_load * rng.normal(1.0, 0.5, (LOADS, 1, given_load.shape[1]))
    loads[rng.integers(LOADS), rng.integers(POSES)] = 0.0
    caps = rng.uniform(0.5, 5.0, (LOADS, POSES, 1))
    equations = problem.moment.shape[1]
    for load, cap, found in zip(loads, caps, capacities(problem, loads, caps), strict=True):
        torque, room = load[:, :equations], load[:, equations:]
        alone = capacity(replace(problem, torque_load=torque, cone_limit_load=room, cap=cap))
        np.testing.assert_allclose(found.factor, alone.factor, rtol=1e-7, atol=1e-9)
        np.testing.assert_array_equal(found.feasible, alone.feasible)
        np.testing.assert_allclose(found.shortfall_nm, alone.shortfall_nm, rtol=1e-7, atol=1e-9)
        assert found.converged.all() == alone.converged.all()
        for one, other, shares in zip(found.binding, alone.binding, alone.limit_share, strict=True):
            # Of limits that hold it back alike, either may be named.
            first, second = np.sort(shares)[-2:]
            assert one == other or second - first <= 1e-6 * max(abs(second), 1.0)
