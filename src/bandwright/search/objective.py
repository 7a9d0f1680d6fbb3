"""What a person wants, as figures to be maximised within a window of effort."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from bandwright.curves.measures import EPLEY_PER_REP

Array = NDArray[np.float64]

Term = Literal["evenness", "dose", "shortened", "shift", "against", "simplicity", "strained"]
TERMS: Final[tuple[Term, ...]] = get_args(Term)
"""Figures that an objective weighs; `docs/designer.md` gives each one's formula."""

TARGET: Final = 0
AGAINST: Final = 1
"""Rows of the doses: the wanted muscles, and those that should stay idle."""


@dataclass(frozen=True, slots=True)
class Window:
    """Least and most peak effort of a set-up that suits [-]."""

    low: float
    high: float

    def miss(self, peak: Array) -> Array:
        """By what factor peak effort lies outside, as a logarithm: < 0 too light, > 0 too heavy, 0 inside [-]."""
        safe = np.maximum(peak, 1e-6)
        return np.minimum(np.log(safe / self.low), 0.0) + np.maximum(np.log(safe / self.high), 0.0)


def effort_for(repetitions: float) -> float:
    """Peak effort that leaves this many repetitions, the inverse of `curves.repetitions` [-]."""
    return 1.0 / (1.0 + repetitions / EPLEY_PER_REP)


@dataclass(frozen=True, slots=True)
class Objective:
    """An intent in figures."""

    intent: str
    weights: Mapping[Term, float]
    muscles: tuple[str, ...]
    """Muscle groups that count; none = those the exercise is for."""
    against: tuple[str, ...]
    """Muscle groups that should do little."""
    reps: tuple[float, float]
    reserve: float
    hold_effort: tuple[float, float]
    """Window of a hold, which has no repetitions [-]."""

    def window(self, *, isometric: bool = False) -> Window:
        """The window of peak effort that repetitions and reserve ask for."""
        if isometric:
            return Window(*self.hold_effort)
        least, most = self.reps
        return Window(effort_for(most + self.reserve), effort_for(least + self.reserve))

    def score(self, terms: Mapping[Term, Array]) -> Array:
        """Weighted sum of the terms (B,)."""
        return np.asarray(sum(weight * terms[name] for name, weight in self.weights.items()))

    def ceiling(self, evenness: Array, pieces: Array, dose: Array, shortened: Array) -> Array:
        """What the score can be at most, knowing how even and how simple set-ups are, and at most what the doses are;
        all (B,).
        """
        # Doses are not below 0; a shift is the difference of two.
        most = {"evenness": np.minimum(evenness, 1.0), "simplicity": simplicity(pieces)}
        most |= {"dose": dose, "shortened": shortened, "shift": dose}
        least = {"evenness": most["evenness"], "simplicity": most["simplicity"], "shift": -np.ones_like(dose)}
        one, none = np.ones_like(dose), np.zeros_like(dose)
        parts = (
            weight * (most.get(name, one) if weight > 0.0 else least.get(name, none))
            for name, weight in self.weights.items()
        )
        return np.asarray(sum(parts))


@dataclass(frozen=True, slots=True)
class Limits:
    """What no answer may exceed."""

    spine_share: float
    """Share of the lower back's capacity [-]."""
    forward_tip: float
    """Forward tipping moment over what the feet can balance [-]."""
    balance_m: float
    """How far body weight can shift over the feet before the heels lift [m]."""


def simplicity(pieces: Array) -> Array:
    """One over the number of things to fetch and fix [-]."""
    return np.asarray(1.0 / np.maximum(pieces, 1.0))
