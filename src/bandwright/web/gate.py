"""Who may ask, and what every answer carries: the first thing a request meets and the last thing an answer does."""

from __future__ import annotations

import ipaddress
import logging
import socket
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bandwright.errors import Problem
from bandwright.web.faults import FORBIDDEN, MISDIRECTED, TOO_LONG, StoppedError, fault_of
from bandwright.web.settings import WebSettings

LOGGER: Final = logging.getLogger("bandwright.web")

LONGEST_TARGET: Final = 4_096
"""Bytes of path and query together."""

READING: Final = frozenset({"GET", "HEAD", "OPTIONS"})

SAFE_SITES: Final = frozenset({"same-origin", "none"})
"""What browsers say of a request that our own page made, or the person by typing."""

ALLOWED_SOURCES: Final = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self' blob:",
    "manifest-src": "'self'",
    "media-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
}
"""Where a page of ours may take things from; nothing written into the page itself runs or styles it."""

HEADERS: Final = {
    "Content-Security-Policy": "; ".join(f"{what} {where}" for what, where in ALLOWED_SOURCES.items()),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), "
    "screen-wake-lock=(self)",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Gate:
    """Lets in what may ask and puts the protecting headers on every answer, its own refusals among them."""

    def __init__(self, app: ASGIApp, settings: WebSettings) -> None:
        self.app = app
        self.names = _own_names(settings)
        self.only_here = is_loopback(settings.host)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def guarded(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        try:
            self._check(scope)
            await self.app(scope, receive, guarded)
        except Exception as error:
            if not isinstance(error, StoppedError):
                LOGGER.exception("An answer failed")
            if started:
                raise
            await fault_of(error)(scope, receive, guarded)

    def _check(self, scope: Scope) -> None:
        headers = Headers(scope=scope)
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > LONGEST_TARGET:
            raise StoppedError(TOO_LONG, Problem("too-long", f"The address has over {LONGEST_TARGET} bytes."))
        host = host_name(headers.get("host", ""))
        if not self._is_ours(host):
            said = "The server was asked under a name that is not its own."
            hint = "Use the address it printed; behind a proxy start it with --name and the proxy's name."
            raise StoppedError(MISDIRECTED, Problem("wrong-host", said, hint=hint))
        if scope["method"] not in READING and not _from_own_page(headers):
            said = "Another site's page asked for this."
            hint = "Only Bandwright's own pages, and programs that are no browser, may ask."
            raise StoppedError(FORBIDDEN, Problem("cross-site", said, hint=hint))

    def _is_ours(self, host: str) -> bool:
        """Whether a name is ours. A page elsewhere can make its own name point here, but not an address."""
        if host in self.names:
            return True
        try:
            address = ipaddress.ip_address(host)
        except ValueError:
            return False
        return address.is_loopback or not self.only_here


def is_loopback(host: str) -> bool:
    """Whether an address is only reached from this computer."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def host_name(host: str) -> str:
    """The name in a Host header, without port and brackets; empty when there is none to read."""
    try:
        return (urlsplit(f"//{host}").hostname or "").rstrip(".")
    except ValueError:
        return ""


def _own_names(settings: WebSettings) -> frozenset[str]:
    given = {"localhost", settings.host.lower(), *(name.lower() for name in settings.names)}
    if not is_loopback(settings.host):
        own = socket.gethostname().lower()
        given |= {own, f"{own.partition('.')[0]}.local"}
    return frozenset(given)


def _from_own_page(headers: Headers) -> bool:
    """Whether a request comes from our own page or from no browser; current browsers say so themselves."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None:
        return site in SAFE_SITES
    return origin is None or urlsplit(origin).netloc == headers.get("host")
