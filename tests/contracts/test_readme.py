"""What the README tells a stranger to type works."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROGRAM = Path(sys.executable).with_name("bandwright")
BLOCKS = re.findall(r"```(\w*)\n(.*?)```", README, flags=re.DOTALL)
COMMANDS = [
    line.removeprefix(".venv/bin/bandwright ")
    for _, block in BLOCKS
    for line in block.splitlines()
    if line.startswith(".venv/bin/bandwright ")
]


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_run(command: str, tmp_path: Path) -> None:
    """Each command ends well and says something, from a folder with the examples in it."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    done = subprocess.run(
        [str(PROGRAM), *command.split()], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def test_python_example_runs(capsys: pytest.CaptureFixture[str]) -> None:
    """The Python lines print 51 efforts and one activation."""
    (code,) = [block for language, block in BLOCKS if language == "python"]
    exec(code, {})  # noqa: S102 — the README's own lines
    printed = capsys.readouterr().out
    assert len(re.findall(r"\d\.\d+", printed)) >= 51


def test_set_up_example_is_a_good_file(tmp_path: Path) -> None:
    """The set-up file shown is complete and analyses."""
    (text,) = [block for language, block in BLOCKS if language == "toml"]
    file = tmp_path / "row.toml"
    file.write_text(text, encoding="utf-8")
    done = subprocess.run([str(PROGRAM), "analyse", str(file)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_links_lead_somewhere() -> None:
    """Every relative link and picture of the README exists."""
    links = re.findall(r"\]\(([^)#:]+)\)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_two_commands_are_there() -> None:
    """What the README has a stranger type first, make knows; and it starts the app."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"^make (\w+)", README, flags=re.MULTILINE))
    assert named >= {"run", "tour", "test"}
    assert named <= set(re.findall(r"^(\w+):.*##", makefile, flags=re.MULTILINE))
    (recipe,) = re.findall(r"^run:.*\n((?:\t.*\n)+)", makefile, flags=re.MULTILINE)
    assert "bandwright serve" in recipe


def test_agreement_with_emg_is_the_validation_pages() -> None:
    """The shares of contrasts that go the right way."""
    page = (ROOT / "docs" / "validation.md").read_text(encoding="utf-8")
    seen, every = re.findall(r"^\| contrasts in the right direction .*?\*\*(\d+)%", page, flags=re.MULTILINE)
    told = re.search(r"Against published EMG, (\d+) % of\s+contrasts .*?\((\d+) % of those read", README)
    assert told
    assert told.groups() == (every, seen)
