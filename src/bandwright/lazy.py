"""Package names whose modules load MuJoCo or SciPy, imported when first asked for, so that listings start quickly."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module


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
