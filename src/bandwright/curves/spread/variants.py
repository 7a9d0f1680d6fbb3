"""The same repetition on other bodies and with other scapular motion, and how everything shifts with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline

from bandwright.body import Side
from bandwright.body.strength import Strength
from bandwright.curves.arm import Holder
from bandwright.curves.spread.causes import FURTHEST, Cause, Deviates
from bandwright.mechanics import arm_equations
from bandwright.movements import PosedRepetition

Array = NDArray[np.float64]

Way = Literal["both", "up", "down"]

COARSE_PHASES: Final = 11
"""Phases at which variants are posed and draws are solved; between them differences from the nominal are smooth."""


@dataclass(frozen=True, slots=True)
class Variant:
    """The repetition one standard deviation away, at J of its K phases.

    `column` says which of the cause's deviates it belongs to; `way` whether it stands for both directions of that
    or only for what is above or below the middle.
    """

    cause: Cause
    column: int
    way: Way
    posed: PosedRepetition
    strength: Strength


@dataclass(frozen=True, slots=True)
class Variants:
    """All variants of a repetition. `base` is the nominal one at their phases, where subsampling would not do: with a
    tempo, speeds come from differences between poses.
    """

    each: tuple[Variant, ...]
    base: PosedRepetition | None = None


@dataclass(frozen=True, slots=True)
class ArmFigures:
    """What statics needs of one arm at J poses: leading axes (J,) of the nominal, (V, J) of shifts, (D, J) of draws.

    `limb_torque` and `passive_torque` (…, 8) [N·m] have to be held without load, and `room` (…, f) [N] is left in
    front of the glenoid facets then. A newton on the grip or wrist asks `by_grip` and `by_wrist` (…, 3, 8) [m]
    and pushes by `push_by_grip` and `push_by_wrist` (…, f, 3) [-] out through the facets. `force_n` and
    `passive_force_n` (…, n) [N] are the muscles'.
    """

    limb_torque: Array
    passive_torque: Array
    room: Array
    by_grip: Array
    by_wrist: Array
    push_by_grip: Array
    push_by_wrist: Array
    force_n: Array
    passive_force_n: Array


@dataclass(frozen=True, slots=True, eq=False)
class ArmShifts:
    """How one arm changes with each of V variants: rows (V, J, M, n) of its equations, its figures at J poses, and
    where its hand goes at all (V, K, 3) [m]. Equal only to itself.
    """

    rows: Array
    figures: ArmFigures
    way: Array

    def stronger(self, factor: Array) -> ArmShifts:
        """The same for somebody whose columns are stronger by a factor (n,)."""
        muscles = self.figures.force_n.shape[-1]
        figures = replace(self.figures, force_n=self.figures.force_n * factor[:muscles])
        return replace(self, rows=self.rows * factor, figures=figures)


@dataclass(frozen=True, slots=True)
class TrunkShifts:
    """How the moment at L5/S1 changes: `weight` (V, K) [N·m], `by_force[site]` (V, K, 3) [m]."""

    weight: Array
    by_force: Mapping[str, Array]


def steps_of(variants: Variants, deviates: Deviates) -> Array:
    """How many steps of each variant each draw is away (D, V) [-]."""
    steps = np.empty((len(deviates.values), len(variants.each)))
    for index, one in enumerate(variants.each):
        z = np.clip(deviates.of(one.cause)[:, one.column], -FURTHEST, FURTHEST)
        steps[:, index] = {"both": z, "up": np.maximum(z, 0.0), "down": np.maximum(-z, 0.0)}[one.way]
    return steps


def every(poses: int) -> int:
    """Every how many of the nominal poses the variants have one."""
    return (poses - 1) // (COARSE_PHASES - 1)


def over_phase(coarse: Array, phase: Array) -> Array:
    """Differences (V, J, …) at evenly spread phases, as smooth curves (V, K, …) over all."""
    weights = _smooth(coarse.shape[1], tuple(phase.tolist()))
    flat = coarse.reshape(*coarse.shape[:2], -1)
    smooth: Array = np.einsum("kj,vjr->vkr", weights, flat)
    return smooth.reshape(len(coarse), len(phase), *coarse.shape[2:])


@lru_cache(maxsize=8)
def _smooth(count: int, phase: tuple[float, ...]) -> Array:
    """What each of so many knots weighs in a cubic spline at each phase (K, J)."""
    return np.asarray(CubicSpline(np.linspace(0.0, 1.0, count), np.eye(count))(phase))


def arm_figures(
    posed: PosedRepetition, side: Side, strength: Strength, holder: Holder
) -> tuple[Array, ArmFigures]:
    """Rows (…, M, n) of one arm's equations and its figures, at every pose."""
    equations = arm_equations(posed, side, strength, holder.cone)
    arm, facets = posed.arms[side], holder.cone.facets
    still = equations.limb.head + equations.passive.head
    return np.concatenate([equations.moment, equations.cone], axis=1), ArmFigures(
        limb_torque=equations.limb.torque,
        passive_torque=equations.passive.torque,
        room=-still @ facets.T,
        by_grip=arm.grip_jacobian,
        by_wrist=arm.wrist_jacobian,
        push_by_grip=facets @ arm.head_force_by_grip,
        push_by_wrist=facets @ arm.head_force_by_wrist,
        force_n=equations.force_n,
        passive_force_n=equations.passive_force_n,
    )


def arm_shifts(posed: PosedRepetition, holder: Holder, variants: Variants, side: Side) -> ArmShifts:
    """How one arm's equations change with each variant."""
    base = variants.base or posed
    nominal = arm_figures(base, side, holder.strength, holder)
    found = [arm_figures(one.posed, side, one.strength, holder) for one in variants.each]
    figures = {
        field.name: _shift([getattr(one, field.name) for _, one in found], getattr(nominal[1], field.name))
        for field in fields(ArmFigures)
    }
    ways = [one.posed.hand_way(side) for one in variants.each]
    return ArmShifts(
        _shift([rows for rows, _ in found], nominal[0]),
        ArmFigures(**figures),
        over_phase(_shift(ways, base.hand_way(side)), posed.phase),
    )


def trunk_shifts(posed: PosedRepetition, variants: Variants) -> TrunkShifts:
    """How the moment at L5/S1 changes with each variant."""
    base, found = variants.base or posed, [one.posed for one in variants.each]
    by_force = {
        site: over_phase(_shift([one.lumbar_by_force[site] for one in found], nominal), posed.phase)
        for site, nominal in base.lumbar_by_force.items()
    }
    weight = _shift([one.lumbar_weight for one in found], base.lumbar_weight)
    return TrunkShifts(over_phase(weight, posed.phase), by_force)


def _shift(moved: Sequence[Array], nominal: Array) -> Array:
    """By how much more than nominally something is with each variant (V, J, …)."""
    coarse = nominal[:: every(len(nominal))]
    return np.array(moved) - coarse if moved else np.zeros((0, *coarse.shape))


def drawn_figures(base: ArmFigures, shifts: ArmFigures, steps: Array, *, on_wrist: bool) -> ArmFigures:
    """Figures of each draw (D, J, …) from the nominal ones (J, …); those of an idle wrist stay nominal."""
    drawn = {
        field.name: getattr(base, field.name) + np.tensordot(steps, getattr(shifts, field.name), 1)
        if on_wrist or not field.name.endswith("_wrist")
        else getattr(base, field.name)
        for field in fields(ArmFigures)
    }
    return ArmFigures(**drawn)


def coarse_figures(figures: ArmFigures) -> ArmFigures:
    """Figures of K poses at the J of the variants."""
    step = every(len(figures.room))
    return ArmFigures(**{field.name: getattr(figures, field.name)[::step] for field in fields(ArmFigures)})
