"""The use case of a person's own strength: fit it to pulls and sets, then use it in any analysis."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bandwright.body import Person, Side
from bandwright.body.own_strength import StrengthEstimate, group_of_column, scaled_strength
from bandwright.catalogue.anatomy import load_anatomy
from bandwright.catalogue.setup import SetUp
from bandwright.catalogue.strength_file import StrengthPull, StrengthRecord, StrengthSet
from bandwright.curves import Holder
from bandwright.curves.arm import PROBE_N, SLACK_N, hand_direction, probe_force
from bandwright.curves.fit_strength import FittedHolder, Measurement, StrengthFit, fit_strength
from bandwright.curves.measures import EPLEY_PER_REP
from bandwright.curves.momentum import Pull
from bandwright.curves.spread import MEASURED_STRENGTH_CV
from bandwright.errors import InputError, Problem
from bandwright.loads import BandLoad, load_forces
from bandwright.mechanics import HandForce, hand_force
from bandwright.movements import PosedRepetition
from bandwright.service.bodies import holder_of, posed_of
from bandwright.service.momentum import moving_mass_kg

MODEL_SD: Final = 0.10
"""By how much the model's capacity may be off in one posture once the person's level is known; no published figure
was found (convention). It widens both what a measurement tells and what is predicted [-]."""

SET_SD: Final = 0.20
"""Spread of the greatest load worked back from repetitions (convention, about three times a pull's): people differ in
how many go at a share of their greatest load (Epley1985), and in how much they swing [-]."""


@dataclass(frozen=True, slots=True)
class OwnStrength:
    """A person and the strengths fitted to what they did."""

    person: Person
    fit: StrengthFit


@lru_cache(maxsize=1)
def _groups() -> dict[str, int]:
    return group_of_column(load_anatomy())


def fit_own_strength(record: StrengthRecord) -> OwnStrength:
    """Fits the strengths of one person's muscle groups to their pulls and sets.

    Raises:
        InputError: a pull has no direction, or a set no load.
        ModelError: the body cannot take up a movement.
    """
    measured = [pull_measurement(f"pull[{i}]", pull) for i, pull in enumerate(record.pulls)]
    measured += [set_measurement(f"set[{i}]", done) for i, done in enumerate(record.sets)]
    return OwnStrength(record.person, fit_strength(measured, holder_of(record.person), _groups()))


def holder_for(person: Person, factors: StrengthEstimate) -> FittedHolder:
    """The person with own strengths, for `analyse`."""
    holder = holder_of(person)
    own = Holder(scaled_strength(holder.strength, load_anatomy(), factors), holder.cone)
    return FittedHolder(own, factors, _groups(), MODEL_SD)


def pull_measurement(name: str, pull: StrengthPull) -> Measurement:
    """A pull held still at one phase, along the line of the set-up's load."""
    posed = posed_of(pull.setup.exercise.movement, pull.setup.person, pull.setup.side)
    side = posed.working[0]
    forces = load_forces(pull.setup.loads, posed)
    probe = probe_force(forces, side, hand_force(forces, side, len(posed.phase)))
    poses = np.array([np.argmin(np.abs(posed.phase - pull.phase))])
    force = HandForce(probe.grip[poses], probe.wrist[poses])
    if np.linalg.norm(force.total) < PROBE_N / 2:
        raise InputError(_no_line(name, pull.setup))
    log_sd = float(np.hypot(MEASURED_STRENGTH_CV, MODEL_SD))
    return Measurement(name, posed, side, poses, force, pull.force_n / PROBE_N, log_sd)


def set_measurement(name: str, done: StrengthSet) -> Measurement:
    """A set to failure, or short of it by a reserve: 1 + repetitions / 30 times the load could be lifted.

    A strict set could hold that at its weakest pose; any other is taken as swung past it (decision 0012).
    """
    posed = posed_of(done.setup.exercise.movement, done.setup.person, done.setup.side)
    hands = {
        side: hand_force(load_forces(done.setup.loads, posed), side, len(posed.phase))
        for side in posed.working
    }
    side = max(hands, key=lambda one: float(np.linalg.norm(hands[one].total, axis=1).max()))
    poses = np.nonzero(np.linalg.norm(hands[side].total, axis=1) > SLACK_N)[0]
    if not poses.size:
        raise InputError(_no_line(name, done.setup))
    force = HandForce(hands[side].grip[poses], hands[side].wrist[poses])
    factor = 1.0 + (done.reps + done.reserve) / EPLEY_PER_REP
    swing = None if done.strict else _swing(done.setup, posed, side, (poses, force))
    return Measurement(name, posed, side, poses, force, factor, _set_sd(done.setup), swing)


def _swing(
    setup: SetUp, posed: PosedRepetition, side: Side, loaded: tuple[NDArray[np.intp], HandForce]
) -> Pull | None:
    """The lift of a set over its loaded poses; None where nothing heavy moves, or in a hold."""
    (poses, force), mass_kg = loaded, moving_mass_kg(setup.loads, posed, side)
    if setup.exercise.movement.isometric or mass_kg == 0.0:
        return None
    resisting = -np.einsum("ki,ki->k", hand_direction(posed, side)[poses], force.total)
    load = np.linalg.norm(force.total, axis=1)
    return Pull(load, resisting, posed.hand_way(side)[poses], mass_kg)


def _set_sd(setup: SetUp) -> float:
    """Spread of a set's logarithm: repetitions, model, and the least certain band [-]."""
    bands = [np.log1p(load.band.force_spread) for load in setup.loads if isinstance(load, BandLoad)]
    return float(np.sqrt(SET_SD**2 + MODEL_SD**2 + max(bands, default=0.0) ** 2))


def _no_line(name: str, setup: SetUp) -> Problem:
    said = f"The loads of '{setup.exercise.id}' pull on no hand there, so the strength has no direction."
    return Problem("no-direction", said, hint="Give the loads under it, e.g. [[pull.load]].", path=name)
