"""Checks a torque balance from the outside: bone poses by differences, forces on the bones, virtual work.

Nothing here uses OpenSim's generalised forces or moment arms: its `computeMomentArm` is not -dL/dq for the
scapulothoracic joint, and over ellipsoids the pulls it applies are not the gradient of the length.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from tests.agreement.oracle.oracle_model import BONES, COORDINATES, Array, Oracle
from tests.agreement.oracle.static_optimisation import HandLoad

STEP_RAD = 1e-5
CLOSURE_CLAVICLE_M = np.array([-0.0378874, 0.018924, 0.135987])
CLOSURE_SCAPULA_M = np.array([-0.0118287, 0.000106018, -0.0145474])
GIRDLE = 6
CLOSING_STEPS = 8

Frames = Mapping[str, tuple[Array, Array]]


def bone_frames(oracle: Oracle, pose: Array) -> Frames:
    """Rotation (3, 3) and origin (3,) of every bone in the thorax frame."""
    oracle.place_array(pose)
    frames = {bone: (oracle.rotation(bone), oracle.origin_m(bone)) for bone in BONES}
    return {**frames, "thorax": (np.eye(3), np.zeros(3))}


def neighbours(oracle: Oracle, pose: Array) -> list[tuple[Frames, Frames]]:
    """Bone frames a small step either side of a pose, for each coordinate."""
    steps = STEP_RAD * np.eye(len(COORDINATES))
    return [(bone_frames(oracle, pose + d), bone_frames(oracle, pose - d)) for d in steps]


def point_jacobian(around: list[tuple[Frames, Frames]], bone: str, point_m: Array) -> Array:
    """Motion (3, 11) [m/rad] of a point fixed to a bone."""
    ends = [[r @ point_m + o for r, o in (ahead[bone], behind[bone])] for ahead, behind in around]
    return np.array([(ahead - behind) / (2 * STEP_RAD) for ahead, behind in ends]).T


def pull_arms_m(oracle: Oracle, pose: Array) -> Array:
    """Torque of each muscle per newton of tension (33, 11) [m], by virtual work of its pulls on the bones."""
    oracle.place_array(pose)
    pulls = oracle.pulls()
    around = neighbours(oracle, pose)
    empty = np.zeros(len(COORDINATES))
    return np.array(
        [sum((d @ point_jacobian(around, bone, p) for bone, p, d in muscle), empty) for muscle in pulls]
    )


def closure_gap_m(frames: Frames) -> Array:
    """Clavicle end minus scapula end of the acromioclavicular joint (3,) [m]."""
    ends = ((*frames["clavicle"], CLOSURE_CLAVICLE_M), (*frames["scapula"], CLOSURE_SCAPULA_M))
    clavicle, scapula = (rotation @ point + origin for rotation, origin, point in ends)
    return np.asarray(clavicle - scapula)


def closure_jacobian(around: list[tuple[Frames, Frames]]) -> Array:
    """Change of the gap with each coordinate (3, 11) [m/rad]."""
    ends = [(closure_gap_m(ahead), closure_gap_m(behind)) for ahead, behind in around]
    return np.array([(ahead - behind) / (2 * STEP_RAD) for ahead, behind in ends]).T


def close_girdle(oracle: Oracle, pose: Array) -> Array:
    """The pose (11,) with the six girdle coordinates moved as little as closes the joint (Gauss-Newton)."""
    closed = pose.copy()
    for _ in range(CLOSING_STEPS):
        rows = closure_jacobian(neighbours(oracle, closed))[:, :GIRDLE]
        closed[:GIRDLE] -= np.linalg.pinv(rows) @ closure_gap_m(bone_frames(oracle, closed))
    return closed


def load_torque_nm(oracle: Oracle, pose: Array, load: HandLoad, frame: int, gravity_m_s2: Array) -> Array:
    """Torque of the hand force and of gravity (11,) [N m]."""
    around = neighbours(oracle, pose)
    torque = load.force_n[frame] @ point_jacobian(around, "hand", load.point_m)
    for bone in BONES:
        mass, centre = oracle.mass_properties(bone)
        torque += mass * gravity_m_s2 @ point_jacobian(around, bone, centre)
    return np.asarray(torque)


def unbalanced_nm(oracle: Oracle, pose: Array, torque_nm: Array) -> float:
    """Greatest part of a torque (11,) that the closed acromioclavicular joint cannot carry [N m]."""
    rows = closure_jacobian(neighbours(oracle, pose))
    free = np.linalg.svd(rows)[2][len(rows) :]
    return float(np.abs(free @ torque_nm).max())
