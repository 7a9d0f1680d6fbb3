"""Paragraphs and tables that fit 80 columns."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Final

from rich.table import Table
from rich.text import Text

WIDTH: Final = 79
"""Columns of running text."""


def point(mark: str, text: str, style: str = "") -> Text:
    """A paragraph behind a mark, indented."""
    filled = textwrap.fill(text, WIDTH, initial_indent=f"  {mark} ", subsequent_indent="    ")
    return Text(filled, style)


def columns(titles: Sequence[str], *, right: bool = False) -> Table:
    """A table without lines; `right` aligns figures."""
    table = Table(box=None, pad_edge=False, padding=(0, 3 if right else 2, 0, 0))
    for place, title in enumerate(titles):
        table.add_column(title, justify="right" if right and title else "left", no_wrap=place == 0)
    return table
