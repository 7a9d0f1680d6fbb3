"""Tables of points as written, checked on the raw rows so that one wrong cell hides no other."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeGuard

from bandwright.bands import Reading, reading_table_problems, rising_problems, too_few_points
from bandwright.bands.table_law import FEWEST_POINTS
from bandwright.catalogue.problems import key_path, located
from bandwright.errors import Problem

Keys = tuple[str | int, ...]


def table_law_problems(load: Mapping[str, Any], where: str, keys: Keys) -> Iterator[Problem]:
    """What is wrong with the table of a band's law, or with readings that are to be one."""
    if load.get("kind") != "band":
        return
    law = load.get("law")
    if isinstance(law, dict):
        yield from _law_problems(law.get("table"), where, (*keys, "law", "table"))
    if load.get("curve") == "table":
        yield from readings_as_table_problems(
            load.get("readings"), load.get("rest_length_m"), where, (*keys, "readings")
        )


def readings_as_table_problems(
    rows: object, rest_length_m: object, where: str, keys: Keys
) -> Iterator[Problem]:
    """What keeps raw readings from being a table; cells of a wrong form are told by the schema."""
    if not isinstance(rows, list) or not rows or not _above_zero(rest_length_m):
        return
    readings = {
        key_path((keys[-1], index)): Reading(row["length_m"], row["force_n"], row.get("strands", 1))
        for index, row in enumerate(rows)
        if isinstance(row, dict) and _is_reading(row)
    }
    found = reading_table_problems(readings, float(rest_length_m)) if readings else []
    # Rows that the schema refuses are points too, so they are counted here.
    yield from _inside([one for one in found if one.code != "too-few-points"], where, keys)
    yield from _few(rows, where, keys)


def _law_problems(rows: object, where: str, keys: Keys) -> Iterator[Problem]:
    if not isinstance(rows, list):
        return
    points = {
        key_path((keys[-1], index)): (float(row["stretch"]), float(row["tension_n"]))
        for index, row in enumerate(rows)
        if isinstance(row, dict) and _above_zero(row.get("tension_n")) and _above(row.get("stretch"), 1.0)
    }
    yield from _inside(rising_problems(points), where, keys)
    yield from _few(rows, where, keys)


def _inside(found: Iterable[Problem], where: str, keys: Keys) -> Iterator[Problem]:
    """Problems of rows named after the last key, at their place in the file."""
    for problem in found:
        yield replace(problem, path=located(where, (*keys[:-1], problem.path or "")))


def _few(rows: Sequence[object], where: str, keys: Keys) -> Iterator[Problem]:
    if len(rows) < FEWEST_POINTS:
        yield too_few_points(len(rows), located(where, keys))


def _is_reading(row: Mapping[str, Any]) -> bool:
    strands = row.get("strands", 1)
    whole = isinstance(strands, int) and not isinstance(strands, bool) and strands >= 1
    return whole and _above_zero(row.get("length_m")) and _above_zero(row.get("force_n"))


def _above_zero(value: object) -> TypeGuard[float]:
    return _above(value, 0.0)


def _above(value: object, least: float) -> TypeGuard[float]:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return least < value < sys.float_info.max
