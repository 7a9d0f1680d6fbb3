"""Every exercise's figure at start, middle and finish, kept to look at: reports/figures/EXERCISE.png."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bandwright.catalogue.exercises import load_exercises
from benchmarks.bench_client import PROBE
from tests.browser.conftest import DESK, Visit, visiting

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SHOTS = Path(__file__).resolve().parents[2] / "reports" / "figures"

PERSON = "person.sex=male&person.stature_m=1.8&person.mass_kg=80"

BESIDE = """async ([pictures, width, height]) => {
  const canvas = document.createElement('canvas')
  canvas.width = width * pictures.length
  canvas.height = height
  const context = canvas.getContext('2d')
  for (const [at, picture] of pictures.entries()) {
    const image = new Image()
    image.src = `data:image/png;base64,${picture}`
    await image.decode()
    context.drawImage(image, width * at, 0)
  }
  return canvas.toDataURL('image/png').split(',')[1]
}"""

INK = """async (picture) => {
  const image = new Image()
  image.src = `data:image/png;base64,${picture}`
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = image.width
  canvas.height = image.height
  const context = canvas.getContext('2d')
  context.drawImage(image, 0, 0)
  const { data } = context.getImageData(0, 0, image.width, image.height)
  const [r, g, b] = data
  let differs = 0
  for (let at = 0; at < data.length; at += 4)
    if (Math.abs(data[at] - r) + Math.abs(data[at + 1] - g) + Math.abs(data[at + 2] - b) > 24) differs += 1
  return differs / (data.length / 4)
}"""
"""Share of a picture that is not its corner's colour."""

TRIANGLES_MOST = 30_000
"""In a figure where no graphics chip draws: more would not move smoothly."""


@pytest.fixture(scope="module")
def stage(deep_browser: Browser, address: str) -> Iterator[Visit]:
    """One window for all of them, so that the body is made once."""
    for visit in visiting(deep_browser, address, DESK, phone=False):
        visit.page.add_init_script(path=PROBE)
        yield visit


@pytest.mark.parametrize("exercise", sorted(load_exercises()))
def test_a_figure_is_kept(stage: Visit, exercise: str) -> None:
    """A body stands there in each phase, and moves between start and finish."""
    page = stage.page
    if page.url == "about:blank":
        stage.open_lab()
        page.get_by_role("button", name="Understood").click()
    page.evaluate("link => { location.hash = link }", f"#/?v=1&exercise={exercise}&{PERSON}")
    page.locator(f'.figure canvas[data-exercise="{exercise}"]').wait_for()
    page.locator('.verdict[aria-busy="false"]').wait_for()
    figure = page.locator(".figure")
    pictures, triangles = [], []
    for name in ("Start", "Middle", "Finish"):
        page.get_by_role("button", name=name, exact=True).click()
        page.wait_for_timeout(200)
        pictures.append(b64encode(figure.screenshot()).decode())
        triangles.append(page.evaluate("seen.triangles"))
    box = figure.bounding_box()
    assert box is not None
    whole = page.evaluate(BESIDE, [pictures, round(box["width"]), round(box["height"])])
    SHOTS.mkdir(parents=True, exist_ok=True)
    (SHOTS / f"{exercise}.png").write_bytes(b64decode(whole))
    assert all(page.evaluate(INK, one) > 0.04 for one in pictures)
    held = page.evaluate("id => fetch(`/api/exercises/${id}`).then((one) => one.json())", exercise)[
        "isometric"
    ]
    assert held or pictures[0] != pictures[2]
    assert TRIANGLES_MOST / 2 < max(triangles) < TRIANGLES_MOST
