"""Solvers for many people against the solvers for one."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from bandwright.body import Person
from bandwright.catalogue.exercises import find_exercise
from bandwright.catalogue.setups import default_setup
from bandwright.curves.arm import (
    PENALTIES,
    TOLERANCE,
    ArmResult,
    capacity_problem,
    probe_force,
    recruitment_problem,
)
from bandwright.mechanics import load_demand
from bandwright.numerics.arrays import FloatArray
from bandwright.numerics.lp import maximise_linear
from bandwright.recruitment.capacity import capacity
from bandwright.recruitment.capacity_problem import CapacityProblem
from bandwright.recruitment.people import People, nearest_before, rows_of
from bandwright.recruitment.people_capacity import capacity_of_people, lifters
from bandwright.recruitment.people_recruit import Recruits, recruit_people, recruits
from bandwright.recruitment.problem import RecruitmentProblem
from bandwright.recruitment.recruit import recruit
from bandwright.service.analysis import analyse
from bandwright.service.bodies import holder_of

MAN = Person("male", 1.755, 84.6)
EVERYONE = 12
EXERCISES = ("face-pull", "pull-up")


@cache
def problems(exercise: str) -> tuple[ArmResult, RecruitmentProblem, CapacityProblem]:
    """The nominal arm of an exercise and its two problems."""
    analysis = analyse(default_setup(find_exercise(exercise), MAN), with_spread=False)
    result, holder = analysis.working, holder_of(MAN)
    probe = probe_force(analysis.forces, result.side, result.hand)
    demand = load_demand(analysis.posed.arms[result.side], probe)
    return (
        result,
        recruitment_problem(result.equations, result.demand, holder.cone),
        capacity_problem(result.equations, demand, probe, holder),
    )


def people(exercise: str) -> People:
    """Some people who differ in every muscle's strength and, by a little, in all rows."""
    rng = np.random.default_rng(7)
    result, problem, _ = problems(exercise)
    rows = np.concatenate([problem.moment, problem.cone], axis=1)
    factor = np.exp(0.3 * rng.standard_normal((EVERYONE, rows.shape[2])))
    shift = 0.05 * rng.standard_normal((2, *rows.shape)) * rows
    # Facets are the same for everybody; what they push against differs: three forces on the humeral head.
    facets = np.linalg.svd(problem.cone, full_matrices=False)[0][:, :, :3]
    shift[:, :, 8:] = facets @ np.swapaxes(facets, 1, 2) @ shift[:, :, 8:]
    return People(
        rows=rows,
        shift=shift,
        steps=rng.standard_normal((EVERYONE, 2)),
        factor=factor,
        limits=np.array([result.equations.lower, result.equations.upper]),
        equations=problem.moment.shape[1],
        nearest=nearest_before(factor),
    )


def recruited(who: Recruits, goal: FloatArray, start: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Everybody's activations and what is left unheld, once they are there."""
    recruiting = recruit_people(who, goal, start)
    recruiting.finish()
    return recruiting.activation, recruiting.left


@pytest.mark.parametrize("exercise", EXERCISES)
def test_recruitment_of_everyone_is_that_of_each(exercise: str) -> None:
    """Activations and what is left unheld are those of the solver for one person."""
    (result, problem, _), everyone = problems(exercise), people(exercise)
    goal = np.concatenate([problem.torque, problem.cone_limit], axis=1)
    goals = np.tile(goal, (EVERYONE, 1, 1))
    start = result.recruitment.multiplier
    activation, left = recruited(recruits(everyone, problem.weight, PENALTIES), goals, start)
    for person in range(EVERYONE):
        rows = rows_of(everyone, person)
        alone = recruit(replace(problem, moment=rows[:, :8], cone=rows[:, 8:]), PENALTIES)
        assert activation[:, :, person] == pytest.approx(alone.activation, abs=1e-6)
        assert left[:, :, person] == pytest.approx(alone.residual, abs=1e-5)


@pytest.mark.parametrize("exercise", EXERCISES)
def test_capacity_of_everyone_is_that_of_each(exercise: str) -> None:
    """Greatest factors are those of the solver for one person, which proves its answers."""
    (_, _, problem), everyone = problems(exercise), people(exercise)
    still = np.concatenate([problem.torque_limb, problem.cone_limit_limb], axis=1)
    load = np.concatenate([problem.torque_load, problem.cone_limit_load], axis=1)
    many = (EVERYONE, 1, 1)
    who = lifters(everyone, np.tile(still, many), TOLERANCE)
    found = capacity_of_people(who, np.tile(load, many), np.tile(problem.lowest_cap, (EVERYONE, 1)))()
    for person in range(EVERYONE):
        rows = rows_of(everyone, person)
        alone = capacity(replace(problem, moment=rows[:, :8], cone=rows[:, 8:]))
        assert found[person] == pytest.approx(alone.factor, rel=1e-6, abs=1e-8)
        for pose in range(0, len(alone.factor), 10):
            highs = by_highs(problem, rows[pose], pose)
            assert found[person, pose] == pytest.approx(highs, rel=1e-9, abs=1e-9)


def by_highs(problem: CapacityProblem, rows: FloatArray, pose: int) -> float:
    """Greatest factor of somebody with these rows, by HiGHS, from nothing."""
    give = problem.tolerance
    still, room = problem.torque_limb[pose], problem.cone_limit_limb[pose] + give.cone_n
    load = np.concatenate([problem.torque_load[pose], problem.cone_limit_load[pose]])
    least = np.concatenate([still - give.torque_nm, np.full(len(room), -np.inf)])
    answer = maximise_linear(
        np.eye(rows.shape[1] + 1)[-1],
        np.hstack([rows, -load[:, None]]),
        (least, np.concatenate([still + give.torque_nm, room])),
        (np.append(problem.lower[pose], 0.0), np.append(problem.upper[pose], problem.lowest_cap[pose])),
        tolerance=1e-10,
    )
    assert answer.optimal
    return answer.value


@pytest.mark.parametrize("processors", [1, 3])
def test_answers_do_not_depend_on_threads(processors: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """To the last bit, on as many threads as there are and on another number of them."""
    (result, problem, limit), everyone = problems("pull-up"), people("pull-up")
    goal = np.tile(np.concatenate([problem.torque, problem.cone_limit], axis=1), (EVERYONE, 1, 1))
    still = np.concatenate([limit.torque_limb, limit.cone_limit_limb], axis=1)
    load = np.concatenate([limit.torque_load, limit.cone_limit_load], axis=1)
    many = (EVERYONE, 1, 1)
    pulled, cap = np.tile(load, many), np.tile(limit.lowest_cap, (EVERYONE, 1))

    def answers() -> tuple[FloatArray, ...]:
        start = result.recruitment.multiplier
        held = recruited(recruits(everyone, problem.weight, PENALTIES), goal, start)
        who = lifters(everyone, np.tile(still, many), TOLERANCE)
        return capacity_of_people(who, pulled, cap)(), *held

    before = answers()
    monkeypatch.setattr("os.cpu_count", lambda: processors)
    for one, other in zip(before, answers(), strict=True):
        np.testing.assert_array_equal(one, other)


def test_what_was_asked_before_does_not_matter() -> None:
    """People kept for many loads answer as new ones do, to the last bit."""
    (result, problem, limit), everyone = problems("face-pull"), people("face-pull")
    many = (EVERYONE, 1, 1)
    goal = np.tile(np.concatenate([problem.torque, problem.cone_limit], axis=1), many)
    still = np.tile(np.concatenate([limit.torque_limb, limit.cone_limit_limb], axis=1), many)
    load = np.tile(np.concatenate([limit.torque_load, limit.cone_limit_load], axis=1), many)
    start, cap = result.recruitment.multiplier, np.tile(limit.lowest_cap, (EVERYONE, 1))
    recruiting, lifting = recruits(everyone, problem.weight, PENALTIES), lifters(everyone, still, TOLERANCE)

    def answers() -> tuple[FloatArray, ...]:
        return capacity_of_people(lifting, load, cap)(), *recruited(recruiting, goal, start)

    before = answers()
    recruited(recruiting, 1.7 * goal, 0.5 * start)
    for asked in (-load, load + 0.2 * load[:, ::-1], load + 0.002 * load[:, ::-1]):
        capacity_of_people(lifting, asked, cap)()
        for one, other in zip(before, answers(), strict=True):
            np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("exercise", EXERCISES)
def test_what_stopped_a_load_is_found_to_stop_another(exercise: str) -> None:
    """Of a load turned a little, people who know what stopped the last one find the same as people who do not."""
    (_, _, limit), everyone = problems(exercise), people(exercise)
    many = (EVERYONE, 1, 1)
    still = np.tile(np.concatenate([limit.torque_limb, limit.cone_limit_limb], axis=1), many)
    load = np.tile(np.concatenate([limit.torque_load, limit.cone_limit_load], axis=1), many)
    free = np.tile(limit.lowest_cap, (EVERYONE, 1))
    lifting = lifters(everyone, still, TOLERANCE)
    for share, cap in ((0.0, free), (0.002, free), (0.2, free), (0.2, 0.9 * free), (0.2, 0.5 + 0.0 * free)):
        turned = load + share * load[:, ::-1]
        found = capacity_of_people(lifting, turned, cap)()
        new = capacity_of_people(lifters(everyone, still, TOLERANCE), turned, cap)()
        np.testing.assert_array_equal(found, new)
