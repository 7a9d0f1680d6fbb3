"""Laws of the exact muscle paths on a body of ordinary size."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import mujoco
import numpy as np
import pytest

from bandwright.body import SIDES, UNSCALED, BodyModel, Person, Proportions, Side, TrunkPose
from bandwright.body.exact_paths import MusclePaths
from bandwright.body.wrapping.placing import Pose
from bandwright.catalogue.anatomy import load_anatomy, load_ratios
from bandwright.catalogue.exercises import find_exercise
from bandwright.movements.interpolation import interpolate
from bandwright.movements.targets import reach, right_arm

Array = np.ndarray[Any, np.dtype[np.float64]]
STEP_RAD = 1e-5
FINE = 401
EXERCISES = sorted(p.name[:-5] for p in (files("bandwright") / "data" / "exercises").iterdir())


@pytest.fixture(scope="module")
def body() -> BodyModel:
    """The body at the size of the source subject."""
    person = Person("male", 1.75, 75.0)
    return BodyModel(load_anatomy(), Proportions(person, UNSCALED, load_ratios(person)))


def _configuration(body: BodyModel, seed: int) -> Array:
    """A random pose near rest with the right arm raised sideways (nq,)."""
    generator = np.random.default_rng(seed)
    qpos = np.array(body.model.qpos0)
    speed = np.zeros(body.model.nv)
    dof = body._dof["shoulder_r"]
    speed[dof : dof + 3] = np.array([-0.9, 0.0, 0.3]) + generator.uniform(-0.2, 0.2, 3)
    speed[body._dof["elbow_flexion_r"]] = generator.uniform(0.3, 1.5)
    speed[body._dof["scapula_upward_rot_r"]] = generator.uniform(0.0, 0.4)
    speed[body._dof["scapula_abduction_r"]] = -0.4
    mujoco.mj_integratePos(body.model, qpos, speed, 1.0)
    return qpos


def _paths(body: BodyModel, configurations: Array, points: int = 0) -> MusclePaths:
    """Paths at configurations (K, nq), those of the right arm."""
    poses = []
    for qpos in configurations:
        body.data.qpos[:] = qpos
        mujoco.mj_kinematics(body.model, body.data)
        mujoco.mj_comPos(body.model, body.data)
        poses.append(body.paths.pose())
    return body.paths.along(poses, "r", points)


@pytest.mark.parametrize("seed", range(4))
def test_gradient_is_the_slope_of_length(body: BodyModel, seed: int) -> None:
    """Central differences along a random direction of every degree of freedom give gradient times direction."""
    qpos = _configuration(body, seed)
    way = np.random.default_rng(seed + 100).normal(size=body.model.nv)
    poses = []
    for share in (0.0, 1.0, -1.0):
        moved = qpos.copy()
        mujoco.mj_integratePos(body.model, moved, way, share * STEP_RAD)
        poses.append(moved)
    found = _paths(body, np.array(poses))
    slope = (found.lengths[1] - found.lengths[2]) / (2 * STEP_RAD)
    assert np.abs(slope - way @ found.gradients[0]).max() <= 1e-4


def test_drawn_paths_are_as_long_as_computed(body: BodyModel) -> None:
    """Resampled polylines have the computed lengths within two hundredths."""
    found = _paths(body, _configuration(body, 9)[None], 60)
    drawn = np.linalg.norm(np.diff(found.lines[0], axis=1), axis=2).sum(axis=1)
    np.testing.assert_allclose(drawn, found.lengths[0], rtol=0.02)


def _poses(body: BodyModel, name: str, side: Side, count: int) -> list[Pose]:
    """One movement of one arm."""
    movement = find_exercise(name).movement
    arm = right_arm(body, reach(body, interpolate(movement.keyframes, count), movement.hand_target))
    found = []
    for index in range(count):
        body.place(TrunkPose((0.0, 1.0), 0.0, 0.0), {side: arm}, index)
        found.append(body.paths.pose())
    return found


def _along(body: BodyModel, name: str, side: Side = "r") -> MusclePaths:
    """The paths finely along one movement."""
    return body.paths.along(_poses(body, name, side, FINE), side)


@pytest.mark.parametrize("name", EXERCISES)
def test_no_length_jumps_along_a_movement(body: BodyModel, name: str) -> None:
    """No step of a muscle's length leaves the range of the two beside it by 0.15 mm beyond what the bones' do.

    A path may turn to another side at once, where both ways are as long: its steps then change, but none stands out.
    """
    lengths = _along(body, name).lengths
    bends = np.abs(np.diff(lengths, n=2, axis=0))
    steps = np.diff(lengths, axis=0)
    least, most = np.minimum(steps[:-2], steps[2:]), np.maximum(steps[:-2], steps[2:])
    outlying = np.maximum(least - steps[1:-1], steps[1:-1] - most)
    names = [muscle.id for muscle in body.anatomy.muscles]
    straight = [index for index, muscle in enumerate(body.anatomy.muscles) if not muscle.wraps]
    allowed = 0.15e-3 + 3.0 * bends[:-1, straight].max(axis=1)
    jumping = {names[i] for i in range(len(names)) if (outlying[:, i] > allowed).any()}
    assert not jumping
    assert np.abs(np.diff(lengths, axis=0)).max() <= 8e-3


@pytest.mark.parametrize("name", EXERCISES)
def test_no_moment_arm_steps_along_a_movement(body: BodyModel, name: str) -> None:
    """No change of a gradient from one of 401 poses to the next exceeds both beside it by 1 mm (or 1 mN/N)."""
    changes = np.abs(np.diff(_along(body, name).gradients, axis=0))
    outlying = changes[1:-1] - np.maximum(changes[:-2], changes[2:])
    assert outlying.max() <= 1e-3


def test_left_and_right_are_mirror_images(body: BodyModel) -> None:
    """Equal angles on both sides give equal lengths to 1e-12 m."""
    both = [_along(body, "face-pull", side).lengths for side in SIDES]
    np.testing.assert_allclose(both[0], both[1], rtol=0, atol=1e-12)


def test_a_pose_has_one_answer_whatever_came_before(body: BodyModel) -> None:
    """Solved as part of a movement or from nothing, lengths agree to 1e-9 m and gradients to 1e-7."""
    poses = _poses(body, "straight-arm-pulldown", "r", 31)
    whole = body.paths.along(poses, "r")
    for index, pose in enumerate(poses):
        alone = body.paths.along([pose], "r")
        np.testing.assert_allclose(whole.lengths[index], alone.lengths[0], rtol=0, atol=1e-9)
        np.testing.assert_allclose(whole.gradients[index], alone.gradients[0], rtol=0, atol=1e-7)


@pytest.mark.parametrize("name", EXERCISES)
def test_every_path_over_an_ellipsoid_is_found(body: BodyModel, name: str) -> None:
    """No shipped movement needs the approximation that stands in for a search that fails."""
    assert _along(body, name).approximated == 0
