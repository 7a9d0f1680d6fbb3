"""Reading joint coordinates from OpenSim `.mot` and `.sto` files.

A header of `key=value` lines ends with `endheader`; then come one row of labels and the numbers. State files
name a coordinate by its path, `/jointset/elbow/elbow_flexion/value`; the coordinate's own name is kept and
speeds and muscle states are left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from bandwright.catalogue.motion.lines import (
    Array,
    Findings,
    cell,
    check_labels,
    check_times,
    lines_of,
)

ENDINGS: Final = (".mot", ".sto")

_LENGTHS: Final = re.compile(r"_t[xyz]$")
"""Coordinates that are lengths, never turned from degrees."""

_MOST_TURNS: Final = 4.0 * np.pi
"""No joint turns further; larger figures in a file of radians are degrees."""


def is_length(name: str) -> bool:
    """Whether a coordinate is a length, never turned from degrees."""
    return _LENGTHS.search(name) is not None


@dataclass(frozen=True, slots=True)
class CoordinateTable:
    """Coordinates over time (N,): angles [rad], lengths [m], whatever the file's unit."""

    name: str
    time_s: Array
    values: Mapping[str, Array]


def read_storage(path: Path) -> CoordinateTable:
    """The coordinates in a `.mot` or `.sto` file.

    Raises:
        InputError: every problem at once, each with its line.
    """
    lines, findings = lines_of(path), Findings(path.name)
    end = next((n for n, line in enumerate(lines) if line.strip().lower() == "endheader"), None)
    if end is None:
        hint = "Save it again from OpenSim; the header must end with a line 'endheader'."
        findings.add("no-header", "The file has no line 'endheader'.", 1, hint)
        findings.refuse()
        raise AssertionError
    header = _header(lines[:end])
    at = next((n for n in range(end + 1, len(lines)) if lines[n].strip()), len(lines))
    labels = lines[at].split() if at < len(lines) else []
    if not labels or labels[0].lower() != "time":
        said = f"The first column is '{labels[0]}', not 'time'." if labels else "There is no row of labels."
        findings.add("no-time", said, at + 1, "The row after 'endheader' must begin with 'time'.")
        findings.refuse()
    check_labels(labels, at + 1, findings)
    rows, numbers = _rows(lines, at + 1, labels, findings)
    _check_counts(header, rows.shape[0], len(labels), findings)
    check_times(rows[:, 0], numbers, findings)
    in_degrees = _in_degrees(header, findings)
    values = {
        name: rows[:, n] * (np.pi / 180.0 if in_degrees and not is_length(name) else 1.0)
        for n, label in enumerate(labels)
        if n and (name := coordinate_of(label)) is not None
    }
    _check_unit(values, header, in_degrees=in_degrees, findings=findings)
    findings.refuse()
    return CoordinateTable(path.name, rows[:, 0], values)


def coordinate_of(label: str) -> str | None:
    """The coordinate a column is about; None for speeds and other states."""
    parts = label.strip("/").split("/")
    if len(parts) == 1:
        return label
    return parts[-2] if parts[-1] == "value" else None


def _header(lines: list[str]) -> dict[str, tuple[str, int]]:
    """Keys of the header, lower case, with their texts and lines."""
    found = {}
    for number, line in enumerate(lines, 1):
        match = re.fullmatch(r"\s*(\w+)\s*(?:=|\s)\s*(\S+)\s*", line)
        if match:
            found[match[1].lower()] = (match[2], number)
    return found


def _rows(lines: list[str], start: int, labels: list[str], findings: Findings) -> tuple[Array, list[int]]:
    """The numbers (N, columns) and the line each row stands in; bad rows are noted and left out."""
    rows, numbers = [], []
    for number, line in enumerate(lines[start:], start + 1):
        if not line.strip():
            continue
        texts = line.split()
        if len(texts) != len(labels):
            said = f"There are {len(texts)} numbers under {len(labels)} labels."
            findings.add("wrong-number-of-cells", said, number)
            continue
        values = [cell(text) for text in texts]
        for label, text, value in zip(labels, texts, values, strict=True):
            if value is None:
                findings.add("not-a-number", f"'{text}' under '{label}' is not a number.", number)
            elif not np.isfinite(value):
                hint = "Fill the gap before importing, or leave the column out."
                findings.add("not-finite", f"'{text}' under '{label}' cannot be used.", number, hint)
        rows.append([np.nan if value is None else value for value in values])
        numbers.append(number)
    return np.array(rows, dtype=np.float64).reshape(-1, len(labels)), numbers


def _check_counts(header: Mapping[str, tuple[str, int]], rows: int, columns: int, findings: Findings) -> None:
    for keys, count, what in (
        (("nrows", "datarows"), rows, "rows"),
        (("ncolumns", "datacolumns"), columns, "columns"),
    ):
        said = next((header[key] for key in keys if key in header), None)
        if said is None:
            findings.add(
                "missing-key",
                f"The header does not say how many {what} there are.",
                1,
                f"Add n{what.title()}={count}.",
            )
        elif said[0] != str(count):
            findings.add("wrong-count", f"The header says {said[0]} {what}, the file has {count}.", said[1])


def _in_degrees(header: Mapping[str, tuple[str, int]], findings: Findings) -> bool:
    text, line = header.get("indegrees", (None, 1))
    if text is None:
        hint = "Add a line inDegrees=yes or inDegrees=no to the header."
        findings.add("missing-key", "The header does not say whether angles are in degrees.", 1, hint)
    elif text.lower() not in ("yes", "no"):
        findings.add("bad-unit", f"inDegrees is '{text}'.", line, "Write inDegrees=yes or inDegrees=no.")
    return text is not None and text.lower() == "yes"


def _check_unit(
    values: Mapping[str, Array],
    header: Mapping[str, tuple[str, int]],
    *,
    in_degrees: bool,
    findings: Findings,
) -> None:
    angles = [value for name, value in values.items() if not is_length(name) and len(value)]
    largest = max((float(np.nanmax(np.abs(np.append(value, 0.0)))) for value in angles), default=0.0)
    if not in_degrees and "indegrees" in header and largest > _MOST_TURNS:
        said = f"An angle of {largest:.0f} radians is no joint's; the file seems to be in degrees."
        findings.add("bad-unit", said, header["indegrees"][1], "Write inDegrees=yes.")
