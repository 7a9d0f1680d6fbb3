"""Figures in sentences: templates whose places are filled in as a person reads numbers, in kilograms or pounds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from string import Formatter
from typing import Final, Literal

from bandwright.units import KILOGRAM_PER_POUND, METRE_PER_INCH

Figure = float | str
"""A number in SI units (forces in kg when the name says so), or a word."""

Figures = Mapping[str, Figure]

Units = Literal["metric", "imperial"]
"""How weights and lengths are told."""


def placeholders(template: str) -> Iterator[tuple[str, str]]:
    """Name and format of each figure a template names.

    Raises:
        ValueError: a brace is not closed.
    """
    for _, name, form, _ in Formatter().parse(template):
        if name is not None:
            yield name, form or ""


def render(template: str, figures: Figures, units: Units = "metric") -> str:
    """The template with its figures filled in; a missing figure reads as a dash."""
    parts = []
    for text, name, form, _ in Formatter().parse(template):
        value = figures.get(name) if name is not None else ""
        parts.append(text + ("–" if value is None else shown(value, form or "", units)))
    return "".join(parts)


def sentence(template: str, figures: Figures, units: Units = "metric") -> str:
    """The template filled in, with a capital first letter whatever it starts with."""
    said = render(template, figures, units)
    return said[:1].upper() + said[1:]


def shown(value: Figure, form: str, units: Units = "metric") -> str:
    """A figure as a person reads it."""
    if isinstance(value, str):
        return value
    written = IN_POUNDS.get(form, FORMATS[form]) if units == "imperial" else FORMATS[form]
    return written(value)


def _weight(value: float, unit: str = "kg") -> str:
    """A force that feels like so many kilograms: one decimal only where whole ones would hide the size."""
    rounded = f"{value:.1f}".removesuffix(".0") if value < SMALL_KG else f"{value:.0f}"
    return "nothing" if rounded in {"0", "-0"} else f"{rounded} {unit}"


def _pounds(value: float) -> str:
    return _weight(value / KILOGRAM_PER_POUND, "lb")


def _percent(value: float) -> str:
    """A share in whole percent; little is told from nothing."""
    return "under 1 %" if NOTHING < value < 0.005 else f"{100 * value:.0f} %"


NOTHING: Final = 1e-4
"""A share below this is written as 0 % [-]."""

SMALL_KG: Final = 3.0
"""Below this a weight is shown with one decimal, in pounds too [kg]."""

FORMATS: Final[Mapping[str, Callable[[float], str]]] = {
    "": lambda value: f"{value:.0f}",
    "kg": _weight,
    "number": lambda value: _weight(value).removesuffix(" kg"),
    "%": _percent,
    "times": lambda value: f"{value:.1f} times",
    "cm": lambda value: f"{100 * value:.0f} cm",
}
"""Ways to write a number; words take none."""

IN_POUNDS: Final[Mapping[str, Callable[[float], str]]] = {
    "kg": _pounds,
    "number": lambda value: _pounds(value).removesuffix(" lb"),
    "cm": lambda value: f"{value / METRE_PER_INCH:.0f} in",
}
"""The same where weights are told in pounds and lengths in inches."""

PLACES: Final = (
    (0.15, "at the start"),
    (0.40, "early in the pull"),
    (0.60, "in the middle"),
    (0.85, "late in the pull"),
    (1.01, "at the finish"),
)
"""Upper end of each part of the range, and what it is called."""


def place(phase: float) -> str:
    """Where in the repetition a phase is."""
    return next(word for end, word in PLACES if phase < end)


def percent(share: float) -> str:
    """A share in percent, e.g. ``82 %``."""
    return f"{100 * share:.0f} %"
