"""Muscle paths over two surfaces against taut strings of many points, which know nothing of the solver's geometry.

A string's points are drawn toward the middle of their neighbours and pushed out of both surfaces until they rest.
Between its points it cuts across a curve of radius r: pieces of length h make it short by (h/r)^2/24 of what lies on
the surface, here at most 0.01 mm on 60 mm of thorax and on 30 mm of the smallest curve. Strings that start elsewhere
may rest on the other side of a one-sided cylinder, where the muscle must not pass; those are left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pytest

from bandwright.body import UNSCALED, BodyModel, Person, Proportions, TrunkPose
from bandwright.body.anatomy import WrapSurface
from bandwright.body.rotations import from_euler_xyz
from bandwright.catalogue.anatomy import load_anatomy, load_ratios
from bandwright.catalogue.exercises import find_exercise
from bandwright.movements.interpolation import interpolate
from bandwright.movements.targets import reach, right_arm

Array = np.ndarray[Any, np.dtype[np.float64]]

POINTS: Final = 160
SHORT_M: Final = 0.01e-3
"""How much shorter a string of this many points may be than the curve it stands for."""
COARSE_M: Final = 0.1e-3
"""The same of the solver's own strings, with pieces five times as long."""
SLACK_M: Final = 0.001e-3
"""How much longer than at rest a string may be left."""
SWEEPS: Final = 900
STARTS: Final = 12
PHASES: Final = 11

CASES: Final = (
    ("infraspinatus_lower", "bent-over-dumbbell-row", 4),
    ("infraspinatus_lower", "straight-arm-pulldown", 8),
    ("infraspinatus_upper", "cable-row", 3),
    ("infraspinatus_upper", "band-external-rotation", 8),
    ("subscapularis_upper", "pull-up", 3),
    ("subscapularis_upper", "reverse-band-fly", 8),
    ("subscapularis_middle", "pull-up", 3),
    ("subscapularis_middle", "face-pull", 9),
    ("subscapularis_lower", "chin-up", 4),
    ("supraspinatus_anterior", "pull-up", 5),
    ("teres_major", "face-pull", 5),
)


@dataclass(frozen=True, slots=True)
class Solid:
    """A surface in the world: axes (3, 3), origin (3,) and radii (3,) [m]; whether muscles must pass one side."""

    axes: Array
    origin: Array
    radii: Array
    one_sided: bool

    def outside(self, points: Array) -> Array:
        """The points (..., 3), those below the surface moved onto it along its normal."""
        local = (points - self.origin) @ self.axes
        scale = self.radii**-2.0
        for _ in range(3):
            slope = local * scale
            depth = np.maximum(0.0, 1.0 - (local * slope).sum(axis=-1))
            local = local + (0.5 * depth / (slope**2).sum(axis=-1))[..., None] * slope
        return np.asarray(self.origin + local @ self.axes.T)

    def winding(self, points: Array) -> Array:
        """How far strings (..., m, 3) turn about the z axis [rad]."""
        local = (points - self.origin) @ self.axes
        return np.asarray(np.diff(np.unwrap(np.arctan2(local[..., 1], local[..., 0]), axis=-1)).sum(axis=-1))


@pytest.fixture(scope="module")
def body() -> BodyModel:
    """The body at the size of the source subject."""
    person = Person("male", 1.75, 75.0)
    return BodyModel(load_anatomy(), Proportions(person, UNSCALED, load_ratios(person)))


def _solid(body: BodyModel, surface: WrapSurface) -> Solid:
    turn, origin = body.bone("thorax" if surface.bone == "thorax" else f"{surface.bone}_r")
    scale = body.sizes.scale.of(surface.bone)
    size = surface.size_m * scale
    radii = {
        "ellipsoid": size,
        "sphere": np.repeat(size[0], 3),
        "cylinder": np.array([size[0], size[0], 1e3]),
    }
    return Solid(
        turn @ from_euler_xyz(surface.euler_rad),
        origin + turn @ (surface.position_m * scale),
        radii[surface.shape],
        surface.one_sided,
    )


def _place(body: BodyModel, name: str, index: int) -> None:
    movement = find_exercise(name).movement
    arm = right_arm(body, reach(body, interpolate(movement.keyframes, PHASES), movement.hand_target))
    body.place(TrunkPose((0.0, 1.0), 0.0, 0.0), {"r": arm}, index)


def _drawn_taut(strings: Array, solids: list[Solid]) -> Array:
    """Strings (s, m, 3) with fixed ends at rest outside the solids: over-relaxed at first, so that waves travel."""
    strings = strings.copy()
    eager = 2.0 / (1.0 + np.sin(np.pi / strings.shape[1]))
    for sweep in range(SWEEPS):
        share = eager if sweep < 0.75 * SWEEPS else 1.0
        for first in (1, 2):
            own = slice(first, -1, 2)
            before, after = strings[:, first - 1 : -2 : 2], strings[:, first + 1 :: 2]
            moved = strings[:, own] + share * (0.5 * (before + after) - strings[:, own])
            for _ in range(2):
                for solid in solids:
                    moved = solid.outside(moved)
            strings[:, own] = moved
    return strings


def _starts(line: Array, solids: list[Solid]) -> Array:
    """The solver's own path (m, 3), and others (s, m, 3) bowed by 40 mm in random directions."""
    generator = np.random.default_rng(7)
    even = np.linspace(0.0, 1.0, POINTS)[:, None]
    bump = np.sin(np.pi * even) ** 2
    found = [line]
    for _ in range(STARTS - 1):
        way = generator.normal(size=3)
        found.append(line + 0.04 * bump * way / np.linalg.norm(way))
    strings = np.array(found)
    for solid in solids:
        strings[:, 1:-1] = solid.outside(strings[:, 1:-1])
    return strings


def _length(strings: Array) -> Array:
    return np.asarray(np.linalg.norm(np.diff(strings, axis=-2), axis=-1).sum(axis=-1))


def _compare(body: BodyModel, muscle: str) -> tuple[float, Array, Array]:
    """The solver's length, that of the string drawn from its path, and of all strings on its side (k,) [m]."""
    number = next(i for i, m in enumerate(body.anatomy.muscles) if m.id == muscle)
    found = body.paths.along([body.paths.pose()], "r", POINTS)
    length, line = float(found.lengths[0, number]), found.lines[0, number]
    solids = [_solid(body, body.anatomy.wrap_surfaces[name]) for name in body.anatomy.muscles[number].wraps]
    strings = _drawn_taut(_starts(line, solids), solids)
    allowed = np.ones(len(strings), dtype=bool)
    for solid in solids:
        if solid.one_sided:
            allowed &= np.abs(solid.winding(strings) - solid.winding(line)) < 0.1
    lengths = _length(strings)
    return length, lengths[0], lengths[allowed]


@pytest.mark.parametrize(("muscle", "exercise", "index"), CASES)
def test_a_path_over_two_surfaces_is_a_taut_string(
    body: BodyModel, muscle: str, exercise: str, index: int
) -> None:
    """The string that starts on the path stays as long, and no string on its side comes to rest shorter."""
    _place(body, exercise, index)
    length, own, others = _compare(body, muscle)
    assert -SHORT_M <= own - length <= SLACK_M
    assert len(others) >= STARTS // 2
    assert others.min() >= length - SHORT_M


@pytest.mark.parametrize("index", [0, 1])
@pytest.mark.parametrize("muscle", ["subscapularis_upper", "subscapularis_middle", "subscapularis_lower"])
def test_at_the_top_of_the_chin_up_a_path_is_a_coarser_string(
    body: BodyModel, muscle: str, index: int
) -> None:
    """Its insertion lies behind the head there: the path, of fewer points, is the shortest way past both surfaces."""
    _place(body, "chin-up", index)
    length, own, others = _compare(body, muscle)
    assert abs(own - length) <= COARSE_M
    assert len(others) >= 1
    assert others.min() >= length - COARSE_M
