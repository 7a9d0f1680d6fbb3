"""Own strength on the command line: fitted, shown, and used in an analysis."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bandwright.body.own_strength import GROUPS

TESTS = """
[person]
sex = "male"
stature_m = 1.80
mass_kg = 80
[[pull]]
exercise = "straight-arm-pulldown"
phase = 0.2
kg = 30
[[pull]]
exercise = "straight-arm-pulldown"
phase = 0.8
kg = 30
[[set]]
exercise = "bent-over-dumbbell-row"
reps = 12
"""


EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "own-strength.toml"


@pytest.fixture
def me(tmp_path: Path) -> str:
    """A file of tests."""
    path = tmp_path / "me.toml"
    path.write_text(TESTS, encoding="utf-8")
    return str(path)


def test_fit_as_json(bandwright: Callable[..., Any], me: str) -> None:
    """Every group has a factor and a spread, every test its residual."""
    found = bandwright("strength", "fit", me, "--json").json
    assert found["schema"] == "bandwright.strength/1"
    assert [row["group"] for row in found["groups"]] == list(GROUPS)
    assert all(row["factor"] > 0 and 0 < row["log_sd"] < 0.3 for row in found["groups"])
    assert [row["id"] for row in found["tests"]] == ["pull[0]", "pull[1]", "set[0]"]


def test_fit_in_words(bandwright: Callable[..., Any], me: str) -> None:
    """One sentence first, then groups and tests, no wider than a terminal."""
    shown = bandwright("strength", "fit", me)
    assert shown.code == 0
    assert shown.out.startswith("About ")
    assert all(name in shown.out for name in GROUPS)
    assert max(len(line) for line in shown.out.splitlines()) <= 80


def test_strong_pulls_raise_strength_in_another_exercise(bandwright: Callable[..., Any], me: str) -> None:
    """The curve of an exercise never tested moves, the load does not; the person is taken from the tests."""
    usual = bandwright("analyse", "face-pull", "--person", "male,180,80", "--json").json
    own = bandwright("analyse", "face-pull", "--own-strength", me, "--json").json
    assert own["person"] == usual["person"]
    assert own["load_n"] == usual["load_n"]
    assert min(new / old for new, old in zip(own["strength_n"], usual["strength_n"], strict=True)) > 1.05


def test_whose_strength_it_was_is_said(bandwright: Callable[..., Any], me: str) -> None:
    """The answer names the file the strength comes from, and how sure it is."""
    assert "fitted to me.toml; about ±" in bandwright("analyse", "face-pull", "--own-strength", me).err


def test_tests_of_another_person_are_refused(bandwright: Callable[..., Any], me: str) -> None:
    """A strength does not fit another body."""
    refused = bandwright("analyse", "face-pull", "--person", "female,165,60", "--own-strength", me)
    assert refused.code == 2
    assert "--own-strength" in refused.err


def test_the_shipped_example_is_fitted_and_compared_with(bandwright: Callable[..., Any]) -> None:
    """Pulls at five positions and a set; both set-ups get the curves that analyse gives alone, and both are said."""
    fit = bandwright("strength", "fit", str(EXAMPLE), "--json").json
    assert fit["converged"]
    assert fit["astray"] == []
    assert [row["id"] for row in fit["tests"]] == [*(f"pull[{i}]" for i in range(5)), "set[0]"]
    both = bandwright("compare", "face-pull", "band-pull-apart", "--own-strength", str(EXAMPLE), "--json")
    alone = bandwright("analyse", "band-pull-apart", "--own-strength", str(EXAMPLE), "--json").json
    assert both.json["analyses"][1] == alone
    assert [line[:3] for line in both.err.splitlines()] == ["A  ", "B  "]
    assert both.err.count("fitted to own-strength.toml; about ±") == 2


def test_check_reads_the_example_as_tests_of_strength(bandwright: Callable[..., Any], tmp_path: Path) -> None:
    """A file of tests has no problem, or its own, and is not taken for an exercise."""
    assert bandwright("check", str(EXAMPLE)).code == 0
    broken = tmp_path / "me.toml"
    broken.write_text(TESTS.replace("phase = 0.2", "phase = 1.2"), encoding="utf-8")
    refused = bandwright("check", str(broken))
    assert refused.code == 2
    assert "pull[0].phase" in refused.err


def test_compare_refuses_tests_of_another_person(bandwright: Callable[..., Any], me: str) -> None:
    """One person's strength fits no other body, whichever set-up it is."""
    refused = bandwright("compare", "face-pull", "pull-up", "--person", "female,165,60", "--own-strength", me)
    assert refused.code == 2
    assert "--own-strength" in refused.err


def test_a_missing_file_is_the_persons_to_put_right(bandwright: Callable[..., Any]) -> None:
    """Exit code 2 and the file's name."""
    refused = bandwright("strength", "fit", "nobody.toml")
    assert refused.code == 2
    assert "nobody.toml" in refused.err
