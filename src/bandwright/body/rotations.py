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
    unit = np.asarray(axis, dtype=np.float64) / np.linalg.norm(axis)
    return np.asarray(Rotation.from_rotvec(np.multiply.outer(angle, unit)).as_matrix())


def from_euler_xyz(angles: Matrix) -> Matrix:
    """Rotation matrix (3, 3) of body-fixed XYZ Euler angles (3,) [rad]."""
    return np.asarray(Rotation.from_euler("XYZ", angles).as_matrix())


def quaternion(matrix: Matrix) -> Matrix:
    """MuJoCo quaternions (…, 4) w, x, y, z of rotation matrices (…, 3, 3)."""
    return np.roll(np.asarray(Rotation.from_matrix(matrix).as_quat()), 1, axis=-1)


def unit(vector: Matrix) -> Matrix:
    """The vector divided by its length."""
    return vector / np.linalg.norm(vector)
