"""Drawings as PNG, drawn by matplotlib in the light theme.

Imported only when a PNG is asked for, since matplotlib is an optional extra.
"""

from __future__ import annotations

from pathlib import Path as FilePath
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Outline
from matplotlib.patheffects import withStroke
from numpy.typing import NDArray

from bandwright.service.report.drawing import Drawing, Label, Mark, Path, Shape
from bandwright.service.report.tokens import STYLES, Style, colours

Array = NDArray[np.float64]

UNITS_PER_INCH: Final = 100.0
DOTS_PER_INCH: Final = 200
POINTS_PER_UNIT: Final = 72.0 / UNITS_PER_INCH


def write_png(drawing: Drawing, path: FilePath) -> None:
    """Writes a drawing as a PNG file."""
    size = (drawing.width / UNITS_PER_INCH, drawing.height / UNITS_PER_INCH)
    figure = Figure(figsize=size, facecolor=colours("light")["card"])
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    axes.set_xlim(0.0, drawing.width)
    axes.set_ylim(drawing.height, 0.0)
    axes.set_axis_off()
    for order, mark in enumerate(drawing.marks):
        _draw(axes, mark, float(order))
    figure.savefig(path, dpi=DOTS_PER_INCH, format="png", metadata={"Title": drawing.title})


def _draw(axes: Axes, mark: Mark, order: float) -> None:
    style = STYLES[mark.role]
    if isinstance(mark, Label):
        _text(axes, mark, style, order)
    elif isinstance(mark, Shape):
        if style.stroke:
            _area(axes, mark.outlines, style, order, rim=True)
        _area(axes, mark.outlines, style, order + 0.5, rim=False)
    elif mark.closed:
        _area(axes, (mark.points,), style, order, rim=style.stroke is not None)
    else:
        _line(axes, mark, style, order)


def _area(axes: Axes, outlines: tuple[Array, ...], style: Style, order: float, *, rim: bool) -> None:
    """Outlines that turn the same way, filled as one."""
    whole = Outline.make_compound_path(*(Outline(points, closed=False) for points in map(_closed, outlines)))
    colour = colours("light")
    axes.add_artist(
        PathPatch(
            whole,
            facecolor=colour[style.fill] if style.fill else "none",
            edgecolor=colour[style.stroke] if rim and style.stroke else "none",
            linewidth=style.width * POINTS_PER_UNIT if rim else 0.0,
            alpha=style.opacity,
            joinstyle="round",
            zorder=order,
        )
    )


def _closed(points: Array) -> Array:
    return np.concatenate([points, points[:1]])


def _line(axes: Axes, mark: Path, style: Style, order: float) -> None:
    width = (style.width if mark.width is None else mark.width) * POINTS_PER_UNIT
    line = Line2D(
        mark.points[:, 0],
        mark.points[:, 1],
        color=colours("light")[style.stroke or "ink"],
        linewidth=width,
        alpha=style.opacity,
        solid_capstyle="round",
        dash_capstyle="round",
        zorder=order,
    )
    axes.add_artist(line)
    if style.dash:
        line.set_dashes([length * POINTS_PER_UNIT / width for length in style.dash])


def _text(axes: Axes, mark: Label, style: Style, order: float) -> None:
    text = axes.text(
        mark.at[0],
        mark.at[1],
        mark.text,
        color=colours("light")[style.fill or "ink"],
        fontsize=style.size * POINTS_PER_UNIT,
        fontweight="bold" if style.bold else "normal",
        horizontalalignment={"start": "left", "middle": "center", "end": "right"}[mark.anchor],
        verticalalignment="baseline",
        parse_math=False,
        zorder=order,
    )
    if style.halo:
        text.set_path_effects([withStroke(linewidth=3.0, foreground=colours("light")["card"])])
