"""`POST /api/analyse`: the command line's own answer, and every fault in one shape."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from bandwright.cli.front import run
from bandwright.service.setup_answered import CurvesAnswer
from bandwright.web.answers import SETUP_EXAMPLES
from bandwright.web.faults import FaultAnswer

ROW: dict[str, Any] = SETUP_EXAMPLES["band"]["value"]


def faults_of(
    client: TestClient, body: bytes | str, kind: str = "application/json"
) -> tuple[int, FaultAnswer]:
    """Status and faults that a body is refused with."""
    answer = client.post("/api/analyse", content=body, headers={"content-type": kind})
    return answer.status_code, FaultAnswer.model_validate_json(answer.text)


@pytest.mark.parametrize("exercise", ["bent-over-band-row", "kettlebell-band-row", "band-assisted-pull-up"])
def test_the_answer_is_the_command_lines(
    client: TestClient, exercise: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Written the same way, both are the same to the last byte."""
    body = {"exercise": exercise, "person": {"sex": "female", "stature_m": 1.65, "mass_kg": 60.0}}
    assert run(["analyse", exercise, "--person", "female,165,60", "--json"]) == 0
    answer = client.post("/api/analyse", json=body)
    assert answer.status_code == 200
    rewritten = json.dumps(answer.json(), separators=(",", ":")) + "\n"
    assert rewritten == capsys.readouterr().out


@pytest.mark.parametrize("name", SETUP_EXAMPLES)
def test_documented_bodies_are_answered(client: TestClient, name: str) -> None:
    """Every example of the description works, and curves are those of the whole answer."""
    body = SETUP_EXAMPLES[name]["value"]
    whole = client.post("/api/analyse", json=body).json()
    answer = client.post("/api/analyse?detail=curves", json=body)
    curves = CurvesAnswer.model_validate_json(answer.text).model_dump(by_alias=True, exclude_unset=True)
    for key in ("load_n", "strength_n", "effort", "binding", "loads", "summary", "spinal_load", "warnings"):
        assert curves[key] == whole[key]
    assert curves["activation"] == {name: one["activation"] for name, one in whole["muscles"].items()}
    assert len(answer.content) < 0.6 * len(json.dumps(whole, separators=(",", ":")))


def test_the_usual_setup_of_a_page_can_be_sent_back(client: TestClient) -> None:
    """What the page of an exercise holds is a body for an analysis."""
    page = client.get("/api/exercises/face-pull").json()
    answer = client.post("/api/analyse", json=page["setup"])
    assert answer.json()["setup"] == page["setup"]


def test_differences_are_the_command_lines(client: TestClient, capsys: pytest.CaptureFixture[str]) -> None:
    """The same sentences as `bandwright compare --json` gives, and in pounds where those are wanted."""
    names = ("bent-over-band-row", "bent-over-dumbbell-row")
    person = {"sex": "female", "stature_m": 1.65, "mass_kg": 60}
    body = {"setups": [{"exercise": name, "person": person} for name in names]}
    assert run(["compare", *names, "--person", "female,165,60", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["differences"]
    answer = client.post("/api/compare", json=body)
    assert json.loads(json.dumps(answer.json()["differences"])) == told
    pounds = client.post("/api/compare?units=imperial", json=body).json()["differences"]
    assert [one["values"] for one in pounds] == [one["values"] for one in told]
    assert any(" lb" in one["text"] for one in pounds)
    assert not any(" kg" in one["text"] for one in pounds)


def test_problems_of_compared_setups_say_whose_they_are(client: TestClient) -> None:
    """Each with its place in the body."""
    person = {"sex": "female", "stature_m": 1.65, "mass_kg": 60}
    setups = [
        {"exercise": "bent-over-band-row", "person": person},
        {"exercise": "nonsense", "person": person},
    ]
    answer = client.post("/api/compare", json={"setups": setups})
    assert (answer.status_code, answer.json()["code"]) == (422, "unknown-exercise")
    assert answer.json()["path"] == "setups[1].exercise"
    assert client.post("/api/compare", json={"setups": setups[:1]}).status_code == 422


def test_sentences_count_in_pounds_where_those_are_wanted(client: TestClient) -> None:
    """Verdict and alternatives; every figure stays the same."""
    body = SETUP_EXAMPLES["band"]["value"]
    metric = client.post("/api/analyse", json=body).json()
    imperial = client.post("/api/analyse?units=imperial", json=body).json()
    assert " kg" in metric["verdict"]["headline"]
    assert " lb" in imperial["verdict"]["headline"]
    sentences = [
        one["text"] for key in ("reasons", "warnings", "alternatives") for one in imperial["verdict"][key]
    ]
    assert not any(" kg" in one or " cm" in one for one in sentences)
    assert {**imperial, "verdict": None} == {**metric, "verdict": None}


def test_all_problems_are_told_at_once(client: TestClient) -> None:
    """Each with its key path alone, the first on top."""
    body = {"exercise": "bent-over-row", "person": {"sex": "male", "stature_m": 3, "mass_kg": 80}, "x": 1}
    status, told = faults_of(client, json.dumps(body))
    assert status == 422
    assert {one.path for one in told.problems} == {"exercise", "person.stature_m", "x"}
    assert told.model_dump(exclude={"problems"}) == told.problems[0].model_dump()
    assert next(one for one in told.problems if one.path == "exercise").nearest == "bent-over-band-row"


def test_what_cannot_be_done_is_told(client: TestClient) -> None:
    """A band stretched beyond its limit is refused with a reason, not with an error of ours."""
    load = {"id": "band", "kind": "band", "band": "rogue-monster-0", "from": {"x_m": 6.0, "z_m": 1.0}}
    status, told = faults_of(client, json.dumps({**ROW, "exercise": "standing-band-row", "load": [load]}))
    assert (status, told.code) == (422, "band-overstretched")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ("{", 400, "bad-json"),
        ("", 400, "bad-json"),
        (b"\xff\xfe", 400, "bad-json"),
        ('{"exercise": NaN}', 400, "bad-json"),
        ('{"a": 1, "a": 2}', 400, "bad-json"),
        ("[" * 60_000, 400, "bad-json"),
        ('{"a": ' + "9" * 5000 + "}", 400, "bad-json"),
        ("[]", 422, "not-an-object"),
        ("null", 422, "not-an-object"),
        ('{"exercise": "\\ud800", "person": {}}', 400, "bad-json"),
        ('{"exercise": "\\ud83d\\ude00", "person": {}}', 422, "unknown-exercise"),
        ('{":band": 1, "load": [{"kind": "band", ":place": 1}]}', 422, "unknown-key"),
        (" " * 70_000, 413, "too-big"),
    ],
)
def test_bodies_that_are_no_setup(client: TestClient, body: str | bytes, status: int, code: str) -> None:
    """Each has its own status and stable code."""
    found, told = faults_of(client, body)
    assert found == status
    assert code in {one.code for one in told.problems}


def test_much_nonsense_is_answered_briefly(client: TestClient) -> None:
    """Thousands of unknown keys and a long one give a hundred problems of bounded length."""
    body = {f"key-{index}": 1 for index in range(3000)} | {"x" * 9000: 1}
    status, told = faults_of(client, json.dumps(body))
    assert (status, len(told.problems)) == (422, 100)
    status, told = faults_of(client, json.dumps({"x" * 9000: 1, "exercise": "y" * 9000}))
    assert max(len(one.message) for one in told.problems) < 1100


def test_a_body_without_a_length_is_measured(client: TestClient) -> None:
    """A body sent in pieces is stopped as well."""
    answer = client.post(
        "/api/analyse",
        content=(b" " * 16_384 for _ in range(8)),
        headers={"content-type": "application/json"},
    )
    assert (answer.status_code, answer.json()["code"]) == (413, "too-big")


def test_only_json_is_read(client: TestClient) -> None:
    """A form, which another site's page could send, is not."""
    status, told = faults_of(client, json.dumps(ROW), "text/plain")
    assert (status, told.code, told.allowed) == (415, "not-json", ["application/json"])


def test_an_unknown_detail_is_refused(client: TestClient) -> None:
    """The query is checked like the body."""
    answer = client.post("/api/analyse?detail=curve", json=ROW)
    assert answer.status_code == 422
    assert (answer.json()["path"], answer.json()["nearest"]) == ("detail", "curves")


@settings(max_examples=60, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["exercise", "person", "load", "sex", "kind", "from", "id"])
                | st.text(max_size=4),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
def test_nonsense_is_refused_with_words(client: TestClient, value: object) -> None:
    """Whatever JSON is sent, the answer is a fault that can be read, never an error of ours."""
    status, told = faults_of(client, json.dumps(value))
    assert 400 <= status < 500
    assert told.message
