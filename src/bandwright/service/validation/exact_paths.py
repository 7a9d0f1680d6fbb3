"""Muscle paths set against OpenSim's own, as recorded with it at hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bandwright.catalogue.validation_tables import rows_of
from bandwright.service.validation.markdown import table

TABLE: Final = "exact_paths.csv"

REASONS: Final[Mapping[str, str]] = {
    "two_surfaces": "two surfaces",
    "below_chord": "arc below chord",
    "not_shortest": "not the shortest",
    "through_cylinder": "through a cylinder",
    "through_sphere": "through a sphere",
    "jumps": "jumps",
}
"""Columns of the table, and why OpenSim's own answer is no fair comparison there."""

RANDOM: Final = "random"


def exact_path_lines() -> list[str]:
    """The section as lines of Markdown."""
    rows = rows_of(TABLE)
    return [
        "## Where muscles run: paths against OpenSim's",
        "",
        "Moment arms of 33 muscles about 11 coordinates against the slopes of OpenSim 4.6's lengths by finite",
        "differences, on the published body, at 500 random poses and at every fifth pose of each movement. Recorded",
        "with OpenSim at hand, not worked out here; `tests/agreement/test_exact_paths.py` compares the record",
        "wherever OpenSim is installed. Wanted: mean at most 0.2 mm, worst 3 mm, length 0.5 mm.",
        "",
        "Left out and counted is what OpenSim contradicts itself in: paths over two surfaces, whose arcs come from",
        "different rounds of its search; arcs shorter than their chord; planar paths over an ellipsoid more than",
        "0.25 mm longer than ours; paths straight through a cylinder, or through a sphere that neither end lies",
        "in; jumps within the finite difference. With",
        "nothing left out means are 0.26 mm (random) and 0.10 mm (movements). Two-surface paths are held against",
        "taut strings instead.",
        "",
        *table(
            ("poses", "compared", "mean, mm", "worst, mm", "worst length, mm", *REASONS.values()),
            [_row(row) for row in rows],
        ),
        "**Continuity.** Along no movement does a length jump. At the top of the chin-up two elements of the",
        "subscapularis turn to the other side of the humeral head where both ways are as long: length goes on,",
        "their moment arms step (OpenSim's lengths jump there by up to 44 mm). Decision 0007 has that, and the cost.",
        "",
    ]


def _row(row: Mapping[str, str]) -> tuple[str, ...]:
    name = "500 random poses" if row["poses"] == RANDOM else row["poses"]
    counts = (row[reason] if row[reason] != "0" else "" for reason in REASONS)
    return name, row["compared"], row["mean_mm"], row["worst_mm"], row["worst_length_mm"], *counts
