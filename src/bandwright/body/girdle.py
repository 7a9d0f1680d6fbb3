"""Closes the shoulder girdle: from the three free girdle angles to the four of the scapula.

Clavicle and scapula meet at the acromioclavicular joint (three equations); clavicle protraction, clavicle
elevation and ISB upward rotation are free, the other scapular angles follow. Even scaling of the girdle leaves
all of this unchanged, so it is solved once on the published size.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bandwright.body.anatomy import Anatomy
from bandwright.body.frames import IsbFrames, isb_frames
from bandwright.body.rotations import Matrix, about_axis, from_euler_xyz
from bandwright.errors import ModelError, Problem

Angles = NDArray[np.float64]

CLOSURE_TOLERANCE_M: Final = 1e-9
"""How nearly the two acromioclavicular points must meet [m]."""

_MAX_STEP_RAD: Final = 0.3
_STEPS: Final = 60


@dataclass(frozen=True)
class Girdle:
    """The girdle geometry of one anatomy, right side, published size."""

    anatomy: Anatomy

    @cached_property
    def frames(self) -> IsbFrames:
        """ISB frames of this anatomy."""
        return isb_frames(self.anatomy)

    def clavicle_rest(self) -> Angles:
        """Clavicle protraction and elevation at relaxed rest (2,) [rad]: −23° and −4.5° (SethGeom keyframes)."""
        return np.radians([-23.0, -4.5])

    def clavicle_turn(self, protraction: Angles, elevation: Angles) -> Matrix:
        """Clavicle orientation in the thorax (…, 3, 3)."""
        axes = self.anatomy.joints["sternoclavicular"].axes
        return about_axis(axes[0], protraction) @ about_axis(axes[1], elevation)

    def scapula_pose(self, scapula: Angles) -> tuple[Matrix, Matrix]:
        """Orientation (…, 3, 3) and origin (…, 3) [m] of the scapula in the thorax from its angles (…, 4) [rad]."""
        joint = self.anatomy.joints["scapulothoracic"]
        abduction, elevation, upward, winging = np.moveaxis(scapula, -1, 0)
        x, y, z = np.eye(3)
        glide = about_axis(y, abduction) @ about_axis(-x, elevation)
        moving = glide @ about_axis(z, upward) @ about_axis(y, winging)
        parent = from_euler_xyz(joint.parent_euler_rad)
        turn = parent @ moving @ from_euler_xyz(joint.child_euler_rad).T
        on_ellipsoid = self.anatomy.ellipsoid_radii_m * glide[..., :, 2]
        origin = joint.parent_offset_m + on_ellipsoid @ parent.T
        return turn, origin - turn @ joint.child_offset_m

    def upward_rotation(self, scapula_turn: Matrix) -> Angles:
        """ISB upward rotation (…) [rad] of scapula orientations in the thorax (…, 3, 3) (Wu2005, Y-X-Z)."""
        isb = self.frames.thorax.T @ scapula_turn @ self.frames.scapula
        return np.asarray(np.arcsin(np.clip(isb[..., 1, 2], -1.0, 1.0)))

    def gap_m(self, protraction: Angles, elevation: Angles, scapula: Angles) -> Matrix:
        """Vector between the two acromioclavicular points in the thorax (…, 3) [m]."""
        joint = self.anatomy.joints["sternoclavicular"]
        clavicle = self.clavicle_turn(protraction, elevation) @ self.anatomy.ac_clavicle_m
        turn, origin = self.scapula_pose(scapula)
        return joint.parent_offset_m + clavicle - origin - turn @ self.anatomy.ac_scapula_m

    def close(self, protraction: Angles, elevation: Angles, upward: Angles) -> Angles:
        """Scapula angles (K, 4) [rad] that close the AC joint with the given free angles, each (K,) [rad].

        Raises:
            ModelError: when the clavicle and scapula cannot meet at some pose.
        """
        aims = np.column_stack([protraction, elevation, upward])
        rest = self.anatomy.joints["scapulothoracic"].rest_rad
        scapula = np.tile(rest, (len(aims), 1))
        for _ in range(_STEPS):
            miss = self._miss(aims, scapula)
            if np.abs(miss).max() < CLOSURE_TOLERANCE_M:
                return scapula
            step = np.linalg.solve(self._gradient(aims, scapula), -miss[..., None])[..., 0]
            scapula = scapula + np.clip(step, -_MAX_STEP_RAD, _MAX_STEP_RAD)
        raise ModelError(self._open_problem(aims, scapula))

    def _miss(self, aims: Angles, scapula: Angles) -> Angles:
        gap = self.gap_m(aims[:, 0], aims[:, 1], scapula)
        turn, _ = self.scapula_pose(scapula)
        return np.column_stack([gap, 0.1 * (self.upward_rotation(turn) - aims[:, 2])])

    def _gradient(self, aims: Angles, scapula: Angles) -> Matrix:
        step = 1e-7
        columns = [
            (self._miss(aims, scapula + step * axis) - self._miss(aims, scapula - step * axis)) / (2 * step)
            for axis in np.eye(4)
        ]
        return np.stack(columns, axis=-1)

    def _open_problem(self, aims: Angles, scapula: Angles) -> Problem:
        miss = np.abs(self._miss(aims, scapula)).max(axis=1)
        worst = int(np.argmax(miss))
        degrees = np.degrees(aims[worst])
        return Problem(
            code="girdle-does-not-close",
            message=(
                f"The collar bone and shoulder blade cannot meet at pose {worst}: protraction {degrees[0]:.0f}°, "
                f"elevation {degrees[1]:.0f}°, upward rotation {degrees[2]:.0f}° leave {1e3 * miss[worst]:.1f} mm."
            ),
            hint="Keep retraction within 15°, lift within 20° and upward rotation within 60° of rest.",
        )
