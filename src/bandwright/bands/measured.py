"""A band of one's own, from scale readings."""

from __future__ import annotations

from bandwright.bands.band import LENGTH_SPREAD, Band, BandKind
from bandwright.bands.fit import Fit
from bandwright.bands.table_fit import TableFit


def measured_band(
    fit: Fit | TableFit,
    *,
    id: str,  # noqa: A002 — the field's name
    name: str,
    kind: BandKind,
    brand: str = "",
    note: str = "",
) -> Band:
    """The band that a fit describes, with the spread of its force taken from the fit itself."""
    return Band(
        id=id,
        name=name,
        brand=brand,
        kind=kind,
        law=fit.law,
        rest_length_m=fit.rest_length_m,
        measured_to_stretch=fit.measured_to_stretch,
        confidence="measured",
        force_spread=min(fit.force_spread, 1.0),
        length_spread=LENGTH_SPREAD["measured"],
        source="own readings",
        note=note,
    )
