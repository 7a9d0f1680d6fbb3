"""Reading what a client sends: a JSON body or a query, with every problem said."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Final, NoReturn, TypeVar

from pydantic import ValidationError
from starlette.requests import Request

from bandwright.catalogue.problems import problems_of
from bandwright.catalogue.tables import StrictTable
from bandwright.errors import InputError, Problem
from bandwright.web.faults import BAD_REQUEST, JSON, TOO_LARGE, UNUSABLE, WRONG_TYPE, StoppedError
from bandwright.web.settings import WebSettings

Table = TypeVar("Table", bound=StrictTable)

HALF_CHARACTER: Final = re.compile(r"\\u[dD][89a-fA-F]")
"""How JSON spells one of the two halves of a rare character."""

EXAMPLE: Final = (
    'Example: {"exercise": "bent-over-band-row", '
    '"person": {"sex": "female", "stature_m": 1.65, "mass_kg": 60}}'
)


async def json_body(request: Request, settings: WebSettings) -> dict[str, Any]:
    """The table that a request carries.

    Raises:
        StoppedError: it is not sent as JSON, too large, not JSON, or no table.
    """
    given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if given != JSON:
        hint = f"Send it with the header Content-Type: {JSON}."
        raise StoppedError(WRONG_TYPE, Problem("not-json", "The body is not JSON.", (JSON,), hint=hint))
    value = _parsed(await _body(request, settings.most_bytes))
    if not isinstance(value, dict):
        said = "The body is JSON, but not an object."
        raise StoppedError(UNUSABLE, Problem("not-an-object", said, ("an object",), hint=EXAMPLE))
    return value


async def _body(request: Request, most: int) -> bytes:
    declared = request.headers.get("content-length", "0")
    if declared.isdecimal() and int(declared) > most:
        raise _too_large(most)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise _too_large(most)
    return bytes(body)


def _too_large(most: int) -> StoppedError:
    said = f"The body has more than {most // 1024} kB."
    return StoppedError(TOO_LARGE, Problem("too-big", said, hint="No set-up needs as much."))


def _parsed(body: bytes) -> object:
    try:
        text = body.decode("utf-8")
        if HALF_CHARACTER.search(text):
            _refuse_halves(text)
        return json.loads(text, parse_constant=_no_number, object_pairs_hook=_without_repetition)
    except json.JSONDecodeError as error:
        said = f"The body is not JSON: {error.msg} in line {error.lineno}, column {error.colno}."
    except (ValueError, RecursionError) as error:
        said = f"The body is not JSON: {_reason(error)}."
    raise StoppedError(BAD_REQUEST, Problem("bad-json", said, hint=EXAMPLE))


def _reason(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "it is not UTF-8"
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    return str(error) if isinstance(error, _JsonError) else "a number in it has too many digits"


class _JsonError(ValueError):
    """JSON that the standard library lets pass and we do not."""


def _refuse_halves(text: str) -> None:
    """Refuses texts with half of a character in them, which could not be sent back."""
    try:
        json.dumps(json.loads(text), ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError as error:
        message = "a text in it has half of a character"
        raise _JsonError(message) from error


def _no_number(text: str) -> NoReturn:
    message = f"{text} is not a number"
    raise _JsonError(message)


def _without_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        message = "a key stands twice in one object"
        raise _JsonError(message)
    return found


def query_table(request: Request, table: type[Table]) -> Table:
    """The query of an address as a table.

    Raises:
        InputError: every problem at once.
    """
    given = {key: _value(text, key, table) for key, text in request.query_params.items()}
    try:
        return table.model_validate(given)
    except ValidationError as error:
        raise InputError(*problems_of(error, table, "query")) from error


def _value(text: str, key: str, table: type[StrictTable]) -> float | str:
    """The text, as a number where the table wants one."""
    field = table.model_fields.get(key)
    if field is not None and "float" in str(field.annotation):
        try:
            return float(text)
        except ValueError:
            return text
    return text


def query_parameters(table: type[StrictTable]) -> list[Mapping[str, Any]]:
    """The keys of a query for the description of the API."""
    schema = table.model_json_schema()
    return [
        {"name": name, "in": "query", "required": name in schema.get("required", ()), "schema": field}
        for name, field in schema["properties"].items()
    ]
