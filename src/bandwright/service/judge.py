"""The second use case: judge an analysis, with figures against the obvious alternative."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Final, TypeVar

import numpy as np

from bandwright.catalogue.exercise import Exercise
from bandwright.catalogue.exercises import find_exercise
from bandwright.catalogue.setup import SetUp
from bandwright.catalogue.setups import default_setup
from bandwright.catalogue.verdict_rules import load_rulebook
from bandwright.curves.fit_strength import FittedHolder
from bandwright.curves.verdict import Verdict, judge_by
from bandwright.curves.wording import Figure, Units
from bandwright.errors import BandwrightError, InfeasibleError
from bandwright.loads import BandLoad, CableLoad, Load, WeightLoad
from bandwright.service.analysis import Analysis, analyse
from bandwright.service.certainty import certainty_figures
from bandwright.service.metrics import ABDUCTORS, LEAST_DOSE, ROTATORS, dose, figures_of, range_figures
from bandwright.units import kilograms_force

Figures = dict[str, Figure]

T = TypeVar("T")

Asking = Generator[SetUp, Analysis, T]
"""Work that asks for the analysis of one set-up after another, held by the same person."""

MOST_MATCHED_EFFORT: Final = 0.95
"""An alternative is never loaded beyond what can be held with a little to spare (COACH) [-]."""


def judge(
    analysis: Analysis, *, compare: bool = True, exercises: Path | None = None, units: Units = "metric"
) -> Verdict:
    """The verdict on an analysis for its set-up's intent.

    Args:
        analysis: what to judge.
        compare: whether to analyse the same set-up without its bands and the plain alternative too, which takes
            up to four more analyses.
        exercises: folder with the person's own exercises, where the alternative may be.
        units: how its sentences tell weights and lengths.
    """
    return begin_judging(analysis, compare=compare, exercises=exercises, units=units)()


def begin_judging(
    analysis: Analysis, *, compare: bool = True, exercises: Path | None = None, units: Units = "metric"
) -> Callable[[], Verdict]:
    """What gives the verdict; all that needs no spread is looked at at once, while other threads work on that."""
    figures = answered(comparing(analysis, exercises), analysis.holder) if compare else {}
    figures |= figures_of(analysis, load_rulebook().muscle_words)
    return lambda: _judged(analysis, figures, units)


def judging(analysis: Analysis, exercises: Path | None = None) -> Asking[Verdict]:
    """The verdict in steps, so that many can be judged together."""
    figures = yield from comparing(analysis, exercises)
    return _judged(analysis, figures | figures_of(analysis, load_rulebook().muscle_words), "metric")


def comparing(analysis: Analysis, exercises: Path | None = None) -> Asking[Figures]:
    """Figures of comparison with other set-ups."""
    figures = yield from without_bands(analysis)
    figures |= yield from against_alternative(analysis, exercises)
    return figures | with_help(analysis, exercises)


def _judged(analysis: Analysis, figures: Figures, units: Units) -> Verdict:
    rules = load_rulebook()
    known = figures | range_figures(analysis)
    known |= certainty_figures(analysis, known, rules)
    return judge_by(known, rules, analysis.setup.intent, units)


def answered(asking: Asking[T], holder: FittedHolder | None) -> T:
    """What comes of asking, every set-up asked about analysed by itself for whoever holds it."""
    try:
        setup = next(asking)
        while True:
            try:
                analysis = analyse(setup, with_spread=False, holder=holder)
            except BandwrightError as error:
                setup = asking.throw(error)
            else:
                setup = asking.send(analysis)
    except StopIteration as end:
        found: T = end.value
        return found


def without_bands(analysis: Analysis) -> Asking[Figures]:
    """What the bands add: figures of the same exercise with its bands off; none for bands alone."""
    loads = analysis.setup.loads
    bands = [load for load in loads if isinstance(load, BandLoad)]
    others = tuple(load for load in loads if isinstance(load, WeightLoad | CableLoad))
    if not bands or len(bands) + len(others) < len(loads) or not others:
        return {}
    bare = yield replace(analysis.setup, loads=others)
    first = analysis.setup.exercise.muscles[:1]
    targets = analysis.setup.exercise.muscles
    figures: Figures = {
        "bare_peak_effort": bare.summary.peak_effort,
        "bare_effort_ratio": _ratio(analysis.summary.peak_effort, bare.summary.peak_effort),
        "bare_start_effort": float(bare.effort[0]),
        "bare_finish_effort": float(bare.effort[-1]),
        "bare_first_dose": dose(bare, first),
        "bare_first_ratio": _ratio(dose(analysis, first), dose(bare, first)),
        "bare_target_ratio": _ratio(dose(analysis, targets), dose(bare, targets)),
        "bare_rotator_ratio": _ratio(dose(analysis, ROTATORS), dose(bare, ROTATORS)),
        "bare_abductor_ratio": _ratio(dose(analysis, ABDUCTORS), dose(bare, ABDUCTORS)),
    }
    return figures | (yield from _one_band_off(analysis))


def _ratio(value: float, base: float) -> float:
    """One dose or effort over another, neither taken below what counts as idle."""
    return max(value, LEAST_DOSE) / max(base, LEAST_DOSE)


def _one_band_off(analysis: Analysis) -> Asking[Figures]:
    """Which band to take off first, the one that pulls most at the finish, and the peak effort after it."""
    loads = analysis.setup.loads
    bands = [load for load in loads if isinstance(load, BandLoad)]
    if sum(band.count for band in bands) < 2:
        return {}
    pulls = {load.id: _finish_pull_n(analysis, load) / load.count for load in bands}
    first = max(bands, key=lambda band: pulls[band.id])
    left = _one_fewer(loads, first)
    lighter = yield replace(analysis.setup, loads=left)
    return {
        "drop_first": first.band.name,
        "drop_first_kg": kilograms_force(pulls[first.id]),
        "one_off_peak_effort": lighter.summary.peak_effort,
    }


def _finish_pull_n(analysis: Analysis, load: BandLoad) -> float:
    force = next(force for force in analysis.forces if force.id == load.id)
    return max((float(np.linalg.norm(pull[-1])) for pull in force.force.values()), default=0.0)


def _one_fewer(loads: Sequence[Load], band: BandLoad) -> tuple[Load, ...]:
    if band.count > 1:
        return tuple(replace(load, count=load.count - 1) if load is band else load for load in loads)
    return tuple(load for load in loads if load is not band)


def against_alternative(analysis: Analysis, exercises: Path | None = None) -> Asking[Figures]:
    """The exercise's plain alternative, loaded so that its hardest place is as hard as here.

    None where there is no alternative, where its load cannot be scaled (body weight, bands), where strength was
    measured in this exercise only, and where nothing pulls.
    """
    exercise, setup = analysis.setup.exercise, analysis.setup
    effort = min(analysis.summary.peak_effort, MOST_MATCHED_EFFORT)
    if exercise.alternative is None or setup.strength_curve == "measured" or effort <= 0.0:
        return {}
    alternative = find_exercise(exercise.alternative, exercises)
    plain = yield from matched_alternative(analysis, alternative, effort)
    return {} if plain is None else _comparison(analysis, plain)


def matched_alternative(analysis: Analysis, exercise: Exercise, effort: float) -> Asking[Analysis | None]:
    """Another exercise with its usual loads scaled to a peak effort, or None when they cannot be.

    What can be held is proportional to the load (`strength` is the load times its greatest factor), so one
    analysis tells by how much to scale.
    """
    usual = replace(
        default_setup(exercise, analysis.setup.person, side=analysis.setup.side),
        strength_curve=analysis.setup.strength_curve,
    )
    if scaled_loads(usual.loads, 1.0) is None:
        return None
    try:
        peak = _peak_effort(_Asked(usual, analysis.holder))
        loads = scaled_loads(usual.loads, effort / peak) if peak > 0.0 else None
        if loads is None:
            return None
        plain = yield replace(usual, loads=loads)
    except InfeasibleError:
        return None
    return plain


@dataclass(frozen=True)
class _Asked:
    """A set-up and who holds it, alike when all that an analysis depends on is."""

    setup: SetUp = field(compare=False)
    holder: FittedHolder | None = field(compare=False)
    key: tuple[object, ...] = field(init=False)

    def __post_init__(self) -> None:
        setup = self.setup
        alike = (
            setup.exercise.movement,
            setup.loads,
            setup.person,
            setup.side,
            setup.tempo,
            setup.strength_curve,
        )
        object.__setattr__(self, "key", (*alike, id(self.holder)))


@lru_cache(maxsize=256)
def _peak_effort(asked: _Asked) -> float:
    """Peak effort of an alternative as it is usually loaded, the same for all that is compared with it."""
    return analyse(asked.setup, with_spread=False, holder=asked.holder).summary.peak_effort


def scaled_loads(loads: Sequence[Load], factor: float) -> tuple[Load, ...] | None:
    """Weights and cables times a factor; None when another kind of load is among them."""
    scaled: list[Load] = []
    for load in loads:
        if isinstance(load, WeightLoad):
            scaled.append(replace(load, mass_kg=load.mass_kg * factor))
        elif isinstance(load, CableLoad):
            scaled.append(replace(load, force_n=load.force_n * factor))
        else:
            return None
    return tuple(scaled)


def _comparison(analysis: Analysis, plain: Analysis) -> Figures:
    targets = analysis.setup.exercise.muscles
    load, strength = plain.working.load_n, plain.strength_n
    return {
        "alternative_id": plain.setup.exercise.id,
        "alternative_name": _within_sentence(plain.setup.exercise.name),
        "alternative_in_hand": "in each hand" if len(plain.results) > 1 else "in your hand",
        "alternative_load_kg": kilograms_force(float(load.max())),
        "alternative_start_kg": kilograms_force(float(load[0])),
        "alternative_start_strength_kg": kilograms_force(float(strength[0])),
        "alternative_evenness_gain": plain.summary.evenness - analysis.summary.evenness,
        "alternative_target_ratio": _ratio(dose(plain, targets), dose(analysis, targets)),
        "alternative_first_ratio": _ratio(dose(plain, targets[:1]), dose(analysis, targets[:1])),
        "alternative_lengthened_ratio": _ratio(
            dose(plain, targets, "lengthened"), dose(analysis, targets, "lengthened")
        ),
    }


def _within_sentence(name: str) -> str:
    return name[:1].lower() + name[1:]


def with_help(analysis: Analysis, exercises: Path | None = None) -> Figures:
    """The related exercise in which a band helps, if there is one."""
    for related in analysis.setup.exercise.related:
        exercise = find_exercise(related, exercises)
        if "assistance" in exercise.intents:
            return {"assisted_id": exercise.id, "assisted_name": _within_sentence(exercise.name)}
    return {}
