"""Exercises on the command line: listed, shown, begun; and files checked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bandwright.catalogue.exercises import load_exercises, shipped_ids

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"


def test_list_has_every_exercise(bandwright: Callable[..., Any]) -> None:
    """The JSON listing holds id, name, muscles and gear of each."""
    rows = bandwright("exercises", "list", "--json").json["exercises"]
    assert [row["id"] for row in rows] == sorted(shipped_ids())
    assert all(row["name"] and row["muscles"] for row in rows)


def test_filters_narrow_the_list(bandwright: Callable[..., Any]) -> None:
    """Each filter keeps just the exercises that have what it names."""
    rows = bandwright("exercises", "list", "--muscle", "rhomboids", "--gear", "sheet", "--json").json[
        "exercises"
    ]
    every = load_exercises().values()
    wanted = [one.id for one in every if "rhomboids" in one.muscles and "sheet" in one.gear]
    assert [row["id"] for row in rows] == wanted
    assert wanted


def test_list_fits_80_columns(bandwright: Callable[..., Any]) -> None:
    """Ids stay whole."""
    shown = bandwright("exercises", "list").out
    assert max(map(len, shown.splitlines())) <= 80
    assert {line.split()[0] for line in shown.splitlines() if line.split()} >= shipped_ids()


def test_show_says_what_a_person_needs(bandwright: Callable[..., Any]) -> None:
    """How to do it, cues, safety and where to start, in words and as JSON."""
    exercise = load_exercises()["face-pull"]
    words = " ".join(bandwright("exercises", "show", "face-pull").out.split())
    for said in (exercise.summary, exercise.how_to, *exercise.cues, *exercise.safety):
        assert said in words
    shown = bandwright("exercises", "show", "face-pull", "--json").json
    assert shown["safety"] == list(exercise.safety)
    assert shown["load"] == [dict(load) for load in exercise.load_tables]


@pytest.mark.parametrize("given_folder", [True, False])
def test_a_new_exercise_is_sound(
    bandwright: Callable[..., Any], tmp_path: Path, *, given_folder: bool
) -> None:
    """The template passes the check unchanged, is listed when it is in one's own folder, and is never overwritten."""
    place = ("--folder", str(tmp_path / "mine")) if given_folder else ()
    made = bandwright("exercises", "new", "my-row", *place, "--json").json
    assert bandwright("check", made["path"]).code == 0
    ids = [row["id"] for row in bandwright("exercises", "list", "--json").json["exercises"]]
    assert ("my-row" in ids) is not given_folder
    assert bandwright("exercises", "new", "my-row", *place).code == 2


def test_check_accepts_what_ships(bandwright: Callable[..., Any]) -> None:
    """Our own examples have no problem."""
    found = bandwright("check", str(EXAMPLES), "--json")
    assert found.code == 0
    assert found.json["errors"] == []
    assert found.json["files"] == len(list(EXAMPLES.glob("*.toml")))


def test_check_lists_problems_of_all_files(bandwright: Callable[..., Any], tmp_path: Path) -> None:
    """Every broken file is named, in words on stderr and as JSON on stdout."""
    (tmp_path / "a.toml").write_text("exercise = 3")
    (tmp_path / "b.toml").write_text("=")
    found = bandwright("check", str(tmp_path), "--json")
    assert found.code == 2
    paths = [error["path"] for error in found.json["errors"]]
    assert {path.partition(":")[0] for path in paths} == {"a.toml", "b.toml"}
    assert "b.toml" in found.err


def test_check_without_a_folder_is_quiet_when_there_is_nothing(bandwright: Callable[..., Any]) -> None:
    """A person with no files of their own has nothing to put right."""
    assert bandwright("check").code == 0
