"""What the tests of the Lab look at and link to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

FACE_PULL = (
    "/#/?v=1&exercise=face-pull&intent=posture&person.sex=female&person.stature_m=1.65&person.mass_kg=60"
)
FAR = "&load.0.id=band&load.0.kind=band&load.0.band=rogue-monster-1&load.0.from.x_m=2.1&load.0.from.z_m=1.45"


def spin(page: Page, name: str) -> Any:
    """The value of a control."""
    return page.get_by_role("spinbutton", name=name, exact=True)


def load_now(page: Page) -> str:
    """What the set-up asks at the instant shown."""
    return page.get_by_test_id("load-now").inner_text()


def painted(page: Page) -> str:
    """The picture of the curves, as text."""
    return str(page.evaluate("document.querySelector('.plot.force canvas').toDataURL()"))
