"""Bounds from prices: never above the true effort, and exact once the programme has been solved."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from bandwright.numerics.arrays import FloatArray
from bandwright.recruitment import CapacityProblem, capacity
from bandwright.recruitment.batch.pool import CapacityPool, capacity_pool, refined, spread_directions
from bandwright.recruitment.batch.pool_bounds import least_effort
from bandwright.recruitment.batch.repetition import Repetition
from tests.unit.recruitment.repetitions import LABELS, capacity_problem

POSES = 4
seeds = st.integers(0, 2**32 - 1)


def repetition_of(seed: int, limb: float) -> Repetition:
    """A random repetition whose loads are forces of three components."""
    rng = np.random.default_rng(seed)
    problem = capacity_problem(rng, POSES, limb=limb, load=1.0)
    return Repetition(
        moment=problem.moment,
        lower=problem.lower,
        upper=problem.upper,
        weight=np.ones(problem.lower.shape[1]),
        cone=problem.cone,
        torque_still=problem.torque_limb,
        room_still=problem.cone_limit_limb,
        torque_by_load=rng.normal(scale=0.3, size=(POSES, 8, 3)),
        room_by_load=rng.normal(scale=0.5, size=(POSES, 8, 3)),
    )


def problem_of(pool: CapacityPool, load: FloatArray) -> CapacityProblem:
    """The capacity problem of one load (K, 3)."""
    repetition = pool.repetition
    return CapacityProblem(
        moment=repetition.moment,
        torque_limb=repetition.torque_still,
        torque_load=np.einsum("kmd,kd->km", repetition.torque_by_load, load),
        lower=repetition.lower,
        upper=repetition.upper,
        cone=repetition.cone,
        cone_limit_limb=repetition.room_still,
        cone_limit_load=np.einsum("kfd,kd->kf", repetition.room_by_load, load),
        cap=(pool.grip / np.linalg.norm(load, axis=1))[:, None],
        labels=LABELS,
        tolerance=pool.tolerance,
    )


def true_effort(pool: CapacityPool, load: FloatArray) -> FloatArray:
    """(K,) by the linear programme; inf where nothing can be held."""
    factor = capacity(problem_of(pool, load)).factor
    effort: FloatArray = np.divide(1.0, factor, out=np.full(POSES, np.inf), where=factor > 0.0)
    return effort


@given(seeds, st.sampled_from([0.0, 0.1, 3.0]), st.sampled_from([np.inf, 60.0]))
@settings(max_examples=30)
def test_bound_is_never_above_the_true_effort(seed: int, limb: float, grip: float) -> None:
    """For loads the pool has not seen, of any size."""
    repetition = repetition_of(seed, limb)
    pool = capacity_pool(repetition, spread_directions(10), grip=np.full(POSES, grip))
    loads = np.random.default_rng(seed).normal(scale=50.0, size=(6, POSES, 3))
    bounds = least_effort(pool, loads)
    for load, bound in zip(loads, bounds, strict=True):
        true = true_effort(pool, load)
        np.testing.assert_array_equal(np.isinf(true), ~pool.feasible)
        assert np.all(bound[pool.feasible] <= true[pool.feasible] * (1.0 + 1e-9))


@given(seeds, st.sampled_from([np.inf, 60.0]))
@settings(max_examples=30)
def test_refined_bound_is_exact(seed: int, grip: float) -> None:
    """After its own programme has been solved a load's bound is its effort; other loads' bounds do not fall."""
    repetition = repetition_of(seed, 0.1)
    pool = capacity_pool(repetition, spread_directions(4), grip=np.full(POSES, grip))
    loads = np.random.default_rng(seed).normal(scale=50.0, size=(3, POSES, 3))
    finer = refined(pool, loads[:1])
    before, after = least_effort(pool, loads), least_effort(finer, loads)
    np.testing.assert_allclose(after[0], true_effort(pool, loads[0]), rtol=1e-9)
    assert np.all(after >= before * (1.0 - 1e-12))


@given(seeds)
@settings(max_examples=20)
def test_effort_grows_with_the_load(seed: int) -> None:
    """Twice the load, twice the least effort; a sum of loads is never harder than its parts together."""
    pool = capacity_pool(repetition_of(seed, 0.1), spread_directions(12))
    a, b = np.random.default_rng(seed).normal(scale=40.0, size=(2, 1, POSES, 3))
    one, other, both = least_effort(pool, a), least_effort(pool, b), least_effort(pool, a + b)
    np.testing.assert_allclose(least_effort(pool, 2.0 * a), 2.0 * one, rtol=1e-12)
    assert np.all(both <= one + other + 1e-9)


def test_only_chosen_poses_are_refined() -> None:
    """A programme is solved where it was asked for, nowhere else."""
    pool = capacity_pool(repetition_of(5, 0.1), spread_directions(3))
    load = np.full((POSES, 3), 20.0)
    finer = refined(pool, load[None], np.array([True, False, False, False]))
    faces = [np.any(one.face != 0.0, axis=2).sum(axis=1) for one in (pool, finer)]
    assert np.all(faces[1][1:] == faces[0][1:])


def test_unloadable_pose_is_infinitely_hard() -> None:
    """Where the limb alone is too much, no load is easy enough."""
    repetition = repetition_of(1, 0.1)
    heavy = repetition.torque_still.copy()
    heavy[2] *= 1e4
    pool = capacity_pool(replace(repetition, torque_still=heavy), spread_directions(3))
    bound = least_effort(pool, np.full((1, POSES, 3), 1.0))
    assert pool.feasible.tolist() == [True, True, False, True]
    assert np.isinf(bound[0]).tolist() == [False, False, True, False]
