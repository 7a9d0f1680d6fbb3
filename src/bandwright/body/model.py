"""Builds the scaled MuJoCo model: pelvis, trunk, and both shoulder girdles and arms.

World axes are x forward, y left, z up; bones keep the source's own axes (x forward, y up, z right), so that
published figures are used as printed. The left side mirrors the right.
"""

from __future__ import annotations

from typing import Final

import mujoco
import numpy as np

from bandwright.body.anatomy import Anatomy, Vector
from bandwright.body.frames import isb_frames
from bandwright.body.person import SIDES, Side
from bandwright.body.rotations import MIRROR, MIRROR_AXIAL, Matrix, from_euler_xyz, quaternion, unit
from bandwright.body.scaling import Proportions
from bandwright.units import GRAVITY_M_S2

WORLD_FROM_SOURCE: Final = np.array([[1.0, 0.0, 0.0], [0.0, 0.0, -1.0], [0.0, 1.0, 0.0]])
"""Source axes (x forward, y up, z right) expressed in world axes (x forward, y left, z up)."""

GRIP_IN_HAND_M: Final = np.array([0.0, -0.08, -0.03])
"""Centre of the fist in the unscaled hand [m]: 33 cm from the elbow, as the keyframes were solved (COACH)."""

_TINY_MASS_KG: Final = 1e-6
"""Bodies that only carry joints: MuJoCo wants a mass, statics must not feel it."""

_GYRATION: Final = 0.28
"""Radius of gyration of arm segments about a transverse axis, share of length (deLeva1996: 0.276–0.285)."""

HINGE: Final = mujoco.mjtJoint.mjJNT_HINGE
SLIDE: Final = mujoco.mjtJoint.mjJNT_SLIDE
BALL: Final = mujoco.mjtJoint.mjJNT_BALL


class _SideBuilder:
    """Adds one shoulder girdle and arm to the model; `m` mirrors positions, `ma` axes and torques."""

    def __init__(self, anatomy: Anatomy, sizes: Proportions, side: Side) -> None:
        self.anatomy = anatomy
        self.sizes = sizes
        self.side = side
        self.m = MIRROR if side == "l" else np.ones(3)
        self.ma = MIRROR_AXIAL if side == "l" else np.ones(3)
        self.bodies: dict[str, mujoco.MjsBody] = {}

    def name(self, what: str) -> str:
        return f"{what}_{self.side}"

    def point(self, position_m: Vector, bone: str) -> Vector:
        """A source position scaled to the person and mirrored for the left side."""
        scaled: Vector = position_m * self.sizes.scale.of(bone) * self.m
        return scaled

    def turn(self, euler_rad: Vector) -> Matrix:
        """A source orientation, mirrored for the left side."""
        return np.diag(self.m) @ from_euler_xyz(euler_rad) @ np.diag(self.m)

    def body(
        self, parent: mujoco.MjsBody, bone: str, pos: Vector, turn: Matrix | None = None
    ) -> mujoco.MjsBody:
        quat = quaternion(np.eye(3) if turn is None else turn)
        made = parent.add_body(name=self.name(bone), pos=pos, quat=quat)
        _set_inertia(made, _TINY_MASS_KG, np.zeros(3), np.full(3, 1e-8))
        self.bodies[bone] = made
        return made

    def hinges(self, body: mujoco.MjsBody, joint: str) -> None:
        figures = self.anatomy.joints[joint]
        for coordinate, axis in zip(figures.coordinates, figures.axes, strict=True):
            body.add_joint(name=self.name(coordinate), type=HINGE, axis=axis * self.ma)

    def slides(self, body: mujoco.MjsBody, prefix: str) -> None:
        for letter, axis in zip("xyz", np.eye(3) * self.m, strict=True):
            body.add_joint(name=self.name(f"{prefix}_{letter}"), type=SLIDE, axis=axis)

    def girdle(self, thorax: mujoco.MjsBody) -> None:
        joints = self.anatomy.joints
        clavicle = self.body(
            thorax, "clavicle", self.point(joints["sternoclavicular"].parent_offset_m, "thorax")
        )
        self.hinges(clavicle, "sternoclavicular")
        glide = joints["scapulothoracic"]
        carrier = self.body(
            thorax,
            "scapula_glide",
            self.point(glide.parent_offset_m, "thorax"),
            self.turn(glide.parent_euler_rad),
        )
        self.slides(carrier, "scapula_glide")
        turner = self.body(carrier, "scapula_turn", np.zeros(3))
        for coordinate, axis in zip(glide.coordinates, SCAPULA_AXES, strict=True):
            turner.add_joint(name=self.name(coordinate), type=HINGE, axis=axis * self.ma)
        back = self.turn(glide.child_euler_rad).T
        self.body(turner, "scapula", -back @ self.point(glide.child_offset_m, "scapula"), back)

    def arm(self) -> None:
        joints = self.anatomy.joints
        shoulder = self.point(joints["glenohumeral"].parent_offset_m, "scapula")
        humerus = self.body(self.bodies["scapula"], "humerus", shoulder)
        self.slides(humerus, "shoulder")
        humerus.add_joint(name=self.name("shoulder"), type=BALL)
        ulna = self.body(humerus, "ulna", self.point(joints["elbow"].parent_offset_m, "humerus"))
        self.hinges(ulna, "elbow")
        radius = self.body(ulna, "radius", self.point(joints["radioulnar"].parent_offset_m, "ulna"))
        self.hinges(radius, "radioulnar")
        self.body(radius, "hand", self.point(joints["wrist"].parent_offset_m, "radius"))

    def masses(self) -> None:
        joints, ratios = self.anatomy.joints, self.sizes.ratios
        elbow = self.point(joints["elbow"].parent_offset_m, "humerus")
        wrist = self.point(joints["radioulnar"].parent_offset_m + joints["wrist"].parent_offset_m, "ulna")
        _rod(self.bodies["humerus"], self.sizes.mass_kg("upper_arm"), elbow, ratios["upper_arm_com"])
        _rod(self.bodies["ulna"], self.sizes.mass_kg("forearm"), wrist, ratios["forearm_com"])
        _rod(self.bodies["hand"], self.sizes.mass_kg("hand"), self.point(GRIP_IN_HAND_M, "hand"), 1.0)
        factor = girdle_mass_factor(self.anatomy, self.sizes)
        for bone in ("clavicle", "scapula"):
            figures = self.anatomy.bones[bone]
            _set_inertia(
                self.bodies[bone],
                figures.mass_kg * factor,
                self.point(figures.com_m, bone),
                np.full(3, 1e-3),
            )

    def sites(self) -> None:
        hand, radius = self.bodies["hand"], self.bodies["radius"]
        hand.add_site(name=self.name("grip"), pos=self.point(GRIP_IN_HAND_M, "hand"))
        wrist = self.point(self.anatomy.joints["wrist"].parent_offset_m, "radius")
        radius.add_site(name=self.name("wrist"), pos=wrist)
        for name, landmark in self.anatomy.landmarks.items():
            if landmark.bone in self.bodies:
                at = self.point(landmark.position_m, landmark.bone)
                self.bodies[landmark.bone].add_site(name=self.name(name), pos=at)


SCAPULA_AXES: Final = np.array([[0.0, 1.0, 0.0], [-1.0, 0.0, 0.0], [0.0, 0.0, 1.0], [0.0, 1.0, 0.0]])
"""Axes of abduction, elevation, upward rotation and winging in the gliding frame (Seth2015)."""


def _set_inertia(body: mujoco.MjsBody, mass_kg: float, com_m: Vector, inertia: Vector) -> None:
    body.mass, body.ipos, body.inertia, body.explicitinertial = mass_kg, com_m, inertia, True


def _rod(body: mujoco.MjsBody, mass_kg: float, end_m: Vector, com_share: float) -> None:
    """Mass spread along the line from the body's origin to `end_m`."""
    inertia = mass_kg * (_GYRATION * np.linalg.norm(end_m)) ** 2
    _set_inertia(body, mass_kg, com_share * end_m, np.full(3, inertia))


def girdle_mass_factor(anatomy: Anatomy, sizes: Proportions) -> float:
    """Mass of the person's upper trunk, girdles and head relative to the source subject's [-]."""
    bones = anatomy.bones
    source = bones["thorax"].mass_kg + 2 * (bones["clavicle"].mass_kg + bones["scapula"].mass_kg)
    own = sum(sizes.mass_kg(part) for part in ("upper_trunk", "middle_trunk", "head"))
    return own / source


def sagittal_tilt(anatomy: Anatomy) -> Matrix:
    """Rotation from thorax bone axes to an upright trunk, tilting in the sagittal plane only.

    The landmarks sit up to 1 mm off the midline; leaving that out keeps the body symmetric.
    """
    up = isb_frames(anatomy).thorax[:, 1] * np.array([1.0, 1.0, 0.0])
    up = unit(up)
    forward = np.array([up[1], -up[0], 0.0])
    return np.column_stack([forward, up, np.array([0.0, 0.0, 1.0])]).T


def build_spec(anatomy: Anatomy, sizes: Proportions) -> mujoco.MjSpec:
    """The whole model, not yet compiled."""
    spec = mujoco.MjSpec()
    spec.option.gravity = np.array([0.0, 0.0, -GRAVITY_M_S2])
    spec.option.disableflags |= mujoco.mjtDisableBit.mjDSBL_CONTACT | mujoco.mjtDisableBit.mjDSBL_CONSTRAINT
    thorax = _trunk(spec, anatomy, sizes)
    for side in SIDES:
        builder = _SideBuilder(anatomy, sizes, side)
        builder.bodies["thorax"] = thorax
        builder.girdle(thorax)
        builder.arm()
        builder.masses()
        builder.sites()
    for joint in spec.joints:
        # Carrier bodies weigh nothing; armature keeps the inertia matrix regular and does not touch statics.
        joint.armature = 1e-3
    return spec


def _trunk(spec: mujoco.MjSpec, anatomy: Anatomy, sizes: Proportions) -> mujoco.MjsBody:
    """Pelvis and trunk; returns the thorax, whose landmarks define where it sits."""
    pelvis = spec.worldbody.add_body(name="pelvis")
    for letter, axis in zip("xz", ([1.0, 0.0, 0.0], [0.0, 0.0, 1.0]), strict=True):
        pelvis.add_joint(name=f"pelvis_{letter}", type=SLIDE, axis=axis)
    pelvis.add_joint(name="pelvis_tilt", type=HINGE, axis=[0.0, 1.0, 0.0])
    low_com = np.array([0.0, 0.0, sizes.length_m("lower_trunk_com")])
    _set_inertia(pelvis, sizes.mass_kg("lower_trunk"), low_com, np.full(3, 0.1))

    lumbar = np.array([0.0, 0.0, sizes.lumbosacral_height_m])
    trunk = pelvis.add_body(name="trunk", pos=lumbar)
    trunk.add_joint(name="lumbar_flexion", type=HINGE, axis=[0.0, 1.0, 0.0])
    notch = sizes.length_m("suprasternal_height") - sizes.length_m("hip_height") - lumbar[2]
    _trunk_inertia(trunk, sizes, notch, _girdle_mass_kg(anatomy, sizes))

    turn = WORLD_FROM_SOURCE @ sagittal_tilt(anatomy)
    at = {name: turn @ (p.position_m * sizes.scale.girdle) for name, p in anatomy.landmarks.items()}
    middle = (at["ij"] + at["c7"]) / 2
    offset = np.array([-middle[0], 0.0, notch - at["ij"][2]])
    thorax = trunk.add_body(name="thorax", pos=offset, quat=quaternion(turn))
    _set_inertia(thorax, _TINY_MASS_KG, np.zeros(3), np.full(3, 1e-8))
    for name, landmark in anatomy.landmarks.items():
        if landmark.bone == "thorax":
            symmetric = landmark.position_m * np.array([1.0, 1.0, 0.0])
            thorax.add_site(name=name, pos=symmetric * sizes.scale.girdle)
    vertex = sizes.person.stature_m - sizes.length_m("hip_height") - lumbar[2]
    trunk.add_site(name="vertex", pos=[0.0, 0.0, vertex])
    # Eye height 0.936 of stature (recalled, not checked), a hand's breadth ahead of the trunk line.
    eyes = vertex - (1 - 0.936) * sizes.person.stature_m
    trunk.add_site(name="eyes", pos=[0.06 * sizes.person.stature_m, 0.0, eyes])
    trunk.add_site(name="lumbosacral", pos=[0.0, 0.0, 0.0])
    pelvis.add_site(name="hip", pos=[0.0, 0.0, 0.0])
    return thorax


def _girdle_mass_kg(anatomy: Anatomy, sizes: Proportions) -> float:
    """Mass of both girdles, which are bodies of their own and must not be counted with the trunk [kg]."""
    bones = anatomy.bones
    return 2 * girdle_mass_factor(anatomy, sizes) * (bones["clavicle"].mass_kg + bones["scapula"].mass_kg)


def _trunk_inertia(trunk: mujoco.MjsBody, sizes: Proportions, notch_m: float, girdle_kg: float) -> None:
    """Upper and middle trunk (less the girdles) and head as one lump."""
    vertex = sizes.person.stature_m - sizes.length_m("suprasternal_height") + notch_m
    parts = [
        (sizes.mass_kg("upper_trunk") - girdle_kg, notch_m - sizes.length_m("upper_trunk_com")),
        (sizes.mass_kg("middle_trunk"), notch_m - sizes.length_m("middle_trunk_com")),
        (sizes.mass_kg("head"), vertex - sizes.length_m("head_com")),
    ]
    mass = sum(part for part, _ in parts)
    height = sum(part * at for part, at in parts) / mass
    spread = sum(part * (at - height) ** 2 for part, at in parts)
    _set_inertia(trunk, mass, np.array([0.0, 0.0, height]), np.array([spread, spread, 0.3 * spread]))
