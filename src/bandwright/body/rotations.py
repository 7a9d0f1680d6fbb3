"""Small rotation helpers; matrices `R_ab` map coordinates in frame b to frame a."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.transform import Rotation

Matrix = NDArray[np.float64]

MIRROR = np.array([1.0, 1.0, -1.0])
"""Reflection across the sagittal plane in source axes (x forward, y up, z right)."""

MIRROR_AXIAL = np.array([-1.0, -1.0, 1.0])
"""The same reflection for rotation axes and torques (axial vectors)."""


def about_axis(axis: Matrix, angle: float | Matrix) -> Matrix:
    """Rotation matrices (…, 3, 3) about one axis (3,) by angles (…) [rad]."""
    x, y, z = np.asarray(axis, dtype=np.float64) / np.linalg.norm(axis)
    across = np.array([[0.0, -z, y], [z, 0.0, -x], [-y, x, 0.0]])
    turn, back = np.asarray(np.sin(angle)), 2.0 * np.sin(0.5 * np.asarray(angle)) ** 2
    # Rodrigues' formula; a general library's takes ten times as long, and posing calls this a hundred thousand times.
    return np.asarray(np.eye(3) + turn[..., None, None] * across + back[..., None, None] * (across @ across))


def from_euler_xyz(angles: Matrix) -> Matrix:
    """Rotation matrix (3, 3) of body-fixed XYZ Euler angles (3,) [rad]."""
    x, y, z = np.eye(3)
    return about_axis(x, angles[0]) @ about_axis(y, angles[1]) @ about_axis(z, angles[2])


def quaternion(matrix: Matrix) -> Matrix:
    """MuJoCo quaternions (…, 4) w, x, y, z of rotation matrices (…, 3, 3)."""
    return np.roll(np.asarray(Rotation.from_matrix(matrix).as_quat()), 1, axis=-1)


def unit(vector: Matrix) -> Matrix:
    """The vector divided by its length."""
    return vector / np.linalg.norm(vector)
