"""One sheet with everything to look at: verdict, three poses, curves and the muscles at work."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path as FilePath
from typing import Final

import numpy as np

from bandwright.curves.verdict import Verdict
from bandwright.errors import InputError, Problem, unknown_name
from bandwright.service.analysis import Analysis
from bandwright.service.report.charts import draw_curves
from bandwright.service.report.drawing import Drawing, Label, Mark, Path, shifted
from bandwright.service.report.figure import PLACES, draw_close_up, draw_poses, pose_indices
from bandwright.service.report.svg import svg_file
from bandwright.service.report.tokens import LEVELS, level_of
from bandwright.service.report.words import kilograms, percent

PNG_MODULE: Final = "bandwright.service.report.png"
SUFFIXES: Final = (".svg", ".png")
SHEET_WIDTH: Final = 1240.0
EDGE: Final = 28.0
LETTERS_PER_LINE: Final = 130
SHARES: Final = (0.0, 0.02, 0.10, 0.25, 0.50, 1.0)
"""Activations that the legend names [-]."""


def write_figure(analysis: Analysis, verdict: Verdict | None, path: FilePath) -> None:
    """Writes the sheet of one analysis as an SVG or PNG file, by its suffix.

    Raises:
        InputError: another suffix, or a PNG without matplotlib installed.
    """
    if path.suffix.lower() not in SUFFIXES:
        hint = "Example: row.svg."
        raise InputError(unknown_name("figure format", path.suffix or path.name, SUFFIXES, hint=hint))
    drawing = draw_sheet(analysis, verdict)
    if path.suffix.lower() == ".svg":
        path.write_text(svg_file(drawing), encoding="utf-8")
    else:
        _png_writer()(drawing, path)


def _png_writer() -> Callable[[Drawing, FilePath], None]:
    """The writer that needs matplotlib, which is an optional extra."""
    try:
        writer: Callable[[Drawing, FilePath], None] = import_module(PNG_MODULE).write_png
    except ImportError as error:
        raise InputError(
            Problem(
                "no-matplotlib",
                "A PNG figure needs matplotlib, which is not installed.",
                hint="Run pip install 'bandwright[figures]', or ask for an .svg figure, which needs nothing.",
            )
        ) from error
    return writer


def draw_sheet(analysis: Analysis, verdict: Verdict | None) -> Drawing:
    """Verdict above, poses in the middle, curves and muscles below."""
    said = textwrap.wrap(verdict.headline, LETTERS_PER_LINE) if verdict is not None else []
    top = EDGE + 34.0 + 24.0 * len(said)
    poses = draw_poses(analysis)
    tall = max(pose.height for pose in poses)
    below = top + tall + 56.0
    curves, close = draw_curves(analysis, 700.0, 430.0), draw_close_up(analysis)
    marks: list[Mark] = [
        Label(analysis.setup.exercise.name, np.array([EDGE, EDGE + 20.0]), "title"),
        *(Label(line, np.array([EDGE, EDGE + 52.0 + 24.0 * k]), "headline") for k, line in enumerate(said)),
        *_pose_row(analysis, poses, top, tall),
        *shifted(curves, EDGE, below),
        *shifted(close, 780.0 + (432.0 - close.width) / 2, below),
        *shifted(draw_legend(), 822.0, below + 372.0),
    ]
    height = below + 440.0 + EDGE
    backdrop = np.array([[0, 0], [SHEET_WIDTH, 0], [SHEET_WIDTH, height], [0, height]], dtype=np.float64)
    return Drawing(
        SHEET_WIDTH,
        height,
        (Path(backdrop, "backdrop", closed=True), *marks),
        analysis.setup.exercise.name,
        " ".join([*said, curves.description]),
    )


def _pose_row(analysis: Analysis, poses: tuple[Drawing, ...], top: float, tall: float) -> Iterator[Mark]:
    column = (SHEET_WIDTH - 2 * EDGE) / len(poses)
    for k, (pose, place, index) in enumerate(zip(poses, PLACES, pose_indices(analysis.posed), strict=True)):
        middle = EDGE + column * (k + 0.5)
        yield from shifted(pose, middle - pose.width / 2, top + tall - pose.height)
        yield Label(place, np.array([middle, top + tall + 20.0]), "text-pose", "middle")
        said = caption(analysis, index)
        yield Label(said, np.array([middle, top + tall + 39.0]), "text-soft", "middle")


def caption(analysis: Analysis, index: int) -> str:
    """Load, strength and effort of one pose, e.g. "asks 4.1 kg of 52 kg, effort 8 %"."""
    load, strength = analysis.working.load_n[index], analysis.strength_n[index]
    return f"asks {kilograms(load)} of {kilograms(strength)}, effort {percent(float(analysis.effort[index]))}"


def draw_legend() -> Drawing:
    """The colours of activation with their figures."""
    width, step = 341.0, 341.0 / (LEVELS + 1)
    marks: list[Mark] = []
    for level in range(LEVELS + 1):
        x = level * step
        box = np.array([[x, 22.0], [x + step, 22.0], [x + step, 36.0], [x, 36.0]])
        marks.append(Path(box, f"muscle-{level:02d}", closed=True))
    said = "How hard each muscle works: share of all it can give"
    marks.append(Label(said, np.array([0.0, 13.0]), "text-soft"))
    for share in SHARES:
        last = share == SHARES[-1]
        x = (level_of(share) + (1.0 if last else 0.5)) * step
        marks.append(Label(percent(share), np.array([x, 51.0]), "text-soft", "end" if last else "middle"))
    return Drawing(width, 58.0, tuple(marks), "Legend of muscle colours", f"{said}, from pale to dark.")
