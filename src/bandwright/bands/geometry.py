"""Bands worked out from shapes: a mini band round two limbs, and a loop known by its size only."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from bandwright.bands.band import FORCE_SPREAD, LENGTH_SPREAD, Band
from bandwright.bands.law import TYPICAL_SHAPE, MartinRothStiehler
from bandwright.errors import InputError, Problem
from bandwright.numerics.arrays import FloatArray

LAYERED_STRESS_PA: Final = 0.72e6
"""Stress of a layered latex loop at 100 % elongation, SD 7 % [Pa] (ROGUE, derived: two strands)."""

LONG_LOOP_M: Final = 2.08
"""Circumference of a "41 in" loop [m] (ROGUE, ELITE, HOMEGYM)."""


def mini_band_path_m(
    spacing_m: ArrayLike, radius_m: float, other_radius_m: float | None = None
) -> FloatArray:
    """Length of a band drawn tight round two round limbs whose centres are `spacing_m` apart [m].

    Raises:
        InputError: a radius is negative, or one limb lies inside the other.
    """
    spacing = np.asarray(spacing_m, dtype=np.float64)
    other = radius_m if other_radius_m is None else other_radius_m
    gap = abs(radius_m - other)
    if min(radius_m, other) < 0.0 or not np.all(spacing > gap):
        said = (
            f"Limbs of radius {radius_m:g} and {other:g} m cannot have centres {np.min(spacing):g} m apart."
        )
        allowed = (f"radii of 0 or more, centres more than {gap:g} m apart",)
        raise InputError(
            Problem("bad-limbs", said, allowed, hint="Example: radius 0.06 m, centres 0.30 m apart.")
        )
    straight = 2.0 * np.sqrt(spacing**2 - gap**2)
    return np.asarray(straight + math.pi * (radius_m + other) + 2.0 * gap * np.arcsin(gap / spacing))


def mini_band_stretch(
    rest_length_m: float, spacing_m: ArrayLike, radius_m: float, other_radius_m: float | None = None
) -> FloatArray:
    """Stretch of a mini band round two limbs; above 1 even at rest when the limbs are thick [-].

    Raises:
        InputError: see `mini_band_path_m`.
    """
    return np.asarray(mini_band_path_m(spacing_m, radius_m, other_radius_m) / rest_length_m)


def mini_band_pull_n(
    band: Band, spacing_m: ArrayLike, radius_m: float, other_radius_m: float | None = None
) -> FloatArray:
    """Force that draws each of two limbs towards the other: two strands, along the line of centres [N].

    Raises:
        InputError: see `mini_band_path_m`.
    """
    spacing = np.asarray(spacing_m, dtype=np.float64)
    stretch = mini_band_stretch(band.rest_length_m, spacing, radius_m, other_radius_m)
    gap = 0.0 if other_radius_m is None else abs(radius_m - other_radius_m)
    return np.asarray(2.0 * band.law.tension_n(stretch) * np.sqrt(1.0 - (gap / spacing) ** 2))


def layered_loop(width_mm: float, thickness_mm: float, circumference_m: float = LONG_LOOP_M) -> Band:
    """A layered latex loop of which only the size is known; good to about 15 %.

    Raises:
        InputError: a size is not positive.
    """
    sizes = {"width_mm": width_mm, "thickness_mm": thickness_mm, "circumference_m": circumference_m}
    hint = "Example: loop-29x4.5mm for 29 mm wide and 4.5 mm thick."
    problems = [
        Problem("bad-loop-size", f"A loop cannot have {name} = {value:g}.", ("a positive size",), hint=hint)
        for name, value in sizes.items()
        if not (math.isfinite(value) and value > 0.0)
    ]
    if problems:
        raise InputError(*problems)
    law = MartinRothStiehler(1.0, TYPICAL_SHAPE)
    tension_n = LAYERED_STRESS_PA * width_mm * thickness_mm * 1e-6
    known_length = "" if circumference_m == LONG_LOOP_M else f"-{1000.0 * circumference_m:g}mm"
    return Band(
        id=f"loop-{width_mm:g}x{thickness_mm:g}mm{known_length}",
        name=f"Layered loop {width_mm:g} x {thickness_mm:g} mm",
        brand="",
        kind="loop",
        law=MartinRothStiehler(tension_n / float(law.tension_n(2.0)), TYPICAL_SHAPE),
        rest_length_m=circumference_m,
        width_mm=width_mm,
        thickness_mm=thickness_mm,
        measured_to_stretch=2.0,
        confidence="geometry",
        force_spread=FORCE_SPREAD["geometry"],
        length_spread=LENGTH_SPREAD["geometry"],
        source="ROGUE",
        note="Force from the size alone; take a scale reading for better.",
    )
