"""How a muscle's force changes with the length and speed of its fibres (curves and constants: Thelen2003)."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

FORCE_LENGTH_SHAPE: Final = 0.45
"""Shape factor of the active force–length curve (Thelen2003) [-]."""

PASSIVE_SHAPE: Final = 5.0
"""Exponential shape factor of the passive curve (Thelen2003) [-]."""

PASSIVE_STRAIN: Final = 0.6
"""Strain beyond the optimum at which a young adult's relaxed fibres pull with the full stress (Thelen2003) [-]."""

FASTEST_SHORTENING: Final = 10.0
"""Optimal fibre lengths per second at which a young adult's fibres shorten without force (Thelen2003) [1/s]."""

FORCE_VELOCITY_SHAPE: Final = 0.25
"""Shape factor of the force–velocity curve (Thelen2003) [-]."""

GREATEST_LENGTHENING_FORCE: Final = 1.4
"""Force a young adult's lengthening fibres come up to, over isometric (Thelen2003) [-]."""


def active_force_length(fibre_norm: Array) -> Array:
    """Share of maximal force a muscle can give at a fibre length over its optimum (…) [-]."""
    return np.asarray(np.exp(-((fibre_norm - 1.0) ** 2) / FORCE_LENGTH_SHAPE))


def active_force_length_slope(fibre_norm: Array) -> Array:
    """Derivative of the logarithm of `active_force_length` by fibre length over its optimum (…) [-]."""
    return np.asarray(-2.0 * (fibre_norm - 1.0) / FORCE_LENGTH_SHAPE)


def passive_force_length(fibre_norm: Array) -> Array:
    """Pull of relaxed fibres over that at `PASSIVE_STRAIN` (…) [-]: 0 up to the optimum, then exponential.

    Beyond that strain the curve goes on along its tangent, since no muscle was measured there.
    """
    strain = np.maximum(fibre_norm - 1.0, 0.0) / PASSIVE_STRAIN
    top = np.expm1(PASSIVE_SHAPE)
    tangent = PASSIVE_SHAPE * np.exp(PASSIVE_SHAPE) / top
    return np.asarray(
        np.expm1(PASSIVE_SHAPE * np.minimum(strain, 1.0)) / top + tangent * np.maximum(strain - 1.0, 0.0)
    )


def force_velocity(speed: Array) -> Array:
    """Force of fully active fibres over isometric (…) [-].

    Args:
        speed: lengthening speed of the fibres over the fastest shortening (…) [-]; below 0 when they shorten.
    """
    shape, most = FORCE_VELOCITY_SHAPE, GREATEST_LENGTHENING_FORCE
    shortening, lengthening = np.clip(speed, -1.0, 0.0), np.maximum(speed, 0.0)
    slope = 2.0 + 2.0 / shape
    eccentric = (most - 1.0 + slope * most * lengthening) / (most - 1.0 + slope * lengthening)
    return np.where(speed > 0.0, eccentric, (1.0 + shortening) / (1.0 - shortening / shape))
