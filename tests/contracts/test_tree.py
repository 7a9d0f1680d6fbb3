"""What holds for the tree as a whole: sizes, no trace of one machine, and a reference for every figure."""

from __future__ import annotations

import ast
import csv
import re
import shutil
import subprocess
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parents[2]
DATA: Final = ROOT / "src" / "bandwright" / "data"
REFERENCES: Final = DATA / "sources.bib"

MAX_FILE_LINES: Final = 500
MAX_FUNCTION_LINES: Final = 60
MAX_PARAMETERS: Final = 6

# In pieces, so that this file does not find itself.
MACHINE_PATHS: Final = tuple(f"/{name}/" for name in ("work", "home", "root", "Users"))
REGISTRIES: Final = (
    *(".".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org"), ("registry", "npmjs"))),
    *("-".join(parts) for parts in (("index", "url"), ("find", "links"))),
)

SOURCE_NAMES: Final = frozenset({"source", "sources", "source_id", "source_ids"})
CITATION: Final = re.compile(r"\b[A-Za-z]*[a-z](?:19|20)\d\d[a-z]*\b")
"""An author and a year run together, as docstrings cite: the form of most source keys."""


def kept_files() -> list[Path]:
    """Files that are or would be committed; without git, all but hidden folders and caches."""
    git = shutil.which("git")
    if git and (ROOT / ".git").exists():
        command = [git, "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        paths = [ROOT / name for name in listed.split("\0") if name]
    else:
        paths = [path for path in ROOT.rglob("*") if not _made(path.relative_to(ROOT))]
    return sorted(path for path in paths if path.is_file())


def _made(relative: Path) -> bool:
    """Whether a path lies in a folder that tools make."""
    folders = relative.parts[:-1]
    return any(part == "__pycache__" or (part.startswith(".") and part != ".ci") for part in folders)


def python_files() -> list[Path]:
    """Our own Python files: sources, tests, examples and benchmarks."""
    return [path for path in kept_files() if path.suffix == ".py"]


def function_sizes(source: str) -> Iterator[tuple[str, int, int]]:
    """Name, lines and parameters (less self and cls) of every function in a source text."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            given = node.args
            named = [*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg]
            count = sum(1 for one in named if one is not None and one.arg not in {"self", "cls"})
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1, count


def reference_keys() -> list[str]:
    """Keys of the reference list, in the order of the file."""
    return re.findall(r"^@\w+\{([\w-]+),", REFERENCES.read_text(encoding="utf-8"), flags=re.MULTILINE)


def cited_in_table(path: Path) -> Iterator[str]:
    """Source cells of a CSV file; `none` needs no reference where a note says what the figure rests on."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            cells = {value for name, value in row.items() if name in SOURCE_NAMES and value}
            yield from cells - {"none"} if row.get("note") else cells


def cited_in_settings(value: object) -> Iterator[str]:
    """Texts under a key named source, at any depth of a TOML file."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name in SOURCE_NAMES:
                yield from [inner] if isinstance(inner, str) else map(str, inner)
            else:
                yield from cited_in_settings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from cited_in_settings(inner)


def keys_in(cell: str) -> list[str]:
    """The keys of one source cell; several are parted by semicolons, commas or spaces."""
    return [key for key in re.split(r"[;,\s]+", cell) if key]


def test_files_stay_small() -> None:
    """No Python file is longer than the limit."""
    lines = {
        str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in python_files()
    }
    assert lines
    assert {name: count for name, count in lines.items() if count > MAX_FILE_LINES} == {}


def test_functions_stay_small() -> None:
    """No function is longer or takes more than the limits allow."""
    too_big = [
        f"{path.relative_to(ROOT)}: {name} has {lines} lines, {parameters} parameters"
        for path in python_files()
        for name, lines, parameters in function_sizes(path.read_text("utf-8"))
        if lines > MAX_FUNCTION_LINES or parameters > MAX_PARAMETERS
    ]
    assert too_big == []


def test_sizes_count_what_they_say() -> None:
    """Keyword-only and starred parameters count, self does not, and the last line does."""
    source = "class A:\n    def f(self, a, /, b, *c, d, **e):\n        x = 1\n        return x\n"
    assert list(function_sizes(source)) == [("f", 3, 5)]


def test_what_the_type_checker_must_not_see_says_why() -> None:
    """Every `ignore` has its code and, behind it, the reason."""
    silenced = re.compile(r"# type: " + r"ignore(?!\[[a-z-]+\]  # \S)")
    bare = [
        f"{path.relative_to(ROOT)}:{n}"
        for path in python_files()
        for n, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if silenced.search(line)
    ]
    assert bare == []


@pytest.mark.parametrize("needle", [*MACHINE_PATHS, *REGISTRIES])
def test_nothing_names_one_machine(needle: str) -> None:
    """No committed text holds the path of a machine or the address of a package registry."""
    guilty = []
    for path in kept_files():
        text = path.read_bytes().decode("utf-8", errors="ignore")
        guilty += [
            f"{path.relative_to(ROOT)}:{n}" for n, line in enumerate(text.splitlines(), 1) if needle in line
        ]
    assert guilty == []


def test_reference_keys_are_unique() -> None:
    """No two works share a key."""
    counts = Counter(reference_keys())
    assert counts
    assert [key for key, count in counts.items() if count > 1] == []


def test_data_sources_resolve() -> None:
    """Every source that a data file names is in the reference list."""
    known = set(reference_keys())
    cells = [(path, cell) for path in sorted(DATA.rglob("*.csv")) for cell in cited_in_table(path)]
    for path in sorted(DATA.rglob("*.toml")):
        cells += [(path, cell) for cell in cited_in_settings(tomllib.loads(path.read_text("utf-8")))]
    unknown = {
        f"{path.relative_to(DATA)}: {key}"
        for path, cell in cells
        for key in keys_in(cell)
        if key not in known
    }
    assert cells
    assert sorted(unknown) == []


def test_cited_works_resolve() -> None:
    """Every author-and-year key in the package's text is in the reference list."""
    known = set(reference_keys())
    unknown = {
        f"{path.relative_to(ROOT)}: {key}"
        for path in python_files()
        if path.is_relative_to(ROOT / "src")
        for key in CITATION.findall(path.read_text("utf-8"))
        if key not in known
    }
    assert sorted(unknown) == []
