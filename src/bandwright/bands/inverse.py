"""Inverting a rising function for whole arrays at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from bandwright.errors import Problem, SolverError
from bandwright.numerics.arrays import FloatArray

Rising = Callable[[FloatArray], tuple[FloatArray, FloatArray]]
"""Value and slope of a rising function at each element."""

MAX_ITERATIONS: Final = 200
"""Bisection alone needs about 60 halvings for full double precision; more means the function misbehaves."""

SMALL_STEP: Final = 1e-8
"""A Newton step this small leaves an error of about its square, which is rounding."""

ROUNDING: Final = 2.0 * float(np.finfo(np.float64).eps)


def invert_rising(rising: Rising, target: ArrayLike, low: float, width: float) -> FloatArray:
    """The argument at which a rising function reaches each target; `low` where the target is not above 0.

    Args:
        rising: function that is 0 at `low` and rises above it.
        target: wanted values, any shape; NaN stays NaN.
        low: argument at which the function leaves zero.
        width: a typical distance above `low`, the first guess.

    Raises:
        SolverError: the function did not reach a target.
    """
    wanted = np.asarray(target, dtype=np.float64)
    shape, wanted = wanted.shape, np.atleast_1d(wanted).ravel()
    answer = np.where(np.isnan(wanted), np.nan, low)
    above = wanted > 0.0
    if above.any():
        answer[above] = _newton(rising, wanted[above], low, width)
    return answer.reshape(shape)


def _newton(rising: Rising, wanted: FloatArray, low: float, width: float) -> FloatArray:
    """Newton steps kept inside a shrinking bracket, so that bad guesses cost time and never the answer."""
    left = np.full(wanted.shape, low)
    right = _upper_bracket(rising, wanted, low, width)
    x, moved = 0.5 * (left + right), right - left
    done = np.zeros(wanted.shape, dtype=bool)
    for _ in range(MAX_ITERATIONS):
        value, slope = rising(x)
        miss = value - wanted
        left, right = np.where(miss < 0.0, x, left), np.where(miss >= 0.0, x, right)
        step = np.divide(-miss, slope, out=np.full_like(x, np.inf), where=slope > 0.0)
        # Steps that do not halve could go back and forth across a bend for ever; bisection then takes over.
        inside = (x + step >= left) & (x + step <= right) & (np.abs(step) <= 0.5 * moved)
        following = np.where(inside, x + step, 0.5 * (left + right))
        landed = inside & (np.abs(step) <= SMALL_STEP * (x - low))
        # An element that has landed stays, or rounding would send it off while others still move.
        x, moved = np.where(done, x, following), np.abs(following - x)
        done |= landed | (right - left <= ROUNDING * np.abs(right))
        if done.all():
            return np.asarray(x)
    raise _no_answer("its bracket did not close")


def _upper_bracket(rising: Rising, wanted: FloatArray, low: float, width: float) -> FloatArray:
    right = np.full(wanted.shape, low + width)
    for _ in range(MAX_ITERATIONS):
        short = rising(right)[0] < wanted
        if not short.any():
            return right
        right = np.where(short, low + 2.0 * (right - low), right)
    raise _no_answer("the force is never reached")


def _no_answer(why: str) -> SolverError:
    return SolverError(Problem("inversion-failed", f"A band law could not be inverted: {why}."))
