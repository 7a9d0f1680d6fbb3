"""Exit codes and words of what goes wrong."""

from __future__ import annotations

import json

import pytest

from bandwright.cli import checked, program
from bandwright.cli.failures import exit_code, fail, in_words
from bandwright.errors import CatalogueError, InfeasibleError, InputError, ModelError, Problem, SolverError

ANY = Problem("any", "Something.")


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (InputError(ANY), 2),
        (CatalogueError(ANY), 2),
        (InfeasibleError(ANY), 3),
        (ModelError(Problem("hand-target-out-of-reach", "Too far.")), 3),
        (ModelError(Problem("girdle-does-not-close", "Open.")), 3),
        (ModelError(ANY), 1),
        (SolverError(ANY), 1),
        (KeyError("x"), 1),
    ],
)
def test_exit_codes(error: Exception, code: int) -> None:
    """2 for what the person can fix, 3 for what cannot be done, 1 for our faults."""
    assert exit_code(error) == code


def test_every_problem_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """All problems are said, each with where, what, the nearest name, what is allowed and what to do."""
    first = Problem("a", "Wrong band.", ("one", "two"), "one", "Take one.", "row.toml: band")
    assert fail(InputError(first, Problem("b", "Wrong size.")), as_json=False) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines() == [
        "2 things to put right:",
        "x row.toml: band: Wrong band.",
        "  Did you mean 'one'?",
        "  Allowed: one, two.",
        "  Take one.",
        "x Wrong size.",
    ]


def test_json_errors_carry_everything(capsys: pytest.CaptureFixture[str]) -> None:
    """With --json the same problems are on stdout, as they are on the web."""
    names = tuple(f"name-{n}" for n in range(100))
    fail(InputError(Problem("a", "Wrong.", names, "name-1", "Take one.", "x")), as_json=True)
    streams = capsys.readouterr()
    (error,) = json.loads(streams.out)["errors"]
    assert error == {
        "code": "a",
        "message": "Wrong.",
        "allowed": list(names),
        "nearest": "name-1",
        "hint": "Take one.",
        "path": "x",
    }
    assert "Wrong." in streams.err


def test_long_lists_are_cut_in_words() -> None:
    """A hundred names do not fill the screen, and no line is longer than 79 columns."""
    lines = "\n".join(in_words([Problem("a", "Wrong.", tuple(f"name-{n}" for n in range(100)))])).splitlines()
    assert "92 more" in " ".join(lines)
    assert max(map(len, lines)) <= 79


def _broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes the check command fail in a way nobody foresaw."""

    def fault(*_: object, **__: object) -> int:
        message = "list index\nout of range"
        raise IndexError(message)

    monkeypatch.setattr(checked, "run_check", fault)


def test_our_fault_is_calm(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """An unforeseen fault gives 1, no traceback, and how to report it."""
    _broken(monkeypatch)
    monkeypatch.delenv("BANDWRIGHT_DEBUG", raising=False)
    assert program.run_program(["check"]) == 1
    said = capsys.readouterr().err
    assert "IndexError: list index out of range" in said
    assert "BANDWRIGHT_DEBUG=1" in said
    assert "Traceback" not in said


def test_debug_shows_where(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """With BANDWRIGHT_DEBUG=1 the traceback is there, and JSON stays JSON."""
    _broken(monkeypatch)
    monkeypatch.setenv("BANDWRIGHT_DEBUG", "1")
    assert program.run_program(["check", "--json"]) == 1
    streams = capsys.readouterr()
    assert json.loads(streams.out)["errors"][0]["code"] == "internal"
    assert "Traceback" in streams.err
