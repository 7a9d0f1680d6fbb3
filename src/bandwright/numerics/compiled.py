"""The one way functions are compiled here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, ParamSpec, TypeVar, cast

from numba import njit

import bandwright.numerics.witness  # noqa: F401 — must be there before anything is compiled

P = ParamSpec("P")
T = TypeVar("T")

_SAFE_MATH: Final = {"reassoc", "contract", "nsz"}
"""Lets sums be vectorised; NaN and infinity keep their meaning."""


def compiled(function: Callable[P, T]) -> Callable[P, T]:
    """Compile on the first call and keep the machine code beside the source.

    Kept code is renewed when the function's own file changes, not when a file it calls into does: after editing
    one of those, remove `__pycache__`.
    """
    return cast("Callable[P, T]", njit(cache=True, error_model="numpy", fastmath=_SAFE_MATH)(function))


def unlocked(function: Callable[P, T]) -> Callable[P, T]:
    """Compile like `compiled`, and let other threads run meanwhile: for functions called from Python."""
    made = njit(cache=True, error_model="numpy", fastmath=_SAFE_MATH, nogil=True)(function)
    return cast("Callable[P, T]", made)


def exactly_compiled(function: Callable[P, T]) -> Callable[P, T]:
    """Compile like `compiled`, every sum and product rounded as written."""
    return cast("Callable[P, T]", njit(cache=True, error_model="numpy")(function))
