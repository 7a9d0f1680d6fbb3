"""The web application put together."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bandwright import __version__
from bandwright.errors import BandwrightError, Problem
from bandwright.service.setup_answered import setup_written
from bandwright.web.analysing import analysing
from bandwright.web.catalogue import catalogue
from bandwright.web.client_files import client_files, missing
from bandwright.web.designing import designing
from bandwright.web.engine import Engine
from bandwright.web.faults import NOT_FOUND, fault, fault_of
from bandwright.web.gate import Gate
from bandwright.web.openapi import describe
from bandwright.web.repetitions import RepetitionQuery, repetition_kept, repetitions
from bandwright.web.settings import WebSettings
from bandwright.web.warmth import Warmth

DESCRIPTION = """What a resistance-band set-up really does: load, strength, effort and muscles at every point of
the repetition. All figures are in SI units; a phase runs from 0 (start) to 1 (finish) in 51 steps."""

FIRST_EXERCISE: Final = "bent-over-band-row"
FIRST_PERSON: Final[dict[str, Any]] = {"sex": "male", "stature_m": 1.8, "mass_kg": 80}
"""What the app opens with, as its `lib/setup.ts` has it: on a first visit this body need not be posed any more."""


def build_app(settings: WebSettings | None = None) -> FastAPI:
    """The application; its engine starts warming up when it is served."""
    given = settings or WebSettings()
    engine = Engine(given)
    warmth = Warmth()

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        if given.warm_up:
            warmth.watch(engine.begin(_warm_up))
        yield
        engine.close()

    app = FastAPI(
        title="Bandwright",
        version=__version__,
        description=DESCRIPTION,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        generate_unique_id_function=_operation_id,
        separate_input_output_schemas=False,
    )
    app.include_router(analysing(engine, given))
    app.include_router(designing(engine, given))
    app.include_router(catalogue(engine, given, warmth))
    app.include_router(repetitions(engine))
    app.include_router(client_files(given))
    app.add_exception_handler(BandwrightError, _on_purpose)
    app.add_exception_handler(HTTPException, _by_routing)
    app.add_middleware(Gate, settings=given)
    describe(app)
    return app


def _warm_up() -> None:
    """Loads the engine by the app's first questions, and lets the garbage collector forget what is there for good.

    Going through a million lasting objects took it a tenth of a second, in the middle of somebody's dragging.
    """
    setup_written({"exercise": FIRST_EXERCISE, "person": FIRST_PERSON})
    repetition_kept(RepetitionQuery(exercise=FIRST_EXERCISE, **FIRST_PERSON))
    gc.collect()
    gc.freeze()


def _operation_id(route: APIRoute) -> str:
    """A function's own name, as programs made from the description call it."""
    return route.name


async def _on_purpose(_: Request, error: Exception) -> Response:
    return fault_of(error)


async def _by_routing(request: Request, error: Exception) -> Response:
    """What the router itself refuses: addresses and methods it does not know."""
    status = error.status_code if isinstance(error, HTTPException) else NOT_FOUND
    if status == NOT_FOUND:
        return missing(request)
    headers = dict((error.headers if isinstance(error, HTTPException) else None) or {})
    allowed = tuple(headers.get("Allow", headers.get("allow", "")).split(", "))
    said = f"{request.method} cannot be done here."
    return fault(status, [Problem("wrong-method", said, allowed)], headers)
