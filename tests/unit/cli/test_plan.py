"""`bandwright plan show`: the example end to end, and misuse."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

WEEK = Path(__file__).resolve().parents[3] / "examples" / "week.toml"
GOOD = '[[exercise]]\nexercise = "face-pull"\nsets_per_week = 3\nreps = 12\n'
PERSON = '[person]\nsex = "female"\nstature_m = 1.65\nmass_kg = 60\n'


def test_the_example_as_json(bandwright: Callable[..., Any]) -> None:
    """The keys that other programs rely on; shares are shares; progress is not on stdout."""
    shown = bandwright("plan", "show", str(WEEK), "--json")
    assert shown.code == 0
    assert "1 of 6" in shown.err
    found = shown.json
    assert found["schema"] == "bandwright.plan/1"
    assert set(found) >= {
        "weeks",
        "weekly_sets",
        "weekly_work",
        "over_reliance",
        "verdict",
        "changes",
        "provenance",
    }
    for one in found["over_reliance"].values():
        assert set(one) >= {"band_only_share", "unloaded_range"}
        assert one["band_only_share"] is None or 0.0 <= one["band_only_share"] <= 1.0
        assert set(one["unloaded_range"]) <= {"shortest", "middle", "longest"}
    assert found["verdict"]["grade"] == "fair"
    assert found["changes"][0]["for"]


def test_the_example_in_words(bandwright: Callable[..., Any]) -> None:
    """Verdict first, then what to change, and every muscle on one line no wider than a terminal."""
    shown = bandwright("plan", "show", str(WEEK))
    assert shown.code == 0
    assert shown.out.startswith("[ FAIR ]")
    assert "Swap" in shown.out
    assert "not growth" in " ".join(shown.out.split())
    assert max(len(line) for line in shown.out.splitlines()) <= 80
    assert shown.out.count(" · ") > 20


def test_the_same_twice(bandwright: Callable[..., Any]) -> None:
    """The same week gives the same answer to the last digit."""
    first, second = (bandwright("plan", "show", str(WEEK), "--json").out for _ in range(2))
    assert first == second


def test_options_win(bandwright: Callable[..., Any]) -> None:
    """Another person, another intent."""
    line = ("plan", "show", str(WEEK), "--person", "female,165,60", "--intent", "travel", "--json")
    found = bandwright(*line).json
    assert found["person"] == {"sex": "female", "stature_m": 1.65, "mass_kg": 60.0}
    assert (found["intent"], found["verdict"]["grade"]) == ("travel", "good")
    assert "for travel" in bandwright(*line[:-1]).out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (PERSON + GOOD.replace("face-pull", "face-pul"), "Did you mean 'face-pull'?"),
        (PERSON + GOOD.replace("= 3", "= -3"), "-3 is out of range"),
        (PERSON + GOOD.replace("= 12", "= nan"), "nan is not a whole number"),
        (PERSON + '[[exercise]]\nsetup = "gone.toml"\nsets_per_week = 1\nreps = 1\n', "gone.toml"),
        (GOOD, "The key 'person' is missing"),
        (PERSON, "The key 'exercise' is missing"),
        ("[[exercise", "not valid TOML"),
    ],
)
def test_misuse(bandwright: Callable[..., Any], tmp_path: Path, text: str, said: str) -> None:
    """Exit code 2, words on stderr, the same as JSON on stdout, no traceback."""
    path = tmp_path / "week.toml"
    path.write_text(text, encoding="utf-8")
    shown = bandwright("plan", "show", str(path), "--json")
    assert shown.code == 2
    assert shown.json["errors"]
    assert said in " ".join(shown.err.split())
    assert "Traceback" not in shown.err


def test_a_missing_file(bandwright: Callable[..., Any], tmp_path: Path) -> None:
    """Its neighbour is named."""
    (tmp_path / "week.toml").write_text(PERSON + GOOD, encoding="utf-8")
    shown = bandwright("plan", "show", str(tmp_path / "weak.toml"))
    assert shown.code == 2
    assert "week.toml" in shown.err


def test_options_that_make_no_sense(bandwright: Callable[..., Any]) -> None:
    """Both are named, at the option."""
    shown = bandwright("plan", "show", str(WEEK), "--person", "male,900,80", "--intent", "bigger", "--json")
    assert shown.code == 2
    paths = {error["path"] for error in shown.json["errors"]}
    assert "--intent" in paths
    assert any(path.startswith("--person") for path in paths)


def test_what_cannot_be_done_says_so(bandwright: Callable[..., Any], tmp_path: Path) -> None:
    """A band stretched beyond its limit ends with code 3."""
    load = '[[exercise.load]]\nid = "b"\nkind = "band"\nband = "rogue-monster-1"\nfree_length_m = 0.15\n'
    load += 'from = { x_m = 2.5, z_m = 1.0 }\nto = "hands"\n'
    text = PERSON + GOOD.replace("face-pull", "standing-band-row") + load
    path = tmp_path / "week.toml"
    path.write_text(text, encoding="utf-8")
    assert bandwright("plan", "show", str(path)).code == 3
