"""`POST /api/design`: a search in steps, between which the engine answers others and the client may go away."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Generator
from functools import partial
from typing import Any, Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from bandwright.errors import BandwrightError, Problem
from bandwright.service import design as designer
from bandwright.service.design import Design, Progress
from bandwright.service.design_answer import design_answer, progress_answer
from bandwright.service.design_asked import design_asked
from bandwright.service.design_tables import DesignAnswer
from bandwright.web.answers import DESIGN_EXAMPLES
from bandwright.web.engine import Engine
from bandwright.web.faults import (
    BAD_REQUEST,
    BUSY,
    JSON,
    TOO_LARGE,
    UNUSABLE,
    WRONG_TYPE,
    StoppedError,
    documented,
    fault_of,
)
from bandwright.web.replies import as_json, packed_json, worth_packing
from bandwright.web.requests import json_body
from bandwright.web.settings import WebSettings

Steps = Generator[Progress, bool, Design]

LINES: Final = "application/x-ndjson"
"""JSON line by line: how far the search is, then the answer."""

UNKEPT: Final = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}

BODY: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {
            JSON: {"schema": {"$ref": "#/components/schemas/DesignTable"}, "examples": DESIGN_EXAMPLES}
        },
    }
}

ANSWERS: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "model": DesignAnswer,
        "description": f"The set-ups; with `Accept: {LINES}` line by line.",
        "content": {LINES: {"schema": {"$ref": "#/components/schemas/DesignEvent"}}},
    },
    **documented(BAD_REQUEST, TOO_LARGE, WRONG_TYPE, UNUSABLE, BUSY),
}


def designing(engine: Engine, settings: WebSettings) -> APIRouter:
    """The route."""
    router = APIRouter()

    @router.post(
        "/api/design",
        summary="Find the best set-ups that the gear allows",
        response_model=None,
        responses=ANSWERS,
        openapi_extra=BODY,
    )
    async def design_setups(request: Request) -> Response:
        """The best few set-ups for an intent, different from each other, as `bandwright design --json` gives them.

        A client that goes away stops the search; when time is up, the answer is the best so far. Asked for
        `application/x-ndjson` it comes in lines: how far the search is, then the answer or the fault.
        """
        table = await json_body(request, settings)
        asked = await engine.run(lambda: design_asked(table))
        course = _course(engine, designer.designing(asked), settings.longest_design_s)
        if LINES in request.headers.get("accept", ""):
            return StreamingResponse(_lines(engine, course), headers=UNKEPT, media_type=LINES)
        pack = worth_packing(request)
        async for now in course:
            if isinstance(now, Design):
                body, headers = await engine.run(partial(_packed, now, pack=pack))
                return Response(body, headers=headers, media_type=JSON)
            if await request.is_disconnected():
                break
        raise StoppedError(BUSY, Problem("gone", "Nobody waits for the answer any more."))

    return router


async def _course(engine: Engine, steps: Steps, longest_s: float) -> AsyncIterator[Progress | Design]:
    """How far a search is, step by step, then what it found; told to stop when time is up."""
    until = asyncio.get_running_loop().time() + longest_s
    now = await engine.run(partial(_step, steps, None))
    while not isinstance(now, Design):
        yield now
        in_time = asyncio.get_running_loop().time() < until
        now = await engine.run(partial(_step, steps, in_time))
    yield now


def _step(steps: Steps, going: bool | None) -> Progress | Design:  # noqa: FBT001 — what a generator is sent
    try:
        return next(steps) if going is None else steps.send(going)
    except StopIteration as end:
        found: Design = end.value
        return found


async def _lines(engine: Engine, course: AsyncIterator[Progress | Design]) -> AsyncIterator[bytes]:
    """The lines of a search; a fault is one of them, since the status has been sent by then."""
    try:
        async for now in course:
            if isinstance(now, Design):
                yield b'{"answer":' + await engine.run(partial(_plain, now)) + b"}\n"
            else:
                yield b'{"progress":' + as_json(progress_answer(now)) + b"}\n"
    except BandwrightError as error:
        yield b'{"fault":' + bytes(fault_of(error).body) + b"}\n"


def _plain(found: Design) -> bytes:
    return as_json(design_answer(found))


def _packed(found: Design, *, pack: bool) -> tuple[bytes, dict[str, str]]:
    return packed_json(design_answer(found), pack=pack)
