"""What the server says of an engine that is being loaded, is loaded, or cannot be."""

from __future__ import annotations

import logging
from concurrent.futures import Future
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bandwright.errors import InputError, Problem
from bandwright.web import app
from bandwright.web.settings import WebSettings
from bandwright.web.warmth import Warmth


def _watched() -> tuple[Warmth, Future[None]]:
    warmth, work = Warmth(), Future[None]()
    warmth.watch(work)
    return warmth, work


def test_it_is_warm_once_the_work_is_done() -> None:
    """Before that it is neither ready nor failed."""
    warmth, work = _watched()
    assert (warmth.ready, warmth.failure) == (False, None)
    work.set_result(None)
    assert (warmth.ready, warmth.failure) == (True, None)
    assert Warmth().ready


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OSError("no room on the disk"), "OSError: no room on the disk"),
        (MemoryError(), "MemoryError"),
        (InputError(Problem("bad-file", "The table is cut off.")), "The table is cut off."),
    ],
)
def test_a_failure_is_told_and_logged(error: Exception, told: str, caplog: pytest.LogCaptureFixture) -> None:
    """In words where there are some, else by its kind; with a traceback in the log."""
    warmth, work = _watched()
    with caplog.at_level(logging.ERROR):
        work.set_exception(error)
    assert (warmth.ready, warmth.failure) == (False, told)
    assert told in caplog.text
    assert caplog.records[0].exc_info


def test_health_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server stays there, and its health names the reason."""

    def broken(_: object) -> None:
        raise OSError("no room on the disk")

    monkeypatch.setattr(app, "setup_written", broken)
    settings = WebSettings(client=Path("/nowhere"), warm_up=True)
    with TestClient(app.build_app(settings), base_url="http://localhost:8000") as client:
        for _ in range(1000):
            found = client.get("/api/health").json()
            if found["failure"]:
                break
    assert (found["status"], found["ready"], found["failure"]) == (
        "failed",
        False,
        "OSError: no room on the disk",
    )
