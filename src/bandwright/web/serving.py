"""Serving until somebody stops it."""

from __future__ import annotations

import errno
import os
import socket
import sys
import threading
import webbrowser
from collections.abc import Callable, Mapping
from typing import Final

import uvicorn

from bandwright.errors import InputError, Problem
from bandwright.web.app import build_app
from bandwright.web.gate import is_loopback
from bandwright.web.settings import WebSettings

FIRST_PORT: Final = 8_000
"""Where it is served unless the port is chosen; the next free one where that is taken."""

LAST_PORT: Final = 65_535
PORTS_TRIED: Final = 100

ONLY_HERE: Final = "Only this computer can reach it."
FROM_ELSEWHERE: Final = (
    "Anyone who can reach this computer over the network can use it and see your bands and exercises: there is no "
    "password and no encryption. Installing it on a phone and using it offline needs https in front of it."
)


def serve(settings: WebSettings, port: int | None, *, browser: bool, say: Callable[[str], None]) -> None:
    """Serves until Ctrl-C, at a port or, where none is chosen, at the first free one.

    Raises:
        InputError: the port or the address cannot be had.
    """
    chosen = port if port is not None else _next_free(settings.host, FIRST_PORT) or FIRST_PORT
    listening = listen(settings.host, chosen)
    address = address_of(settings.host, listening.getsockname()[1])
    say(f"Bandwright is at {address}")
    say(ONLY_HERE if is_loopback(settings.host) else FROM_ELSEWHERE)
    say("Ctrl-C stops it.")
    if browser and has_screen():
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
    config = uvicorn.Config(
        build_app(settings),
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=3,
    )
    try:
        uvicorn.Server(config).run(sockets=[listening])
    except KeyboardInterrupt:
        pass  # how a server ends
    finally:
        listening.close()


def has_screen(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> bool:
    """Whether a browser would have a window; without one, Python may start a browser of text in this terminal."""
    if platform in {"darwin", "win32"}:
        return True
    return any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))


def address_of(host: str, port: int) -> str:
    """What to type into a browser on this computer."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 — a name shown, not bound to
    return f"http://[{shown}]:{port}/" if ":" in shown else f"http://{shown}:{port}/"


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens; port 0 takes any.

    Raises:
        InputError: the port or the address cannot be had.
    """
    if not 0 <= port <= LAST_PORT:
        said, allowed = f"There is no port {port}.", (f"0 to {LAST_PORT}",)
        raise InputError(Problem("bad-port", said, allowed, hint="Example: --port 8000", path="--port"))
    try:
        return _bound(host, port)
    except OSError as error:
        raise InputError(_refused(host, port, error)) from error


def _bound(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    made = socket.socket(family, kind, protocol)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(address)
        made.listen(128)
    except OSError:
        made.close()
        raise
    return made


def _refused(host: str, port: int, error: OSError) -> Problem:
    if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        hint = "Use 127.0.0.1 for this computer only, or 0.0.0.0 for the whole network."
        return Problem("bad-host", f"This computer has no address '{host}'.", hint=hint, path="--host")
    if error.errno == errno.EACCES:
        said = f"You may not use port {port}."
        return Problem("port-refused", said, ("1024 or more",), hint="Example: --port 8000", path="--port")
    free = _next_free(host, port + 1)
    hint = f"Try: bandwright serve --port {free}" if free else "Try: bandwright serve --port 0"
    said = f"Port {port} is taken by another program, perhaps by Bandwright itself."
    return Problem("port-taken", said, nearest=str(free) if free else None, hint=hint, path="--port")


def _next_free(host: str, port: int) -> int | None:
    for other in range(port, min(port + PORTS_TRIED, LAST_PORT + 1)):
        try:
            _bound(host, other).close()
        except OSError as error:
            if error.errno not in {errno.EADDRINUSE, errno.EACCES}:
                return None  # the address is wrong, whatever the port
        else:
            return other
    return None
