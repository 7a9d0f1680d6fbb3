"""One exercise of a week as the muscles feel it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

Kind = Literal["bands-alone", "band-assisted", "bands-and-more", "no-bands"]
"""Who resists: bands only; body weight that a band takes part of; bands and something else; no band at all."""


@dataclass(frozen=True, slots=True)
class Fibre:
    """One muscle element over a repetition, each (K,): activation [-], fibre length over optimum [-]."""

    activation: Array
    length_norm: Array


@dataclass(frozen=True, slots=True)
class Training:
    """One exercise of a week: what resists, how often, and what each muscle group's elements do."""

    name: str
    kind: Kind
    sets: int
    reps: float
    """Repetitions of a set; a hold counts as the repetitions it lasts as long as."""
    muscles: Mapping[str, tuple[Fibre, ...]]
    targets: tuple[str, ...]
    """The muscle groups the exercise is for."""

    @property
    def repetitions(self) -> float:
        """Repetitions in the week."""
        return self.sets * self.reps

    def dose(self, muscle: str) -> float:
        """Mean activation of a muscle group over one repetition [-]: the mean over its elements."""
        fibres = self.muscles.get(muscle, ())
        return float(np.mean([fibre.activation.mean() for fibre in fibres])) if fibres else 0.0

    def work(self, muscle: str) -> float:
        """Weekly work of a muscle group: repetitions times dose, in repetitions at full activation."""
        return self.repetitions * self.dose(muscle)
