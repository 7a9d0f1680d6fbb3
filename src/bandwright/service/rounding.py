"""Numbers as answers print them: few digits, the same every time, never NaN."""

from __future__ import annotations

import math
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from bandwright.numerics.compiled import exactly_compiled

Array = NDArray[np.float64]
Truths = NDArray[np.bool_]

DIGITS: Final = 6
"""Significant digits of every number, and decimals of SI units beyond which only noise is left."""

NEAR_TIE: Final = 1e-6
"""Closer to half a last digit than this, scaling by a power of ten could round the other way: then the exact product
decides [last digits]. One in ten numbers of a few hundredths is that near once it has its six digits."""

LEAST: Final = 1e-7
"""Below this a number is zero, whatever its digits are."""

GREATEST: Final = 1e9
"""From here on a number is rounded by itself: scaled, it would have more digits than a double keeps."""

POWERS: Final[Array] = np.array([float(f"1e{exponent}") for exponent in range(23)])
"""Powers of ten that a double keeps exactly."""


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


def _rounded(values: Array) -> tuple[Array, Truths]:
    """Values (n,) rounded at once, and where that is what `number` gives."""
    found, sure = np.empty_like(values), np.empty(values.shape, np.bool_)
    _round(values, POWERS, found, sure)
    return found, sure


@exactly_compiled
def _round(values: Array, powers: Array, found: Array, sure: Truths) -> None:
    """Set the rounded values and whether they are sure."""
    for i in range(values.shape[0]):
        size = abs(values[i])
        sure[i], found[i] = size < GREATEST, 0.0  # false for NaN too
        if sure[i] and size > LEAST:
            exponent = math.floor(math.log10(size))
            found[i] = _to_decimals(values[i], DIGITS - 1 - exponent, powers)
            if exponent < 0:  # larger ones have no more decimals left
                found[i] = _to_decimals(found[i], DIGITS, powers)
            found[i] += 0.0


@exactly_compiled
def _to_decimals(value: float, decimals: int, powers: Array) -> float:
    """A value rounded to so many decimals, fewer than none for tens; between two equally near, to the even one."""
    up, down = powers[max(decimals, 0)], powers[max(-decimals, 0)]
    return float(to_whole(value, decimals, powers) * down / up)


@exactly_compiled
def to_whole(value: float, decimals: int, powers: Array) -> float:
    """The same as a whole number of its last decimals."""
    up, down = powers[max(decimals, 0)], powers[max(-decimals, 0)]
    scaled = value * up / down
    whole = np.rint(scaled)
    if abs(abs(scaled - whole) - 0.5) <= NEAR_TIE:
        low = math.floor(scaled)
        beyond = _product_less(value, up, (low + 0.5) * down)
        odd = low % 2 == 1
        whole = low + 1.0 if beyond > 0.0 or (beyond == 0.0 and odd) else float(low)
    return float(whole)


@exactly_compiled
def _product_less(a: float, b: float, c: float) -> float:
    """a b − c with the right sign, where the product rounds to nearly c (Dekker1971)."""
    product = a * b
    a_high, b_high = _upper_half(a), _upper_half(b)
    a_low, b_low = a - a_high, b - b_high
    lost = ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low
    return (product - c) + lost


@exactly_compiled
def _upper_half(value: float) -> float:
    """A number's upper 26 binary digits (Veltkamp's splitting)."""
    spread = 134217729.0 * value
    return spread - (spread - value)
