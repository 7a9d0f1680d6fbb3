"""Evaluates the body at one pose: positions, Jacobians, moment arms and gravity torques of both arms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import mujoco
import numpy as np
from numpy.typing import NDArray

from bandwright.body.anatomy import Anatomy
from bandwright.body.exact_paths import ExactPaths
from bandwright.body.girdle import Girdle
from bandwright.body.model import build_spec
from bandwright.body.person import SIDES, Side
from bandwright.body.rotations import MIRROR, Matrix, quaternion
from bandwright.body.scaling import Proportions
from bandwright.body.scapulothoracic import glide, glide_gradient

Array = NDArray[np.float64]

EQUATIONS: Final = (
    "clavicle_protraction",
    "clavicle_elevation",
    "scapula_upward_rotation",
    "shoulder_abduction",
    "shoulder_rotation",
    "shoulder_flexion",
    "elbow_flexion",
    "forearm_pronation",
)
"""The eight independent joint equations of one arm, positive as named (rotation: + inner).

Shoulder components are taken about the humerus's own orthogonal axes, so no pose is singular.
"""

ARM_COORDINATES: Final = (
    "clav_prot",
    "clav_elev",
    "scapula_abduction",
    "scapula_elevation",
    "scapula_upward_rot",
    "scapula_winging",
    "shoulder_x",
    "shoulder_y",
    "shoulder_z",
    "elbow_flexion",
    "pro_sup",
)
"""Coordinates of one arm before the acromioclavicular joint ties three of them."""

_FREE: Final = [0, 1, 4, 6, 7, 8, 9, 10]
_TIED: Final = [2, 3, 5]


@dataclass(frozen=True, slots=True)
class ArmAngles:
    """Angles of one arm at K poses: `hinges` (K, 8) clavicle 2, scapula 4, elbow, pronation [rad] and the
    humerus orientation in the scapula (K, 3, 3), both as on the right side.
    """

    hinges: Array
    humerus: Matrix


@dataclass(frozen=True, slots=True)
class TrunkPose:
    """Hip position (x, z) [m], pelvis tilt and lumbar flexion [rad] at one pose."""

    hip_m: tuple[float, float]
    pelvis_tilt: float
    lumbar_flexion: float


@dataclass(frozen=True, slots=True)
class ArmFrame:
    """One arm at one pose before its muscles are known, or at K poses with a leading axis.

    `rates` (nv, 11) of the degrees of freedom by those of the 8 equations and along the humeral head's three axes;
    what a force on grip and wrist (3, 11) [m/rad] and the arm's own weight (11,) [N·m or N] do to the same eleven.
    """

    rates: Array
    by_grip: Array
    by_wrist: Array
    weight: Array

    def state(self, length: Array, gradient: Array) -> ArmState:
        """The arm with its muscles, of lengths (n,) [m] and gradients (nv, n) [m/rad]."""
        pull, count = -np.swapaxes(self.rates, -1, -2) @ gradient, len(EQUATIONS)
        return ArmState(
            grip_jacobian=self.by_grip[..., :count],
            wrist_jacobian=self.by_wrist[..., :count],
            gravity_torque=self.weight[..., :count],
            moment_arm=pull[..., :count, :],
            muscle_length=length,
            head_force_by_muscle=pull[..., count:, :],
            head_force_by_grip=np.swapaxes(self.by_grip[..., count:], -1, -2),
            head_force_by_wrist=np.swapaxes(self.by_wrist[..., count:], -1, -2),
            head_weight=self.weight[..., count:],
        )


@dataclass(frozen=True, slots=True)
class ArmState:
    """One arm at one pose, or at K poses with a leading axis; n muscles, 8 equations.

    Jacobians map rates of the equations to point velocity (3, 8) [m/rad]; `moment_arm` (8, n) [m] is + when the
    muscle's pull raises the coordinate; head terms are forces on the humeral head in scapula axes.
    """

    grip_jacobian: Array
    wrist_jacobian: Array
    gravity_torque: Array
    moment_arm: Array
    muscle_length: Array
    head_force_by_muscle: Array
    head_force_by_grip: Array
    head_force_by_wrist: Array
    head_weight: Array


class BodyModel:
    """A person's compiled model. Not thread-safe: evaluating a pose uses one scratch state."""

    def __init__(self, anatomy: Anatomy, sizes: Proportions) -> None:
        self.anatomy = anatomy
        self.sizes = sizes
        self.girdle = Girdle(anatomy)
        self.model = build_spec(anatomy, sizes).compile()
        self.data = mujoco.MjData(self.model)
        self.paths = ExactPaths(self.model, self.data, anatomy, sizes)
        self._qpos = {
            self.model.joint(j).name: int(self.model.jnt_qposadr[j]) for j in range(self.model.njnt)
        }
        self._dof = {self.model.joint(j).name: int(self.model.jnt_dofadr[j]) for j in range(self.model.njnt)}
        self._bias = np.zeros(self.model.nv)
        self._jac = np.zeros((3, self.model.nv))

    def place(
        self,
        trunk: TrunkPose,
        arms: Mapping[Side, ArmAngles],
        index: int,
        motion: tuple[Array, Array] | None = None,
    ) -> None:
        """Puts the whole body into pose `index` of the given angles and computes its geometry.

        `motion`: velocities and accelerations of every degree of freedom (nv,) whose inertia is to be held too.
        """
        qpos = self.data.qpos
        qpos[self._qpos["pelvis_x"]], qpos[self._qpos["pelvis_z"]] = trunk.hip_m
        qpos[self._qpos["pelvis_tilt"]] = trunk.pelvis_tilt
        qpos[self._qpos["lumbar_flexion"]] = trunk.lumbar_flexion
        for side, angles in arms.items():
            self._place_arm(side, angles.hinges[index], angles.humerus[index])
        mujoco.mj_kinematics(self.model, self.data)
        mujoco.mj_comPos(self.model, self.data)
        still = np.zeros(self.model.nv)
        self.data.qvel[:], self.data.qacc[:] = motion or (still, still)
        mujoco.mj_comVel(self.model, self.data)
        mujoco.mj_rne(self.model, self.data, 1, self._bias)

    def configuration(self) -> Array:
        """Generalised position of the current pose (nq,)."""
        return np.array(self.data.qpos)

    def velocities(self, path: Array, step: float) -> Array:
        """Velocities (K, nv) of configurations (K, nq) sampled `step` apart: central, one-sided at the ends."""
        found = np.zeros((len(path), self.model.nv))
        for index in range(len(path)):
            low, high = max(index - 1, 0), min(index + 1, len(path) - 1)
            mujoco.mj_differentiatePos(self.model, found[index], (high - low) * step, path[low], path[high])
        return found

    def _place_arm(self, side: Side, hinges: Array, humerus: Matrix) -> None:
        qpos, at = self.data.qpos, self._qpos
        names = (*ARM_COORDINATES[:6], "elbow_flexion", "pro_sup")
        for name, value in zip(names, hinges, strict=True):
            qpos[at[f"{name}_{side}"]] = value
        slides = at[f"scapula_glide_x_{side}"]
        radii = self.anatomy.ellipsoid_radii_m * self.sizes.scale.girdle
        qpos[slides : slides + 3] = glide(radii, hinges[2], hinges[3])
        mirror = np.diag(MIRROR) if side == "l" else np.eye(3)
        ball = at[f"shoulder_{side}"]
        qpos[ball : ball + 4] = quaternion(mirror @ humerus @ mirror)

    def point_m(self, site: str) -> Array:
        """World position of a site (3,) [m]."""
        return np.array(self.data.site(site).xpos)

    def bone(self, name: str) -> tuple[Matrix, Array]:
        """World orientation (3, 3) and origin (3,) [m] of a bone."""
        body = self.data.body(name)
        return np.array(body.xmat).reshape(3, 3), np.array(body.xpos)

    def upper_body(self) -> tuple[Array, float]:
        """Mass centre (3,) [m] and mass [kg] of everything from the pelvis up."""
        pelvis = self.model.body("pelvis").id
        return np.array(self.data.subtree_com[pelvis]), float(self.model.body_subtreemass[pelvis])

    def site_jacobian(self, site: str) -> Array:
        """Jacobian of a site by every degree of freedom (3, nv)."""
        mujoco.mj_jacSite(self.model, self.data, self._jac, None, self.model.site(site).id)
        return self._jac.copy()

    def lumbar(self) -> tuple[float, Mapping[str, Array]]:
        """Extension moment at L5/S1 to carry the body's weight [N·m] and, per grip or wrist site, the
        extension moment per newton of force on it (3,) [m].
        """
        dof = self._dof["lumbar_flexion"]
        sites = [f"{point}_{side}" for point in ("grip", "wrist") for side in SIDES]
        return -float(self._bias[dof]), {site: self.site_jacobian(site)[:, dof] for site in sites}

    def rates(self, side: Side) -> Array:
        """Degree-of-freedom rates per unit rate of each equation (nv, 8), keeping the AC joint closed."""
        free = self._free_rates(side)
        closure = self._closure_rows(side) @ free
        tied = -np.linalg.solve(closure[:, _TIED], closure[:, _FREE])
        return free[:, _FREE] + free[:, _TIED] @ tied

    def _free_rates(self, side: Side) -> Array:
        """Rates of every dof per unit rate of the eleven arm coordinates (nv, 11)."""
        rates = np.zeros((self.model.nv, len(ARM_COORDINATES)))
        dof = self._dof
        for column, name in enumerate(ARM_COORDINATES):
            if not name.startswith("shoulder"):
                rates[dof[f"{name}_{side}"], column] = 1.0
        ball = dof[f"shoulder_{side}"]
        signs = SHOULDER_SIGNS[side]
        rates[[ball, ball + 1, ball + 2], [6, 7, 8]] = signs
        qpos = self.data.qpos
        abduction = qpos[self._qpos[f"scapula_abduction_{side}"]]
        elevation = qpos[self._qpos[f"scapula_elevation_{side}"]]
        slides = dof[f"scapula_glide_x_{side}"]
        radii = self.anatomy.ellipsoid_radii_m * self.sizes.scale.girdle
        rates[slides : slides + 3, [2, 3]] = glide_gradient(radii, abduction, elevation)
        return rates

    def _closure_rows(self, side: Side) -> Array:
        """Relative velocity of the two acromioclavicular points by every dof (3, nv)."""
        rows = []
        mirror = MIRROR if side == "l" else np.ones(3)
        points = {"clavicle": self.anatomy.ac_clavicle_m, "scapula": self.anatomy.ac_scapula_m}
        for bone, position in points.items():
            turn, origin = self.bone(f"{bone}_{side}")
            point = origin + turn @ (position * mirror * self.sizes.scale.girdle)
            jac = np.zeros((3, self.model.nv))
            mujoco.mj_jac(self.model, self.data, jac, None, point, self.model.body(f"{bone}_{side}").id)
            rows.append(jac)
        return rows[0] - rows[1]

    def arm_frame(self, side: Side) -> ArmFrame:
        """Everything statics needs of one arm at the current pose, but for its muscles."""
        slides = self._dof[f"shoulder_x_{side}"]
        rates = np.hstack([self.rates(side), np.eye(self.model.nv)[:, slides : slides + 3]])
        grip, wrist = (self.site_jacobian(f"{point}_{side}") @ rates for point in ("grip", "wrist"))
        return ArmFrame(rates, grip, wrist, rates.T @ self._bias)

    def arm_state(self, side: Side) -> ArmState:
        """Everything statics needs of one arm at the current pose."""
        found = self.paths.along([self.paths.pose()], side)
        return self.arm_frame(side).state(found.lengths[0], found.gradients[0])


SHOULDER_SIGNS: Final[Mapping[Side, Array]] = {
    "r": np.array([-1.0, 1.0, 1.0]),
    "l": np.array([1.0, -1.0, 1.0]),
}
"""Sign of the ball joint's body-axis rates for abduction, inner rotation and flexion.

About the humerus's forward axis a positive turn brings the right hand toward the midline (adduction), about
its long axis it turns inward, about its outward axis it flexes; the left side mirrors the first two.
"""
