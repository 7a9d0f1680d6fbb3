"""What `bandwright bands list` and `show` do."""

from __future__ import annotations

from typing import Final

from rich.table import Table
from rich.text import Text

from bandwright.bands import Band
from bandwright.catalogue.bands import HOW_TO_ADD, load_bands
from bandwright.cli.bands_drawn import pull_curve
from bandwright.cli.output import show, write_json
from bandwright.cli.views.layout import columns
from bandwright.cli.views.words import both_units, kilograms
from bandwright.curves.wording import percent
from bandwright.service.band_answer import band_in_full, band_row, double_pull_n, forces, stretches_listed
from bandwright.service.band_provenance import KIND_OF, band_provenance
from bandwright.service.own_bands import find_band, own_bands

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
        sure = "yours" if band.id in own else SURE[KIND_OF[band.confidence]]
        table.add_row(band.id, band.kind, f"{band.rest_length_m:.2f} m", _doubled(band), sure)
    doubled = "Doubled: the pull between two hooks at twice the rest length, – where that is not known."
    show(table, Text(), Text(f"{doubled} {HOW_TO_ADD} ('bandwright bands fit')"))
    return 0


def run_show(band_id: str, *, as_json: bool) -> int:
    """Shows one band."""
    band = find_band(band_id)
    own = band_id in own_bands()
    if as_json:
        write_json(band_in_full(band, own=own))
        return 0
    origin = band_provenance(band, band.id)
    show(
        Text(f"{band.name}", "bold"),
        Text(f"{band.id} · {band.kind} · {band.rest_length_m:.2f} m at rest{' · yours' if own else ''}"),
        Text(),
        _force_table(band),
        Text(),
        pull_curve(band),
        Text(),
        Text(
            f"Use it up to {band.warn_stretch:g} times its rest length; never beyond {band.max_stretch:g} times."
        ),
        Text(f"How sure: {SURE[origin.kind]} ({band.source}). {origin.note}"),
        *([Text(band.note)] if band.note else []),
    )
    return 0


def _doubled(band: Band) -> str:
    double = double_pull_n(band)
    return "–" if double is None else kilograms(double)


def _force_table(band: Band) -> Table:
    table = columns(("Hooks apart", "Stretch", "Pull", ""), right=True)
    for row in forces(band, stretches_listed(band)):
        known = "" if row["known"] else "beyond its data"
        stretched = f"+{percent(row['stretch'] - 1.0)}"
        table.add_row(f"{100 * row['length_m']:.0f} cm", stretched, both_units(row["force_n"]), known)
    return table
