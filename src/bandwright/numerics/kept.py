"""Machine code kept from one process to the next, and thrown away when anything it was made of has changed.

numba keeps what it compiles beside the source (where that cannot be written, in the user's cache; with
`NUMBA_CACHE_DIR`, there), by its own version, Python's, the processor and the function's own file. What a function
takes from other files is compiled into it all the same, so we add that: the same of the compiled functions its module
knows, the constants, and how it is compiled. After an upgrade, which leaves old code lying there, it is not used.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import FunctionType
from typing import Any, Final

import numpy as np
from numba import njit
from numba.core.registry import cpu_target

import bandwright.numerics.witness  # noqa: F401 — must be there before anything is compiled

OURS: Final = "bandwright.numerics."
"""Functions from here may say how others are compiled without being compiled themselves."""

SCALARS: Final = (bool, int, float, complex, str, np.generic)


def kept(function: Callable[..., Any], options: Mapping[str, Any]) -> Callable[..., Any]:
    """Compiles on the first call, by numba's options, unless machine code of the same making is kept."""
    made: Callable[..., Any]
    try:
        made = njit(cache=True, **options)(function)
    except RuntimeError:
        # Nowhere to keep it: neither beside the source nor in a home.
        made = njit(**options)(function)
        return made
    names = function.__globals__
    module = names["__name__"]
    if module not in _KNOWN:
        _KNOWN[module] = _digest(_taken_in(names))
    # numba has no other place to say this; one that keeps code elsewhere goes by the function's own file.
    if (file := _file(made)) is not None:
        file._source_stamp = _digest((repr(_stamp(made)), *_said(options), _KNOWN[module]))  # noqa: SLF001
    return made


def make_ready() -> None:
    """Does what numba would do before the first call of a function, and what takes it 0.3 s."""
    cpu_target.typing_context.refresh()
    cpu_target.target_context.refresh()


_KNOWN: Final[dict[str, str]] = {}
"""What modules take in, by their names, as of their first compiled function; imports stand above that."""


def _digest(parts: Iterable[str]) -> str:
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=16).hexdigest()


def _stamp(made: Any) -> object:  # noqa: ANN401 — whatever numba makes
    """What the machine code that is kept of a function was made of; None of one of which none is kept."""
    return getattr(_file(made), "_source_stamp", None)


def _file(made: Any) -> Any:  # noqa: ANN401
    """Where numba keeps a function's machine code; None if nowhere."""
    return getattr(getattr(made, "_cache", None), "_cache_file", None)


def _said(options: Mapping[str, Any]) -> Iterator[str]:
    for name, value in sorted(options.items()):
        yield f"{name} {sorted(value) if isinstance(value, set) else value}"


def _taken_in(names: Mapping[str, Any]) -> Iterator[str]:
    """What a module's functions may take in, by the names it knows."""
    neighbours: set[str] = set()
    for name, value in sorted(names.items()):
        if name.startswith("__"):
            continue
        if isinstance(value, np.ndarray):
            yield f"{name} {value.dtype} {value.tolist()}"
        elif _is_plain(value):
            yield f"{name} {value!r}"
        elif isinstance(value, type) and issubclass(value, tuple):
            yield f"{name} {getattr(value, '_fields', ())}"
        elif hasattr(value, "py_func"):
            yield f"{name} {_stamp(value)!r}" if value.py_func.__module__ != names["__name__"] else name
        elif isinstance(value, FunctionType) and value.__module__.startswith(OURS):
            neighbours.add(value.__module__)
    for module in sorted(neighbours - {names["__name__"]}):
        yield from (
            repr(_stamp(one)) for one in vars(sys.modules[module]).values() if hasattr(one, "py_func")
        )


def _is_plain(value: object) -> bool:
    """Whether a value is compiled in as it stands, and written the same in every process."""
    if isinstance(value, tuple):
        return all(_is_plain(one) for one in value)
    return isinstance(value, SCALARS)
