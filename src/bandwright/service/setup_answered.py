"""A set-up as a table, answered: the whole analysis, or its curves alone for an answer while something is dragged."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal

from pydantic import Field

from bandwright.catalogue.own_files import own_exercises
from bandwright.catalogue.setups import read_setup
from bandwright.catalogue.tables import StrictTable
from bandwright.service.analysis import analyse
from bandwright.service.answer import answer, curves_answer
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
from bandwright.service.judge import judge
from bandwright.service.own_bands import find_band

Detail = Literal["full", "curves"]

CURVES_SCHEMA: Final = "bandwright.analysis-curves/1"


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
    effort: Curve
    binding: Sampled[str | None]
    activation: dict[str, Curve] = Field(description="By muscle.")
    summary: SummaryAnswer
    spinal_load: SpinalAnswer
    warnings: list[WarningAnswer]


def setup_answered(table: Mapping[str, Any], detail: Detail = "full") -> dict[str, Any]:
    """The answer to a set-up.

    Raises:
        InputError: every problem of the set-up at once.
        InfeasibleError: a band would be stretched beyond its limit.
        ModelError: the body cannot take up the movement.
    """
    setup = read_setup(table, own_exercises(), find_band)
    if detail == "curves":
        return {"schema": CURVES_SCHEMA, **curves_answer(analyse(setup, with_spread=False))}
    analysis = analyse(setup)
    return answer(analysis, judge(analysis, exercises=own_exercises()))
