"""A use case of every front: fit a band from what was measured, keep it, and find it again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import ValidationError

from bandwright.bands import Band, Fit, Reading, TableFit, measured_band
from bandwright.catalogue.bands import load_bands
from bandwright.catalogue.load_tables import Curve
from bandwright.catalogue.own_bands import (
    OwnBandKind,
    OwnBandTable,
    find_band_with_own,
    fitted,
    read_own_bands,
    write_own_band,
)
from bandwright.catalogue.own_files import check_id, own_bands_folder
from bandwright.catalogue.problems import problems_of
from bandwright.errors import InputError, Problem


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured of one band."""

    kind: OwnBandKind
    rest_length_m: float
    """Whole length at rest, a loop's all the way round [m]."""
    readings: Sequence[Reading]
    curve: Curve | None = None
    """None = what suits the kind."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A band that was fitted and stored."""

    band: Band
    fit: Fit | TableFit
    path: Path


def own_bands() -> dict[str, Band]:
    """The person's own bands by id.

    Raises:
        InputError: a file is not valid; the problems of all files.
    """
    return read_own_bands(own_bands_folder())


def find_band(band_id: str) -> Band:
    """The band of that id: the person's own first, then those known to all.

    Raises:
        InputError: there is no such band, or its file is not valid.
    """
    return find_band_with_own(band_id, own_bands_folder())


def fit_measured(
    measured: Measured, band_id: str = "fitted", name: str = "fitted"
) -> tuple[Fit | TableFit, Band]:
    """The law behind what was measured, and the band it makes.

    Raises:
        InputError: readings that cannot be such a band's; every problem, by the index of its reading.
    """
    fit = fitted(measured.kind, measured.curve, measured.rest_length_m, measured.readings)
    return fit, measured_band(fit, id=band_id, name=name, kind=measured.kind)


def naming_problems(band_id: str, name: str, *, overwrite: bool) -> list[Problem]:
    """Why a band cannot be kept under this id and name."""
    problems: list[Problem] = []
    try:
        check_id(band_id, "green-loop")
    except InputError as error:
        problems += error.problems
    else:
        problems += _taken(band_id, overwrite=overwrite)
    if not name.strip() or not name.isprintable():
        hint = "For example Green loop."
        problems.append(Problem("bad-name", "The name cannot be read as text.", hint=hint, path="name"))
    return problems


def keep_band(band_id: str, name: str, measured: Measured, *, overwrite: bool) -> Kept:
    """Fits a band and stores it in the person's folder.

    Raises:
        InputError: id, name or readings cannot be used (every problem), or the file cannot be written.
    """
    problems = naming_problems(band_id, name, overwrite=overwrite)
    try:
        fit, band = fit_measured(measured, band_id, name)
        table = _table(name, measured)
    except InputError as error:
        raise InputError(*problems, *error.problems) from error
    if problems:
        raise InputError(*problems)
    path = _path(band_id)
    write_own_band(table, path)
    return Kept(band, fit, path)


def _taken(band_id: str, *, overwrite: bool) -> list[Problem]:
    if band_id in load_bands():
        said = f"'{band_id}' is a band that everybody has."
        return [Problem("band-exists", said, hint=f"Choose another id, e.g. my-{band_id}.")]
    if _path(band_id).exists() and not overwrite:
        said = f"You have a band '{band_id}' already."
        return [Problem("own-band-exists", said, hint="Choose another id, or replace it.")]
    return []


def _path(band_id: str) -> Path:
    return own_bands_folder() / f"{band_id}.toml"


def _table(name: str, measured: Measured) -> OwnBandTable:
    """The band as its file keeps it, rounded so that the file is pleasant to read.

    Raises:
        InputError: figures that no band's file may hold, each under its key there.
    """
    rows = [
        {"length_m": _tidy(one.length_m), "force_n": _tidy(one.force_n), "strands": one.strands}
        for one in measured.readings
    ]
    written = {
        "name": name,
        "kind": measured.kind,
        "rest_length_m": _tidy(measured.rest_length_m),
        "curve": measured.curve,
        "reading": rows,
    }
    try:
        return OwnBandTable.model_validate(written)
    except ValidationError as error:
        found = problems_of(error, OwnBandTable, "band")
        raise InputError(*(replace(one, path=_inside(one.path)) for one in found)) from error


def _inside(path: str | None) -> str | None:
    return path.removeprefix("band: ") if path else None


def _tidy(value: float) -> float:
    """A finite number without the digits that unit conversion leaves."""
    return float(f"{value:.6g}")
