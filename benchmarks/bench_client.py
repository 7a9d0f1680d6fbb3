"""How large the web client is as it travels, and how quickly it answers a hand: drags, frames, the first figure.

Run `make bench` or `python -m benchmarks.bench_client`; the client must have been built (`python hatch_build.py`).
What moves is measured in a real Chromium that draws by software at pixel ratio 1, against a server of its own;
without a browser only the sizes are told.
"""

from __future__ import annotations

import gzip
import os
import re
import shutil
import sys
import time
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.bench_web import server

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CLIENT: Final = Path(__file__).resolve().parents[1] / "src" / "bandwright" / "web" / "client"

SHELL_MOST: Final = 60_000
"""Bytes, compressed, that may come before the first page shows."""

SCENE_MOST: Final = 160_000
"""Bytes, compressed, of the figure's part, which comes later."""


FIGURE: Final = ("scene-", "mesher")
"""How the files of the figure's part begin."""


def packed(path: Path) -> int:
    """Bytes of a file as the server sends it."""
    return len(gzip.compress(path.read_bytes(), 9, mtime=0))


def shell_files(client: Path = CLIENT) -> list[Path]:
    """The page and what it names: scripts, style sheets, and scripts that those begin with."""
    page = client / "index.html"
    named = re.findall(r'(?:src|href)="/(assets/[^"]+)"', page.read_text(encoding="utf-8"))
    return [page, *(client / name for name in named)]


def later_files(client: Path = CLIENT) -> list[Path]:
    """What is fetched only when it is needed."""
    shell = shell_files(client)
    return sorted(path for path in (client / "assets").iterdir() if path not in shell)


PROBE: Final = Path(__file__).with_name("probe.js")

BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS: Final = ("--no-sandbox", "--disable-gpu", "--enable-unsafe-swiftshader")
"""As Chromium draws where there is no graphics chip: three dimensions by SwiftShader, the page by itself. With
`--use-angle=swiftshader` the page too would be put together by SwiftShader, as nobody's is."""

DESK: Final = (1440, 900)
PHONE: Final = (390, 844)

PULL: Final = (
    "/#/?v=1&exercise=standing-band-row&person.sex=male&person.stature_m=1.8&person.mass_kg=80&load.0.id=band"
    "&load.0.kind=band&load.0.band=rogue-monster-2&load.0.from.x_m=1.8&load.0.from.z_m=1.0&load.0.to=hands"
)
"""A set-up whose anchor can be dragged."""

DRAG_S: Final = 4.0
PLAY_S: Final = 5.0
REST_S: Final = 2.0


def in_browser() -> Table:
    """What a hand waits for, in a table."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 — of the development group only

    table = Table(
        "In the browser",
        "desk",
        "phone",
        "wanted",
        title=f"software drawing, pixel ratio 1; load {os.getloadavg()[0]:.1f}",
    )
    with server() as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=browser_program(), args=list(FLAGS))
        found = {size: on_screen(browser, address.rstrip("/"), size) for size in (DESK, PHONE)}
        browser.close()
    for name, wanted in WANTED.items():
        table.add_row(name, found[DESK][name], found[PHONE][name], wanted)
    return table


WANTED: Final = {
    "first figure, cold [s]": "2",
    "drag to new curve, p50 / p95 [ms]": "95 of 100 within 100",
    "whole answer after the drag [ms]": "",
    "frames a second, playing": "25",
    "draws while nothing changes": "0",
    "draw calls, triangles": "",
}


def browser_program() -> str | None:
    """The system's Chromium."""
    return os.environ.get("CHROMIUM") or next((one for name in BROWSERS if (one := shutil.which(name))), None)


def on_screen(browser: Browser, address: str, size: tuple[int, int]) -> dict[str, str]:
    """Every figure on one screen; each part begins with nothing kept."""
    cold = [_first_figure(browser, address, size) for _ in range(3)]
    page = _opened(browser, size)
    page.goto(address + PULL)
    page.locator(".figure canvas.posed").wait_for()
    page.get_by_test_id("headline").wait_for()
    time.sleep(1)
    page.get_by_role("group", name="View").get_by_role("button", name="Side").click()
    time.sleep(1)
    waits, whole = _drag(page)
    frames, calls, triangles = _play(page)
    idle = _rest(page)
    page.context.close()
    return {
        "first figure, cold [s]": f"{np.median(cold):.2f}",
        "drag to new curve, p50 / p95 [ms]": "{:.0f} / {:.0f}".format(*np.percentile(waits, (50, 95))),
        "moves of the drag": f"{len(waits)}",
        "whole answer after the drag [ms]": f"{whole:.0f}",
        "frames a second, playing": f"{frames:.0f}",
        "draws while nothing changes": str(idle),
        "draw calls, triangles": f"{calls}, {triangles:,.0f}",
    }


def _opened(browser: Browser, size: tuple[int, int]) -> Page:
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, device_scale_factor=1, service_workers="block"
    )
    context.add_init_script(path=PROBE)
    context.add_init_script("localStorage.setItem('bandwright.visited', 'true')")
    page = context.new_page()
    page.set_default_timeout(60_000)
    return page


def _first_figure(browser: Browser, address: str, size: tuple[int, int]) -> float:
    """Seconds from the first request of an empty browser until a body stands on the stage."""
    page = _opened(browser, size)
    page.goto(address)
    page.wait_for_function("() => seen.posed > 0")
    found = float(page.evaluate("seen.posed")) / 1000.0
    page.context.close()
    return found


def _drag(page: Page) -> tuple[list[float], float]:
    """Milliseconds from each move of the pointer until a curve that knows of it is painted, and until all is."""
    box = page.locator(".figure canvas").bounding_box()
    assert box is not None  # noqa: S101 — it was waited for
    x, y = _handle(page, box)
    page.mouse.move(x, y)
    page.evaluate("Object.assign(seen, { moves: [], asked: [], answered: [], painted: [] })")
    page.mouse.down()
    begun = time.perf_counter()
    while (gone := time.perf_counter() - begun) < DRAG_S:
        angle = 2.0 * np.pi * gone / 2.0
        page.mouse.move(x - 40.0 + 40.0 * np.cos(angle), y + 60.0 * np.sin(angle))
        time.sleep(1.0 / 60.0)
    page.mouse.up()
    page.wait_for_function("() => !document.querySelector('.verdict[aria-busy=true]')")
    time.sleep(0.5)
    return _waits(page.evaluate("seen"))


def _handle(page: Page, box: Any) -> tuple[float, float]:  # noqa: ANN401 — a box of the driver
    """Where the anchor can be taken hold of: where the pointer becomes a hand."""
    steps = [(0.98 - 0.02 * column, 0.15 + 0.02 * row) for column in range(24) for row in range(36)]
    for across, down in steps:
        x, y = box["x"] + across * box["width"], box["y"] + down * box["height"]
        page.mouse.move(x, y)
        if page.evaluate("document.querySelector('.figure canvas').style.cursor") == "grab":
            return x, y
    message = "no anchor was found on the figure"
    raise RuntimeError(message)


def _waits(seen: dict[str, Any]) -> tuple[list[float], float]:
    """A question knows of all moves before it; its answer is painted first after it came."""
    questions = sorted(
        (asked["at"], asked["whole"], answered)
        for asked, answered in zip(seen["asked"], seen["answered"], strict=False)
    )
    shown = []
    for at, whole, answered in questions:
        painted = [one["at"] for one in seen["painted"] if one["begun"] >= answered]
        if painted:
            shown.append((at, whole, min(painted)))
    waits = []
    for move in seen["moves"]:
        known = [painted for at, _, painted in shown if at >= move]
        if known:
            waits.append(min(known) - move)
    wholes = [painted for _, whole, painted in shown if whole]
    return waits, (max(wholes) - seen["moves"][-1]) if wholes else float("nan")


def _play(page: Page) -> tuple[float, int, float]:
    """Frames a second while the repetition plays, draw calls and triangles of one frame."""
    page.get_by_role("button", name="Play", exact=True).click()
    time.sleep(1.0)
    page.evaluate("seen.drawn = []")
    time.sleep(PLAY_S)
    seen = page.evaluate("seen")
    page.get_by_role("button", name="Pause").click()
    gaps = [after - before for before, after in pairwise(seen["drawn"])]
    return 1000.0 / float(np.mean(gaps)), seen["calls"], seen["triangles"]


def _rest(page: Page) -> int:
    """How often the figure is drawn while nobody touches it."""
    time.sleep(1.0)
    page.evaluate("seen.drawn = []")
    time.sleep(REST_S)
    return len(page.evaluate("seen.drawn"))


def main() -> int:
    """Prints sizes and times; 1 when a file is too large."""
    if not (CLIENT / "index.html").is_file():
        Console().print("The client is not built: python hatch_build.py")
        return 1
    table = Table("File", "When", "Bytes", "Compressed")
    for when, files in (("at first", shell_files()), ("later", later_files())):
        for path in files:
            table.add_row(path.name, when, f"{path.stat().st_size:,}", f"{packed(path):,}")
    shell = sum(map(packed, shell_files()))
    scene = sum(packed(path) for path in later_files() if path.name.startswith(FIGURE))
    Console().print(table, f"Shell: {shell:,} of {SHELL_MOST:,}; figure: {scene:,} of {SCENE_MOST:,}")
    if browser_program() is None:
        Console().print("No Chromium: nothing was measured in the browser.")
    else:
        Console().print(in_browser())
    return int(shell > SHELL_MOST or scene > SCENE_MOST)


if __name__ == "__main__":
    sys.exit(main())
