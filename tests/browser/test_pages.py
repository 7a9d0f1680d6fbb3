"""Every page on both screens: nobody is shut out, nothing is too small, and a picture is kept to look at."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bandwright.catalogue.exercises import shipped_ids

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
SHOTS = ROOT / "reports" / "client"

PAGES = {
    "lab": "/",
    "compare": "/#/compare",
    "exercises": "/#/exercises",
    "exercise": "/#/exercises/face-pull",
    "gear": "/#/gear",
    "numbers": "/#/numbers",
    "lost": "/#/nowhere",
}

LEAST_PX = 44

SMALL = """least => [...document.querySelectorAll('button, select, input, summary')].filter(one => {
  const box = (one.closest('label') ?? one).getBoundingClientRect()
  return one.tabIndex >= 0 && box.width > 0 && one.type !== 'range' && box.height < least - 0.5
}).map(one => one.ariaLabel || one.textContent.trim())"""


def _ready(visit: Any, name: str) -> Any:
    """The page with all that it shows."""
    page = visit.open(PAGES[name])
    if name == "compare":
        page.get_by_role("button", name="Show an example").click()
        page.locator(".plot.effort canvas").nth(2).wait_for()
    if name == "lab":
        page.locator(".plot.effort canvas").wait_for()
    if name == "exercises":
        page.locator(".poses.here").nth(len(shipped_ids()) - 1).wait_for()
    if name == "gear":
        for more in ("+ Band", "+ Weight", "+ Door"):
            page.get_by_role("button", name=more, exact=True).click()
        page.get_by_role("button", name="Weigh it yourself").click()
    page.wait_for_load_state("networkidle")
    return page


@pytest.mark.parametrize("name", PAGES)
def test_nobody_is_shut_out(either: Any, name: str) -> None:
    """Axe finds nothing, in light and in dark."""
    if not AXE.is_file():
        pytest.skip("axe is not installed: npm ci in frontend")
    page = _ready(either, name)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for theme in ("light", "dark"):
        page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
        found = page.evaluate("axe.run()")
        bad = [(one["id"], [node["html"][:160] for node in one["nodes"][:3]]) for one in found["violations"]]
        assert bad == [], theme


@pytest.mark.parametrize("name", PAGES)
def test_a_thumb_meets_every_control(phone: Any, name: str) -> None:
    """Touch targets are 44 px high."""
    page = _ready(phone, name)
    if name == "lab":
        page.get_by_role("button", name="Set up").tap()
    assert page.evaluate(SMALL, LEAST_PX) == []


@pytest.mark.parametrize("name", PAGES)
def test_a_picture_is_kept(either: Any, name: str, request: pytest.FixtureRequest) -> None:
    """To look at, in light and in dark: reports/client/PAGE-SCREEN-THEME.png."""
    screen = request.node.callspec.params["either"]
    visit = request.getfixturevalue(f"deep_{screen}") if name == "lab" else either
    page = _ready(visit, name)
    if name == "lab":
        page.locator(".figure canvas.posed").wait_for()
    SHOTS.mkdir(parents=True, exist_ok=True)
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        page.locator(f'html[data-theme="{theme}"]').wait_for()
        page.wait_for_timeout(300)  # figure and curves are drawn anew
        path = SHOTS / f"{name}-{screen}-{theme}.png"
        page.screenshot(path=path)
        assert path.stat().st_size > 5_000


def test_exercises_are_shown_before_they_are_read(either: Any) -> None:
    """Each in two poses, in which a band or a weight can be seen, that differ."""
    page = _ready(either, "exercises")
    cards = page.locator("li.card")
    assert cards.count() == len(shipped_ids())
    for card in cards.all():
        start, finish = (pose.inner_html() for pose in card.locator("svg").all())
        held = card.locator("svg").first.locator(".band, .slack, .weight, .bar")
        assert held.count() > 0
        if "isometric" not in card.locator("a").get_attribute("href"):
            assert start != finish
