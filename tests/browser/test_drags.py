"""The figure under a hand: handles, what follows them, and how it is drawn meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.browser.lab import FACE_PULL, FAR, load_now, painted, spin

if TYPE_CHECKING:
    from playwright.sync_api import Page

HELD = """() => {
  const canvas = document.querySelector('.figure canvas'), box = canvas.getBoundingClientRect(), found = []
  for (let y = box.top + 2; y < box.bottom; y += 6) for (let x = box.left + 2; x < box.right; x += 6) {
    const at = { clientX: x, clientY: y, pointerType: 'mouse', bubbles: true }
    canvas.dispatchEvent(new PointerEvent('pointermove', at))
    if (canvas.style.cursor !== 'grab') continue
    const near = found.find((one) => Math.hypot(one.x / one.n - x, one.y / one.n - y) < 40)
    if (near) (near.x += x), (near.y += y), (near.n += 1)
    else found.push({ x, y, n: 1 })
  }
  return found.map((one) => [one.x / one.n, one.y / one.n])
}"""
"""Where the pointer becomes a hand: the middles of all handles, from the top down."""


def handles(page: Page) -> list[tuple[float, float]]:
    """The handles on the figure, seen from the side."""
    page.locator(".figure canvas.posed").wait_for()
    page.get_by_role("group", name="View").get_by_role("button", name="Side").click()
    page.wait_for_timeout(300)
    return [(x, y) for x, y in page.evaluate(HELD)]


def drag(page: Page, start: tuple[float, float], by: tuple[float, float]) -> None:
    """A real pointer takes hold, moves in steps and lets go."""
    page.mouse.move(*start)
    page.mouse.down()
    for step in range(1, 7):
        page.mouse.move(start[0] + by[0] * step / 6, start[1] + by[1] * step / 6)
    page.mouse.up()


def centimetres(page: Page, name: str) -> int:
    """What a control of a length shows."""
    return int(spin(page, name).inner_text().split()[0])


def test_dragging_the_anchor_changes_the_curves(deep_desk: Any) -> None:
    """Up and away: height, distance and load follow, then the verdict; one undo takes the whole drag back."""
    page = deep_desk.open_lab(FACE_PULL + FAR)
    load, picture = load_now(page), painted(page)
    anchor, _ = sorted(handles(page), key=lambda at: at[1])
    drag(page, anchor, (30, -40))
    page.wait_for_function(
        "was => document.querySelector('[data-testid=load-now]').textContent !== was", arg=load
    )
    assert painted(page) != picture
    assert centimetres(page, "Distance") > 210
    assert centimetres(page, "Anchor height") > 145
    page.wait_for_function("() => !document.querySelector('.verdict[aria-busy=true]')")
    page.get_by_role("button", name="Undo").click()
    assert centimetres(page, "Distance") == 210
    assert centimetres(page, "Anchor height") == 145


def test_dragging_the_feet_steps_away_from_the_anchor(deep_desk: Any) -> None:
    """Who steps back stands further from the anchor, whose height stays."""
    page = deep_desk.open_lab(FACE_PULL + FAR)
    feet = max(handles(page), key=lambda at: at[1])
    drag(page, feet, (-40, 0))
    page.wait_for_function("() => !location.hash.includes('x_m=2.1&')")
    assert centimetres(page, "Distance") > 210
    assert centimetres(page, "Anchor height") == 145


def test_dragging_the_grip_shortens_the_band(deep_desk: Any) -> None:
    """Toward the floor there is less slack band in use, so it pulls harder."""
    page = deep_desk.open_lab()
    load = load_now(page)
    (grip,) = handles(page)
    drag(page, grip, (0, 40))
    page.wait_for_function(
        "was => document.querySelector('[data-testid=load-now]').textContent !== was", arg=load
    )
    assert centimetres(page, "Slack band in use") < 55
    assert float(load_now(page).split()[0]) > float(load.split()[0])


def test_a_figure_has_fewer_pixels_while_it_moves(deep_desk: Any) -> None:
    """Without a graphics chip; once it rests it has as many as the page shows."""
    page = deep_desk.open_lab(FACE_PULL + FAR)
    anchor, _ = sorted(handles(page), key=lambda at: at[1])
    page.wait_for_function(ALL_PIXELS)
    page.mouse.move(*anchor)
    page.mouse.down()
    for step in range(1, 4):
        page.mouse.move(anchor[0] + 10 * step, anchor[1])
    page.wait_for_function(FEWER_PIXELS)
    page.mouse.up()
    page.wait_for_function(ALL_PIXELS)


def test_a_figure_looks_the_same_while_it_is_dragged(deep_desk: Any) -> None:
    """Without a graphics chip the body is kept from picture to picture, and only the gear is drawn over it."""
    page = deep_desk.open_lab(FACE_PULL + FAR)
    anchor, _ = sorted(handles(page), key=lambda at: at[1])
    page.wait_for_function(ALL_PIXELS)
    page.mouse.move(*anchor)
    page.evaluate(WATCH_PICTURES)
    page.mouse.down()
    for step in range(1, 9):
        page.mouse.move(anchor[0] + 5 * step, anchor[1] - 5 * step)
    page.wait_for_function("() => pictures.some(({ triangles }) => triangles < 5000)")
    page.wait_for_function(ALL_PIXELS)
    *_, rested = pictures = page.evaluate("pictures")
    page.mouse.up()
    dragged = [one for one in pictures if one["triangles"] < rested["triangles"] / 4][-1]
    gaps = [abs(a - b) for a, b in zip(dragged["pixels"], rested["pixels"], strict=True)]
    assert sum(rested["pixels"]) / len(gaps) > 10
    assert sum(gaps) / len(gaps) < 1.5


WATCH_PICTURES = """() => {
  const canvas = document.querySelector('.figure canvas')
  const small = Object.assign(document.createElement('canvas'), { width: 60, height: 75 })
  const context = small.getContext('2d', { willReadFrequently: true })
  const draw = WebGL2RenderingContext.prototype.drawElements
  let triangles = 0
  window.pictures = []
  const keep = () => {
    context.clearRect(0, 0, small.width, small.height)
    context.drawImage(canvas, 0, 0, small.width, small.height)
    const pixels = [...context.getImageData(0, 0, small.width, small.height).data]
    if (pixels.some(Boolean)) pictures.push({ triangles, pixels })
    triangles = 0
  }
  WebGL2RenderingContext.prototype.drawElements = function (...given) {
    if (triangles === 0) queueMicrotask(keep)
    triangles += given[1] / 3
    return draw.apply(this, given)
  }
}"""
"""Keeps every picture of the figure, made small, and how many triangles were drawn for it."""

FIGURE = "const canvas = document.querySelector('.figure canvas')"
ALL_PIXELS = f"() => {{ {FIGURE}; return canvas.width === canvas.clientWidth }}"
FEWER_PIXELS = f"() => {{ {FIGURE}; return canvas.width < canvas.clientWidth }}"
