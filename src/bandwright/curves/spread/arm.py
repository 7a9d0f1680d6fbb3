"""One arm in every draw: what it holds, what it could hold, and which muscles work."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bandwright.body import EQUATIONS, Side
from bandwright.body.own_strength import GRIP, GROUPS
from bandwright.curves.arm import (
    PENALTIES,
    PROBE_N,
    SLACK_N,
    TOLERANCE,
    ArmResult,
    Holder,
    equations_of,
    hand_direction,
    probe_force,
)
from bandwright.curves.measures import dose_weights
from bandwright.curves.spread.between import AtSomePoses, Between, begin_between
from bandwright.curves.spread.variants import (
    ArmShifts,
    arm_figures,
    coarse_figures,
    drawn_figures,
    every,
)
from bandwright.loads import LoadForces
from bandwright.mechanics import ArmEquations, HandForce, hand_force
from bandwright.movements import PosedRepetition
from bandwright.movements.interpolation import PHASES
from bandwright.numerics.arrays import dot, sizes_of
from bandwright.numerics.compiled import exactly_compiled, exactly_unlocked
from bandwright.numerics.threads import once
from bandwright.recruitment.people import People, nearest_before
from bandwright.recruitment.people_capacity import Lifters, capacity_of_people, lifters
from bandwright.recruitment.people_recruit import Recruiting, Recruits, recruit_people, recruits

Array = NDArray[np.float64]

ANY: Final = (-np.inf, np.inf)
"""Limits of what has none."""

LEAST_N: Final = 1.0
"""Strengths are compared with the nominal ones from here on: their ratio says nothing about smaller ones [N]."""


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """What is drawn of people: steps away (D, V), and logarithms of the strength of the g groups (D, g) [-].

    Equal only to itself. `groups` gives the index of the group that each muscle and actuator belongs to.
    """

    steps: Array
    log_strength: Array
    groups: Mapping[str, int]

    def factor(self, columns: Sequence[str]) -> Array:
        """Strength of each column over the nominal person's (D, n) [-]; passive ones do not grow."""
        # The last, added column is for those of no group, whom the index -1 then finds.
        factor = np.hstack([np.exp(self.log_strength), np.ones((len(self.steps), 1))])
        return np.ascontiguousarray(factor[:, [self.groups.get(name, -1) for name in columns]])

    @property
    def grip(self) -> Array:
        """Strength of the grip over the nominal person's (D,) [-]."""
        return np.asarray(np.exp(self.log_strength[:, tuple(GROUPS).index(GRIP)]))


class Courses(NamedTuple):
    """What the draws of one arm come to at every pose; the sums (3, n, D) of its activations are the doses."""

    activation: Between
    force_n: Between
    torque_nm: Between
    residual_nm: Between


@dataclass(frozen=True, slots=True)
class DrawnArm:
    """One arm over K poses in D draws.

    `hand` (D, K, 3) is the force on the hand and `way_m` (D, K, 3) where it goes; `load_n` and `resisting_n` (D, K).
    `strength_n` gives what the hand could hold (D, K) [N] and `courses` the rest: until they are called, other
    threads work on them. Both are solved at some poses; between these, differences from the nominal arm are even.
    """

    side: Side
    hand: HandForce
    way_m: Array
    load_n: Array
    resisting_n: Array
    strength_n: Callable[[], Array]
    courses: Callable[[], Courses]


Going = Callable[[ArmResult], DrawnArm]
"""Takes what the nominal arm comes to, and gives the drawn one."""


def begin_arm(
    posed: PosedRepetition,
    side: Side,
    holder: Holder,
    draws: tuple[ArmShifts, Drawn],
    forces: tuple[Sequence[LoadForces], Sequence[LoadForces]],
    *,
    strength: bool = True,
) -> Going:
    """One arm in every draw, solved at the variants' phases by other threads, which begin at once.

    They begin with what it could hold, which needs no nominal arm: to call what is returned with that has them
    recruit its muscles too, and to ask for what was solved does what is left.

    Args:
        posed: the nominal repetition.
        side: which arm.
        holder: who holds the load nominally.
        draws: how the arm changes with body and movement, and who the people are.
        forces: the nominal loads' forces (K, 3) and the drawn ones (D, K, 3).
        strength: whether what it could hold will be asked for; else they leave that until it is.
    """
    nominal = hand_force(forces[0], side, len(posed.phase))
    _, drawn = draws
    hand = _in_every_draw(hand_force(forces[1], side, len(posed.phase)), len(drawn.steps))
    held = _at(hand)
    probe = _probe(held, _at(probe_force(forces[0], side, nominal)))
    on_wrist = bool(np.any(held.wrist) or np.any(probe.wrist))
    arms = _drawn_arms(posed, side, holder, draws, on_wrist=on_wrist)
    in_grip = np.maximum(sizes_of(probe.grip), SLACK_N)
    cap = holder.strength.grip_pull_n * drawn.grip[:, None] / in_grip

    def lift() -> Callable[[], Array]:
        return capacity_of_people(arms.lifters, _asked(arms, probe), cap)

    lifting = lift() if strength else None
    asked, total = _asked(arms, held), hand.total

    def go_on(result: ArmResult) -> DrawnArm:
        start = np.ascontiguousarray(result.recruitment.multiplier[:: every(len(posed.phase))])
        recruiting = recruit_people(arms.recruits, arms.lifters.still + asked, start)
        return DrawnArm(
            side,
            hand,
            arms.way_m,
            sizes_of(total),
            -dot(hand_direction(posed, side), total),
            once(lambda: _strength(PROBE_N * (lifting or lift())(), result.strength_n)),
            once(_begin_courses(arms, asked, recruiting, result)),
        )

    return go_on


def _begin_courses(
    arms: _DrawnArms, asked: Array, recruiting: Recruiting, result: ArmResult
) -> Callable[[], Courses]:
    """What gives one arm's courses; other threads work on them as soon as it is recruited."""
    poses, _, draws = arms.active_n.shape
    torque_nm, force_n = np.empty((poses, len(EQUATIONS), draws)), np.empty(arms.active_n.shape)

    def solve() -> None:
        recruiting.finish()
        # One compiled step: after each of its own, this thread would have to wait for Python.
        _set_torque_and_force(
            (arms.limb_torque, asked),
            (recruiting.activation, arms.active_n, arms.passive_n),
            torque_nm,
            force_n,
        )

    found = begin_between(
        (
            AtSomePoses(recruiting.activation, result.activation, (0.0, 1.0), arms.dose_weights),
            AtSomePoses(force_n, result.force_n, (0.0, np.inf)),
            AtSomePoses(torque_nm, result.demand.torque, ANY),
            AtSomePoses(recruiting.left, result.recruitment.residual, ANY),
        ),
        solve,
    )
    return lambda: Courses(*found())


@exactly_unlocked
def _set_torque_and_force(
    asked: tuple[Array, Array], muscles: tuple[Array, Array, Array], torque_nm: Array, force_n: Array
) -> None:
    """Set torques (J, 8, D) from those of limb and load (D, J, …), forces (J, n, D) from active and passive ones."""
    (limb, load), (activation, active, passive) = asked, muscles
    poses, muscle_count, draws = force_n.shape
    for k in range(poses):
        for d in range(draws):
            for e in range(torque_nm.shape[1]):
                torque_nm[k, e, d] = limb[d, k, e] + load[d, k, e]
        for i in range(muscle_count):
            for d in range(draws):
                force_n[k, i, d] = activation[k, i, d] * active[k, i, d] + passive[k, i, d]


@dataclass(frozen=True, slots=True)
class _DrawnArms:
    """The arm in every draw before anything pulls: the torque it asks itself (D, J, 8) [N·m], where its hand goes
    (D, K, 3) [m], forces (J, n, D) [N] of its muscles at full activation and of their relaxed fibres, and what each
    pose counts in their doses (3, K, n).

    A newton along each axis on grip or wrist asks `by_grip` and `by_wrist` (3, D, J, 8 + f), in torque [m] and in
    room before each facet [-]; where nothing is on a wrist, `by_wrist` is not used.
    """

    limb_torque: Array
    by_grip: Array
    by_wrist: Array
    way_m: Array
    recruits: Recruits
    lifters: Lifters
    active_n: Array
    passive_n: Array
    dose_weights: Array


@lru_cache(maxsize=8)
def _drawn_arms(
    posed: PosedRepetition,
    side: Side,
    holder: Holder,
    draws: tuple[ArmShifts, Drawn],
    *,
    on_wrist: bool,
) -> _DrawnArms:
    """The arm in every draw, made ready for whatever loads: kept while somebody tries one after another."""
    shifts, drawn = draws
    base = coarse_figures(arm_figures(posed, side, holder.strength, holder)[1])
    figures = drawn_figures(base, shifts.figures, drawn.steps, on_wrist=on_wrist)
    equations = equations_of(posed, side, holder)
    people = _people(equations, shifts, drawn)
    still = np.concatenate([figures.limb_torque + figures.passive_torque, figures.room], axis=2)
    active = figures.force_n * people.factor[:, None, : figures.force_n.shape[2]]
    return _DrawnArms(
        figures.limb_torque,
        _by_axis(figures.by_grip, figures.push_by_grip),
        _by_axis(figures.by_wrist, figures.push_by_wrist),
        posed.hand_way(side) + np.tensordot(drawn.steps, shifts.way, 1),
        recruits(people, equations.weight, PENALTIES),
        lifters(people, still, TOLERANCE),
        np.ascontiguousarray(active.transpose(1, 2, 0)),
        np.ascontiguousarray(figures.passive_force_n.transpose(1, 2, 0)),
        dose_weights(equations.fibre_norm),
    )


def _in_every_draw(hand: HandForce, draws: int) -> HandForce:
    """Forces (D, K, 3), also where they do not depend on the draw."""
    shape = (draws, *hand.grip.shape[-2:])
    return HandForce(np.broadcast_to(hand.grip, shape), np.broadcast_to(hand.wrist, shape))


def _at(hand: HandForce) -> HandForce:
    """Forces at the variants' phases."""
    step = every(hand.grip.shape[-2])
    return HandForce(hand.grip[..., ::step, :], hand.wrist[..., ::step, :])


def _by_axis(torque: Array, push: Array) -> Array:
    """What a newton along each axis asks (3, …, J, 8 + f), of torque (…, J, 3, 8) [m] and push (…, J, f, 3) [-]."""
    asked = -np.concatenate([torque, push.swapaxes(-1, -2)], axis=-1)
    return np.ascontiguousarray(np.moveaxis(asked, -2, 0))


def _asked(arms: _DrawnArms, hand: HandForce) -> Array:
    """Torque [N·m] that hand forces ask of the arm, and room [N] before the facets (D, J, 8 + f)."""
    asked = _along_axes(arms.by_grip, hand.grip)
    return asked + _along_axes(arms.by_wrist, hand.wrist) if np.any(hand.wrist) else asked


def _along_axes(by_axis: Array, force: Array) -> Array:
    """What forces (D, J, 3) ask."""
    found = np.empty(by_axis.shape[1:])
    _set_along_axes(by_axis, np.ascontiguousarray(force), found)
    return found


@exactly_compiled
def _set_along_axes(by_axis: Array, force: Array, found: Array) -> None:
    """Set what forces ask (D, J, r) from what a newton along each axis does (3, D, J, r)."""
    for d in range(found.shape[0]):
        for k in range(found.shape[1]):
            x, y, z = force[d, k]
            for r in range(found.shape[2]):
                found[d, k, r] = by_axis[0, d, k, r] * x + by_axis[1, d, k, r] * y + by_axis[2, d, k, r] * z


def _probe(hand: HandForce, nominal: HandForce) -> HandForce:
    """A force of `PROBE_N` along each draw's load, or where that is slack along the nominal one's."""
    size = sizes_of(hand.total)[..., None]
    scale, slack = PROBE_N / np.maximum(size, SLACK_N), size <= SLACK_N
    return HandForce(
        np.where(slack, nominal.grip, hand.grip * scale), np.where(slack, nominal.wrist, hand.wrist * scale)
    )


def _people(equations: ArmEquations, shifts: ArmShifts, drawn: Drawn) -> People:
    step, factor = every(len(equations.moment)), drawn.factor(equations.columns)
    return People(
        rows=np.concatenate([equations.moment[::step], equations.cone[::step]], axis=1),
        shift=shifts.rows,
        steps=np.ascontiguousarray(drawn.steps),
        factor=factor,
        limits=np.array([equations.lower, equations.upper]),
        equations=equations.moment.shape[1],
        nearest=nearest_before(factor),
    )


def _strength(coarse: Array, nominal: Array) -> Array:
    """Strength (D, K) from that at some phases (D, J): its ratio to the nominal one (K,) is even between them."""
    ratio = np.log(np.maximum(coarse, LEAST_N) / np.maximum(nominal[:: every(len(nominal))], LEAST_N))
    return np.asarray(np.maximum(nominal, LEAST_N) * np.exp(_between(ratio.T).T))


def _between(coarse: Array) -> Array:
    """Values (K, …) at all phases, even between those at some of them (J, …)."""
    step = every(PHASES)
    found, slope = np.empty((PHASES, *coarse.shape[1:])), (coarse[1:] - coarse[:-1]) / step
    found[-1] = coarse[-1]
    for part in range(step):
        found[part:-1:step] = coarse[:-1] + part * slope
    return found
