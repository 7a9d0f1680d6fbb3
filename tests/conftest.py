"""What every test shares: reproducible examples, and the switch of the OpenSim referee."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path

import pytest
from hypothesis import settings

# The same examples on every run, so that a failure can be repeated; and a slow machine is no failure.
settings.register_profile("bandwright", derandomize=True, deadline=None, database=None, max_examples=50)
settings.load_profile("bandwright")

ORACLE = "BANDWRIGHT_ORACLE"
"""Environment variable that names the OpenSim model file to compare with."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skips the comparisons with OpenSim, saying why, unless everything they need is there."""
    reason = _no_oracle()
    if reason is None:
        return
    for item in items:
        if item.get_closest_marker("oracle"):
            item.add_marker(pytest.mark.skip(reason=reason))


def _no_oracle() -> str | None:
    """Why OpenSim cannot be asked, or None when it can."""
    model = os.environ.get(ORACLE)
    if not model:
        return f"no OpenSim model: set {ORACLE} to the path of an .osim file (see CONTRIBUTING.md)"
    if not Path(model).is_file():
        return f"{ORACLE} names '{model}', which is not a file"
    if importlib.util.find_spec("opensim") is None:
        return "OpenSim is not installed: pip install -e '.[oracle]'"
    return None
