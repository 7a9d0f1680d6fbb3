"""Who may ask, and what every answer carries."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from bandwright.web.app import build_app
from bandwright.web.faults import FaultAnswer
from bandwright.web.gate import HEADERS, Gate, host_name, is_loopback
from bandwright.web.settings import WebSettings


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/health", 200),
        ("GET", "/", 503),
        ("GET", "/api/nothing", 404),
        ("GET", "/api", 404),
        ("PUT", "/api/health", 405),
        ("GET", "/api/analyse", 404),
        ("POST", "/anything", 405),
        ("POST", "/api/analyse", 415),
        ("GET", f"/{'a' * 5000}", 414),
    ],
)
def test_every_answer_is_protected(client: TestClient, method: str, path: str, status: int) -> None:
    """Answers, faults and pages carry the headers; faults of the API keep to their shape."""
    answer = client.request(method, path)
    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    if status >= 400 and path != "/":
        assert FaultAnswer.model_validate_json(answer.text).problems


def test_pages_may_run_only_our_own_files(client: TestClient) -> None:
    """No inline script or style, no other site, no frame."""
    policy = client.get("/api/health").headers["content-security-policy"]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert "unsafe" not in policy
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == "'self'"
    assert rules["frame-ancestors"] == "'none'"


@pytest.mark.parametrize(
    ("headers", "allowed"),
    [
        ({}, True),
        ({"sec-fetch-site": "same-origin", "origin": "http://localhost:5173"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "same-site"}, False),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"origin": "http://localhost:8000"}, True),
        ({"origin": "http://localhost:9000"}, False),
        ({"origin": "https://example.org"}, False),
        ({"origin": "null"}, False),
    ],
)
def test_other_sites_may_not_change_anything(
    client: TestClient, headers: dict[str, str], *, allowed: bool
) -> None:
    """A page of another site is turned away before its body is read."""
    answer = client.post("/api/analyse", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (
        (415, "not-json") if allowed else (403, "cross-site")
    )


@pytest.mark.parametrize(
    ("bound", "host", "allowed"),
    [
        ("127.0.0.1", "localhost:8000", True),
        ("127.0.0.1", "127.0.0.1:8000", True),
        ("127.0.0.1", "[::1]:8000", True),
        ("127.0.0.1", "LOCALHOST.", True),
        ("127.0.0.1", "192.168.1.5", False),
        ("127.0.0.1", "evil.example:8000", False),
        ("127.0.0.1", "localhost.evil.example", False),
        ("127.0.0.1", "[::1", False),
        ("127.0.0.1", "", False),
        ("0.0.0.0", "192.168.1.5:8000", True),  # noqa: S104 — a setting under test, nothing is bound
        ("0.0.0.0", "evil.example", False),  # noqa: S104 — as above
        ("0.0.0.0", "gym.example", True),  # noqa: S104 — as above
    ],
)
def test_only_its_own_names_reach_it(bound: str, host: str, *, allowed: bool) -> None:
    """A foreign name that points here, as in DNS rebinding, is refused."""
    app = build_app(WebSettings(host=bound, names=("gym.example",), client=Path("/nowhere")))
    answer = TestClient(app, base_url="http://localhost").get("/api/health", headers={"host": host})
    assert answer.status_code == (200 if allowed else 421)


def test_names_are_read_out_of_hosts() -> None:
    """Ports, brackets and case fall away."""
    assert [host_name(host) for host in ("A.B:80", "[::1]:8", "x", "")] == ["a.b", "::1", "x", ""]
    assert [is_loopback(host) for host in ("127.0.0.5", "::1", "localhost", "0.0.0.0")] == [  # noqa: S104
        True,
        True,
        True,
        False,
    ]


def test_a_fault_of_ours_shows_nothing_of_it(caplog: pytest.LogCaptureFixture) -> None:
    """The client reads that it was our fault; the server's log has the rest."""

    async def broken(_scope: Scope, _receive: Receive, _send: Send) -> None:
        message = "a secret"
        raise RuntimeError(message)

    answer = TestClient(Gate(broken, WebSettings()), base_url="http://localhost").get("/")
    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "An answer failed" in caplog.text
