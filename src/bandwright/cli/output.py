"""Writing to the screen: JSON or views on stdout, everything else on stderr."""

from __future__ import annotations

import io
import json
import sys
from typing import Any, Final, TextIO

from rich.console import Console, RenderableType

PLAIN_WIDTH: Final = 80
"""Columns where there is no terminal to ask."""

WIDEST: Final = 100
"""Columns beyond which lines get hard to read."""


class _Screen(Console):
    """A console that leaves a reader who has gone to the door, which ends quietly."""

    def on_broken_pipe(self) -> None:
        """Lets the error through."""
        raise BrokenPipeError


def write_json(value: object, *, compact: bool = False) -> None:
    """Writes one JSON value on stdout and nothing else; ASCII, so that no terminal can garble it."""
    layout: dict[str, Any] = {"separators": (",", ":")} if compact else {"indent": 2}
    sys.stdout.write(json.dumps(value, allow_nan=False, **layout) + "\n")
    sys.stdout.flush()


def show(*parts: RenderableType) -> None:
    """Shows views on stdout; a plain string is a line that is never broken, so that paths can be copied."""
    console = console_on(sys.stdout)
    for part in parts:
        console.print(part, soft_wrap=isinstance(part, str))
    sys.stdout.flush()


def tell(*parts: RenderableType) -> None:
    """Says something on stderr: progress, paths; strings as in `show`."""
    console = console_on(sys.stderr)
    for part in parts:
        console.print(part, soft_wrap=isinstance(part, str))
    sys.stderr.flush()


def console_on(stream: TextIO) -> Console:
    """A console that never fails on a character its stream cannot write."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="replace")
    width = None if stream.isatty() else PLAIN_WIDTH
    console = _Screen(file=stream, width=width, highlight=False, markup=False, emoji=False)
    console.width = min(console.width, WIDEST)
    return console
