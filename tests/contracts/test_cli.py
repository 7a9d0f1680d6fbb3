"""The command line as others rely on it: help, examples, exit codes, JSON alone on stdout."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from cyclopts import App

from bandwright.catalogue.tables import INTENTS
from bandwright.cli.front import run
from bandwright.cli.program import build
from bandwright.cli.toured import STOPS

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
SETUPS = [
    path
    for path in sorted(EXAMPLES.glob("*.toml"))
    if isinstance(tomllib.loads(path.read_text(encoding="utf-8")).get("exercise"), str)
]


def commands(app: App, chain: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command of the program as the words that call it."""
    for name in app:
        if not name.startswith("-"):
            yield (*chain, name)
            yield from commands(app[name], (*chain, name))


EVERY = tuple(commands(build()))


def help_of(chain: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> str:
    """The help page of a command."""
    assert run([*chain, "--help"]) == 0
    return capsys.readouterr().out


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty data folder."""
    monkeypatch.setenv("BANDWRIGHT_DATA", str(tmp_path / "own"))


def test_the_commands_promised_are_there() -> None:
    """Names that documents and scripts use."""
    promised = ["analyse", "compare", "bands", "exercises", "check", "plan", "strength", "sweep", "tour"]
    assert {chain[0] for chain in EVERY} >= set(promised)
    assert {" ".join(chain) for chain in EVERY} >= {
        *(f"bands {verb}" for verb in ("list", "show", "fit", "add")),
        *(f"exercises {verb}" for verb in ("list", "show", "new")),
        "plan show",
    }


@pytest.mark.parametrize("chain", EVERY, ids=" ".join)
def test_every_command_has_help_with_examples(
    chain: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """Each help page says what the command does, shows examples that parse, and is not too wide."""
    page = help_of(chain, capsys)
    examples = re.findall(r"^  (bandwright .*)$", page, flags=re.MULTILINE)
    assert examples, page
    app = build()
    for example in examples:
        words = shlex.split(example.partition(" > ")[0])[1:]
        app.parse_args(words, exit_on_error=False, print_error=False)
        assert tuple(words[: len(chain)]) == chain
    assert [line for line in page.splitlines() if len(line) > 100] == []


@pytest.mark.parametrize("chain", EVERY, ids=" ".join)
def test_every_option_is_explained(chain: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    """No option or argument stands without words."""
    page = help_of(chain, capsys)
    rows = re.findall(r"^  (--?[a-z][^\n]*|[A-Z]+\b[^\n]*)\n?(\s{24}\S)?", page, flags=re.MULTILINE)
    assert [row for row, below in rows if not re.search(r"\S\s{2,}\S", row) and not below] == []


def test_intents_in_the_help_are_those_of_the_catalogue(capsys: pytest.CaptureFixture[str]) -> None:
    """The help names every intent."""
    page = " ".join(help_of(("analyse",), capsys).split())
    assert [intent for intent in INTENTS if intent not in page] == []


@pytest.mark.parametrize(
    "line",
    [
        "bands list --json",
        "bands show rogue-monster-1 --json",
        "bands show loop-29x4.5mm --json",
        "bands fit --rest-length 2m --reading 1.5m:9kg:2 --json",
        "bands add my-loop --rest-length 2m --reading 1.5m:9kg:2 --json",
        "exercises list --json",
        "exercises show pull-up --json",
        "exercises new my-row --json",
        "check --json",
    ],
)
def test_json_stands_alone(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    """With --json stdout is one JSON object and stderr is empty."""
    assert run(line.split()) == 0
    streams = capsys.readouterr()
    assert isinstance(json.loads(streams.out), dict)
    assert streams.err == ""


@pytest.mark.parametrize("path", SETUPS, ids=lambda path: path.stem)
def test_shipped_examples_are_analysed(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every example set-up gives an answer."""
    assert run(["analyse", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["exercise"]


def started(*words: str) -> subprocess.CompletedProcess[str]:
    """The program run as people run it, in a process of its own."""
    command = [sys.executable, "-m", "bandwright", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_process_of_its_own_gives_the_same_answer(capsys: pytest.CaptureFixture[str]) -> None:
    """Two processes print the same JSON to the last digit."""
    line = ["analyse", "band-external-rotation", "--person", "female,165,60", "--json"]
    assert run(line) == 0
    done = started(*line)
    assert (done.returncode, done.stdout) == (0, capsys.readouterr().out)


def test_a_process_reports_misuse() -> None:
    """Exit code 2, words on stderr, the same as JSON on stdout."""
    done = started("analyse", "bent-over-row", "--json")
    assert done.returncode == 2
    assert json.loads(done.stdout)["errors"][0]["nearest"] == "bent-over-band-row"
    assert "Did you mean" in done.stderr


def test_names_from_other_alphabets_do_no_harm() -> None:
    """A terminal that cannot write a character gets a substitute, not a failure."""
    command = [sys.executable, "-X", "utf8=0", "-m", "bandwright", "exercises", "show", "face-pull"]
    env = {"PYTHONIOENCODING": "ascii", "PATH": ""}
    done = subprocess.run(command, capture_output=True, check=False, env=env)
    assert (done.returncode, done.stderr) == (0, b"")


def test_tour_judges_and_writes_a_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Three verdicts and curves on stdout, progress on stderr, one HTML file where it says."""
    report = tmp_path / "new" / "tour.html"
    assert run(["tour", "--report", str(report)]) == 0
    streams = capsys.readouterr()
    assert len(re.findall(r"^\[ (?:GOOD|FAIR|POOR) \]", streams.out, flags=re.MULTILINE)) == len(STOPS)
    assert streams.out.rstrip().endswith(f"Report: {report}")
    assert [f"{n} of 3" in streams.err for n in (1, 2, 3)] == [True] * 3
    assert report.read_text(encoding="utf-8").lstrip().lower().startswith("<!doctype html")


def test_compare_writes_both_and_what_differs(capsys: pytest.CaptureFixture[str]) -> None:
    """The JSON holds both analyses and sentences with figures."""
    assert run(["compare", "reverse-band-fly", "reverse-dumbbell-fly", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["schema"] == "bandwright.comparison/1"
    assert [one["exercise"] for one in found["analyses"]] == ["reverse-band-fly", "reverse-dumbbell-fly"]
    assert all(one["text"] and one["code"] for one in found["differences"])


def test_figures_and_reports_are_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One command gives the answer, a report and a figure, and says where they are."""
    report, figure = tmp_path / "fly.html", tmp_path / "fly.svg"
    line = ["analyse", "reverse-dumbbell-fly", "--json", "--report", str(report), "--figure", str(figure)]
    assert run(line) == 0
    streams = capsys.readouterr()
    assert json.loads(streams.out)["exercise"] == "reverse-dumbbell-fly"
    assert str(report) in streams.err
    assert str(figure) in streams.err
    assert report.stat().st_size > 1000
    assert "<svg" in figure.read_text(encoding="utf-8")
