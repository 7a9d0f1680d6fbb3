"""A strand law from scale readings, with how sure it is and which reading to take next."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import least_squares

from bandwright.bands.certainty import (
    JUDGED_STRETCHES,
    FitOptions,
    Task,
    fit_task,
    log_force,
    next_reading_stretch,
    posterior_covariance,
    relative_spread,
)
from bandwright.bands.law import MIN_SHAPE, MartinRothStiehler
from bandwright.bands.readings import Reading, reading_problems
from bandwright.errors import InputError, Problem
from bandwright.numerics.arrays import FloatArray, read_only

WORST_RESIDUAL: Final = 0.05
"""Relative miss of a reading from which a check reading is asked for [-]."""

NOT_RUBBER: Final = 0.10
"""Relative miss from which the band itself may not be rubber; charted ones follow the law
within 5 % (TB-MAN-ES, HEXROX, JUMPSTR) [-]."""

LEAST_STRETCH: Final = 1.005
"""Rest length is never moved so far that a reading would lie nearer to slack than this [-]."""


DEFAULT_OPTIONS: Final = FitOptions()


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """A law fitted to readings, with its evidence."""

    law: MartinRothStiehler
    """Law of one strand."""
    rest_length_m: float
    """Whole length of the band at rest, moved within the nudge when two or more readings allow it [m]."""
    given_rest_length_m: float
    """Rest length as measured by the person [m]."""
    readings: tuple[Reading, ...]
    residuals: FloatArray
    """Fitted over read force, minus 1, per reading [-]."""
    covariance: FloatArray
    """Of (ln M, A, ln rest length), [3, 3]."""
    next_reading_stretch: float
    """Stretch at which one more reading would narrow the spread most [-]."""
    warnings: tuple[Problem, ...]

    @property
    def worst_residual(self) -> float:
        """The largest relative miss of a reading [-]."""
        return float(np.max(np.abs(self.residuals)))

    @property
    def unlike_rubber(self) -> bool:
        """Whether the readings miss the law so far that a table of them may serve better."""
        return self.worst_residual > NOT_RUBBER

    @property
    def measured_to_stretch(self) -> float:
        """Largest stretch with a reading [-]."""
        return max(reading.stretch(self.rest_length_m) for reading in self.readings)

    def spread(self, stretch: ArrayLike) -> FloatArray:
        """Relative standard deviation of the force at a stretch of the measured rest length [-]."""
        return relative_spread(np.asarray(stretch, dtype=np.float64), self.law.a, self.covariance)

    @property
    def force_spread(self) -> float:
        """Relative standard deviation of the force, root mean square over 25 to 200 % elongation [-]."""
        return float(np.sqrt(np.mean(self.spread(JUDGED_STRETCHES) ** 2)))


def fit_band(readings: Sequence[Reading], rest_length_m: float, options: FitOptions = DEFAULT_OPTIONS) -> Fit:
    """The Martin-Roth-Stiehler law of one strand that best explains the readings, given what bands are like.

    Least squares on the logarithm of force, with a normal prior on A and, from two readings on, one on the
    rest length, which then may move within the nudge.

    Args:
        readings: distance between the ends, force and number of strands, one or more.
        rest_length_m: whole length of the band at rest; for a loop its circumference [m].
        options: priors and errors.

    Raises:
        InputError: readings that cannot be (all of them listed), or a fit that does not rise everywhere.
    """
    problems = reading_problems(readings, rest_length_m, options.max_stretch)
    if problems:
        raise InputError(*problems)
    if len(readings) == 1 and math.isinf(options.prior_sd):
        said = "One reading cannot give both the stiffness and the shape of a law."
        raise InputError(Problem("too-few-readings", said, ("two or more, or a finite prior_sd",)))
    task = fit_task(readings, rest_length_m, options)
    log_m, shape, shift = _solve(task, options)
    if shape < MIN_SHAPE:
        raise InputError(_too_flat(shape))
    covariance = posterior_covariance(task, shape, shift)
    residuals = np.exp(log_force(task.stretch, log_m, shape, shift) - task.log_tension) - 1.0
    return Fit(
        law=MartinRothStiehler(math.exp(log_m), shape),
        rest_length_m=rest_length_m * math.exp(shift),
        given_rest_length_m=rest_length_m,
        readings=tuple(readings),
        residuals=read_only(residuals),
        covariance=read_only(covariance),
        next_reading_stretch=next_reading_stretch(readings[0], rest_length_m, shape, covariance, options),
        warnings=_warnings(residuals),
    )


def _solve(task: Task, options: FitOptions) -> tuple[float, float, float]:
    """Ln M, A and ln of (fitted / given rest length) at the least sum of squared, weighted misses."""
    # One reading cannot tell a stiffer band from a shorter one, so the length stays as measured.
    free = options.nudge > 0.0 and task.stretch.size >= 2
    most = min(math.log1p(options.nudge), math.log(float(np.min(task.stretch)) / LEAST_STRETCH))
    least = -math.log1p(options.nudge)

    def misses(x: FloatArray) -> FloatArray:
        shift = float(x[2]) if free else 0.0
        at_readings = (log_force(task.stretch, x[0], x[1], shift) - task.log_tension) / task.sd
        priors = [(x[1] - options.prior_a) / task.shape_sd, shift / task.shift_sd if free else 0.0]
        return np.concatenate((at_readings, priors))

    free = free and most > least
    start = float(np.mean(task.log_tension - log_force(task.stretch, 0.0, options.prior_a, 0.0)))
    first = [start, options.prior_a, min(0.0, 0.5 * (least + most))] if free else [start, options.prior_a]
    lower = [-np.inf, -np.inf, least] if free else [-np.inf, -np.inf]
    upper = [np.inf, np.inf, most] if free else [np.inf, np.inf]
    found = least_squares(misses, first, bounds=(lower, upper), xtol=1e-12, ftol=1e-12, gtol=1e-12)
    return float(found.x[0]), float(found.x[1]), float(found.x[2]) if free else 0.0


def _warnings(residuals: FloatArray) -> tuple[Problem, ...]:
    worst = int(np.argmax(np.abs(residuals)))
    if abs(residuals[worst]) <= WORST_RESIDUAL:
        return ()
    said = f"Reading {worst + 1} is {abs(residuals[worst]):.0%} off the fitted curve."
    count = "a third" if residuals.size <= 2 else "another"
    hint = f"Take {count} reading, and check the lengths, the number of strands and the rest length."
    if abs(residuals[worst]) > NOT_RUBBER:
        hint += " If they are right, the band does not pull as rubber does (fabric does not): keep a table."
    return (
        Problem("poor-fit", said, (f"at most {WORST_RESIDUAL:.0%}",), hint=hint, path=f"readings[{worst}]"),
    )


def _too_flat(shape: float) -> Problem:
    return Problem(
        "not-a-band",
        f"The readings give a shape of {shape:.2f}; such a curve does not rise everywhere.",
        (f"a shape of at least {MIN_SHAPE}",),
        hint="Check for a mixed-up length, force or number of strands; for a fabric band use a table law.",
    )
