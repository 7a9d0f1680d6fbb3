"""What readings say about a law before and after they are taken: their errors, the spread, the next one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from bandwright.bands.band import MAX_STRETCH, WARN_STRETCH
from bandwright.bands.law import TYPICAL_SHAPE, TYPICAL_SHAPE_SD
from bandwright.bands.readings import Reading
from bandwright.numerics.arrays import FloatArray, read_only

JUDGED_STRETCHES: Final = read_only(np.linspace(1.25, 3.0, 36))
"""Stretches over which the spread of a fit is judged: 25 to 200 % elongation [-]."""

CANDIDATE_STRETCHES: Final = read_only(np.linspace(1.25, WARN_STRETCH, 26))
"""Stretches at which a further reading may be asked for; none beyond the warning limit [-]."""

MODEL_SD: Final = 0.011
"""How far real bands lie from the law itself, relative [-]: rms over the ten-step chart (TB-MAN-ES)."""


@dataclass(frozen=True, slots=True)
class FitOptions:
    """What is believed before the readings, and how good the readings are."""

    prior_a: float = TYPICAL_SHAPE
    prior_sd: float = TYPICAL_SHAPE_SD
    """Spread of the shape A; inf when the readings alone decide [-]."""
    nudge: float = 0.03
    """How far the rest length may move, relative; its own spread is half of that; 0 keeps it [-]."""
    scale_sd: float = 0.015
    """Relative error of one scale reading [-]."""
    length_sd_m: float = 0.005
    """Error of one measured distance [m]."""
    max_stretch: float = MAX_STRETCH
    """Largest stretch accepted in a reading [-]."""


@dataclass(frozen=True, slots=True)
class Task:
    """Readings per strand with their errors, and the spread of the two priors."""

    stretch: FloatArray
    log_tension: FloatArray
    sd: FloatArray
    shape_sd: float
    shift_sd: float


def fit_task(readings: Sequence[Reading], rest_length_m: float, options: FitOptions) -> Task:
    """The readings per strand, with the errors that the options give them."""
    stretch = np.array([reading.stretch(rest_length_m) for reading in readings])
    lengths = np.array([reading.length_m for reading in readings])
    tension = np.array([reading.force_n / reading.strands for reading in readings])
    sd = reading_sd(stretch, lengths, options)
    return Task(stretch, np.log(tension), sd, options.prior_sd, 0.5 * options.nudge)


def reading_sd(stretch: FloatArray, lengths_m: FloatArray, options: FitOptions) -> FloatArray:
    """Error of ln force: scale, law and tape; the tape matters most near the rest length [-]."""
    tape = log_slope(stretch, options.prior_a) * options.length_sd_m / lengths_m
    return np.asarray(np.sqrt(options.scale_sd**2 + MODEL_SD**2 + tape**2))


def log_force(stretch: FloatArray, log_m: float, shape: float, shift: float) -> FloatArray:
    """Logarithm of the tension of a strand whose rest length is exp(shift) times the given one [ln N]."""
    taut = stretch * math.exp(-shift)
    inverse = 1.0 / taut
    return np.asarray(log_m + np.log(inverse - inverse**2) + shape * (taut - inverse))


def log_slope(stretch: FloatArray, shape: float) -> FloatArray:
    """Derivative of ln force by ln stretch [-]."""
    return np.asarray(stretch / (stretch - 1.0) - 2.0 + shape * (stretch + 1.0 / stretch))


def _gradient(stretch: FloatArray, shape: float) -> FloatArray:
    """Derivative of ln force by (ln M, A, ln rest length), [n, 3]."""
    return np.stack((np.ones_like(stretch), stretch - 1.0 / stretch, -log_slope(stretch, shape)), axis=-1)


def posterior_covariance(task: Task, shape: float, shift: float) -> FloatArray:
    """Covariance of (ln M, A, ln rest length); the rest length is unsure even where it is not fitted."""
    rows = _gradient(task.stretch * math.exp(-shift), shape) / task.sd[:, None]
    information = rows.T @ rows
    information[1, 1] += 1.0 / task.shape_sd**2
    if task.shift_sd == 0.0:
        covariance = np.zeros((3, 3))
        covariance[:2, :2] = np.linalg.inv(information[:2, :2])
        return covariance
    information[2, 2] += 1.0 / task.shift_sd**2
    return np.asarray(np.linalg.inv(information))


def relative_spread(stretch: FloatArray, shape: float, covariance: FloatArray) -> FloatArray:
    """Standard deviation of ln force at each stretch, from the parameters and the law itself [-]."""
    rows = _gradient(stretch, shape)
    return np.asarray(np.sqrt(np.einsum("...i,ij,...j->...", rows, covariance, rows) + MODEL_SD**2))


def next_reading_stretch(
    like: Reading, rest_length_m: float, shape: float, covariance: FloatArray, options: FitOptions
) -> float:
    """The stretch whose reading leaves the least mean squared spread (I-optimal) [-]."""
    lengths = CANDIDATE_STRETCHES * rest_length_m / like.strands
    noise = reading_sd(CANDIDATE_STRETCHES, lengths, options)
    left = [
        np.mean(relative_spread(JUDGED_STRETCHES, shape, _after(row, sd, covariance)) ** 2)
        for row, sd in zip(_gradient(CANDIDATE_STRETCHES, shape), noise, strict=True)
    ]
    return float(CANDIDATE_STRETCHES[int(np.argmin(left))])


def _after(row: FloatArray, sd: float, covariance: FloatArray) -> FloatArray:
    """Covariance once a reading with this gradient and error is added."""
    gain = covariance @ row
    return np.asarray(covariance - np.outer(gain, gain) / (sd**2 + row @ gain))
