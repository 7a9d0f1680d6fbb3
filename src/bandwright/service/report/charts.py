"""Load and strength, and effort under them, over one axis from start to finish."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bandwright.service.analysis import Analysis
from bandwright.service.report.drawing import (
    Anchor,
    Drawing,
    Label,
    Mark,
    Path,
    Placing,
    bounds,
    circle,
    placed,
)
from bandwright.service.report.figure import pose_indices, thumbnail
from bandwright.service.report.tokens import effort_level
from bandwright.service.report.words import (
    effort_sentence,
    idles,
    load_sentence,
    percent,
    strength_sentence,
)
from bandwright.units import GRAVITY_M_S2

Array = NDArray[np.float64]

LEFT: Final = 46.0
RIGHT: Final = 14.0
TOP: Final = 44.0
GAP: Final = 30.0
EFFORT_SHARE: Final = 0.30
THUMB: Final = 62.0
AXIS_TEXT: Final = 22.0

WIDE_ENOUGH: Final = 0.15
"""A tinted stretch shorter than this has no room for its word [-]."""

HIGH_ENOUGH: Final = 24.0
"""The same for its height in the picture."""

AXIS: Final[tuple[tuple[float, str, Anchor], ...]] = (
    (0.0, "start", "start"),
    (0.25, "25 %", "middle"),
    (0.5, "50 %", "middle"),
    (0.75, "75 %", "middle"),
    (1.0, "finish", "end"),
)
"""Places on the axis of phases, what is said there and by which end."""

MOST_EFFORT: Final = 2.0
"""Effort is not drawn further: twice too much is too much."""


@dataclass(frozen=True, slots=True)
class Panel:
    """One plot: its frame on the sheet and the largest value it shows."""

    x: float
    y: float
    width: float
    height: float
    top: float

    def at(self, phase: Array, value: Array) -> Array:
        """Points (n, 2) of a curve, kept inside the frame."""
        share = np.clip(np.asarray(value) / self.top, 0.0, 1.0)
        return np.column_stack([self.x + self.width * phase, self.y + self.height * (1.0 - share)])

    def area(self, phase: Array, low: Array, high: Array) -> Array:
        """Outline of the space between two curves."""
        return np.concatenate([self.at(phase, low), self.at(phase, high)[::-1]])


def draw_curves(analysis: Analysis, width: float = 370.0, height: float = 400.0) -> Drawing:
    """The three curves with their spread, and the pose at start, middle and finish under the axis."""
    inner = height - TOP - GAP - AXIS_TEXT - THUMB
    force = Panel(LEFT, TOP, width - LEFT - RIGHT, inner * (1 - EFFORT_SHARE), _greatest_kg(analysis))
    effort_y = TOP + force.height + GAP
    effort_top = float(np.clip(1.12 * analysis.effort.max(), 1.15, MOST_EFFORT))
    effort = Panel(LEFT, effort_y, force.width, inner * EFFORT_SHARE, effort_top)
    marks = (
        *_force_marks(analysis, force),
        *_effort_marks(analysis, effort),
        *_axis_texts(effort),
        *_thumbnails(analysis, effort, height),
    )
    sentences = (load_sentence(analysis), strength_sentence(analysis), effort_sentence(analysis))
    return Drawing(
        width, height, marks, "Load, strength and effort from start to finish", " ".join(sentences)
    )


def _greatest_kg(analysis: Analysis) -> float:
    """The top of the force axis: room for both curves and for the likely load."""
    curves = (analysis.strength_n, analysis.spread.strength_n[2], analysis.spread.load_n[2])
    return 1.04 * max(float(np.max(curve)) for curve in curves) / GRAVITY_M_S2


def _force_marks(analysis: Analysis, panel: Panel) -> Iterator[Mark]:
    phase, spread = analysis.posed.phase, analysis.spread
    load, strength = (curve / GRAVITY_M_S2 for curve in (analysis.working.load_n, analysis.strength_n))
    yield from _grid(panel, nice_steps(panel.top), "{:g}")
    for curves, role in ((spread.strength_n, "strength-area"), (spread.load_n, "load-area")):
        low, high = curves[0] / GRAVITY_M_S2, curves[2] / GRAVITY_M_S2
        yield Path(panel.area(phase, low, high), role, closed=True)
    for run, role, said in _tints(analysis):
        yield Path(panel.area(phase[run], load[run], strength[run]), role, closed=True)
        middle = (run.start + run.stop - 1) // 2
        gap = abs(float((load - strength)[middle])) * panel.height / panel.top
        if phase[run.stop - 1] - phase[run.start] > WIDE_ENOUGH and gap > HIGH_ENOUGH:
            at = panel.at(phase[middle : middle + 1], (load + strength)[middle : middle + 1] / 2)[0]
            yield Label(said, at + np.array([0.0, 4.0]), "text-tint", "middle")
    yield Path(panel.at(phase, strength), "strength-line")
    yield Path(panel.at(phase, load), "load-line")
    where = "each hand" if len(analysis.results) > 1 else "your hand"
    yield Label(f"kg in {where}", np.array([0.0, 14.0]), "text-soft")
    yield from _key(panel)


def _key(panel: Panel) -> Iterator[Mark]:
    """Which line is which, above the plot."""
    y = TOP - 13.0
    for x, line, text, said in (
        (panel.x, "strength-line", "text-strength", "what you can hold"),
        (panel.x + 0.60 * panel.width, "load-line", "text-load", "what it asks"),
    ):
        yield Path(np.array([[x, y], [x + 22.0, y]]), line)
        yield Label(said, np.array([x + 29.0, y + 4.5]), text)


def _tints(analysis: Analysis) -> Iterator[tuple[slice, str, str]]:
    """Stretches of the range where the set-up idles, and where it asks too much."""
    for run in runs(idles(analysis)):
        yield run, "idle-tint", "idles"
    for run in runs(analysis.effort > 1.0):
        yield run, "over-tint", "too much"


def runs(flags: NDArray[np.bool_]) -> list[slice]:
    """Unbroken stretches of True; those of one pose are left out, since they have no width."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(int), [0]])))
    return [slice(int(a), int(b)) for a, b in edges.reshape(-1, 2) if b - a > 1]


def nice_steps(top: float) -> list[float]:
    """Three to six round numbers from 0 up to a value."""
    rough = top / 5
    power = 10.0 ** np.floor(np.log10(max(rough, 1e-3)))
    step = next(size * power for size in (1.0, 2.0, 5.0, 10.0) if size * power >= rough)
    return [float(value) for value in np.arange(0.0, top + 1e-9, step)]


def _grid(panel: Panel, values: list[float], form: str) -> Iterator[Mark]:
    ends = np.array([0.0, 1.0])
    for value in values:
        line = panel.at(ends, np.full(2, value))
        yield Path(line, "axis-strong" if value == 0 else "axis")
        yield Label(form.format(value), line[0] + np.array([-7.0, 4.0]), "text-soft", "end")


def _effort_marks(analysis: Analysis, panel: Panel) -> Iterator[Mark]:
    phase, effort = analysis.posed.phase, analysis.effort
    yield Label("effort: load over strength", np.array([0.0, panel.y - 9.0]), "text-soft")
    for value, said in ((0.0, "0"), (0.5, "50 %"), (1.0, "100 %")):
        line = panel.at(np.array([0.0, 1.0]), np.full(2, value))
        yield Path(line, {0.0: "axis-strong", 1.0: "limit"}.get(value, "axis"))
        yield Label(said, line[0] + np.array([-5.0, 4.0]), "text-soft", "end")
    for k in range(len(phase) - 1):
        piece = slice(k, k + 2)
        role = f"effort-{effort_level(float(effort[piece].mean())):02d}"
        yield Path(panel.area(phase[piece], np.zeros(2), effort[piece]), role, closed=True)
    low, _, high = analysis.spread.effort
    yield Path(panel.area(phase, low, high), "effort-area", closed=True)
    yield Path(panel.at(phase, effort), "effort-line")
    yield from _hardest(analysis, panel)


def _hardest(analysis: Analysis, panel: Panel) -> Iterator[Mark]:
    """A ring and a figure where effort peaks."""
    at = int(np.argmax(analysis.effort))
    peak = panel.at(analysis.posed.phase[at : at + 1], analysis.effort[at : at + 1])[0]
    yield Path(circle(peak, 4.0), "mark", closed=True)
    right = analysis.posed.phase[at] > 0.5
    beside = np.array([-9.0 if right else 9.0, -5.0 if peak[1] > panel.y + 18.0 else 14.0])
    said = f"hardest: {percent(float(analysis.effort[at]))}"
    yield Label(said, peak + beside, "text-key", "end" if right else "start")


def _axis_texts(panel: Panel) -> Iterator[Mark]:
    y = panel.y + panel.height + 16.0
    for share, said, anchor in AXIS:
        yield Label(said, np.array([panel.x + share * panel.width, y]), "text-soft", anchor)


def _thumbnails(analysis: Analysis, panel: Panel, bottom: float) -> Iterator[Mark]:
    """Small poses from the side under their place on the axis."""
    scenes = [thumbnail(analysis, index) for index in pose_indices(analysis.posed)]
    corners = [bounds(marks) for marks in scenes]
    low = np.min([corner[0] for corner in corners], axis=0)
    high = np.max([corner[1] for corner in corners], axis=0)
    scale = min((THUMB - 6.0) / (high - low)[1], 0.31 * panel.width / (high - low)[0])
    width = scale * (high - low)[0]
    for marks, share in zip(scenes, (0.0, 0.5, 1.0), strict=True):
        x = panel.x + share * (panel.width - width)
        yield from placed(marks, Placing(float(scale), (x - scale * low[0], bottom - 3.0 + scale * low[1])))


def figures_at(analysis: Analysis) -> list[tuple[str, int]]:
    """The poses whose figures are listed: start, middle, finish and, where it is another, the hardest."""
    start, middle, finish = pose_indices(analysis.posed)
    hardest = int(np.argmax(analysis.effort))
    named = [("start", start), ("middle", middle), ("finish", finish)]
    return named if hardest in (start, middle, finish) else [*named, ("hardest", hardest)]
