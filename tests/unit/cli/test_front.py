"""The door: quick answers, Ctrl-C and readers that go away."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bandwright import __version__
from bandwright.cli import checked, front, program
from bandwright.cli.front import INTERRUPTED, run
from bandwright.cli.front_page import FRONT_PAGE
from bandwright.cli.program import front_page

LIGHT = """
import sys
from bandwright.cli.front import run
code = run(["--help"])
heavy = {"cyclopts", "rich", "numpy", "mujoco", "scipy", "numba", "pydantic", "typing"} & set(sys.modules)
sys.exit(f"imported {sorted(heavy)}" if heavy else code)
"""


def test_front_page_is_current() -> None:
    """The copied page is the one that the commands give."""
    assert front_page() == FRONT_PAGE, "copy what bandwright.cli.program.front_page() says to front_page.py"


@pytest.mark.parametrize("words", [[], ["--help"], ["-h"]])
def test_help_is_answered_at_the_door(
    words: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first page needs none of the program."""
    monkeypatch.delattr(program, "run_program")
    assert run(words) == 0
    assert capsys.readouterr().out == FRONT_PAGE


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    """The version is one line."""
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"bandwright {__version__}\n"


def test_help_imports_nothing_heavy() -> None:
    """A fresh interpreter shows the first page without any library of ours."""
    done = subprocess.run(
        [sys.executable, "-S", "-c", f"import sys; sys.path[:0] = {sys.path!r}\n{LIGHT}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_ctrl_c_is_one_calm_line(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C ends with 130, one line and no traceback."""

    def interrupted(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(program, "run_program", interrupted)
    assert run(["tour"]) == INTERRUPTED == 130
    streams = capsys.readouterr()
    assert streams.out == ""
    assert len(streams.err.splitlines()) == 1


def test_ctrl_c_inside_a_command_is_not_swallowed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The place where everything ends lets Ctrl-C through to the door."""

    def interrupted(*_: object, **__: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(checked, "run_check", interrupted)
    assert front.run(["check"]) == INTERRUPTED


def test_ctrl_c_while_a_library_is_imported_is_still_ctrl_c(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some libraries then say that they failed."""

    def interrupted(*_: object, **__: object) -> int:
        message = "initialization failed"
        raise ImportError(message) from KeyboardInterrupt()

    monkeypatch.setattr(checked, "run_check", interrupted)
    assert front.run(["check"]) == INTERRUPTED


class _CallsBack:
    """Stands for machine code that calls back into Python: no exception passes through its end."""

    def __del__(self) -> None:
        raise KeyboardInterrupt


def test_ctrl_c_while_the_compiler_works_is_still_ctrl_c(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The compiler's call back into Python loses it, and it then fails for another reason."""

    def interrupted(*_: object, **__: object) -> int:
        _CallsBack()
        message = "no compiled object yet"
        raise RuntimeError(message)

    monkeypatch.setattr(checked, "run_check", interrupted)
    assert front.run(["check"]) == INTERRUPTED
    assert capsys.readouterr().err == "Stopped; nothing was changed.\n"


def test_a_reader_that_goes_away_is_no_error() -> None:
    """`bandwright exercises show ... | head -0` says nothing on stderr."""
    command = [sys.executable, "-m", "bandwright", "exercises", "show", "face-pull"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as started:
        assert started.stdout is not None
        assert started.stderr is not None
        started.stdout.close()
        said = started.stderr.read()
        assert (started.wait(), said) == (0, b"")


@pytest.mark.parametrize("words", [["--data", "{}"], ["--data={}"]])
def test_any_command_takes_a_data_folder(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A band kept under `--data DIR` is listed with it and unknown without."""
    monkeypatch.setenv("BANDWRIGHT_DATA", str(tmp_path / "usual"))
    place = [word.format(tmp_path / "mine") for word in words]
    weighed = ["--rest-length", "1m", "--reading", "1.6m:60N:1"]
    assert run(["bands", "add", "mine", *weighed, *place]) == 0
    assert run([*place, "bands", "show", "mine"]) == 0
    monkeypatch.setenv("BANDWRIGHT_DATA", str(tmp_path / "usual"))
    assert run(["bands", "show", "mine"]) == 2
    assert run(["bands", "list", "--data"]) == 2
    assert "No folder follows --data" in capsys.readouterr().err
