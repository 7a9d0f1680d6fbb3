"""What `bandwright bands list` and `show` do."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from rich.table import Table
from rich.text import Text

from bandwright.bands import Band, MartinRothStiehler
from bandwright.catalogue.bands import HOW_TO_ADD, load_bands
from bandwright.cli.output import show, write_json
from bandwright.cli.own_bands import find_band, own_bands
from bandwright.cli.views.layout import columns
from bandwright.cli.views.words import both_units, kilograms, percent
from bandwright.service.band_provenance import KIND_OF, band_provenance
from bandwright.service.rounding import number, numbers

STRETCHES: Final = (1.25, 1.5, 1.75, 2.0, 2.25, 2.5, 2.75, 3.0)
"""Stretches of the table of forces."""

SURE: Final = {"measured": "measured", "chart": "maker's chart", "estimated": "estimated"}


def run_list(*, as_json: bool) -> int:
    """Lists all bands, the person's own first."""
    own = own_bands()
    every = {**own, **load_bands()}
    if as_json:
        write_json({"bands": [band_row(band, own=band.id in own) for band in every.values()]})
        return 0
    table = columns(("Id", "Kind", "Rest", "Doubled", "How sure"))
    for band in every.values():
        pull = kilograms(pull_n(band, 2.0))
        sure = "yours" if band.id in own else SURE[KIND_OF[band.confidence]]
        table.add_row(band.id, band.kind, f"{band.rest_length_m:.2f} m", pull, sure)
    show(table, Text(), Text(f"Doubled: the pull between two hooks at twice the rest length. {HOW_TO_ADD}"))
    return 0


def run_show(band_id: str, *, as_json: bool) -> int:
    """Shows one band."""
    band = find_band(band_id)
    own = band_id in own_bands()
    if as_json:
        write_json({**band_row(band, own=own), "law": _law(band), "forces": _forces(band)})
        return 0
    origin = band_provenance(band, band.id)
    show(
        Text(f"{band.name}", "bold"),
        Text(f"{band.id} · {band.kind} · {band.rest_length_m:.2f} m at rest{' · yours' if own else ''}"),
        Text(),
        _force_table(band),
        Text(),
        Text(
            f"Use it up to {band.warn_stretch:g} times its rest length; never beyond {band.max_stretch:g} times."
        ),
        Text(f"How sure: {SURE[origin.kind]} ({band.source}). {origin.note}"),
        *([Text(band.note)] if band.note else []),
    )
    return 0


def strands_of(band: Band) -> int:
    """Strands between two hooks: the two sides of a loop, or one."""
    return 2 if band.is_loop else 1


def pull_n(band: Band, stretch: float) -> float:
    """Pull between two hooks at a stretch [N]."""
    return strands_of(band) * float(band.law.tension_n(stretch))


def band_row(band: Band, *, own: bool) -> dict[str, Any]:
    """A band in a listing."""
    return {
        "id": band.id,
        "name": band.name,
        "brand": band.brand,
        "kind": band.kind,
        "own": own,
        "rest_length_m": number(band.rest_length_m),
        "width_mm": band.width_mm,
        "thickness_mm": band.thickness_mm,
        "force_at_double_n": number(pull_n(band, 2.0)),
        "warn_stretch": band.warn_stretch,
        "max_stretch": band.max_stretch,
        "measured_to_stretch": number(band.measured_to_stretch),
        "confidence": band.confidence,
        "force_spread": number(band.force_spread),
        "length_spread": number(band.length_spread),
        "source": band.source,
        "note": band.note,
    }


def _law(band: Band) -> dict[str, float | None] | None:
    """The two figures of the strand law, where it is one that has them."""
    if isinstance(band.law, MartinRothStiehler):
        return {"m_n": number(band.law.m_n), "a": number(band.law.a)}
    return None


def _forces(band: Band) -> list[dict[str, Any]]:
    at = np.array(STRETCHES)
    lengths = at * band.rest_length_m / strands_of(band)
    pulls = strands_of(band) * band.law.tension_n(at)
    rows = zip(STRETCHES, numbers(lengths), numbers(pulls), strict=True)
    return [{"stretch": stretch, "length_m": length, "force_n": force} for stretch, length, force in rows]


def _force_table(band: Band) -> Table:
    table = columns(("Hooks apart", "Stretch", "Pull", ""), right=True)
    for row in _forces(band):
        known = "" if row["stretch"] <= band.measured_to_stretch + 1e-9 else "beyond its data"
        stretched = f"+{percent(row['stretch'] - 1.0)}"
        table.add_row(f"{100 * row['length_m']:.0f} cm", stretched, both_units(row["force_n"]), known)
    return table
