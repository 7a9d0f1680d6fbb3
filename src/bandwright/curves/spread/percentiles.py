"""p05, p50 and p95 of everything drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from bandwright.curves.spread.between import PERCENTILES
from bandwright.curves.spread.causes import Cause, Deviates
from bandwright.curves.spread.figures import DrawnFigures
from bandwright.loads import LoadForces

Array = NDArray[np.float64]
Ranks = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class FigureSpread:
    """p05, p50, p95 of the figures, each (3,); of a muscle's dose (3, 3): mean, shortened, lengthened last."""

    evenness: Array
    underloaded: Array
    peak_effort: Array
    peak_phase: Array
    reps_estimate: Array
    work_j: Array
    muscle_dose: Mapping[str, Array]


@dataclass(frozen=True, slots=True)
class MuscleSpread:
    """p05, p50, p95 of one muscle over the repetition, each (3, K): activation [-], force [N]."""

    activation: Array
    force_n: Array


@dataclass(frozen=True, slots=True)
class Draws:
    """What was drawn, for whoever judges it: curves (D, K) of the working hand, figures, the loads' forces."""

    deviates: Deviates
    load_n: Array
    strength_n: Array
    effort: Array
    figures: DrawnFigures
    forces: tuple[LoadForces, ...]
    spine_share: Array


@dataclass(frozen=True, slots=True)
class Everything:
    """p05, p50, p95 of all the rest: curves (3, K) by name, and the figures; `causes` is each cause's part of the
    variance of the peak effort's logarithm.
    """

    resisting_n: Array
    tension_n: Mapping[str, Array]
    joint_torque_nm: Mapping[str, Array]
    residual_nm: Mapping[str, Array]
    muscles: Mapping[str, MuscleSpread]
    moment_nm: Array
    spine_share: Array
    figures: FigureSpread
    causes: Mapping[Cause, float]
    draws: Draws


@dataclass(frozen=True, slots=True)
class Spread:
    """p05, p50, p95 of the working hand's curves, each (3, K): load and strength [N], effort [-].

    `rest` is that of everything else; None where nothing was drawn and the three are the nominal ones.
    """

    load_n: Array
    strength_n: Array
    effort: Array
    rest: Everything | None = None


def percentiles(values: Array) -> Array:
    """p05, p50, p95 (3, …) over the last axis of (…, D)."""
    ordered = np.sort(np.ascontiguousarray(values), axis=-1)  # of draws far apart in memory, twice as slow
    low, high, share = _ranks(values.shape[-1])
    below, above = ordered[..., low], ordered[..., high]
    return np.moveaxis(below + (above - below) * share, -1, 0)


def percentiles_of(*curves: Array) -> list[Array]:
    """p05, p50, p95 (3, K) of each of some curves (D, K)."""
    return list(percentiles(np.stack(curves).swapaxes(1, 2)).swapaxes(0, 1))


@lru_cache(maxsize=8)
def _ranks(draws: int) -> tuple[Ranks, Ranks, Array]:
    """Between which of so many draws in order each percentile lies, and how far along."""
    at = np.array(PERCENTILES) / 100.0 * (draws - 1)
    low = at.astype(np.intp)
    return low, np.minimum(low + 1, draws - 1), at - low


def figure_spread(figures: DrawnFigures) -> FigureSpread:
    """Percentiles of the figures."""
    names = [one.name for one in fields(DrawnFigures) if one.name != "muscle_dose"]
    plain = percentiles(np.array([getattr(figures, name) for name in names])).T
    # Of arms that mirror each other the doses are the same arrays, put in order once.
    once = {id(dose): dose for dose in figures.muscle_dose.values()}
    every = percentiles(np.moveaxis(np.array(list(once.values())), 1, 2)).swapaxes(0, 1)
    found = dict(zip(once, every, strict=True))
    doses = {name: found[id(dose)] for name, dose in figures.muscle_dose.items()}
    return FigureSpread(**dict(zip(names, plain, strict=True)), muscle_dose=doses)


def no_spread(load_n: Array, strength_n: Array, effort: Array) -> Spread:
    """The nominal curves, where nothing was drawn."""
    load, strength, effort = (np.tile(curve, (3, 1)) for curve in (load_n, strength_n, effort))
    return Spread(load, strength, effort)
