"""The client's files, and what is said where there are none."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bandwright.web.app import build_app
from bandwright.web.settings import WebSettings

INDEX = "<!doctype html><title>App</title>"


@pytest.fixture
def built(tmp_path: Path) -> TestClient:
    """A client of an application whose pages are built."""
    folder = tmp_path / "client"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text(INDEX, encoding="utf-8")
    (folder / "sw.js").write_text("// worker", encoding="utf-8")
    (folder / ".stamp").write_text("stamp", encoding="utf-8")
    (folder / "assets" / "app-1a2b.js").write_text("x = 1;" * 500, encoding="utf-8")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (folder / "assets" / "link.txt").symlink_to(tmp_path / "secret.txt")
    return TestClient(build_app(WebSettings(client=folder)), base_url="http://localhost")


def test_built_files_are_sent(built: TestClient) -> None:
    """Files with a name for ever are kept for ever; pages and the worker are asked for anew."""
    asset = built.get("/assets/app-1a2b.js")
    assert asset.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert asset.headers["content-type"] == "text/javascript; charset=utf-8"
    assert asset.headers["content-encoding"] == "gzip"
    for path in ("/", "/sw.js"):
        answer = built.get(path)
        assert answer.headers["cache-control"] == "no-cache"
        again = built.get(path, headers={"if-none-match": answer.headers["etag"]})
        assert again.status_code == 304
    assert built.head("/").status_code == 200


@pytest.mark.parametrize("path", ["/", "/lab", "/exercises/face-pull", "/lab?x=1"])
def test_links_of_the_app_open_it(built: TestClient, path: str) -> None:
    """The client knows which of its links there are."""
    answer = built.get(path)
    assert (answer.status_code, answer.text) == (200, INDEX)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize(
    "path",
    [
        "/assets/gone.js",
        "/assets/gone",
        "/favicon.ico",
        "/.stamp",
        "/assets/link.txt",
        "/..%2fsecret.txt",
        "/assets/..%2f..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/%00",
        "/a%5cb",
        "//example.org/a.b",
        "/<script>alert(1)</script>",
        "/a b",
    ],
)
def test_wrong_and_hostile_links_get_a_page(built: TestClient, path: str) -> None:
    """People read a page, programs a fault; neither holds anything of the link."""
    page = built.get(path, headers={"accept": "text/html,*/*"})
    assert page.status_code == 404
    assert "There is no such page" in page.text
    assert "script" not in page.text
    fault = built.get(path)
    assert (fault.status_code, fault.json()["code"]) == (404, "no-such-page")


def test_a_rebuilt_file_is_sent(built: TestClient, tmp_path: Path) -> None:
    """A running server does not hold on to an old build."""
    assert built.get("/").text == INDEX
    (tmp_path / "client" / "index.html").write_text(f"{INDEX}<p>new", encoding="utf-8")
    assert built.get("/").text.endswith("<p>new")


def test_without_pages_it_says_how_to_build_them(client: TestClient) -> None:
    """And the API still answers."""
    answer = client.get("/lab", headers={"accept": "text/html"})
    assert answer.status_code == 503
    assert "pip install" in answer.text
    assert client.get("/api/health").status_code == 200
