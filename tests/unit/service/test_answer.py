"""The JSON answer says what the analysis found: forces that add up, shapes, rounding, provenance."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bandwright.body import EQUATIONS, Person
from bandwright.catalogue.exercises import find_exercise
from bandwright.catalogue.setups import default_setup, read_setup
from bandwright.service.analysis import analyse
from bandwright.service.answer import answer, unrounded_answer, unrounded_curves
from bandwright.service.judge import judge
from bandwright.service.rounding import number, numbers
from bandwright.service.unrounded import plain, written

PERSON = Person("female", 1.66, 62.0)
BAND_ROW, ONE_ARM, ASSISTED = "bent-over-band-row", "kettlebell-band-row", "band-assisted-pull-up"
EACH = pytest.mark.parametrize(
    "name", [BAND_ROW, ONE_ARM, ASSISTED, "dumbbell-row-mini-band", "band-pull-apart"]
)


@cache
def answered(name: str) -> dict[str, Any]:
    """The answer for an exercise with its usual loads, through JSON and back."""
    analysis = analyse(default_setup(find_exercise(name), PERSON))
    text = json.dumps(answer(analysis, judge(analysis, compare=False)), allow_nan=False)
    found: dict[str, Any] = json.loads(text)
    return found


@EACH
def test_written_at_once_is_the_same(name: str) -> None:
    """The text the server sends says what the plain answer does, to the last digit."""
    analysis = analyse(default_setup(find_exercise(name), PERSON))
    text = written(unrounded_answer(analysis, lambda: judge(analysis, compare=False)))
    assert repr(json.loads(text)) == repr(answered(name))


@EACH
def test_load_is_the_sum_of_the_loads_forces(name: str) -> None:
    """The load curve is the size of all forces on the working hand together."""
    found = answered(name)
    key = f"force_on_hand_{found['working_side']}_n"
    total = sum(np.array(load[key]) for load in found["loads"])
    np.testing.assert_allclose(np.linalg.norm(total, axis=1), found["load_n"], rtol=1e-4, atol=1e-4)


@EACH
def test_effort_is_load_over_strength(name: str) -> None:
    """Effort times strength gives the load."""
    found = answered(name)
    product = np.array(found["effort"]) * np.array(found["strength_n"])
    np.testing.assert_allclose(product, found["load_n"], rtol=1e-4, atol=2e-3)


@EACH
def test_summary_follows_from_the_curves(name: str) -> None:
    """Evenness, peak, underloaded share and doses are those of the printed curves."""
    found = answered(name)
    effort, summary = np.array(found["effort"]), found["summary"]
    assert summary["peak_effort"] == pytest.approx(effort.max(), rel=1e-5)
    assert summary["peak_phase"] == pytest.approx(found["phase"][int(effort.argmax())])
    assert summary["evenness"] == pytest.approx(effort.mean() / effort.max(), rel=1e-4)
    assert summary["underloaded"] == pytest.approx(np.mean(effort < effort.max() / 2), abs=0.03)
    for muscle, dose in summary["muscle_dose"].items():
        assert dose["mean"] == pytest.approx(np.mean(found["muscles"][muscle]["activation"]), abs=1e-5)


@pytest.mark.parametrize("name", [BAND_ROW, ONE_ARM])
def test_work_is_force_along_the_path(name: str) -> None:
    """The work is that of the printed forces along the printed paths of both hands."""
    found = answered(name)
    work = 0.0
    for load in found["loads"]:
        for side in "rl":
            force = np.array(load[f"force_on_hand_{side}_n"])
            steps = np.diff(np.array(found["positions_m"][f"hand_{side}"]), axis=0)
            work -= float(np.sum((force[1:] + force[:-1]) / 2 * steps))
    assert found["summary"]["work_j"] == pytest.approx(work, rel=1e-3)


def test_a_band_pulls_along_its_line() -> None:
    """Force on the hand points from it to the position that `ends` names, and is the tension of its strands."""
    found = answered(ONE_ARM)
    for load in found["loads"]:
        if load["kind"] != "band":
            continue
        (line,) = load["ends"]
        away = np.array(found["positions_m"][line["from"]]) - np.array(found["positions_m"][line["to"]])
        force = np.array(load["force_on_hand_r_n"])
        np.testing.assert_allclose(np.cross(away, force), 0.0, atol=1e-2)
        assert np.all(np.sum(away * force, axis=1) >= 0.0)
        np.testing.assert_allclose(np.linalg.norm(away, axis=1), load["length_m"], rtol=1e-4)


@EACH
def test_every_end_is_a_position(name: str) -> None:
    """Whoever draws the loads finds both ends among the positions."""
    found = answered(name)
    for load in found["loads"]:
        assert load["ends"]
        for line in load["ends"]:
            assert line["to"] in found["positions_m"]
            assert line["from"] is None or line["from"] in found["positions_m"]


def test_the_computed_strength_is_told_beneath_another() -> None:
    """It has the mean of the coach's curve, which is scaled to it; where it is the strength itself it is left out."""
    coach = analyse(replace(default_setup(find_exercise(BAND_ROW), PERSON), strength_curve="coach"))
    told = plain(unrounded_curves(coach))["computed_strength_n"]
    assert told == answered(BAND_ROW)["strength_n"]
    assert np.mean(told) == pytest.approx(np.mean(coach.strength_n), rel=1e-3)
    assert answered(BAND_ROW)["computed_strength_n"] is None


def test_anchors_are_where_the_set_up_puts_them() -> None:
    """A point of the room is named after its load and stays."""
    found = answered("band-external-rotation")
    (load,) = found["setup"]["load"]
    anchor = np.array(found["positions_m"][f"anchor_{load['id']}"])
    assert np.all(anchor == anchor[0])
    assert anchor[0, 0] == pytest.approx(load["from"]["x_m"])


def test_both_arms_have_torques_and_residuals() -> None:
    """Each working arm has its eight equations, named by side."""
    both, one = answered(BAND_ROW), answered(ONE_ARM)
    assert set(both["joint_torque_nm"]) == {f"{name}_{side}" for name in EQUATIONS for side in "rl"}
    assert set(one["residual_nm"]) == {f"{name}_r" for name in EQUATIONS}


def test_an_assisting_band_pushes_the_body() -> None:
    """The pull-up band loads no hand; its help is a force on the body, most at the bottom (brief B4)."""
    load = next(load for load in answered(ASSISTED)["loads"] if load["kind"] == "band")
    assert not np.any(load["force_on_hand_r_n"])
    help_n = np.linalg.norm(np.array(load["force_on_body_n"]), axis=1)
    assert help_n[0] > help_n[-1] > 0.0


@EACH
def test_percentiles_are_in_order(name: str) -> None:
    """p05, p50 and p95 never cross, and the middle one is near the nominal curve."""
    found = answered(name)
    for curve in ("load_n", "strength_n", "effort"):
        low, middle, high = (np.array(found["uncertainty"][curve][p]) for p in ("p05", "p50", "p95"))
        assert np.all(low <= middle)
        assert np.all(middle <= high)
    peak = found["uncertainty"]["peak_effort"]
    assert peak["p05"] <= found["summary"]["peak_effort"] <= peak["p95"]


def test_the_echo_reads_back() -> None:
    """The set-up in the answer is a set-up that can be asked again."""
    found = answered(ONE_ARM)
    again = read_setup(found["setup"])
    assert again == default_setup(find_exercise(ONE_ARM), PERSON)


def test_the_same_set_up_gives_the_same_text() -> None:
    """Nothing in the answer depends on what was asked before."""
    analysis = analyse(default_setup(find_exercise(BAND_ROW), PERSON))
    assert json.loads(json.dumps(answer(analysis, judge(analysis, compare=False)))) == answered(BAND_ROW)


def test_provenance_names_every_load_and_how_sure_it_is() -> None:
    """A weight is as given, a charted band is a chart, a weighed band is measured."""
    weighed = {
        "exercise": "standing-band-row",
        "person": {"sex": "male", "stature_m": 1.8, "mass_kg": 80.0, "upper_arm_m": 0.3, "forearm_m": 0.27},
        "load": [
            {"id": "w", "kind": "band", "rest_length_m": 2.06, "from": {"x_m": 1.8, "z_m": 0.75}, "to": "hands",
             "readings": [{"length_m": 1.55, "force_n": 92.0, "strands": 2}]},
        ],
        "strength_curve": "measured",
        "pull": [{"phase": phase, "force_n": 300.0} for phase in (0.0, 0.5, 1.0)],
    }  # fmt: skip
    analysis = analyse(read_setup(weighed))
    kinds = {
        one["what"].partition(":")[0]: one["kind"] for one in answer(analysis, judge(analysis))["provenance"]
    }
    assert kinds == {
        "body size": "measured",
        "strength": "measured",
        "w": "measured",
        "movement": "estimated",
        "muscles": "estimated",
        "muscle force": "estimated",
        "spread": "estimated",
    }
    usual = {one["what"].partition(":")[0]: one["kind"] for one in answered(ONE_ARM)["provenance"]}
    assert (usual["kettlebell"], usual["band-1"], usual["strength"]) == ("measured", "chart", "estimated")


@given(value=st.floats(allow_nan=False, allow_infinity=False, min_value=-1e9, max_value=1e9))
def test_rounding_keeps_six_digits(value: float) -> None:
    """A printed number is within half a unit of its sixth digit, or of a millionth; zero has no sign."""
    printed = number(value)
    assert printed is not None
    assert abs(printed - value) <= max(5.1e-6 * abs(value), 5.1e-7)
    assert str(printed) != "-0.0"


def test_what_is_not_finite_is_nothing() -> None:
    """NaN and infinity have no place in JSON; shapes stay."""
    assert numbers(np.array([[1.0, np.inf], [np.nan, -0.0]])) == [[1.0, None], [None, 0.0]]
