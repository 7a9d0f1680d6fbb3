"""A picture as data: filled outlines, lines and labels with roles, drawn alike by every writer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import ConvexHull

Array = NDArray[np.float64]
Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Path:
    """Points (n, 2), joined; closed ones are filled. `width` replaces the role's own line width."""

    points: Array
    role: str
    closed: bool = False
    width: float | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """Closed outlines (n, 2) that are one thing: rimmed together, then filled together, so no seam shows."""

    outlines: tuple[Array, ...]
    role: str


@dataclass(frozen=True, slots=True)
class Label:
    """A text at a point (2,)."""

    text: str
    at: Array
    role: str
    anchor: Anchor = "start"


Mark = Path | Shape | Label


@dataclass(frozen=True, slots=True)
class Drawing:
    """Marks on a sheet of `width` by `height`, origin at the top left, y down; later marks lie on top."""

    width: float
    height: float
    marks: tuple[Mark, ...]
    title: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Placing:
    """Where and how large: point on the sheet = offset + scale · point, with y turned downward by `flip`."""

    scale: float
    offset: tuple[float, float]
    flip: bool = True

    def point(self, points: Array) -> Array:
        """Points (…, 2) on the sheet."""
        signs = np.array([1.0, -1.0 if self.flip else 1.0])
        return np.asarray(np.asarray(points) * signs * self.scale + np.array(self.offset))


def placed(marks: Iterable[Mark], placing: Placing) -> tuple[Mark, ...]:
    """The marks on a sheet; line widths and type sizes stay as they are."""
    return tuple(_placed(mark, placing) for mark in marks)


def _placed(mark: Mark, placing: Placing) -> Mark:
    if isinstance(mark, Path):
        return replace(mark, points=placing.point(mark.points))
    if isinstance(mark, Shape):
        return replace(mark, outlines=tuple(placing.point(outline) for outline in mark.outlines))
    return replace(mark, at=placing.point(mark.at))


def shifted(drawing: Drawing, x: float, y: float) -> tuple[Mark, ...]:
    """A drawing's marks moved, to be put on a larger sheet."""
    return placed(drawing.marks, Placing(1.0, (x, y), flip=False))


def bounds(marks: Iterable[Mark]) -> tuple[Array, Array]:
    """Lowest and highest corner (2,) of everything drawn; of a label, its anchor."""
    points = np.concatenate([_points(mark) for mark in marks])
    return points.min(axis=0), points.max(axis=0)


def _points(mark: Mark) -> Array:
    if isinstance(mark, Path):
        return mark.points
    return np.concatenate(mark.outlines) if isinstance(mark, Shape) else mark.at[None, :]


def hull(points: Array) -> Array:
    """Convex outline (m, 2) of points (n, 2), counter-clockwise."""
    return np.asarray(points[ConvexHull(points).vertices])


CIRCLE_POINTS: Final = 26
_TURN = np.linspace(0.0, 2.0 * np.pi, CIRCLE_POINTS, endpoint=False)
UNIT_CIRCLE: Final[Array] = np.column_stack([np.cos(_TURN), np.sin(_TURN)])


def circle(centre: Array, radius: float) -> Array:
    """Outline (26, 2) of a circle."""
    return np.asarray(centre + radius * UNIT_CIRCLE)
