"""How uncertain the curves are: seeded Monte-Carlo over band force, rest length and strength."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bandwright.bands import StrandLaw
from bandwright.curves.arm import effort_of
from bandwright.loads import BandLoad, Load, load_forces
from bandwright.mechanics import hand_force
from bandwright.movements import PosedRepetition

Array = NDArray[np.float64]

DRAWS: Final = 200
SEED: Final = 20161

STRENGTH_CV: Final = 0.25
"""Between-person coefficient of variation of joint strength (Holzbaur2007moment, Stobbe1982) [-]."""

MEASURED_STRENGTH_CV: Final = 0.07
"""Repeat error of a person's own isometric pulls with a hanging scale (COACH: 5–10 %) [-]."""

PERCENTILES: Final = (5.0, 50.0, 95.0)


@dataclass(frozen=True, slots=True)
class Spread:
    """p05, p50, p95 of each curve, each (3, K): load and strength [N], effort [-]."""

    load_n: Array
    strength_n: Array
    effort: Array


@dataclass(frozen=True, slots=True)
class ScaledLaw:
    """A strand law times a factor, for drawing bands from a spread."""

    law: StrandLaw
    factor: float

    @property
    def measured_to_stretch(self) -> float:
        """Largest stretch the law was measured at [-]."""
        return self.law.measured_to_stretch

    def tension_n(self, stretch: ArrayLike) -> Array:
        """Tension of one strand [N]."""
        return self.factor * self.law.tension_n(stretch)

    def stiffness_n(self, stretch: ArrayLike) -> Array:
        """Derivative of tension by stretch [N]."""
        return self.factor * self.law.stiffness_n(stretch)

    def energy_n(self, stretch: ArrayLike) -> Array:
        """Energy per rest length [N]."""
        return self.factor * self.law.energy_n(stretch)

    def stretch(self, tension_n: ArrayLike) -> Array:
        """Stretch ratio at a tension [-]."""
        return self.law.stretch(np.asarray(tension_n) / self.factor)


def _drawn(load: Load, rng: np.random.Generator) -> Load:
    """The load as it might really be: band stiffness log-normal, rest length normal."""
    if not isinstance(load, BandLoad):
        return load
    factor = float(np.exp(rng.normal(0.0, np.log1p(load.band.force_spread))))
    length = 1.0 + float(rng.normal(0.0, load.band.length_spread))
    band = replace(
        load.band, law=ScaledLaw(load.band.law, factor), rest_length_m=load.band.rest_length_m * length
    )
    free = None if load.free_length_m is None else min(load.free_length_m * length, band.rest_length_m / 2)
    return replace(load, band=band, free_length_m=free)


def spread(
    posed: PosedRepetition, loads: Sequence[Load], strength_n: Array, strength_cv: float = STRENGTH_CV
) -> Spread:
    """Spread of the working hand's curves for a nominal strength curve (K,) [N].

    Strength is drawn as one factor for the whole curve: strong people are strong everywhere.
    """
    rng = np.random.default_rng(SEED)
    load = np.empty((DRAWS, len(posed.phase)))
    side = posed.working[0]
    for draw in range(DRAWS):
        forces = load_forces(tuple(_drawn(one, rng) for one in loads), posed)
        load[draw] = np.linalg.norm(hand_force(forces, side, len(posed.phase)).total, axis=1)
    factor = np.exp(rng.normal(0.0, strength_cv, DRAWS))
    strength = factor[:, None] * strength_n
    effort = effort_of(load, strength)
    return Spread(*(np.percentile(curve, PERCENTILES, axis=0) for curve in (load, strength, effort)))
