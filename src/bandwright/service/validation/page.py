"""`docs/validation.md`: the model held against published measurements."""

from __future__ import annotations

from bandwright.service.validation.bands import band_lines
from bandwright.service.validation.emg_page import emg_lines
from bandwright.service.validation.strength import strength_lines


def validation_page() -> str:
    """The whole page as Markdown."""
    lines = [
        "# The model against published measurements",
        "",
        "Written by `make validate`; a test keeps it current. Good and bad results are both here. Computed for the",
        "median man (1.755 m, 84.6 kg).",
        "",
        *emg_lines(),
        *strength_lines(),
        *band_lines(),
    ]
    return "\n".join(lines).rstrip() + "\n"
