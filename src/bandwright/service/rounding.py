"""Numbers as answers print them: few digits, the same every time, never NaN."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Truths = NDArray[np.bool_]

DIGITS: Final = 6
"""Significant digits of every number, and decimals of SI units beyond which only noise is left."""

NEAR_TIE: Final = 1e-6
"""Closer to half a last digit than this, scaling by a power of ten could round the other way [last digits]."""

LEAST: Final = 1e-7
"""Below this a number is zero, whatever its digits are."""

GREATEST: Final = 1e9
"""From here on a number is rounded by itself: scaled, it would have more digits than a double keeps."""

_POWERS: Final[Array] = np.array([float(f"1e{exponent}") for exponent in range(23)])


def number(value: float) -> float | None:
    """A number with `DIGITS` significant digits and decimals, so that the same answer prints the same."""
    if not math.isfinite(value):
        return None
    return round(float(f"{value:.{DIGITS}g}"), DIGITS) + 0.0  # + 0.0 turns -0.0 into 0.0


def numbers(values: Array) -> Any:  # noqa: ANN401 — lists nested as deep as the array
    """Nested lists of rounded numbers as `number` gives them; None where a value is not finite."""
    given = np.asarray(values, dtype=np.float64)
    flat = given.ravel()
    rounded, sure = _rounded(flat)
    if sure.all():
        return rounded.reshape(given.shape).tolist()
    found = rounded.astype(object)
    for index in np.nonzero(~sure)[0]:
        found[index] = number(float(flat[index]))
    return found.reshape(given.shape).tolist()


def numbers_by_name(values: Mapping[str, Array]) -> dict[str, Any]:
    """`numbers` of arrays of one shape, rounded together because that is ten times as quick."""
    return dict(zip(values, numbers(np.array(list(values.values()))), strict=True)) if values else {}


def _rounded(values: Array) -> tuple[Array, Truths]:
    """Values (n,) rounded at once, and where that is surely what `number` gives."""
    size = np.abs(values)
    plain = size < GREATEST  # false for NaN too
    counts = plain & (size > LEAST)
    values, size = np.where(counts, values, 0.0), np.where(counts, size, 1.0)
    exponent = np.floor(np.log10(size)).astype(np.intp)
    first, sure = _to_decimals(values, DIGITS - 1 - exponent)
    small = exponent < 0  # larger ones have no more decimals left
    if small.any():
        second, sure_too = _to_decimals(first[small], np.full(int(small.sum()), DIGITS))
        first[small] = second
        sure[small] &= sure_too
    return first + 0.0, plain & sure


def _to_decimals(values: Array, decimals: NDArray[np.intp]) -> tuple[Array, Truths]:
    """Values rounded to so many decimals each, fewer than none for tens, and where no tie is near."""
    up, down = _POWERS[np.maximum(decimals, 0)], _POWERS[np.maximum(-decimals, 0)]
    scaled = values * up / down
    whole = np.rint(scaled)
    return whole * down / up, np.abs(np.abs(scaled - whole) - 0.5) > NEAR_TIE
