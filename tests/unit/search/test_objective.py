"""Windows of effort, and the best few that differ."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bandwright.curves.measures import repetitions
from bandwright.search.candidate import Candidate, WeightUse
from bandwright.search.diversity import Choice, diverse, likeness, unbeaten
from bandwright.search.objective import Objective, Window, effort_for


@given(st.floats(1.0, 49.0))
def test_effort_for_repetitions_inverts_the_repetitions_curve(count: float) -> None:
    """The effort that leaves so many repetitions leaves so many repetitions."""
    assert repetitions(effort_for(count)) == pytest.approx(count)


def test_repetitions_and_reserve_make_the_window() -> None:
    """8 to 12 with 2 in reserve: 10 to 14 possible."""
    window = Objective("travel", {}, (), (), (8, 12), 2, (0.5, 0.8)).window()
    assert [repetitions(window.high), repetitions(window.low)] == pytest.approx([10.0, 14.0])


def test_the_miss_is_the_factor_to_the_window() -> None:
    """Inside it is 0; outside, its exponential times effort lands on the border."""
    miss = Window(0.6, 0.8).miss(np.array([0.3, 0.7, 1.0]))
    assert miss[1] == 0.0
    assert 0.3 / math.exp(miss[0]) == pytest.approx(0.6)
    assert 1.0 / math.exp(miss[2]) == pytest.approx(0.8)


def choice(exercise: int, weight: int, score: float, effort: float = 0.5) -> Choice:
    """A choice with a level effort."""
    return Choice(Candidate(exercise, WeightUse(weight, 8.0), ()), np.full(5, effort), score)


def test_a_slightly_worse_one_of_another_kind_comes_before_a_twin() -> None:
    """The best first, then the other exercise, then the one like it; a family never twice."""
    choices = [choice(0, 0, 1.0), choice(0, 1, 0.99, 0.6), choice(0, 0, 0.98), choice(1, 0, 0.9)]
    assert diverse(choices, 5, alike_cost=0.3) == (0, 3, 1)


def test_a_dumbbell_of_the_same_mass_is_not_another_answer() -> None:
    """Same exercise, same effort, only another handle: said once."""
    assert diverse([choice(0, 0, 1.0), choice(0, 1, 0.99)], 5, alike_cost=0.3) == (0,)


def test_likeness_is_one_of_itself_and_symmetric() -> None:
    """A set-up is entirely like itself, and likeness goes both ways."""
    first, second = choice(0, 0, 1.0), choice(0, 1, 0.5, effort=0.6)
    assert likeness(first, first) == pytest.approx(1.0)
    assert likeness(first, second) == likeness(second, first) < 1.0


def test_the_front_holds_what_nothing_beats() -> None:
    """A row matched everywhere and beaten somewhere is out; equals stay."""
    figures = np.array([[1.0, 0.0], [0.0, 1.0], [0.5, 0.0], [1.0, 0.0]])
    assert unbeaten(figures).tolist() == [True, True, False, True]
