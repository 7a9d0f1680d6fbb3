"""The unscaled body against figures computed with OpenSim on the published model."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bandwright.body import UNSCALED, ArmAngles, BodyModel, Person, Proportions, TrunkPose
from bandwright.body.arm import arm_points
from bandwright.body.rotations import about_axis
from bandwright.catalogue.anatomy import load_anatomy, load_ratios

GOLDEN = Path(__file__).parents[1] / "golden"
JOINT_CENTRE_TOLERANCE_M = 1e-6


@pytest.fixture(scope="module")
def published() -> BodyModel:
    """The body at the size and with the paths of the source subject."""
    person = Person("male", 1.75, 75.0)
    return BodyModel(load_anatomy(as_published=True), Proportions(person, UNSCALED, load_ratios(person)))


def _angles(q: np.ndarray[Any, np.dtype[np.float64]], body: BodyModel) -> ArmAngles:
    """Our arm angles (K) of OpenSim coordinates (K, 11)."""
    axes = body.anatomy.joints["glenohumeral"].axes
    humerus = about_axis(axes[0], q[:, 6]) @ about_axis(axes[1], q[:, 7]) @ about_axis(axes[2], q[:, 8])
    return ArmAngles(np.column_stack([q[:, :6], q[:, 9:]]), humerus)


def _poses() -> tuple[np.ndarray[Any, np.dtype[np.float64]], list[dict[str, Any]]]:
    golden = json.loads((GOLDEN / "oracle_joints.json").read_text())
    poses = golden["poses"]
    return np.array([pose["q_rad"] for pose in poses]), poses


def test_joint_centres_match_opensim_at_100_random_poses(published: BodyModel) -> None:
    """Every bone of the MuJoCo model sits where OpenSim puts it, to a micrometre."""
    q, poses = _poses()
    arms = _angles(q, published)
    worst = 0.0
    for index, pose in enumerate(poses):
        published.place(TrunkPose((0.0, 1.0), 0.0, 0.0), {"r": arms}, index)
        turn, origin = published.bone("thorax")
        for bone, expected in pose["origin_m"].items():
            _, at = published.bone(f"{bone}_r")
            worst = max(worst, float(np.linalg.norm(turn.T @ (at - origin) - expected)))
    assert len(poses) == 100
    assert worst <= JOINT_CENTRE_TOLERANCE_M


def test_closed_form_arm_matches_opensim(published: BodyModel) -> None:
    """The vectorised forward kinematics give the same joint centres."""
    q, poses = _poses()
    points = arm_points(published.girdle, UNSCALED, _angles(q, published))
    for ours, bone in ((points.shoulder, "humerus"), (points.elbow, "ulna"), (points.wrist, "hand")):
        theirs = np.array([pose["origin_m"][bone] for pose in poses])
        assert np.linalg.norm(ours - theirs, axis=1).max() <= JOINT_CENTRE_TOLERANCE_M


def test_moment_arms_of_straight_muscles_match_opensim(published: BodyModel) -> None:
    """Muscles without a wrap surface or moving point have OpenSim's length and −dL/dq."""
    golden = json.loads((GOLDEN / "oracle_moment_arms.json").read_text())
    q = np.array([pose["q_rad"] for pose in golden["poses"]])
    arms = _angles(q, published)
    names = {"Coracobrachialis": "coracobrachialis", "BIC_brevis": "biceps_short", "TRIlong": "triceps_long"}
    index = {muscle.id: i for i, muscle in enumerate(published.anatomy.muscles)}
    elbow = golden["coordinates"].index("elbow_flexion")
    for pose, expected in enumerate(golden["poses"]):
        published.place(TrunkPose((0.0, 1.0), 0.0, 0.0), {"r": arms}, pose)
        state = published.arm_state("r")
        for theirs, ours in names.items():
            column = golden["muscles"].index(theirs)
            assert state.muscle_length[index[ours]] == pytest.approx(expected["length_m"][column], abs=1e-6)
            arm_m = np.array(expected["moment_arm_m"])[column, elbow]
            assert state.moment_arm[6, index[ours]] == pytest.approx(arm_m, abs=1e-5)
