"""Listings, pages and the moving body over HTTP."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from starlette.testclient import TestClient

from bandwright.catalogue.exercises import shipped_ids
from bandwright.cli.front import run
from bandwright.service.poses_answer import PosesAnswer
from bandwright.service.repetition_answer import RepetitionAnswer
from bandwright.web.answers import BandsAnswer, ExerciseAnswer, ExercisesAnswer, HealthAnswer

BODY = {"sex": "male", "stature_m": "1.8", "mass_kg": "80"}


def test_health_answers(client: TestClient) -> None:
    """Without pages it says so."""
    found = HealthAnswer.model_validate_json(client.get("/api/health").text)
    assert (found.status, found.client, found.failure) == ("ok", False, None)


def test_the_listings_are_the_command_lines(client: TestClient, capsys: pytest.CaptureFixture[str]) -> None:
    """The same exercises and bands, bands with more about each."""
    assert run(["exercises", "list", "--json"]) == 0
    exercises = ExercisesAnswer.model_validate_json(client.get("/api/exercises").text)
    assert json.loads(capsys.readouterr().out)["exercises"] == [
        one.model_dump() for one in exercises.exercises
    ]
    assert run(["bands", "list", "--json"]) == 0
    bands = BandsAnswer.model_validate_json(client.get("/api/bands").text)
    rows = [one.model_dump(exclude={"law", "forces"}) for one in bands.bands]
    assert json.loads(capsys.readouterr().out)["bands"] == rows


def choices(page: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Set-ups with one thing changed, as the controls of a page offer."""
    for index, control in enumerate(page["controls"]):
        changes: list[dict[str, Any]] = [{"band": band} for band in control["bands"][:1]]
        changes += [{"from": place} for place in control["from_places"]]
        for name, limits in control["figures"].items():
            if "." not in name and name in page["setup"]["load"][index]:
                changes += [{name: limits["least"]}]
        for change in changes:
            loads = [dict(load) for load in page["setup"]["load"]]
            loads[index] |= change
            yield {**page["setup"], "load": loads}


@pytest.mark.parametrize("exercise", sorted(shipped_ids()))
def test_every_page_is_whole(client: TestClient, exercise: str) -> None:
    """Each page keeps to its shape, has sources to show, and names bands and exercises that are there."""
    answer = client.get(f"/api/exercises/{exercise}")
    page = ExerciseAnswer.model_validate_json(answer.text)
    known = {band["id"] for band in client.get("/api/bands").json()["bands"]}
    assert page.cues
    assert page.safety
    assert page.sources
    assert {band for control in page.controls for band in control.bands} <= known
    assert [control.load for control in page.controls] == [
        load["id"] for load in answer.json()["setup"]["load"]
    ]


@pytest.mark.parametrize("exercise", ["standing-band-row", "bent-over-band-row", "band-assisted-pull-up"])
def test_what_controls_offer_is_understood(client: TestClient, exercise: str) -> None:
    """Every choice is read as a set-up; that a band is then stretched too far may be the answer."""
    page = client.get(f"/api/exercises/{exercise}").json()
    for body in choices(page):
        answer = client.post("/api/analyse?detail=curves", json=body)
        assert answer.status_code == 200 or answer.json()["code"] in (
            "band-overstretched",
            "bad-free-length",
        ), body


@pytest.mark.parametrize("page", ["", "/poses"])
def test_an_unknown_exercise_is_not_found(client: TestClient, page: str) -> None:
    """With the nearest that is."""
    answer = client.get(f"/api/exercises/face-pul{page}")
    assert (answer.status_code, answer.json()["nearest"]) == (404, "face-pull")


@pytest.mark.parametrize(
    "exercise", ["single-arm-dumbbell-row-forward-band", "pull-up", "dumbbell-row-mini-band"]
)
def test_the_small_picture_is_the_ends_of_the_analysis(client: TestClient, exercise: str) -> None:
    """To the millimetre, and the same lines of pull."""
    small = client.get(f"/api/exercises/{exercise}/poses")
    poses = PosesAnswer.model_validate_json(small.text)
    whole = client.post("/api/analyse", json=client.get(f"/api/exercises/{exercise}").json()["setup"]).json()
    assert poses.positions_m.keys() == whole["positions_m"].keys()
    for name, (start, finish) in poses.positions_m.items():
        there = whole["positions_m"][name]
        np.testing.assert_allclose([start, finish], [there[0], there[-1]], atol=6e-4)
    drawn = [load.model_dump(by_alias=True, include={"kind", "ends"}) for load in poses.loads]
    assert drawn == [{"kind": load["kind"], "ends": load["ends"]} for load in whole["loads"]]
    assert len(gzip.compress(small.content)) < 1_500


@pytest.mark.parametrize("exercise", ["chin-up", "kettlebell-row", "chest-supported-isometric-band-row"])
def test_the_moving_body_is_small(client: TestClient, exercise: str) -> None:
    """It keeps to its shape and takes at most 15 kB on the way."""
    answer = client.get("/api/repetition", params={**BODY, "exercise": exercise})
    RepetitionAnswer.model_validate_json(answer.text)
    assert answer.headers["content-encoding"] == "gzip"
    assert len(gzip.compress(answer.content, 9)) <= 15_000


def test_the_moving_body_is_sent_once(client: TestClient) -> None:
    """Who has it is told so; without gzip it comes as it is; another body is another."""
    params = {**BODY, "exercise": "face-pull"}
    first = client.get("/api/repetition", params=params, headers={"accept-encoding": "identity"})
    assert "content-encoding" not in first.headers
    tag = first.headers["etag"]
    again = client.get("/api/repetition", params=params, headers={"if-none-match": f'"other", {tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    other = client.get("/api/repetition", params={**params, "mass_kg": "81"})
    assert other.headers["etag"] != tag


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"stature_m": "nan"}, "stature_m"),
        ({"stature_m": "tall"}, "stature_m"),
        ({"sex": "m"}, "sex"),
        ({"exercise": "face-pul"}, None),
        ({"weight": "80"}, "weight"),
        ({"side": "left"}, "side"),
    ],
)
def test_a_wrong_query_is_told(client: TestClient, change: dict[str, str], path: str | None) -> None:
    """By the key that is wrong."""
    answer = client.get("/api/repetition", params={**BODY, "exercise": "face-pull", **change})
    assert (answer.status_code, answer.json()["path"]) == (422, path)


def test_broken_files_of_ones_own_hide_nothing_else(
    client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The listings go on and say what is wrong with them."""
    for folder in ("exercises", "bands"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "mine.toml").write_text("name = 3\n", encoding="utf-8")
    monkeypatch.setenv("BANDWRIGHT_DATA", str(tmp_path))
    exercises, bands = (client.get(f"/api/{what}").json() for what in ("exercises", "bands"))
    assert len(exercises["exercises"]) == len(shipped_ids())
    assert all("mine.toml" in told["path"] for told in (*exercises["problems"], *bands["problems"]))
    assert exercises["problems"]
    assert bands["problems"]
    assert client.get("/api/exercises/face-pull").status_code == 200
