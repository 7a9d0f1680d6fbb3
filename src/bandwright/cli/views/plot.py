"""Curves drawn with block characters: load filled, strength dotted, effort filled beneath."""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import groupby
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rich.text import Text

from bandwright.units import GRAVITY_M_S2

Array = NDArray[np.float64]

BLOCKS: Final = " ▁▂▃▄▅▆▇█"
DOT: Final = "•"
COLUMNS: Final = 60
LABEL: Final = 10
"""Columns left of the axis."""

ROWS: Final = 8
EFFORT_ROWS: Final = 4

ROUNDING: Final = 1e-9
"""A value on a row's edge belongs to the row above, whatever the last digit says."""

LOAD: Final = "dark_orange"
STRENGTH: Final = "dodger_blue2"
EFFORT_STYLES: Final = ((0.3, "bright_black"), (1.0, "green"), (math.inf, "red"))
"""Effort up to which each colour holds: idle, matched, too much."""


def curves(load_n: Array, strength_n: Array, effort: Array, *, short: bool = False) -> Text:
    """Load and strength over effort on one axis from start to finish; `short` draws load and strength lower."""
    load, strength = (_resampled(curve / GRAVITY_M_S2) for curve in (load_n, strength_n))
    top = nice_top(float(max(load.max(), strength.max())))
    rows = ROWS // 2 if short else ROWS
    drawn = Text(no_wrap=True)
    drawn.append(" " * (LABEL + 2)).append("█ load", LOAD).append("   ")
    drawn.append(f"{DOT} strength", STRENGTH).append("   (feels like kg)\n")
    _force_rows(drawn, load, strength, top, rows)
    _axis(drawn)
    _effort_rows(drawn, _resampled(effort))
    _axis(drawn)
    drawn.append(" " * (LABEL + 2) + "start".ljust(27) + "middle".ljust(27) + "finish")
    return drawn


def nice_top(value: float) -> float:
    """The least of 1, 2, 3, 4, 5, 6, 8 times a power of ten that is not under a value."""
    if value <= 0.0:
        return 1.0
    power: float = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in (1, 2, 3, 4, 5, 6, 8, 10) if step * power >= value * (1 - 1e-9))


def _resampled(curve: Array) -> Array:
    inside = np.where(np.isfinite(curve), curve, 0.0)
    return np.interp(np.linspace(0.0, 1.0, COLUMNS), np.linspace(0.0, 1.0, len(curve)), inside)


def column_blocks(values: Array, top: float, rows: int) -> list[str]:
    """Filled columns as text lines, top line first; each cell shows eighths."""
    filled = np.clip(values / top, 0.0, 1.0) * rows * (len(BLOCKS) - 1)
    lines = []
    for row in reversed(range(rows)):
        eighths = np.clip(np.rint(filled - row * (len(BLOCKS) - 1)), 0, len(BLOCKS) - 1).astype(int)
        lines.append("".join(BLOCKS[one] for one in eighths))
    return lines


def _force_rows(drawn: Text, load: Array, strength: Array, top: float, rows: int) -> None:
    at_row = np.minimum((strength / top * rows + ROUNDING).astype(int), rows - 1)
    for line, text in enumerate(column_blocks(load, top, rows)):
        row = rows - 1 - line
        value = {rows - 1: top, rows // 2 - 1: top / 2}.get(row)
        drawn.append(_label(value, "kg"))
        dotted = at_row == row
        cells = [(DOT, STRENGTH) if dot else (block, LOAD) for dot, block in zip(dotted, text, strict=True)]
        _cells(drawn, cells)


def _effort_rows(drawn: Text, effort: Array) -> None:
    top = max(1.0, math.ceil(float(effort.max()) * 2.0 - 1e-9) / 2.0)
    labels = {EFFORT_ROWS - 1: _label(100 * top, "%"), EFFORT_ROWS // 2 - 1: _label(50 * top, "%")}
    for line, text in enumerate(column_blocks(effort, top, EFFORT_ROWS)):
        row = EFFORT_ROWS - 1 - line
        drawn.append(labels.get(row, ("effort" if row == 0 else "").rjust(LABEL) + " │"))
        _cells(
            drawn, [(block, effort_style(value)) for block, value in zip(text, effort.tolist(), strict=True)]
        )


def _cells(drawn: Text, cells: Iterable[tuple[str, str]]) -> None:
    """A line of characters with their styles, neighbours of one style together."""
    for style, run in groupby(cells, key=lambda cell: cell[1]):
        drawn.append("".join(character for character, _ in run), style)
    drawn.append("\n")


def effort_style(effort: float) -> str:
    """The colour of an effort: grey idle, green matched, red too much."""
    return next(style for end, style in EFFORT_STYLES if effort <= end)


def _label(value: float | None, unit: str) -> str:
    return ("" if value is None else f"{value:g} {unit}").rjust(LABEL) + " │"


def _axis(drawn: Text) -> None:
    drawn.append(" " * LABEL + " └" + "─" * COLUMNS + "\n")
