"""The strength part of the validation page, from the recorded targets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bandwright.catalogue.validation_tables import rows_of
from bandwright.service.validation.markdown import table

UNKNOWN_SD_SHARE: Final = 0.30
"""Tolerance where a study gives no SD: the usual spread between people (decision 0005) [-]."""


def strength_lines() -> list[str]:
    """The section as lines of Markdown."""
    rows = rows_of("strength_targets.csv")
    misses = [row for row in rows if row["known_miss"]]
    return [
        "## How strong: isometric whole-joint strength",
        "",
        "Every measured strength is a test of its own (`tests/validation/test_strength.py`), within the study's",
        "SD or 30 % where none is given. *fit* = used to fit the muscle factors (decision 0005), *check* = not used,",
        "*bound* = must not be exceeded.",
        "",
        *table(("role", "targets", "within tolerance"), _roles(rows)),
        "What the model misses:",
        "",
        *table(("target", "role", "measured", "model"), [_miss(row) for row in misses]),
    ]


def _roles(rows: list[dict[str, str]]) -> list[tuple[str, str, str]]:
    counted = []
    for role in dict.fromkeys(row["role"] for row in rows):
        same = [row for row in rows if row["role"] == role]
        counted.append((role, str(len(same)), str(sum(not row["known_miss"] for row in same))))
    return counted


def _miss(row: Mapping[str, str]) -> tuple[str, str, str, str]:
    value = float(row["value"])
    spread = float(row["sd"]) if row["sd"] else UNKNOWN_SD_SHARE * value
    measured = f"{value:.0f} ± {spread:.0f} {row['unit']}"
    return row["id"], row["role"], measured, f"{float(row['known_miss']):.0f} {row['unit']}"
