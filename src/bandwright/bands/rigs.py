"""How a band is used: how many strands it gives, and how long each is at rest."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from bandwright.bands.band import Band
from bandwright.bands.law import StrandLaw
from bandwright.errors import InputError, Problem, unknown_name
from bandwright.numerics.arrays import FloatArray

RigKind = Literal["single", "folded", "hitched", "choked", "strand", "series"]
"""`single`: a loop, two strands. `folded`: doubled once. `hitched`: a loop tied round its anchor by itself.
`choked`: part of the band held out of use. `strand`: an open band from end to end. `series`: end to end.
"""

LOOP_RIGS: Final[tuple[RigKind, ...]] = ("single", "folded", "hitched", "choked", "series")
OPEN_RIGS: Final[tuple[RigKind, ...]] = ("strand", "folded", "choked", "series")

FLAT_LENGTH_IN: Final = 41.0
HITCHED_LENGTH_IN: Final[dict[int, float]] = {1: 33.0, 2: 27.0}
"""Slack length of a 41 in loop hitched once and twice round its anchor [in] (JUMPSTR)."""


@dataclass(frozen=True, slots=True)
class RiggedBand:
    """Identical strands side by side between two places; `split` shares them between two hands."""

    law: StrandLaw
    strands: int
    """All strands together, of every band of the rig and to both hands."""
    rest_length_m: float
    """Rest length of each strand [m]."""
    split: bool = False
    """Whether half of the strands go to each hand."""

    @property
    def strands_per_hand(self) -> int:
        """Strands that end in one hand: half of all when the rig serves both."""
        return self.strands // 2 if self.split else self.strands

    def stretch_ratio(self, length_m: ArrayLike) -> FloatArray:
        """Length over rest length; below 1 the strands are slack [-]."""
        return np.asarray(np.asarray(length_m, dtype=np.float64) / self.rest_length_m)

    def tension_n(self, length_m: ArrayLike) -> FloatArray:
        """Tension of one strand [N]."""
        return self.law.tension_n(self.stretch_ratio(length_m))

    def force_n(self, length_m: ArrayLike) -> FloatArray:
        """Pull of all strands together [N]."""
        return np.asarray(self.strands * self.tension_n(length_m))

    def hand_force_n(self, length_m: ArrayLike) -> FloatArray:
        """Pull on one hand along its strands [N]."""
        return np.asarray(self.strands_per_hand * self.tension_n(length_m))

    def length_m(self, force_n: ArrayLike) -> FloatArray:
        """Length at which all strands together pull this hard; the rest length when they do not pull [m]."""
        tension = np.asarray(force_n, dtype=np.float64) / self.strands
        return np.asarray(self.rest_length_m * self.law.stretch(tension))

    def stiffness_n_m(self, length_m: ArrayLike) -> FloatArray:
        """Derivative of force by length [N/m]."""
        slope = self.law.stiffness_n(self.stretch_ratio(length_m))
        return np.asarray(self.strands / self.rest_length_m * slope)

    def energy_j(self, length_m: ArrayLike) -> FloatArray:
        """Energy stored by all strands [J]."""
        stored = self.law.energy_n(self.stretch_ratio(length_m))
        return np.asarray(self.strands * self.rest_length_m * stored)


def allowed_rigs(band: Band) -> tuple[RigKind, ...]:
    """The ways this band can be used."""
    return LOOP_RIGS if band.is_loop else OPEN_RIGS


def hitched_length_m(band: Band, times: int = 1) -> float:
    """Free rest length of each strand of a long loop hitched once or twice round its anchor [m] (JUMPSTR).

    Raises:
        InputError: the band is not a long loop, or the number of hitches was never measured.
    """
    if band.kind != "loop" or times not in HITCHED_LENGTH_IN:
        said = f"The length lost by hitching the {band.kind} '{band.id}' {times} time(s) is not known."
        allowed = ("a long loop hitched 1 or 2 times",)
        raise InputError(Problem("unknown-hitch", said, allowed, hint=_FREE_LENGTH_HINT))
    return 0.5 * band.rest_length_m * HITCHED_LENGTH_IN[times] / FLAT_LENGTH_IN


def rig(
    band: Band,
    kind: RigKind,
    *,
    split: bool,
    count: int = 1,
    contact_m: float = 0.0,
    free_length_m: float | None = None,
) -> RiggedBand:
    """The strands that a band gives when it is used in one way.

    Args:
        band: the product.
        kind: how it is used.
        split: one band serves both hands from one origin, half of the strands to each.
        count: identical bands, side by side; in `series`, end to end.
        contact_m: length of each band under the feet or inside the grip, which does not stretch [m].
        free_length_m: rest length of each strand as measured, instead of the computed one [m].

    Raises:
        InputError: the band cannot be used that way, or no length is left to stretch.
    """
    problems = _rig_problems(band, kind, count, contact_m, free_length_m)
    if problems:
        raise InputError(*problems)
    strands = _strands_per_band(band, kind, split=split)
    if free_length_m is not None:
        rest = free_length_m
    elif kind == "hitched":
        rest = hitched_length_m(band) - contact_m / strands
    else:
        rest = (band.rest_length_m - contact_m) / strands
    longest = band.rest_length_m / strands
    if not 0.0 < rest <= longest * (1.0 + 1e-9):
        raise InputError(_no_length(band, kind, rest, longest))
    if kind == "series":
        return RiggedBand(band.law, strands, count * rest, split)
    return RiggedBand(band.law, strands * count, rest, split)


def _strands_per_band(band: Band, kind: RigKind, *, split: bool) -> int:
    """A loop has two sides and an open band shared by two hands two halves; a fold doubles either."""
    sides = 2 if band.is_loop or split else 1
    return 2 * sides if kind == "folded" else sides


_FREE_LENGTH_HINT: Final = (
    "Measure each strand where it is free, laid straight and not tugged, and give free_length_m, e.g. 0.60."
)


def _rig_problems(
    band: Band, kind: RigKind, count: int, contact_m: float, free_length_m: float | None
) -> list[Problem]:
    problems = []
    if kind not in get_args(RigKind):
        problems.append(unknown_name("rig", kind, allowed_rigs(band), hint='Example: rig = "single".'))
    elif kind not in allowed_rigs(band):
        problems.append(_impossible(band, kind))
    if count < 1 or (kind == "series" and count < 2):
        said = f"A rig of {count} band(s) in '{kind}' is not possible."
        problems.append(
            Problem("bad-count", said, ("1 or more; 2 or more in series",), hint="Example: count = 2.")
        )
    if not (math.isfinite(contact_m) and contact_m >= 0.0):
        said = f"The length in contact is {contact_m:g} m."
        problems.append(Problem("bad-contact", said, ("0 or more",), hint="Example: contact_m = 0.30."))
    if kind == "choked" and free_length_m is None:
        said = f"Choking up on '{band.id}' needs the length that stays free."
        problems.append(Problem("no-free-length", said, hint=_FREE_LENGTH_HINT))
    return problems


def _impossible(band: Band, kind: RigKind) -> Problem:
    form = "closed loop" if band.is_loop else "band with two ends"
    swap = '"single"' if band.is_loop else '"strand"'
    return Problem(
        "impossible-rig",
        f"'{band.id}' is a {form} and cannot be rigged '{kind}'.",
        allowed_rigs(band),
        hint=f"The plain use is rig = {swap}.",
    )


def _no_length(band: Band, kind: RigKind, rest_m: float, longest_m: float) -> Problem:
    return Problem(
        "bad-free-length",
        f"Each strand of '{band.id}' rigged '{kind}' would be {rest_m:.3g} m long at rest.",
        (f"above 0 and at most {longest_m:.3g} m",),
        hint="Check contact_m and free_length_m; a tail that is not stretched does not count.",
    )
