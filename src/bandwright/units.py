"""Conversions between the units people use and the SI units used inside.

Everything inside Bandwright is SI with angles in radians; these conversions happen once, at the edge.
"""

from __future__ import annotations

import math
from typing import Final

GRAVITY_M_S2: Final = 9.80665
"""Standard acceleration of free fall [m/s²] (CGPM 1901)."""

NEWTON_PER_POUND: Final = 4.4482216152605
"""One pound-force [N]: the international pound times standard gravity."""

KILOGRAM_PER_POUND: Final = 0.45359237
"""One international pound [kg]."""

METRE_PER_INCH: Final = 0.0254
"""One international inch [m]."""

NEWTON_PER_UNIT: Final[dict[str, float]] = {"N": 1.0, "kg": GRAVITY_M_S2, "lb": NEWTON_PER_POUND}
"""How many newtons one unit of a scale reading stands for [N]; `kg` on a luggage scale is kilogram-force."""


def newtons(value: float, unit: str) -> float:
    """Force in newtons of a scale reading given in ``N``, ``kg`` or ``lb`` [N]."""
    return value * NEWTON_PER_UNIT[unit]


def kilograms_force(force_n: float) -> float:
    """How heavy a force feels: the mass whose weight it equals [kgf]."""
    return force_n / GRAVITY_M_S2


def radians(angle_deg: float) -> float:
    """Angle in radians of an angle given in degrees [rad]."""
    return math.radians(angle_deg)
