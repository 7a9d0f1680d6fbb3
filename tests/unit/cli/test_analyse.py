"""`analyse`, `compare` and `tour`: the answer first, in 80 columns, with what the options change."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bandwright.catalogue.exercises import find_exercise
from bandwright.cli import analysed
from bandwright.cli.arguments import Choices
from bandwright.cli.chosen import chosen_setup
from bandwright.cli.patience import SAID, patience
from bandwright.cli.persons import STAND_IN
from bandwright.errors import InfeasibleError, InputError
from bandwright.service import report
from bandwright.service.analysis import Analysis, analyse
from bandwright.service.differences import differences
from bandwright.service.judge import judge
from bandwright.units import kilograms_force

ROW = "bent-over-band-row"
SETUP = """\
exercise = "bent-over-band-row"
[[load]]
id = "band"
kind = "band"
band = "rogue-monster-1"
rig = "choked"
free_length_m = {free_length_m}
from = "feet"
"""


@cache
def analysed_once(name: str) -> Analysis:
    """An analysis of an exercise for the stand-in."""
    return analyse(chosen_setup(name, Choices()))


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands judge without analysing alternatives, and each exercise once."""

    def judged(setup: Any) -> Any:
        known = setup == analysed_once(ROW).setup
        analysis = analysed_once(ROW) if known else analyse(setup, with_spread=False)
        return analysis, judge(analysis, compare=False)

    monkeypatch.setattr(analysed, "judged", judged)


@pytest.mark.usefixtures("quick")
def test_the_answer_comes_first(bandwright: Callable[..., Any]) -> None:
    """Grade and headline, then reasons, then the picture, then numbers; 80 columns; no colour codes in a pipe."""
    shown = bandwright("analyse", ROW)
    verdict = judge(analysed_once(ROW), compare=False)
    lines = shown.out.splitlines()
    assert shown.code == 0
    assert lines[0].startswith(f"[ {verdict.grade.upper()} ] ")
    order = [
        verdict.headline[:40],
        "strength   (feels like kg)",
        "In one hand",
        "Muscles",
        "Lower back",
        "Where the",
    ]
    places = [shown.out.index(words) for words in order]
    assert places == sorted(places)
    assert max(map(len, lines)) <= 80
    assert "\x1b" not in shown.out
    assert "--person" in shown.err


@pytest.mark.usefixtures("quick")
def test_kilograms_before_newtons(bandwright: Callable[..., Any]) -> None:
    """The hardest place is said in kilograms, then newtons, as the curves have it."""
    shown = " ".join(bandwright("analyse", ROW).out.split())
    analysis = analysed_once(ROW)
    peak = int(np.argmax(analysis.effort))
    match = re.search(r"Hardest [a-z ]+: ([\d.]+) kg \((\d+) N\) of ([\d.]+) kg \((\d+) N\)", shown)
    assert match is not None
    figures = [float(one) for one in match.groups()]
    load, strength = float(analysis.working.load_n[peak]), float(analysis.strength_n[peak])
    assert figures == pytest.approx(
        [kilograms_force(load), load, kilograms_force(strength), strength], rel=0.05
    )


@pytest.mark.usefixtures("quick")
def test_json_is_all_there_is_on_stdout(bandwright: Callable[..., Any]) -> None:
    """With --json stdout is one JSON value, the same every time."""
    first, second = (bandwright("analyse", ROW, "--json") for _ in range(2))
    assert first.json["schema"] == "bandwright.analysis/1"
    assert first.json["person"] == dict(STAND_IN)
    assert first.out == second.out


def test_options_win_over_the_file(tmp_path: Path) -> None:
    """Person, intent, strength curve and tempo on the command line replace the file's."""
    path = tmp_path / "row.toml"
    path.write_text(
        SETUP.format(free_length_m=0.6) + '[person]\nsex = "male"\nstature_m = 1.9\nmass_kg = 90\n'
    )
    usual = find_exercise(ROW).intents[0]
    plain = chosen_setup(str(path), Choices())
    changed = chosen_setup(str(path), Choices("female,165,60kg", "posture", "coach", "1/0.5/2"))
    assert (plain.person.stature_m, plain.intent, plain.strength_curve) == (1.9, usual, "computed")
    assert (changed.person.sex, changed.person.stature_m, changed.person.mass_kg) == ("female", 1.65, 60.0)
    assert (changed.intent, changed.strength_curve) == ("posture", "coach")
    assert changed.tempo is not None
    assert (changed.tempo.lift_s, changed.tempo.hold_s, changed.tempo.lower_s) == (1.0, 0.5, 2.0)


@pytest.mark.parametrize("stature", ["165", "165cm", "1.65", "1.65m"])
def test_a_stature_may_be_in_either_unit(stature: str) -> None:
    """Nobody who writes 1.65 means centimetres."""
    assert chosen_setup(ROW, Choices(f"female,{stature},60")).person.stature_m == 1.65


@pytest.mark.parametrize("table", ["", "[person]\n"])
def test_a_person_may_come_from_a_file(tmp_path: Path, table: str) -> None:
    """A TOML file with the person's keys, bare or under [person]."""
    path = tmp_path / "me.toml"
    path.write_text(f'{table}sex = "female"\nstature_m = 1.7\nmass_kg = 64\nforearm_m = 0.25\n')
    assert chosen_setup(ROW, Choices(person=str(path))).person.forearm_m == 0.25


def test_a_file_needs_a_person(tmp_path: Path) -> None:
    """The stand-in is for exercises; a set-up file says whom it is for, or --person does."""
    path = tmp_path / "row.toml"
    path.write_text(SETUP.format(free_length_m=0.6))
    with pytest.raises(InputError, match="'person' is missing"):
        chosen_setup(str(path), Choices())
    assert chosen_setup(str(path), Choices(person="female,165,60")).person.mass_kg == 60.0


def test_the_left_side_mirrors_the_right() -> None:
    """The same exercise with the left arm: loads go to the left hand, and its path is mirrored."""
    right = analyse(chosen_setup("single-arm-dumbbell-row-forward-band", Choices()), with_spread=False)
    left = analyse(
        chosen_setup("single-arm-dumbbell-row-forward-band", Choices(side="left")), with_spread=False
    )
    assert (right.working.side, left.working.side) == ("r", "l")
    across = np.array([1.0, -1.0, 1.0])
    np.testing.assert_allclose(left.posed.points["hand_l"], right.posed.points["hand_r"] * across, atol=1e-9)
    np.testing.assert_allclose(left.working.load_n, right.working.load_n, rtol=1e-6)


def test_a_side_given_twice_over_is_itself() -> None:
    """A file for the left arm stays so with --side left, and comes back with --side right."""
    example = Path(__file__).resolve().parents[3] / "examples" / "outer-rotation-left.toml"
    plain, left, right = (chosen_setup(str(example), Choices(side=side)) for side in (None, "left", "right"))
    assert (plain.side, left.side, right.side) == ("l", "l", "r")
    assert left.loads == plain.loads
    assert right.load_tables[0]["from"]["y_m"] == -plain.load_tables[0]["from"]["y_m"]


def test_overstretching_cannot_be_done(bandwright: Callable[..., Any], tmp_path: Path) -> None:
    """A band stretched beyond its limit gives exit code 3, with the limit and what to do."""
    path = tmp_path / "row.toml"
    path.write_text(SETUP.format(free_length_m=0.2))
    found = bandwright("analyse", str(path), "--person", "male,190,90", "--json")
    assert found.code == 3
    assert found.json["errors"][0]["code"] == "band-overstretched"
    with pytest.raises(InfeasibleError):
        analyse(chosen_setup(str(path), Choices(person="male,190,90")))


def test_an_impossible_pose_cannot_be_done(bandwright: Callable[..., Any], own_folder: Path) -> None:
    """A movement no body can follow gives exit code 3."""
    made = Path(bandwright("exercises", "new", "my-row", "--json").json["path"])
    text = made.read_text().replace(
        'grip = "neutral"', 'grip = "neutral"\nhand = { lateral_biacromial = 3.0 }'
    )
    made.write_text(text)
    assert made.is_relative_to(own_folder)
    found = bandwright("analyse", "my-row", "--json")
    assert (found.code, found.json["errors"][0]["code"]) == (3, "hand-target-out-of-reach")


@pytest.mark.usefixtures("quick")
def test_a_report_that_cannot_be_written(
    bandwright: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk or a missing library is said in words; stdout keeps the answer."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    def missing(*_: object) -> None:
        raise ModuleNotFoundError(name="matplotlib")

    for fault, words in ((full, "No space left"), (missing, "matplotlib")):
        monkeypatch.setattr(report, "write_report", fault)
        found = bandwright("analyse", ROW, "--report", str(tmp_path / "row.html"))
        assert found.code == 2
        assert words in found.err
        assert "Muscles" in found.out


def test_alike_set_ups_differ_in_nothing() -> None:
    """A set-up against itself has one sentence."""
    analysis = analysed_once(ROW)
    (only,) = differences([analysis, analysis])
    assert only.code == "alike"


def test_differences_have_the_figures_of_the_curves() -> None:
    """The sentences about the start carry both loads, and B's and A's are not exchanged."""
    band, weight = analysed_once(ROW), analysed_once("bent-over-dumbbell-row")
    found = {one.code: one for one in differences([band, weight])}
    start = found["load-start"]
    assert start.values["first_n"] == pytest.approx(float(band.working.load_n[0]), rel=1e-5)
    assert start.values["other_n"] == pytest.approx(float(weight.working.load_n[0]), rel=1e-5)
    assert "B asks more at the start" in start.text
    reverse = {one.code: one for one in differences([weight, band])}
    assert "B asks less at the start" in reverse["load-start"].text


def test_three_set_ups_are_compared_with_the_first() -> None:
    """C is compared with A, like B."""
    one = analysed_once(ROW)
    assert [(found.first, found.other) for found in differences([one, one, one])] == [("A", "B"), ("A", "C")]


def test_patience_speaks_only_when_it_takes_long(capsys: pytest.CaptureFixture[str]) -> None:
    """Quick work is silent."""
    with patience(after_s=3600.0):
        pass
    assert capsys.readouterr().err == ""
    assert "first analysis" in SAID
