"""The sentences of the report: forces as they feel, curves in words, the set-up in centimetres."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from bandwright.units import kilograms_force

Array = NDArray[np.float64]

SMALL_KG: Final = 10.0
"""Below this a force is shown with one decimal [kgf]."""

TURN_SHARE: Final = 0.08
"""A turning point is named when it stands out by this share of the curve's range."""


def kilograms(force_n: float) -> str:
    """A force as it feels, e.g. "4.1 kg" or "31 kg"."""
    value = kilograms_force(float(force_n))
    return f"{value:.1f} kg" if round(value, 1) < SMALL_KG and round(value, 1) != round(value) else f"{value:.0f} kg"
