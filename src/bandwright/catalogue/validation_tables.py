"""Reads the tables of published measurements the model is set against."""

from __future__ import annotations

import csv
from importlib.resources import files
from typing import Final

VALIDATION: Final = files("bandwright") / "data" / "validation"
"""Tables and validation-only movements; the `study` and `source` columns are source keys."""


def rows_of(name: str) -> list[dict[str, str]]:
    """All rows of one validation table."""
    text = (VALIDATION / name).read_text(encoding="utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
