"""Numbers as answers print them: few digits, the same every time, never NaN."""

from __future__ import annotations

import math
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

DIGITS: Final = 6
"""Significant digits of every number, and decimals of SI units beyond which only noise is left."""


def number(value: float) -> float | None:
    """A number with `DIGITS` significant digits and decimals, so that the same answer prints the same."""
    if not math.isfinite(value):
        return None
    return round(float(f"{value:.{DIGITS}g}"), DIGITS) + 0.0  # + 0.0 turns -0.0 into 0.0


def numbers(values: NDArray[np.float64]) -> Any:  # noqa: ANN401 — lists nested as deep as the array
    """Nested lists of rounded numbers; None where a value is not finite."""
    flat = np.array([number(value) for value in np.ravel(values).tolist()], dtype=object)
    return flat.reshape(np.shape(values)).tolist()
