"""The client's files, and plain pages where there are none."""

from __future__ import annotations

import mimetypes
import re
from functools import lru_cache
from pathlib import Path
from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from bandwright.errors import Problem
from bandwright.web.faults import BUSY, NOT_FOUND, fault
from bandwright.web.replies import Kept
from bandwright.web.settings import WebSettings

SAFE: Final = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")
"""Paths that are looked up; no part begins with a dot, so none leads out of the folder."""

FOR_EVER: Final = "public, max-age=31536000, immutable"
ASK_FIRST: Final = "no-cache"

HTML: Final = "text/html; charset=utf-8"

TYPES: Final = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".html": HTML,
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".wasm": "application/wasm",
}
"""Said here because a computer's own list may be wrong."""

NOT_BUILT: Final = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Bandwright: the app is not built</title>
<h1>The app's pages are not built yet</h1>
<p>The server runs and answers questions, but the part you would look at is missing from this installation.</p>
<p>To build it, stop the server with Ctrl-C and run this in Bandwright's folder:</p>
<pre>.venv/bin/python -m pip install --no-deps -e .</pre>
<p>Until then the same answers come from the command line, e.g. <code>bandwright analyse bent-over-band-row</code>,
and from the <a href="/api/openapi.json">API</a>.</p>
</html>
"""

NO_SUCH_PAGE: Final = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Bandwright: no such page</title>
<h1>There is no such page</h1>
<p>The link is wrong or old. Nothing was changed.</p>
<p><a href="/">Go to the start</a></p>
</html>
"""


def client_files(settings: WebSettings) -> APIRouter:
    """The route that takes whatever no other one took."""
    router = APIRouter()

    @router.api_route("/{path:path}", methods=["GET", "HEAD"], include_in_schema=False)
    def send_file(request: Request, path: str) -> Response:
        if path == "api" or path.startswith("api/"):
            return missing(request)
        return _file(request, settings.client, path)

    return router


def missing(request: Request) -> Response:
    """The answer where there is nothing: a page for people, a fault for programs."""
    if _is_api(request) or "text/html" not in request.headers.get("accept", ""):
        hint = "/api/openapi.json lists what there is."
        return fault(NOT_FOUND, [Problem("no-such-page", "There is nothing at this address.", hint=hint)])
    return Response(NO_SUCH_PAGE, NOT_FOUND, {"Cache-Control": "no-store"}, HTML)


def _is_api(request: Request) -> bool:
    return request.url.path.startswith("/api")


def _file(request: Request, folder: Path, path: str) -> Response:
    index = folder / "index.html"
    if not index.is_file():
        return Response(NOT_BUILT, BUSY, {"Cache-Control": "no-store"}, HTML)
    if path and not SAFE.fullmatch(path):
        return missing(request)
    file = folder / path if path else index
    if not _inside(file, folder):
        # Links within the app have no dot; the client knows which of them there are.
        if "." in path.rpartition("/")[2] or path.startswith("assets/"):
            return missing(request)
        file = index
    caching = FOR_EVER if path.startswith("assets/") else ASK_FIRST
    state = file.stat()
    return _kept(file, state.st_mtime_ns, state.st_size).reply(request, caching)


def _inside(file: Path, folder: Path) -> bool:
    return file.is_file() and file.resolve().is_relative_to(folder.resolve())


@lru_cache(maxsize=256)
def _kept(file: Path, _changed_ns: int, _size: int) -> Kept:
    """A file's content, read again when it changes."""
    guessed = TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    return Kept(file.read_bytes(), guessed)
