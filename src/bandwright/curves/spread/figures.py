"""Figures of every draw: what `measures` says of one analysis, for all of them at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bandwright.curves.measures import EPLEY_PER_REP, MOST_REPS, UNDERLOADED_BELOW
from bandwright.curves.spread.arm import DrawnArm

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class DrawnFigures:
    """What D draws come to, each (D,); `muscle_dose` (D, 3) is the mean, the shortened and the lengthened dose."""

    evenness: Array
    underloaded: Array
    peak_effort: Array
    peak_phase: Array
    reps_estimate: Array
    work_j: Array
    muscle_dose: Mapping[str, Array]


def figures_of_draws(
    phase: Array, effort: Array, arms: Sequence[DrawnArm], doses: Mapping[str, Array]
) -> DrawnFigures:
    """The figures of each draw; `effort` (D, K) is the working hand's."""
    peak, mean = effort.max(axis=1), effort.mean(axis=1)
    pulls = peak > 0.0
    low = (effort < UNDERLOADED_BELOW * peak[:, None]).mean(axis=1)
    once = {id(arm.load_n): arm for arm in arms}  # arms that mirror each other do the same work
    work = {name: _work(arm) for name, arm in once.items()}
    possible = EPLEY_PER_REP * (1.0 / np.maximum(peak, 1e-6) - 1.0)
    return DrawnFigures(
        evenness=np.where(pulls, mean / np.where(pulls, peak, 1.0), 0.0),
        underloaded=np.where(pulls, low, 1.0),
        peak_effort=peak,
        peak_phase=phase[np.argmax(effort, axis=1)],
        reps_estimate=np.clip(possible, 0.0, MOST_REPS),
        work_j=np.asarray(sum(work[id(arm.load_n)] for arm in arms)),
        muscle_dose=doses,
    )


def _work(arm: DrawnArm) -> Array:
    """Work of one hand while lifting (D,) [J]."""
    force = arm.hand.total
    middle = (force[:, 1:] + force[:, :-1]) / 2
    return np.asarray(-np.einsum("dki,dki->d", middle, np.diff(arm.way_m, axis=1)))
