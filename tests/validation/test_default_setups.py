"""Every shipped exercise at its default set-up, for the median man and the survey's smallest and largest bodies."""

from __future__ import annotations

import numpy as np
import pytest

from bandwright.body import EQUATIONS, Person
from bandwright.catalogue.exercises import find_exercise, load_exercises
from bandwright.catalogue.setups import default_setup
from bandwright.service.analysis import RESIDUAL_LIMIT, Analysis, analyse
from bandwright.service.judge import judge
from bandwright.units import GRAVITY_M_S2

MEDIAN_MAN = Person("male", 1.755, 84.6)
"""Median of stature and mass of 4082 men (ANSURII), for whom the files are written."""
MEDIAN_WOMAN = Person("female", 1.626, 66.8)
"""Median of stature and mass of 1986 women (ANSURII)."""
HANGING_FREE = ("pull-up", "chin-up")
"""Exercises whose load is the body's own weight and nothing else."""
HELPED = "band-assisted-pull-up"
SMALL_WOMAN = Person("female", 1.525, 51.3)
"""5th percentile of stature and mass of 1986 women (ANSURII)."""
LARGE_MAN = Person("male", 1.87, 110.7)
"""95th percentile of stature and mass of 4082 men (ANSURII)."""
CASES = [(exercise, person) for exercise in sorted(load_exercises()) for person in (SMALL_WOMAN, LARGE_MAN)]


@pytest.fixture(params=CASES, ids=lambda case: f"{case[0]}-{case[1].sex}")
def analysis(request: pytest.FixtureRequest) -> Analysis:
    """One default analysis, spread left out."""
    exercise, person = request.param
    return analyse(default_setup(find_exercise(exercise), person), with_spread=False)


def test_balances_wherever_the_load_can_be_held(analysis: Analysis) -> None:
    """No residual above 1 % of peak torque where effort is below 1, and every pose solved and proven."""
    assert analysis.residual_share <= RESIDUAL_LIMIT
    for result in analysis.results:
        assert result.recruitment.converged.all()
        assert result.capacity.converged.all()
        within = result.effort < 1.0
        peak = np.abs(result.demand.torque).max()
        assert np.abs(result.recruitment.residual[within]).max(initial=0.0) <= RESIDUAL_LIMIT * peak


@pytest.mark.parametrize("person", [MEDIAN_MAN, MEDIAN_WOMAN], ids=lambda one: one.sex)
@pytest.mark.parametrize("exercise", sorted(load_exercises()))
def test_median_people_can_hold_their_defaults(exercise: str, person: Person) -> None:
    """Everywhere in the repetition, and no residual above 1 % of peak torque; but a median woman cannot pull up."""
    found = analyse(default_setup(find_exercise(exercise), person), with_spread=False)
    assert found.residual_share <= RESIDUAL_LIMIT
    beyond = person is MEDIAN_WOMAN and exercise in (*HANGING_FREE, HELPED)
    assert (found.working.effort.max() >= 1.0) == beyond


@pytest.mark.parametrize("exercise", HANGING_FREE)
def test_who_cannot_pull_up_is_shown_help(exercise: str) -> None:
    """The verdict names the assisted pull-up."""
    found = judge(analyse(default_setup(find_exercise(exercise), MEDIAN_WOMAN), with_spread=False))
    assert HELPED in {one.exercise for one in found.alternatives}


@pytest.mark.parametrize("person", [SMALL_WOMAN, MEDIAN_WOMAN, Person("female", 1.65, 105.0), LARGE_MAN])
def test_help_carries_nobody_up(person: Person) -> None:
    """A band helps least at the top: who needs much there gets much, but none that lifts them out of the hang."""
    found = analyse(default_setup(find_exercise(HELPED), person), with_spread=False)
    help_n = np.sum([force.on_body[:, 2] for force in found.forces if force.on_body is not None], axis=0)
    assert help_n[0] == help_n.max() < GRAVITY_M_S2 * person.mass_kg
    free = analyse(default_setup(find_exercise("pull-up"), person), with_spread=False)
    assert found.working.effort.max() < free.working.effort.max()


def test_curves_are_sound(analysis: Analysis) -> None:
    """Loads, strengths and activations are finite and within what they can be."""
    work = analysis.working
    assert np.isfinite(work.load_n).all()
    assert (work.load_n >= 0).all()
    assert np.isfinite(work.strength_n).all()
    assert (work.strength_n > 0).all(), [EQUATIONS, work.binding]
    for muscle in analysis.muscles.values():
        assert ((muscle.activation >= 0) & (muscle.activation <= 1)).all()
    assert 0 <= analysis.summary.evenness <= 1
