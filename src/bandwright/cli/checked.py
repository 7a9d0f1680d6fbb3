"""What `bandwright check` does."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

from bandwright.catalogue.check import check_folder
from bandwright.catalogue.own_files import data_folder, own_bands_folder, own_exercises
from bandwright.cli.failures import INPUT, in_words
from bandwright.cli.output import show, write_json
from bandwright.cli.typed import EVERYWHERE, typed
from bandwright.errors import InputError, Problem
from bandwright.service.own_bands import find_band, own_bands


def run_check(folder: str | None, *, as_json: bool) -> int:
    """Checks files and lists every problem; the exit code says whether there is one."""
    if folder is not None:
        path = Path(folder).expanduser()
        problems, count = check_folder(path, own_exercises(), find_band), _count(path)
    else:
        path = data_folder()
        problems, count = _own_problems(), _count(own_exercises()) + _count(own_bands_folder())
    problems = list(typed(problems, EVERYWHERE))
    if as_json:
        write_json({"checked": str(path), "files": count, "errors": [asdict(one) for one in problems]})
    elif not problems:
        show(f"{count} file{'s' if count != 1 else ''} checked in {path}: nothing to put right.")
    if problems:
        sys.stderr.write("\n".join(in_words(problems)) + "\n")
    return INPUT if problems else 0


def _own_problems() -> list[Problem]:
    problems: list[Problem] = []
    if own_exercises().is_dir():
        problems += check_folder(own_exercises(), own_exercises(), find_band)
    try:
        own_bands()
    except InputError as error:
        problems += error.problems
    return problems


def _count(path: Path) -> int:
    return len(list(path.glob("*.toml"))) if path.is_dir() else int(path.is_file())
