"""The glenoid cone: how far sideways the humeral head may be pushed before it leaves its socket."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bandwright.body import Anatomy
from bandwright.body.frames import isb_frames
from bandwright.body.rotations import unit

Array = NDArray[np.float64]

STABILITY_UP_DOWN: Final = 0.61
"""Greatest shear over compression up or down (Hasan2025 ellipse) [-]."""

STABILITY_FRONT_BACK: Final = 0.34
"""Greatest shear over compression forward or backward (Hasan2025 ellipse) [-]."""

FACETS: Final = 8
"""Sides of the polygon laid round the ellipse."""

FACET_NAMES: Final = (
    "glenoid_up",
    "glenoid_up_front",
    "glenoid_front",
    "glenoid_down_front",
    "glenoid_down",
    "glenoid_down_back",
    "glenoid_back",
    "glenoid_up_back",
)
"""Which way the head would slip when a facet is reached."""


@dataclass(frozen=True, slots=True)
class GlenoidCone:
    """Facet normals (8, 3) in scapula axes: a force f on the head is stable while facets @ f ≤ 0."""

    facets: Array
    outward: Array


def glenoid_cone(anatomy: Anatomy) -> GlenoidCone:
    """The cone of one anatomy: axis from glenoid centre to head centre (BelliIK2023), limits of Hasan2025."""
    centre = anatomy.landmarks["Glenoid_Center"].position_m
    outward = unit(anatomy.joints["glenohumeral"].parent_offset_m - centre)
    up = isb_frames(anatomy).scapula[:, 1]
    up = unit(up - (up @ outward) * outward)
    # x is forward in scapula axes on both sides, since the left side is mirrored.
    front = np.cross(up, outward)
    angles = np.arange(FACETS) * 2 * np.pi / FACETS
    towards = np.outer(np.cos(angles), up) + np.outer(np.sin(angles), front)
    ratio = np.hypot(STABILITY_UP_DOWN * np.cos(angles), STABILITY_FRONT_BACK * np.sin(angles))
    return GlenoidCone(towards + ratio[:, None] * outward, outward)
