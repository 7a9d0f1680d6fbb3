"""Drawn forces on the hands: bands as they might be, pulling at hands where they might be."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bandwright.body import Side
from bandwright.curves.spread.bands import drawn_loads, strand_shares
from bandwright.curves.spread.causes import Deviates
from bandwright.curves.spread.variants import Variants, every, over_phase
from bandwright.loads import Load, LoadForces, load_forces
from bandwright.movements import PosedRepetition
from bandwright.numerics.compiled import exactly_compiled

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class LoadShifts:
    """How each load changes with each of V variants: the way its strands span, relatively (V, K) [-], and the
    direction it pulls each hand in (V, K, 3) [-].
    """

    span: Mapping[str, Array]
    direction: Mapping[tuple[str, Side], Array]


def load_shifts(
    loads: Sequence[Load], forces: Sequence[LoadForces], posed: PosedRepetition, variants: Variants
) -> LoadShifts:
    """How loads, whose nominal forces are given, change with body and movement."""
    span: dict[str, Array] = {}
    direction: dict[tuple[str, Side], Array] = {}
    if not variants.each:
        return LoadShifts(span, direction)
    step, phase = every(len(posed.phase)), posed.phase
    moved = [load_forces(tuple(loads), one.posed) for one in variants.each]
    for index, one in enumerate(forces):
        others = [variant[index] for variant in moved]
        if one.band is not None:
            ratios = np.array([other.band.stretch_ratio for other in others if other.band is not None])
            span[one.id] = over_phase(ratios / one.band.stretch_ratio[::step] - 1.0, phase)
        for side, way in one.direction.items():
            change = np.array([other.direction[side] for other in others]) - way[::step]
            if np.any(change):
                direction[one.id, side] = over_phase(change, phase)
    return LoadShifts(span, direction)


def drawn_forces(
    loads: Sequence[Load],
    forces: Sequence[LoadForces],
    posed: PosedRepetition,
    deviates: Deviates,
    moves: tuple[LoadShifts, Array],
) -> tuple[LoadForces, ...]:
    """Forces (D, K, 3) of every load in every draw.

    Args:
        loads: the nominal loads.
        forces: their forces (K, 3).
        posed: the nominal repetition.
        deviates: the random numbers.
        moves: how loads change with body and movement, and by how many steps each draw does (D, V).
    """
    shifts, steps = moves
    level = np.ones((len(steps), len(posed.phase)))
    spans = {load.id: level for load in loads}
    spans |= {name: level + np.tensordot(steps, change, 1) for name, change in shifts.span.items()}
    drawn = drawn_loads(loads, strand_shares(loads, posed, forces), deviates.of("band"), spans)
    return tuple(_turned(one, shifts, steps) for one in load_forces(drawn, posed))


def _turned(one: LoadForces, shifts: LoadShifts, steps: Array) -> LoadForces:
    """The load's forces in the directions that each draw has."""
    force, direction = dict(one.force), dict(one.direction)
    for (name, side), change in shifts.direction.items():
        if name == one.id:
            shape = (len(steps), *change.shape[1:])
            turned = np.empty(shape), np.empty(shape)
            pull = np.broadcast_to(force[side], shape)
            _turn(pull, np.ascontiguousarray(direction[side]), change, steps, turned)
            force[side], direction[side] = turned
    return replace(one, force=force, direction=direction)


@exactly_compiled
def _turn(force: Array, way: Array, change: Array, steps: Array, turned: tuple[Array, Array]) -> None:
    """Set forces (D, K, 3) of the same sizes along ways (D, K, 3), both changed by steps (D, V) from (K, 3)."""
    for d in range(steps.shape[0]):
        for k in range(way.shape[0]):
            x, y, z = way[k]
            size = force[d, k, 0] * x + force[d, k, 1] * y + force[d, k, 2] * z
            for v in range(steps.shape[1]):
                x += steps[d, v] * change[v, k, 0]
                y += steps[d, v] * change[v, k, 1]
                z += steps[d, v] * change[v, k, 2]
            one = 1.0 / math.sqrt(x * x + y * y + z * z)
            x, y, z = one * x, one * y, one * z
            turned[0][d, k, 0], turned[0][d, k, 1], turned[0][d, k, 2] = size * x, size * y, size * z
            turned[1][d, k, 0], turned[1][d, k, 1], turned[1][d, k, 2] = x, y, z
