"""Effort of a whole analysis when the lift may be swung."""

from __future__ import annotations

from collections.abc import Iterable

from bandwright.body import Side
from bandwright.curves.momentum import Pull, momentum_effort
from bandwright.loads import BandLoad, CableLoad, WeightLoad, hands_of
from bandwright.loads.load import Load
from bandwright.movements import PosedRepetition
from bandwright.service.analysis import Analysis
from bandwright.units import GRAVITY_M_S2


def effort_by_momentum(analysis: Analysis) -> float:
    """Effort of the lift when its load need be held nowhere [-].

    It is the peak effort in a hold, and where nothing heavy moves.
    """
    working = analysis.working
    mass_kg = moving_mass_kg(analysis.setup.loads, analysis.posed, working.side)
    if analysis.setup.exercise.movement.isometric or mass_kg == 0.0:
        return analysis.summary.peak_effort
    way = analysis.posed.hand_way(working.side)
    return momentum_effort(Pull(working.load_n, working.resisting_n, way, mass_kg), analysis.strength_n)


def moving_mass_kg(loads: Iterable[Load], posed: PosedRepetition, side: Side) -> float:
    """Mass that moves with one hand [kg]; a cable's weights move as fast as its handle."""
    return sum(_mass_kg(load, posed, side) for load in loads)


def _mass_kg(load: Load, posed: PosedRepetition, side: Side) -> float:
    match load:
        case BandLoad():
            return 0.0
        case WeightLoad() | CableLoad():
            hands = hands_of(load.to, posed)
            whole = load.mass_kg * load.count if isinstance(load, WeightLoad) else load.force_n / GRAVITY_M_S2
            return whole / len(hands) if side in hands else 0.0
        case _:
            return posed.sizes.person.mass_kg / len(posed.working)
