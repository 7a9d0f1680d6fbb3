"""Reads the forces per muscle cross-section that strength stands on."""

from __future__ import annotations

from functools import cache

from bandwright.body.strength import SpecificTension
from bandwright.catalogue.anatomy import rows


@cache
def load_specific_tension() -> SpecificTension:
    """Force per physiological cross-section, published and used [N/cm²]."""
    table = [row for row in rows("strength.csv") if row["quantity"] == "specific_tension"]
    return SpecificTension(**{row["key"]: float(row["value"]) for row in table})
