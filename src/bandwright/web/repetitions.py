"""`GET /api/repetition`: the moving body, for the figure."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from fastapi import APIRouter
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from bandwright.body import Person, Side
from bandwright.catalogue.exercises import find_exercise
from bandwright.catalogue.own_files import own_exercises
from bandwright.catalogue.setup_tables import PersonTable
from bandwright.catalogue.tables import Text
from bandwright.movements import Movement
from bandwright.service.bodies import posed_of
from bandwright.service.repetition_answer import RepetitionAnswer, repetition_answer
from bandwright.web.engine import Engine
from bandwright.web.faults import BUSY, TOO_LONG, UNUSABLE, documented
from bandwright.web.replies import Kept, as_json, kept
from bandwright.web.requests import query_parameters, query_table

KEPT: Final = 64
"""Answers kept; each is about 100 kB with its compressed copy."""


class RepetitionQuery(PersonTable):
    """Which repetition of whom."""

    exercise: Text = Field(examples=["bent-over-band-row"])
    side: Side = Field(default="r", description="Which arm works, where one does.")


def repetitions(engine: Engine) -> APIRouter:
    """The route."""
    router = APIRouter()

    @router.get(
        "/api/repetition",
        summary="Show the moving body",
        response_model=RepetitionAnswer,
        responses=documented(TOO_LONG, UNUSABLE, BUSY),
        openapi_extra={"parameters": query_parameters(RepetitionQuery)},
    )
    async def show_repetition(request: Request) -> Response:
        """Joints, muscles and what the body rests on through one repetition; nothing here hangs on the loads.

        A course is a coordinate's first value and then its change from phase to phase in whole millimetres,
        changes of zero at the end left out; a path is the courses of x, y and z.
        """
        query = query_table(request, RepetitionQuery)
        return (await engine.run(lambda: repetition_kept(query))).reply(request)

    return router


def repetition_kept(query: RepetitionQuery) -> Kept:
    """The moving body that is asked for, kept for whoever asks next."""
    movement = find_exercise(query.exercise, own_exercises()).movement
    person = Person(query.sex, query.stature_m, query.mass_kg, query.upper_arm_m, query.forearm_m)
    return _kept(movement, person, query.side)


@lru_cache(maxsize=KEPT)
def _kept(movement: Movement, person: Person, side: Side) -> Kept:
    return kept(as_json(repetition_answer(posed_of(movement, person, side))))
