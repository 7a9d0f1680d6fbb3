"""The same set-up with less and more scapular motion."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from bandwright.body import Person
from bandwright.catalogue.exercise_tables import MUSCLE_GROUPS
from bandwright.catalogue.exercises import find_exercise
from bandwright.catalogue.setups import default_setup
from bandwright.movements.targets import TARGET_TOLERANCE_M
from bandwright.service.analysis import Analysis, analyse
from bandwright.service.answer import answer
from bandwright.service.answer_tables import AnalysisAnswer, SensitivityAnswer
from bandwright.service.bodies import body_of
from bandwright.service.judge import judge
from bandwright.service.metrics import dose, elements_of
from bandwright.service.scapular_sensitivity import (
    NOMINAL,
    SCALES,
    scapular_sensitivity,
    sensitivity_answer,
    with_scapular_motion,
)

MAN = Person("male", 1.80, 80.0)
ROW = "chest-supported-isometric-band-row"


@cache
def analysed(exercise: str, scale: float = 1.0) -> Analysis:
    """An exercise with its usual loads, its scapular motion scaled."""
    return analyse(
        with_scapular_motion(default_setup(find_exercise(exercise), MAN), scale), with_spread=False
    )


def test_every_value_is_that_of_its_own_analysis() -> None:
    """Each column is the analysis of the scaled movement; the middle one the set-up as it is."""
    found = scapular_sensitivity(analysed(ROW))
    assert found.scales == SCALES
    assert found.refused == ()
    assert set(found.muscle_dose) == {group for group in MUSCLE_GROUPS if elements_of(group)}
    for place, scale in enumerate(SCALES):
        one = analysed(ROW, scale)
        assert found.peak_effort[place] == pytest.approx(one.summary.peak_effort, rel=1e-9)
        for group in ("rhomboids", "trapezius_middle", "deltoid_posterior"):
            assert found.muscle_dose[group][place] == pytest.approx(dose(one, [group]), abs=1e-9)


def test_change_is_the_greatest_difference() -> None:
    """A group's change is the greater of its two differences from the nominal dose."""
    found = scapular_sensitivity(analysed(ROW))
    less, nominal, more = found.muscle_dose["levator_scapulae"]
    assert less is not None
    assert nominal is not None
    assert more is not None
    assert found.change("levator_scapulae") == max(abs(less - nominal), abs(more - nominal)) > 0.0


@pytest.mark.parametrize("scale", SCALES)
def test_hands_on_a_bar_stay_on_it(scale: float) -> None:
    """The grip width of a pull-up is met whatever the blades do."""
    posed = analysed("pull-up", scale).posed
    target = posed.movement.hand_target
    assert target is not None
    assert target.lateral_biacromial is not None
    wanted = target.lateral_biacromial * body_of(MAN).sizes.half_biacromial_m
    assert np.abs(posed.points["hand_r"][:, 1]) == pytest.approx(wanted, abs=10 * TARGET_TOLERANCE_M)


@pytest.mark.parametrize("scale", SCALES)
def test_the_upper_arm_keeps_its_direction(scale: float) -> None:
    """Without a hand target the arm points the same way in the room; only the shoulder has moved."""
    plain, scaled = (analysed(ROW, s).posed.points for s in (1.0, scale))
    arms = [points["elbow_r"] - points["shoulder_r"] for points in (plain, scaled)]
    assert arms[1] == pytest.approx(arms[0], abs=1e-9)
    moved = np.linalg.norm(scaled["shoulder_r"] - plain["shoulder_r"], axis=1).max()
    assert (moved > 0.003) == (scale != 1.0)


def test_what_no_body_can_do_is_said() -> None:
    """A girdle that cannot close at one scale leaves that column empty, with the reason."""
    found = scapular_sensitivity(analysed("pull-up", 1.2))
    (problem,) = found.refused
    assert problem.code == "girdle-does-not-close"
    assert problem.message.startswith("With 1.3 of the scapular motion")
    assert found.peak_effort[-1] is None
    assert found.peak_effort[NOMINAL] is not None
    assert all(values[-1] is None for values in found.muscle_dose.values())
    SensitivityAnswer.model_validate(sensitivity_answer(found))


def test_the_answer_with_it_keeps_to_its_schema() -> None:
    """The JSON answer takes the sensitivity in, and is as before without it."""
    analysis = analysed(ROW)
    plain = answer(analysis, judge(analysis))
    assert "sensitivity" not in plain
    AnalysisAnswer.model_validate(plain)
    found = sensitivity_answer(scapular_sensitivity(analysis))
    full = AnalysisAnswer.model_validate(plain | {"sensitivity": found})
    assert full.sensitivity is not None
    assert full.sensitivity.scapular_motion == [0.7, 1.0, 1.3]
    doses = plain["summary"]["muscle_dose"]
    assert found["muscle_dose"]["teres_major"][NOMINAL] == pytest.approx(
        doses["teres_major_r"]["mean"], abs=1e-6
    )
