"""The Lab as people use it: first visit, changes, links, comparison, keys."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.browser.lab import FACE_PULL, FAR, load_now, painted, spin


def test_first_visit_shows_a_verdict(either: Any) -> None:
    """Without doing anything there is a sentence with figures, and a grade."""
    page = either.open_lab()
    assert re.search(r"\d.* kg", page.get_by_test_id("headline").inner_text())
    assert page.get_by_test_id("grade").inner_text() in ("Good", "Fair", "Poor")
    assert page.title() == "Bent-over band row · Bandwright"


def test_nothing_hangs_over_the_edge_of_a_phone(phone: Any) -> None:
    """No page scrolls sideways."""
    for link in ("/", "/#/compare", "/#/exercises", "/#/exercises/face-pull", "/#/gear", "/#/numbers"):
        page = phone.open(link)
        page.locator("h1").first.wait_for(state="attached")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), link


@pytest.mark.parametrize("size", [(1024, 768), (1280, 640), (1440, 900)])
def test_a_small_desk_has_room_for_figure_and_numbers(desk: Any, size: tuple[int, int]) -> None:
    """A first visitor's marks do not push the figure away, and no number or choice is cut off."""
    desk.page.set_viewport_size({"width": size[0], "height": size[1]})
    page = desk.open_lab()
    page.get_by_role("button", name="Understood").wait_for()
    stage = page.locator(".canvas").bounding_box()
    assert stage is not None
    assert min(stage["width"], stage["height"]) >= 300
    cut = """() => [...document.querySelectorAll('.setup [role=spinbutton], .setup fieldset label')]
        .filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent.trim())"""
    assert page.evaluate(cut) == []


def test_a_step_changes_the_curves_and_undo_brings_them_back(desk: Any) -> None:
    """The slack band gets shorter, so it pulls harder; undo shows what was."""
    page = desk.open_lab()
    before, picture = load_now(page), painted(page)
    page.get_by_role("button", name="Slack band in use: less").click()
    page.wait_for_function(
        "was => document.querySelector('[data-testid=load-now]').textContent !== was", arg=before
    )
    assert float(load_now(page).split()[0]) > float(before.split()[0])
    assert painted(page) != picture
    page.get_by_role("button", name="Undo").click()
    page.wait_for_function(
        "was => document.querySelector('[data-testid=load-now]').textContent === was", arg=before
    )
    assert painted(page) == picture
    page.get_by_role("button", name="Redo").click()
    page.wait_for_function(
        "was => document.querySelector('[data-testid=load-now]').textContent !== was", arg=before
    )


def test_the_sheet_of_a_phone_changes_the_same(phone: Any) -> None:
    """Controls are behind one button, and the figure stays in sight above them."""
    page = phone.open_lab()
    before = load_now(page)
    page.get_by_role("button", name="Set up").tap()
    page.get_by_role("button", name="Slack band in use: less").tap()
    page.wait_for_function(
        "was => document.querySelector('[data-testid=load-now]').textContent !== was", arg=before
    )
    sheet, canvas = page.locator(".sheet").bounding_box(), page.locator(".canvas").bounding_box()
    assert sheet is not None
    assert canvas is not None
    assert canvas["y"] + canvas["height"] <= sheet["y"] + 16
    page.get_by_role("button", name="Done").tap()
    assert page.locator(".sheet").count() == 0


def test_a_link_opens_the_same(desk: Any, phone: Any) -> None:
    """The address made on one screen opens the same set-up on another."""
    page = desk.open_lab(FACE_PULL + FAR)
    assert spin(page, "Distance").inner_text() == "210 cm"
    page.get_by_role("button", name="Distance: more").click()
    page.wait_for_function("() => location.hash.includes('x_m=2.15')")
    link = page.evaluate("location.hash")
    other = phone.open_lab("/" + link)
    assert other.get_by_test_id("headline").inner_text() == page.get_by_test_id("headline").inner_text()
    assert other.title().startswith("Face pull")


def test_a_link_asks_for_its_own_body_alone(deep_desk: Any) -> None:
    """Nobody waits for the body and the answer of a set-up that is not shown."""
    asked: list[str] = []
    deep_desk.page.on("request", lambda request: asked.append(request.url))
    page = deep_desk.open_lab(FACE_PULL)
    page.locator(".figure canvas.posed").wait_for()
    bodies = [url for url in asked if "/api/repetition" in url]
    assert len(bodies) == 1, bodies
    assert "exercise=face-pull" in bodies[0]
    assert sum("/api/analyse" in url for url in asked) == 1


def test_a_broken_link_says_so_and_shows_something(desk: Any) -> None:
    """A link of a later version is refused in words."""
    page = desk.open_lab("/#/?v=99&exercise=face-pull")
    assert "version 99" in page.get_by_role("alert").inner_text()


def test_keys_alone_are_enough(desk: Any) -> None:
    """Tab reaches a control, arrows step it; arrows elsewhere scrub; Ctrl Z undoes."""
    page = desk.open_lab()
    spin(page, "Height").focus()
    page.keyboard.press("ArrowUp")
    assert spin(page, "Height").inner_text() == "181 cm"
    page.keyboard.press("Control+z")
    assert spin(page, "Height").inner_text() == "180 cm"
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("ArrowRight")
    assert page.get_by_label("Place in the repetition").input_value() == "0.52"


def test_a_first_look_plays_and_rests_in_the_middle(moving_desk: Any) -> None:
    """Who comes for the first time sees it move; space stops and goes on, and slow motion can be had."""
    page = moving_desk.open_lab()
    page.get_by_role("button", name="Pause").wait_for()
    page.keyboard.press(" ")
    page.get_by_role("button", name="Play", exact=True).wait_for()
    slow = page.get_by_role("button", name="Slow motion")
    slow.click()
    assert slow.get_attribute("aria-pressed") == "true"
    place = page.get_by_label("Place in the repetition")
    before = place.input_value()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press(" ")
    page.wait_for_function("was => document.querySelector('input[type=range]').value !== was", arg=before)
    page.keyboard.press("ArrowLeft")
    page.get_by_role("button", name="Play", exact=True).wait_for()


@pytest.mark.parametrize("key", [None, "ArrowRight"])
def test_a_first_look_begins_when_there_is_a_figure(deep_moving_desk: Any, key: str | None) -> None:
    """Not while its body is still on the way; and not at all where somebody has moved it meanwhile."""
    held: list[Any] = []

    def hold(route: Any) -> None:
        held.append(route)

    deep_moving_desk.page.route("**/api/repetition?*", hold)
    page = deep_moving_desk.open_lab()
    place = page.get_by_label("Place in the repetition")
    page.wait_for_timeout(300)
    assert place.input_value() == "0"
    if key:
        page.keyboard.press(key)
    held[0].continue_()
    page.locator(".figure canvas.posed").wait_for()
    if key:
        page.wait_for_timeout(500)
        assert place.input_value() == "0.02"
    else:
        page.get_by_role("button", name="Pause").wait_for()


def test_without_motion_there_are_three_poses(either: Any) -> None:
    """Start, middle and finish instead of a film; space goes from one to the next."""
    page = either.open_lab()
    place = page.get_by_label("Place in the repetition")
    assert place.input_value() == "0.5"
    page.get_by_role("button", name="Finish").click()
    assert place.input_value() == "1"
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press(" ")
    assert place.input_value() == "0"
    assert page.get_by_role("button", name="Start").get_attribute("aria-pressed") == "true"


def test_every_control_is_reached_by_tab(desk: Any) -> None:
    """From the top of the page, Tab passes the set-up, the scrubber and the answer, and is always seen."""
    page = desk.open_lab()
    seen: set[str] = set()
    for _ in range(70):
        page.keyboard.press("Tab")
        seen.add(
            str(
                page.evaluate("document.activeElement.ariaLabel || document.activeElement.textContent.trim()")
            )
        )
    assert {"Skip to the content", "Slack band in use: more", "Middle", "Why"} <= seen


def test_three_set_ups_are_compared(desk: Any) -> None:
    """Side by side with one scale; a number key picks one, and opens it in the Lab."""
    page = desk.open("/#/compare")
    page.get_by_role("button", name="Show an example").click()
    page.locator(".plot.effort canvas").nth(2).wait_for()
    assert page.locator(".column .chip").count() == 3
    page.keyboard.press("2")
    assert "Bent-over dumbbell row" in page.locator(".column.picked").inner_text()
    said = page.get_by_test_id("differences")
    said.nth(1).wait_for()
    assert "B asks" in said.first.inner_text()
    assert page.locator(".over polyline").count() == 6
    link = page.evaluate("location.href")
    page.reload()
    page.locator(".plot.effort canvas").nth(2).wait_for()
    assert page.evaluate("location.href") == link
    page.locator(".column").nth(1).get_by_role("link", name="Open in the Lab").click()
    page.get_by_test_id("headline").wait_for()
    assert page.title().startswith("Bent-over dumbbell row")


def test_the_alternative_is_one_tap_away(desk: Any) -> None:
    """What would be better opens with its own loads."""
    page = desk.open_lab()
    page.get_by_role("button", name="Try it").first.click()
    page.wait_for_function("() => !document.title.startsWith('Bent-over band row')")
    assert page.locator(".setup").get_by_role("spinbutton").count() > 1


def test_better_comes_from_what_one_owns(desk: Any) -> None:
    """Somebody says what they own, finds set-ups of it alone, tries one and takes it back."""
    page = desk.open_lab()
    page.get_by_role("button", name="Better with what you own").click()
    page.get_by_role("link", name="Say what you own").click()
    page.get_by_text("Add a band to begin.").wait_for()
    page.get_by_role("button", name="+ Band", exact=True).click()
    page.get_by_role("button", name="+ Band", exact=True).click()
    page.get_by_label("Band", exact=True).nth(1).select_option("rogue-monster-1")
    page.get_by_role("button", name="How many: more").nth(1).click()
    page.get_by_role("button", name="+ Door", exact=True).click()
    page.get_by_role("link", name="Back to the Lab").click()
    found = page.get_by_role("region", name=re.compile("Best with what you own"))
    found.get_by_role("button", name="Any exercise").click()
    tries = found.get_by_role("button", name="Try it")
    # The set-up comes into the address with its answer, which may come after the first finds.
    page.wait_for_function("() => location.hash.includes('exercise=')")
    for one in (0, 1):
        before = page.evaluate("location.hash")
        tries.nth(one).click()
        page.wait_for_function("was => location.hash !== was", arg=before)
        bands = set(re.findall(r"\.band=([\w-]+)", page.evaluate("location.hash")))
        assert bands <= {"rogue-monster-3", "rogue-monster-1"}
        assert re.search(r"\d set-ups judged", found.inner_text())
        page.get_by_role("button", name="Undo").click()
        page.wait_for_function("was => location.hash === was", arg=before)


def test_what_one_owns_is_kept_and_changes_are_undone(desk: Any) -> None:
    """A thing removed by mistake comes back, and all of it is there after a reload."""
    page = desk.open("/#/gear")
    page.get_by_role("button", name="+ Door", exact=True).click()
    page.get_by_role("button", name="+ Weight", exact=True).click()
    page.get_by_label("Kind").select_option("kettlebell")
    page.get_by_role("button", name="Weight: more").click()
    kettlebell = page.get_by_role("group", name="Kettlebell 11 kg")
    kettlebell.get_by_role("button", name="Remove").click()
    page.get_by_text("No weights yet.").wait_for()
    page.keyboard.press("Control+z")
    kettlebell.wait_for()
    page.reload()
    kettlebell.wait_for()
    page.get_by_text("door, 10 cm, 100 cm and 200 cm above the floor").wait_for()


def test_a_band_of_ones_own_is_weighed_and_unweighed(desk: Any) -> None:
    """Readings of a scale take a listed band's place, change the load, travel in the link, and can be undone."""
    page = desk.open_lab()
    listed = load_now(page)
    page.get_by_role("button", name="Weigh it yourself").click()
    reading = page.get_by_role("group", name="Reading 2")
    more = reading.get_by_role("button", name="Scale showed: more")
    for _ in range(6):
        more.click()
    page.wait_for_function("() => location.hash.includes('readings.1.force_n')")
    page.wait_for_function(
        "was => document.querySelector('[data-testid=load-now]').textContent !== was", arg=listed
    )
    page.get_by_text("You weighed").or_(page.get_by_text("measured")).first.wait_for()
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("button", name="Weigh it yourself").wait_for()
    page.wait_for_function(
        "was => document.querySelector('[data-testid=load-now]').textContent === was", arg=listed
    )
    page.get_by_role("button", name="Weigh it yourself").click()
    page.get_by_role("button", name="Back to a listed band").click()
    page.get_by_role("button", name="Weigh it yourself").wait_for()


def test_what_cannot_be_done_is_said_and_undone(desk: Any) -> None:
    """A band stretched beyond its limit is refused in the server's words, and one tap goes back."""
    page = desk.open_lab(FACE_PULL + FAR)
    before = page.get_by_test_id("headline").inner_text()
    page.evaluate("location.hash = location.hash.replace('x_m=2.1', 'x_m=5.9')")
    refusal = page.get_by_role("alert")
    refusal.wait_for()
    assert "band" in refusal.inner_text()
    refusal.get_by_role("button", name="Undo the last change").click()
    refusal.wait_for(state="detached")
    assert page.get_by_test_id("headline").inner_text() == before
    desk.troubles.clear()  # a browser reports the refusal itself


def test_units_and_colours_are_kept(desk: Any) -> None:
    """Pounds, inches and the dark theme outlast a reload."""
    page = desk.open_lab()
    page.get_by_role("button", name="Units and colours").click()
    page.get_by_text("lb, in").click()
    page.get_by_text("Dark", exact=True).click()
    assert load_now(page).endswith("lb")
    page.evaluate("location.hash = '#/exercises/single-arm-dumbbell-row-forward-band'")
    page.get_by_text("8 in above the floor, about 43.5 in ahead").wait_for()
    page.evaluate("location.hash = '#/'")
    page.reload()
    page.get_by_test_id("headline").wait_for()
    assert load_now(page).endswith("lb")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert spin(page, "Height").inner_text() == "5 ft 11 in"


def test_the_computed_strength_lies_beneath_a_coachs(desk: Any) -> None:
    """It is drawn dotted, and said, where another curve is used instead."""
    page = desk.open_lab()
    assert page.get_by_text("dotted", exact=False).count() == 0
    page.get_by_text("Coach’s", exact=True).click()
    page.get_by_text("dotted: as computed for your size").wait_for()
    page.get_by_text("The curves in words").click()
    page.get_by_text("The computed strength").wait_for()


ILL = """() => {
  window.well = window.fetch
  const health = { status: 'failed', version: '0', ready: false, failure: 'OSError: no room', client: true }
  window.fetch = async (path, init) =>
    path.includes('/api/health') ? Response.json(health)
      : path.includes('/api/analyse') ? Response.json({ message: 'Failed.' }, { status: 500 })
      : window.well(path, init)
}"""
"""A server whose engine could not be loaded, as the page sees it; its worker would hide a routed request."""


def test_an_engine_that_cannot_be_loaded_is_said(desk: Any) -> None:
    """What the server's health tells stands there instead of a verdict that never comes."""
    page = desk.open_lab()
    page.evaluate(ILL)
    page.get_by_role("button", name="Height: more").click()
    trouble = page.get_by_role("alert")
    trouble.wait_for()
    assert "The solver could not be loaded: OSError: no room" in trouble.inner_text()
    page.evaluate("window.fetch = window.well")
    trouble.get_by_role("button", name="Try again").click()
    trouble.wait_for(state="detached")


def test_a_picture_is_saved(desk: Any) -> None:
    """It is a PNG named after the exercise."""
    page = desk.open_lab()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save a picture").click()
    assert waiting.value.suggested_filename == "bandwright-bent-over-band-row.png"
    assert waiting.value.path().read_bytes().startswith(b"\x89PNG")


def test_exercises_are_filtered(desk: Any) -> None:
    """By muscle, gear and intent; none left offers to clear."""
    page = desk.open("/#/exercises")
    page.get_by_role("status").wait_for()
    page.get_by_label("Gear").select_option(label="Kettlebell")
    assert page.locator("li h2").count() >= 3
    page.get_by_label("Words").fill("face")
    page.get_by_role("button", name="Clear the filters").click()
    assert page.locator("li h2").count() > 20


def test_a_lost_connection_is_survived(desk: Any) -> None:
    """Offline, the page says so, keeps what it shows and answers again later."""
    page = desk.open_lab()
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    before = page.get_by_test_id("headline").inner_text()
    page.context.set_offline(offline=True)
    page.get_by_role("button", name="Height: more").click()
    page.get_by_text("No answer").wait_for()
    assert page.get_by_test_id("headline").inner_text() == before
    assert spin(page, "Height").inner_text() == "181 cm"
    page.context.set_offline(offline=False)
    page.get_by_text("No answer").wait_for(state="detached")
    desk.troubles.clear()  # a browser reports the lost connection itself


def test_a_reload_works_without_a_server(mortal: Any) -> None:
    """Page, figure, verdict and curves come back as they were, and it says that they were kept."""
    visit, server = mortal
    page = visit.open_lab()
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    page.reload()
    page.locator(".figure canvas.posed").wait_for()
    said = page.get_by_test_id("headline").inner_text()
    server.terminate()
    server.wait()
    page.reload()
    page.get_by_text("You are offline").wait_for()
    page.get_by_test_id("headline").wait_for()
    assert page.get_by_test_id("headline").inner_text() == said
    page.locator(".figure canvas.posed").wait_for()
    page.locator(".plot.effort canvas").wait_for()
    # The first picture nobody asked for before is asked for in vain, and no other after it.
    with page.expect_console_message(lambda said: said.location["url"].endswith("/poses")):
        page.get_by_role("link", name="Exercises").click()
    page.locator("li h2").first.wait_for()
    assert page.locator("li h2").count() > 20
    visit.troubles.clear()  # a browser reports every question that was not answered


def test_the_figure_stands_there(deep_desk: Any) -> None:
    """The 3D figure takes the flat one's place where it can be drawn, and can be turned."""
    page = deep_desk.open_lab()
    page.locator(".figure canvas.posed").wait_for()
    page.get_by_role("group", name="View").get_by_role("button", name="Back").click()
    assert page.locator(".figure .still").count() == 0


def test_without_3d_a_flat_figure_moves(desk: Any) -> None:
    """A device that cannot draw it shows strokes at the same instant."""
    page = desk.open_lab()
    still = page.locator(".figure .still svg")
    before = still.inner_html()
    page.keyboard.press("ArrowRight")
    page.wait_for_function(
        "was => document.querySelector('.figure .still svg').innerHTML !== was", arg=before
    )
