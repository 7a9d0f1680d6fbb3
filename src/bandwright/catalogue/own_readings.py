"""Scale readings in a CSV file: a column of lengths, one of forces, perhaps one of strands."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from bandwright.bands import Reading
from bandwright.errors import InputError, Problem, nearest_match
from bandwright.units import METRE_PER_INCH, newtons

LENGTHS: Final = {"length_m": 1.0, "length_cm": 0.01, "length_mm": 0.001, "length_in": METRE_PER_INCH}
"""Columns of lengths and metres per unit."""

FORCES: Final = {"force_n": "N", "force_kg": "kg", "force_lb": "lb"}
"""Columns of forces and their units."""

STRANDS: Final = "strands"
COLUMNS: Final = (*LENGTHS, *FORCES, STRANDS)
EXAMPLE: Final = "Example: a first line 'length_m,force_kg,strands', then lines like '0.45,3.1,2'."
LARGEST_BYTES: Final = 1_000_000


def read_readings(path: Path, strands: int) -> dict[str, Reading]:
    """The readings in a file, each under its file and line.

    Args:
        path: a CSV file; with semicolons, numbers may have decimal commas.
        strands: strands between the hooks where the file does not say.

    Raises:
        InputError: every problem of the file at once.
    """
    lines = _lines(path)
    semicolons = ";" in (lines[0] if lines else "")
    if semicolons:
        lines = [line.replace(",", ".") for line in lines]
    rows = csv.DictReader(lines, delimiter=";" if semicolons else ",", skipinitialspace=True)
    columns = [(name or "").strip() for name in rows.fieldnames or ()]
    problems = _column_problems(columns, path.name)
    if problems:
        raise InputError(*problems)
    rows.fieldnames = columns
    found: dict[str, Reading] = {}
    try:
        for row in rows:
            place = f"{path.name}: line {rows.line_num}"
            try:
                found[place] = _reading(row, strands, place)
            except InputError as error:
                problems += error.problems
    except csv.Error as error:
        problems.append(_bad(f"The line cannot be read: {error}.", f"{path.name}: line {rows.line_num}"))
    if not found and not problems:
        problems.append(Problem("no-readings", "The file has no reading.", hint=EXAMPLE, path=path.name))
    if problems:
        raise InputError(*problems)
    return found


def _lines(path: Path) -> list[str]:
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise InputError(
                Problem("too-big", f"'{path}' is too big for readings of a scale.", hint=EXAMPLE)
            )
        return path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        hint = "Save it again as UTF-8."
        raise InputError(
            Problem("not-text", "The file is not UTF-8 text.", hint=hint, path=path.name)
        ) from error
    except OSError as error:
        said = f"The file cannot be read: {error.strerror or error}."
        raise InputError(Problem("unreadable-file", said, hint=EXAMPLE, path=str(path))) from error


def _column_problems(columns: Sequence[str], where: str) -> list[Problem]:
    """Columns that are not known, and lengths or forces that are not there exactly once."""
    problems = [
        Problem(
            "unknown-column",
            f"There is no column '{one}'.",
            COLUMNS,
            nearest_match(one, COLUMNS),
            EXAMPLE,
            where,
        )
        for one in columns
        if one not in COLUMNS
    ]
    for what, names in (("lengths", LENGTHS), ("forces", FORCES)):
        count = sum(one in names for one in columns)
        if count != 1:
            said = f"The first line names {count or 'no'} column{'s' if count > 1 else ''} of {what}; one is needed."
            problems.append(Problem("columns", said, tuple(names), hint=EXAMPLE, path=where))
    return problems


def _reading(row: Mapping[str | None, object], strands: int, place: str) -> Reading:
    """The reading in a line.

    Raises:
        InputError: cells that are not numbers, or more cells than columns.
    """
    cells = {name: str(cell or "").strip() for name, cell in row.items() if name}
    problems = [] if None not in row else [_bad("It has more cells than the first line has columns.", place)]
    values: dict[str, float] = {}
    for name, text in cells.items():
        if name == STRANDS and text == "":
            continue
        try:
            values[name] = int(text) if name == STRANDS else float(text)
        except ValueError:
            problems.append(_bad(f"'{text}' in column '{name}' is not a number that can be used.", place))
    if problems:
        raise InputError(*problems)
    (length,) = (LENGTHS[name] * value for name, value in values.items() if name in LENGTHS)
    (force,) = (newtons(value, FORCES[name]) for name, value in values.items() if name in FORCES)
    return Reading(length, force, int(values.get(STRANDS, strands)))


def _bad(said: str, place: str) -> Problem:
    return Problem("bad-cell", said, hint=EXAMPLE, path=place)
