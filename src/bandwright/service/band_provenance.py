"""Where an input comes from, and what that means for a band."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from bandwright.bands import Band, Confidence, TableLaw

Kind = Literal["measured", "chart", "estimated"]

KIND_OF: Final[dict[Confidence, Kind]] = {
    "measured": "measured",
    "chart": "chart",
    "geometry": "estimated",
    "label": "estimated",
}
"""How sure a band is, in the three words that people are shown."""

BAND_NOTES: Final[dict[Confidence, str]] = {
    "measured": "From your own scale readings.",
    "chart": "Weigh the band with a luggage scale to be surer.",
    "geometry": "From the loop's size and ordinary latex; weigh the band to be surer.",
    "label": "From the figures printed on such bands; weigh this one to be surer.",
}


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where one input comes from; `source` holds source keys, several separated by semicolons."""

    what: str
    kind: Kind
    source: str
    note: str


TABLE_FROM: Final[dict[Confidence, str]] = {
    "measured": "Measured by you, table",
    "chart": "Maker's chart, table",
    "geometry": "Estimated, table",
    "label": "Estimated, table",
}


def band_provenance(band: Band, what: str) -> Provenance:
    """Where a band's law comes from, and how sure it is."""
    note = f"About ±{100 * band.force_spread:.0f} %. {_note(band)}"
    return Provenance(what, KIND_OF[band.confidence], band.source, note)


def _note(band: Band) -> str:
    if not isinstance(band.law, TableLaw):
        return BAND_NOTES[band.confidence]
    return (
        f"{TABLE_FROM[band.confidence]}: {len(band.law.stretches)} points up to "
        f"{band.known_to_stretch:.2f} times its rest length; beyond that it is a guess."
    )
