"""JSON Schemas of the files a person writes, for editors; the committed copies are in `data/schema`."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any, Final

from bandwright.catalogue.exercise_tables import ExerciseTable
from bandwright.catalogue.gear_tables import GearTable
from bandwright.catalogue.setup_tables import SetUpTable
from bandwright.catalogue.study_tables import StudyTable
from bandwright.catalogue.tables import StrictTable

SCHEMAS: Final[dict[str, type[StrictTable]]] = {
    "exercise": ExerciseTable,
    "gear": GearTable,
    "setup": SetUpTable,
    "study": StudyTable,
}
"""Schema name, which is the committed file's name, and what it describes."""


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema of one kind of file, built from the models that check it."""
    body = SCHEMAS[name].model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"bandwright.{name}/1", **body}


def schema_text(name: str) -> str:
    """The JSON Schema as it is committed."""
    return json.dumps(schema(name), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def committed_schema(name: str) -> str:
    """The committed copy of a schema."""
    return (files("bandwright") / "data" / "schema" / f"{name}.schema.json").read_text(encoding="utf-8")
