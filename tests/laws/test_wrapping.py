"""Laws of the exact muscle paths on a body of ordinary size."""

from __future__ import annotations

from typing import Any

import mujoco
import numpy as np
import pytest

from bandwright.body import UNSCALED, BodyModel, Person, Proportions
from bandwright.body.exact_paths import ExactPaths, Travel
from bandwright.catalogue.anatomy import load_anatomy, load_ratios

Array = np.ndarray[Any, np.dtype[np.float64]]
STEP_RAD = 1e-5


@pytest.fixture(scope="module")
def body() -> BodyModel:
    """The body at the size of the source subject."""
    person = Person("male", 1.75, 75.0)
    return BodyModel(load_anatomy(), Proportions(person, UNSCALED, load_ratios(person)))


@pytest.fixture(scope="module")
def paths(body: BodyModel) -> ExactPaths:
    """Paths with one travelling point."""
    at = next(muscle for muscle in body.anatomy.muscles if muscle.id == "latissimus_dorsi_lower").path[2]
    travel = Travel(
        "latissimus_dorsi_lower", 2, at.position_m, at.position_m + np.array([0.009, 0.007, 0.004]), 0.0, 3.14
    )
    return ExactPaths(body.model, body.anatomy, body.sizes, [travel])


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


def _lengths(body: BodyModel, paths: ExactPaths, qpos: Array) -> tuple[Array, Array]:
    body.data.qpos[:] = qpos
    mujoco.mj_kinematics(body.model, body.data)
    mujoco.mj_comPos(body.model, body.data)
    return paths.lengths_and_gradients(body.data, "r")


@pytest.mark.parametrize("seed", range(4))
def test_gradient_is_the_slope_of_length(body: BodyModel, paths: ExactPaths, seed: int) -> None:
    """Central differences along a random direction of every degree of freedom give gradient times direction."""
    qpos = _configuration(body, seed)
    _, gradient = _lengths(body, paths, qpos)
    way = np.random.default_rng(seed + 100).normal(size=body.model.nv)
    ends = []
    for sign in (1.0, -1.0):
        moved = qpos.copy()
        mujoco.mj_integratePos(body.model, moved, way, sign * STEP_RAD)
        ends.append(_lengths(body, paths, moved)[0])
    slope = (ends[0] - ends[1]) / (2 * STEP_RAD)
    assert np.abs(slope - gradient @ way).max() <= 1e-4


def test_drawn_paths_are_as_long_as_computed(body: BodyModel, paths: ExactPaths) -> None:
    """Resampled polylines have the computed lengths within two hundredths."""
    lengths, _ = _lengths(body, paths, _configuration(body, 9))
    lines = paths.polylines(body.data, "r", 60)
    drawn = np.linalg.norm(np.diff(lines, axis=1), axis=2).sum(axis=1)
    np.testing.assert_allclose(drawn, lengths, rtol=0.02)
