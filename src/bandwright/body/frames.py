"""ISB frames (Wu2005) of thorax, scapula and humerus in the model's own bone axes.

Keyframes are written in these frames, the model moves its bones: the constant rotations between the two are
found here from bony landmarks.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bandwright.body.anatomy import Anatomy, Vector
from bandwright.body.rotations import Matrix, unit


@dataclass(frozen=True, slots=True)
class IsbFrames:
    """Axes of the ISB frames as columns in bone axes, each (3, 3): x forward, y up, z right."""

    thorax: Matrix
    scapula: Matrix
    humerus: Matrix


def _axes(y: Vector, forward: Vector) -> Matrix:
    """Right-handed axes with this exact y and an x as near `forward` as can be, made orthogonal."""
    y = unit(y)
    x = unit(forward - (forward @ y) * y)
    return np.column_stack([x, y, np.cross(x, y)])


def isb_frames(anatomy: Anatomy) -> IsbFrames:
    """The ISB frames of one anatomy (Wu2005: thorax 2.3.1, scapula 2.3.3, humerus option 1)."""
    at = {name: point.position_m for name, point in anatomy.landmarks.items()}
    low, high = (at["px"] + at["t8"]) / 2, (at["ij"] + at["c7"]) / 2
    right = np.cross(at["ij"] - at["c7"], low - at["c7"])
    right = right * np.sign(right[2])
    thorax = _axes(high - low, np.cross(high - low, right))

    z = unit(at["aa"] - at["ts"])
    x = np.cross(at["aa"] - at["ai"], at["ts"] - at["ai"])
    x = unit(x * np.sign(x[0]))
    scapula = np.column_stack([x, np.cross(z, x), z])

    up = -(at["EpL"] + at["EpM"]) / 2
    humerus = _axes(up, np.cross(up, at["EpL"] - at["EpM"]))
    return IsbFrames(thorax, scapula, humerus)
