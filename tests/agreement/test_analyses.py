"""Set-ups analysed and judged together against each by itself: every exercise, at several loads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from bandwright.body import Person, Side
from bandwright.catalogue.exercises import find_exercise, load_exercises
from bandwright.catalogue.setup import SetUp
from bandwright.catalogue.setups import default_setup
from bandwright.curves.verdict import Verdict
from bandwright.errors import InfeasibleError
from bandwright.loads import BandLoad, CableLoad, WeightLoad
from bandwright.service.analyses import analyse_many, judge_many
from bandwright.service.analysis import Analysis, analyse
from bandwright.service.judge import judge

WOMAN = Person("female", 1.626, 66.8)
"""The median woman (ANSURII)."""


def several(setup: SetUp) -> Iterator[SetUp]:
    """A set-up lighter, as it is, heavier, and with its bands doubled."""
    for factor in (0.4, 1.0, 2.5):
        yield replace(
            setup,
            loads=tuple(
                replace(load, mass_kg=load.mass_kg * factor)
                if isinstance(load, WeightLoad)
                else replace(load, force_n=load.force_n * factor)
                if isinstance(load, CableLoad)
                else load
                for load in setup.loads
            ),
        )
    yield replace(
        setup,
        loads=tuple(
            replace(load, count=load.count + 1) if isinstance(load, BandLoad) else load
            for load in setup.loads
        ),
    )


@pytest.mark.parametrize("exercise", sorted(load_exercises()))
def test_together_is_as_alone(exercise: str) -> None:
    """Effort, activations, residuals, limits, doses and the whole verdict."""
    found = find_exercise(exercise)
    side: Side = "l" if found.movement.arms == "right" else "r"
    setups = list(several(default_setup(found, WOMAN, side=side)))
    together = [one for one in analyse_many(setups) if isinstance(one, Analysis)]
    assert len(together) == len(setups)
    for setup, one, verdict in zip(setups, together, judge_many(together), strict=True):
        alone = analyse(setup, with_spread=False)
        assert [arm.side for arm in one.results] == [arm.side for arm in alone.results]
        for arm, other in zip(one.results, alone.results, strict=True):
            np.testing.assert_allclose(arm.effort, other.effort, rtol=1e-8)
            np.testing.assert_allclose(arm.activation, other.activation, atol=1e-6)
            np.testing.assert_allclose(arm.recruitment.residual, other.recruitment.residual, atol=1e-5)
            np.testing.assert_allclose(
                arm.recruitment.multiplier, other.recruitment.multiplier, atol=1e-3, rtol=1e-4
            )
            assert arm.binding == other.binding
            assert arm.recruitment.converged.all() == other.recruitment.converged.all()
        for name, dose in alone.summary.muscle_dose.items():
            assert one.summary.muscle_dose[name].mean == pytest.approx(dose.mean, abs=1e-6)
        expected = judge(alone)
        assert isinstance(verdict, Verdict)
        assert verdict.grade == expected.grade
        assert verdict.headline == expected.headline
        assert [reason.code for reason in verdict.reasons] == [reason.code for reason in expected.reasons]


def test_one_that_cannot_be_done_spoils_no_other() -> None:
    """An overstretched band is an error in its place; the rest are answered."""
    usual = default_setup(find_exercise("standing-band-row"), WOMAN)
    (band,) = usual.loads
    assert isinstance(band, BandLoad)
    torn = replace(usual, loads=(replace(band, rig="folded"),))
    first, second, third = analyse_many([usual, torn, usual])
    assert isinstance(first, Analysis)
    assert isinstance(second, InfeasibleError)
    assert isinstance(third, Analysis)
    # Each programme starts where the one before ended, so the last digit depends on the company.
    np.testing.assert_allclose(first.effort, third.effort, rtol=1e-12)


def test_nothing_asked_nothing_answered() -> None:
    """No set-ups, no analyses, no verdicts."""
    assert analyse_many([]) == []
    assert judge_many([]) == []
