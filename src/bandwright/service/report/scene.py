"""From the room to the sheet: a camera, and solids whose outlines it sees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bandwright.service.report.drawing import Mark, Shape, circle, hull

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Camera:
    """An orthographic view from `toward` (3,), a unit vector from the scene to the eye."""

    right: Array
    up: Array
    toward: Array

    def flat(self, points: Array) -> Array:
        """Points (…, 3) in the picture plane (…, 2), x right and y up [m]."""
        return np.asarray(np.stack([points @ self.right, points @ self.up], axis=-1))

    def near(self, point: Array) -> float:
        """How near a point is to the eye [m]; larger is nearer."""
        return float(np.asarray(point).reshape(-1, 3).mean(axis=0) @ self.toward)


def camera(toward: Sequence[float]) -> Camera:
    """The camera that looks from a direction, upright."""
    eye = np.asarray(toward, dtype=np.float64)
    eye = eye / np.linalg.norm(eye)
    right = np.cross(np.array([0.0, 0.0, 1.0]), eye)
    right = right / np.linalg.norm(right)
    return Camera(right, np.cross(eye, right), eye)


LIGHT: Final = 0.22
"""How far the lit part lies off the middle, as a share of the radius: drawing only."""

LIT_SHARE: Final = 0.52


def _light(view: Camera) -> Array:
    """The way the light comes from: above and left of the reader."""
    return np.asarray((view.up - 0.8 * view.right) / np.hypot(1.0, 0.8))


SIDE_VIEW: Final = camera((0.0, -1.0, 0.02))
"""From the person's right: the figure faces right."""


@dataclass(frozen=True, slots=True)
class Solid:
    """A rounded body: balls (n, 3) with radii (n,), each joined to the next."""

    centres: Array
    radii: Array

    def outlines(self, view: Camera) -> list[Array]:
        """Outlines of the pieces between neighbouring balls."""
        flat = view.flat(self.centres)
        rounds = [circle(at, radius) for at, radius in zip(flat, self.radii, strict=True)]
        if len(rounds) == 1:
            return rounds
        return [hull(np.concatenate(pair)) for pair in pairwise(rounds)]

    def lit(self, view: Camera) -> Solid:
        """The part of it that the light falls on."""
        return Solid(self.centres + LIGHT * self.radii[:, None] * _light(view), LIT_SHARE * self.radii)


@dataclass(frozen=True, slots=True)
class Shell:
    """A body of closed rings (m, n, 3), each joined to the next."""

    rings: Array

    def outlines(self, view: Camera) -> list[Array]:
        """Outlines of the pieces between neighbouring rings."""
        flat = view.flat(self.rings)
        return [hull(np.concatenate(pair)) for pair in pairwise(flat)]

    def lit(self, view: Camera) -> Shell:
        """The part of it that the light falls on."""
        middle = self.rings.mean(axis=1, keepdims=True)
        out = self.rings - middle
        size = np.linalg.norm(out, axis=2).mean(axis=1)[:, None, None]
        along = np.linspace(-1.0, 1.0, len(self.rings))[:, None, None]
        taper = np.sqrt(np.maximum(1.0 - along**2, 0.0))
        return Shell(middle + LIT_SHARE * taper * out + LIGHT * size * _light(view))


@dataclass(frozen=True, slots=True)
class Part:
    """Something to draw at a distance from the eye; parts are drawn from far to near."""

    near: float
    marks: tuple[Mark, ...]


def body_part(
    solids: Sequence[Solid | Shell], view: Camera, near: float, unlit: Sequence[Solid] = ()
) -> Part:
    """One silhouette of solids that belong together, with a softly lit middle."""
    outlines = tuple(outline for solid in (*unlit, *solids) for outline in solid.outlines(view))
    lit = tuple(outline for solid in solids for outline in solid.lit(view).outlines(view))
    return Part(near, (Shape(outlines, "skin"), Shape(lit, "skin-lit")))


def in_order(parts: Sequence[Part]) -> tuple[Mark, ...]:
    """Marks of all parts from far to near."""
    return tuple(mark for part in sorted(parts, key=lambda one: one.near) for mark in part.marks)


def ribbon(line: Array, half_width: Array) -> Array:
    """Outline (2 n, 2) of a flat line (n, 2) with a half width at each point (n,)."""
    along = np.gradient(line, axis=0)
    length = np.maximum(np.linalg.norm(along, axis=1, keepdims=True), 1e-9)
    across = np.column_stack([-along[:, 1], along[:, 0]]) / length * half_width[:, None]
    return np.concatenate([line + across, (line - across)[::-1]])
