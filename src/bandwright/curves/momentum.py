"""Whether a lift gets past its weak place on momentum, where its load could not be held still."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bandwright.numerics.compiled import exactly_compiled

Array = NDArray[np.float64]

FASTEST_M_S: Final = 0.8
"""Fastest that a heavy load moves (SanchezMedina2014): a row at its one repetition maximum averages 0.52 m/s, and a
speed that rises and falls as half a sine peaks π/2 times as high [m/s]."""

HALVINGS: Final = 40
"""Halvings of the interval the factor lies in: to a millionth of a millionth of it."""


@dataclass(frozen=True, slots=True)
class Pull:
    """One hand's lift over K poses.

    `load_n`, `resisting_n` (K,) as in an arm's result [N], `way_m` (K, 3) the hand's way [m], and `mass_kg` the mass
    that moves with it; bands have next to none.
    """

    load_n: Array
    resisting_n: Array
    way_m: Array
    mass_kg: float


def momentum_effort(pull: Pull, strength_n: Array) -> float:
    """Load over the greatest load that gets from start to finish when it need be held nowhere [-].

    The lift starts at rest. What strength gives beyond the load speeds the mass up, to `FASTEST_M_S` at most, and
    that energy may be spent where strength is less than the load. Strength is taken as at rest, whatever the speed,
    so this is the least effort that mechanics allows; it is the peak effort where nothing heavy moves.
    """
    step = np.linalg.norm(np.diff(pull.way_m, axis=0), axis=1)
    asked = _between(pull.resisting_n) * step
    along = np.divide(pull.resisting_n, pull.load_n, out=np.zeros_like(pull.load_n), where=pull.load_n > 0.0)
    given = _between(strength_n * np.maximum(along, 0.0)) * step
    lifting = asked > 0.0
    if not lifting.any():
        return 0.0
    most = pull.mass_kg * FASTEST_M_S**2 / 2
    high = float(np.max(given[lifting] / asked[lifting]))
    return 1.0 / max(_greatest_factor(given, asked, most, high), 1e-12)


def _between(curve: Array) -> Array:
    return np.asarray((curve[1:] + curve[:-1]) / 2)


@exactly_compiled
def _greatest_factor(given_j: Array, asked_j: Array, most_j: float, high: float) -> float:
    """By what factor up to `high` the load can grow and still get through."""
    low = 0.0
    for _ in range(HALVINGS):
        factor = (low + high) / 2
        if _gets_through(given_j, max(factor, 1e-12), asked_j, most_j):
            low = factor
        else:
            high = factor
    return low


@exactly_compiled
def _gets_through(given_j: Array, factor: float, asked_j: Array, most_j: float) -> bool:
    """Whether energy that starts at 0 and is kept up to `most_j` never runs out."""
    kept = 0.0
    for i in range(given_j.shape[0]):
        kept = min(kept + (given_j[i] / factor - asked_j[i]), most_j)
        if kept < 0.0:
            return False
    return True
