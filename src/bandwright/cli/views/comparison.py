"""Set-ups beside each other: grades, a table, curves over each other, what differs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from bandwright.cli.views.analysis import chip, repetitions_words
from bandwright.cli.views.layout import columns, point
from bandwright.cli.views.plot import curves
from bandwright.cli.views.words import at_three, person_words
from bandwright.curves.verdict import Verdict
from bandwright.curves.wording import percent, place
from bandwright.service.analysis import Analysis
from bandwright.service.differences import Difference

Pair = tuple[Analysis, Verdict]
LETTERS: Final = "ABC"

ROWS: Final[tuple[tuple[str, Callable[[Analysis], str]], ...]] = (
    ("For", lambda one: person_words(one.setup.person)),
    ("Load, one hand", lambda one: at_three(one.working.load_n)),
    ("Your strength", lambda one: at_three(one.strength_n)),
    ("Hardest", lambda one: f"{percent(one.summary.peak_effort)} {place(one.summary.peak_phase)}"),
    ("Evenness", lambda one: percent(one.summary.evenness)),
    ("Repetitions", lambda one: repetitions_words(one.summary.reps_estimate)),
    ("Work, each repetition", lambda one: f"{one.summary.work_j:.0f} J"),
    ("Lower back", lambda one: percent(one.spine.share.max())),
)
"""What the table shows of each set-up."""


def comparison_view(pairs: Sequence[Pair], found: Sequence[Difference]) -> Iterator[RenderableType]:
    """Everything about two or three set-ups, top to bottom."""
    for letter, (_, verdict) in zip(LETTERS, pairs, strict=False):
        yield Text.assemble((f"{letter}  ", "bold"), chip(verdict), f" {verdict.headline}")
    yield Text()
    for one in found:
        yield point("-", one.text)
    yield Text()
    yield _table(pairs)
    for letter, (analysis, _) in zip(LETTERS, pairs, strict=False):
        yield Text(f"\n{letter}  {analysis.setup.exercise.name}", "bold")
        yield curves(analysis.working.load_n, analysis.strength_n, analysis.effort, short=True)


def _table(pairs: Sequence[Pair]) -> Table:
    names = [analysis.setup.exercise.name for analysis, _ in pairs]
    table = columns(["", *(f"{letter}  {name}" for letter, name in zip(LETTERS, names, strict=False))])
    for name, read in ROWS:
        table.add_row(name, *(read(analysis) for analysis, _ in pairs))
    return table
