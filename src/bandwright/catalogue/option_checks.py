"""What is wrong with what an exercise lets the designer vary, checked on the raw table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from bandwright.catalogue.problems import located
from bandwright.catalogue.raw_tables import number
from bandwright.errors import Problem, unknown_name

RANGES: Final = ("height_stature", "distance_m", "free_length_m")
NEEDED: Final[Mapping[str, tuple[str, ...]]] = {"band": ("from", "to"), "weight": ("to",)}


def option_problems(table: Mapping[str, Any], where: str) -> Iterator[Problem]:
    """Options of loads that are not there, added loads without ends, and ranges that fall."""
    loads, options = table.get("load"), table.get("option")
    listed = loads if isinstance(loads, list) else []
    known = [load["id"] for load in listed if isinstance(load, dict) and isinstance(load.get("id"), str)]
    for index, option in enumerate(options if isinstance(options, list) else []):
        if isinstance(option, dict):
            yield from _one(option, known, where, index)


def _one(option: Mapping[str, Any], known: list[str], where: str, index: int) -> Iterator[Problem]:
    name, kind = option.get("load"), option.get("kind")
    if kind is None and isinstance(name, str) and name not in known:
        hint = 'To add a load, say what it is, e.g. kind = "band".'
        yield unknown_name("load", name, known, hint=hint, path=located(where, ("option", index, "load")))
    for key in NEEDED.get(str(kind), ()):
        if key not in option:
            said = f"A {kind} that may be added needs '{key}'."
            path = located(where, ("option", index, key))
            yield Problem("missing-key", said, hint='For example to = "hands".', path=path)
    for key in RANGES:
        low, high = number(option, key, "min"), number(option, key, "max")
        if low is not None and high is not None and not 0.0 <= low <= high:
            said = f"The range from {low:g} to {high:g} cannot be used."
            path = located(where, ("option", index, key))
            yield Problem("bad-range", said, ("0 <= min <= max",), path=path)
