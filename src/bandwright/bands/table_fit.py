"""A table law straight through scale readings, with how sure it is and which reading to take next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from bandwright.bands.band import FORCE_SPREAD
from bandwright.bands.certainty import FitOptions
from bandwright.bands.readings import Reading, missing_problems, row_problems
from bandwright.bands.table_law import FEWEST_POINTS, TableLaw, rising_curve, rising_problems, too_few_points
from bandwright.errors import InputError, Problem
from bandwright.numerics.arrays import FloatArray, read_only

DEFAULT_OPTIONS: Final = FitOptions()

HALVING: Final = 4.0
"""A monotone cubic errs by at least the square of the spacing: twice the points, a quarter of the error [-]."""


@dataclass(frozen=True, slots=True, eq=False)
class TableFit:
    """A table law through readings, in the terms of `Fit`."""

    law: TableLaw
    """Law of one strand."""
    rest_length_m: float
    """Whole length of the band at rest, as measured [m]."""
    readings: tuple[Reading, ...]
    force_spread: float
    """Relative standard deviation of the force within the table [-]."""
    next_reading_stretch: float
    """Middle of the widest gap between points [-]."""
    warnings: tuple[Problem, ...] = ()

    @property
    def given_rest_length_m(self) -> float:
        """Rest length as measured by the person; a table does not move it [m]."""
        return self.rest_length_m

    @property
    def residuals(self) -> FloatArray:
        """Law over read force, minus 1, per reading: none, since the table goes through them [-]."""
        return read_only(np.zeros(len(self.readings)))

    @property
    def measured_to_stretch(self) -> float:
        """Largest stretch with a reading [-]."""
        return self.law.measured_to_stretch


def table_through(
    readings: Sequence[Reading], rest_length_m: float, options: FitOptions = DEFAULT_OPTIONS
) -> TableFit:
    """The table law that goes through readings, in whatever order they were taken.

    Args:
        readings: distance between the ends, force and number of strands, two or more.
        rest_length_m: whole length of the band at rest; for a loop its circumference [m].
        options: errors of scale and tape; the largest stretch accepted.

    Raises:
        InputError: readings that cannot be, too few, repeated or falling ones; all of them listed.
    """
    named = {f"readings[{row}]": reading for row, reading in enumerate(readings)}
    problems = reading_table_problems(named, rest_length_m, options.max_stretch)
    if problems:
        raise InputError(*problems)
    taken = sorted(readings, key=lambda one: one.stretch(rest_length_m))
    stretches = np.array([one.stretch(rest_length_m) for one in taken])
    tensions = np.array([one.force_n / one.strands for one in taken])
    law = TableLaw(stretches, tensions)
    lengths = np.array([one.length_m for one in taken])
    edges = np.concatenate(([1.0], stretches))
    widest = int(np.argmax(np.diff(edges)))
    return TableFit(
        law=law,
        rest_length_m=rest_length_m,
        readings=tuple(readings),
        force_spread=_force_spread(law, lengths, options),
        next_reading_stretch=float(0.5 * (edges[widest] + edges[widest + 1])),
    )


def reading_table_problems(
    readings: Mapping[str, Reading], rest_length_m: float, max_stretch: float = DEFAULT_OPTIONS.max_stretch
) -> list[Problem]:
    """Everything that keeps readings, each under its name, from being a table."""
    missing = missing_problems(len(readings), rest_length_m)
    if missing:
        return missing
    wrong = {
        name: row_problems(name, reading, rest_length_m, max_stretch) for name, reading in readings.items()
    }
    points = {
        name: (reading.stretch(rest_length_m), reading.force_n / reading.strands)
        for name, reading in readings.items()
        if not wrong[name]
    }
    few = [too_few_points(len(readings))] if len(readings) < FEWEST_POINTS else []
    return [*(problem for row in wrong.values() for problem in row), *few, *rising_problems(points)]


def _force_spread(law: TableLaw, lengths_m: FloatArray, options: FitOptions) -> float:
    """Error of the readings and of the curve between them, never under what readings are worth [-]."""
    slope = law.stiffness_n(law.stretches) * law.stretches / law.tensions_n
    noise = options.scale_sd**2 + (slope * options.length_sd_m / lengths_m) ** 2
    spread = float(np.sqrt(np.mean(noise) + _between(law) ** 2))
    return max(spread, FORCE_SPREAD["measured"])


def _between(law: TableLaw) -> float:
    """Error of the curve between points: how far it misses a point left out, with half as many points [-]."""
    stretches, tensions = law.stretches, law.tensions_n
    misses = []
    for left_out in range(len(stretches) - 1):
        kept = np.arange(len(stretches)) != left_out
        guess = float(rising_curve(stretches[kept], tensions[kept])(stretches[left_out]))
        misses.append(np.log(guess / tensions[left_out]) / HALVING)
    return float(np.sqrt(np.mean(np.square(misses))))
