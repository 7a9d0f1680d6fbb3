"""How `--help` looks: names in one column, what they mean beside them, 80 columns, no colour."""

from __future__ import annotations

import io
import textwrap
from typing import Any, Final

from cyclopts.help import HelpEntry, HelpPanel
from rich.console import Console, ConsoleOptions

WIDTH: Final = 79
NAMES: Final = 24
"""Columns for names; a longer name has a line of its own."""

TITLES: Final = {"Parameters": "Options"}


class HelpPages:
    """Formats help pages; see the protocol `HelpFormatter` of cyclopts."""

    def __call__(self, console: Console, options: ConsoleOptions, panel: HelpPanel) -> None:
        """Prints one group of commands or options."""
        del options
        if not panel.entries:
            return
        title = _plain(panel.title)
        lines = [f"{TITLES.get(title, title)}:", *(_entry(entry) for entry in panel.entries), ""]
        _write(console, "\n".join(lines))

    def render_usage(self, console: Console, options: ConsoleOptions, usage: object) -> None:
        """Prints the line that shows the order of words."""
        del options
        said = _plain(usage).removeprefix("Usage:").strip()
        _write(console, f"Usage: {said}\n")

    def render_description(self, console: Console, options: ConsoleOptions, description: object) -> None:
        """Prints what the command does, and examples."""
        del options
        said = _plain(description).strip()
        if said:
            _write(console, f"{said}\n")


def _entry(entry: HelpEntry) -> str:
    names = ", ".join(entry.display_labels_with_metavar)
    said = _plain(entry.description) + (" [required]" if entry.required else "")
    start = f"  {names}".ljust(NAMES)
    if len(start) > NAMES or not start.endswith(" "):
        start = f"  {names}\n{' ' * NAMES}"
    text = textwrap.fill(said, WIDTH, initial_indent=" " * NAMES, subsequent_indent=" " * NAMES)
    return (start + text[NAMES:]).rstrip()


def _plain(part: Any) -> str:  # noqa: ANN401 — whatever rich can render
    """The text of a part, its own line breaks kept."""
    if part is None or isinstance(part, str):
        return part or ""
    wide = Console(file=io.StringIO(), width=10_000, no_color=True, highlight=False, markup=False)
    with wide.capture() as captured:
        wide.print(part, end="")
    return "\n".join(line.rstrip() for line in captured.get().splitlines()).strip()


def _write(console: Console, text: str) -> None:
    console.print(text, highlight=False, markup=False, soft_wrap=True)
