"""What every recruitment and every capacity must satisfy, whatever the numbers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bandwright.numerics.arrays import FloatArray
from bandwright.recruitment import (
    CapacityProblem,
    Penalties,
    Recruitment,
    RecruitmentProblem,
    capacity,
    recruit,
)
from tests.unit.recruitment.repetitions import capacity_problem, recruitment_problem

POSES = 5
seeds = st.integers(0, 2**32 - 1)
loads = st.sampled_from([0.0, 0.2, 1.0, 2.0, 5.0, 20.0])
penalties = st.builds(Penalties, st.sampled_from([1.0, 10.0, 100.0]), st.sampled_from([1e-4, 1e-2, 1.0]))


def problem_of(seed: int, load: float) -> RecruitmentProblem:
    """The problem of a seed."""
    return recruitment_problem(np.random.default_rng(seed), POSES, load)


def pull(problem: RecruitmentProblem, answer: Recruitment) -> FloatArray:
    """(K, n) what residual and cone excess would gain from each column, less its cost: −gradient."""
    m = problem.moment.shape[1]
    torque, cone = answer.multiplier[:, :m], answer.multiplier[:, m:]
    gain = np.einsum("kmn,km->kn", problem.moment, torque) - np.einsum("kfn,kf->kn", problem.cone, cone)
    net: FloatArray = gain - problem.weight * answer.activation
    return net


@given(seeds, loads, penalties)
def test_activations_are_stationary(seed: int, load: float, cost: Penalties) -> None:
    """Inside its bounds a column gains nothing from moving; at a bound it would only gain by crossing it."""
    problem = problem_of(seed, load)
    answer = recruit(problem, cost)
    net = pull(problem, answer)
    at_lower = answer.activation <= problem.lower
    at_upper = answer.activation >= problem.upper
    assert answer.converged.all()
    assert np.all(np.abs(net[~at_lower & ~at_upper]) < 1e-6)
    assert np.all(net[at_lower] < 1e-6)
    assert np.all(net[at_upper] > -1e-6)


@given(seeds, loads, penalties)
def test_activations_keep_their_bounds(seed: int, load: float, cost: Penalties) -> None:
    """Exactly, not nearly: the curves drawn from them must not cross 0 or 1."""
    problem = problem_of(seed, load)
    answer = recruit(problem, cost)
    assert np.all(answer.activation >= problem.lower)
    assert np.all(answer.activation <= problem.upper)


@given(seeds, loads, penalties)
def test_multipliers_are_the_prices_of_what_is_left(seed: int, load: float, cost: Penalties) -> None:
    """λ = p · residual; μ = c · excess, and a facet with room costs nothing."""
    problem = problem_of(seed, load)
    answer = recruit(problem, cost)
    m = problem.moment.shape[1]
    scale = 1.0 + np.abs(answer.multiplier).max()
    np.testing.assert_allclose(answer.multiplier[:, :m], cost.torque * answer.residual, atol=1e-6 * scale)
    np.testing.assert_allclose(answer.multiplier[:, m:], cost.cone * answer.cone_excess, atol=1e-6 * scale)
    room = problem.cone_limit - np.einsum("kfn,kn->kf", problem.cone, answer.activation)
    assert np.all(answer.multiplier[:, m:][room > 1e-3] == 0.0)


@given(seeds, loads)
def test_no_other_activation_is_cheaper(seed: int, load: float) -> None:
    """Strong convexity: anything else costs more by at least half its weighted squared distance."""
    problem, cost = problem_of(seed, load), Penalties()
    answer = recruit(problem, cost)
    other = np.random.default_rng(seed + 1).uniform(problem.lower, problem.upper)
    distance = 0.5 * np.sum(problem.weight * (other - answer.activation) ** 2, axis=1)
    best, worse = total_cost(problem, cost, answer.activation), total_cost(problem, cost, other)
    assert np.all(worse >= best + distance - 1e-9 * worse)


def total_cost(problem: RecruitmentProblem, cost: Penalties, activation: FloatArray) -> FloatArray:
    """(K,) what recruitment minimises."""
    left = problem.torque - np.einsum("kmn,kn->km", problem.moment, activation)
    push = np.einsum("kfn,kn->kf", problem.cone, activation) - problem.cone_limit
    effort = np.sum(problem.weight * activation**2, axis=1)
    reserve = cost.torque * np.sum(left**2, axis=1)
    excess = cost.cone * np.sum(np.maximum(push, 0.0) ** 2, axis=1)
    total: FloatArray = 0.5 * (effort + reserve + excess)
    return total


@given(seeds, st.sampled_from([0.2, 1.0, 5.0, 20.0]))
def test_warm_and_cold_starts_agree(seed: int, load: float) -> None:
    """Along the poses, one by one, backwards, or from wild multipliers: the same activations."""
    problem = problem_of(seed, load)
    along = recruit(problem).activation
    start = np.random.default_rng(seed).normal(scale=30.0, size=16)
    wild = recruit(problem, start=start).activation
    back = recruit(poses(problem, np.arange(POSES)[::-1])).activation[::-1]
    alone = np.concatenate([recruit(poses(problem, np.array([k]))).activation for k in range(POSES)])
    for other in (wild, back, alone):
        np.testing.assert_allclose(other, along, atol=1e-6)


def poses(
    problem: RecruitmentProblem, order: np.ndarray[tuple[int], np.dtype[np.int64]]
) -> RecruitmentProblem:
    """The same problem at some of its poses."""
    return replace(
        problem,
        moment=problem.moment[order],
        torque=problem.torque[order],
        lower=problem.lower[order],
        upper=problem.upper[order],
        cone=problem.cone[order],
        cone_limit=problem.cone_limit[order],
    )


@given(seeds)
def test_nothing_to_hold_means_no_effort(seed: int) -> None:
    """Zero torque and room in front of every facet: silence, at no cost."""
    problem = problem_of(seed, 0.0)
    answer = recruit(replace(problem, cone_limit=np.abs(problem.cone_limit)))
    assert np.all(answer.activation == 0.0)
    assert np.all(answer.residual == 0.0)


@given(seeds, loads)
def test_a_mirrored_body_works_the_same(seed: int, load: float) -> None:
    """Turning axes round (signs of rows) and listing columns in another order changes no activation."""
    problem = problem_of(seed, load)
    rng = np.random.default_rng(seed)
    sign, order = rng.choice([-1.0, 1.0], 8), rng.permutation(problem.weight.size)
    mirrored = replace(
        problem,
        moment=(sign[:, None] * problem.moment)[:, :, order],
        torque=sign * problem.torque,
        lower=problem.lower[:, order],
        upper=problem.upper[:, order],
        weight=problem.weight[order],
        cone=problem.cone[:, ::-1, order],
        cone_limit=problem.cone_limit[:, ::-1],
    )
    np.testing.assert_allclose(recruit(mirrored).activation, recruit(problem).activation[:, order], atol=1e-6)


@given(seeds, loads)
def test_twin_columns_share_equally(seed: int, load: float) -> None:
    """Two columns with the same moments, pushes, bounds and weight have the same activation."""
    problem = problem_of(seed, load)
    moment, cone, weight = problem.moment.copy(), problem.cone.copy(), problem.weight.copy()
    moment[:, :, 1], cone[:, :, 1], weight[1] = moment[:, :, 0], cone[:, :, 0], weight[0]
    answer = recruit(replace(problem, moment=moment, cone=cone, weight=weight))
    np.testing.assert_allclose(answer.activation[:, 1], answer.activation[:, 0], atol=1e-7)


def limited(seed: int, limb: float, load: float = 1.0) -> CapacityProblem:
    """The capacity problem of a seed."""
    return capacity_problem(np.random.default_rng(seed), POSES, limb=limb, load=load)


limbs = st.sampled_from([0.0, 0.1, 1.0, 3.0])


@given(seeds, limbs, st.sampled_from([0.1, 0.5, 2.0, 10.0]))
def test_factor_shrinks_as_the_load_grows(seed: int, limb: float, times: float) -> None:
    """Twice the load, half the factor; strength does not change."""
    problem = limited(seed, limb)
    grown = replace(
        problem,
        torque_load=times * problem.torque_load,
        cone_limit_load=times * problem.cone_limit_load,
    )
    once, more = capacity(problem), capacity(grown)
    np.testing.assert_allclose(more.factor * times, once.factor, rtol=1e-8, atol=1e-9)
    np.testing.assert_array_equal(more.feasible, once.feasible)


@given(seeds, limbs)
def test_the_limit_is_reached_within_every_limit(seed: int, limb: float) -> None:
    """The activations given at the factor hold limb and factor × load within bounds and tolerances."""
    problem = limited(seed, limb)
    answer = capacity(problem)
    ok = answer.feasible
    activation, factor = answer.activation[ok], answer.factor[ok][:, None]
    torque = np.einsum("kmn,kn->km", problem.moment[ok], activation)
    missed = torque - problem.torque_limb[ok] - factor * problem.torque_load[ok]
    push = np.einsum("kfn,kn->kf", problem.cone[ok], activation)
    over = push - problem.cone_limit_limb[ok] - factor * problem.cone_limit_load[ok]
    assert answer.converged.all()
    assert np.all(np.abs(missed) <= problem.tolerance.torque_nm + 1e-6)
    assert np.all(over <= problem.tolerance.cone_n + 1e-4)
    assert np.all(activation >= problem.lower[ok] - 1e-8)
    assert np.all(activation <= problem.upper[ok] + 1e-8)


@given(seeds, limbs, st.floats(1.0, 3.0))
def test_a_stronger_person_can_do_no_less(seed: int, limb: float, times: float) -> None:
    """Raising upper bounds never lowers the factor, and never makes a pose impossible."""
    problem = limited(seed, limb)
    weak, strong = capacity(problem), capacity(replace(problem, upper=times * problem.upper))
    assert np.all(strong.factor >= weak.factor * (1.0 - 1e-8))
    assert np.all(strong.feasible >= weak.feasible)
    assert np.all(strong.shortfall_nm <= weak.shortfall_nm + 1e-7)


@given(seeds)
def test_the_binding_limit_is_the_one_to_relax(seed: int) -> None:
    """One part in a million more of a column's bound raises the factor by its share of that."""
    problem = limited(seed, 0.1)
    before = capacity(problem)
    column = int(np.argmax(before.limit_share[0, : problem.moment.shape[2]]))
    upper = problem.upper.copy()
    upper[0, column] *= 1.0 + 1e-6
    lower = problem.lower.copy()
    lower[0, column] *= 1.0 + 1e-6
    growth = capacity(replace(problem, upper=upper, lower=lower)).factor[0] / before.factor[0] - 1.0
    np.testing.assert_allclose(growth, 1e-6 * before.limit_share[0, column], rtol=1e-3)


@given(seeds, limbs)
def test_poses_do_not_depend_on_their_order(seed: int, limb: float) -> None:
    """The start carried along the poses is only a start."""
    problem = limited(seed, limb)
    flip = {
        name: getattr(problem, name)[::-1]
        for name in ("moment", "torque_limb", "torque_load", "lower", "upper", "cone", "cap")
    }
    room = {name: getattr(problem, name)[::-1] for name in ("cone_limit_limb", "cone_limit_load")}
    answer, back = capacity(problem), capacity(replace(problem, **flip, **room))
    np.testing.assert_allclose(back.factor[::-1], answer.factor, rtol=1e-8, atol=1e-10)
