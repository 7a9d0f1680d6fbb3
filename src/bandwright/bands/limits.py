"""How far a band may be stretched, and where its numbers end."""

from __future__ import annotations

from typing import Final

from bandwright.bands.band import Band
from bandwright.bands.table_law import TableLaw
from bandwright.errors import Problem

OVERSTRETCHED: Final = "band-overstretched"
NEAR_LIMIT: Final = "band-near-limit"
OUTSIDE_MEASURED: Final = "band-outside-measured-range"

_ROUNDING: Final = 1e-9


def stretch_problems(stretch: float, band: Band) -> list[Problem]:
    """What is wrong with stretching a band this far: over its limit, near it, or beyond its data.

    `OVERSTRETCHED` is a reason to refuse the set-up (the caller raises); the other two codes are warnings.
    """
    problems = []
    if stretch > band.max_stretch + _ROUNDING:
        problems.append(_over(stretch, band))
    elif stretch > band.warn_stretch + _ROUNDING:
        problems.append(_near(stretch, band))
    if stretch > band.known_to_stretch + _ROUNDING:
        problems.append(_unmeasured(stretch, band))
    return problems


def _over(stretch: float, band: Band) -> Problem:
    return Problem(
        OVERSTRETCHED,
        f"'{band.name}' would be stretched to {stretch:.2f} times its rest length; "
        f"its limit is {band.max_stretch:.2f} times.",
        (f"at most {band.max_stretch:.2f} times the rest length",),
        hint="Use a longer band, fold it less, or move the anchor closer.",
    )


def _near(stretch: float, band: Band) -> Problem:
    return Problem(
        NEAR_LIMIT,
        f"'{band.name}' is stretched to {stretch:.2f} times its rest length; "
        f"from {band.warn_stretch:.2f} times on, wear and injury by a break become more likely.",
        hint="Check the band for nicks before each set and keep your face out of its line.",
    )


def _unmeasured(stretch: float, band: Band) -> Problem:
    hint = "The force there is extrapolated; take a scale reading at this length to be sure."
    if isinstance(band.law, TableLaw):
        hint += " A table goes on straight after its last point, and fabric may stiffen sharply there."
    return Problem(
        OUTSIDE_MEASURED,
        f"'{band.name}' is stretched to {stretch:.2f} times its rest length, "
        f"but its force is known only up to {band.known_to_stretch:.2f} times.",
        hint=hint,
    )
