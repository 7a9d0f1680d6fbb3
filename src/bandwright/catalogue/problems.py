"""What pydantic found wrong, said as problems a person can act on: key path, limits and nearest match."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Final, get_args

from annotated_types import Ge, Gt, Le, Lt
from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from bandwright.catalogue.load_tables import TAGGED, LoadKind
from bandwright.catalogue.tables import StrictTable
from bandwright.errors import Problem, nearest_match, unknown_name

WHAT: Final[dict[str, str]] = {
    "from": "place",
    "to": "place",
    "kind": "kind of load",
    "muscles": "muscle group",
    "intents": "intent",
    "strength_curve": "strength curve",
}
"""What a key's value is called, where the key itself is not the word."""

TAGS: Final = frozenset({*TAGGED, ":place", ":heights", ":height-range"})
"""What pydantic puts into a location to say which of several tables was meant."""

TYPE_WORDS: Final[dict[str, str]] = {
    "float": "a number",
    "int": "a whole number",
    "string": "a text in quotes",
    "bool": "true or false",
    "list": "a list",
    "model": "a table",
    "dict": "a table",
}


def problems_of(error: ValidationError, root: type[StrictTable], where: str) -> list[Problem]:
    """Every problem of a validation error, each with `where` and its key path."""
    return [_problem(details, root, where) for details in error.errors(include_url=False)]


def key_path(keys: Sequence[str | int]) -> str:
    """Key path as a person reads it, e.g. ``load[0].from.x_m``."""
    path = ""
    for key in keys:
        path += f"[{key}]" if isinstance(key, int) else f".{key}" if path else key
    return path


def located(where: str, keys: Sequence[str | int]) -> str:
    """File and key path of a problem, e.g. ``row.toml: load[0].band``."""
    return f"{where}: {key_path(keys)}" if keys else where


def moved(problems: Iterable[Problem], entry: str, where: str) -> Iterator[Problem]:
    """The problems of a table that was read as `entry`, at its place in the file that holds it."""
    for problem in problems:
        file, _, keys = (problem.path or "").partition(": ")
        if file not in ("", entry):
            yield problem
        elif not keys:
            yield replace(problem, path=where)
        else:
            yield replace(problem, path=f"{where}.{keys}" if ": " in where else f"{where}: {keys}")


def _problem(details: ErrorDetails, root: type[StrictTable], where: str) -> Problem:
    keys = _keys(details)
    table, field = _at(root, details["loc"])
    path = located(where, keys)
    match details["type"]:
        case "extra_forbidden":
            problem = _unknown_key(str(keys[-1]), table, path)
        case "missing":
            said = f"The key '{keys[-1]}' is missing."
            problem = Problem("missing-key", said, hint=_described(field), path=path)
        case "literal_error":
            problem = _unknown_value(keys, details, path)
        case "union_tag_invalid" | "union_tag_not_found":
            problem = _unknown_kind(details, path)
        case "greater_than" | "greater_than_equal" | "less_than" | "less_than_equal":
            said = f"{_shown(details)} is out of range."
            problem = Problem("out-of-range", said, (_limits(field),), hint=_described(field), path=path)
        case _:
            problem = _bad_value(details, field, path)
    return problem


def _keys(details: ErrorDetails) -> list[str | int]:
    """The key path without pydantic's own tags; a key of the person's may look like one."""
    *before, last = details["loc"] or ("",)
    keys = [key for key in before if key not in TAGS]
    own = details["type"] == "extra_forbidden" or last not in TAGS
    return [*keys, last] if own and details["loc"] else keys


def _bad_value(details: ErrorDetails, field: FieldInfo | None, path: str) -> Problem:
    if details["type"] == "finite_number":
        return Problem("not-finite", f"{_shown(details)} is not a number that can be used.", path=path)
    word = TYPE_WORDS.get(details["type"].rpartition("_")[0])
    if word is not None:
        return Problem("wrong-type", f"{_shown(details)} is not {word}.", hint=_described(field), path=path)
    return _other(details, path)


def _unknown_key(given: str, table: type[StrictTable], path: str) -> Problem:
    allowed = [field.alias or name for name, field in table.model_fields.items()]
    return Problem(
        code=table.unknown_key_code,
        message=f"There is no key '{given}' here.",
        allowed=tuple(allowed),
        nearest=nearest_match(given, allowed),
        hint=table.unknown_key_hint,
        path=path,
    )


def _unknown_value(keys: Sequence[str | int], details: ErrorDetails, path: str) -> Problem:
    name = next(key for key in reversed(keys) if isinstance(key, str))
    allowed = re.findall(r"'([^']*)'", str(details.get("ctx", {}).get("expected", "")))
    what = WHAT.get(name, name.replace("_", " "))
    return unknown_name(what, str(details["input"]), allowed, path=path)


def _unknown_kind(details: ErrorDetails, path: str) -> Problem:
    given = details["input"].get("kind") if isinstance(details["input"], dict) else None
    if given is None:
        hint = 'For example kind = "band".'
        return Problem("missing-key", "The key 'kind' is missing.", get_args(LoadKind), hint=hint, path=path)
    return unknown_name("kind of load", str(given), get_args(LoadKind), path=f"{path}.kind")


def _other(details: ErrorDetails, path: str) -> Problem:
    hint = details.get("ctx", {}).get("hint")
    message = details["msg"].rstrip(".")
    if details["type"] in ("too_short", "string_too_short", "string_too_long", "string_pattern_mismatch"):
        message = f"{_shown(details)} cannot be used: {message[0].lower()}{message[1:]}"
    return Problem(details["type"].replace("_", "-"), f"{message}.", hint=hint, path=path)


def _shown(details: ErrorDetails) -> str:
    given = details["input"]
    if isinstance(given, bool):
        return str(given).lower()
    text = f"'{given}'" if isinstance(given, str) else str(given)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _described(field: FieldInfo | None) -> str | None:
    if field is None or not field.description:
        return None
    return f"It means: {field.description.rstrip('.')}."


def _at(root: type[StrictTable], loc: Sequence[str | int]) -> tuple[type[StrictTable], FieldInfo | None]:
    """The table a location ends in, and the field it names there."""
    table, field = root, None
    for key in loc[:-1]:
        if str(key) in TAGGED:
            table = TAGGED[str(key)]
        elif isinstance(key, str) and key not in TAGS:
            field = _field(table, key)
            table = next(_tables_in(field.annotation), table) if field is not None else table
    last = loc[-1] if loc else ""
    return table, _field(table, last) if isinstance(last, str) else field


def _field(table: type[StrictTable], key: str) -> FieldInfo | None:
    return next((f for name, f in table.model_fields.items() if (f.alias or name) == key), None)


def _tables_in(annotation: object) -> Iterator[type[StrictTable]]:
    if isinstance(annotation, type) and issubclass(annotation, StrictTable):
        yield annotation
    for part in get_args(annotation):
        yield from _tables_in(part)


def _limits(field: FieldInfo | None) -> str:
    """The range of a field in words, e.g. ``from 1.2 to 2.3``."""
    marks = list(_marks(field)) if field is not None else []
    low = next((f"from {m.ge:g}" for m in marks if isinstance(m, Ge)), None)
    low = low or next((f"above {m.gt:g}" for m in marks if isinstance(m, Gt)), None)
    high = next((f"to {m.le:g}" for m in marks if isinstance(m, Le)), None)
    high = high or next((f"below {m.lt:g}" for m in marks if isinstance(m, Lt)), None)
    return " ".join(part for part in (low, high) if part)


def _marks(field: FieldInfo) -> Iterator[Any]:
    yield from field.metadata
    yield from _nested_marks(field.annotation)


def _nested_marks(annotation: object) -> Iterator[Any]:
    for mark in getattr(annotation, "__metadata__", ()):
        if isinstance(mark, FieldInfo):
            yield from mark.metadata
        else:
            yield mark
    for part in get_args(annotation):
        yield from _nested_marks(part)
