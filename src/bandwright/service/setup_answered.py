"""A set-up as a table, answered: the whole analysis, or its curves alone for an answer while something is dragged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any, Final, Literal

from pydantic import Field, ValidationError

from bandwright.catalogue.own_files import own_exercises
from bandwright.catalogue.problems import problems_of
from bandwright.catalogue.setup import SetUp
from bandwright.catalogue.setup_tables import SetUpTable
from bandwright.catalogue.setups import read_setup
from bandwright.catalogue.tables import StrictTable
from bandwright.curves.wording import Units
from bandwright.errors import InputError
from bandwright.service.analysis import analyse
from bandwright.service.answer import unrounded_answer, unrounded_curves
from bandwright.service.answer_tables import (
    Curve,
    LoadAnswer,
    OpenCurve,
    Sampled,
    Share,
    SpinalAnswer,
    SummaryAnswer,
    Vector,
    WarningAnswer,
)
from bandwright.service.differences import differences
from bandwright.service.judge import begin_judging
from bandwright.service.own_bands import find_band
from bandwright.service.unrounded import written

Detail = Literal["full", "curves"]

CURVES_SCHEMA: Final = "bandwright.analysis-curves/1"
DIFFERENCES_SCHEMA: Final = "bandwright.differences/1"

Letter = Literal["A", "B", "C"]


class CurvesAnswer(StrictTable):
    """The curves of an analysis, each exactly as in the whole one; no spread, no verdict, no provenance."""

    schema_: Literal["bandwright.analysis-curves/1"] = Field(alias="schema")
    exercise: str
    phase: Sampled[Share]
    anchors_m: dict[str, Sampled[Vector]] = Field(description="The positions that loads start from.")
    loads: list[LoadAnswer]
    working_side: Literal["r", "l"]
    load_n: Curve
    strength_n: OpenCurve
    computed_strength_n: OpenCurve | None
    effort: Curve
    binding: Sampled[str | None]
    activation: dict[str, Curve] = Field(description="By muscle.")
    summary: SummaryAnswer
    spinal_load: SpinalAnswer
    warnings: list[WarningAnswer]


class SetUpsTable(StrictTable):
    """Two or three set-ups; the first one is A, which the others are compared with."""

    setups: list[SetUpTable] = Field(min_length=2, max_length=3)


class DifferenceAnswer(StrictTable):
    """One sentence with its figures."""

    code: str
    first: Letter
    other: Letter
    text: str
    values: dict[str, float | None]


class DifferencesAnswer(StrictTable):
    """What differs between set-ups in words; B against A, C against A."""

    schema_: Literal["bandwright.differences/1"] = Field(alias="schema")
    differences: list[DifferenceAnswer]


def setup_written(table: Mapping[str, Any], detail: Detail = "full", units: Units = "metric") -> bytes:
    """The answer to a set-up as the text of JSON, its sentences in kilograms or pounds.

    Raises:
        InputError: every problem of the set-up at once.
        InfeasibleError: a band would be stretched beyond its limit.
        ModelError: the body cannot take up the movement.
    """
    if detail == "curves":
        return written(
            {"schema": CURVES_SCHEMA, **unrounded_curves(analyse(_read(table), with_spread=False))}
        )
    analysis = analyse(_read(table))
    verdict = begin_judging(analysis, exercises=own_exercises(), units=units)
    return written(unrounded_answer(analysis, verdict))


def setups_compared(table: Mapping[str, Any], units: Units = "metric") -> dict[str, Any]:
    """What differs between two or three set-ups, as `bandwright compare` says it; the first one is A.

    Raises:
        InputError: every problem of all of them at once.
        InfeasibleError, ModelError: as `setup_written`.
    """
    try:
        SetUpsTable.model_validate(table)
    except ValidationError as error:
        raise InputError(*problems_of(error, SetUpsTable, "set-up")) from error
    analyses = [analyse(setup, with_spread=False) for setup in _all_read(table["setups"])]
    found = differences(analyses, units)
    return {"schema": DIFFERENCES_SCHEMA, "differences": [asdict(one) for one in found]}


def _all_read(tables: Sequence[Mapping[str, Any]]) -> list[SetUp]:
    read, problems = [], []
    for index, table in enumerate(tables):
        try:
            read.append(_read(table))
        except InputError as error:
            within = f"set-up: setups[{index}]."
            problems += [
                replace(one, path=(one.path or "set-up: ").replace("set-up: ", within, 1))
                for one in error.problems
            ]
    if problems:
        raise InputError(*problems)
    return read


def _read(table: Mapping[str, Any]) -> SetUp:
    return read_setup(table, own_exercises(), find_band)
