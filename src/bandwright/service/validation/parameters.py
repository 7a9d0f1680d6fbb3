"""Where the numbers come from: every data table and every sourced constant of the model, counted from the files."""

from __future__ import annotations

import ast
import csv
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import pairwise
from typing import Final

from bandwright.service.validation.markdown import table

PACKAGE: Final = files("bandwright")

MEANINGS: Final = {
    "bands": "bands: rest lengths, and force against stretch",
    "anatomy/actuators.csv": "elbow, forearm, ligaments and contact beside the muscles",
    "anatomy/bodies.csv": "masses of the source subject's bones",
    "anatomy/cohort.csv": "stature and mass of the people a sweep draws",
    "anatomy/erectors.csv": "the back's lumps and levers",
    "anatomy/landmarks.csv": "bony landmarks",
    "anatomy/muscle_paths.csv": "muscle path points",
    "anatomy/muscle_wraps.csv": "which muscle bends over what",
    "anatomy/muscles.csv": "muscle forces, fibre and tendon lengths, pennation",
    "anatomy/proportions.csv": "segment lengths, masses and mass centres by sex",
    "anatomy/scapular_rhythm.csv": "how the shoulder blade goes with the arm",
    "anatomy/strength.csv": "strength factors, sex, grip, back (decision 0005)",
    "anatomy/wrap_surfaces.csv": "surfaces that muscles bend over",
}
"""What each table holds, in words; a table without words is listed by its name."""

PHYSICS: Final = ("bands", "body", "movements", "loads", "mechanics", "recruitment", "curves")
"""Folders whose constants are listed."""

PROGRAMS: Final = ("MuJoCo", "OpenSim", "DAQP")
"""Keys of programs, which give no figures."""

Row = tuple[str, ...]


def parameter_lines() -> list[str]:
    """The section as lines of Markdown."""
    return [
        "## Where the numbers come from",
        "",
        "Counted from the files: every table with the source key of its rows, and every constant of the model whose",
        "note names a source. Keys are those of `data/sources.bib`, which says what of each work was seen. `COACH`",
        "is custom or convention, and `none` no published figure: a free parameter, kept wide.",
        "",
        *table(("table", "what", "rows", "sources (rows)"), _tables()),
        *table(("constant", "value", "sources"), _constants()),
    ]


def _tables() -> Iterator[Row]:
    for folder in ("anatomy", "bands"):
        for path in _sorted(PACKAGE / "data" / folder, ".csv"):
            lines = path.read_text(encoding="utf-8").splitlines()
            found = [
                row["source"] for row in csv.DictReader(line for line in lines if not line.startswith("#"))
            ]
            name = f"{folder}/{path.name}"
            what = MEANINGS.get(name, MEANINGS.get(folder, path.name))
            yield f"`{name}`", what, str(len(found)), _counted(found)
    yield "`anatomy/joints.toml`", "joint centres and axes", "", "Belli2023; Seth2019"
    exercises = _sorted(PACKAGE / "data" / "exercises", ".toml")
    keys = [key for path in exercises for key in tomllib.loads(path.read_text(encoding="utf-8"))["sources"]]
    yield "`exercises/*.toml`", "joint angles of the movements", str(len(exercises)), _counted(keys)


def _sorted(folder: Traversable, end: str) -> list[Traversable]:
    return sorted((path for path in folder.iterdir() if path.name.endswith(end)), key=lambda path: path.name)


def _counted(keys: Iterable[str]) -> str:
    return ", ".join(f"{key} ({count})" for key, count in Counter(keys).most_common())


def _constants() -> Iterator[Row]:
    known = re.findall(
        r"^@\w+\{([^,]+),", (PACKAGE / "data" / "sources.bib").read_text(encoding="utf-8"), re.MULTILINE
    )
    keys = re.compile("|".join(rf"\b{re.escape(key)}\b" for key in known if key not in PROGRAMS))
    for folder in PHYSICS:
        for path in _sorted(PACKAGE / folder, ".py"):
            for name, value, note in _documented(path):
                sources = dict.fromkeys(keys.findall(note))
                if sources:
                    yield f"`{folder}/{path.name}` {name}", value, ", ".join(sources)


def _documented(path: Traversable) -> Iterator[tuple[str, str, str]]:
    """Name, value and note of each plain number a module defines with a note under it."""
    body = ast.parse(path.read_text(encoding="utf-8")).body
    for statement, after in pairwise(body):
        note = after.value if isinstance(after, ast.Expr) else None
        if not (isinstance(note, ast.Constant) and isinstance(note.value, str)):
            continue
        match statement:
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.Constant(value=int() | float() as value)):
                yield name, f"{value:g}", note.value
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=int() | float() as value)):
                yield name, f"{value:g}", note.value
