"""A band held between the hands bends over the chest when the hands go behind it.

Across the trunk the chest is taken as an ellipse of the person's chest depth and breadth; the band runs straight
to it, round its front and straight on, so its pull on a hand points at the place where it leaves the chest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bandwright.movements import PosedRepetition

Array = NDArray[np.float64]

ARC_POINTS: Final = 33
"""Points along the chest by which the length of the arc is summed; the error is below 0.1 mm."""


@dataclass(frozen=True, slots=True)
class HeldPath:
    """Path of a band from hand to hand: its length (K,) [m] and the next point from each hand (K, 3) [m]."""

    length_m: Array
    next_r: Array
    next_l: Array


def hand_to_hand(posed: PosedRepetition) -> HeldPath:
    """The shortest way from hand to hand that stays in front of the chest."""
    right, left = posed.points["hand_r"], posed.points["hand_l"]
    straight = HeldPath(np.linalg.norm(left - right, axis=1), left.copy(), right.copy())
    poses = [_over_chest(posed, index) for index in range(len(right))]
    for index, bent in enumerate(poses):
        if bent is not None:
            straight.length_m[index], straight.next_r[index], straight.next_l[index] = bent
    return straight


def _over_chest(posed: PosedRepetition, index: int) -> tuple[float, Array, Array] | None:
    """Length and next points at one pose when the straight line would cut the chest, else None."""
    points = {name: curve[index] for name, curve in posed.points.items()}
    lean = float(posed.path.trunk_inclination[index])
    forward = np.array([np.cos(lean), 0.0, -np.sin(lean)])
    axes = np.array([forward, [0.0, 1.0, 0.0]])
    half = np.array([posed.sizes.length_m("chest_depth"), posed.sizes.length_m("chest_breadth")]) / 2
    centre = axes @ (points["sternum"] + points["upper_back"]) / 2
    # In these coordinates the chest is the unit circle and its front is at +x.
    hands = [(axes @ points[f"hand_{side}"] - centre) / half for side in ("r", "l")]
    angles = [_leaving_angle(hand) for hand in hands]
    if angles[0] is None or angles[1] is None or angles[0] >= angles[1]:
        return None
    arc = np.linspace(angles[0], angles[1], ARC_POINTS)
    curve = np.column_stack([np.cos(arc), np.sin(arc)]) * half
    along = float(np.linalg.norm(np.diff(curve, axis=0), axis=1).sum())
    leaves = []
    for side, place in (("r", curve[0]), ("l", curve[-1])):
        hand = points[f"hand_{side}"]
        leaves.append(hand + axes.T @ (place - (axes @ hand - centre)))
        along += float(np.linalg.norm(leaves[-1] - hand))
    return along, leaves[0], leaves[1]


def _leaving_angle(hand: Array) -> float | None:
    """Angle on the unit circle where a tangent to a hand touches its front; None for a hand inside it."""
    distance = float(np.linalg.norm(hand))
    if distance <= 1.0:
        return None
    towards = float(np.arctan2(hand[1], hand[0]))
    opening = float(np.arccos(1.0 / distance))
    # Right hands have negative y: of the two tangents, the front one turns toward angle 0.
    return towards + opening if hand[1] < 0 else towards - opening
