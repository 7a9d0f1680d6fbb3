"""`POST /api/design`: the command line's own answer, told step by step, and stopped in time."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from bandwright.cli.front import run
from bandwright.service.design_tables import DesignAnswer
from bandwright.web.answers import DESIGN_EXAMPLES, DesignEvent
from bandwright.web.app import build_app
from bandwright.web.faults import FaultAnswer
from bandwright.web.settings import WebSettings

LINES = {"accept": "application/x-ndjson"}

GEAR = """
[room]
free_m = 2.5
[[band]]
id = "loop"
product = "rogue-monster-1"
[[anchor]]
id = "door"
heights_m = [0.8]
"""

ASKED: dict[str, Any] = {
    "gear": {
        "room": {"free_m": 2.5},
        "band": [{"id": "loop", "product": "rogue-monster-1"}],
        "anchor": [{"id": "door", "heights_m": [0.8]}],
    },
    "intent": "posture",
    "person": {"sex": "female", "stature_m": 1.65, "mass_kg": 60.0},
    "exercises": ["standing-band-row", "band-pull-apart"],
    "top": 2,
}


def events(client: TestClient, body: dict[str, Any]) -> list[DesignEvent]:
    """The lines of an answer."""
    answer = client.post("/api/design", json=body, headers=LINES)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/x-ndjson")
    return [DesignEvent.model_validate_json(line) for line in answer.text.splitlines()]


def refused(client: TestClient, body: dict[str, Any]) -> FaultAnswer:
    """The faults of a body that cannot be used."""
    answer = client.post("/api/design", json=body)
    assert answer.status_code == 422
    return FaultAnswer.model_validate_json(answer.text)


def test_the_answer_is_the_command_lines(
    client: TestClient, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Written the same way, both are the same to the last byte."""
    path = tmp_path / "gear.toml"
    path.write_text(GEAR, encoding="utf-8")
    words = ["design", "--gear", str(path), "--intent", "posture", "--person", "female,165,60", "--top", "2"]
    named = [word for one in ASKED["exercises"] for word in ("--exercise", one)]
    assert run([*words, *named, "--json"]) == 0
    answer = client.post("/api/design", json=ASKED)
    assert answer.status_code == 200
    DesignAnswer.model_validate_json(answer.text)
    assert json.dumps(answer.json(), separators=(",", ":")) + "\n" == capsys.readouterr().out


def test_documented_bodies_are_answered(client: TestClient) -> None:
    """Every example of the description works, and its best set-up can be analysed as it stands."""
    for example in DESIGN_EXAMPLES.values():
        found = DesignAnswer.model_validate_json(client.post("/api/design", json=example["value"]).text)
        best = found.setups[0]
        body = best.setup.model_dump(by_alias=True, exclude_unset=True)
        whole = client.post("/api/analyse", json=body).json()
        assert whole["summary"] == best.summary.model_dump()
        told = best.verdict.model_dump()
        for mine, plain in zip(told["alternatives"], whole["verdict"]["alternatives"], strict=True):
            # The designer knows what is owned, and adds what would have to be bought.
            assert mine["text"].startswith(plain["text"])
            mine["text"] = plain["text"]
        assert whole["verdict"] == told


def test_lines_tell_how_far_it_is_and_end_with_the_same_answer(client: TestClient) -> None:
    """One line before each exercise and each answer, with the best so far, then the answer of the plain question."""
    *before, last = events(client, ASKED)
    told = [one.progress for one in before if one.progress is not None]
    assert [(one.done, one.total) for one in told] == [(0, 2), (1, 2), (2, 2), (2, 2)]
    assert told[0].leader is None
    assert told[1].leader is not None
    assert told[1].leader.exercise == "standing-band-row"
    plain = DesignAnswer.model_validate_json(client.post("/api/design", json=ASKED).text)
    assert last.answer == plain


def test_a_fault_found_on_the_way_is_the_last_line(client: TestClient) -> None:
    """Nothing suits: said where the answer would be, with what to change."""
    last = events(client, {**ASKED, "exercises": ["pull-up"]})[-1]
    assert last.fault is not None
    assert last.fault.code == "no-bar"
    assert last.fault.hint == "Say so when you have one."
    assert last.fault.path == "gear.have.pull_up_bar"


def test_every_problem_is_told_at_once(client: TestClient) -> None:
    """Gear, names, ranges and order together, each by its key path in the request, none twice."""
    body = {
        "gear": {
            "room": {"free_m": -1e300},
            "band": [{"id": "a", "product": "rogue-monstr-1"}, {"id": "a", "product": "rogue-monster-1"}],
        },
        "intent": "sqeeze",
        "person": {"sex": "female", "stature_m": 1.65, "mass_kg": 6000},
        "exercises": ["face-pul"],
        "muscles": ["lats"],
        "reps": [0, 8],
        "top": 1000,
        "tops": 1,
    }
    told = refused(client, body).problems
    paths = [one.path for one in told]
    assert sorted(path or "" for path in paths) == [
        "exercises[0]",
        "gear.band[0].product",
        "gear.band[1].id",
        "gear.room.free_m",
        "intent",
        "muscles[0]",
        "person.mass_kg",
        "reps[0]",
        "top",
        "tops",
    ]
    nearest = {one.path: one.nearest for one in told}
    assert nearest["intent"] == "squeeze"
    assert nearest["exercises[0]"] == "face-pull"
    assert nearest["gear.band[0].product"] == "rogue-monster-1"


def test_repetitions_that_fall_are_told(client: TestClient) -> None:
    """The least above the most."""
    assert refused(client, {**ASKED, "reps": [12, 8]}).code == "bad-reps"


@pytest.mark.parametrize("body", [{}, {"gear": []}, {"gear": {}}, {"gear": 1, "exercises": "face-pull"}])
def test_what_is_missing_is_told(client: TestClient, body: dict[str, Any]) -> None:
    """No gear, no person, or something else in their place."""
    assert {one.path for one in refused(client, body).problems} >= {"person"}


def test_gear_of_nothing_is_told(client: TestClient) -> None:
    """A room alone is no gear."""
    told = refused(client, {"gear": {"room": {"free_m": 2.0}}, "person": ASKED["person"]})
    assert (told.code, told.path) == ("no-gear", "gear")


def test_when_time_is_up_it_says_that_nothing_was_found_yet() -> None:
    """Without any time there is no set-up to give; the answer is a fault, not an empty list."""
    app = build_app(
        WebSettings(client=Path("/nowhere"), warm_up=False, longest_s=600.0, longest_design_s=0.0)
    )
    with TestClient(app, base_url="http://localhost:8000") as hurried:
        assert refused(hurried, ASKED).code == "stopped"
