"""Answers whose numbers are still arrays: as plain lists of rounded numbers, or as the text of their JSON at once."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import lru_cache
from itertools import product
from typing import Any, Final
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray
from pydantic_core import to_json

from bandwright.service.number_text import Between, Rows, begin_texts, texts_between
from bandwright.service.rounding import numbers

Array = NDArray[np.float64]
Names = tuple[tuple[str, ...], ...]

MARK: Final = uuid4().hex
"""What stands in a text where arrays go; nobody's words hold it."""


class Named:
    """An array whose first axes go by names and whose others, two at most, are lists."""

    __slots__ = ("names", "values")

    def __init__(self, values: Array, *names: tuple[str, ...]) -> None:
        self.names, self.values = names, values


class Later:
    """A part of an answer that is worked out as late as can be, and has no arrays."""

    __slots__ = ("value",)

    def __init__(self, value: Callable[[], Any]) -> None:
        self.value = value


def named(arrays: Mapping[str, Array], *names: tuple[str, ...]) -> Named | dict[str, Any]:
    """Arrays of one shape by their names, their own first axes by more names; empty for none."""
    return Named(np.array(list(arrays.values())), tuple(arrays), *names) if arrays else {}


def plain(answer: Any) -> Any:  # noqa: ANN401 — whatever JSON can say
    """The answer with its arrays as lists of rounded numbers."""
    if isinstance(answer, np.ndarray):
        return numbers(answer)
    if isinstance(answer, Named):
        return _by_name(numbers(answer.values), answer.names)
    if isinstance(answer, Later):
        return answer.value()
    if isinstance(answer, dict):
        return {key: plain(value) for key, value in answer.items()}
    return [plain(value) for value in answer] if isinstance(answer, list | tuple) else answer


def _by_name(values: Any, names: Names) -> Any:  # noqa: ANN401 — nested as deep as the names
    if not names:
        return values
    return dict(zip(names[0], (_by_name(one, names[1:]) for one in values), strict=True))


def written(answer: Any) -> bytes:  # noqa: ANN401 — whatever JSON can say
    """The text of the same as JSON, much faster; numbers are written while what comes later is worked out."""
    marked: list[object] = []

    def mark(value: object) -> str:
        marked.append(value)
        return MARK

    around = to_json(answer, inf_nan_mode="constants", fallback=mark).split(f'"{MARK}"'.encode())
    arrays = [value for value in marked if not isinstance(value, Later)]
    texts = begin_texts([_rows(value) for value in arrays])
    late = {
        id(one): to_json(one.value(), inf_nan_mode="constants") for one in marked if isinstance(one, Later)
    }
    soon = {id(one): text or to_json(plain(one)) for one, text in zip(arrays, texts(), strict=True)}
    found = [*((soon | late)[id(one)] for one in marked), b""]
    return b"".join(part for both in zip(around, found, strict=True) for part in both)


def _rows(value: object) -> Rows:
    names, values = (value.names, value.values) if isinstance(value, Named) else ((), np.asarray(value))
    lists = values.shape[len(names) :]
    count = math.prod(values.shape[: len(names)])
    rows = values.reshape(count, *(1,) * (2 - len(lists)), *lists)
    return Rows(rows, len(lists), _between_rows(names))


@lru_cache(maxsize=128)
def _between_rows(names: Names) -> Between:
    """What stands before each row of an array under names, and after the last one."""
    depth = len(names)
    before: list[bytes] = []
    last = [-1] * depth
    for places in product(*(range(len(level)) for level in names)):
        kept = next((at for at in range(depth) if places[at] != last[at]), 0)
        shut = "}" * (depth - 1 - kept) + "," if before else "{"
        keys = [to_json(names[at][places[at]]).decode() + ":" for at in range(kept, depth)]
        before.append((shut + "{".join(keys)).encode() if depth else b"")
        last = list(places)
    return texts_between([*before, b"}" * depth])
