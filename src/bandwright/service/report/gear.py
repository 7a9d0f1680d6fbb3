"""Weights, bars, benches and anchors, drawn simply where they really are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bandwright.body import SIDES, Side
from bandwright.loads import BandLoad, CableLoad, Point, WeightLoad, hands_of, place_m
from bandwright.movements.posture import BENCH_HEIGHT_M
from bandwright.service.analysis import Analysis
from bandwright.service.report.drawing import Path, circle, hull
from bandwright.service.report.mannequin import Mannequin
from bandwright.service.report.scene import Camera, Part, Solid

Array = NDArray[np.float64]

DOOR_M: Final = (0.82, 2.03)
"""Width and height of the door that an anchor hangs on: an ordinary leaf (convention) [m]."""

FLOOR_ANCHOR_M: Final = 0.3
"""An anchor below this is drawn as a ring on the floor [m]."""

HALF_BAR_M: Final = 0.62
BENCH_HALF_WIDTH_M: Final = 0.14
PAD_M: Final = 0.06

DOWN: Final[Array] = np.array([0.0, 0.0, -1.0])
ACROSS: Final[Array] = np.array([0.0, 1.0, 0.0])


def gear_parts(analysis: Analysis, figure: Mannequin, view: Camera) -> list[Part]:
    """Everything but bands, cables and the body."""
    posture = analysis.posed.movement.posture
    found = [*_weights(analysis, figure, view), *_anchors(analysis, view)]
    if posture == "hanging":
        found.append(_bar(figure, view))
    elif posture == "chest-supported":
        found += _sloped_bench(figure, view)
    elif posture == "bench-supported":
        found += _flat_bench(figure, view)
    return found


def anchors(analysis: Analysis) -> list[tuple[Array, str]]:
    """Fixed points (3,) [m] that loads are tied to, and whether a band or a cable."""
    return [
        (place_m(analysis.posed, load.origin, "r")[0], "cable" if isinstance(load, CableLoad) else "band")
        for load in analysis.setup.loads
        if isinstance(load, BandLoad | CableLoad) and isinstance(load.origin, Point)
    ]


def floor_part(analysis: Analysis, figures: list[Mannequin], view: Camera) -> Part:
    """The floor under the feet and the anchors, behind everything; none is shown to one who hangs."""
    if analysis.posed.movement.posture == "hanging":
        return Part(-1e9, ())
    spots = [np.array([0.0, 0.0, 0.0])]
    spots += [figure.leg_joints(side)[2] for figure in figures for side in SIDES]
    spots += [at for at, _ in anchors(analysis)]
    rings = [_disc(np.array([x, y, 0.0]), 0.42 if k == 0 else 0.25) for k, (x, y, _) in enumerate(spots)]
    return Part(-1e9, (Path(hull(view.flat(np.concatenate(rings))), "floor", closed=True),))


def _disc(centre: Array, radius: float) -> Array:
    flat = circle(centre[:2], radius)
    return np.column_stack([flat, np.full(len(flat), centre[2])])


def _solid(solid: Solid, view: Camera, role: str, near: float) -> Part:
    outline = hull(np.concatenate(solid.outlines(view)))
    return Part(near, (Path(outline, role, closed=True),))


def _box(corner: Array, edges: Array, view: Camera, role: str) -> Part:
    """A box from one corner (3,) along three edges (3, 3)."""
    steps = np.array([[a, b, c] for a in (0, 1) for b in (0, 1) for c in (0, 1)])
    corners = corner + steps @ edges
    return Part(view.near(corners), (Path(hull(view.flat(corners)), role, closed=True),))


def _weights(analysis: Analysis, figure: Mannequin, view: Camera) -> Iterator[Part]:
    for load in analysis.setup.loads:
        if not isinstance(load, WeightLoad):
            continue
        sides = hands_of(load.to, analysis.posed)
        if load.count < len(sides):
            middle = np.mean([figure.point(f"hand_{side}") for side in sides], axis=0)
            yield from _kettlebell(middle, load.mass_kg, view)
            continue
        for side in sides:
            if is_kettlebell(analysis, load):
                yield from _kettlebell(figure.point(f"hand_{side}"), load.mass_kg, view)
            else:
                yield from _dumbbell(figure, side, load.mass_kg, view)


def is_kettlebell(analysis: Analysis, load: WeightLoad) -> bool:
    """Whether a weight is drawn and named as a kettlebell."""
    named = "dumbbell" not in load.id and "kettlebell" in analysis.setup.exercise.gear
    return "kettlebell" in load.id or named


def _kettlebell(hand: Array, mass_kg: float, view: Camera) -> Iterator[Part]:
    radius = 0.085 * (mass_kg / 12.0) ** (1 / 3)
    ball = hand + (0.055 + radius) * DOWN
    near = view.near(ball)
    for sign in (-1.0, 1.0):
        side = sign * np.array([0.055, 0.0, 0.0])
        handle = np.array([hand + 0.6 * side, hand + side + 0.03 * DOWN, ball + 0.6 * side])
        yield Part(near - 1e-3, (Path(view.flat(handle), "gear-line"),))
    yield _solid(Solid(np.array([ball]), np.array([radius])), view, "gear", near)


def _dumbbell(figure: Mannequin, side: Side, mass_kg: float, view: Camera) -> Iterator[Part]:
    hand = figure.point(f"hand_{side}")
    along = handle_axis(figure, side)
    radius = 0.055 * (max(mass_kg, 1.0) / 10.0) ** (1 / 3)
    ends = [hand + sign * 0.075 * along for sign in (-1.0, 1.0)]
    yield Part(view.near(hand), (Path(view.flat(np.array(ends)), "gear-line"),))
    for end, sign in zip(ends, (-1.0, 1.0), strict=True):
        faces = np.array([end, end + sign * 0.055 * along])
        outline = hull(np.concatenate([view.flat(_wheel(at, along, radius)) for at in faces]))
        yield Part(view.near(faces), (Path(outline, "gear", closed=True),))


def _wheel(centre: Array, axis: Array, radius: float) -> Array:
    """A disc's edge (26, 3) square to an axis."""
    first = np.cross(axis, DOWN if abs(axis[2]) < 0.9 else ACROSS)
    first = first / np.linalg.norm(first)
    second = np.cross(axis, first)
    flat = circle(np.zeros(2), radius)
    return np.asarray(centre + flat[:, :1] * first + flat[:, 1:] * second)


def handle_axis(figure: Mannequin, side: Side) -> Array:
    """The way (3,) a handle lies in the fist: across for over- and underhand, fore and aft for neutral."""
    forearm = figure.point(f"hand_{side}") - figure.point(f"elbow_{side}")
    wanted = np.cross(forearm, ACROSS) if figure.posed.movement.grip == "neutral" else ACROSS
    along = wanted - (wanted @ forearm) / (forearm @ forearm) * forearm
    return np.asarray(along / np.linalg.norm(along))


def _bar(figure: Mannequin, view: Camera) -> Part:
    ends = bar_ends(figure)
    return Part(view.near(ends), (Path(view.flat(ends), "gear-line"),))


@dataclass(frozen=True, slots=True)
class Bench:
    """A pad as a box: one corner (3,), three edges (3, 3), and its legs from pad to floor (n, 2, 3) [m]."""

    corner: Array
    edges: Array
    legs: Array


def sloped_bench(figure: Mannequin) -> Bench:
    """A pad in front of belly and chest on two legs."""
    low, high = (
        figure.axis(level) + (figure.half_depth_m(0.85) + 0.02) * figure.forward for level in (0.12, 0.98)
    )
    edges = np.array([high - low, 2 * BENCH_HALF_WIDTH_M * ACROSS, PAD_M * figure.forward])
    legs = []
    for share in (0.15, 0.75):
        top = low + share * (high - low) + PAD_M * figure.forward
        legs.append([top, [top[0] + 0.12 * (share - 0.5), 0.0, 0.0]])
    return Bench(low - BENCH_HALF_WIDTH_M * ACROSS, edges, np.array(legs))


def flat_bench(figure: Mannequin) -> Bench:
    """A bench under the knee and hand of the side that does not work."""
    resting: Side = "l" if "r" in figure.posed.working else "r"
    _, knee, ankle, _ = figure.leg_joints(resting)
    hand = figure.point(f"hand_{resting}")
    middle = (knee[1] + hand[1]) / 2
    back, front = ankle[0] - 0.02, hand[0] + 0.15
    corner = np.array([back, middle - BENCH_HALF_WIDTH_M, BENCH_HEIGHT_M - PAD_M])
    edges = np.array([[front - back, 0, 0], [0, 2 * BENCH_HALF_WIDTH_M, 0], [0, 0, PAD_M]])
    legs = [[[x, middle, BENCH_HEIGHT_M - PAD_M], [x, middle, 0.0]] for x in (back + 0.15, front - 0.15)]
    return Bench(corner, edges, np.array(legs))


def bar_ends(figure: Mannequin) -> Array:
    """Both ends (2, 3) of the bar a person hangs from [m]."""
    middle = figure.point("bar")
    return np.array([middle - HALF_BAR_M * ACROSS, middle + HALF_BAR_M * ACROSS])


def _sloped_bench(figure: Mannequin, view: Camera) -> Iterator[Part]:
    bench = sloped_bench(figure)
    pad = _box(bench.corner, bench.edges, view, "gear")
    for leg in bench.legs:
        yield Part(pad.near - 0.02, (Path(view.flat(leg), "gear-line"),))
    yield Part(pad.near - 0.01, pad.marks)


def _flat_bench(figure: Mannequin, view: Camera) -> Iterator[Part]:
    bench = flat_bench(figure)
    pad = _box(bench.corner, bench.edges, view, "gear")
    for leg in bench.legs:
        yield Part(-1e8, (Path(view.flat(leg), "gear-line"),))
    yield Part(-1e7, pad.marks)


def _anchors(analysis: Analysis, view: Camera) -> Iterator[Part]:
    """Doors, poles and floor rings; anchors on one door share it."""
    doors: dict[tuple[int, bool], list[Array]] = {}
    for at, kind in anchors(analysis):
        ring = Path(circle(view.flat(at), 0.022), "anchor", closed=True)
        yield Part(view.near(at) + 0.5, (ring,))  # over the end of the band it holds
        if at[2] < FLOOR_ANCHOR_M:
            continue
        if kind == "cable":
            foot, top = at * [1, 1, 0], np.array([at[0], at[1], max(at[2] + 0.12, 1.2)])
            yield Part(view.near(at) - 0.02, (Path(view.flat(np.array([foot, top])), "gear-line"),))
        else:
            beside = abs(at[1]) > abs(at[0])
            doors.setdefault((round(100 * at[1 if beside else 0]), beside), []).append(at)
    for (_, beside), spots in doors.items():
        yield _door(np.mean(spots, axis=0), view, beside=beside)


def _door(at: Array, view: Camera, *, beside: bool) -> Part:
    """A door leaf just behind an anchor, square to the line from the person."""
    width, height = DOOR_M
    along = np.array([width, 0.0, 0.0]) if beside else np.array([0.0, width, 0.0])
    away = 0.02 * np.sign(at[1 if beside else 0]) * (ACROSS if beside else np.array([1.0, 0.0, 0.0]))
    foot = at * [1, 1, 0] + away - along / 2
    tall = np.array([0.0, 0.0, max(height, at[2] + 0.01)])
    corners = np.array([foot, foot + along, foot + along + tall, foot + tall])
    return Part(view.near(corners) - 0.05, (Path(view.flat(corners), "panel", closed=True),))
