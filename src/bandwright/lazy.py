"""A quick start: names whose modules load MuJoCo or SciPy come when first asked for; what is loaded stays."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Final

SELDOM: Final = (100_000, 10, 10)
"""After how many new objects garbage is looked for, and in how many rounds among older ones."""

SOON_S: Final = 2e-4
"""How long a thread that runs Python goes on while another one wants to [s]."""


def tune_interpreter() -> None:
    """For a program of ours at its start; whoever imports the library keeps their own settings.

    What modules bring along stays: looking for garbage among it, again and again, took a quarter of the loading.
    Threads that solve many small problems need Python for a moment between them: to wait 5 ms for it, as is usual,
    would be longer than they work. And nothing is drawn with MuJoCo, whose library of windows starts a process to ask
    for its version.
    """
    gc.set_threshold(*SELDOM)
    sys.setswitchinterval(SOON_S)
    os.environ.setdefault("MUJOCO_GL", "disable")


def lazily(package: str, modules: Mapping[str, tuple[str, ...]]) -> Callable[[str], object]:
    """The `__getattr__` of a package: imports a name from its module on first use.

    Args:
        package: the package's own name.
        modules: module within the package to the names it gives.
    """
    home = {name: f"{package}.{module}" for module, names in modules.items() for name in names}

    def found(name: str) -> object:
        if name not in home:
            message = f"module {package!r} has no attribute {name!r}"
            raise AttributeError(message)
        return getattr(import_module(home[name]), name)

    return found
