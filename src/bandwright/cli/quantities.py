"""Numbers with units as people type them: ``165cm``, ``1.5m``, ``8.2kg``, ``18lb``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from bandwright.errors import InputError, Problem, unknown_name
from bandwright.units import METRE_PER_INCH, NEWTON_PER_POUND, NEWTON_PER_UNIT, kilograms_force

METRE_PER_UNIT: Final[dict[str, float]] = {"m": 1.0, "cm": 0.01, "mm": 0.001, "in": METRE_PER_INCH}
KILOGRAM_PER_UNIT: Final[dict[str, float]] = {"kg": 1.0, "lb": kilograms_force(NEWTON_PER_POUND)}
SECOND_PER_UNIT: Final[dict[str, float]] = {"s": 1.0}
FORCE_UNITS: Final[dict[str, float]] = {**NEWTON_PER_UNIT, "n": NEWTON_PER_UNIT["N"]}

_QUANTITY: Final = re.compile(r"([-+]?[\d.]+(?:e[-+]?\d+)?|nan|[-+]?inf)\s*([a-z]*)", re.IGNORECASE)


def quantity(text: str, units: Mapping[str, float], default_unit: str, *, path: str) -> float:
    """The SI value of a number with one of the units, or with none when the default is meant.

    Raises:
        InputError: it is not a number, or the unit is not one of these.
    """
    match = _QUANTITY.fullmatch(text.strip())
    value = _float(match[1]) if match else None
    if match is None or value is None:
        hint = f"Write a number and its unit, e.g. 1.5{default_unit}."
        raise InputError(Problem("not-a-number", f"'{text}' is not a number.", hint=hint, path=path))
    unit = match[2] or default_unit
    known = units.get(unit, units.get(unit.lower()))
    if known is None:
        raise InputError(unknown_name("unit", unit, tuple(units), path=path))
    # Twelve digits, so that 165 cm is 1.65 m and not a hair more.
    return float(f"{value * known:.12g}")


def _float(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
