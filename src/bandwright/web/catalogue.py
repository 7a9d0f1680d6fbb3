"""What there is to choose from: exercises and bands; and whether the server is well."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from bandwright import __version__
from bandwright.catalogue.exercises import find_exercise
from bandwright.catalogue.own_files import own_exercises
from bandwright.errors import InputError
from bandwright.service.catalogue_answer import bands_listed, exercise_in_full, exercises_listed
from bandwright.service.poses_answer import PosesAnswer, poses_answer
from bandwright.web.answers import BandsAnswer, ExerciseAnswer, ExercisesAnswer, HealthAnswer
from bandwright.web.engine import Engine
from bandwright.web.faults import BUSY, NOT_FOUND, TOO_LONG, UNUSABLE, StoppedError, documented
from bandwright.web.replies import as_json, kept
from bandwright.web.settings import WebSettings
from bandwright.web.warmth import Warmth


def catalogue(engine: Engine, settings: WebSettings, warmth: Warmth) -> APIRouter:
    """The routes; the person's own files are read anew for every request, since they may change."""
    router = APIRouter()

    @router.get(
        "/api/exercises",
        summary="List the exercises",
        response_model=ExercisesAnswer,
        responses=documented(BUSY),
    )
    async def list_exercises(request: Request) -> Response:
        """Every exercise, the person's own among them."""
        return (await engine.run(lambda: kept(as_json(exercises_listed())))).reply(request)

    @router.get(
        "/api/exercises/{exercise}",
        summary="Show one exercise",
        response_model=ExerciseAnswer,
        responses=documented(NOT_FOUND, TOO_LONG, UNUSABLE, BUSY),
    )
    async def show_exercise(request: Request, exercise: str) -> Response:
        """How to do it, what goes wrong, its usual set-up and what can be changed in it."""
        return (await engine.run(lambda: kept(as_json(_found(exercise))))).reply(request)

    @router.get(
        "/api/exercises/{exercise}/poses",
        summary="Show an exercise's start and finish",
        response_model=PosesAnswer,
        responses=documented(NOT_FOUND, TOO_LONG, UNUSABLE, BUSY),
    )
    async def show_poses(request: Request, exercise: str) -> Response:
        """Where body and usual loads are at start and finish: enough for a small picture."""
        return (await engine.run(lambda: kept(as_json(_poses(exercise))))).reply(request)

    @router.get(
        "/api/bands", summary="List the bands", response_model=BandsAnswer, responses=documented(BUSY)
    )
    async def list_bands(request: Request) -> Response:
        """Every band with its law and its forces, the person's own first."""
        return (await engine.run(lambda: kept(as_json(bands_listed())))).reply(request)

    @router.get("/api/health", summary="Ask whether the server is well", response_model=HealthAnswer)
    async def check_health() -> HealthAnswer:
        """Whether the server is there and its engine warm, and if it never will be, why; always answers at once."""
        built = (settings.client / "index.html").is_file()
        return HealthAnswer(
            status="ok" if warmth.failure is None else "failed",
            version=__version__,
            ready=warmth.ready,
            failure=warmth.failure,
            client=built,
        )

    return router


def _poses(exercise_id: str) -> dict[str, object]:
    with _missing_is_not_found():
        return poses_answer(find_exercise(exercise_id, own_exercises()))


def _found(exercise_id: str) -> dict[str, object]:
    with _missing_is_not_found():
        return exercise_in_full(exercise_id)


@contextmanager
def _missing_is_not_found() -> Iterator[None]:
    try:
        yield
    except InputError as error:
        if error.problems[0].code == "unknown-exercise":
            raise StoppedError(NOT_FOUND, error.problems[0]) from error
        raise
