"""Recruitment against OpenSim's static optimisation on a seated row with a light band, glenoid cone left out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from bandwright.body import UNSCALED, ArmAngles, BodyModel, Person, Proportions, TrunkPose
from bandwright.body.model import WORLD_FROM_SOURCE
from bandwright.body.rotations import about_axis
from bandwright.catalogue.anatomy import load_anatomy, load_ratios, rows
from bandwright.recruitment import Penalties, RecruitmentProblem, recruit

ROOT = Path(__file__).parents[1]
GOLDEN = json.loads((ROOT / "golden" / "oracle_static_optimisation.json").read_text())
STIFF = Penalties(torque=1e5, cone=1.0)
"""OpenSim balances exactly; a stiff reserve comes as near as makes no difference."""

RESERVE_ROWS = (6, 7)
"""Elbow flexion and forearm pronation, which OpenSim was given reserves for."""

SOURCE_ARM_KG = 1.7650184258291826 + 0.8663223850962932 + 0.1830931956559252 + 0.41148941660685245


def _source_body() -> BodyModel:
    """The published body, on a man whose arm weighs what the source subject's does."""
    ratios = load_ratios(Person("male", 1.75, 70.0))
    share = ratios["upper_arm_mass"] + ratios["forearm_mass"] + ratios["hand_mass"]
    person = Person("male", 1.75, SOURCE_ARM_KG / share)
    return BodyModel(load_anatomy(as_published=True), Proportions(person, UNSCALED, ratios))


def _our_activations() -> np.ndarray[Any, np.dtype[np.float64]]:
    """Activations (51, 33) in OpenSim's muscle order, with our paths, statics and solver."""
    body = _source_body()
    q, force = np.array(GOLDEN["q_rad"]), np.array(GOLDEN["force_n"])
    axes = body.anatomy.joints["glenohumeral"].axes
    humerus = about_axis(axes[0], q[:, 6]) @ about_axis(axes[1], q[:, 7]) @ about_axis(axes[2], q[:, 8])
    arms = ArmAngles(np.column_stack([q[:, :6], q[:, 9:]]), humerus)
    upright = _tilt_to_thorax(body, arms)
    columns, strength = _muscles(body)
    moments, torques = [], []
    for index in range(len(q)):
        body.place(TrunkPose((0.0, 1.0), upright, 0.0), {"r": arms}, index)
        state = body.arm_state("r")
        reserve = np.zeros((8, 2))
        reserve[RESERVE_ROWS, [0, 1]] = list(GOLDEN["reserves_nm"].values())
        moments.append(np.hstack([state.moment_arm[:, columns] * strength, reserve]))
        pull = WORLD_FROM_SOURCE @ force[index]
        torques.append(state.gravity_torque - state.grip_jacobian.T @ pull)
    return _solve(np.array(moments), np.array(torques))


def _tilt_to_thorax(body: BodyModel, arms: ArmAngles) -> float:
    """Pelvis tilt [rad] at which the thorax bone itself, rather than its ISB frame, stands upright."""
    body.place(TrunkPose((0.0, 1.0), 0.0, 0.0), {"r": arms}, 0)
    turn = body.bone("thorax")[0] @ WORLD_FROM_SOURCE.T
    return float(-np.arctan2(turn[0, 2], turn[0, 0]))


def _muscles(body: BodyModel) -> tuple[list[int], np.ndarray[Any, np.dtype[np.float64]]]:
    """Our columns in OpenSim's order and their isometric forces (33,) [N]."""
    by_element = {row["element"]: row["id"] for row in rows("muscles.csv")}
    index = {muscle.id: i for i, muscle in enumerate(body.anatomy.muscles)}
    columns = [index[by_element[element]] for element in GOLDEN["muscles"]]
    force = np.array([body.anatomy.muscles[column].max_isometric_force_n for column in columns])
    return columns, force


def _solve(
    moment: np.ndarray[Any, np.dtype[np.float64]], torque: np.ndarray[Any, np.dtype[np.float64]]
) -> np.ndarray[Any, np.dtype[np.float64]]:
    poses, _, size = moment.shape
    lower = np.concatenate([np.zeros(size - 2), [-20.0, -20.0]])
    problem = RecruitmentProblem(
        moment=moment,
        torque=torque,
        lower=np.tile(lower, (poses, 1)),
        upper=np.tile(np.where(lower < 0, 20.0, 1.0), (poses, 1)),
        weight=np.ones(size),
        cone=np.zeros((poses, 0, size)),
        cone_limit=np.zeros((poses, 0)),
    )
    answer = recruit(problem, STIFF)
    assert answer.converged.all()
    assert np.abs(answer.residual).max() < 0.01
    return answer.activation[:, :-2]


def test_row_correlates_with_opensim() -> None:
    """Our whole chain, with MuJoCo's simpler wrapping, gives OpenSim's activations at a correlation over 0.95."""
    ours, theirs = _our_activations(), np.array(GOLDEN["activation"])
    correlation = float(np.corrcoef(ours.ravel(), theirs.ravel())[0, 1])
    assert correlation >= 0.95
    assert np.abs(ours - theirs).mean() <= 0.03
