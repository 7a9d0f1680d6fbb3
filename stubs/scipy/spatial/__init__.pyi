"""The parts of SciPy that Bandwright calls; anything else is untyped."""

from typing import Any

def __getattr__(name: str) -> Any: ...
