"""What holds for set-ups recruited side by side: the same answers as one by one, in any company."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bandwright.errors import ModelError
from bandwright.numerics.arrays import FloatArray
from bandwright.recruitment import Penalties, recruit
from bandwright.recruitment.batch.batch import (
    BatchRecruiter,
    batch_recruiter,
    recruit_activations,
    recruit_scores,
)
from bandwright.recruitment.batch.repetition import any_load
from bandwright.recruitment.batch.scores import Doses, doses
from tests.unit.recruitment.repetitions import COLUMNS, recruitment_problem

POSES = 7
AGREED = 1e-6
"""Greatest difference of an activation from that of the solver for one set-up."""
GROUPS = 4

seeds = st.integers(0, 2**32 - 1)
penalties = st.builds(Penalties, st.sampled_from([10.0, 300.0]), st.sampled_from([1e-2, 1e-1]))


def some_doses(rng: np.random.Generator) -> Doses:
    """Groups of random columns over random fibre lengths."""
    share = rng.random((GROUPS, COLUMNS)) * (rng.random((GROUPS, COLUMNS)) < 0.3)
    return doses(share, rng.normal(size=(POSES, COLUMNS)))


def batch(seed: int, count: int, load: float, cost: Penalties) -> tuple[BatchRecruiter, FloatArray]:
    """A recruiter, and (B, K, 16) loads from nothing to a few times `load`."""
    rng = np.random.default_rng(seed)
    problem = recruitment_problem(rng, POSES, load)
    recruiter = batch_recruiter(any_load(problem), some_doses(rng), cost)
    asked = np.concatenate([problem.torque, problem.cone_limit], axis=1)
    scatter = rng.normal(size=(count, 1, asked.shape[1])) * np.abs(asked).mean()
    return recruiter, rng.uniform(0.0, 2.0, (count, 1, 1)) * asked + 0.3 * scatter


@given(seeds, st.sampled_from([0.3, 1.0, 3.0]), penalties)
def test_side_by_side_is_one_by_one(seed: int, load: float, cost: Penalties) -> None:
    """Every set-up has the activations that `recruit` finds for it, up to three times what muscles hold."""
    recruiter, loads = batch(seed, 19, load, cost)
    ours = recruit_activations(recruiter, loads, threads=1)
    for activation, one in zip(ours, loads, strict=True):
        reference = recruit(recruiter.repetition.problem(one), cost).activation
        np.testing.assert_allclose(activation, reference, rtol=0.0, atol=AGREED)


@given(seeds)
def test_company_changes_nothing(seed: int) -> None:
    """In another order, in smaller batches, on more threads: the same scores to the last bit."""
    recruiter, loads = batch(seed, 37, 1.0, Penalties())
    order = np.random.default_rng(seed).permutation(len(loads))
    together = recruit_scores(recruiter, loads, threads=1)
    shuffled = recruit_scores(recruiter, loads[order], threads=2)
    parted = [recruit_scores(recruiter, part) for part in (loads[:5], loads[5:])]
    np.testing.assert_array_equal(shuffled.mean, together.mean[order])
    np.testing.assert_array_equal(shuffled.reserve_nm, together.reserve_nm[order])
    np.testing.assert_array_equal(np.concatenate([one.peak for one in parted]), together.peak)


def test_threads_change_nothing() -> None:
    """Enough set-ups for several pieces, on one thread and on three."""
    recruiter, loads = batch(3, 2500, 0.5, Penalties())
    alone = recruit_scores(recruiter, loads, threads=1)
    shared = recruit_scores(recruiter, loads, threads=3)
    np.testing.assert_array_equal(shared.lengthened, alone.lengthened)
    np.testing.assert_array_equal(shared.error, alone.error)


@given(seeds, st.sampled_from([0.3, 1.0, 20.0]))
def test_scores_are_those_of_the_activations(seed: int, load: float) -> None:
    """Means, thirds and peaks by the definitions; what is left unheld as `recruit` reports it."""
    recruiter, loads = batch(seed, 5, load, Penalties())
    scores = recruit_scores(recruiter, loads, threads=1)
    activation = recruit_activations(recruiter, loads, threads=1)
    given_doses = recruiter.doses
    group = activation @ given_doses.share.T
    short = np.einsum("bkn,kn->bn", activation, given_doses.shortened) @ given_doses.share.T
    long = np.einsum("bkn,kn->bn", activation, given_doses.lengthened) @ given_doses.share.T
    np.testing.assert_allclose(scores.mean, group.mean(axis=1), atol=1e-9)
    np.testing.assert_allclose(scores.peak, group.max(axis=1), atol=1e-9)
    np.testing.assert_allclose(scores.shortened, short, atol=1e-9)
    np.testing.assert_allclose(scores.lengthened, long, atol=1e-9)
    for one, load_of in enumerate(loads):
        answer = recruit(recruiter.repetition.problem(load_of), recruiter.penalties)
        scale = 1e-5 * (1.0 + np.abs(answer.residual).max())
        np.testing.assert_allclose(scores.reserve_nm[one], np.abs(answer.residual).max(), atol=scale)
        np.testing.assert_allclose(scores.excess_n[one], answer.cone_excess.max(), rtol=1e-5, atol=1e-3)
    assert np.all(np.isfinite(scores.error))


def test_what_the_lanes_give_up_is_answered_and_flagged() -> None:
    """A million times the strength: not all of it converges in lanes, and nothing is left unanswered."""
    recruiter, loads = batch(11, 40, 1e6, Penalties(1000.0, 10.0))
    scores = recruit_scores(recruiter, loads)
    assert scores.alone.any()
    ours = recruit_activations(recruiter, loads)
    for one in np.nonzero(scores.alone)[0]:
        reference = recruit(recruiter.repetition.problem(loads[one]), recruiter.penalties)
        np.testing.assert_allclose(ours[one], reference.activation, atol=AGREED)


def test_loads_are_checked() -> None:
    """A wrong shape or NaN is refused before any work."""
    recruiter, loads = batch(0, 3, 1.0, Penalties())
    with pytest.raises(ModelError, match="loads has shape"):
        recruit_scores(recruiter, loads[:, :-1])
    with pytest.raises(ModelError, match="not finite"):
        recruit_scores(recruiter, np.where(loads == loads[0, 0, 0], np.nan, loads))


def test_a_cone_of_four_forces_is_refused() -> None:
    """The rows of a cone are combinations of the three components of one force."""
    problem = recruitment_problem(np.random.default_rng(5), POSES, 1.0)
    rng = np.random.default_rng(6)
    odd = replace(problem, cone=problem.cone + rng.normal(size=problem.cone.shape))
    with pytest.raises(ModelError, match="combinations of 8 forces"):
        batch_recruiter(any_load(odd), some_doses(rng))
