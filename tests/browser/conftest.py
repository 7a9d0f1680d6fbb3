"""A browser and a server for the tests of the web client; without either they are skipped, saying why."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.error import URLError
from urllib.request import urlopen

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

ROOT: Final = Path(__file__).resolve().parents[2]
CLIENT: Final = ROOT / "src" / "bandwright" / "web" / "client"

BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS: Final = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
DEEP: Final = ("--disable-gpu", "--enable-unsafe-swiftshader")
"""Draws in three dimensions as a device without a graphics chip does: slowly, so only where a test is about the
figure. With `--use-angle=swiftshader` the page too would be put together that way, as nobody's is."""
FLAT: Final = ("--disable-3d-apis",)
"""Everywhere else people have a device that cannot, and see the flat figure."""

WARM_WITHIN_S: Final = 120.0
"""The solvers may have to be compiled first."""

PHONE: Final = (390, 844)
DESK: Final = (1440, 900)


def _browser_program() -> str | None:
    named = os.environ.get("CHROMIUM")
    return named or next((found for name in BROWSERS if (found := shutil.which(name))), None)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Callable[[Sequence[str]], Browser]]:
    """Opens the system's Chromium."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    program = _browser_program()
    if program is None:
        pytest.skip("no Chromium on this machine: apt install chromium, or set CHROMIUM to its program")
    with api.sync_playwright() as driver:
        opened: list[Browser] = []

        def launch(more: Sequence[str]) -> Browser:
            opened.append(driver.chromium.launch(executable_path=program, args=[*FLAGS, *more]))
            return opened[-1]

        yield launch
        for one in opened:
            one.close()


@pytest.fixture(scope="session")
def browser(chromium: Callable[[Sequence[str]], Browser]) -> Browser:
    """One that draws in two dimensions."""
    return chromium(FLAT)


@pytest.fixture(scope="session")
def deep_browser(chromium: Callable[[Sequence[str]], Browser]) -> Browser:
    """One that draws in three."""
    return chromium(DEEP)


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the real server is, with an empty data folder."""
    with serving(tmp_path_factory) as (found, _):
        yield found


@pytest.fixture
def mortal(
    deep_browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Visit, subprocess.Popen[bytes]]]:
    """Somebody at a desk with a server of their own, which may be stopped."""
    with serving(tmp_path_factory) as (found, server):
        for visit in visiting(deep_browser, found, DESK, phone=False):
            yield visit, server


@contextmanager
def serving(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A real server that is warm, and where it is."""
    if not (CLIENT / "index.html").is_file():
        pytest.skip("the web client is not built: python hatch_build.py")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    order = [sys.executable, "-m", "bandwright", "serve", "--port", str(port), "--no-browser"]
    env = {**os.environ, "BANDWRIGHT_DATA": str(tmp_path_factory.mktemp("data"))}
    log = tmp_path_factory.mktemp("server") / "log"
    with log.open("w") as said, subprocess.Popen(order, stdout=said, stderr=said, env=env) as server:
        try:
            found = f"http://127.0.0.1:{port}"
            _wait(server, found, log)
            yield found, server
        finally:
            server.terminate()


def _wait(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    """Returns when the server's engine is warm."""
    last = time.monotonic() + WARM_WITHIN_S
    while server.poll() is None and time.monotonic() < last:
        try:
            with urlopen(f"{address}/api/health") as answer:  # noqa: S310 — our own server
                if json.load(answer)["ready"]:
                    return
        except URLError:
            pass  # does not listen yet
        time.sleep(0.1)
    pytest.fail(f"The server did not start: {log.read_text(encoding='utf-8')}")


class Visit:
    """One person's window, with all that went wrong in it."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.page: Page = context.new_page()
        self.page.set_default_timeout(20_000)
        self.address = address
        self.troubles: list[str] = []
        self.strangers: list[str] = []
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on("console", lambda said: self._said(said.type, said.text))
        self.page.on("request", lambda request: self._asked(request.url))

    def _said(self, kind: str, text: str) -> None:
        if kind in ("error", "warning") and "GPU stall" not in text:  # software drawing is slow and says so
            self.troubles.append(text)

    def _asked(self, url: str) -> None:
        if not url.startswith((self.address, "blob:", "data:")):
            self.strangers.append(url)

    def open(self, link: str = "/") -> Page:
        """Goes somewhere."""
        self.page.goto(self.address + link)
        return self.page

    def open_lab(self, link: str = "/") -> Page:
        """Goes to the Lab and waits for its verdict and curves."""
        page = self.open(link)
        page.get_by_test_id("headline").wait_for()
        page.locator(".plot.effort canvas").wait_for()
        return page


def visiting(
    browser: Browser, address: str, size: tuple[int, int], *, phone: bool, moving: bool = False
) -> Iterator[Visit]:
    """A window of somebody's; at the end nothing may have gone wrong and nothing have left the server."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        has_touch=phone,
        is_mobile=phone,
        reduced_motion="no-preference" if moving else "reduce",
        accept_downloads=True,
    )
    visit = Visit(context, address)
    yield visit
    context.close()
    assert visit.troubles == []
    assert visit.strangers == []


@pytest.fixture
def desk(browser: Browser, address: str) -> Iterator[Visit]:
    """Somebody at a desk; at the end nothing may have gone wrong and nothing have left the server."""
    yield from visiting(browser, address, DESK, phone=False)


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Visit]:
    """Somebody with a phone; the same holds at the end."""
    yield from visiting(browser, address, PHONE, phone=True)


@pytest.fixture
def moving_desk(browser: Browser, address: str) -> Iterator[Visit]:
    """Somebody at a desk who has not asked for less motion."""
    yield from visiting(browser, address, DESK, phone=False, moving=True)


@pytest.fixture
def deep_desk(deep_browser: Browser, address: str) -> Iterator[Visit]:
    """The desk with the 3D figure."""
    yield from visiting(deep_browser, address, DESK, phone=False)


@pytest.fixture
def deep_moving_desk(deep_browser: Browser, address: str) -> Iterator[Visit]:
    """The desk with the 3D figure, of somebody who has not asked for less motion."""
    yield from visiting(deep_browser, address, DESK, phone=False, moving=True)


@pytest.fixture
def deep_phone(deep_browser: Browser, address: str) -> Iterator[Visit]:
    """The phone with the 3D figure."""
    yield from visiting(deep_browser, address, PHONE, phone=True)


@pytest.fixture(params=["desk", "phone"])
def either(request: pytest.FixtureRequest) -> Visit:
    """Each of them in turn."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Visit)
    return found
