"""Figures drawn from the curves: evenness, repetitions, work and how much each muscle does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bandwright.curves.arm import ArmResult
from bandwright.movements import PosedRepetition
from bandwright.numerics.arrays import read_only

Array = NDArray[np.float64]

EPLEY_PER_REP: Final = 30.0
"""One repetition maximum = load · (1 + repetitions / 30) (Epley1985)."""

MOST_REPS: Final = 50.0
"""Beyond this the repetition formula says nothing."""

FIBRE_DECIMALS: Final = 9
"""Fibre lengths over their optimum that agree in so many decimals are the same."""

UNDERLOADED_BELOW: Final = 0.5
"""A pose is underloaded when its effort is under this share of the peak (design)."""


@dataclass(frozen=True, slots=True)
class MuscleDose:
    """Mean activation of a muscle over the repetition and over the third with its shortest and longest fibres."""

    mean: float
    shortened: float
    lengthened: float


@dataclass(frozen=True, slots=True)
class Summary:
    """What the curves come to; see `design` definitions. Efforts [-], work [J]."""

    evenness: float
    underloaded: float
    peak_effort: float
    peak_phase: float
    reps_estimate: float
    work_j: float
    muscle_dose: Mapping[str, MuscleDose]


def evenness(effort: Array) -> float:
    """Mean effort over peak effort [-]: 1 = matched to the strength curve everywhere; 0 when always slack."""
    peak = float(effort.max())
    return float(effort.mean()) / peak if peak > 0 else 0.0


def underloaded(effort: Array) -> float:
    """Share of the phase with effort under half its peak [-]."""
    return float(np.mean(effort < UNDERLOADED_BELOW * effort.max())) if effort.max() > 0 else 1.0


def repetitions(peak_effort: float) -> float:
    """Repetitions possible at a peak effort, from Epley's formula read backwards [-]."""
    if peak_effort >= 1.0:
        return 0.0
    return float(min(EPLEY_PER_REP * (1.0 / max(peak_effort, 1e-6) - 1.0), MOST_REPS))


def muscle_doses(activation: Array, fibre_norm: Array) -> tuple[MuscleDose, ...]:
    """Doses of n muscles from their activations and fibre lengths over the repetition, each (n, K)."""
    doses = np.einsum("pnk,nk->np", _weights_of(fibre_norm), activation)
    return tuple(MuscleDose(*figures) for figures in doses.tolist())


def dose_weights(fibre_norm: Array) -> Array:
    """What each pose counts (3, K, n) in the doses of n muscles, by thirds of the nominal fibre lengths (K, n)."""
    return np.ascontiguousarray(_weights_of(fibre_norm.T).swapaxes(1, 2))


def _weights_of(fibre_norm: Array) -> Array:
    """The same (3, n, K) by lengths (n, K)."""
    # In a hold lengths differ by rounding alone, which must not choose.
    return _kept_weights(fibre_norm.round(FIBRE_DECIMALS).tobytes(), fibre_norm.shape)


@lru_cache(maxsize=16)
def _kept_weights(content: bytes, shape: tuple[int, int]) -> Array:
    """The same, kept for all loads of a repetition: all, those in the shortest third, those in the longest one."""
    fibre_norm = np.frombuffer(content).reshape(shape)
    short, long = np.quantile(fibre_norm, [1 / 3, 2 / 3], axis=1)
    parts = np.stack([np.ones(shape), fibre_norm <= short[:, None], fibre_norm >= long[:, None]])
    return read_only(parts / parts.sum(axis=2, keepdims=True))


def work_j(posed: PosedRepetition, results: tuple[ArmResult, ...]) -> float:
    """Work against the external forces while lifting, both hands together [J]."""
    total = 0.0
    for result in results:
        steps = np.diff(posed.hand_way(result.side), axis=0)
        force = (result.hand.total[1:] + result.hand.total[:-1]) / 2
        total -= float(np.einsum("ki,ki->", force, steps))
    return total


def summarise(
    posed: PosedRepetition, results: tuple[ArmResult, ...], effort: Array, doses: Mapping[str, MuscleDose]
) -> Summary:
    """The figures of one analysis; `effort` is the working hand's."""
    peak = int(np.argmax(effort))
    return Summary(
        evenness=evenness(effort),
        underloaded=underloaded(effort),
        peak_effort=float(effort[peak]),
        peak_phase=float(posed.phase[peak]),
        reps_estimate=repetitions(float(effort[peak])),
        work_j=work_j(posed, results),
        muscle_dose=doses,
    )
