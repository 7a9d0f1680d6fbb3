"""Verdicts on real set-ups: figures, comparison with the plain alternative, mirror images."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TypeVar

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bandwright.body import Person, Side
from bandwright.catalogue.exercise_tables import MUSCLE_GROUPS
from bandwright.catalogue.exercises import find_exercise
from bandwright.catalogue.setups import default_setup
from bandwright.catalogue.tables import Intent
from bandwright.catalogue.verdict_rules import load_metrics, load_rulebook
from bandwright.curves.verdict import Verdict
from bandwright.loads import BandLoad, WeightLoad
from bandwright.service.analysis import Analysis, analyse
from bandwright.service.certainty import SURE, certainty_figures
from bandwright.service.judge import (
    MOST_MATCHED_EFFORT,
    Asking,
    against_alternative,
    answered,
    judge,
    matched_alternative,
    scaled_loads,
    with_help,
    without_bands,
)
from bandwright.service.metrics import distance_to_ray, elements_of, figures_of, hardest_pose, range_figures
from bandwright.service.momentum import effort_by_momentum
from bandwright.units import GRAVITY_M_S2

T = TypeVar("T")

MAN = Person("male", 1.755, 84.6)
"""The median man (ANSURII)."""

EXERCISES = (
    "bent-over-band-row",
    "bent-over-dumbbell-row",
    "chest-supported-isometric-band-row",
    "kettlebell-band-row",
    "dumbbell-row-mini-band",
    "band-assisted-pull-up",
    "band-pull-apart",
    "cable-row",
)


@cache
def analysed(exercise: str, intent: Intent | None = None, side: Side = "r") -> Analysis:
    """The analysis of an exercise with its usual loads."""
    return analyse(default_setup(find_exercise(exercise), MAN, intent=intent, side=side))


def told(asking: Asking[T]) -> T:
    """What comes of asking, by people of that size and sex."""
    return answered(asking, None)


@cache
def judged(exercise: str, intent: Intent | None = None, side: Side = "r") -> Verdict:
    """Its verdict."""
    return judge(analysed(exercise, intent, side))


def figures(exercise: str) -> dict[str, float | str]:
    """Its own figures, without comparison."""
    analysis = analysed(exercise)
    return figures_of(analysis, load_rulebook().muscle_words) | range_figures(analysis)


def number(found: dict[str, float | str], name: str) -> float:
    """One of the figures that is a number."""
    value = found[name]
    assert isinstance(value, float)
    return value


# ---- verdicts ---------------------------------------------------------------------------------------------------


def test_bent_over_band_row_idles_at_the_start() -> None:
    """The claim of brief B3 and B6: an idle start, said in kg, and a plain row that does more, with figures."""
    found = judged("bent-over-band-row", "strength-and-size")
    (idle,) = [reason for reason in found.reasons if reason.code == "start_idles"]
    load, strength = analysed("bent-over-band-row").working.load_n, analysed("bent-over-band-row").strength_n
    assert idle.values["load_start_kg"] == pytest.approx(load[0] / GRAVITY_M_S2)
    assert idle.values["strength_start_kg"] == pytest.approx(strength[0] / GRAVITY_M_S2)
    assert f"{strength[0] / GRAVITY_M_S2:.0f}" in idle.text
    assert found.grade == "fair"
    assert found.headline.startswith("Fair for strength and size: the band asks ")
    assert " kg in each hand at the start, where you could hold " in found.headline
    plain = [one for one in found.alternatives if one.exercise == "bent-over-dumbbell-row"]
    assert len(plain) == 1
    assert " kg in each hand" in plain[0].text


def test_hold_is_not_punished_for_leaving_the_rest_out() -> None:
    """Under-loading the rest is what the squeeze is for (brief D2): it is praised, not blamed."""
    found = judged("chest-supported-isometric-band-row", "squeeze")
    codes = {reason.code for reason in found.reasons}
    assert "rest_left_out" in codes
    blamed = {"start_idles", "one_place_only", "uneven", "empty_start", "does_less", "bands_alone"}
    assert not blamed & (codes | {warning.code for warning in found.warnings})


@pytest.mark.parametrize("exercise", ["kettlebell-band-row", "single-arm-dumbbell-row-forward-band"])
def test_mirrored_set_up_gets_the_same_verdict(exercise: str) -> None:
    """Which arm works changes neither grade nor words."""
    right, left = judged(exercise), judged(exercise, None, "l")
    assert (right.grade, right.headline) == (left.grade, left.headline)
    assert [one.text for one in right.reasons] == [one.text for one in left.reasons]
    assert [one.text for one in right.warnings] == [one.text for one in left.warnings]
    assert [one.text for one in right.alternatives] == [one.text for one in left.alternatives]


@pytest.mark.parametrize("exercise", EXERCISES)
def test_too_heavy_and_swung_say_what_cannot_be_held(exercise: str) -> None:
    """What momentum cannot carry either is poor for every intent; what it can is fair at best, with kilograms."""
    analysis = analysed(exercise)
    heavy, swung = analysis.effort.max() >= 1.0, effort_by_momentum(analysis) < 1.0
    for intent in find_exercise(exercise).intents:
        found = judged(exercise, intent)
        codes = {reason.code for reason in found.reasons}
        assert ("too_heavy" in codes) == (heavy and not swung)
        assert ("swung" in codes) == (heavy and swung)
        if heavy:
            assert found.grade != "good"
            assert " kg " in found.headline
        if "too_heavy" in codes:
            assert found.grade == "poor"


def test_help_is_most_at_the_bottom() -> None:
    """A band under the knee helps most in the hang (brief B4), as its forces say."""
    (reason,) = [r for r in judged("band-assisted-pull-up").reasons if r.code == "help_most_at_bottom"]
    band = next(force for force in analysed("band-assisted-pull-up").forces if force.on_body is not None)
    assert band.on_body is not None
    assert reason.values["help_start_kg"] == pytest.approx(band.on_body[0, 2] / GRAVITY_M_S2)
    assert reason.values["help_finish_kg"] == pytest.approx(band.on_body[-1, 2] / GRAVITY_M_S2)


def test_drop_set_names_a_band_and_what_it_brings() -> None:
    """Taking a band off makes the hardest place easier, and all of them easier still (brief D1)."""
    found = told(without_bands(analysed("kettlebell-band-row")))
    band = analysed("kettlebell-band-row").setup.loads[1]
    assert isinstance(band, BandLoad)
    assert found["drop_first"] == band.band.name
    all_on = analysed("kettlebell-band-row").summary.peak_effort
    assert all_on > number(found, "one_off_peak_effort") > number(found, "bare_peak_effort")


def test_without_comparison_no_alternative_is_analysed() -> None:
    """The quick verdict leaves the comparison out and keeps the rest."""
    found = judge(analysed("bent-over-band-row", "strength-and-size"), compare=False)
    assert "does_less" not in {reason.code for reason in found.reasons}
    assert "start_idles" in {reason.code for reason in found.reasons}


# ---- comparison -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("exercise", ["bent-over-band-row", "band-pull-apart", "dumbbell-row-mini-band"])
def test_alternative_is_just_as_hard(exercise: str) -> None:
    """Scaling by the ratio of peak efforts hits the same peak effort: strength is linear in the load."""
    analysis = analysed(exercise)
    target = min(analysis.summary.peak_effort, MOST_MATCHED_EFFORT)
    other = find_exercise(str(analysis.setup.exercise.alternative))
    plain = told(matched_alternative(analysis, other, target))
    assert plain is not None
    assert plain.summary.peak_effort == pytest.approx(target, rel=1e-6)


def test_hanging_alternative_is_not_compared() -> None:
    """Body weight cannot be scaled."""
    assert told(against_alternative(analysed("band-assisted-pull-up"))) == {}


def test_measured_strength_is_not_compared() -> None:
    """Pulls measured in one exercise say nothing of another."""
    analysis = analysed("bent-over-band-row")
    measured = replace(analysis, setup=replace(analysis.setup, strength_curve="measured"))
    assert told(against_alternative(measured)) == {}


def test_scaling_loads() -> None:
    """Weights and cables grow by the factor; bands do not scale."""
    weights = analysed("bent-over-dumbbell-row").setup.loads
    scaled = scaled_loads(weights, 1.5)
    assert scaled is not None
    for before, after in zip(weights, scaled, strict=True):
        assert isinstance(before, WeightLoad)
        assert isinstance(after, WeightLoad)
        assert after.mass_kg == pytest.approx(1.5 * before.mass_kg)
    assert scaled_loads(analysed("bent-over-band-row").setup.loads, 1.5) is None


def test_same_band_off_changes_nothing_for_weights_alone() -> None:
    """A set-up without bands, and one of bands alone, has nothing to compare without them."""
    assert told(without_bands(analysed("bent-over-dumbbell-row"))) == {}
    assert told(without_bands(analysed("bent-over-band-row"))) == {}


def test_help_is_found_among_related_exercises() -> None:
    """A pull-up knows the exercise in which a band helps; a row has none."""
    assert with_help(analysed("band-assisted-pull-up")) == {}
    pull_up = replace(analysed("band-assisted-pull-up").setup, exercise=find_exercise("pull-up"))
    assert with_help(replace(analysed("band-assisted-pull-up"), setup=pull_up))["assisted_id"] == (
        "band-assisted-pull-up"
    )


# ---- figures ----------------------------------------------------------------------------------------------------


def test_figures_are_the_declared_ones() -> None:
    """The rules' list of figures and what is computed agree, over exercises that have between them all of it."""
    computed: set[str] = {"assisted_id", "assisted_name"}
    for exercise in EXERCISES:
        analysis = analysed(exercise)
        computed |= figures(exercise).keys() | told(without_bands(analysis)).keys()
        computed |= told(against_alternative(analysis)).keys()
        computed |= certainty_figures(analysis, figures(exercise), load_rulebook()).keys()
    assert computed == set(load_metrics())


@pytest.mark.parametrize("exercise", EXERCISES)
def test_figures_are_of_their_declared_kind(exercise: str) -> None:
    """Numbers are finite, words are words, and words of a short list are in it."""
    for name, value in figures(exercise).items():
        metric = load_metrics()[name]
        assert isinstance(value, str) == (metric.unit == "word"), name
        if isinstance(value, str):
            assert not metric.words or value in metric.words, name
        else:
            assert np.isfinite(value), name


def test_band_share() -> None:
    """Bands alone give 1, weights alone 0, both together something between."""
    assert number(figures("bent-over-band-row"), "band_share") == pytest.approx(1.0)
    assert number(figures("bent-over-dumbbell-row"), "band_share") == 0.0
    assert 0.0 < number(figures("kettlebell-band-row"), "band_share") < 1.0


def test_weight_loads_the_whole_range() -> None:
    """A weight feels the same at start, middle and finish."""
    found = figures("bent-over-dumbbell-row")
    mass = next(
        load.mass_kg
        for load in analysed("bent-over-dumbbell-row").setup.loads
        if isinstance(load, WeightLoad)
    )
    for place in ("start", "middle", "finish"):
        assert found[f"load_{place}_kg"] == pytest.approx(mass)
    assert found["start_load_share"] == pytest.approx(1.0)


def test_hold_is_hardest_at_its_end() -> None:
    """Where effort stays at its greatest, as in a hold, the hardest place is the finish and not where it begins."""
    assert hardest_pose(np.array([0.1, 0.5, 0.5, 0.5])) == 3
    assert hardest_pose(np.array([0.1, 0.5, 0.4])) == 1
    assert figures("chest-supported-isometric-band-row")["peak_place"] == "finish"


def test_the_peak_effort_lies_within_its_range() -> None:
    """The nominal peak effort is between the 5th and the 95th percentile of what is drawn."""
    for exercise in EXERCISES:
        found = figures(exercise)
        low, high = number(found, "peak_effort_low"), number(found, "peak_effort_high")
        assert low <= number(found, "peak_effort") <= high


def test_a_grade_could_flip_where_many_draws_get_another() -> None:
    """A grade that fewer than nine in ten draws get could flip, and then the verdict says what decides."""
    for exercise in EXERCISES:
        verdict = judged(exercise)
        assert verdict.certainty is not None
        assert verdict.could_flip == (verdict.certainty < SURE)
        said = [warning for warning in verdict.warnings if warning.code == f"unsure_{verdict.driver}"]
        assert len(said) == verdict.could_flip


def test_every_muscle_group_has_elements() -> None:
    """Each group of the exercise files is in the model, but for the brachioradialis, which it has not."""
    assert {group for group in MUSCLE_GROUPS if not elements_of(group)} == {"brachioradialis"}


def test_weights_have_no_band_figures() -> None:
    """What a set-up does not have is left out, so that no rule can fire on it."""
    assert not {"stretch_max", "face_line_m", "loop_round_m"} & figures("bent-over-dumbbell-row").keys()


def test_band_between_the_hands_is_seen_from_both() -> None:
    """A pull-apart's band runs below the eyes; its distance is that of the line through both hands, or more."""
    points = analysed("band-pull-apart").posed.points
    right, left, eyes = points["hand_r"], points["hand_l"], points["eyes"]
    along = (left - right) / np.linalg.norm(left - right, axis=1, keepdims=True)
    line = np.linalg.norm(np.cross(eyes - right, along), axis=1)
    assert number(figures("band-pull-apart"), "face_line_m") >= line.min() - 1e-9


@given(st.lists(st.floats(-2.0, 2.0), min_size=9, max_size=9))
def test_distance_to_ray(values: list[float]) -> None:
    """No sampled point of the ray is nearer than the distance found, and one is as near."""
    point, origin, along = np.array(values).reshape(3, 1, 3)
    if np.linalg.norm(along) < 0.1:
        along = along + 1.0
    found = distance_to_ray(point, origin, origin + along)[0]
    samples = origin + np.linspace(0.0, 60.0, 6001)[:, None] * along
    sampled = np.linalg.norm(point - samples, axis=1).min()
    assert sampled >= found - 1e-9
    assert sampled == pytest.approx(found, abs=0.01 * float(np.linalg.norm(along)))


def test_doubling_a_band_doubles_its_share_of_the_start() -> None:
    """Two bands side by side pull twice as hard as one, and the figures say so."""
    setup = analysed("bent-over-band-row").setup
    doubled = tuple(replace(load, count=2) for load in setup.loads if isinstance(load, BandLoad))
    two = figures_of(analyse(replace(setup, loads=doubled), with_spread=False), load_rulebook().muscle_words)
    one = figures("bent-over-band-row")
    for name in ("load_start_kg", "load_finish_kg", "band_finish_kg"):
        assert two[name] == pytest.approx(2.0 * number(one, name))
    assert two["bands"] == 2.0
    assert "bands ask" in str(two["load_asks"])
