"""Everything wrong with a command line is told in one go, whatever kind of fault it is, and nothing is done."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest
from cyclopts import App

from bandwright.cli import program
from bandwright.cli.gathering import Gathering
from bandwright.cli.usage import read_usage
from bandwright.errors import InputError, Problem
from tests.unit.cli.conftest import Bandwright

LINES: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    (
        "design --gear none.toml --report x.txt --top five --intnt foo --person male,9,9",
        (
            "7 things",
            "--report",
            "--top",
            "'--intent'",
            "no intent 'foo'",
            "stature_m",
            "mass_kg",
            "none.toml",
        ),
    ),
    (
        "analyse face-pul --report y.txt --figure a.gif --tempo 1/2 --arm third --lift x",
        (
            "8 things",
            "--arm is about a recording",
            "'y.txt'",
            "'a.gif'",
            "'1/2'",
            "no arm 'third'",
            "'x' is not a lift",
            "'face-pull'",
        ),
    ),
    (
        "analyse face-pul --own-strength no.toml --motion no.mot",
        ("3 things", "--own-strength", "no file 'no.toml'", "no file 'no.mot'", "'face-pull'"),
    ),
    ("analyse face-pull --persn x --zzz 4", ("3 things", "'--person'", "'--zzz'", "'x' is not a person")),
    ("analyse none.toml --person x --tempo y", ("3 things", "none.toml", "'x' is not", "'y' is not")),
    ("analyse --persn female,165,60 --report", ("3 things", "'--report' is", "'--person'", "SETUP is")),
    ("compare face-pul --report z.txt", ("3 things", "'z.txt'", "1 set-up given", "x A: ")),
    ("sweep none.toml --worker 0", ("3 things", "'--workers'", "0 workers", "no file 'none.toml'")),
    (
        "bands add rogue-monster-1 --rest-length 2x --reading 1:2:y --kind rope --nam q --strands two",
        ("6 things", "everybody", "unit 'x'", "'y' is not", "'rope'", "'--name'", "--strands"),
    ),
    (
        "bands fit --rest-length 2m --reading 1m:0kg --tabel",
        ("4 things", "'--table'", "force is 0 N", "length is 1 m"),
    ),
    ("plan show none.toml --person q --inten z", ("3 things", "'--intent'", "'q' is not", "no file")),
    ("exercises list --muscel x --gear y", ("3 things", "'--muscle'", "muscle group 'x'", "gear 'y'")),
    (
        "design --repord x.txt --intnt posture",
        ("3 things", "'--gear' is missing", "'--report'", "'--intent'"),
    ),
    (
        "analyse face-pul --report y.txt --data",
        ("3 things", "No folder follows --data", "'y.txt'", "'face-pull'"),
    ),
    ("analyse --zzz face-pull", ("no option '--zzz'",)),
    ("analyse face-pull --person male,180,80 --persn x", ("no option '--persn'",)),
)


@pytest.mark.parametrize(("line", "expected"), LINES, ids=[line for line, _ in LINES])
def test_all_at_once(
    line: str,
    expected: tuple[str, ...],
    bandwright: Bandwright,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each problem is in the one answer, counted; none is made up by reading on."""
    monkeypatch.chdir(tmp_path)
    outcome = bandwright(*line.split())
    said = " ".join(outcome.err.split())
    assert (outcome.code, outcome.out) == (2, "")
    assert [words for words in expected if words not in said] == [], outcome.err
    counted = int(said.split(" things")[0]) if " things" in said else 1
    assert outcome.err.startswith("x ") + outcome.err.count("\nx ") == counted
    assert [*tmp_path.iterdir()] == []


def test_json_has_them_all(bandwright: Bandwright) -> None:
    """With `--json` the same problems, by code."""
    outcome = bandwright("analyse", "face-pul", "--persn", "x", "--report", "y.txt", "--json")
    codes = {one["code"] for one in outcome.json["errors"]}
    assert codes == {"unknown-option", "bad-person", "bad-ending", "unknown-exercise"}


WELL_READ: Final = (
    ("analyse", "face-pull"),
    ("compare", "face-pull", "pull-up"),
    ("design", "--gear", "{root}/examples/gear.toml"),
    ("sweep", "{root}/examples/study.toml", "--out", "rows"),
    ("bands", "fit", "--rest-length", "2m", "--reading", "1.5m:9kg"),
    ("bands", "add", "my-loop", "--rest-length", "2m", "--reading", "1.5m:9kg"),
    ("exercises", "list"),
    ("plan", "show", "{root}/examples/week.toml"),
)


@pytest.mark.parametrize("words", WELL_READ, ids=[" ".join(words[:2]) for words in WELL_READ])
def test_a_wrong_option_alone_stops_the_command(
    words: tuple[str, ...],
    bandwright: Bandwright,
    own_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Though all else can be read, nothing is worked out or written."""
    monkeypatch.chdir(tmp_path)
    root = Path(__file__).parents[3]
    outcome = bandwright(*(word.format(root=root) for word in words), "--zzz")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("x There is no option '--zzz' here.")
    assert not own_folder.exists()
    assert [*tmp_path.iterdir()] == []


def test_every_command_that_reads_together_is_tried_above() -> None:
    """A command added to the list gets a line here."""
    tried = {read_usage(program.build(), words).command for words in WELL_READ}
    assert tried == set(program.READ_TOGETHER)


def test_other_commands_do_not_run_with_wrong_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command that does not read together is not even begun."""
    app = App()
    begun: list[str] = []

    def act(*, name: str = "") -> None:
        begun.append(name)

    app.command(act)
    monkeypatch.setattr(program, "build", lambda: app)
    assert program.run_program(["act", "--nam", "x"]) == 2
    assert begun == []
    assert program.run_program(["act", "--name", "x"]) == 0
    assert begun == ["x"]


def test_gathering_leaves_other_errors_alone() -> None:
    """A fault of ours is not hidden behind what the person can put right."""
    gathering = Gathering([Problem("wrong", "Wrong.")])
    with pytest.raises(ZeroDivisionError), gathering:
        _ = 1 / 0
    with pytest.raises(InputError, match="Wrong"), gathering:
        pass
