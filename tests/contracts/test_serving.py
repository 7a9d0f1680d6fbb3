"""The real server, started as people start it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx2 as httpx
import pytest
import uvicorn

from bandwright.cli.front import run
from bandwright.web import serving
from bandwright.web.faults import FaultAnswer
from bandwright.web.serving import address_of, has_screen, listen
from bandwright.web.settings import WebSettings


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server on a port of its own, and the three lines that it greets with."""
    command = [sys.executable, "-m", "bandwright", "serve", "--port", "0", "--no-browser"]
    env = {**os.environ, "BANDWRIGHT_DATA": str(tmp_path_factory.mktemp("own"))}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env
    ) as process:
        assert process.stderr is not None
        yield process, "".join(process.stderr.readline() for _ in range(3))
        process.kill()


def test_it_answers_and_ends_with_ctrl_c(server: tuple[subprocess.Popen[str], str]) -> None:
    """Health, a fault and a page over a real connection; then Ctrl-C ends it cleanly."""
    process, greeting = server
    address = re.search(r"http://\S+/", greeting)
    assert address is not None
    with httpx.Client(base_url=address[0], timeout=60) as client:
        health = client.get("/api/health")
        assert health.json()["status"] == "ok"
        assert "server" not in health.headers
        assert "frame-ancestors 'none'" in health.headers["content-security-policy"]
        fault = client.post("/api/analyse", json={"exercise": "nothing"})
        assert FaultAnswer.model_validate_json(fault.text).problems
        assert client.get("/api/health", headers={"host": "evil.example"}).status_code == 421
    process.send_signal(signal.SIGINT)
    said, wrong = process.communicate(timeout=20)
    assert (process.returncode, said) == (0, "")
    assert "Only this computer" in greeting
    assert wrong == ""


def test_a_taken_port_is_told_with_the_next_free_one(capsys: pytest.CaptureFixture[str]) -> None:
    """The message has a command that works."""
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        assert run(["serve", "--port", str(port), "--no-browser"]) == 2
    words = capsys.readouterr().err
    free = re.search(r"bandwright serve --port (\d+)", words)
    assert f"Port {port} is taken" in words
    assert free is not None
    with listen("127.0.0.1", int(free[1])) as other:
        assert isinstance(other, socket.socket)


def test_without_a_port_it_takes_the_next_free_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who only wants to start it need not know what a port is."""
    said: list[str] = []
    monkeypatch.setattr(uvicorn.Server, "run", lambda *_, **__: None)
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setattr(serving, "FIRST_PORT", port)
        serving.serve(WebSettings(), None, browser=False, say=said.append)
    found = re.search(r":(\d+)/", said[0])
    assert found is not None
    assert int(found[1]) > port


@pytest.mark.parametrize(
    ("environment", "platform", "expected"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ""}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({"BROWSER": "firefox"}, "linux", True),
        ({}, "darwin", True),
    ],
)
def test_no_browser_is_opened_where_there_is_no_screen(
    environment: dict[str, str], platform: str, *, expected: bool
) -> None:
    """A browser of text would take the terminal that the server speaks in."""
    assert has_screen(environment, platform) is expected


@pytest.mark.parametrize(
    ("option", "value"), [("--port", "70000"), ("--host", "203.0.113.7"), ("--host", "no such")]
)
def test_impossible_addresses_are_told(option: str, value: str, capsys: pytest.CaptureFixture[str]) -> None:
    """By the option that names them."""
    assert run(["serve", option, value, "--no-browser"]) == 2
    assert option in capsys.readouterr().err


def test_addresses_are_ones_that_can_be_opened() -> None:
    """An address that means all of them is shown as this computer's."""
    assert address_of("0.0.0.0", 80) == "http://127.0.0.1:80/"  # noqa: S104 — shown, not bound
    assert address_of("::1", 8000) == "http://[::1]:8000/"


def test_the_front_page_imports_no_server() -> None:
    """Commands that serve nothing do not wait for the web framework."""
    code = "import sys, bandwright.cli.program as p; p.build(); print('fastapi' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
    assert Path(sys.executable).exists()
