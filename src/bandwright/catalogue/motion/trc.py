"""Reading marker trajectories from `.trc` files, as OpenCap, Pose2Sim, Sports2D and motion capture write them.

Line 1 names the kind of file, lines 2 and 3 hold the header's keys and values, line 4 the markers, each over
three columns, line 5 the axes. A marker that was not seen is blank or NaN; it is kept as a gap, because a
recording may well miss markers that nobody needs.
"""

from __future__ import annotations

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
from bandwright.errors import nearest_match

ENDINGS: Final = (".trc",)
METRE_PER_UNIT: Final[Mapping[str, float]] = {"mm": 1e-3, "cm": 1e-2, "m": 1.0}
HEADER_LINES: Final = 5
RATE_TOLERANCE: Final = 0.02
"""Share by which the times may differ from the rate the header gives."""


@dataclass(frozen=True, slots=True)
class MarkerTable:
    """Marker positions over time, each (N, 3) [m] in the file's own axes; `gaps` = first line a marker misses."""

    name: str
    time_s: Array
    positions_m: Mapping[str, Array]
    gaps: Mapping[str, int]


def read_trc(path: Path) -> MarkerTable:
    """The markers in a `.trc` file.

    Raises:
        InputError: every problem at once, each with its line.
    """
    lines, findings = lines_of(path), Findings(path.name)
    if len(lines) < HEADER_LINES or not lines[0].lower().startswith("pathfiletype"):
        hint = "A .trc file begins with PathFileType and has five lines of header."
        findings.add("no-header", "The header of a marker file is missing.", 1, hint)
        findings.refuse()
    header = dict(zip(lines[1].split(), lines[2].split(), strict=False))
    unit = _unit(header, findings)
    columns = lines[3].rstrip().split("\t")
    markers = [name.strip() for name in columns[2:] if name.strip()]
    check_labels(markers, 4, findings)
    if [name.strip().lower() for name in columns[:2]] != ["frame#", "time"]:
        findings.add(
            "no-time", "The columns do not begin with 'Frame#' and 'Time'.", 4, "Keep tabs between columns."
        )
        findings.refuse()
    rows, numbers = _rows(lines, len(markers), findings)
    _check_count(header, "NumMarkers", len(markers), findings)
    _check_count(header, "NumFrames", len(rows), findings)
    check_times(rows[:, 1], numbers, findings)
    _check_rate(header, rows[:, 1], findings)
    findings.refuse()
    points = unit * rows[:, 2:].reshape(len(rows), len(markers), 3)
    gaps = {}
    for n, name in enumerate(markers):
        missing = np.flatnonzero(~np.isfinite(points[:, n]).all(axis=1))
        if len(missing):
            gaps[name] = numbers[missing[0]]
    return MarkerTable(path.name, rows[:, 1], {name: points[:, n] for n, name in enumerate(markers)}, gaps)


def _unit(header: Mapping[str, str], findings: Findings) -> float:
    given = header.get("Units")
    if given is None:
        findings.add("missing-key", "The header has no 'Units'.", 2, "Add Units with mm or m below it.")
    elif given not in METRE_PER_UNIT:
        near = nearest_match(given, METRE_PER_UNIT)
        hint = f"Allowed: {', '.join(METRE_PER_UNIT)}." + (f" Did you mean '{near}'?" if near else "")
        findings.add("bad-unit", f"There is no unit '{given}'.", 3, hint)
    return METRE_PER_UNIT.get(given or "", 1.0)


def _rows(lines: list[str], markers: int, findings: Findings) -> tuple[Array, list[int]]:
    """The numbers (N, 2 + 3 markers), NaN where a marker is missing, and the line of each row."""
    width = 2 + 3 * markers
    rows, numbers = [], []
    for number, line in enumerate(lines[HEADER_LINES:], HEADER_LINES + 1):
        if not line.strip():
            continue
        texts = line.rstrip("\r\n").split("\t")
        while len(texts) > width and not texts[-1].strip():
            texts.pop()
        # Editors drop the tabs of blank cells at a line's end.
        texts += [""] * (width - len(texts) if (width - len(texts)) % 3 == 0 else 0)
        if len(texts) != width:
            findings.add(
                "wrong-number-of-cells", f"There are {len(texts)} cells, {width} are needed.", number
            )
            continue
        values = [cell(text) for text in texts]
        for column, (text, value) in enumerate(zip(texts, values, strict=True), 1):
            if value is None:
                findings.add("not-a-number", f"'{text}' in column {column} is not a number.", number)
        if values[1] is not None and not np.isfinite(values[1]):
            findings.add("not-finite", "The time is missing.", number)
        rows.append([np.nan if value is None else value for value in values])
        numbers.append(number)
    return np.array(rows, dtype=np.float64).reshape(-1, width), numbers


def _check_count(header: Mapping[str, str], key: str, count: int, findings: Findings) -> None:
    if key not in header:
        findings.add("missing-key", f"The header has no '{key}'.", 2, f"Add {key} with {count} below it.")
    elif header[key] != str(count):
        findings.add("wrong-count", f"{key} is {header[key]}, the file has {count}.", 3)


def _check_rate(header: Mapping[str, str], time_s: Array, findings: Findings) -> None:
    given = cell(header.get("DataRate", ""))
    if given is None or not given > 0.0:
        said = f"DataRate is '{header.get('DataRate', '')}', not a number above 0."
        findings.add("bad-rate", said, 3, "For example 60.00.")
        return
    if len(time_s) < 2 or not np.all(np.diff(time_s) > 0.0):
        return
    found = 1.0 / float(np.median(np.diff(time_s)))
    if abs(found / given - 1.0) > RATE_TOLERANCE:
        said = f"DataRate says {given:g} samples a second, the times are {found:.4g} a second."
        findings.add("bad-rate", said, 3, "Correct DataRate or the times.")
