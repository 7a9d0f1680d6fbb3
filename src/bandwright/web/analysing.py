"""`POST /api/analyse` and `POST /api/compare`."""

from __future__ import annotations

from typing import Any, Final

from fastapi import APIRouter
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from bandwright.catalogue.tables import StrictTable
from bandwright.curves.wording import Units
from bandwright.service.answer_tables import AnalysisAnswer
from bandwright.service.setup_answered import (
    CurvesAnswer,
    Detail,
    DifferencesAnswer,
    setup_written,
    setups_compared,
)
from bandwright.web.answers import SETUP_EXAMPLES
from bandwright.web.engine import Engine
from bandwright.web.faults import (
    BAD_REQUEST,
    BUSY,
    JSON,
    TOO_LARGE,
    TOO_LONG,
    UNUSABLE,
    WRONG_TYPE,
    documented,
)
from bandwright.web.replies import packed, packed_json, worth_packing
from bandwright.web.requests import json_body, query_parameters, query_table
from bandwright.web.settings import WebSettings


class AnalyseQuery(StrictTable):
    """How much of the answer is wanted."""

    detail: Detail = Field(
        default="full",
        description="full: the analysis as the command line prints it; curves: what changes while something is "
        "dragged, in a fraction of the time.",
    )
    units: Units = Field(default="metric", description="How the sentences tell weights and lengths.")


class CompareQuery(StrictTable):
    """How the answer is told."""

    units: Units = Field(default="metric", description="How the sentences tell weights and lengths.")


BODY: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {
            JSON: {"schema": {"$ref": "#/components/schemas/SetUpTable"}, "examples": SETUP_EXAMPLES}
        },
    },
    "parameters": query_parameters(AnalyseQuery),
}


SETUPS_BODY: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {
            JSON: {
                "schema": {"$ref": "#/components/schemas/SetUpsTable"},
                "examples": {
                    "two": {
                        "summary": "A band against a band and a weight",
                        "value": {"setups": [SETUP_EXAMPLES[name]["value"] for name in ("band", "measured")]},
                    }
                },
            }
        },
    },
    "parameters": query_parameters(CompareQuery),
}


def analysing(engine: Engine, settings: WebSettings) -> APIRouter:
    """The route."""
    router = APIRouter()

    @router.post(
        "/api/analyse",
        summary="Analyse one set-up",
        response_model=None,
        responses={
            200: {"model": AnalysisAnswer | CurvesAnswer, "description": "The analysis."},
            **documented(BAD_REQUEST, TOO_LARGE, TOO_LONG, WRONG_TYPE, UNUSABLE, BUSY),
        },
        openapi_extra=BODY,
    )
    async def analyse_setup(request: Request) -> Response:
        """What a set-up really does at every point of the repetition, and whether it suits its intent."""
        table = await json_body(request, settings)
        query, pack = query_table(request, AnalyseQuery), worth_packing(request)
        body, headers = await engine.run(
            lambda: packed(setup_written(table, query.detail, query.units), pack=pack)
        )
        return Response(body, headers=headers, media_type=JSON)

    @router.post(
        "/api/compare",
        summary="Say what differs between set-ups",
        response_model=None,
        responses={
            200: {"model": DifferencesAnswer, "description": "The differences in words."},
            **documented(BAD_REQUEST, TOO_LARGE, WRONG_TYPE, UNUSABLE, BUSY),
        },
        openapi_extra=SETUPS_BODY,
    )
    async def compare_setups(request: Request) -> Response:
        """What differs between two or three set-ups, in words with figures."""
        table = await json_body(request, settings)
        units, pack = query_table(request, CompareQuery).units, worth_packing(request)
        body, headers = await engine.run(lambda: packed_json(setups_compared(table, units), pack=pack))
        return Response(body, headers=headers, media_type=JSON)

    return router
