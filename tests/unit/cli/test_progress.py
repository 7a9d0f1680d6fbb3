"""What a long command says on a terminal before its first result, and that it says nothing elsewhere."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from numba import njit
from numba.core import event

from bandwright.cli.designed import watched
from bandwright.cli.progress import COMPILING, progress
from bandwright.numerics.witness import compiling
from bandwright.service.design import Progress
from bandwright.service.sweep.job import Job
from bandwright.service.sweep.shards import Shard
from tests.unit.cli.conftest import Bandwright
from tests.unit.cli.test_sweep import STUDY, Here


class Terminal(io.StringIO):
    """A stream somebody looks at."""

    def isatty(self) -> bool:
        """Always."""
        return True

    def said(self) -> str:
        """All it was ever told, without the marks that move and colour."""
        return " ".join(re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", self.getvalue()).split())


def terminal_in(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal of 80 columns as stderr; no fixture, since pytest sets stderr anew for the test itself."""
    monkeypatch.setattr(sys, "stderr", screen := Terminal())
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERM", "xterm")
    return screen


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A small study, in the folder one is in."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.toml").write_text(STUDY, encoding="utf-8")
    return "mine.toml"


def test_a_sweep_says_what_it_waits_for_before_its_first_part(
    bandwright: Bandwright, study: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the time the workers are given the first part, the person has read that they are starting."""
    terminal, before = terminal_in(monkeypatch), list[str]()

    class Watching(Here):
        def __call__(self, job: Job, shards: Sequence[Shard]) -> Iterator[tuple[int, bytes]]:
            before.append(terminal.said())
            yield from super().__call__(job, shards)

    monkeypatch.setattr("bandwright.service.sweep.pool.LocalPool", Watching)
    assert bandwright("sweep", study, "--workers", "2").code == 0
    assert "Looking what is done already" in before[0]
    assert "Starting 2 workers (a minute when newly installed)" in before[0]
    assert "0/1" in before[0]
    assert "Making one table" in terminal.said()


@pytest.mark.usefixtures("study")
def test_json_and_pipes_are_left_alone(bandwright: Bandwright, monkeypatch: pytest.MonkeyPatch) -> None:
    """With `--json`, or where nobody looks, the line is not drawn."""
    terminal = terminal_in(monkeypatch)
    monkeypatch.setattr("bandwright.service.sweep.pool.LocalPool", Here)
    assert bandwright("sweep", "mine.toml", "--json").code == 0
    assert terminal.said() == "1 person, 2 set-ups each."
    monkeypatch.setattr(sys, "stderr", piped := io.StringIO())
    assert bandwright("sweep", "mine.toml", "--out", "again").code == 0
    assert piped.getvalue() == "1 person, 2 set-ups each.\n"


def test_a_design_says_what_it_waits_for_before_any_set_up_is_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    """First that it looks, then whose movement the body takes up, then how many set-ups it has judged."""
    terminal = terminal_in(monkeypatch)
    with watched(quietly=False) as watch:
        assert terminal.said().count("Looking what suits the wish") == 1
        watch(Progress("Cable row", 0, 2, 0, 0, None))
        assert "Taking up the movement: Cable row" in terminal.said()
        watch(Progress("Face pull", 1, 2, 1234, 5, None))
        assert "Face pull: 1234 set-ups, 5 suit" in terminal.said()
        watch(Progress("Face pull", 2, 2, 2345, 7, None))
        assert "Judging: Face pull" in terminal.said()
        assert "1/2" in terminal.said()
        assert "2/2" not in terminal.said()


def test_compiling_is_said_while_it_lasts(monkeypatch: pytest.MonkeyPatch) -> None:
    """While numba compiles something, whatever was reported before, and no longer."""
    terminal, drawn = terminal_in(monkeypatch), list[str]()
    with progress("Working", quietly=False) as report:

        class Looking(event.Listener):
            def on_start(self, _: object) -> None:
                report("Working")
                drawn.append(terminal.said())

            def on_end(self, _: object) -> None:
                pass

        with event.install_listener("numba:compile", Looking()):
            assert njit(lambda x: x + 1)(1) == 2
        assert not compiling()
        terminal.truncate(0)
        report("Working")
        assert COMPILING in drawn[-1]
        assert COMPILING not in terminal.said()
        assert "Working" in terminal.said()
