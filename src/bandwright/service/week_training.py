"""Entries of a week, analysed, as the planner counts them."""

from __future__ import annotations

from dataclasses import dataclass

from bandwright.catalogue.exercise_tables import MUSCLE_GROUPS
from bandwright.catalogue.week import WeekEntry
from bandwright.catalogue.week_rules import Counting
from bandwright.loads import BandLoad, BodyWeightLoad
from bandwright.planner.training import Fibre, Kind, Training
from bandwright.service.analysis import Analysis, analyse
from bandwright.service.metrics import band_share, elements_of


@dataclass(frozen=True, slots=True)
class Trained:
    """One entry of a week: its analysis, and what the muscles feel."""

    entry: WeekEntry
    analysis: Analysis
    training: Training


def trained(entry: WeekEntry, counting: Counting) -> Trained:
    """An entry analysed, without its spread.

    Raises:
        InputError: the loads make no sense on this body.
        InfeasibleError: a band would be stretched beyond its limit.
        ModelError: the body cannot take up the movement.
    """
    analysis = analyse(entry.setup, with_spread=False)
    held = 1.0 if entry.hold_s is None else entry.hold_s / counting.repetition_s
    return Trained(entry, analysis, training_of(analysis, entry.sets, entry.reps * held, counting))


def training_of(analysis: Analysis, sets: int, reps: float, counting: Counting) -> Training:
    """Sets of a set-up as the muscles of the working side feel them."""
    side = analysis.working.side
    return Training(
        name=analysis.setup.exercise.name,
        kind=kind_of(analysis, counting),
        sets=sets,
        reps=reps,
        muscles={
            group: tuple(_fibre(analysis, f"{element}_{side}") for element in elements_of(group))
            for group in MUSCLE_GROUPS
            if elements_of(group)
        },
        targets=analysis.setup.exercise.muscles,
    )


def _fibre(analysis: Analysis, muscle: str) -> Fibre:
    curve = analysis.muscles[muscle]
    return Fibre(curve.activation, curve.fibre_length_norm)


def kind_of(analysis: Analysis, counting: Counting) -> Kind:
    """Who resists in a set-up.

    Under a bar the body weight resists, whatever a band takes of it: that is help, counted by itself. Elsewhere a
    band is alone when nothing else is held, or next to nothing.
    """
    loads = analysis.setup.loads
    if not any(isinstance(load, BandLoad) for load in loads):
        return "no-bands"
    if any(isinstance(load, BodyWeightLoad) for load in loads):
        return (
            "band-assisted" if any(one.on_body is not None for one in analysis.forces) else "bands-and-more"
        )
    alone = all(isinstance(load, BandLoad) for load in loads)
    most = band_share(analysis.forces) >= counting.band_alone_from
    return "bands-alone" if alone or most else "bands-and-more"
