"""What a long command is doing and how far it is, on stderr while somebody looks at a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, Protocol

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TimeElapsedColumn,
)
from rich.text import Text

from bandwright.cli.output import console_on
from bandwright.numerics.witness import compiling

COMPILING: Final = "Compiling the solver, once after installing"
BAR_WIDTH: Final = 12


class Report(Protocol):
    """Says what is being done now, and how many of how many are done."""

    def __call__(self, words: str, done: int = 0, total: int | None = None) -> None:
        """Says it."""
        ...


class _Doing(ProgressColumn):
    """What was reported last, or that something is being compiled, which nobody can report meanwhile."""

    def render(self, task: Task) -> Text:
        """The words, on one line."""
        return Text(COMPILING if compiling() else task.description, no_wrap=True, overflow="ellipsis")


class _Count(MofNCompleteColumn):
    """How many of how many, where that is known."""

    def render(self, task: Task) -> Text:
        """Nothing before the first report and after the last of them."""
        return Text() if task.total is None else super().render(task)


@contextmanager
def progress(words: str, *, quietly: bool) -> Iterator[Report]:
    """A line that moves from the first moment on, and is gone when the work is done.

    Args:
        words: what is done before the first report.
        quietly: shows nothing, as where stderr is no terminal.
    """
    line = Progress(
        SpinnerColumn(),
        _Doing(),
        BarColumn(BAR_WIDTH),
        _Count(),
        TimeElapsedColumn(),
        console=console_on(sys.stderr),
        transient=True,
        disable=quietly or not sys.stderr.isatty(),
    )
    task = line.add_task(words, total=None)

    def report(words: str, done: int = 0, total: int | None = None) -> None:
        # What remains to be done when all is counted has no count, and must be seen to go on.
        line.tasks[0].total = None if total is None or done >= total else total
        line.update(task, description=words, completed=done, refresh=True)

    with line:
        yield report
