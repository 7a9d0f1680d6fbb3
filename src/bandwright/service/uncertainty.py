"""The spread of an analysis: the same set-up for many people, bands and ways to move that it might really be."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from bandwright.body import EQUATIONS, SIDES, Side
from bandwright.body.own_strength import (
    COMMON_SD,
    GROUP_SD,
    GROUPS,
    StrengthEstimate,
    group_of_column,
    population_estimate,
)
from bandwright.body.spine import SpinalLoad, erector_force_n
from bandwright.catalogue.anatomy import load_anatomy, load_erectors
from bandwright.catalogue.setup import SetUp
from bandwright.curves import ArmResult, coach_curve, effort_of
from bandwright.curves.arm import equations_of
from bandwright.curves.fit_strength import FittedHolder
from bandwright.curves.spread import (
    MEASURED_STRENGTH_CV,
    ArmShifts,
    Between,
    Cause,
    Courses,
    Deviates,
    Drawn,
    DrawnArm,
    Draws,
    Everything,
    Going,
    MuscleSpread,
    Spread,
    Variants,
    begin_arm,
    draw,
    drawn_forces,
    figure_spread,
    figures_of_draws,
    load_shifts,
    percentiles_of,
    shares,
    steps_of,
)
from bandwright.loads import BandLoad, LoadForces
from bandwright.mechanics import HandForce, hand_force
from bandwright.movements import PosedRepetition
from bandwright.numerics.arrays import dot, sizes_of
from bandwright.numerics.threads import once
from bandwright.service.bodies import posed_of
from bandwright.service.case import Case
from bandwright.service.variants import BODY_COLUMNS, SCAPULA_COLUMNS, Repetition, shifts_of

Array = NDArray[np.float64]
Result = TypeVar("Result")

MODEL, BACK = len(GROUPS), len(GROUPS) + 1
"""Columns of the strength deviates after those of the groups: the model's own error, and the back."""

BACK_SD: Final = float(np.hypot(COMMON_SD, GROUP_SD))
"""Spread between people of the logarithm of the back's strength; drawn by itself [-]."""


@dataclass(frozen=True, slots=True)
class Nominal:
    """The analysis whose spread is wanted; curves (K,) are the working hand's."""

    setup: SetUp
    posed: PosedRepetition
    results: tuple[ArmResult, ...]
    strength_n: Array
    spine: SpinalLoad


@lru_cache(maxsize=1)
def _groups() -> Mapping[str, int]:
    return group_of_column(load_anatomy())


Spreading = Callable[[Nominal], Callable[[], Spread]]
"""Takes the analysis, and gives what gives its spread."""


def begin_spread(case: Case, deviates: Deviates | None = None) -> Spreading:
    """p05, p50, p95 of everything an analysis says, on which other threads work as soon as they can.

    They begin before there is an analysis; to call what is returned with it has them go on, and to call what this
    gives does what is left.

    Args:
        case: the set-up.
        deviates: the random numbers; left out: the same for every set-up with so many bands.

    Raises:
        ModelError: the nominal body cannot take up the movement at the variants' phases.
    """
    setup, posed = case.setup, case.posed
    lift_s = setup.tempo.lift_s if setup.tempo else None
    repetition = Repetition(setup.exercise.movement, setup.person, setup.side, lift_s)
    deviates = deviates or deviates_of(setup)
    people = _people(repetition, case.holder, deviates)
    moves = load_shifts(setup.loads, case.forces, posed, people.variants), people.drawn.steps
    forces = drawn_forces(setup.loads, case.forces, posed, deviates, moves)
    asked = None if setup.strength_curve == "measured" else _working(case)
    begun = {
        side: begin_arm(
            posed,
            side,
            case.held_by,
            (people.arms[side], people.drawn),
            (case.forces, forces),
            strength=side == asked,
        )
        for side in case.sides
    }

    def go_on(nominal: Nominal) -> Callable[[], Spread]:
        arms = tuple(_going(nominal, begun))
        return once(lambda: _spread(nominal, deviates, people, forces, arms))

    return go_on


def _working(case: Case) -> Side:
    """The arm that carries most: its strength alone is asked for."""

    def most_n(side: Side) -> float:
        return float(sizes_of(hand_force(case.forces, side, len(case.posed.phase)).total).max())

    return max(case.sides, key=most_n)


def _spread(
    nominal: Nominal,
    deviates: Deviates,
    people: _People,
    forces: Sequence[LoadForces],
    arms: Sequence[DrawnArm],
) -> Spread:
    # First all that needs nothing solved: other threads are still at that.
    moment, share = _spine(nominal, people, arms)
    back, first = np.minimum(share, 1.0), arms[0]
    bands = {one.id: one.band.tension_n for one in forces if one.band is not None}
    load, resisting, moments, shared, backs, *tensions = percentiles_of(
        first.load_n, first.resisting_n, moment, share, back, *bands.values()
    )
    strength = _strength(nominal, first, deviates)
    effort = effort_of(first.load_n, strength)
    courses = [arm.courses() for arm in arms]
    figures = figures_of_draws(nominal.posed.phase, effort, arms, _doses(nominal, courses, back))
    strengths, efforts = percentiles_of(strength, effort)
    return Spread(
        load,
        strengths,
        efforts,
        Everything(
            resisting_n=resisting,
            tension_n=dict(zip(bands, tensions, strict=True)),
            joint_torque_nm=_by_coordinate(arms, [mine.torque_nm for mine in courses]),
            residual_nm=_by_coordinate(arms, [mine.residual_nm for mine in courses]),
            muscles=_muscles(nominal, arms, courses) | _erectors(nominal, backs),
            moment_nm=moments,
            spine_share=shared,
            figures=figure_spread(figures),
            causes=shares(np.log(np.maximum(figures.peak_effort, 1e-6)), deviates),
            draws=Draws(deviates, first.load_n, strength, effort, figures, tuple(forces), share),
        ),
    )


def deviates_of(setup: SetUp) -> Deviates:
    """The random numbers that stand for a set-up's uncertainty."""
    return _deviates(sum(isinstance(load, BandLoad) for load in setup.loads))


@lru_cache(maxsize=16)
def _deviates(bands: int) -> Deviates:
    counts: dict[Cause, int] = {
        "band": 2 * bands,
        "strength": len(GROUPS) + 2,
        "body": BODY_COLUMNS,
        "scapula": SCAPULA_COLUMNS,
    }
    found = draw(counts)
    found.values.setflags(write=False)
    return found


@dataclass(frozen=True, slots=True)
class _People:
    """Everybody that is drawn, and how they move, whatever the loads.

    At L5/S1 their own weight asks for a moment `weight_nm` (D, K), a newton on a hand for `lever_m[site]`
    (D, K, 3); `back` (D,) is the strength of the back over the nominal person's [-].
    """

    variants: Variants
    drawn: Drawn
    arms: Mapping[Side, ArmShifts]
    weight_nm: Array
    lever_m: Mapping[str, Array]
    back: Array


@lru_cache(maxsize=8)
def _people(repetition: Repetition, fitted: FittedHolder | None, deviates: Deviates) -> _People:
    """Everybody that is drawn; kept while somebody tries one load after another."""
    one, shifts = repetition, shifts_of(repetition)
    posed = posed_of(one.movement, one.person, one.side, one.lift_s)
    drawn = Drawn(steps_of(shifts.variants, deviates), _log_strength(fitted, deviates), _groups())
    arms = shifts.arms
    if fitted is not None:
        own = {side: _own_factor(fitted, equations_of(posed, side, fitted.holder).columns) for side in arms}
        arms = {side: shift.stronger(own[side]) for side, shift in arms.items()}
    return _People(
        shifts.variants,
        drawn,
        arms,
        posed.lumbar_weight + np.tensordot(drawn.steps, shifts.trunk.weight, 1),
        {
            site: posed.lumbar_by_force[site] + np.tensordot(drawn.steps, change, 1)
            for site, change in shifts.trunk.by_force.items()
        },
        np.exp(BACK_SD * deviates.of("strength")[:, BACK]),
    )


def _log_strength(fitted: FittedHolder | None, deviates: Deviates) -> Array:
    """Logarithms of the groups' strength over the nominal person's (D, g): of people, or of what fits this one."""
    estimate: StrengthEstimate = population_estimate() if fitted is None else fitted.estimate
    size, ways = np.linalg.eigh(estimate.covariance)
    normal = deviates.of("strength")
    log = normal[:, : len(GROUPS)] @ (ways * np.sqrt(np.maximum(size, 0.0))).T
    return np.asarray(log + (0.0 if fitted is None else fitted.model_sd) * normal[:, [MODEL]])


def _going(nominal: Nominal, begun: Mapping[Side, Going]) -> Iterator[DrawnArm]:
    """Every working arm in every draw; one that was not begun mirrors the first."""
    first = begun[nominal.results[0].side](nominal.results[0])
    yield first
    for result in nominal.results[1:]:
        yield begun[result.side](result) if result.side in begun else _mirrored(first, result.side)


def _mirrored(one: DrawnArm, side: Side) -> DrawnArm:
    hand = HandForce(_across(one.hand.grip), _across(one.hand.wrist))
    return replace(one, side=side, hand=hand, way_m=_across(one.way_m))


def _across(vectors: Array) -> Array:
    """Vectors (…, 3) seen in a mirror that stands in the sagittal plane."""
    mirrored = vectors.copy()
    np.negative(mirrored[..., 1], out=mirrored[..., 1])
    return mirrored


def _own_factor(fitted: FittedHolder, columns: Sequence[str]) -> Array:
    """Strength of each column of a person with own strengths over the calibrated model's (n,)."""
    factor = fitted.estimate.factor
    places = [fitted.groups.get(name, -1) for name in columns]
    return np.array([factor[place] if place >= 0 else 1.0 for place in places])


def _strength(nominal: Nominal, arm: DrawnArm, deviates: Deviates) -> Array:
    """Drawn strength curves (D, K) of the kind the set-up asks for."""
    kind, posed = nominal.setup.strength_curve, nominal.posed
    if kind == "measured":
        error = MEASURED_STRENGTH_CV * deviates.of("strength")[:, [MODEL]]
        return np.asarray(nominal.strength_n * np.exp(error))
    if kind == "coach":
        shape = coach_curve(np.ones_like(posed.phase), posed.phase)
        return np.asarray(shape * arm.strength_n().mean(axis=1, keepdims=True))
    return arm.strength_n()


def _spine(nominal: Nominal, people: _People, arms: Sequence[DrawnArm]) -> tuple[Array, Array]:
    """Moment at L5/S1 [N·m] and share of the back's capacity, each (D, K)."""
    moment = people.weight_nm
    for arm in arms:
        for contact, force in (("grip", arm.hand.grip), ("wrist", arm.hand.wrist)):
            if np.any(force):
                moment = moment + dot(people.lever_m[f"{contact}_{arm.side}"], force)
    if nominal.spine.supported:
        moment = np.zeros_like(moment)
    capacity = nominal.spine.capacity_nm * people.back
    return moment, np.maximum(moment, 0.0) / capacity[:, None]


def _doses(nominal: Nominal, courses: Sequence[Courses], back: Array) -> dict[str, Array]:
    """Doses (D, 3) of every muscle, the back's activation being (D, K)."""
    found: dict[str, Array] = {}
    drawn = {id(mine): list(mine.activation.sums.transpose(1, 2, 0)) for mine in courses}
    for result, mine in zip(nominal.results, courses, strict=True):
        names = (f"{muscle}_{result.side}" for muscle in nominal.posed.muscle_ids)
        found |= dict(zip(names, drawn[id(mine)], strict=True))
    # The erectors' lengths are not modelled: all thirds are the whole.
    dose = np.tile(back.mean(axis=1)[:, None], (1, 3))
    return found | {f"{lump.id}_{side}": dose for lump in load_erectors() for side in SIDES}


def _by_coordinate(arms: Sequence[DrawnArm], drawn: Sequence[Between]) -> dict[str, Array]:
    """Percentiles (3, K) of each joint equation."""
    return {
        f"{name}_{arm.side}": curve
        for arm, mine in zip(arms, drawn, strict=True)
        for name, curve in zip(EQUATIONS, mine.percentiles.transpose(2, 0, 1), strict=True)
    }


def _muscles(
    nominal: Nominal, arms: Sequence[DrawnArm], courses: Sequence[Courses]
) -> dict[str, MuscleSpread]:
    """Percentiles of each muscle."""
    return {
        f"{muscle}_{arm.side}": MuscleSpread(activation, force_n)
        for arm, mine in zip(arms, courses, strict=True)
        for muscle, activation, force_n in zip(
            nominal.posed.muscle_ids,
            mine.activation.percentiles.transpose(2, 0, 1),
            mine.force_n.percentiles.transpose(2, 0, 1),
            strict=True,
        )
    }


def _erectors(nominal: Nominal, activation: Array) -> dict[str, MuscleSpread]:
    """The same of the back's muscles, whose activations are all (3, K)."""
    lumps, spine = load_erectors(), replace(nominal.spine, share=activation)
    spread = {lump.id: MuscleSpread(activation, erector_force_n(lump, lumps, spine)) for lump in lumps}
    return {f"{name}_{side}": one for name, one in spread.items() for side in SIDES}
