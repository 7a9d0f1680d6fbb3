"""The guide to exercise files says what the program does."""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Final

import pytest

from bandwright.catalogue.exercise_tables import ArmTable, GirdleOffsetTable, GirdleTable, KeyframeTable
from bandwright.catalogue.rhythm import load_rhythm, rhythm_girdle_deg

GUIDE: Final = (Path(__file__).parents[2] / "docs" / "exercise-files.md").read_text(encoding="utf-8")
ROW: Final = re.compile(r"^\| (at the side|\d+) \| (.+?) \| (.+?) \|$", re.MULTILINE)


def test_every_keyframe_key_is_explained() -> None:
    """Each key of a keyframe, its arm and its girdle stands in the guide."""
    keys = [*KeyframeTable.model_fields, *GirdleTable.model_fields, *GirdleOffsetTable.model_fields]
    wanted = {f"arm.{key}" for key in ArmTable.model_fields} | set(keys) - {"arm", "at"}
    assert {key for key in wanted if f"`{key}`" not in GUIDE} == set()
    assert "`at = 0`" in GUIDE


def test_the_rhythm_table_is_the_rhythm() -> None:
    """Every figure of the guide's table is the rhythm's, to the degree it is rounded to."""
    rows = ROW.findall(GUIDE)
    assert len(rows) == 6
    planes = [math.degrees(curve.plane) for curve in load_rhythm().curves]
    for elevation, *cells in rows:
        at = 0.0 if elevation == "at the side" else float(elevation)
        for plane, cell in zip(planes, cells, strict=True):
            written = [float(angle.replace("−", "-")) for angle in cell.split(" / ")]
            assert list(rhythm_girdle_deg(plane, at)) == pytest.approx(written, abs=0.5)
