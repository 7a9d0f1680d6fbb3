"""The spread of an analysis and how sure its verdict is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from bandwright.body import Person
from bandwright.catalogue.exercises import find_exercise
from bandwright.catalogue.setup import MeasuredPull, SetUp
from bandwright.catalogue.setups import default_setup, read_setup
from bandwright.catalogue.verdict_rules import load_rulebook
from bandwright.curves.spread import CAUSES, Draws, Everything, shares
from bandwright.curves.verdict import judge_by
from bandwright.loads import WeightLoad
from bandwright.numerics.arrays import FloatArray
from bandwright.recruitment.people_capacity import Lifters, capacity_of_people
from bandwright.service.analysis import Analysis, analyse
from bandwright.service.case import case_of
from bandwright.service.certainty import drawn_figures
from bandwright.service.judge import judge
from bandwright.service.metrics import figures_of
from bandwright.service.uncertainty import Nominal, begin_spread, deviates_of

MAN = Person("male", 1.755, 84.6)
ROW, PULL_UP, ASSISTED = "bent-over-band-row", "pull-up", "band-assisted-pull-up"


def usual(exercise: str, person: Person = MAN) -> SetUp:
    """An exercise with its usual loads."""
    return default_setup(find_exercise(exercise), person)


@cache
def analysed(exercise: str) -> Analysis:
    """Its analysis."""
    return analyse(usual(exercise))


def rest_of(analysis: Analysis) -> Everything:
    """Everything drawn but the three curves."""
    assert analysis.spread.rest is not None
    return analysis.spread.rest


def nobody_differs(analysis: Analysis) -> Analysis:
    """The analysis with draws that are all the nominal case."""
    deviates = deviates_of(analysis.setup)
    same = replace(deviates, values=np.zeros_like(deviates.values))
    nominal = Nominal(analysis.setup, analysis.posed, analysis.results, analysis.strength_n, analysis.spine)
    return replace(analysis, spreading=begin_spread(case_of(analysis.setup), same)(nominal))


@pytest.mark.parametrize("exercise", [ROW, ASSISTED, "dumbbell-row-mini-band"])
def test_draws_that_differ_in_nothing_are_the_nominal_analysis(exercise: str) -> None:
    """With every random number at its middle all percentiles are the nominal curves and figures."""
    analysis = nobody_differs(analysed(exercise))
    rest = rest_of(analysis)
    for name, nominal in (("load_n", analysis.working.load_n), ("strength_n", analysis.strength_n)):
        assert getattr(analysis.spread, name) == pytest.approx(np.tile(nominal, (3, 1)), rel=1e-6, abs=1e-6)
    assert rest.resisting_n[1] == pytest.approx(analysis.working.resisting_n, abs=1e-6)
    assert rest.moment_nm[1] == pytest.approx(analysis.spine.moment_nm, abs=1e-6)
    for muscle, curve in analysis.muscles.items():
        assert rest.muscles[muscle].activation[2] == pytest.approx(curve.activation, abs=1e-6)
        assert rest.muscles[muscle].force_n[0] == pytest.approx(curve.force_n, rel=1e-6, abs=1e-3)
    for name in ("evenness", "underloaded", "peak_effort", "reps_estimate", "work_j"):
        assert getattr(rest.figures, name) == pytest.approx(getattr(analysis.summary, name), rel=1e-6)
    for muscle, dose in analysis.summary.muscle_dose.items():
        parts = [dose.mean, dose.shortened, dose.lengthened]
        assert rest.figures.muscle_dose[muscle][1] == pytest.approx(parts, abs=1e-6)
    torque = analysis.working.demand.torque[:, 3]
    name = next(name for name in rest.joint_torque_nm if name.endswith(analysis.working.side))
    assert len(rest.joint_torque_nm) == 8 * len(analysis.results)
    assert rest.joint_torque_nm[name][1].shape == torque.shape


@pytest.mark.parametrize("exercise", [ROW, ASSISTED, "dumbbell-row-mini-band", "cable-row"])
def test_figures_of_draws_are_the_rules_figures(exercise: str) -> None:
    """Each figure drawn for the rules has the formula of the nominal one of that name."""
    analysis = nobody_differs(analysed(exercise))
    nominal = figures_of(analysis, load_rulebook().muscle_words)
    for name, drawn in drawn_figures(analysis, rest_of(analysis).draws, nominal).items():
        assert name in nominal
        assert drawn == pytest.approx(np.full(len(drawn), nominal[name]), rel=1e-6, abs=1e-9)


def test_only_the_strength_that_is_told_is_solved(monkeypatch: pytest.MonkeyPatch) -> None:
    """That of the arm that carries most; of a person who measured it, nobody's."""
    solved: list[FloatArray] = []

    def counted(who: Lifters, load: FloatArray, cap: FloatArray) -> Callable[[], FloatArray]:
        solved.append(load)
        return capacity_of_people(who, load, cap)

    monkeypatch.setattr("bandwright.curves.spread.arm.capacity_of_people", counted)
    setup = usual("bent-over-dumbbell-row")
    uneven = WeightLoad("right", 8.0, "hand_r"), WeightLoad("left", 12.0, "hand_l")
    pulls = tuple(MeasuredPull(phase, 200.0) for phase in (0.0, 0.5, 1.0))
    kinds = {
        1: (setup, replace(setup, loads=uneven)),
        0: (replace(setup, strength_curve="measured", pulls=pulls),),
    }
    for count, setups in kinds.items():
        for one in setups:
            solved.clear()
            analysis = analyse(one)
            assert rest_of(analysis).draws.strength_n.std(axis=0).min() > 0.0
            assert len(solved) == count
    assert analyse(kinds[1][1]).working.side == "l"


def draws_of(analysis: Analysis) -> Draws:
    """What was drawn."""
    return rest_of(analysis).draws


@pytest.mark.parametrize("exercise", [ROW, ASSISTED])
def test_certainty_counts_the_draws_with_the_grade(exercise: str) -> None:
    """Rules applied to all draws at once give what the rules give one draw after the other."""
    analysis, rules = analysed(exercise), load_rulebook()
    verdict = judge(analysis, compare=False)
    nominal = figures_of(analysis, rules.muscle_words)
    drawn = drawn_figures(analysis, draws_of(analysis), nominal)
    grades = []
    for one in range(len(draws_of(analysis).effort)):
        values = {name: float(curve[one]) for name, curve in drawn.items() if np.isfinite(curve[one])}
        grades.append(judge_by({**nominal, **values}, rules, analysis.setup.intent).grade)
    assert verdict.certainty == pytest.approx(np.mean([grade == verdict.grade for grade in grades]))
    others = [grade for grade in grades if grade != verdict.grade]
    assert verdict.otherwise == max(sorted(set(others)), key=others.count)


def test_a_light_dumbbell_is_never_too_heavy() -> None:
    """Far from every limit the grade is sure, and nothing is said to flip."""
    setup = replace(usual("bent-over-dumbbell-row"), loads=(WeightLoad("bell", 1.0, "hands", count=2),))
    verdict = judge(analyse(setup), compare=False)
    assert verdict.certainty == 1.0
    assert not verdict.could_flip
    assert verdict.otherwise is None


def test_a_pull_up_hangs_on_strength_alone() -> None:
    """Body weight is as given, so whether one can is a matter of strength; the verdict says so in words."""
    verdict = judge(analysed(PULL_UP), compare=False)
    assert rest_of(analysed(PULL_UP)).causes["strength"] > 0.8
    assert rest_of(analysed(PULL_UP)).causes["band"] == 0.0
    assert verdict.could_flip
    assert verdict.driver == "strength"
    assert any("pulls or sets of your own" in warning.text for warning in verdict.warnings)


def test_causes_explain_most_of_the_effort() -> None:
    """The peak effort goes almost evenly with what is drawn, so the first-order parts add up to nearly all."""
    for exercise in (ROW, PULL_UP, ASSISTED):
        causes = rest_of(analysed(exercise)).causes
        assert set(causes) == set(CAUSES)
        assert 0.85 < sum(causes.values()) < 1.1


def test_a_weighed_band_is_less_uncertain() -> None:
    """Readings with a scale narrow the load; its part of the effort's variance falls."""
    weighed_band = {
        "id": "w",
        "kind": "band",
        "rest_length_m": 2.06,
        "from": {"x_m": 1.8, "z_m": 0.75},
        "to": "hands",
        "readings": [{"length_m": 1.55, "force_n": 92.0, "strands": 2}],
    }
    man = {"sex": "male", "stature_m": 1.8, "mass_kg": 80.0}
    weighed = analyse(read_setup({"exercise": "standing-band-row", "person": man, "load": [weighed_band]}))
    charted = analyse(usual("standing-band-row"))
    assert rest_of(weighed).causes["band"] < 0.5 * rest_of(charted).causes["band"]


def test_given_arm_lengths_leave_less_to_the_body() -> None:
    """Of the work, which goes with the way of the hand, the body explains less once the arm is measured."""
    person = replace(MAN, upper_arm_m=0.284, forearm_m=0.271)
    unknown, known = (draws_of(analyse(usual("bent-over-dumbbell-row", one))) for one in (MAN, person))
    body = [shares(one.figures.work_j, one.deviates)["body"] for one in (known, unknown)]
    assert body[0] < 0.6 * body[1]


def test_mirrored_arms_spread_alike() -> None:
    """Both arms of an even exercise have the same percentiles."""
    rest = rest_of(analysed(ROW))
    for muscle, right in rest.muscles.items():
        if muscle.endswith("_r"):
            assert right.activation == pytest.approx(rest.muscles[f"{muscle[:-2]}_l"].activation)
