"""What the readers of recorded motion share: the lines of a file and the problems found in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bandwright.errors import InputError, Problem

Array = NDArray[np.float64]

LARGEST_FILE_BYTES: Final = 200_000_000
MOST_PER_KIND: Final = 10
"""Problems of one kind told one by one; the rest are counted."""


@dataclass(slots=True)
class Findings:
    """Problems of one file, gathered so that all can be told at once."""

    name: str
    found: list[Problem] = field(default_factory=list)
    more: dict[str, int] = field(default_factory=dict)

    def add(self, code: str, message: str, line: int | None = None, hint: str | None = None) -> None:
        """Notes one problem; lines count from 1."""
        if sum(problem.code == code for problem in self.found) >= MOST_PER_KIND:
            self.more[code] = self.more.get(code, 0) + 1
            return
        path = self.name if line is None else f"{self.name}: line {line}"
        self.found.append(Problem(code, message, hint=hint, path=path))

    def refuse(self) -> None:
        """Raises what was found, if anything.

        Raises:
            InputError: every problem at once.
        """
        rest = [
            Problem(code, f"And {count} more like this.", path=self.name) for code, count in self.more.items()
        ]
        if self.found:
            raise InputError(*self.found, *rest)


def lines_of(path: Path) -> list[str]:
    """The lines of a text file.

    Raises:
        InputError: the file is missing, too big, or not text.
    """
    hint = "Give a coordinate file (.mot or .sto) or a marker file (.trc)."
    if not path.is_file():
        raise InputError(Problem("no-file", f"There is no file '{path}'.", hint=hint))
    if path.stat().st_size > LARGEST_FILE_BYTES:
        raise InputError(Problem("too-big", f"'{path}' is too big for a recording.", hint=hint))
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        said = "The file is not text."
        raise InputError(Problem("not-text", said, hint=hint, path=path.name)) from error
    except OSError as error:
        said = f"The file cannot be read: {error.strerror or error}."
        raise InputError(Problem("unreadable-file", said, path=str(path))) from error


def check_labels(labels: list[str], line: int, findings: Findings) -> None:
    """Notes labels that are there twice."""
    for label in sorted({label for label in labels if labels.count(label) > 1}):
        findings.add("duplicate-label", f"The name '{label}' is there {labels.count(label)} times.", line)


def check_times(time_s: Array, lines: list[int], findings: Findings) -> None:
    """Notes times that do not increase, or too few of them."""
    if len(time_s) < FEWEST_SAMPLES:
        findings.add("too-short", f"There are {len(time_s)} samples; {FEWEST_SAMPLES} are needed.")
    for index in np.flatnonzero(~(np.diff(time_s) > 0.0)):
        said = f"The time {time_s[index + 1]:g} s does not come after {time_s[index]:g} s."
        findings.add("time-not-increasing", said, lines[index + 1])


FEWEST_SAMPLES: Final = 4


def cell(text: str) -> float | None:
    """The number in a cell, NaN where the cell is blank, None where it is no number."""
    if not text.strip():
        return float("nan")
    try:
        return float(text)
    except ValueError:
        return None
