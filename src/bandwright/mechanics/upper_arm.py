"""How the upper arm moves with the joint equations: what a push on the elbow or a couple along the humerus asks."""

from __future__ import annotations

from dataclasses import dataclass

import mujoco
import numpy as np
from numpy.typing import NDArray

from bandwright.body import BodyModel, Side

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class UpperArm:
    """Velocity of the elbow `elbow` [m/rad] and spin of the upper arm `spin` [-] per rate of each equation, both
    (3, 8) in the world, and the elbow's velocity per slide of the humeral head along scapular axes `head` (3, 3).
    """

    elbow: Array
    spin: Array
    head: Array


def upper_arm(body: BodyModel, side: Side) -> UpperArm:
    """The upper arm at the pose the body is in."""
    move, spin = np.zeros((3, body.model.nv)), np.zeros((3, body.model.nv))
    bone = body.model.body(f"humerus_{side}").id
    mujoco.mj_jac(body.model, body.data, move, spin, body.bone(f"ulna_{side}")[1], bone)
    rates = body.rates(side)
    first = int(body.model.jnt_dofadr[body.model.joint(f"shoulder_x_{side}").id])
    return UpperArm(move @ rates, spin @ rates, move[:, first : first + 3])
