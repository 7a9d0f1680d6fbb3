"""What a person reads when something goes wrong, and the exit code that goes with it."""

from __future__ import annotations

import os
import sys
import textwrap
import traceback
from collections.abc import Sequence
from dataclasses import asdict
from typing import Final

from bandwright.cli.output import write_json
from bandwright.cli.typed import EVERYWHERE, typed
from bandwright.errors import BandwrightError, InfeasibleError, InputError, ModelError, Problem

OUR_FAULT: Final = 1
INPUT: Final = 2
INFEASIBLE: Final = 3

UNREACHABLE: Final = frozenset({"hand-target-out-of-reach", "girdle-does-not-close"})
"""Problems of the body model that mean: this body cannot take up that pose."""

WIDTH: Final = 79
MOST_NAMES: Final = 24
FEW_NAMES: Final = 8

DEBUG: Final = "BANDWRIGHT_DEBUG"
"""Set to 1 to see where a fault of ours arose."""


def fail(error: BaseException, *, as_json: bool) -> int:
    """Says what went wrong on stderr, with `--json` also on stdout; answers the exit code."""
    code = exit_code(error)
    problems = problems_of_error(error)
    if as_json:
        write_json({"errors": [asdict(problem) for problem in problems]})
    sys.stderr.write("\n".join(in_words(problems)) + "\n")
    if code == OUR_FAULT:
        sys.stderr.write(f"{_how_to_report()}\n")
        if os.environ.get(DEBUG):
            traceback.print_exception(error)
    sys.stderr.flush()
    return code


def exit_code(error: BaseException) -> int:
    """2: the person can fix it; 3: it cannot be done; 1: our fault."""
    if isinstance(error, InputError):
        return INPUT
    if isinstance(error, InfeasibleError):
        return INFEASIBLE
    if isinstance(error, ModelError) and all(one.code in UNREACHABLE for one in error.problems):
        return INFEASIBLE
    return OUR_FAULT


def problems_of_error(error: BaseException) -> tuple[Problem, ...]:
    """The problems an error carries; one made of its own words for a fault nobody foresaw."""
    if isinstance(error, BandwrightError):
        return typed(error.problems, EVERYWHERE)
    said = " ".join(str(error).split())
    name = type(error).__name__
    return (
        Problem("internal", f"Something failed inside Bandwright ({name}{f': {said}' if said else ''})."),
    )


def in_words(problems: Sequence[Problem]) -> list[str]:
    """Each problem on lines of its own: what, where, what is allowed and what to do."""
    lines = [] if len(problems) < 2 else [f"{len(problems)} things to put right:"]
    for problem in problems:
        where = f"{problem.path}: " if problem.path else ""
        lines.append(_wrapped(f"{where}{problem.message}", "x "))
        if problem.nearest:
            lines.append(_wrapped(f"Did you mean '{problem.nearest}'?"))
        if problem.allowed:
            lines.append(_wrapped(f"Allowed: {_listed(problem.allowed)}."))
        if problem.hint:
            lines.append(_wrapped(problem.hint))
    return lines


def _wrapped(text: str, mark: str = "  ") -> str:
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=mark,
        subsequent_indent="  ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _listed(names: Sequence[str]) -> str:
    """The names, the first few of a long list; JSON has all."""
    if len(names) <= MOST_NAMES:
        return ", ".join(names)
    return f"{', '.join(names[:FEW_NAMES])} and {len(names) - FEW_NAMES} more"


def _how_to_report() -> str:
    return (
        "This is our fault, not yours; your files are as they were. Please report it with the command you gave "
        f"and what it prints with {DEBUG}=1 set."
    )
