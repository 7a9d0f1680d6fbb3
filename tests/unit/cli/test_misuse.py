"""Wrong command lines: exit code 2, every problem in words, nothing on stdout, never a traceback."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from bandwright.cli.front import run

LINES: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("analysse face-pull", ("no command 'analysse'", "'analyse'")),
    ("analyse", ("SETUP is missing", "--help")),
    ("analyse face-pull extra", ("'extra'",)),
    ("analyse face-pull --persn x", ("no option '--persn'", "'--person'")),
    ("analyse face-pull --person", ("'--person' is missing",)),
    ("analyse face-pul", ("no exercise 'face-pul'", "'face-pull'", "exercises list")),
    ("analyse FACE_PULL", ("'face-pull'",)),
    ("analyse nothing.toml", ("no file 'nothing.toml'",)),
    ("analyse folder.toml", ("is a folder", "bandwright check")),
    ("analyse binary.toml", ("not UTF-8 text",)),
    ("analyse empty.toml", ("2 things", "'exercise' is missing", "'person' is missing")),
    ("analyse huge.toml", ("too big",)),
    ("analyse /dev/null", ("not a file",)),
    ("analyse face-pull --person nan,nan,nan", ("no sex 'nan'", "stature_m: nan", "mass_kg: nan")),
    (
        "analyse face-pull --person male,999,-4",
        ("9.99 is out of range", "-4.0 is out of range", "1.2 to 2.3"),
    ),
    ("analyse face-pull --person male,1e999,80", ("inf is not a number",)),
    ("analyse face-pull --person male,1.8.0,80", ("'1.8.0' is not a number",)),
    ("analyse face-pull --person male,5ft,80", ("no unit 'ft'", "cm")),
    ("analyse face-pull --person tall", ("'tall' is not a person", "female,165,60")),
    ("analyse face-pull --person nobody.toml", ("cannot be read",)),
    ("analyse face-pull --intent sqeeze", ("--intent", "'squeeze'")),
    ("analyse face-pull --strength strong", ("--strength", "computed")),
    ("analyse face-pull --strength measured", ("3 pulls",)),
    ("analyse face-pull --tempo 1/2", ("--tempo", "1/0/2")),
    ("analyse face-pull --tempo 1/0/nan", ("--tempo", "nan is not a number")),
    ("analyse face-pull --tempo 0/0/99", ("0.0 is out of range", "99.0 is out of range")),
    ("analyse face-pull --side left", ("Both arms work", "Leave --side out")),
    ("analyse kettlebell-row --side lft", ("no side 'lft'", "'left'")),
    ("analyse face-pull --report missing/x.html", ("no folder 'missing'",)),
    ("analyse face-pull --report x.txt", (".html",)),
    ("analyse face-pull --report folder.toml", ("is a folder",)),
    ("analyse face-pull --figure x.gif", (".svg", ".png")),
    ("analyse face-pull --side left --intent nope --tempo x", ("3 things", "--side", "--intent", "--tempo")),
    ("analyse wrong.toml", ("4 things", "wrong.toml: person.sex", "load[0].band", "'rogue-monster-3'")),
    ("analyse wrong.toml --person male,180,80", ("2 things", "load[0].from")),
    ("compare face-pull", ("two or three",)),
    ("compare a b c d", ("4 set-ups",)),
    ("compare face-pul pullup", ("x A: ", "x B: ", "'pull-up'")),
    ("bands show rogue-monster-11", ("no band", "'rogue-monster-1'")),
    ("bands lst", ("no command 'lst'", "'list'")),
    ("bands fit", ("'--reading' is missing",)),
    ("bands fit --rest-length 2m --reading x --reading 1:2:y", ("2 things", "'x' is not a reading", "'y'")),
    ("bands fit --rest-length 2m --reading 1.5m:nankg", ("--reading 1", "force is nan")),
    ("bands fit --rest-length 2m --reading 0.2m:9kg --reading 40m:9kg", ("--reading 1", "--reading 2")),
    ("bands fit --rest-length=-2 --reading 1.5m:9kg", ("--rest-length", "positive")),
    ("bands fit --rest-length 2m --reading 1.5m:9kg --kind rope", ("--kind", "mini-loop")),
    ("bands fit --rest-length 2m --reading 1.5m:9stone", ("no unit 'stone'",)),
    ("bands add ../evil --rest-length 2m --reading 1.5m:9kg", ("'../evil' cannot be an id",)),
    ("bands add rogue-monster-1 --rest-length 2m --reading 1.5m:9kg", ("everybody",)),
    ("exercises show pulup", ("'pull-up'",)),
    ("exercises new Bad_Id", ("'Bad_Id' cannot be an id", "my-row")),
    ("exercises new face-pull", ("everybody", "my-face-pull")),
    ("exercises list --muscle rhomboid --gear rope", ("2 things", "'rhomboids'", "--gear")),
    ("check nowhere", ("no folder or file 'nowhere'",)),
    ("tour --report tour.pdf", (".html",)),
    ("design", ("'--gear' is missing",)),
    ("design --gear empty.toml", ("nothing to train with", "[[band]]")),
    ("design --gear binary.toml", ("not UTF-8 text",)),
    ("design --gear huge.toml", ("too big",)),
    ("design --gear empty.toml --report x.txt", (".html",)),
    (
        "design --gear gaer.toml --intent sqeeze --muscle lats --exercise pul-up --reps 1e9 --reserve nan --top -3",
        ("7 things", "'gear.toml'", "'squeeze'", "no muscle group 'lats'", "'pull-up'", "'1e9'", "nan", "-3"),
    ),
    (
        "design --gear gear.toml --person male,9,-4",
        (
            "9 things",
            "room.free_m",
            "room.ceiling_m",
            "band[0].product",
            "'rogue-monster-3'",
            "band[0].count",
            "weight[0].mass_kg",
            "anchor[0].heights_m[0]: 99.0 is out of range. Allowed: from 0 to 4.",
            "room.celing_m",
            "stature_m",
            "mass_kg: -4.0",
        ),
    ),
)

WRONG: Final = """\
exercise = "bent-over-band-row"
[person]
sex = "mal"
stature_m = -1
mass_kg = 80
[[load]]
id = "b"
kind = "band"
band = "rogue-monster-33"
from = "feat"
"""

GEAR: Final = """\
[room]
free_m = -1
ceiling_m = 1e300
celing_m = 2.4
[[band]]
id = "loop"
product = "rogue-monster-33"
count = 0
[[weight]]
id = "bell"
kind = "kettlebell"
mass_kg = -5
[[anchor]]
id = "door"
heights_m = [99.0]
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with files that cannot be used."""
    here = tmp_path / "here"
    (here / "folder.toml").mkdir(parents=True)
    (here / "binary.toml").write_bytes(bytes(range(128, 256)))
    (here / "empty.toml").touch()
    (here / "huge.toml").write_text("#" * 1_000_001)
    (here / "wrong.toml").write_text(WRONG)
    (here / "gear.toml").write_text(GEAR)
    monkeypatch.chdir(here)
    return here


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("line", "expected"), LINES, ids=[line for line, _ in LINES])
def test_misuse_is_explained(
    line: str, expected: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """The person reads what was given, what is allowed and what to do."""
    assert run(line.split()) == 2
    streams = capsys.readouterr()
    said = " ".join(streams.err.split())
    assert [words for words in expected if words not in said] == [], streams.err
    assert streams.out == ""
    assert "Traceback" not in said


def test_a_file_that_cannot_be_written_is_the_persons_to_fix(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A data folder that is a file gives words and exit code 2."""
    blocked = tmp_path / "blocked"
    blocked.write_text("a file, not a folder")
    monkeypatch.setenv("BANDWRIGHT_DATA", str(blocked))
    assert run(["bands", "add", "my-loop", "--rest-length", "2m", "--reading", "1.5m:9kg"]) == 2
    assert run(["exercises", "new", "my-row"]) == 2
    assert run(["tour", "--report", str(blocked / "tour.html")]) == 2
    assert capsys.readouterr().err.count("cannot be") == 3
