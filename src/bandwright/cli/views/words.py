"""Figures in words: kilograms first, places in the range by name."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from bandwright.body import Person
from bandwright.units import kilograms_force

Array = NDArray[np.float64]

INTENT_WORDS: Final = {
    "strength-and-size": "for strength and size",
    "squeeze": "to emphasise the squeeze",
    "direction": "for another direction",
    "assistance": "for assistance",
    "posture": "for posture",
    "shoulder-health": "for shoulder health",
    "travel": "for travel",
}


def kilograms(force_n: float) -> str:
    """How heavy a force feels, e.g. ``6.9 kg``."""
    return f"{kilograms_number(force_n)} kg"


def kilograms_number(force_n: float) -> str:
    """The same without the unit: one decimal under ten, none above."""
    feels = kilograms_force(force_n)
    return f"{feels:.0f}" if round(feels, 1) >= 10.0 else f"{feels:.1f}"


def both_units(force_n: float) -> str:
    """Kilograms first, newtons second, e.g. ``6.9 kg (68 N)``."""
    return f"{kilograms(force_n)} ({force_n:.0f} N)"


def at_three(curve_n: Array) -> str:
    """A force curve at its start, middle and finish, e.g. ``2.0 -> 4.2 -> 6.9 kg``."""
    values = [kilograms_number(float(curve_n[i])) for i in (0, len(curve_n) // 2, -1)]
    return f"{' → '.join(values)} kg"


def person_words(person: Person) -> str:
    """A person in a few words, e.g. ``woman, 165 cm, 60 kg``."""
    word = "woman" if person.sex == "female" else "man"
    return f"{word}, {100 * person.stature_m:.0f} cm, {person.mass_kg:.0f} kg"
