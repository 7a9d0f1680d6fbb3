"""Scale readings of a band, and what is wrong with them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bandwright.errors import InputError, Problem, unknown_name
from bandwright.units import NEWTON_PER_UNIT, newtons

LENGTH_TOLERANCE: Final = 0.03
"""A reading taken at the limit may come out this far over it, since lengths are not known better [-]."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a scale showed with the ends of the band a known distance apart."""

    length_m: float
    """Distance between the two ends [m]."""
    force_n: float
    """All strands together [N]."""
    strands: int = 1
    """Strands side by side between the ends: 1 for an open band, 2 for a loop over two hooks."""

    def stretch(self, rest_length_m: float) -> float:
        """Stretch of each strand of a band whose whole length at rest is `rest_length_m` [-]."""
        return self.strands * self.length_m / rest_length_m


def scale_reading(length_m: float, value: float, unit: str, strands: int = 1) -> Reading:
    """A reading from a scale that shows ``N``, ``kg`` or ``lb``.

    Raises:
        InputError: the unit is not one of these.
    """
    if unit not in NEWTON_PER_UNIT:
        raise InputError(unknown_name("unit", unit, tuple(NEWTON_PER_UNIT), hint='Example: unit = "kg".'))
    return Reading(length_m, newtons(value, unit), strands)


def reading_problems(readings: Sequence[Reading], rest_length_m: float, max_stretch: float) -> list[Problem]:
    """Everything that makes readings unusable, each with the index of its row."""
    return missing_problems(len(readings), rest_length_m) or [
        problem
        for row, reading in enumerate(readings)
        for problem in row_problems(f"readings[{row}]", reading, rest_length_m, max_stretch)
    ]


def missing_problems(count: int, rest_length_m: float) -> list[Problem]:
    """What hinders a look at each reading: no usable rest length, or no reading at all."""
    if not (math.isfinite(rest_length_m) and rest_length_m > 0.0):
        said = f"The rest length is {rest_length_m:g} m."
        hint = "Lay the band straight without tugging it and measure it, e.g. 2.08 for a 41 in loop."
        return [Problem("bad-rest-length", said, ("a positive length in metres",), hint=hint)]
    if count == 0:
        hint = "Read a scale at 1.5 and at 2.5 times the rest length."
        return [Problem("no-readings", "No scale reading is given.", ("one or more",), hint=hint)]
    return []


def row_problems(path: str, reading: Reading, rest_length_m: float, max_stretch: float) -> list[Problem]:
    """Everything that makes one reading unusable, by the name `path` of its row."""
    problems = []
    if not (math.isfinite(reading.force_n) and reading.force_n > 0.0):
        said = f"The force is {reading.force_n:g} N."
        hint = "Leave out readings at which the band is slack."
        problems.append(Problem("bad-force", said, ("above 0",), hint=hint, path=f"{path}.force_n"))
    if reading.strands < 1:
        said = f"The number of strands is {reading.strands}."
        hint = "A loop over two hooks has 2."
        problems.append(Problem("bad-strands", said, ("1 or more",), hint=hint, path=f"{path}.strands"))
    else:
        problems += _length_problems(f"{path}.length_m", reading, rest_length_m, max_stretch)
    return problems


def _length_problems(path: str, reading: Reading, rest_length_m: float, max_stretch: float) -> list[Problem]:
    stretch, rest = reading.stretch(rest_length_m), rest_length_m / reading.strands
    if 1.0 < stretch <= max_stretch * (1.0 + LENGTH_TOLERANCE):
        return []
    said = (
        f"The length is {reading.length_m:g} m, {stretch:.2f} times "
        f"the {rest:.3g} m that each of {reading.strands} strand(s) has at rest."
    )
    allowed = (f"above {rest:.3g} and at most {max_stretch * rest:.3g} m",)
    hint = "Check the rest length (a loop's is its circumference) and the number of strands."
    return [Problem("bad-length", said, allowed, hint=hint, path=path)]
