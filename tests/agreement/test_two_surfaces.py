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
NEAR_M: Final = 0.002e-3
"""How near the limit of ever finer strings a path comes, taken from strings of `POINTS` and twice as many."""
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


def _drawn_taut(strings: Array, solids: list[Solid], sweeps: int = SWEEPS) -> Array:
    """Strings (s, m, 3) with fixed ends at rest outside the solids: over-relaxed at first, so that waves travel."""
    strings = strings.copy()
    eager = 2.0 / (1.0 + np.sin(np.pi / strings.shape[1]))
    for sweep in range(sweeps):
        share = eager if sweep < 0.75 * sweeps else 1.0
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


def _found(body: BodyModel, muscle: str, points: int) -> tuple[float, Array, list[Solid]]:
    """The solver's length [m], its path (points, 3) and the muscle's surfaces."""
    number = next(i for i, m in enumerate(body.anatomy.muscles) if m.id == muscle)
    found = body.paths.along([body.paths.pose()], "r", points)
    solids = [_solid(body, body.anatomy.wrap_surfaces[name]) for name in body.anatomy.muscles[number].wraps]
    return float(found.lengths[0, number]), found.lines[0, number], solids


def _compare(body: BodyModel, muscle: str) -> tuple[float, Array, Array]:
    """The solver's length, that of the string drawn from its path, and strings (k, m, 3) that wind as it does [m]."""
    length, line, solids = _found(body, muscle, POINTS)
    strings = _drawn_taut(_starts(line, solids), solids)
    allowed = np.ones(len(strings), dtype=bool)
    for solid in solids:
        if solid.one_sided:
            allowed &= np.abs(solid.winding(strings) - solid.winding(line)) < 0.1
    return length, _length(strings)[0], strings[allowed]


@pytest.mark.parametrize(("muscle", "exercise", "index"), CASES)
def test_a_path_over_two_surfaces_is_a_taut_string(
    body: BodyModel, muscle: str, exercise: str, index: int
) -> None:
    """The string that starts on the path stays as long, and no string on its side comes to rest shorter."""
    _place(body, exercise, index)
    length, own, others = _compare(body, muscle)
    assert -SHORT_M <= own - length <= SLACK_M
    assert len(others) >= STARTS // 2
    assert _length(others).min() >= length - SHORT_M


HANGING = [
    (muscle, index)
    for muscle in ("subscapularis_upper", "subscapularis_middle", "subscapularis_lower")
    for index in (0, 1)
]


@pytest.mark.parametrize(("muscle", "index"), HANGING)
def test_a_path_in_the_crease_of_two_surfaces_is_the_limit_of_fine_strings(
    body: BodyModel, muscle: str, index: int
) -> None:
    """Hanging from the bar the insertion lies behind the head. Halved pieces leave a quarter of a string's error."""
    _place(body, "chin-up", index)
    lengths = []
    for points in (POINTS, 2 * POINTS):
        length, line, solids = _found(body, muscle, points)
        lengths.append(_length(_drawn_taut(line[None], solids, points // POINTS * SWEEPS))[0])
    assert abs(lengths[1] + (lengths[1] - lengths[0]) / 3.0 - length) <= NEAR_M


def _upper(strings: Array, solids: list[Solid]) -> Array:
    """Whether strings (s, m, 3) leave the cylinder on the upper side of the sphere, z < 0."""
    tube, ball = solids
    local = (strings - tube.origin) @ tube.axes
    on = np.hypot(local[..., 0], local[..., 1]) < 1.001 * tube.radii[0]
    last = on.shape[1] - 1 - on[:, ::-1].argmax(axis=1)
    leaves = local[np.arange(len(local)), last, 2]
    return np.asarray(leaves < ((ball.origin - tube.origin) @ tube.axes)[2])


@pytest.mark.parametrize(("muscle", "index"), HANGING[1:])
def test_no_string_on_the_upper_side_of_the_head_is_shorter(body: BodyModel, muscle: str, index: int) -> None:
    """Strings that start elsewhere rest on the path, or below the head, where the muscle cannot slip."""
    _place(body, "chin-up", index)
    _, own, others = _compare(body, muscle)
    _, line, solids = _found(body, muscle, POINTS)
    assert _upper(line[None], solids).all()
    above = _upper(others, solids)
    assert above.sum() >= 2
    assert _length(others[above]).min() >= own - SLACK_M
