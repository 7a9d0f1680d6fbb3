"""How fast a repetition runs through its phases when a tempo is given.

The lift follows the minimum-jerk profile s = 10τ³ − 15τ⁴ + 6τ⁵ (FlashHogan1985): it starts and ends at rest.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def phase_rates(phase: Array, lift_s: float) -> tuple[Array, Array]:
    """First [1/s] and second [1/s²] time derivatives of the phase at each phase (K,) for a lift of `lift_s`."""
    fine = np.linspace(0.0, 1.0, 4001)
    tau = np.interp(phase, 10 * fine**3 - 15 * fine**4 + 6 * fine**5, fine)
    rate = (30 * tau**2 - 60 * tau**3 + 30 * tau**4) / lift_s
    acceleration = (60 * tau - 180 * tau**2 + 120 * tau**3) / lift_s**2
    return rate, acceleration


def time_derivatives(by_phase: Array, rates: tuple[Array, Array], step: float) -> tuple[Array, Array]:
    """Velocity and acceleration of a path (K, …) sampled evenly in phase with spacing `step`."""
    slope = np.gradient(by_phase, step, axis=0)
    bend = np.gradient(slope, step, axis=0)
    shape = (-1,) + (1,) * (by_phase.ndim - 1)
    speed, push = (rate.reshape(shape) for rate in rates)
    return slope * speed, bend * speed**2 + slope * push
