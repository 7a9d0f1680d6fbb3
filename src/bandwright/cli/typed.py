"""What to type for what a message asks; other fronts have controls for it, so messages name no option."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from bandwright.errors import Problem

EVERYWHERE: Final[Mapping[str, str]] = {
    "unknown-exercise": "'bandwright exercises list' shows them all.",
    "unknown-band": "'bandwright bands list' shows them all, 'bandwright bands fit' takes readings.",
}
"""By a problem's code."""

DESIGN: Final[Mapping[str, str]] = {
    "too-light": "(Repetitions: --reps.)",
    "too-heavy": "(Repetitions: --reps; what for: --intent.)",
    "no-exercise": "(By --exercise.)",
    "no-bar": "(In the gear file: pull_up_bar = true under [have].)",
    "no-bench": "(In the gear file: bench = true under [have].)",
    "no-band": "(In the gear file: a [[band]].)",
    "no-anchor": "(In the gear file: an [[anchor]].)",
    "no-weight": "(In the gear file: a [[weight]], with count = 2 for a pair.)",
    "ceiling": "(In the gear file: ceiling_m under [room].)",
    "room": "(In the gear file: free_m under [room].)",
}
"""By the code of what a design lacks."""

SWEEP: Final[Mapping[str, str]] = {
    "not-a-sweep": "Example: --out my-sweep",
    "another-sweep": "Example: --out my-sweep",
    "worker-died": "Example: --workers 1",
    "no-scheduler": "Example: --scheduler tcp://127.0.0.1:8786",
}
"""By the code of what stops a sweep."""

OPTION_OF: Final[Mapping[str, str]] = {"folder": "--out", "scheduler": "--scheduler"}
"""Where a sweep's problem is, and the option that says it."""


def typed(problems: Iterable[Problem], words: Mapping[str, str]) -> tuple[Problem, ...]:
    """The problems with what to type, and where it was typed."""
    return tuple(
        replace(
            one,
            hint=with_option(one.code, one.hint, words),
            path=None if one.path is None else OPTION_OF.get(one.path, one.path),
        )
        for one in problems
    )


def with_option(code: str, hint: str | None, words: Mapping[str, str]) -> str | None:
    """A hint followed by what to type, where there is something to type."""
    return " ".join(part for part in (hint, words.get(code)) if part) or None
