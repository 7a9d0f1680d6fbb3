"""The scapula gliding on the thoracic ellipsoid (Seth2015), in closed form.

The moving frame turns by Ry(abduction)·Rx(−elevation)·Rz(upward rotation)·Ry(winging) and its origin sits on
the ellipsoid at radii ∘ [Ry(abduction)·Rx(−elevation)·e_z].
"""

from __future__ import annotations

import numpy as np

from bandwright.body.anatomy import Vector


def glide(radii_m: Vector, abduction: float, elevation: float) -> Vector:
    """Origin of the moving frame on the ellipsoid (3,) [m]."""
    direction = np.array(
        [
            np.sin(abduction) * np.cos(elevation),
            np.sin(elevation),
            np.cos(abduction) * np.cos(elevation),
        ]
    )
    on_ellipsoid: Vector = radii_m * direction
    return on_ellipsoid


def glide_gradient(radii_m: Vector, abduction: float, elevation: float) -> Vector:
    """Derivative of `glide` by (abduction, elevation), shape (3, 2) [m/rad]."""
    by_abduction = [np.cos(abduction) * np.cos(elevation), 0.0, -np.sin(abduction) * np.cos(elevation)]
    by_elevation = [
        -np.sin(abduction) * np.sin(elevation),
        np.cos(elevation),
        -np.cos(abduction) * np.sin(elevation),
    ]
    gradient: Vector = radii_m[:, None] * np.column_stack([by_abduction, by_elevation])
    return gradient
