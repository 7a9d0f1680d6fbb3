"""Set-ups: files and JSON to the domain, and every mistake at once."""

from __future__ import annotations

import copy
import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bandwright.bands import MartinRothStiehler, rig
from bandwright.body import Person
from bandwright.catalogue.exercises import find_exercise
from bandwright.catalogue.setup import setup_table
from bandwright.catalogue.setups import default_setup, read_setup
from bandwright.errors import InputError, Problem
from bandwright.loads.load import BandLoad, Point, WeightLoad

EXAMPLES = Path(__file__).parents[3] / "examples"
SETUPS = [
    path
    for path in sorted(EXAMPLES.glob("*.toml"))
    if isinstance(tomllib.loads(path.read_text(encoding="utf-8")).get("exercise"), str)
]
PERSON = {"sex": "male", "stature_m": 1.8, "mass_kg": 80}
BAND = {
    "id": "band-1",
    "kind": "band",
    "band": "rogue-monster-1",
    "rig": "single",
    "from": "feet",
    "to": "hands",
}
PLAIN: dict[str, Any] = {
    "exercise": "bent-over-band-row",
    "intent": "strength-and-size",
    "person": PERSON,
    "load": [BAND, {"id": "bell", "kind": "weight", "mass_kg": 16, "to": "hands"}],
}


def changed(**changes: object) -> dict[str, Any]:
    """The plain set-up with keys exchanged; a value of None removes the key."""
    table = {**copy.deepcopy(PLAIN), **changes}
    return {key: value for key, value in table.items() if value is not None}


def problems_of(table: Mapping[str, Any]) -> tuple[Problem, ...]:
    """The problems that reading a table raises."""
    with pytest.raises(InputError) as caught:
        read_setup(table)
    return caught.value.problems


def test_plain_set_up() -> None:
    """Exercise, person and loads arrive as they were written."""
    setup = read_setup(PLAIN)
    assert setup.exercise.id == "bent-over-band-row"
    assert setup.person == Person("male", 1.8, 80.0)
    band, bell = setup.loads
    assert isinstance(band, BandLoad)
    assert (band.band.id, band.rig, band.origin, band.to) == ("rogue-monster-1", "single", "feet", "hands")
    assert bell == WeightLoad("bell", 16.0, "hands")
    assert (setup.side, setup.strength_curve, setup.tempo, setup.pulls) == ("r", "computed", None, ())


def test_loads_and_intent_default_from_the_exercise() -> None:
    """A set-up that names no loads and no intent gets the exercise's own."""
    setup = read_setup(changed(load=None, intent=None))
    assert setup.load_tables == setup.exercise.load_tables
    assert setup.intent == setup.exercise.intents[0]
    assert setup == default_setup(setup.exercise, setup.person)


@pytest.mark.parametrize("path", SETUPS, ids=lambda path: path.stem)
def test_example_round_trip(path: Path) -> None:
    """A set-up written out in full, through JSON, reads back as the same set-up."""
    setup = read_setup(path)
    again = read_setup(json.loads(json.dumps(setup_table(setup))))
    assert again == setup


def test_left_hand_makes_it_a_left_set_up() -> None:
    """In a one-arm exercise a load to the left hand says which side works; its anchor stays where it is."""
    setup = read_setup(EXAMPLES / "outer-rotation-left.toml")
    (load,) = setup.loads
    assert setup.side == "l"
    assert isinstance(load, BandLoad)
    assert load.to == "hand_l"
    assert isinstance(load.origin, Point)
    assert load.origin.y_m == pytest.approx(-1.0)


def test_default_loads_mirror_for_the_left() -> None:
    """The usual loads of a one-arm exercise for the left arm are the mirror image of those for the right."""
    exercise, person = find_exercise("band-external-rotation"), Person("female", 1.7, 65)
    (right,) = default_setup(exercise, person).loads
    setup = default_setup(exercise, person, side="l")
    (left,) = setup.loads
    assert isinstance(right, BandLoad)
    assert isinstance(left, BandLoad)
    assert isinstance(right.origin, Point)
    assert isinstance(left.origin, Point)
    assert (right.to, left.to, setup.side) == ("hand_r", "hand_l", "l")
    assert left.origin.y_m == -right.origin.y_m
    assert left.origin.x_m == right.origin.x_m


def test_both_hands_of_a_one_arm_exercise() -> None:
    """A one-arm exercise cannot load both hands."""
    loads = [{"id": f"bell-{side}", "kind": "weight", "mass_kg": 8, "to": f"hand_{side}"} for side in "rl"]
    (problem,) = problems_of(changed(exercise="kettlebell-row", load=loads))
    assert (problem.code, problem.path) == ("two-sides", "set-up: load")


@pytest.mark.parametrize("to", ["hands", "hand_r"])
@pytest.mark.parametrize("strands", [1, 2, 3])
def test_inline_law_is_what_one_hand_gets(to: str, strands: int) -> None:
    """A law with n strands of length L pulls each hand with n T(d / L), to both hands or to one."""
    law = {"m_n": 45.0, "a": 0.44, "rest_length_m": 0.6, "strands": strands}
    band = {"id": "mine", "kind": "band", "law": law, "rig": "single", "from": "feet", "to": to}
    (load,) = read_setup(changed(load=[band])).loads
    assert isinstance(load, BandLoad)
    rigged = rig(load.band, load.rig, split=to == "hands", count=load.count, free_length_m=load.free_length_m)
    expected = strands * MartinRothStiehler(45.0, 0.44).tension_n(0.9 / 0.6)
    assert rigged.hand_force_n(0.9) == pytest.approx(expected)


def test_readings_become_a_band_that_gives_them_back() -> None:
    """A band fitted to scale readings pulls what the scale showed, within the fit's own noise of 5 %."""
    readings = [
        {"length_m": 1.55, "force_n": 92, "strands": 2},
        {"length_m": 2.58, "force_n": 178, "strands": 2},
    ]
    band = {"id": "loop", "kind": "band", "readings": readings, "rest_length_m": 2.06, "from": "feet"}
    (load,) = read_setup(changed(load=[band])).loads
    assert isinstance(load, BandLoad)
    assert load.rig == "single"
    assert load.band.is_loop
    rigged = rig(load.band, "single", split=False)
    for reading in readings:
        assert rigged.force_n(reading["length_m"]) == pytest.approx(reading["force_n"], rel=0.05)


def test_impossible_readings_are_the_persons_to_fix() -> None:
    """A reading shorter than the band's rest length is refused."""
    band = {
        "id": "loop",
        "kind": "band",
        "readings": [{"length_m": 0.5, "force_n": 90}],
        "rest_length_m": 2.0,
    }
    (problem,) = problems_of(changed(load=[{**band, "from": "feet"}]))
    assert problem.code == "bad-length"
    assert (problem.path or "").startswith("set-up: load[0].readings[0]")


@pytest.mark.parametrize(
    ("changes", "code", "path", "said"),
    [
        ({"exercise": "bent-over-row"}, "unknown-exercise", "exercise", "bent-over-band-row"),
        ({"exercise": 3}, "wrong-type", "exercise", "a text"),
        ({"intent": "size"}, "unknown-intent", "intent", "strength-and-size"),
        ({"exercise_id": "face-pull"}, "unknown-key", "exercise_id", "exercise"),
        ({"person": None}, "missing-key", "person", "person"),
        ({"person": {**PERSON, "sex": "m"}}, "unknown-sex", "person.sex", "female"),
        ({"person": {**PERSON, "stature_m": 180}}, "out-of-range", "person.stature_m", "from 1.2 to 2.3"),
        ({"person": {**PERSON, "mass_kg": 8}}, "out-of-range", "person.mass_kg", "from 30 to 250"),
        ({"person": {**PERSON, "mass_kg": float("nan")}}, "not-finite", "person.mass_kg", "nan"),
        ({"person": {**PERSON, "upper_arm_m": 29}}, "out-of-range", "person.upper_arm_m", "from 0.15 to 0.5"),
        ({"person": "me"}, "wrong-type", "person", "a table"),
        ({"load": []}, "too-short", "load", "at least 1"),
        ({"load": [{**BAND, "band": "rogue-monster"}]}, "unknown-band", "load[0].band", "rogue-monster"),
        ({"load": [{**BAND, "rig": "doubled"}]}, "unknown-rig", "load[0].rig", "folded"),
        (
            {"load": [{**BAND, "law": {"m_n": 4.0, "rest_length_m": 1.0}}]},
            "one-band",
            "load[0]",
            "exactly once",
        ),
        ({"load": [BAND, BAND]}, "repeated-id", "load[1].id", "band-1-2"),
        ({"load": [{**BAND, "from": {"x_m": 1.0}}]}, "one-height", "load[0].from", "z_stature"),
        (
            {"load": [{**BAND, "from": {"x_m": 1.0, "z_m": 9.0}}]},
            "out-of-range",
            "load[0].from.z_m",
            "from 0 to 4",
        ),
        (
            {"load": [{**BAND, "from": {"x": 1.0, "z_m": 1.0, "x_m": 1}}]},
            "unknown-key",
            "load[0].from.x",
            "x_m",
        ),
        ({"load": [{**BAND, "from": "bar"}]}, "no-bar", "load[0].from", "point"),
        ({"load": [{"id": "w", "kind": "weight", "mass_kg": 400}]}, "out-of-range", "load[0].mass_kg", "200"),
        ({"load": [{"id": "w", "mass_kg": 4}]}, "missing-key", "load[0]", "kind"),
        ({"load": [{"id": "b", "kind": "body-weight"}]}, "not-hanging", "load[0].kind", "hangs"),
        ({"strength_curve": "measured"}, "too-few-pulls", "pull", "3 pulls"),
        ({"pull": [{"phase": 0.5, "force_n": 200}]}, "unused-pulls", "pull", "measured"),
        ({"tempo": {"lift_s": 0}}, "out-of-range", "tempo.lift_s", "from 0.2 to 30"),
    ],
)
def test_one_mistake_one_problem(changes: dict[str, object], code: str, path: str, said: str) -> None:
    """Each mistake gives one problem with its key path and a way out, and nothing besides."""
    table = {**copy.deepcopy(PLAIN), **changes}
    if changes.get("person", "") is None:
        del table["person"]
    (problem,) = problems_of(table)
    assert (problem.code, problem.path) == (code, f"set-up: {path}")
    assert said in str(problem)


def test_a_law_is_already_rigged() -> None:
    """Folding a band that is given by what reaches the hand would count the strands twice."""
    law = {"m_n": 45.0, "rest_length_m": 0.6}
    band = {"id": "mine", "kind": "band", "law": law, "rig": "folded", "from": "feet"}
    (problem,) = problems_of(changed(load=[band]))
    assert (problem.code, problem.path) == ("law-is-rigged", "set-up: load[0].rig")


def test_all_mistakes_at_once() -> None:
    """Mistakes of form and of reference come together."""
    table = changed(
        exercise="bent over row",
        intents="size",
        person={"sex": "male", "stature_m": 1.8},
        load=[{**BAND, "band": "rouge-monster-1"}, {"id": "w", "kind": "weight", "mass_kg": -1}],
    )
    assert {problem.code for problem in problems_of(table)} == {
        "unknown-exercise",
        "unknown-key",
        "missing-key",
        "unknown-band",
        "out-of-range",
    }


def test_measured_pulls_are_sorted_and_distinct() -> None:
    """Pulls come in order of phase; two at one phase are refused."""
    pulls = [{"phase": phase, "force_n": 300.0 + phase} for phase in (1.0, 0.0, 0.5)]
    setup = read_setup(changed(strength_curve="measured", pull=pulls))
    assert [pull.phase for pull in setup.pulls] == [0.0, 0.5, 1.0]
    (problem,) = problems_of(changed(strength_curve="measured", pull=[*pulls, pulls[0]]))
    assert problem.code == "repeated-phase"
