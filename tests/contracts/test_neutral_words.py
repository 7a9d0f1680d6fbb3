"""What the layers below the command line say names no option and no command: other fronts show it too."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

SOURCE: Final = Path(__file__).resolve().parents[2] / "src" / "bandwright"

TYPED: Final = re.compile(r"(?:^|[\s'\"`])(--[a-z][a-z-]*|bandwright (?:[a-z]+ )*[a-z]+)")
"""An option or a command as it would be typed."""

OWN_TERMS: Final = {
    "web/serving.py": "said to whoever typed `bandwright serve`",
    "web/gate.py": "said to whoever runs the server behind a proxy",
    "web/client_files.py": "the page where the client was not built",
    "catalogue/opensim/read_me.py": "the file beside an export, which only the command line writes",
    "catalogue/check.py": "said by `bandwright check` alone, of the folder it was given",
}
"""Files that may speak of a command line, and why."""


def spoken(tree: ast.Module) -> Iterator[str]:
    """The texts of a module but for its docstrings."""
    silent = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent:
            yield node.value


def texts_in(value: Any) -> Iterator[str]:
    """The texts in a table, at any depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_in(inner)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ask for fewer with --reps.", True),
        ("'bandwright exercises list' shows all.", True),
        ("fill:var(--card)", False),
        ("Bandwright answers.", False),
        ("2–3 sets", False),
    ],
)
def test_the_pattern_tells_them(text: str, found: bool) -> None:  # noqa: FBT001 — a case
    """It sees options and commands, and not what only looks a little like them."""
    assert bool(TYPED.search(text)) is found


def test_no_message_names_an_option() -> None:
    """The command line adds what to type in `cli/typed.py`."""
    named = [
        f"{place}: {text}"
        for path in sorted(SOURCE.rglob("*.py"))
        if (place := path.relative_to(SOURCE).as_posix()) not in OWN_TERMS
        and not place.startswith(("cli/", "web/client/"))
        for text in spoken(ast.parse(path.read_text(encoding="utf-8")))
        if TYPED.search(text)
    ]
    tables = [
        f"{path.relative_to(SOURCE)}: {text}"
        for path in sorted((SOURCE / "data").rglob("*.toml"))
        for text in texts_in(tomllib.loads(path.read_text(encoding="utf-8")))
        if TYPED.search(text)
    ]
    assert [*named, *tables] == []
