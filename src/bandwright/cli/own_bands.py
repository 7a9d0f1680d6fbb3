"""Bands of the person's own: one TOML file each, holding the readings, fitted anew whenever it is read."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from bandwright.bands import Band, Fit, Reading, fit_band, measured_band
from bandwright.catalogue.bands import find_band as find_shipped
from bandwright.catalogue.bands import load_bands
from bandwright.catalogue.load_tables import Metres, ReadingTable
from bandwright.catalogue.problems import located, problems_of
from bandwright.catalogue.tables import StrictTable, Text
from bandwright.catalogue.toml_files import read_table
from bandwright.cli.ids import check_id
from bandwright.cli.own_files import own_bands_folder
from bandwright.errors import InputError, Problem, nearest_match

OwnBandKind = Literal["loop", "mini-loop", "sheet", "tube"]
"""Kinds whose force follows the strand law; fabric does not."""


class OwnBandTable(StrictTable):
    """A band as weighed by the person; the file's name is its id."""

    name: Text
    kind: OwnBandKind
    rest_length_m: Metres = Field(description="whole length at rest, a loop's all the way round")
    note: Annotated[str, Field(max_length=400)] = ""
    reading: Annotated[list[ReadingTable], Field(min_length=1)]


def own_bands() -> dict[str, Band]:
    """The person's own bands by id.

    Raises:
        InputError: a file is not valid; the problems of all files.
    """
    found: dict[str, Band] = {}
    problems: list[Problem] = []
    for path in sorted(own_bands_folder().glob("*.toml")):
        try:
            found[path.stem] = read_own_band(path)
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(*problems)
    return found


def find_band(band_id: str) -> Band:
    """The band of that id: the person's own first, then those known to all.

    Raises:
        InputError: there is no such band, or its file is not valid.
    """
    path = own_bands_folder() / f"{band_id}.toml"
    if path.parent == own_bands_folder() and path.is_file():
        return read_own_band(path)
    try:
        return find_shipped(band_id)
    except InputError as error:
        raise InputError(*(_with_own(problem, band_id) for problem in error.problems)) from None


def _with_own(problem: Problem, band_id: str) -> Problem:
    if problem.code != "unknown-band":
        return problem
    allowed = (*sorted(path.stem for path in own_bands_folder().glob("*.toml")), *problem.allowed)
    near = nearest_match(band_id, allowed)
    return replace(problem, allowed=allowed, nearest=near)


def read_own_band(path: Path) -> Band:
    """The band in a file.

    Raises:
        InputError: every problem at once.
    """
    raw = read_table(path)
    try:
        table = OwnBandTable.model_validate(raw)
    except ValidationError as error:
        raise InputError(*problems_of(error, OwnBandTable, path.name)) from error
    readings = [Reading(row.length_m, row.force_n, row.strands) for row in table.reading]
    try:
        fit = fit_band(readings, table.rest_length_m)
    except InputError as error:
        named = (replace(one, path=located(path.name, (one.path or "",))) for one in error.problems)
        raise InputError(*named) from error
    return measured_band(fit, id=path.stem, name=table.name, kind=table.kind, note=table.note)


def store_band(table: OwnBandTable, band_id: str, *, overwrite: bool) -> Path:
    """Writes the band's file in the person's folder.

    Raises:
        InputError: the id cannot be used or is taken, or the folder cannot be written.
    """
    check_band_id(band_id)
    path = own_bands_folder() / f"{band_id}.toml"
    if path.exists() and not overwrite:
        said = f"You have a band '{band_id}' already."
        raise InputError(Problem("band-exists", said, hint="Choose another id, or add --replace."))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(band_file(table), encoding="utf-8")
    except OSError as error:
        said = f"The band cannot be stored: {error.strerror or error}."
        hint = "Name another folder with BANDWRIGHT_DATA, e.g. BANDWRIGHT_DATA=~/bandwright."
        raise InputError(Problem("unwritable-file", said, hint=hint, path=str(path))) from error
    return path


def check_band_id(band_id: str) -> None:
    """Refuses an id that no file could have or that everybody's bands have.

    Raises:
        InputError: it cannot be used.
    """
    check_id(band_id, "green-loop")
    if band_id in load_bands():
        said = f"'{band_id}' is a band that everybody has."
        raise InputError(Problem("band-exists", said, hint=f"Choose another id, e.g. my-{band_id}."))


def band_file(table: OwnBandTable) -> str:
    """The band's file, as TOML."""
    head = [f"{key} = {_toml(value)}" for key, value in table.model_dump(exclude={"reading"}).items()]
    rows: Sequence[str] = [
        "\n".join(
            ["", "[[reading]]", *(f"{key} = {_toml(value)}" for key, value in row.model_dump().items())]
        )
        for row in table.reading
    ]
    return "\n".join([*head, *rows]) + "\n"


def _toml(value: str | float) -> str:
    """A TOML value; JSON's texts and numbers are TOML too."""
    return json.dumps(value, ensure_ascii=False)


def fitted(readings: Sequence[Reading], rest_length_m: float) -> Fit:
    """The law behind readings given on the command line, problems named after the option."""
    try:
        return fit_band(readings, rest_length_m)
    except InputError as error:
        raise InputError(*(_on_option(problem) for problem in error.problems)) from error


def _on_option(problem: Problem) -> Problem:
    """The problem at the option that gave the reading, counted from one as people do."""
    row = re.match(r"readings\[(\d+)\]", problem.path or "")
    path = f"--reading {int(row[1]) + 1}" if row else "--rest-length"
    return replace(problem, path=path)
