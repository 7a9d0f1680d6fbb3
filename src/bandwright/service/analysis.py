"""The first use case: analyse one set-up, end to end."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from bandwright.body import SIDES
from bandwright.body.spine import SpinalLoad, erector_force_n, spinal_load
from bandwright.catalogue.anatomy import load_erectors
from bandwright.catalogue.setup import SetUp
from bandwright.curves import (
    ArmResult,
    MuscleDose,
    Spread,
    Summary,
    coach_curve,
    effort_of,
    measured_curve,
    muscle_doses,
    solve_arm,
    summarise,
    torque_share_left,
)
from bandwright.curves.fit_strength import FittedHolder
from bandwright.curves.spread import no_spread
from bandwright.errors import Problem
from bandwright.loads import LoadForces
from bandwright.mechanics import HandForce, lumbar_moment
from bandwright.movements import PosedRepetition
from bandwright.recruitment.recruit import Recruitment
from bandwright.service.bodies import holder_of
from bandwright.service.case import ACROSS, Case, case_of
from bandwright.service.uncertainty import Nominal, Spreading, begin_spread

Array = NDArray[np.float64]
T = TypeVar("T")

RESIDUAL_LIMIT = 0.01
"""Residual over peak torque above which an analysis carries a warning, where effort is below 1."""


@dataclass(frozen=True, slots=True)
class MuscleCurve:
    """One muscle over the repetition, each (K,): activation [-], force [N], fibre length over optimum [-].

    Activation is the share of what the muscle can give actively at that length and speed; the force has the pull of
    its relaxed fibres in it.
    """

    activation: Array
    force_n: Array
    fibre_length_norm: Array


@dataclass(frozen=True)
class Analysis:
    """Everything one analysis found; curves (K,) are the working hand's."""

    setup: SetUp
    posed: PosedRepetition
    forces: tuple[LoadForces, ...]
    results: tuple[ArmResult, ...]
    strength_n: Array
    effort: Array
    summary: Summary
    spreading: Callable[[], Spread]
    """Gives the spread; other threads work on it meanwhile."""
    spine: SpinalLoad
    limits: tuple[Problem, ...]
    """Warnings from the loads themselves: stretched far, outside the measured range."""
    holder: FittedHolder | None = None
    """The person's own fitted strength, where it was used."""

    @property
    def working(self) -> ArmResult:
        """The arm whose curves are shown: the one that carries most."""
        return self.results[0]

    @cached_property
    def muscles(self) -> Mapping[str, MuscleCurve]:
        """Every muscle's curves by its name and side, those of the back last."""
        return _muscles(self.posed, self.results) | _erectors(self.spine)

    @cached_property
    def residual_share(self) -> float:
        """Greatest torque that no muscle holds where effort is below 1, as a share of the greatest held [-]."""
        return max(torque_share_left(result) for result in self.results)

    @property
    def spread(self) -> Spread:
        """The spread, as soon as it is there; best asked for last."""
        return self.spreading()


def analyse(setup: SetUp, *, with_spread: bool = True, holder: FittedHolder | None = None) -> Analysis:
    """Analyses one set-up.

    Args:
        setup: the set-up.
        with_spread: whether to draw the spread of everything, which takes some ten times as long as the rest,
            and more where this person has not been posed in this exercise before.
        holder: the person with own fitted strength; left out: as people of that size and sex are.

    Raises:
        InputError: the loads make no sense on this body.
        InfeasibleError: a band would be stretched beyond its limit.
        ModelError: the body cannot take up the movement.
    """
    case = case_of(setup, holder)
    spreading = begin_spread(case) if with_spread else None
    solved = [solve_arm(case.posed, side, case.forces, case.held_by) for side in case.sides]
    return analysis_of(case, solved, spreading)


def analysis_of(case: Case, solved: Sequence[ArmResult], spreading: Spreading | None = None) -> Analysis:
    """Everything that the solved arms of a case come to; without a spread that was begun, there is none."""
    setup, posed, forces = case.setup, case.posed, case.forces
    results = _both_arms(posed, solved)
    strength = _strength_curve(setup, results[0], posed)
    effort = effort_of(results[0].load_n, strength)
    spine = _spine(posed, results, setup)
    doses = _doses(posed, results, spine)
    return Analysis(
        setup=setup,
        posed=posed,
        forces=forces,
        results=results,
        strength_n=strength,
        effort=effort,
        summary=summarise(posed, results, effort, doses),
        spreading=spreading(Nominal(setup, posed, results, strength, spine))
        if spreading
        else partial(no_spread, results[0].load_n, strength, effort),
        spine=spine,
        limits=case.limits,
        holder=case.holder,
    )


def _both_arms(posed: PosedRepetition, solved: Sequence[ArmResult]) -> tuple[ArmResult, ...]:
    """All working arms, the harder loaded first; the mirror image of one that was solved for both."""
    first = solved[0]
    if len(solved) > 1:
        second = solved[1]
        return (first, second) if first.load_n.max() >= second.load_n.max() else (second, first)
    return (
        (first,) if len(posed.working) == 1 else (first, replace(first, side="l", hand=_mirror_hand(first)))
    )


def _mirror_hand(result: ArmResult) -> HandForce:
    return replace(result.hand, grip=result.hand.grip * ACROSS, wrist=result.hand.wrist * ACROSS)


def _strength_curve(setup: SetUp, result: ArmResult, posed: PosedRepetition) -> Array:
    if setup.strength_curve == "coach":
        return coach_curve(result.strength_n, posed.phase)
    if setup.strength_curve == "measured":
        return measured_curve([(pull.phase, pull.force_n) for pull in setup.pulls], posed.phase)
    return result.strength_n


def _spine(posed: PosedRepetition, results: Sequence[ArmResult], setup: SetUp) -> SpinalLoad:
    hands = {result.side: result.hand for result in results}
    supported = posed.movement.posture != "standing"
    capacity = holder_of(setup.person).strength.back_extension_nm
    return spinal_load(lumbar_moment(posed, hands), capacity, supported=supported)


def _muscles(posed: PosedRepetition, results: Sequence[ArmResult]) -> dict[str, MuscleCurve]:
    return _by_muscle(posed, results, _curves)


def _by_muscle(
    posed: PosedRepetition, results: Sequence[ArmResult], found_of: Callable[[ArmResult], Sequence[T]]
) -> dict[str, T]:
    """What is found of every muscle of each arm; an arm that mirrors the one before has the same."""
    found: dict[str, T] = {}
    mine: Sequence[T] = ()
    solved: Recruitment | None = None
    for result in results:
        if result.recruitment is not solved:
            solved, mine = result.recruitment, found_of(result)
        found.update(zip((f"{muscle}_{result.side}" for muscle in posed.muscle_ids), mine, strict=True))
    return found


def _curves(result: ArmResult) -> list[MuscleCurve]:
    equations, activation = result.equations, result.activation
    force = activation * equations.force_n + equations.passive_force_n
    return [MuscleCurve(*rows) for rows in zip(activation.T, force.T, equations.fibre_norm.T, strict=True)]


def _erectors(spine: SpinalLoad) -> dict[str, MuscleCurve]:
    lumps, activation = load_erectors(), _back_activation(spine)
    still = np.ones_like(activation)
    curves = {lump.id: MuscleCurve(activation, erector_force_n(lump, lumps, spine), still) for lump in lumps}
    return {f"{name}_{side}": curve for name, curve in curves.items() for side in SIDES}


def _back_activation(spine: SpinalLoad) -> Array:
    """Activation of the back's muscles (K,) [-], all the same."""
    return np.minimum(spine.share, 1.0)


def _doses(posed: PosedRepetition, results: Sequence[ArmResult], spine: SpinalLoad) -> dict[str, MuscleDose]:
    mean = float(_back_activation(spine).mean())
    back = MuscleDose(mean, mean, mean)  # the erectors' lengths are not modelled: all thirds are the whole
    found = _by_muscle(posed, results, lambda one: muscle_doses(one.activation.T, one.equations.fibre_norm.T))
    return found | {f"{lump.id}_{side}": back for lump in load_erectors() for side in SIDES}
