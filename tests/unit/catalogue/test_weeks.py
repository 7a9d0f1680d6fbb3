"""Week files: what is read, and every mistake a person can make in one, all at once."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Final

import pytest

from bandwright.catalogue.week import Week
from bandwright.catalogue.weeks import is_week, read_week
from bandwright.errors import InputError, Problem

EXAMPLE: Final = Path(__file__).parents[3] / "examples" / "week.toml"
PERSON: Final = '[person]\nsex = "female"\nstature_m = 1.65\nmass_kg = 60\n'
PULL: Final = '[[exercise]]\nexercise = "face-pull"\nsets_per_week = 3\nreps = 12\n'


def read(tmp_path: Path, text: str, changes: dict[str, Any] | None = None) -> Week:
    """The week a text describes, in a folder with one set-up file for another person."""
    setup = 'exercise = "cable-row"\n[person]\nsex = "male"\nstature_m = 1.9\nmass_kg = 95\n'
    (tmp_path / "row.toml").write_text(setup, encoding="utf-8")
    path = tmp_path / "week.toml"
    path.write_text(text, encoding="utf-8")
    return read_week(path, changes=changes)


def problems(tmp_path: Path, text: str) -> list[Problem]:
    """Everything wrong with a week."""
    with pytest.raises(InputError) as caught:
        read(tmp_path, text)
    return list(caught.value.problems)


def found(tmp_path: Path, text: str) -> dict[str | None, str]:
    """Code of each problem by its place."""
    return {one.path: one.code for one in problems(tmp_path, text)}


def test_the_example_is_read() -> None:
    """Set-up files, usual loads, own loads and holds."""
    week = read_week(EXAMPLE)
    assert (week.name, week.intent, week.weeks) == ("Bands most days", "strength-and-size", 1)
    assert {entry.setup.person for entry in week.entries} == {week.person}
    assert [entry.hold_s for entry in week.entries if entry.hold_s] == [6.0]
    assert is_week(tomllib.loads(EXAMPLE.read_text(encoding="utf-8")))
    assert not is_week({"exercise": "face-pull"})


def test_the_week_s_person_does_every_set_up(tmp_path: Path) -> None:
    """A set-up file's own person gives way."""
    week = read(tmp_path, PERSON + '[[exercise]]\nsetup = "row.toml"\nsets_per_week = 2\nreps = 8\n')
    (entry,) = week.entries
    assert entry.setup.exercise.id == "cable-row"
    assert entry.setup.person == week.person
    assert week.person.stature_m == 1.65


def test_changes_win_over_the_file(tmp_path: Path) -> None:
    """As options on a command line do."""
    taller = {"sex": "male", "stature_m": 1.8, "mass_kg": 80.0}
    week = read(tmp_path, PERSON + PULL, {"person": taller, "intent": "travel"})
    assert (week.person.stature_m, week.intent) == (1.8, "travel")


def test_all_problems_at_once(tmp_path: Path) -> None:
    """Of the week, its counts, its set-ups and the files it names, each at its place."""
    text = (
        'intent = "bigger"\ncolour = 3\n[person]\nsex = "female"\nstature_m = 9.0\nmass_kg = 60\n'
        '[[exercise]]\nexercise = "face-pul"\nsets_per_week = -1\nreps = 12\n'
        '[[exercise]]\nexercise = "face-pull"\nset_per_week = 3\nreps = 12\n'
        '[[exercise]]\nsetup = "rwo.toml"\nsets_per_week = 2\nreps = 8\n'
        '[[exercise]]\nexercise = "cable-row"\nsets_per_week = 2\nhold_s = nan\n'
        '[[exercise.load]]\nid = "a"\nkind = "cable"\nforce_n = -5\nfrom = { x_m = 1, z_m = 1 }\nto = "hands"\n'
    )
    assert found(tmp_path, text) == {
        "week.toml: intent": "unknown-intent",
        "week.toml: colour": "unknown-key",
        "week.toml: person.stature_m": "out-of-range",
        "week.toml: exercise[0].exercise": "unknown-exercise",
        "week.toml: exercise[0].sets_per_week": "out-of-range",
        "week.toml: exercise[1].set_per_week": "unknown-key",
        "week.toml: exercise[1].sets_per_week": "missing-key",
        "week.toml: exercise[2].setup": "no-file",
        "week.toml: exercise[3].hold_s": "not-finite",
        "week.toml: exercise[3].load[0].force_n": "out-of-range",
    }
    nearest = {one.path: one.nearest for one in problems(tmp_path, text)}
    assert nearest["week.toml: exercise[0].exercise"] == "face-pull"
    assert nearest["week.toml: exercise[1].set_per_week"] == "sets_per_week"
    assert nearest["week.toml: exercise[2].setup"] == "row.toml"


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ('exercise = "face-pull"\nsets_per_week = 3', "no-reps"),
        ('exercise = "face-pull"\nsets_per_week = 3\nhold_s = 5', "not-a-hold"),
        ('exercise = "chest-supported-isometric-band-row"\nsets_per_week = 3\nreps = 5', "no-hold"),
        ('exercise = "face-pull"\nsets_per_week = 0\nreps = 5', "out-of-range"),
        ('exercise = "face-pull"\nsets_per_week = 2.5\nreps = 5', "wrong-type"),
        ('exercise = "face-pull"\nsets_per_week = nan\nreps = 5', "wrong-type"),
        ('exercise = "face-pull"\nsets_per_week = 2\nreps = inf', "wrong-type"),
        ('exercise = "face-pull"\nsets_per_week = true\nreps = 5', "wrong-type"),
        ("sets_per_week = 2\nreps = 5", "missing-key"),
        ('setup = "row.toml"\nexercise = "face-pull"\nsets_per_week = 2\nreps = 5', "two-set-ups"),
        ("setup = 3\nsets_per_week = 2\nreps = 5", "wrong-type"),
        ('setup = "week.toml"\nsets_per_week = 2\nreps = 5', "wrong-type"),
        ('setup = "."\nsets_per_week = 2\nreps = 5', "unreadable-file"),
        ('person = { sex = "male" }\nexercise = "face-pull"\nsets_per_week = 2\nreps = 5', "unknown-key"),
    ],
)
def test_entries_that_make_no_sense(tmp_path: Path, lines: str, code: str) -> None:
    """Each says what is wrong where."""
    given = problems(tmp_path, f"{PERSON}[[exercise]]\n{lines}\n")
    assert code in {one.code for one in given}


def test_problems_of_a_named_file_are_that_file_s(tmp_path: Path) -> None:
    """A mistake in a set-up file is reported under its name."""
    (tmp_path / "bad.toml").write_text('exercise = "face-pull"\ncolour = 3\n', encoding="utf-8")
    text = PERSON + '[[exercise]]\nsetup = "bad.toml"\nsets_per_week = 2\nreps = 8\n'
    assert found(tmp_path, text) == {"bad.toml: colour": "unknown-key"}


@pytest.mark.parametrize(
    "text", ["", PERSON, PERSON + "exercise = []", 'exercise = "face-pull"', "exercise = [3]"]
)
def test_weeks_without_exercises_or_person(tmp_path: Path, text: str) -> None:
    """Nothing half-read comes back."""
    assert problems(tmp_path, text)


def test_a_missing_file_names_its_neighbour(tmp_path: Path) -> None:
    """A slip in the name is put right."""
    read(tmp_path, PERSON + PULL)
    with pytest.raises(InputError) as caught:
        read_week(tmp_path / "wek.toml")
    (problem,) = caught.value.problems
    assert (problem.code, problem.nearest) == ("no-file", str(tmp_path / "week.toml"))
