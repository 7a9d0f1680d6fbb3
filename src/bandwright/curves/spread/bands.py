"""Bands as they might really be: harder or softer, longer or shorter, and stretched otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bandwright.bands import StrandLaw
from bandwright.loads import BandLoad, Load, LoadForces, rigged
from bandwright.movements import PosedRepetition

Array = NDArray[np.float64]

PROBE: Final = 0.01
"""Relative change of a band's length by which its strands' is found; they go straight with each other [-]."""

SHORTEST: Final = 0.05
"""No strand is drawn shorter than this share of its nominal length [-]."""


@dataclass(frozen=True, slots=True)
class DrawnLaw:
    """One strand law as D different bands of a kind might have it: `tension_n` of (K,) stretches is (D, K).

    `factor` (D, 1) is how much harder each pulls; `longer` (D, K) how much longer its strands are at rest over how
    much longer the way is that they span [-].
    """

    law: StrandLaw
    factor: Array
    longer: Array

    @property
    def measured_to_stretch(self) -> float:
        """Largest stretch the law was measured at [-]."""
        return self.law.measured_to_stretch

    def tension_n(self, stretch: ArrayLike) -> Array:
        """Tension of one strand at a stretch of the nominal band [N]."""
        return self.factor * self.law.tension_n(np.asarray(stretch) / self.longer)

    def stiffness_n(self, stretch: ArrayLike) -> Array:
        """Derivative of tension by the nominal stretch [N]."""
        return self.factor / self.longer * self.law.stiffness_n(np.asarray(stretch) / self.longer)

    def energy_n(self, stretch: ArrayLike) -> Array:
        """Energy per nominal rest length [N]."""
        return self.factor * self.longer * self.law.energy_n(np.asarray(stretch) / self.longer)

    def stretch(self, tension_n: ArrayLike) -> Array:
        """Nominal stretch at a tension [-]."""
        return self.longer * self.law.stretch(np.asarray(tension_n) / self.factor)


def drawn_loads(
    loads: Sequence[Load], shares: Mapping[str, float], deviates: Array, spans: Mapping[str, Array]
) -> tuple[Load, ...]:
    """The loads as they might really be in D draws: band force log-normal, rest length normal.

    Args:
        loads: the nominal loads.
        shares: the `strand_shares` of the loads.
        deviates: (D, 2 b) standard normal numbers, two for each of the b bands.
        spans: how much longer each band's way is in each draw than nominally (D, K) [-].
    """
    columns = iter(deviates.T)
    found: list[Load] = []
    for load in loads:
        if not isinstance(load, BandLoad):
            found.append(load)
            continue
        factor = np.exp(np.log1p(load.band.force_spread) * next(columns))
        longer = 1.0 + shares[load.id] * load.band.length_spread * next(columns)
        slack = np.maximum(longer, SHORTEST)[:, None] / np.maximum(spans[load.id], SHORTEST)
        law = DrawnLaw(load.band.law, factor[:, None], slack)
        found.append(replace(load, band=replace(load.band, law=law)))
    return tuple(found)


def strand_shares(
    loads: Sequence[Load], posed: PosedRepetition, forces: Sequence[LoadForces]
) -> dict[str, float]:
    """By how much more than the whole band a free strand of each load is longer, relatively [-].

    More than 1 where part of the band lies under the feet or in the grip: that part is measured off and does not
    grow with the band. A strand measured by itself is as uncertain as the band.
    """
    rest = {one.id: one.band.rigged.rest_length_m for one in forces if one.band is not None}
    return {
        load.id: 1.0
        if load.free_length_m is not None
        else (rigged(_longer(load), posed).rest_length_m / rest[load.id] - 1.0) / PROBE
        for load in loads
        if isinstance(load, BandLoad)
    }


def _longer(load: BandLoad) -> BandLoad:
    return replace(load, band=replace(load.band, rest_length_m=(1.0 + PROBE) * load.band.rest_length_m))
