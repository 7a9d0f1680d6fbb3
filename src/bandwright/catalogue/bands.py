"""The bands known by name: charts from the data files, and layered loops by their size."""

from __future__ import annotations

import csv
import math
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Annotated, Final, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from bandwright.bands import (
    FORCE_SPREAD,
    LENGTH_SPREAD,
    TYPICAL_SHAPE_SD,
    Band,
    BandKind,
    Fit,
    FitOptions,
    Reading,
    fit_band,
    layered_loop,
)
from bandwright.errors import BandwrightError, CatalogueError, InputError, Problem, unknown_name
from bandwright.units import newtons

FOLDER = files("bandwright") / "data" / "bands"
"""Where the tables are; each row carries a `source` key of `data/sources.bib`."""

PRODUCTS: Final = "products.csv"
POINTS: Final = "points.csv"

LARGEST_CHARTED_STRETCH: Final = 4.0
"""A maker's chart may go beyond what anybody should do with the band (HEXROX: 300 %) [-]."""

LAYERED_LOOP: Final = re.compile(r"loop-(\d+(?:\.\d+)?)x(\d+(?:\.\d+)?)mm(?:-(\d+(?:\.\d+)?)mm)?")
"""Id of a loop known by its size only: width x thickness, then perhaps the circumference, all in mm."""

HOW_TO_ADD: Final = (
    "Any layered latex loop works by its size, e.g. 'loop-29x4.5mm' (width x thickness). "
    "For another band read a scale at two lengths and enter both."
)

Cell = BeforeValidator(lambda text: None if text == "" else text)
Size = Annotated[Annotated[float, Field(gt=0.0)] | None, Cell]


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


Row = TypeVar("Row", bound=_Row)


class ProductRow(_Row):
    """One line of the table of products."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    name: str = Field(min_length=1)
    brand: str
    kind: BandKind
    rest_length_m: float = Field(gt=0.0)
    width_mm: Size
    thickness_mm: Size
    points_of: Annotated[str | None, Cell]
    confidence: Literal["chart", "label"]
    length_spread: Size
    source: str = Field(min_length=1)
    note: str


class PointRow(_Row):
    """One line of the table of charted points."""

    band: str
    elongation_pct: float = Field(gt=0.0)
    force_lb: float = Field(gt=0.0)
    strands: int = Field(ge=1)
    source: str = Field(min_length=1)
    note: str

    def reading(self) -> Reading:
        """The point as a reading of a band whose strands are 1 m long at rest."""
        return Reading(1.0 + self.elongation_pct / 100.0, newtons(self.force_lb, "lb") / self.strands)


@cache
def load_bands() -> Mapping[str, Band]:
    """Every band of the data files by id, in the order of the table.

    Raises:
        CatalogueError: the tables are not valid; all problems at once.
    """
    return bands_of(_text(PRODUCTS), _text(POINTS))


def find_band(band_id: str) -> Band:
    """The band of that id, from the table or, for ids like ``loop-29x4.5mm``, from its size.

    Raises:
        InputError: there is no such band, or its size cannot be.
    """
    bands = load_bands()
    if band_id in bands:
        return bands[band_id]
    size = LAYERED_LOOP.fullmatch(band_id)
    if size is None:
        raise InputError(unknown_name("band", band_id, tuple(bands), hint=HOW_TO_ADD))
    width, thickness, circumference = size.groups()
    if circumference is None:
        return layered_loop(float(width), float(thickness))
    return layered_loop(float(width), float(thickness), float(circumference) / 1000.0)


def bands_of(products_csv: str, points_csv: str) -> Mapping[str, Band]:
    """The bands that two tables describe, by id.

    Raises:
        CatalogueError: the tables are not valid; all problems at once, each with file and line.
    """
    products, problems = _rows(PRODUCTS, products_csv, ProductRow)
    points, more = _rows(POINTS, points_csv, PointRow)
    problems += more or _reference_problems(products, points)
    if problems:
        raise CatalogueError(*problems)
    charts: dict[str, list[Reading]] = defaultdict(list)
    for point in points:
        charts[point.band].append(point.reading())
    fits = {band: _chart_fit(band, readings) for band, readings in charts.items()}
    return MappingProxyType({row.id: _band(row, fits[row.points_of or row.id]) for row in products})


def _band(row: ProductRow, fit: Fit) -> Band:
    return Band(
        id=row.id,
        name=row.name,
        brand=row.brand,
        kind=row.kind,
        law=fit.law,
        rest_length_m=row.rest_length_m,
        width_mm=row.width_mm,
        thickness_mm=row.thickness_mm,
        measured_to_stretch=fit.measured_to_stretch,
        confidence=row.confidence,
        force_spread=FORCE_SPREAD[row.confidence],
        length_spread=row.length_spread or LENGTH_SPREAD[row.confidence],
        source=row.source,
        note=row.note,
    )


def _chart_fit(band_id: str, readings: Sequence[Reading]) -> Fit:
    """A chart knows its own rest length, and from two points on it fixes the shape too."""
    options = FitOptions(
        prior_sd=TYPICAL_SHAPE_SD if len(readings) == 1 else math.inf,
        nudge=0.0,
        length_sd_m=0.0,
        max_stretch=LARGEST_CHARTED_STRETCH,
    )
    try:
        return fit_band(readings, 1.0, options)
    except BandwrightError as error:
        where = f"{POINTS}: {band_id}"
        raise CatalogueError(
            *(Problem(p.code, p.message, p.allowed, p.nearest, p.hint, where) for p in error.problems)
        ) from error


def _rows(name: str, text: str, row_type: type[Row]) -> tuple[list[Row], list[Problem]]:
    rows, problems = [], []
    for line, cells in enumerate(csv.DictReader(text.splitlines()), start=2):
        try:
            rows.append(row_type.model_validate(cells))
        except ValidationError as error:
            problems += [
                Problem(
                    "bad-cell",
                    f"{detail['msg']}: '{detail['input']}'.",
                    path=f"{name}:{line}: {detail['loc'][-1]}",
                )
                for detail in error.errors()
            ]
    return rows, problems


def _reference_problems(products: Sequence[ProductRow], points: Sequence[PointRow]) -> list[Problem]:
    """Ids used twice, points of no band and bands without points."""
    ids, charted = [row.id for row in products], {point.band for point in points}
    twice = sorted({band for band in ids if ids.count(band) > 1})
    problems = [Problem("repeated-id", f"The id '{band}' is used twice.", path=PRODUCTS) for band in twice]
    problems += [unknown_name("band", band, ids, path=POINTS) for band in sorted(charted - set(ids))]
    return problems + [
        Problem(
            "no-points", f"No point is charted for '{row.points_of or row.id}'.", path=f"{PRODUCTS}: {row.id}"
        )
        for row in products
        if (row.points_of or row.id) not in charted
    ]


def _text(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")
