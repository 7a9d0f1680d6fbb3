"""Where hips, knees and feet are: the posture that carries the trunk through a repetition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bandwright.body import Proportions
from bandwright.movements.movement import Posture

Array = NDArray[np.float64]

ANKLE_BEHIND_MIDFOOT: Final = 0.22
"""Ankle behind mid-foot as a share of foot length (deLeva1996 heel to toe; ankle about 0.28 from the heel)."""

BENCH_HEIGHT_M: Final = 0.45
"""Height of a flat training bench (COACH) [m]."""

CHEST_BENCH_HIP: Final = 0.46
"""Hip height on an incline bench with the toes on the floor, share of stature (COACH)."""

BAR_HEIGHT: Final = 1.30
"""Height of a pull-up bar, share of stature: feet off the floor with straight arms (COACH)."""


HALF_HIP_WIDTH: Final = 0.052
"""Hip centre from the midline as a share of stature: hips about 18 cm apart (COACH)."""


@dataclass(frozen=True, slots=True)
class Legs:
    """Sagittal leg points, each (K, 2) x and z [m]; both legs alike."""

    hip: Array
    knee: Array
    ankle: Array


def _along(angle: Array, length: float) -> Array:
    """Segment of a length leaning forward by an angle, (K, 2) x and z."""
    return length * np.stack([np.sin(angle), np.cos(angle)], axis=-1)


def standing(sizes: Proportions, trunk: Array, knee_flexion: Array) -> Legs:
    """Legs (K poses) that balance the body over mid-foot for a trunk inclination and knee flexion [rad]."""
    lean = np.zeros_like(trunk)
    for _ in range(25):
        offset = _balance(sizes, trunk, knee_flexion, lean)
        slope = (_balance(sizes, trunk, knee_flexion, lean + 1e-6) - offset) / 1e-6
        lean = lean - np.clip(offset / slope, -0.2, 0.2)
    return _legs(sizes, knee_flexion, lean)


def _legs(sizes: Proportions, knee_flexion: Array, lean: Array) -> Legs:
    shank, thigh = sizes.length_m("shank_length"), sizes.length_m("thigh_length")
    ankle_height = sizes.length_m("hip_height") - shank - thigh
    behind = -ANKLE_BEHIND_MIDFOOT * sizes.length_m("foot_length")
    ankle = np.broadcast_to([behind, max(ankle_height, 0.0)], (len(lean), 2))
    knee = ankle + _along(lean, shank)
    return Legs(knee + _along(lean - knee_flexion, thigh), knee, ankle)


def _balance(sizes: Proportions, trunk: Array, knee_flexion: Array, lean: Array) -> Array:
    """Horizontal distance of the mass centre from mid-foot (K,) [m]; arms hang from the shoulders."""
    legs = _legs(sizes, knee_flexion, lean)
    notch = sizes.length_m("suprasternal_height") - sizes.length_m("hip_height")
    up = np.sin(trunk)
    ratios = sizes.ratios
    thigh_com = legs.hip + ratios["thigh_com"] * (legs.knee - legs.hip)
    shank_com = legs.knee + ratios["shank_com"] * (legs.ankle - legs.knee)
    vertex = sizes.person.stature_m - sizes.length_m("hip_height")
    parts = [
        (2 * sizes.mass_kg("thigh"), thigh_com[:, 0]),
        (2 * sizes.mass_kg("shank"), shank_com[:, 0]),
        (2 * sizes.mass_kg("foot"), np.zeros_like(trunk)),
        (sizes.mass_kg("lower_trunk"), legs.hip[:, 0] + up * sizes.length_m("lower_trunk_com")),
        (sizes.mass_kg("middle_trunk"), legs.hip[:, 0] + up * (notch - sizes.length_m("middle_trunk_com"))),
        (sizes.mass_kg("upper_trunk"), legs.hip[:, 0] + up * (notch - sizes.length_m("upper_trunk_com"))),
        (sizes.mass_kg("head"), legs.hip[:, 0] + up * (vertex - sizes.length_m("head_com"))),
        (_arms_kg(sizes), legs.hip[:, 0] + up * notch),
    ]
    weighted: Array = sum((mass * x for mass, x in parts), start=np.zeros_like(trunk))
    return weighted / sum(mass for mass, _ in parts)


def _arms_kg(sizes: Proportions) -> float:
    return 2 * sum(sizes.mass_kg(part) for part in ("upper_arm", "forearm", "hand"))


def _straight_to_floor(sizes: Proportions, hip: Array) -> Legs:
    """Legs reaching straight back from a hip at a given height to the floor."""
    ankle_height = 0.03 * sizes.person.stature_m
    leg = sizes.length_m("shank_length") + sizes.length_m("thigh_length")
    back = np.sqrt(np.maximum(leg**2 - (hip[:, 1] - ankle_height) ** 2, 0.0))
    ankle = np.column_stack([hip[:, 0] - back, np.full(len(hip), ankle_height)])
    share = sizes.length_m("thigh_length") / leg
    return Legs(hip, hip + share * (ankle - hip), ankle)


def legs_for(posture: Posture, sizes: Proportions, trunk: Array, knee_flexion: Array) -> Legs:
    """Legs of a posture for K poses; a hanging body is moved under its bar afterwards."""
    if posture == "standing":
        return standing(sizes, trunk, knee_flexion)
    if posture == "hanging":
        hip = np.zeros((len(trunk), 2))
        knee = hip - _along(np.zeros_like(trunk), sizes.length_m("thigh_length"))
        return Legs(hip, knee, knee - _along(knee_flexion, sizes.length_m("shank_length")))
    height = CHEST_BENCH_HIP * sizes.person.stature_m
    if posture == "bench-supported":
        height = BENCH_HEIGHT_M + sizes.length_m("thigh_length")
    return _straight_to_floor(sizes, np.tile([0.0, height], (len(trunk), 1)))
