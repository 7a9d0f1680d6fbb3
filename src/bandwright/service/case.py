"""A set-up on its way to an analysis: all that is known before any muscle is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bandwright.bands.limits import OVERSTRETCHED, stretch_problems
from bandwright.body import Side
from bandwright.catalogue.setup import SetUp
from bandwright.curves import Holder
from bandwright.curves.fit_strength import FittedHolder
from bandwright.errors import InfeasibleError, Problem
from bandwright.loads import BandLoad, LoadForces, load_forces
from bandwright.movements import PosedRepetition
from bandwright.service.bodies import holder_of, posed_of

Array = NDArray[np.float64]

SAME_AT_LEAST: Final = 1e-9
"""Places [m] and forces [N] that differ by no more are the same."""

SAME_SHARE: Final = 1e-5
"""So are those that differ by no more than this share (convention) [-]."""

ACROSS = np.array([1.0, -1.0, 1.0])
"""Reflection across the sagittal plane in world axes."""


@dataclass(frozen=True, slots=True)
class Case:
    """A set-up made ready to be solved: posed, with its forces, the arms to solve, and who holds them."""

    setup: SetUp
    posed: PosedRepetition
    forces: tuple[LoadForces, ...]
    limits: tuple[Problem, ...]
    """Warnings about stretch."""
    sides: tuple[Side, ...]
    """Of two arms that mirror each other, one."""
    held_by: Holder
    holder: FittedHolder | None
    """The same with own strengths, where they have been fitted."""


def case_of(setup: SetUp, holder: FittedHolder | None = None) -> Case:
    """A set-up made ready to be solved.

    Raises:
        InputError: the loads make no sense on this body.
        InfeasibleError: a band would be stretched beyond its limit.
        ModelError: the body cannot take up the movement.
    """
    lift_s = setup.tempo.lift_s if setup.tempo else None
    posed = posed_of(setup.exercise.movement, setup.person, setup.side, lift_s)
    forces = load_forces(setup.loads, posed)
    limits = _stretch_limits(setup, forces)
    held_by = holder.holder if holder else holder_of(setup.person)
    return Case(setup, posed, forces, limits, _sides(posed, forces), held_by, holder)


def _stretch_limits(setup: SetUp, forces: Sequence[LoadForces]) -> tuple[Problem, ...]:
    """Warnings about stretch; refusal when a band would go beyond its limit."""
    bands = {load.id: load.band for load in setup.loads if isinstance(load, BandLoad)}
    found: list[Problem] = []
    for force in forces:
        if force.band is not None:
            found += stretch_problems(float(force.band.stretch_ratio.max()), bands[force.id])
    refused = [problem for problem in found if problem.code == OVERSTRETCHED]
    if refused:
        raise InfeasibleError(*refused)
    return tuple(found)


def _sides(posed: PosedRepetition, forces: Sequence[LoadForces]) -> tuple[Side, ...]:
    sides = posed.working
    return sides[:1] if len(sides) > 1 and _mirrored(posed, forces) else sides


def _mirrored(posed: PosedRepetition, forces: Sequence[LoadForces]) -> bool:
    """Whether left and right are mirror images in path and load."""
    if not _alike(posed.arms["r"].grip_path, posed.arms["l"].grip_path * ACROSS):
        return False
    return all(
        set(force.force) in (set(), {"r", "l"})
        and (not force.force or _alike(force.force["r"], force.force["l"] * ACROSS))
        for force in forces
    )


def _alike(one: Array, other: Array) -> bool:
    """Whether arrays are the same but for rounding; as `np.allclose`, which takes five times as long."""
    return bool((np.abs(one - other) <= SAME_AT_LEAST + SAME_SHARE * np.abs(other)).all())
