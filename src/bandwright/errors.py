"""Every error Bandwright raises on purpose, in one tree.

Each message says what was given, what is allowed (with the nearest match) and what to do. Foreign
exceptions are mapped onto these once, at the boundary where they arise.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with what was given, in words a person can act on."""

    code: str
    """Stable, kebab-case identifier, e.g. ``unknown-band``."""
    message: str
    """What was given and why it cannot be used, one sentence."""
    allowed: tuple[str, ...] = ()
    nearest: str | None = None
    hint: str | None = None
    """What to do, with an example."""
    path: str | None = None
    """Where: file and key path, e.g. ``row.toml: load[0].band``."""

    def __str__(self) -> str:
        where = f"{self.path}: " if self.path else ""
        parts = [f"{where}{self.message}"]
        if self.nearest:
            parts.append(f"Did you mean '{self.nearest}'?")
        if self.allowed:
            parts.append(f"Allowed: {', '.join(self.allowed)}.")
        if self.hint:
            parts.append(self.hint)
        return " ".join(parts)


class BandwrightError(Exception):
    """Base of every error raised on purpose; carries all problems found, not just the first."""

    def __init__(self, *problems: Problem) -> None:
        self.problems: tuple[Problem, ...] = problems
        super().__init__("\n".join(str(problem) for problem in problems))

    def __reduce__(self) -> tuple[type[BandwrightError], tuple[Problem, ...]]:
        """Made again from its problems where it crosses from one process to another."""
        return type(self), self.problems


class InputError(BandwrightError):
    """The person can fix it: a name, a number or a file given is not usable."""


class CatalogueError(InputError):
    """Data files are not valid; carries every problem with file and key path."""


class ModelError(BandwrightError):
    """The body model cannot be built or posed as asked."""


class InfeasibleError(BandwrightError):
    """What was asked for cannot be done; the problems say which limit is hit and by how much."""


class SolverError(BandwrightError):
    """A numerical solver did not converge; the problems carry its status."""


def nearest_match(given: str, allowed: Iterable[str]) -> str | None:
    """The allowed name closest to what was given, or None when nothing is close."""
    matches = difflib.get_close_matches(given.lower(), list(allowed), n=1, cutoff=0.5)
    return matches[0] if matches else None


def unknown_name(
    what: str,
    given: str,
    allowed: Sequence[str],
    *,
    hint: str | None = None,
    path: str | None = None,
) -> Problem:
    """The problem of a name that is not in a list, with the nearest one that is."""
    return Problem(
        code=f"unknown-{what.replace(' ', '-')}",
        message=f"There is no {what} '{given}'.",
        allowed=tuple(allowed),
        nearest=nearest_match(given, allowed),
        hint=hint,
        path=path,
    )
