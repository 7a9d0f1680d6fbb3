"""`bandwright design`: options checked together, JSON and screen, and what it says when nothing suits."""

from __future__ import annotations

import json
import re
import signal
from pathlib import Path
from typing import Any

import pytest

from bandwright.cli import designed
from bandwright.cli.designed import reps_given, watched
from bandwright.cli.program import run_program
from bandwright.cli.views.front import MOST
from bandwright.errors import InputError
from bandwright.service.design import Design, Progress, Request, Watch, design

GEAR = """
[room]
free_m = 2.5
[[band]]
id = "red-loop"
product = "rogue-monster-1"
count = 2
[[anchor]]
id = "door"
heights_m = [0.8]
"""


@pytest.fixture
def gear(tmp_path: Path) -> str:
    """A gear file with two loops and a door."""
    path = tmp_path / "gear.toml"
    path.write_text(GEAR, encoding="utf-8")
    return str(path)


def answered(words: list[str], capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """What a command prints as JSON."""
    assert run_program(words) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_json_holds_set_ups_that_analyse_to_the_same_figures(
    gear: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each set-up of the answer, analysed as it stands, has the summary the answer gives."""
    from bandwright.catalogue.setups import read_setup  # noqa: PLC0415 — slow to load
    from bandwright.service.analysis import analyse  # noqa: PLC0415 — as above

    words = ["design", "--gear", gear, "--exercise", "standing-band-row", "--top", "2", "--json"]
    found = answered([*words, "--person", "male,180,80", "--reps", "5-20"], capsys)
    assert found["schema"] == "bandwright.design/1"
    assert found["complete"]
    assert found["candidates_judged"] > 0
    assert 1 <= len(found["setups"]) <= 2
    for one in found["setups"]:
        analysis = analyse(read_setup(one["setup"]), with_spread=False)
        assert analysis.summary.peak_effort == pytest.approx(one["summary"]["peak_effort"], rel=1e-4)
        assert one["how_to"]
        assert {nudge["what"] for nudge in one["sensitivity"]} >= {"distance", "height", "band"}
        assert one["verdict"]["grade"] in ("good", "fair", "poor")


def test_the_screen_says_how_to_set_it_up_in_centimetres(
    gear: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Verdict, where to hook the band and what small errors do."""
    assert run_program(["design", "--gear", gear, "--exercise", "standing-band-row", "--top", "1"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "red loop 80 cm above the floor" in said
    assert "stance 5 cm off" in said
    assert "set-ups judged" in said


def test_the_screen_shows_what_no_set_up_beats_in_everything(
    gear: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A row for each of the front, with the figures of the JSON, and the number of those shown above."""
    words = ["design", "--gear", gear, "--exercise", "standing-band-row", "--top", "1", "--reps", "5-20"]
    front = answered([*words, "--json"], capsys)["pareto"]
    assert run_program(words) == 0
    said = capsys.readouterr().out
    rows = said[said.index("A trade of three") :].splitlines()[2 : 2 + len(front)]
    assert 1 < len(rows) <= MOST
    for row, one in zip(rows, sorted(front, key=lambda one: -one["score"]), strict=True):
        assert "Standing band row" in row
        even, dose = re.findall(r"(\d+) %", row)
        assert (int(even), int(dose)) == (round(100 * one["evenness"]), round(100 * one["dose"]))
        assert row.rstrip().endswith(f" {1 / one['simplicity']:.0f}")
        assert len(row.rstrip()) < 80
    assert [row.split()[0] for row in rows].count("1") <= 1


def test_every_wrong_option_is_said_at_once(gear: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Intent, exercise, muscle, repetitions, reserve and number together, with the nearest names."""
    words = ["design", "--gear", gear, "--intent", "sqeeze", "--exercise", "standing-row", "--muscle", "lats"]
    code = run_program([*words, "--reps", "12-8", "--reserve", "-1", "--top", "0", "--json"])
    errors = json.loads(capsys.readouterr().out)["errors"]
    assert code == 2
    assert {error["path"] for error in errors} == {
        "--intent",
        "--exercise",
        "--muscle",
        "--reps",
        "--reserve",
        "--top",
    }
    assert next(error["nearest"] for error in errors if error["path"] == "--intent") == "squeeze"


def test_a_missing_gear_file_names_the_nearest(gear: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A misspelt file is met with the one that is there."""
    assert run_program(["design", "--gear", gear.replace("gear.toml", "gaer.toml")]) == 2
    assert "Did you mean" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("pull-up",), ("needs a pull-up bar. Say so when you have one.", "pull_up_bar = true under [have]")),
        (("face-pull",), ("an [[anchor]]",)),
        (
            ("standing-band-row", "--reps", "1", "--reserve", "0"),
            ("aim for more repetitions. (Repetitions: --reps.)",),
        ),
    ],
)
def test_nothing_that_suits_ends_with_three_and_what_to_type(
    gear: str, words: tuple[str, ...], expected: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """What is missing in words any front could say, then how a command line says it."""
    assert run_program(["design", "--gear", gear, "--exercise", *words, "--intent", "posture"]) == 3
    said = " ".join(capsys.readouterr().err.split())
    assert [one for one in expected if one not in said] == [], said


def test_ctrl_c_ends_the_search_and_a_second_one_the_program() -> None:
    """The first asks for the best so far, the second is the usual interrupt, and what was set before comes back."""
    now, before = Progress("row", 0, 2, 0, 0, None), signal.getsignal(signal.SIGINT)
    with watched(quietly=True) as watch:
        assert watch(now)
        signal.raise_signal(signal.SIGINT)
        assert not watch(now)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) == before


def test_after_ctrl_c_the_best_so_far_is_shown(
    gear: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Interrupted after the first of two exercises: exit code 0, its set-ups, not complete, and said so."""

    def interrupted(request: Request, watch: Watch) -> Design:
        def and_press(now: Progress) -> bool:
            if now.done == 1:
                signal.raise_signal(signal.SIGINT)
            return watch(now)

        return design(request, and_press)

    monkeypatch.setattr(designed, "design", interrupted)
    exercises = ["--exercise", "standing-band-row", "--exercise", "bent-over-band-row"]
    code = run_program(["design", "--gear", gear, *exercises, "--json"])
    streams = capsys.readouterr()
    found = json.loads(streams.out)
    assert code == 0
    assert found["complete"] is False
    assert {one["setup"]["exercise"] for one in found["setups"]} == {"standing-band-row"}
    assert "best of" in streams.err


@pytest.mark.parametrize(
    ("room", "limit", "todo"),
    [
        ("free_m = 0.4", "cm too short", "free_m"),
        ("free_m = 2.5\nceiling_m = 1.5", "cm too low", "ceiling_m"),
    ],
)
def test_a_room_that_does_not_do_ends_with_three(
    gear: str, room: str, limit: str, todo: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Which limit, by how much, and what to change."""
    Path(gear).write_text(GEAR.replace("free_m = 2.5", room), encoding="utf-8")
    assert run_program(["design", "--gear", gear, "--exercise", "standing-band-row"]) == 3
    said = " ".join(capsys.readouterr().err.split())
    assert limit in said
    assert todo in said


@pytest.mark.parametrize(
    ("text", "wanted"), [("8-12", (8.0, 12.0)), (" 10 ", (10.0, 10.0)), ("5–6", (5.0, 6.0))]
)
def test_repetitions_are_read(text: str, wanted: tuple[float, float]) -> None:
    """One number or a span, with a hyphen or a dash."""
    assert reps_given(text) == wanted


@pytest.mark.parametrize("text", ["", "twelve", "8-12-15", "0", "41", "12-8"])
def test_repetitions_that_make_no_sense_are_refused(text: str) -> None:
    """Words, spans that fall and numbers out of range."""
    with pytest.raises(InputError):
        reps_given(text)
