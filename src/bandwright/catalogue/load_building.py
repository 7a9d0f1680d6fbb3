"""Written loads to the domain's own: bands looked up, laws and readings turned into bands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from pydantic import TypeAdapter

from bandwright.bands import (
    FORCE_SPREAD,
    LENGTH_SPREAD,
    MAX_STRETCH,
    Band,
    BandKind,
    MartinRothStiehler,
    Reading,
    RigKind,
    StrandLaw,
    TableLaw,
    fit_band,
    measured_band,
    table_through,
)
from bandwright.body import Side
from bandwright.catalogue.load_checks import FindBand, find_in_catalogue
from bandwright.catalogue.load_tables import (
    BandLoadTable,
    BodyWeightLoadTable,
    CableLoadTable,
    LawTable,
    LoadTable,
    PointTable,
    ReadingTable,
    WeightLoadTable,
)
from bandwright.loads.load import (
    BandLoad,
    BodyWeightLoad,
    CableLoad,
    End,
    Load,
    Place,
    Point,
    WeightLoad,
)

_READ = TypeAdapter[LoadTable](LoadTable)
_OTHER_SIDE: dict[str, Place] = {
    "hand_r": "hand_l",
    "hand_l": "hand_r",
    "foot_r": "foot_l",
    "foot_l": "foot_r",
    "knee_r": "knee_l",
    "knee_l": "knee_r",
}


def load_of(table: LoadTable | Mapping[str, Any], find_band: FindBand = find_in_catalogue) -> Load:
    """The load a table describes; without `to` it goes to the hand or hands that work.

    Raises:
        InputError: the band is not known, or its readings fit no law.
    """
    written = _READ.validate_python(table) if isinstance(table, Mapping) else table
    match written:
        case WeightLoadTable():
            return WeightLoad(written.id, written.mass_kg, written.to, written.count)
        case CableLoadTable():
            return CableLoad(written.id, written.force_n, end_of(written.from_), written.to)
        case BodyWeightLoadTable():
            return BodyWeightLoad(written.id)
        case BandLoadTable():
            return _band_load(written, find_band)


def table_on_side(table: Mapping[str, Any], side: Side) -> Mapping[str, Any]:
    """A load written for the right side, with left and right exchanged when the left side works."""
    if side == "r":
        return table
    mirrored = {key: _mirrored(table[key]) for key in ("from", "to") if key in table}
    return {**table, **mirrored}


def _mirrored(end: str | Mapping[str, Any]) -> str | Mapping[str, Any]:
    if isinstance(end, str):
        return _OTHER_SIDE.get(end, end)
    return {**end, "y_m": -end.get("y_m", 0.0)}


def end_of(end: Place | PointTable) -> End:
    """The end of a load that a table writes down."""
    if isinstance(end, PointTable):
        return Point(end.x_m, end.y_m, end.z_m or 0.0, end.z_stature)
    return end


def _band_load(table: BandLoadTable, find_band: FindBand) -> BandLoad:
    count, free_length_m, rig = table.count, table.free_length_m, table.rig
    if table.law is not None:
        band = _band_of_law(table.id, table.law)
        # The law says what reaches one hand, so it is rigged as that many strands of that length.
        count, rig = count * table.law.strands, "strand"
        free_length_m = free_length_m or table.law.rest_length_m
    elif table.readings is not None:
        band = _band_of_readings(table)
    else:
        band = find_band(table.band or "")
    usual: RigKind = "single" if band.is_loop else "strand"
    return BandLoad(
        id=table.id,
        band=band,
        rig=rig or usual,
        origin=end_of(table.from_),
        to=table.to,
        count=count,
        contact_m=table.contact_m,
        free_length_m=free_length_m,
    )


def _band_of_law(load_id: str, law: LawTable) -> Band:
    strand_law = _strand_law(law)
    return Band(
        id=load_id,
        name="Band of your own",
        brand="",
        kind="tube",
        law=strand_law,
        # An open band shared by two hands gives each half of itself, and the law is what one hand gets.
        rest_length_m=2.0 * law.rest_length_m,
        # A formula does not know its data, so it is trusted as far as a band may be stretched.
        measured_to_stretch=min(strand_law.measured_to_stretch, MAX_STRETCH),
        confidence=law.confidence,
        force_spread=FORCE_SPREAD[law.confidence],
        length_spread=LENGTH_SPREAD[law.confidence],
        source="given",
    )


def _strand_law(law: LawTable) -> StrandLaw:
    if law.table is None:
        return MartinRothStiehler(law.m_n or 0.0, law.a)
    points = np.array(sorted((point.stretch, point.tension_n) for point in law.table))
    return TableLaw(points[:, 0], points[:, 1])


def _band_of_readings(table: BandLoadTable) -> Band:
    rows = [reading_of(row) for row in table.readings or ()]
    fit = (table_through if table.curve == "table" else fit_band)(rows, table.rest_length_m or 0.0)
    kind: BandKind = "loop" if any(row.strands > 1 for row in rows) else "tube"
    return replace(measured_band(fit, id=table.id, name="Band you measured", kind=kind), source="measured")


def reading_of(row: ReadingTable) -> Reading:
    """The reading that a table's row writes down."""
    return Reading(row.length_m, row.force_n, row.strands)
