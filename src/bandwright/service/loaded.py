"""A set-up with its loads multiplied, also to a wanted peak effort."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from bandwright.bands import MartinRothStiehler
from bandwright.catalogue.setup import SetUp
from bandwright.errors import ModelError, Problem
from bandwright.loads import BandLoad, BodyWeightLoad, CableLoad, WeightLoad
from bandwright.loads.load import Load
from bandwright.service.analysis import Analysis, analyse

STEPS: Final = 3
"""Analyses at most: capacity is linear in the load, so one rescaling is enough; the third would show if not."""

NEAR: Final = 0.005
"""Peak effort this near to the wanted one is accepted [-]."""


@dataclass(frozen=True, slots=True)
class Lift:
    """One exercise at some load."""

    analysis: Analysis
    factor: float
    """What the written loads were multiplied by [-]."""


def loaded(setup: SetUp, factor: float) -> Lift:
    """The set-up with every load times a factor.

    Raises:
        ModelError: a band's law cannot be scaled.
    """
    loads = tuple(scaled(load, factor) for load in setup.loads)
    return Lift(analyse(replace(setup, loads=loads), with_spread=False), factor)


def at_effort(setup: SetUp, effort: float) -> Lift:
    """The set-up with its loads multiplied so that the peak effort is as wanted.

    Raises:
        ModelError: a band's law cannot be scaled.
    """
    lift = loaded(setup, 1.0)
    for _ in range(STEPS - 1):
        if abs(lift.analysis.summary.peak_effort - effort) <= NEAR:
            break
        lift = loaded(setup, lift.factor * effort / lift.analysis.summary.peak_effort)
    return lift


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
