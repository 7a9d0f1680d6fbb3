"""A band's pull against its length, drawn with block characters."""

from __future__ import annotations

from typing import Final

import numpy as np
from rich.text import Text

from bandwright.bands import Band, TableLaw
from bandwright.cli.views.plot import COLUMNS, DOT, LABEL, LOAD, STRENGTH, column_blocks, nice_top
from bandwright.service.band_answer import strands_of
from bandwright.units import kilograms_force

ROWS: Final = 6


def pull_curve(band: Band) -> Text:
    """The pull between two hooks from slack to the end of the band's data, a table's points dotted."""
    end = min(band.known_to_stretch, band.max_stretch)
    stretches = np.linspace(1.0, end, COLUMNS)
    pulls = np.array([kilograms_force(one) for one in strands_of(band) * band.law.tension_n(stretches)])
    top = nice_top(float(pulls.max()))
    dots = _dots(band, end, top)
    drawn = Text(no_wrap=True)
    for line, blocks in enumerate(column_blocks(pulls, top, ROWS)):
        row = ROWS - 1 - line
        value = {ROWS - 1: f"{top:g} kg", ROWS // 2 - 1: f"{top / 2:g} kg"}.get(row, "")
        drawn.append(f"{value.rjust(LABEL)} │")
        for column, block in enumerate(blocks):
            dotted = (row, column) in dots
            drawn.append(DOT if dotted else block, STRENGTH if dotted else LOAD)
        drawn.append("\n")
    drawn.append(f"{' ' * LABEL} └{'─' * COLUMNS}\n")
    drawn.append(_lengths(band, end))
    return drawn


def _dots(band: Band, end: float, top: float) -> set[tuple[int, int]]:
    """Row and column of each point of a table."""
    if not isinstance(band.law, TableLaw):
        return set()
    pulls = strands_of(band) * band.law.tensions_n
    return {
        (
            min(int(kilograms_force(pull) / top * ROWS), ROWS - 1),
            round((stretch - 1.0) / (end - 1.0) * (COLUMNS - 1)),
        )
        for stretch, pull in zip(band.law.stretches.tolist(), pulls.tolist(), strict=True)
        if stretch <= end
    }


def _lengths(band: Band, end: float) -> str:
    """How far apart the hooks are at the start, the middle and the end of the axis."""
    strand = 100.0 * band.rest_length_m / strands_of(band)
    first, middle, last = (f"{strand * one:.0f} cm" for one in (1.0, 0.5 * (1.0 + end), end))
    return (
        " " * (LABEL + 2) + first.ljust(COLUMNS // 2 - 2) + middle.ljust(COLUMNS // 2 + 2 - len(last)) + last
    )
