"""Bands of the person's own: one TOML file each, holding the readings, fitted anew whenever it is read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from bandwright.bands import Band, Fit, Reading, TableFit, fit_band, measured_band, table_through
from bandwright.catalogue.bands import find_band as find_shipped
from bandwright.catalogue.law_checks import readings_as_table_problems
from bandwright.catalogue.load_building import reading_of
from bandwright.catalogue.load_tables import CURVE_MEANS, Curve, Metres, ReadingTable
from bandwright.catalogue.problems import located, problems_of
from bandwright.catalogue.tables import StrictTable, Text
from bandwright.catalogue.toml_files import read_table
from bandwright.errors import InputError, Problem, nearest_match

OwnBandKind = Literal["loop", "mini-loop", "sheet", "tube", "fabric-loop"]

FABRIC: OwnBandKind = "fabric-loop"
"""The kind whose force rubber's law does not follow; its readings are always kept as a table."""


class OwnBandTable(StrictTable):
    """A band as weighed by the person; the file's name is its id."""

    name: Text
    kind: OwnBandKind
    rest_length_m: Metres = Field(description="whole length at rest, a loop's all the way round")
    curve: Curve | None = Field(
        default=None, description=f"left out: table for a fabric loop, rubber for others. {CURVE_MEANS}"
    )
    note: Annotated[str, Field(max_length=400)] = ""
    reading: Annotated[list[ReadingTable], Field(min_length=1)]

    @model_validator(mode="after")
    def _fabric_is_no_rubber(self) -> OwnBandTable:
        if self.kind == FABRIC and self.curve == "rubber":
            raise PydanticCustomError(
                "fabric-is-no-rubber",
                "The law of rubber does not hold for fabric.",
                {"hint": "Leave 'curve' out: its readings are kept as a table."},
            )
        return self


def read_own_bands(folder: Path) -> dict[str, Band]:
    """The bands in a folder by id; none when there is no such folder.

    Raises:
        InputError: a file is not valid; the problems of all files.
    """
    found: dict[str, Band] = {}
    problems: list[Problem] = []
    for path in _files(folder).values():
        try:
            found[path.stem] = read_own_band(path)
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(*problems)
    return found


def find_band_with_own(band_id: str, folder: Path) -> Band:
    """The band of that id: one in the folder first, then those known to all.

    Raises:
        InputError: there is no such band, or its file is not valid.
    """
    own = _files(folder)
    if band_id in own:
        return read_own_band(own[band_id])
    try:
        return find_shipped(band_id)
    except InputError as error:
        raise InputError(*(_with_own(problem, band_id, own) for problem in error.problems)) from None


def read_own_band(path: Path) -> Band:
    """The band in a file.

    Raises:
        InputError: every problem at once.
    """
    raw = read_table(path)
    try:
        table = OwnBandTable.model_validate(raw)
    except ValidationError as error:
        found = (*problems_of(error, OwnBandTable, path.name), *_table_problems(raw, path.name))
        raise InputError(*found) from error
    try:
        fit = fitted(table.kind, table.curve, table.rest_length_m, [reading_of(row) for row in table.reading])
    except InputError as error:
        raise InputError(*(_in_file(problem, path.name) for problem in error.problems)) from error
    return measured_band(fit, id=path.stem, name=table.name, kind=table.kind, note=table.note)


def fitted(
    kind: OwnBandKind, curve: Curve | None, rest_length_m: float, readings: Sequence[Reading]
) -> Fit | TableFit:
    """What readings of a band of this kind say of it.

    Raises:
        InputError: they cannot be such a band's; every problem at once, by the index of its reading.
    """
    if (curve or usual_curve(kind)) == "table":
        return table_through(readings, rest_length_m)
    return fit_band(readings, rest_length_m)


def usual_curve(kind: str) -> Curve:
    """What is made of readings where nothing is said."""
    return "table" if kind == FABRIC else "rubber"


def write_own_band(table: OwnBandTable, path: Path) -> None:
    """Writes a band's file, and the folder it is in.

    Raises:
        InputError: it cannot be written.
    """
    draft = path.with_suffix(".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(own_band_text(table), encoding="utf-8")
        # Nobody who reads meanwhile sees half a file.
        draft.replace(path)
    except OSError as error:
        said = f"The band cannot be stored: {error.strerror or error}."
        hint = "Name another folder with BANDWRIGHT_DATA, e.g. BANDWRIGHT_DATA=~/bandwright."
        raise InputError(Problem("unwritable-file", said, hint=hint, path=str(path))) from error


def own_band_text(table: OwnBandTable) -> str:
    """The band's file, as TOML."""
    head = table.model_dump(exclude={"reading"}, exclude_none=True)
    parts = [_toml_lines(head), *(f"\n[[reading]]\n{_toml_lines(row.model_dump())}" for row in table.reading)]
    return "\n".join(parts) + "\n"


def _toml_lines(table: Mapping[str, str | float]) -> str:
    """Keys and values; JSON's texts and numbers are TOML too."""
    return "\n".join(f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in table.items())


def _files(folder: Path) -> dict[str, Path]:
    """The files of a folder by the id of their band."""
    return {path.stem: path for path in sorted(folder.glob("*.toml"))}


def _table_problems(raw: Mapping[str, Any], where: str) -> Iterator[Problem]:
    """What keeps the readings from being a table, looked for although the file has other faults."""
    if raw.get("curve", usual_curve(str(raw.get("kind")))) == "table":
        yield from readings_as_table_problems(
            raw.get("reading"), raw.get("rest_length_m"), where, ("reading",)
        )


def _in_file(problem: Problem, where: str) -> Problem:
    """The problem at its row in the file, which is called `reading` there."""
    keys = (problem.path or "").replace("readings[", "reading[")
    return replace(problem, path=located(where, (keys,) if keys else ()))


def _with_own(problem: Problem, band_id: str, own: Mapping[str, Path]) -> Problem:
    if problem.code != "unknown-band":
        return problem
    allowed = (*own, *problem.allowed)
    return replace(problem, allowed=allowed, nearest=nearest_match(band_id, allowed))
