"""Arm movements written as the thoracoscapular model's coordinates."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from bandwright.body import ArmAngles
from bandwright.body.rotations import about_axis
from bandwright.catalogue.anatomy import load_anatomy
from bandwright.errors import ModelError
from bandwright.movements.recorded_writing import (
    arm_coordinates,
    lift_shares,
    require_shoulder,
    shoulder_coordinates,
)

Array = NDArray[np.float64]

ANATOMY = load_anatomy()
AXES = ANATOMY.joints["glenohumeral"].axes


def _turn(angles: Array) -> Array:
    """Humerus in the scapula (N, 3, 3) of shoulder coordinates (N, 3) [rad], one published turn after the other."""
    plane, lift, own = (about_axis(axis, angle) for axis, angle in zip(AXES, angles.T, strict=True))
    return np.asarray(plane @ lift @ own)


@given(
    plane=st.floats(-1.4, 3.1),
    lift=st.floats(-0.05, 2.5),
    own=st.floats(-1.5, 1.5),
)
def test_shoulder_coordinates_come_back(plane: float, lift: float, own: float) -> None:
    """Coordinates within the published ranges give themselves again, and the orientation always."""
    angles = np.array([[plane, lift, own]])
    found, missed = shoulder_coordinates(ANATOMY, _turn(angles))
    assert missed.max() < 1e-7
    assert _turn(found) == pytest.approx(_turn(angles), abs=1e-7)
    if lift > 0.0:
        assert found == pytest.approx(angles, abs=1e-5)


def test_coordinates_run_on_through_whole_turns() -> None:
    """A long rotation has no jump in its coordinates."""
    own = np.linspace(-2.5, 2.5, 101)
    angles = np.column_stack([np.full_like(own, 0.4), np.full_like(own, 0.9), own])
    found, _ = shoulder_coordinates(ANATOMY, _turn(angles))
    assert np.abs(np.diff(found, axis=0)).max() < 0.06


def test_a_pose_the_published_axes_exclude_is_refused() -> None:
    """The humerus in line with the scapula is 5° from any pose of the published shoulder."""
    along = AXES[2] / np.linalg.norm(AXES[2])
    axis = np.cross(along, AXES[0])
    pointing = about_axis(axis / np.linalg.norm(axis), float(np.arccos(along @ AXES[0])))
    _, missed = shoulder_coordinates(ANATOMY, pointing[None])
    assert np.degrees(missed[0]) == pytest.approx(np.degrees(np.arcsin(abs(along[0]))), abs=0.01)
    with pytest.raises(ModelError, match="cannot take up sample 0"):
        require_shoulder(ANATOMY, pointing[None])


def test_left_scapula_counts_two_angles_the_other_way() -> None:
    """Elevation and upward rotation of the left become depression and downward rotation; the rest keeps its sign."""
    hinges = np.tile([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8], (3, 1))
    angles = ArmAngles(hinges, _turn(np.tile([0.3, 0.8, 0.2], (3, 1))))
    right, left = (arm_coordinates(ANATOMY, angles, side) for side in ("r", "l"))
    turned = {"scapula_elevation": "scapula_depression", "scapula_upward_rot": "scapula_downward_rot"}
    assert {name: left[f"{turned.get(name, name)}_l"][0] for name in right} == {
        name: (-1.0 if name in turned else 1.0) * value[0] for name, value in right.items()
    }


def test_lift_starts_and_ends_at_rest() -> None:
    """The phase runs from 0 to 1, slowest at both ends."""
    shares = lift_shares(101)
    steps = np.diff(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert steps.min() > 0.0
    assert steps[[0, -1]].max() < 1e-4
