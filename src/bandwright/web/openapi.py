"""The description of the API that the client's types are made from."""

from __future__ import annotations

import json
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from bandwright.catalogue.design_tables import DesignTable
from bandwright.service.setup_answered import SetUpsTable
from bandwright.web.answers import DesignEvent

REFERENCE = "#/components/schemas/{model}"


def describe(app: FastAPI) -> None:
    """Makes the application describe the bodies it reads itself, too."""

    def description() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _whole(app)
        return app.openapi_schema

    app.openapi = description  # type: ignore[method-assign]  # as FastAPI's documentation has it


def _whole(app: FastAPI) -> dict[str, Any]:
    found = get_openapi(
        title=app.title,
        version=app.version,
        openapi_version=app.openapi_version,
        description=app.description,
        routes=app.routes,
        separate_input_output_schemas=False,
    )
    _, read = models_json_schema(
        [(SetUpsTable, "validation"), (DesignTable, "validation"), (DesignEvent, "validation")],
        ref_template=REFERENCE,
    )
    schemas = found["components"]["schemas"]
    found["components"]["schemas"] = dict(sorted((read["$defs"] | schemas).items()))
    for path in found["paths"].values():
        for operation in path.values():
            _own_faults_only(operation)
    return found


def _own_faults_only(operation: dict[str, Any]) -> None:
    """Removes the framework's own shape of a fault, which no answer has."""
    told = operation["responses"].get("422", {})
    if "HTTPValidationError" in json.dumps(told):
        del operation["responses"]["422"]


def openapi_text() -> str:
    """The description as it is committed."""
    from bandwright.web.app import build_app  # noqa: PLC0415 — which describes itself by this module

    return json.dumps(build_app().openapi(), indent=2, ensure_ascii=False) + "\n"
