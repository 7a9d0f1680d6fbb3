"""Bands: strand laws, the product, its rigs, springs, limits, shapes, and fits from scale readings."""

from __future__ import annotations

from bandwright.bands.band import (
    FORCE_SPREAD,
    LENGTH_SPREAD,
    MAX_STRETCH,
    WARN_STRETCH,
    Band,
    BandKind,
    Confidence,
)
from bandwright.bands.certainty import FitOptions
from bandwright.bands.fit import Fit, fit_band
from bandwright.bands.geometry import (
    layered_loop,
    mini_band_path_m,
    mini_band_pull_n,
    mini_band_stretch,
)
from bandwright.bands.law import (
    TYPICAL_SHAPE,
    TYPICAL_SHAPE_SD,
    MartinRothStiehler,
    StrandLaw,
)
from bandwright.bands.limits import NEAR_LIMIT, OUTSIDE_MEASURED, OVERSTRETCHED, stretch_problems
from bandwright.bands.measured import measured_band
from bandwright.bands.readings import Reading, scale_reading
from bandwright.bands.rigs import RiggedBand, RigKind, allowed_rigs, hitched_length_m, rig
from bandwright.bands.springs import Parallel, Series, Spring, parallel, series
from bandwright.bands.table_fit import TableFit, reading_table_problems, table_through
from bandwright.bands.table_law import TABLE_HINT, TableLaw, rising_problems, too_few_points

__all__ = [
    "FORCE_SPREAD",
    "LENGTH_SPREAD",
    "MAX_STRETCH",
    "NEAR_LIMIT",
    "OUTSIDE_MEASURED",
    "OVERSTRETCHED",
    "TABLE_HINT",
    "TYPICAL_SHAPE",
    "TYPICAL_SHAPE_SD",
    "WARN_STRETCH",
    "Band",
    "BandKind",
    "Confidence",
    "Fit",
    "FitOptions",
    "MartinRothStiehler",
    "Parallel",
    "Reading",
    "RigKind",
    "RiggedBand",
    "Series",
    "Spring",
    "StrandLaw",
    "TableFit",
    "TableLaw",
    "allowed_rigs",
    "fit_band",
    "hitched_length_m",
    "layered_loop",
    "measured_band",
    "mini_band_path_m",
    "mini_band_pull_n",
    "mini_band_stretch",
    "parallel",
    "reading_table_problems",
    "rig",
    "rising_problems",
    "scale_reading",
    "series",
    "stretch_problems",
    "table_through",
    "too_few_points",
]
