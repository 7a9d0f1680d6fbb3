"""Reading tables whose form has not been checked yet."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

Frames = Sequence[tuple[int, Mapping[str, Any]]]
"""Keyframes as written, each with its place in the file."""


def number(table: object, *keys: str) -> float | None:
    """The finite number under nested keys, or None when there is no such thing."""
    value: object = table
    for key in keys:
        value = value.get(key) if isinstance(value, Mapping) else None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return float(value)
