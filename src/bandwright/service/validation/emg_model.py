"""What the model gives for an exercise at a study's load."""

from __future__ import annotations

from functools import cache

import numpy as np

from bandwright.catalogue.setups import default_setup
from bandwright.loads import CableLoad, WeightLoad
from bandwright.loads.load import Load
from bandwright.service.claims import MEDIAN_MAN
from bandwright.service.loaded import Lift, at_effort, loaded
from bandwright.service.metrics import elements_of
from bandwright.service.validation.emg_tables import Activity, movement, study_loads
from bandwright.units import GRAVITY_M_S2


@cache
def lift(study: str, exercise: str) -> Lift:
    """The exercise analysed at the study's common load."""
    rule = study_loads()[study]
    setup = default_setup(movement(exercise), MEDIAN_MAN)
    if rule.rule == "effort":
        return at_effort(setup, rule.amount)
    factor = 1.0
    if rule.rule == "body-mass-share":
        factor = rule.amount * MEDIAN_MAN.mass_kg * GRAVITY_M_S2 / sum(map(_weight_n, setup.loads))
    return loaded(setup, factor)


def _weight_n(load: Load) -> float:
    match load:
        case CableLoad():
            return load.force_n
        case WeightLoad():
            return load.mass_kg * load.count * GRAVITY_M_S2
        case _:
            return 0.0


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
