"""Cells of a table that hold one of a few words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from bandwright.errors import CatalogueError, unknown_name

T = TypeVar("T", bound=str)


def word_in(row: Mapping[str, str], column: str, allowed: tuple[T, ...]) -> T:
    """The word in a column, one of those allowed there.

    Raises:
        CatalogueError: it is another.
    """
    for word in allowed:
        if word == row[column]:
            return word
    where = f"{row.get('id') or row.get('surface') or 'row'}: {column}"
    raise CatalogueError(unknown_name(column.replace("_", " "), row[column], allowed, path=where))
