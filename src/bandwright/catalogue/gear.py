"""Reading gear files, and the same as JSON, with every problem at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Literal

import numpy as np
from pydantic import ValidationError

from bandwright.bands import Band, BandKind
from bandwright.catalogue.gear_tables import GearTable, HeightRangeTable, OwnedBandTable, OwnedWeightTable
from bandwright.catalogue.law_checks import table_law_problems
from bandwright.catalogue.load_building import load_of
from bandwright.catalogue.load_checks import FindBand, find_in_catalogue
from bandwright.catalogue.problems import located, problems_of
from bandwright.catalogue.toml_files import read_table
from bandwright.errors import InputError, Problem
from bandwright.loads.load import BandLoad

WeightKind = Literal["dumbbell", "kettlebell", "barbell-plates"]
LISTS: Final = ("band", "weight", "anchor")


@dataclass(frozen=True, slots=True)
class GearBand:
    """A band owned: `load_keys` says it as a load does, for set-ups made of it."""

    id: str
    band: Band
    count: int
    load_keys: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class GearWeight:
    """A weight owned, and the masses it can be set to [kg]."""

    id: str
    kind: WeightKind
    masses_kg: tuple[float, ...]
    count: int


@dataclass(frozen=True, slots=True)
class GearAnchor:
    """An anchor, and the spans of height it offers [m]."""

    id: str
    heights_m: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Gear:
    """Everything a person owns, as the program uses it; `table` is how it was written."""

    free_m: float
    ceiling_m: float
    bands: tuple[GearBand, ...]
    weights: tuple[GearWeight, ...]
    anchors: tuple[GearAnchor, ...]
    pull_up_bar: bool
    bench: bool
    table: Mapping[str, Any]


def read_gear(source: Path | Mapping[str, Any], find_band: FindBand = find_in_catalogue) -> Gear:
    """The gear in a TOML file, or in a table such as the JSON body of a request.

    Raises:
        InputError: every problem at once, each with its key path and what would be allowed.
    """
    raw = read_table(source) if isinstance(source, Path) else source
    where = source.name if isinstance(source, Path) else "gear"
    problems = [*_id_problems(raw, where), *_law_problems(raw, where)]
    try:
        table = GearTable.model_validate(raw)
    except ValidationError as error:
        found = problems_of(error, GearTable, where)
        bad = {problem.path for problem in found}
        problems += [one for one in _product_problems(raw, where, find_band) if one.path not in bad]
        raise InputError(*found, *problems) from error
    problems += _product_problems(raw, where, find_band)
    if not problems and not table.band and not table.weight and not table.have.pull_up_bar:
        hint = 'For example [[band]] with id = "loop" and product = "rogue-monster-1".'
        problems.append(Problem("no-gear", "The file names nothing to train with.", hint=hint, path=where))
    bands: list[GearBand] = []
    if not problems:
        for index, owned in enumerate(table.band):
            try:
                bands.append(_band(owned, find_band))
            except InputError as error:
                path = located(where, ("band", index))
                problems += [replace(one, path=path) for one in error.problems]
    if problems:
        raise InputError(*problems)
    return _gear(table, tuple(bands), raw)


def is_gear(raw: Mapping[str, Any]) -> bool:
    """Whether a table is a gear file's: it lists what is owned and no movement."""
    return bool({*LISTS, "room", "have"} & set(raw)) and not {"exercise", "keyframe", "load"} & set(raw)


def _gear(table: GearTable, bands: tuple[GearBand, ...], raw: Mapping[str, Any]) -> Gear:
    anchors = [
        GearAnchor(
            one.id,
            ((one.heights_m.min, one.heights_m.max),)
            if isinstance(one.heights_m, HeightRangeTable)
            else tuple((height, height) for height in sorted(set(one.heights_m))),
        )
        for one in table.anchor
    ]
    return Gear(
        free_m=table.room.free_m,
        ceiling_m=table.room.ceiling_m,
        bands=bands,
        weights=tuple(GearWeight(one.id, one.kind, _masses(one), one.count) for one in table.weight),
        anchors=tuple(anchors),
        pull_up_bar=table.have.pull_up_bar,
        bench=table.have.bench,
        table=raw,
    )


def _masses(owned: OwnedWeightTable) -> tuple[float, ...]:
    if owned.from_kg is None:
        return (owned.mass_kg,)
    steps = int(np.floor((owned.mass_kg - owned.from_kg) / owned.step_kg + 1e-9))
    masses = [round(owned.from_kg + owned.step_kg * step, 3) for step in range(steps + 1)]
    return tuple(dict.fromkeys([*masses, owned.mass_kg]))


def _band(owned: OwnedBandTable, find_band: FindBand) -> GearBand:
    keys = owned.model_dump(by_alias=True, exclude_unset=True, exclude={"id", "count", "product"})
    if owned.product is not None:
        keys["band"] = owned.product
    load = load_of({"id": owned.id, "kind": "band", "from": "feet", "to": "hands", **keys}, find_band)
    if not isinstance(load, BandLoad):
        raise InputError(Problem("not-a-band", f"'{owned.id}' is not a band."))
    band = load.band
    if owned.law is not None:
        whole = owned.law.rest_length_m * owned.law.strands
        kind: BandKind = "loop" if owned.law.strands == 2 else "tube"
        band = replace(band, kind=kind, rest_length_m=whole)
    return GearBand(owned.id, band, owned.count, keys)


def _id_problems(raw: Mapping[str, Any], where: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for key in LISTS:
        listed = raw.get(key)
        for index, row in enumerate(listed if isinstance(listed, list) else []):
            given = row.get("id") if isinstance(row, dict) else None
            if not isinstance(given, str):
                continue
            if given in seen:
                hint = "Give each thing its own id, or say count = 2 for two alike."
                path = located(where, (key, index, "id"))
                yield Problem("repeated-id", f"Two things are called '{given}'.", hint=hint, path=path)
            seen.add(given)


def _rows(raw: Mapping[str, Any]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    listed = raw.get("band")
    for index, row in enumerate(listed if isinstance(listed, list) else []):
        if isinstance(row, dict):
            yield index, row


def _product_problems(raw: Mapping[str, Any], where: str, find_band: FindBand) -> Iterator[Problem]:
    for index, row in _rows(raw):
        if isinstance(row.get("product"), str):
            try:
                find_band(row["product"])
            except InputError as error:
                path = located(where, ("band", index, "product"))
                yield from (replace(one, path=path) for one in error.problems)


def _law_problems(raw: Mapping[str, Any], where: str) -> Iterator[Problem]:
    for index, row in _rows(raw):
        yield from table_law_problems({**row, "kind": "band"}, where, ("band", index))
