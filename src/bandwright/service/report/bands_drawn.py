"""Bands and cables between their real ends: thinner as they stretch, hanging and dashed when slack."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

from bandwright.loads import BandLoad, CableLoad, LoadForces, hands_of, place_m
from bandwright.loads.chest import hand_to_hand
from bandwright.loads.forces import SIDES_OF_HANDS
from bandwright.service.analysis import Analysis
from bandwright.service.report.drawing import Mark, Path
from bandwright.service.report.scene import Camera, Part

Array = NDArray[np.float64]

BAND_WIDTH: Final = 8.0
"""Width of an unstretched band in the picture; it thins as it stretches, as rubber of one volume does."""

SIDE_BY_SIDE_M: Final = 0.03
"""How far apart bands with the same ends are drawn [m]."""

IN_FRONT_M: Final = 0.4
"""Bands from hand to hand, or to a foot or knee, pass in front of the chest, whatever lies between their ends
[m]."""

SAG_POINTS: Final = 13
_EVEN: Final[Array] = np.linspace(0.0, 1.0, SAG_POINTS)


@dataclass(frozen=True, slots=True)
class Strand:
    """One line of a band at one pose: ends (2, 3) [m] and length over rest length [-]."""

    ends: Array
    stretch_ratio: float

    @property
    def slack(self) -> bool:
        """Whether it hangs without pull."""
        return self.stretch_ratio <= 1.0

    def line(self) -> Array:
        """The strand (n, 3) [m]: straight when taut, hanging by its spare length when slack."""
        if not self.slack:
            return self.ends
        distance = float(np.linalg.norm(self.ends[1] - self.ends[0]))
        rest = distance / max(self.stretch_ratio, 0.2)
        sag = brentq(lambda depth: _length(self._hung(depth)) - rest, 0.0, rest)
        hung = self._hung(sag)
        hung[:, 2] = np.maximum(hung[:, 2], np.minimum(np.interp(_EVEN, [0.0, 1.0], self.ends[:, 2]), 0.01))
        return hung

    def _hung(self, depth: float) -> Array:
        """A parabola between the ends that hangs so far below their line at its middle."""
        share = _EVEN[:, None]
        straight = self.ends[0] + share * (self.ends[1] - self.ends[0])
        return np.asarray(straight - 4.0 * depth * share * (1.0 - share) * np.array([0.0, 0.0, 1.0]))


def _length(line: Array) -> float:
    return float(np.linalg.norm(np.diff(line, axis=0), axis=1).sum())


def strands(load: BandLoad, force: LoadForces, analysis: Analysis, index: int) -> list[Strand]:
    """The lines one band load takes at one pose."""
    found = []
    for start, end in _band_ends(load, analysis, index):
        ends = np.array([start[index], end[index]])
        if force.band is None:
            ratio = 1.0
        elif load.to == "wrists" or load.origin in SIDES_OF_HANDS:
            ratio = float(force.band.stretch_ratio[index])  # it also runs round a wrist or over the chest
        else:
            ratio = float(force.band.rigged.stretch_ratio(np.linalg.norm(ends[1] - ends[0])))
        found.append(Strand(ends, ratio))
    return found


def _band_ends(load: BandLoad, analysis: Analysis, index: int) -> Iterator[tuple[Array, Array]]:
    """Both ends over the repetition (K, 3) of each line a band takes at a pose."""
    posed = analysis.posed
    if load.to == "wrists":
        yield posed.points["wrist_l"], posed.points["wrist_r"]
    elif load.origin in SIDES_OF_HANDS:
        path, left, right = hand_to_hand(posed), posed.points["hand_l"], posed.points["hand_r"]
        if np.array_equal(path.next_l[index], right[index]):
            yield left, right
        else:
            yield left, path.next_l
            yield path.next_l, path.next_r
            yield path.next_r, right
    elif load.to.startswith(("foot", "feet", "knee")):
        place = "foot_r" if load.to == "feet" else load.to
        yield place_m(posed, load.origin, "r"), posed.points[place]
    else:
        for side in hands_of(load.to, posed):
            yield place_m(posed, load.origin, side), posed.arms[side].grip_path


def line_parts(analysis: Analysis, index: int, view: Camera) -> list[Part]:
    """Every band and cable as parts."""
    forces = {force.id: force for force in analysis.forces}
    drawn: dict[tuple[object, str], int] = {}
    found = []
    for load in analysis.setup.loads:
        if isinstance(load, BandLoad):
            before = drawn.get((load.origin, load.to), 0)
            drawn[load.origin, load.to] = before + load.count
            in_front = load.to.startswith(("foot", "feet", "knee")) or load.origin in SIDES_OF_HANDS
            for strand in strands(load, forces[load.id], analysis, index):
                near = view.near(strand.ends) - (IN_FRONT_M if in_front else 0.0)
                found += [_strand_part(strand, view, near, before + copy) for copy in range(load.count)]
        elif isinstance(load, CableLoad):
            found += _cable_parts(load, analysis, index, view)
    return found


def _strand_part(strand: Strand, view: Camera, near: float, copy: int) -> Part:
    flat = view.flat(strand.line()) + np.array([SIDE_BY_SIDE_M * copy, 0.0])
    if strand.slack:
        return Part(near, (Path(flat, "band-slack"),))
    width = BAND_WIDTH / np.sqrt(strand.stretch_ratio)
    marks: tuple[Mark, ...] = (Path(flat, "band", width=float(width)), Path(flat, "band-fleck"))
    return Part(near, marks)


def _cable_parts(load: CableLoad, analysis: Analysis, index: int, view: Camera) -> list[Part]:
    posed = analysis.posed
    ends = [
        np.array([place_m(posed, load.origin, side)[index], posed.arms[side].grip_path[index]])
        for side in hands_of(load.to, posed)
    ]
    return [Part(view.near(line), (Path(view.flat(line), "wire"),)) for line in ends]
