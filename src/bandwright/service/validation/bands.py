"""The band part of the validation page: the strand law refitted to a maker's ten-step chart."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from bandwright.bands import Fit, FitOptions, Reading, fit_band
from bandwright.catalogue.validation_tables import rows_of
from bandwright.service.validation.markdown import table
from bandwright.units import NEWTON_PER_POUND

CHART: Final = "theraband_older_chart.csv"
"""Elongation and force of a maker's bands in ten steps (TB-MAN-ES)."""

POINTS_ALONE: Final = FitOptions(prior_sd=math.inf, nudge=0.0, length_sd_m=0.0, max_stretch=4.0)
"""The chart's points decide, without what is known of other bands."""


def refits() -> dict[str, Fit]:
    """The law of each colour fitted to its chart."""
    chart: dict[str, list[Reading]] = {}
    for row in rows_of(CHART):
        stretch = 1.0 + float(row["elongation_pct"]) / 100.0
        force_n = float(row["force_lb"]) * NEWTON_PER_POUND
        chart.setdefault(row["colour"], []).append(Reading(stretch, force_n))
    return {colour: fit_band(points, 1.0, POINTS_ALONE) for colour, points in chart.items()}


def band_lines() -> list[str]:
    """The section as lines of Markdown."""
    rows = [
        (
            colour,
            str(len(fit.residuals)),
            f"{fit.law.m_n:.0f}",
            f"{fit.law.a:.2f}",
            f"{100 * float(np.sqrt(np.mean(fit.residuals**2))):.1f}",
            f"{100 * fit.worst_residual:.1f}",
        )
        for colour, fit in refits().items()
    ]
    return [
        "## How bands pull: one law against a maker's chart",
        "",
        "The two-parameter law fitted to each colour of a ten-step chart (TB-MAN-ES): what the law cannot follow.",
        "",
        *table(("colour", "points", "M, N", "A", "rms miss, %", "worst miss, %"), rows),
    ]
