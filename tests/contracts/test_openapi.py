"""The description of the API is current and kept to, whatever is sent."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)

from bandwright.web.app import build_app
from bandwright.web.openapi import openapi_text
from bandwright.web.settings import WebSettings

COMMITTED = Path(__file__).resolve().parents[2] / "frontend" / "openapi.json"

APP = build_app(WebSettings(names=("testserver",), client=Path("/nowhere"), warm_up=False, longest_s=600.0))

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    negative_data_rejection,
]

schema = schemathesis.openapi.from_asgi("/api/openapi.json", APP)
heavy = schemathesis.openapi.from_asgi("/api/openapi.json", APP)
for one in (schema, heavy):
    refusals = one.config.checks.negative_data_rejection
    refusals.expected_statuses = [*refusals.expected_statuses, "414"]  # an address that is too long
heavy.config.request_timeout = 600.0  # a body nobody has posed takes seconds
heavy.config.phases.coverage.enabled = False  # each of its hundreds of bodies would have to be posed

HEAVY = ["analyse_setup", "compare_setups", "design_setups", "show_repetition"]

FEW = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty data folder."""
    monkeypatch.setenv("BANDWRIGHT_DATA", str(tmp_path / "own"))


def test_the_committed_description_is_current() -> None:
    """The client's types are made from it."""
    assert COMMITTED.read_text(encoding="utf-8") == openapi_text(), "run `make openapi`"


def test_names_of_operations_are_readable() -> None:
    """Programs are made with them."""
    named = {one["operationId"] for path in APP.openapi()["paths"].values() for one in path.values()}
    assert named == {
        "analyse_setup",
        "check_health",
        "compare_setups",
        "list_bands",
        "design_setups",
        "list_exercises",
        "show_exercise",
        "show_poses",
        "show_repetition",
    }


def test_every_reference_leads_somewhere() -> None:
    """No type is missing."""
    description = APP.openapi()
    known = set(description["components"]["schemas"])

    def references(part: Any) -> set[str]:
        if isinstance(part, dict):
            here = {part["$ref"].rpartition("/")[2]} if isinstance(part.get("$ref"), str) else set()
            return here.union(*(references(inner) for inner in part.values()))
        return set().union(*(references(inner) for inner in part)) if isinstance(part, list) else set()

    assert references(description) <= known


@schema.exclude(operation_id=HEAVY).parametrize()
@FEW
def test_the_api_keeps_to_its_description(case: schemathesis.Case[Any]) -> None:
    """Examples, values within the description and values outside it all get an answer that it foresees."""
    case.call_and_validate(checks=CHECKS)


@heavy.include(operation_id=HEAVY).parametrize()
@FEW
def test_the_engine_keeps_to_its_description(case: schemathesis.Case[Any]) -> None:
    """The same of the questions that need a body to be posed."""
    case.call_and_validate(checks=CHECKS)
