"""Fitting strength: predictions, slopes, and what a fit finds where the truth is known."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from bandwright.body import Person
from bandwright.body.own_strength import (
    GROUPS,
    StrengthEstimate,
    group_of_column,
    population_estimate,
    scaled_strength,
)
from bandwright.catalogue.anatomy import load_anatomy
from bandwright.catalogue.exercises import find_exercise
from bandwright.catalogue.setups import default_setup
from bandwright.catalogue.strength_file import StrengthPull, StrengthSet
from bandwright.curves import ArmResult, Holder, solve_arm
from bandwright.curves.fit_strength import (
    FittedHolder,
    Measurement,
    fit_strength,
    group_slopes,
    predict,
)
from bandwright.errors import SolverError
from bandwright.loads import load_forces
from bandwright.service.analysis import analyse
from bandwright.service.bodies import holder_of, posed_of
from bandwright.service.momentum import effort_by_momentum
from bandwright.service.own_strength import pull_measurement, set_measurement

MAN = Person("male", 1.8, 80.0)
PHASES = (0.3, 0.6, 0.9)


@cache
def groups() -> dict[str, int]:
    """Group of each muscle and actuator."""
    return group_of_column(load_anatomy())


@cache
def pulls(exercise: str = "bent-over-dumbbell-row") -> tuple[Measurement, ...]:
    """Pulls at three phases of an exercise."""
    setup = default_setup(find_exercise(exercise), MAN)
    return tuple(pull_measurement(f"at {p}", StrengthPull(setup, p, 100.0)) for p in PHASES)


def someone(seed: int) -> StrengthEstimate:
    """A person with strengths drawn at random."""
    prior = population_estimate()
    drawn = np.random.default_rng(seed).multivariate_normal(prior.log_mean, prior.covariance)
    return replace(prior, log_mean=drawn)


def solved(estimate: StrengthEstimate, exercise: str) -> ArmResult:
    """The exercise with its usual loads, solved with the person's own strength."""
    setup, usual = default_setup(find_exercise(exercise), MAN), holder_of(MAN)
    posed = posed_of(setup.exercise.movement, MAN, "r")
    own = Holder(scaled_strength(usual.strength, load_anatomy(), estimate), usual.cone)
    return solve_arm(posed, posed.working[0], load_forces(setup.loads, posed), own)


@pytest.mark.parametrize("exercise", ["bent-over-dumbbell-row", "pull-up"])
def test_predictions_are_those_of_a_person_with_that_strength(exercise: str) -> None:
    """Scaling the problem's columns agrees with scaling the person and solving the whole repetition."""
    estimate = someone(3)
    whole = solved(estimate, exercise).strength_n
    at = [int(one.poses[0]) for one in pulls(exercise)]
    found = predict(pulls(exercise), holder_of(MAN), groups(), estimate).factor
    assert 100.0 * found == pytest.approx(whole[at], rel=1e-6)


def test_slopes_are_finite_differences() -> None:
    """A small change of each group's factor changes the capacity as its slope says."""
    estimate, step = someone(5), 1e-4
    here = predict(pulls(), holder_of(MAN), groups(), estimate)
    for group in range(len(GROUPS)):
        moved = [
            replace(estimate, log_mean=estimate.log_mean + sign * step * np.eye(len(GROUPS))[group])
            for sign in (1.0, -1.0)
        ]
        up, down = (predict(pulls(), holder_of(MAN), groups(), one).log_factor for one in moved)
        assert here.slopes[:, group] == pytest.approx((up - down) / (2 * step), abs=2e-3)


def test_a_strict_set_speaks_of_the_weakest_pose() -> None:
    """A strict set's factor is the least of the repetition's."""
    setup = default_setup(find_exercise("bent-over-dumbbell-row"), MAN)
    one = set_measurement("set", StrengthSet(setup, 8, 0, strict=True))
    found = predict([one], holder_of(MAN), groups(), population_estimate()).factor
    whole = solved(population_estimate(), "bent-over-dumbbell-row")
    assert found[0] == pytest.approx(float((1.0 / whole.effort).min()), rel=1e-6)
    assert one.factor == pytest.approx(1 + 8 / 30)


def test_any_other_set_is_swung() -> None:
    """What it says is what an analysis says of momentum, and its slopes are those of finite differences."""
    setup = default_setup(find_exercise("bent-over-dumbbell-row"), MAN)
    one, estimate, step = set_measurement("set", StrengthSet(setup, 8, 0)), population_estimate(), 1e-3
    found = predict([one], holder_of(MAN), groups(), estimate)
    swung = effort_by_momentum(analyse(setup, with_spread=False))
    assert found.factor[0] == pytest.approx(1.0 / swung, rel=1e-5)
    for group, name in enumerate(GROUPS):
        ends = [
            replace(estimate, log_mean=estimate.log_mean + sign * step * np.eye(len(GROUPS))[group])
            for sign in (1.0, -1.0)
        ]
        up, down = (predict([one], holder_of(MAN), groups(), end).log_factor[0] for end in ends)
        assert found.slopes[0, group] == pytest.approx((up - down) / (2 * step), abs=5e-3), name


def test_a_set_with_a_band_alone_is_held() -> None:
    """A band stores nothing to swing with."""
    setup = default_setup(find_exercise("bent-over-band-row"), MAN)
    assert set_measurement("set", StrengthSet(setup, 8, 0)).swing is None


@pytest.mark.parametrize("seed", range(3))
def test_exact_pulls_are_met(seed: int) -> None:
    """Pulls without error, trusted to 1 %, are reproduced to that, and the fit says it has settled."""
    truth = predict(pulls(), holder_of(MAN), groups(), someone(seed)).factor
    exact = [replace(one, factor=f, log_sd=0.01) for one, f in zip(pulls(), truth.tolist(), strict=True)]
    fit = fit_strength(exact, holder_of(MAN), groups())
    assert fit.converged
    assert fit.astray == ()
    assert np.abs(fit.residual) == pytest.approx(0.0, abs=0.02)
    assert np.all(fit.prediction.log_sd <= 0.0101)


def test_a_pull_from_another_world_is_pointed_out() -> None:
    """One reading four times too large is named; the others are not."""
    usual = predict(pulls(), holder_of(MAN), groups(), population_estimate()).factor.tolist()
    given = [replace(one, factor=f, log_sd=0.07) for one, f in zip(pulls(), usual, strict=True)]
    twins = [replace(one, id=f"{one.id} again") for one in given]
    wrong = replace(given[1], id="wrong", factor=4.0 * given[1].factor)
    assert "wrong" in fit_strength([*given, *twins, wrong], holder_of(MAN), groups()).astray


def test_the_curve_spreads_as_its_groups_do() -> None:
    """With no measurement the spread of a curve lies between one group's own share and the whole."""
    prior, result = population_estimate(), solved(population_estimate(), "bent-over-dumbbell-row")
    holder = FittedHolder(holder_of(MAN), prior, groups(), 0.1)
    slopes = group_slopes(result.capacity.limit_share, result.equations.columns, groups())
    by_draws = np.std(
        slopes @ np.random.default_rng(0).multivariate_normal(prior.log_mean, prior.covariance, 4000).T,
        axis=1,
    )
    wanted = np.sqrt(np.mean(by_draws**2) + 0.1**2)
    assert holder.strength_cv(result) == pytest.approx(wanted, rel=0.05)


def test_nothing_measured_is_refused() -> None:
    """A fit needs at least one measurement."""
    with pytest.raises(SolverError, match="no measurements"):
        fit_strength([], holder_of(MAN), groups())
