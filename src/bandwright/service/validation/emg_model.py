"""What the model gives for an exercise at a study's load."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from bandwright.bands import MartinRothStiehler
from bandwright.catalogue.setups import default_setup
from bandwright.errors import ModelError, Problem
from bandwright.loads import BandLoad, BodyWeightLoad, CableLoad, WeightLoad
from bandwright.loads.load import Load
from bandwright.service.analysis import Analysis, analyse
from bandwright.service.claims import MEDIAN_MAN
from bandwright.service.metrics import elements_of
from bandwright.service.validation.emg_tables import Activity, movement, study_loads
from bandwright.units import GRAVITY_M_S2

STEPS = 3
"""Analyses at most: capacity is linear in the load, so one rescaling is enough; the third would show if not."""

NEAR = 0.005
"""Peak effort this near to the study's is accepted [-]."""


@dataclass(frozen=True, slots=True)
class Lift:
    """One exercise as a study loaded it."""

    analysis: Analysis
    factor: float
    """What the written loads were multiplied by [-]."""


@cache
def lift(study: str, exercise: str) -> Lift:
    """The exercise analysed at the study's common load."""
    rule = study_loads()[study]
    setup = default_setup(movement(exercise), MEDIAN_MAN)
    factor = 1.0
    if rule.rule == "body-mass-share":
        factor = rule.amount * MEDIAN_MAN.mass_kg * GRAVITY_M_S2 / sum(map(_weight_n, setup.loads))
    for _ in range(STEPS):
        loads = tuple(scaled(load, factor) for load in setup.loads)
        found = analyse(replace(setup, loads=loads), with_spread=False)
        if rule.rule != "effort" or abs(found.summary.peak_effort - rule.amount) <= NEAR:
            break
        factor *= rule.amount / found.summary.peak_effort
    return Lift(found, factor)


def _weight_n(load: Load) -> float:
    match load:
        case CableLoad():
            return load.force_n
        case WeightLoad():
            return load.mass_kg * load.count * GRAVITY_M_S2
        case _:
            return 0.0


def scaled(load: Load, factor: float) -> Load:
    """A load that pulls `factor` times as hard.

    Raises:
        ModelError: the band's law cannot be scaled.
    """
    match load:
        case CableLoad():
            return replace(load, force_n=load.force_n * factor)
        case WeightLoad():
            return replace(load, mass_kg=load.mass_kg * factor)
        case BandLoad(band=band) if isinstance(band.law, MartinRothStiehler):
            law = MartinRothStiehler(band.law.m_n * factor, band.law.a)
            return replace(load, band=replace(band, law=law))
        case BodyWeightLoad():
            return load
    raise ModelError(
        Problem(
            "unscalable-band", f"The law of '{load.id}' has no one strength to scale.", hint="Give a law."
        )
    )


@cache
def activity(study: str, asked: Activity) -> float:
    """Modelled activation of the working arm's muscle: mean over groups of the mean over elements, then the mean or
    the peak over the lift [-].
    """
    analysis = lift(study, asked.exercise).analysis
    side = analysis.working.side
    groups = [
        np.mean([analysis.muscles[f"{element}_{side}"].activation for element in elements_of(group)], axis=0)
        for group in asked.groups
    ]
    curve = np.mean(groups, axis=0)
    return float(curve.max() if asked.statistic == "peak" else curve.mean())
