"""The one way functions are compiled here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, ParamSpec, TypeVar, cast

from bandwright.numerics.kept import kept

P = ParamSpec("P")
T = TypeVar("T")

_SAFE_MATH: Final = {"reassoc", "contract", "nsz"}
"""Lets sums be vectorised; NaN and infinity keep their meaning."""


def compiled(function: Callable[P, T]) -> Callable[P, T]:
    """Compile on the first call and keep the machine code until anything it is made of changes."""
    return cast("Callable[P, T]", kept(function, {"error_model": "numpy", "fastmath": _SAFE_MATH}))


def unlocked(function: Callable[P, T]) -> Callable[P, T]:
    """Compile like `compiled`, and let other threads run meanwhile: for functions called from Python."""
    options = {"error_model": "numpy", "fastmath": _SAFE_MATH, "nogil": True}
    return cast("Callable[P, T]", kept(function, options))


def exactly_unlocked(function: Callable[P, T]) -> Callable[P, T]:
    """Compile like `exactly_compiled`, and let other threads run meanwhile: for functions called from Python."""
    return cast("Callable[P, T]", kept(function, {"error_model": "numpy", "nogil": True}))


def exactly_compiled(function: Callable[P, T]) -> Callable[P, T]:
    """Compile like `compiled`, every sum and product rounded as written."""
    return cast("Callable[P, T]", kept(function, {"error_model": "numpy"}))
