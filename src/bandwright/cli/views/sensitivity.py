"""How the answer changes with the scapular motion, as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rich.console import RenderableType
from rich.text import Text

from bandwright.cli.views.layout import columns, point
from bandwright.curves.wording import percent
from bandwright.service.scapular_sensitivity import ScapularSensitivity

WORTH_SHOWING: Final = 0.005
"""A muscle group that never does half a percent is left out [-]."""

NOTE: Final = (
    "The shoulder blade and collar bone go 30 % less and 30 % more of their way from rest; "
    "the arm moves the same."
)


def sensitivity_view(found: ScapularSensitivity) -> list[RenderableType]:
    """Peak effort and every muscle group that works, at each scale of the scapular motion."""
    titles = ["Scapular motion", *(_scale_words(scale) for scale in found.scales)]
    table = columns(titles)
    for column in table.columns[1:]:
        column.justify = "right"
    table.add_row("peak effort", *_cells(found.peak_effort))
    for group, values in sorted(found.muscle_dose.items(), key=lambda one: -_greatest(one[1])):
        if _greatest(values) >= WORTH_SHOWING:
            table.add_row(group.replace("_", " "), *_cells(values))
    refused = [point("!", problem.message, "yellow") for problem in found.refused]
    return [Text(""), table, Text(""), point("i", NOTE), *refused]


def _scale_words(scale: float) -> str:
    return "as it is" if scale == 1.0 else f"{100 * (scale - 1):+.0f} %"


def _cells(values: Sequence[float | None]) -> list[str]:
    return ["–" if value is None else percent(value) for value in values]


def _greatest(values: Sequence[float | None]) -> float:
    return max(value for value in values if value is not None)
