"""The figure at one pose, and the three poses side by side."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from bandwright.movements import PosedRepetition
from bandwright.service.analysis import Analysis
from bandwright.service.report.arrows import force_arrows
from bandwright.service.report.bands_drawn import line_parts
from bandwright.service.report.drawing import Drawing, Label, Mark, Path, Placing, Shape, bounds, placed
from bandwright.service.report.gear import floor_part, gear_parts
from bandwright.service.report.mannequin import Mannequin
from bandwright.service.report.muscles import muscle_parts
from bandwright.service.report.scene import SIDE_VIEW, Camera, Part, camera, in_order
from bandwright.service.report.words import kilograms

Array = NDArray[np.float64]

PLACES: Final = ("start", "middle", "finish")

POSE_SIZE: Final = (380.0, 400.0)
"""Largest width and height of one pose's picture."""

MARGIN_M: Final = 0.06


def pose_indices(posed: PosedRepetition) -> tuple[int, int, int]:
    """First, middle and last pose."""
    last = len(posed.phase) - 1
    return 0, last // 2, last


def back_view(posed: PosedRepetition) -> Camera:
    """A three-quarter back view from the working side, so that the muscles at work are seen.

    The steeper the trunk leans, the more it looks from above, since that is where the back faces.
    """
    lean = float(np.mean(posed.path.trunk_inclination))
    back = np.array([-np.cos(lean), 0.0, np.sin(lean)])
    aside = np.array([0.0, -1.0 if "r" in posed.working else 1.0, 0.0])
    upright = np.array([0.0, 0.0, 0.16])
    return camera(0.70 * aside + 0.70 * back + upright)


def draw_poses(analysis: Analysis, view: Camera | None = None) -> tuple[Drawing, ...]:
    """The figure at start, middle and finish, all at one scale and on one ground line."""
    view = view or back_view(analysis.posed)
    indices = pose_indices(analysis.posed)
    scenes = [pose_marks(analysis, index, view) for index in indices]
    corners = [bounds(marks) for marks in scenes]
    low = np.min([corner[0] for corner in corners], axis=0) - MARGIN_M
    high = np.max([corner[1] for corner in corners], axis=0) + MARGIN_M
    scale = float(min(POSE_SIZE[0] / (high - low)[0], POSE_SIZE[1] / (high - low)[1]))
    height = float((high - low)[1] * scale)
    placing = Placing(scale, (-float(low[0]) * scale, float(high[1]) * scale))
    sheets = [placed(marks, placing) for marks in scenes]
    width = max(float((high - low)[0] * scale), *(_right_end(marks) for marks in sheets))
    return tuple(
        Drawing(
            width,
            height,
            marks,
            title=f"{analysis.setup.exercise.name}, {place}",
            description=pose_sentence(analysis, index),
        )
        for marks, place, index in zip(sheets, PLACES, indices, strict=True)
    )


LETTER: Final = 9.0
"""Mean width of a bold letter of the arrow's label in picture units."""


def _right_end(marks: tuple[Mark, ...]) -> float:
    """Where the rightmost label ends."""
    ends = [
        mark.at[0] + LETTER * len(mark.text) / (2 if mark.anchor == "middle" else 1)
        for mark in marks
        if isinstance(mark, Label)
    ]
    return max(map(float, ends), default=0.0)


def pose_sentence(analysis: Analysis, index: int) -> str:
    """What a pose shows, in words."""
    load, strength = analysis.working.load_n[index], analysis.strength_n[index]
    return (
        f"Load {kilograms(load)} in the hand, where you can hold {kilograms(strength)}; "
        f"effort {100 * analysis.effort[index]:.0f} %."
    )


def pose_marks(analysis: Analysis, index: int, view: Camera) -> tuple[Mark, ...]:
    """One pose in picture metres: floor, body, muscles, gear, bands and the forces on the hands."""
    figure = Mannequin(analysis.posed, index)
    stills = [Mannequin(analysis.posed, k) for k in pose_indices(analysis.posed)]
    body = figure.parts(view)
    parts: list[Part] = [
        floor_part(analysis, stills, view),
        *body.values(),
        figure.bones(view),
        *muscle_parts(analysis, figure, view, body),
        *gear_parts(analysis, figure, view),
        *line_parts(analysis, index, view),
    ]
    arrows = force_arrows(analysis, index, view)
    return (*in_order([*parts, *arrows[1:]]), *in_order(arrows[:1]))


CLOSE_UP_WIDTH: Final = 360.0


def draw_close_up(analysis: Analysis) -> Drawing:
    """The upper body from behind, where effort is greatest."""
    index = int(np.argmax(analysis.effort))
    view = _behind_view(analysis.posed, index)
    figure = Mannequin(analysis.posed, index)
    body = figure.parts(view)
    shown = [body[name] for name in ("torso", "arm_r", "arm_l")]
    parts = [*shown, figure.bones(view), *muscle_parts(analysis, figure, view, body)]
    low, high = bounds([mark for part in shown for mark in part.marks])
    low, high = low - MARGIN_M / 2, high + MARGIN_M / 2
    scale = CLOSE_UP_WIDTH / float((high - low).max())
    placing = Placing(scale, (-float(low[0]) * scale, float(high[1]) * scale))
    where = f"{100 * analysis.posed.phase[index]:.0f} % of the way"
    width, height = (high - low) * scale
    return Drawing(
        float(width),
        float(height),
        placed(in_order(parts), placing),
        title=f"Muscles at work, {where}",
        description="The upper body from behind; darker muscles work harder. The table has the figures.",
    )


def _behind_view(posed: PosedRepetition, index: int) -> Camera:
    """From behind the back, a little to the working side."""
    lean = float(posed.path.trunk_inclination[index])
    back = np.array([-np.cos(lean), 0.0, np.sin(lean)])
    aside = np.array([0.0, -1.0 if "r" in posed.working else 1.0, 0.0])
    return camera(0.42 * aside + 0.9 * back + np.array([0.0, 0.0, 0.1]))


def thumbnail(analysis: Analysis, index: int) -> tuple[Mark, ...]:
    """A small side view of one pose in picture metres: silhouette and bands."""
    figure = Mannequin(analysis.posed, index)
    parts = figure.parts(SIDE_VIEW)
    marks: list[Mark] = [
        Shape(mark.outlines, "thumb")
        for part in parts.values()
        for mark in part.marks
        if isinstance(mark, Shape) and mark.role == "skin"
    ]
    for part in line_parts(analysis, index, SIDE_VIEW):
        lines = [mark for mark in part.marks if isinstance(mark, Path) and mark.role != "band-fleck"]
        marks += [Path(line.points, "thumb-band", width=1.6) for line in lines]
    return tuple(marks)
