"""What a client reads when something goes wrong: one shape for every status, and never a stack trace."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any, Final

from pydantic import Field
from starlette.responses import Response

from bandwright.catalogue.tables import StrictTable
from bandwright.errors import BandwrightError, InfeasibleError, InputError, ModelError, Problem

BAD_REQUEST: Final = 400
FORBIDDEN: Final = 403
NOT_FOUND: Final = 404
TOO_LARGE: Final = 413
TOO_LONG: Final = 414
WRONG_TYPE: Final = 415
MISDIRECTED: Final = 421
UNUSABLE: Final = 422
OUR_FAULT: Final = 500
BUSY: Final = 503

JSON: Final = "application/json"

MOST_PROBLEMS: Final = 100
LONGEST_TEXT: Final = 1_000
"""Characters of a message or a path; only nonsense has more."""

OURS: Final = Problem(
    "internal",
    "Something failed inside Bandwright.",
    hint="This is our fault, not yours; nothing was changed. The window where the server runs says more.",
)


class ProblemAnswer(StrictTable):
    """One thing wrong with what was asked."""

    code: str = Field(description="Stable name of the problem, e.g. unknown-band.")
    message: str = Field(description="What was given and why it cannot be used.")
    allowed: list[str] = Field(description="What would be allowed; may be empty.")
    nearest: str | None = Field(description="The allowed name closest to the one given.")
    hint: str | None = Field(description="What to do, with an example.")
    path: str | None = Field(description="Where in the request, e.g. load[0].band.")


class FaultAnswer(ProblemAnswer):
    """Why a request has no answer: the first problem's own keys, and all problems."""

    problems: list[ProblemAnswer] = Field(description="Every problem at once, the first one among them.")


class StoppedError(BandwrightError):
    """A request was stopped before it reached its use case; the status says where."""

    def __init__(self, status: int, problem: Problem) -> None:
        super().__init__(problem)
        self.status = status


def fault(status: int, problems: Sequence[Problem], headers: Mapping[str, str] | None = None) -> Response:
    """The answer that carries problems; ASCII, so that nothing a client sent can spoil it."""
    told = [asdict(_shortened(problem)) for problem in problems[:MOST_PROBLEMS]]
    body = json.dumps({**told[0], "problems": told}, separators=(",", ":"))
    kept = {"Cache-Control": "no-store", **(headers or {})}
    return Response(body, status, kept, media_type=JSON)


def _shortened(problem: Problem) -> Problem:
    """The problem without the bulk of what a client sent."""
    path = None if problem.path is None else _short(problem.path)
    return replace(problem, message=_short(problem.message), path=path)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}..."


def fault_of(error: BaseException) -> Response:
    """The answer to an error raised on purpose, or to one that nobody foresaw."""
    if isinstance(error, StoppedError):
        waits = {"Retry-After": "1"} if error.status == BUSY else None
        return fault(error.status, error.problems, waits)
    if isinstance(error, InputError | InfeasibleError | ModelError) and error.problems:
        return fault(UNUSABLE, [_in_request(problem) for problem in error.problems])
    return fault(OUR_FAULT, [OURS])


def _in_request(problem: Problem) -> Problem:
    """The problem with the key path alone: in a request there is no file to name."""
    where, colon, keys = (problem.path or "").partition(": ")
    if where in ("set-up", "design", "query"):
        return replace(problem, path=keys if colon else None)
    return problem


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Faults of an operation for the description of the API."""
    said = {
        BAD_REQUEST: "The body is not JSON.",
        NOT_FOUND: "There is no such thing.",
        TOO_LARGE: "The body is too large.",
        TOO_LONG: "The address is too long.",
        WRONG_TYPE: "The body is not sent as JSON.",
        UNUSABLE: "What was given cannot be used; every problem at once.",
        BUSY: "Too many questions at once, or one that took too long.",
    }
    return {status: {"model": FaultAnswer, "description": said[status]} for status in statuses}
