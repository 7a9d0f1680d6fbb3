"""Bands as every front answers with them: one in a listing, one in full, and a fit of readings."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from bandwright.bands import Band, Fit, MartinRothStiehler, TableFit, TableLaw
from bandwright.service.rounding import number, numbers

STRETCHES: Final = (1.25, 1.5, 1.75, 2.0, 2.25, 2.5, 2.75, 3.0)
"""Stretches of the table of forces."""

MOST_ROWS: Final = 12
"""Points of a table law that are listed one by one; of more, the usual stretches are."""

ROUNDING: Final = 1e-9


def strands_of(band: Band) -> int:
    """Strands between two hooks: the two sides of a loop, or one."""
    return 2 if band.is_loop else 1


def pull_n(band: Band, stretch: float) -> float:
    """Pull between two hooks at a stretch [N]."""
    return strands_of(band) * float(band.law.tension_n(stretch))


def known(band: Band, stretch: float) -> bool:
    """Whether the force at a stretch rests on data."""
    return stretch <= band.known_to_stretch + ROUNDING


def double_pull_n(band: Band) -> float | None:
    """Pull between two hooks at twice the rest length; None where a table has ended before [N]."""
    if isinstance(band.law, TableLaw) and not known(band, 2.0):
        return None
    return pull_n(band, 2.0)


def stretches_listed(band: Band) -> tuple[float, ...]:
    """Stretches worth a line: a table's own points, or the usual ones."""
    if not isinstance(band.law, TableLaw):
        return STRETCHES
    points = tuple(band.law.stretches.tolist())
    inside = tuple(one for one in STRETCHES if known(band, one))
    return points if len(points) <= MOST_ROWS or not inside else inside


def band_row(band: Band, *, own: bool) -> dict[str, Any]:
    """A band in a listing."""
    double = double_pull_n(band)
    return {
        "id": band.id,
        "name": band.name,
        "brand": band.brand,
        "kind": band.kind,
        "own": own,
        "rest_length_m": number(band.rest_length_m),
        "width_mm": band.width_mm,
        "thickness_mm": band.thickness_mm,
        "force_at_double_n": None if double is None else number(double),
        "warn_stretch": band.warn_stretch,
        "max_stretch": band.max_stretch,
        "measured_to_stretch": number(band.known_to_stretch),
        "confidence": band.confidence,
        "force_spread": number(band.force_spread),
        "length_spread": number(band.length_spread),
        "source": band.source,
        "note": band.note,
    }


def band_in_full(band: Band, *, own: bool) -> dict[str, Any]:
    """A band with its law and its forces."""
    return {**band_row(band, own=own), "law": law_answer(band), "forces": forces(band, STRETCHES)}


def law_answer(band: Band) -> dict[str, Any] | None:
    """The figures of the strand law, where it is one that has them."""
    law = band.law
    if isinstance(law, TableLaw):
        points = zip(numbers(law.stretches), numbers(law.tensions_n), strict=True)
        return {"table": [{"stretch": stretch, "tension_n": tension} for stretch, tension in points]}
    if isinstance(law, MartinRothStiehler):
        return {"m_n": number(law.m_n), "a": number(law.a)}
    return None


def forces(band: Band, stretches: tuple[float, ...]) -> list[dict[str, Any]]:
    """Distance of the hooks and pull at stretches, and whether that is known or extrapolated."""
    at = np.array(stretches)
    lengths = at * band.rest_length_m / strands_of(band)
    pulls = strands_of(band) * band.law.tension_n(at)
    rows = zip(stretches, numbers(lengths), numbers(pulls), strict=True)
    return [
        {"stretch": number(stretch), "length_m": length, "force_n": force, "known": known(band, stretch)}
        for stretch, length, force in rows
    ]


def next_length_m(fit: Fit | TableFit) -> float:
    """How far apart the hooks should be for the next reading [m]."""
    return fit.next_reading_stretch * fit.rest_length_m / fit.readings[0].strands


def fit_answer(fit: Fit | TableFit, band: Band) -> dict[str, Any]:
    """What readings say of a band, and which one to take next."""
    row = {
        key: value
        for key, value in band_row(band, own=True).items()
        if key not in ("width_mm", "thickness_mm")
    }
    residuals = zip(fit.readings, fit.residuals.tolist(), strict=True)
    return {
        **row,
        "law": law_answer(band),
        "unlike_rubber": isinstance(fit, Fit) and fit.unlike_rubber,
        "given_rest_length_m": number(fit.given_rest_length_m),
        "readings": [
            {
                "length_m": number(reading.length_m),
                "force_n": number(reading.force_n),
                "strands": reading.strands,
                "residual": number(residual),
            }
            for reading, residual in residuals
        ],
        "next_reading": {
            "stretch": number(fit.next_reading_stretch),
            "length_m": number(next_length_m(fit)),
            "strands": fit.readings[0].strands,
        },
        "warnings": [{"code": one.code, "text": one.message, "hint": one.hint} for one in fit.warnings],
    }
