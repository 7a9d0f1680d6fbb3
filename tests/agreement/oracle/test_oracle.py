"""The committed golden figures and our tables are what OpenSim and the published model give (Belli2023)."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import bandwright
from tests.agreement.oracle.balance import close_girdle, load_torque_nm, pull_arms_m, unbalanced_nm
from tests.agreement.oracle.elbow_muscles import elbow_figures
from tests.agreement.oracle.generate import ELBOW, GOLDEN, JOINTS, MOMENT_ARMS, joint_figures
from tests.agreement.oracle.oracle_model import COORDINATES, Oracle, load_oracle, missing_reason
from tests.agreement.oracle.static_optimisation import HandLoad, static_optimisation

pytestmark = [
    pytest.mark.oracle,
    pytest.mark.skipif(missing_reason() is not None, reason=str(missing_reason())),
]

TABLES = Path(bandwright.__file__).parent / "data" / "anatomy"
GRAVITY_M_S2 = np.array([0.0, -9.80665, 0.0])
REST = np.array([-0.30, -0.06, -0.31, -0.05, 0.21, 0.27, 0.5, 0.3, 0.4, 0.3, 0.3])
RAISED = np.array([-0.30, -0.06, -0.31, -0.05, 0.51, 0.27, 0.5, 1.2, 0.4, 1.2, 0.3])
FRAMES = 9
BALANCE_NM = 0.02


@pytest.fixture(scope="module")
def oracle() -> Oracle:
    """The published model in OpenSim."""
    return load_oracle()


def golden(name: str) -> dict[str, Any]:
    """One golden file."""
    return dict(json.loads((GOLDEN / name).read_text(encoding="utf-8")))


def table(name: str) -> list[dict[str, str]]:
    """One anatomy table, the Arm26 rows left out."""
    rows = csv.DictReader((TABLES / name).read_text(encoding="utf-8").splitlines())
    return [row for row in rows if row["source"] == "Belli2023"]


def test_joint_figures_are_what_opensim_gives(oracle: Oracle) -> None:
    """Every bone pose in the golden file is reproduced to 1e-9."""
    stored = golden(JOINTS)["poses"]
    fresh = joint_figures(oracle, np.array([pose["q_rad"] for pose in stored]))
    assert len(stored) == 100
    for old, new in zip(stored, fresh, strict=True):
        for kind in ("origin_m", "rotation"):
            for bone, figures in old[kind].items():
                np.testing.assert_allclose(new[kind][bone], figures, rtol=0, atol=1.5e-9)


def test_muscle_lengths_are_what_opensim_gives(oracle: Oracle) -> None:
    """Every path length in the golden file is reproduced to 1e-9 m, whatever pose came before."""
    for pose in reversed(golden(MOMENT_ARMS)["poses"]):
        oracle.place_array(np.array(pose["q_rad"]))
        np.testing.assert_allclose(oracle.lengths_m(), pose["length_m"], rtol=0, atol=1.5e-9)


def test_elbow_muscles_are_what_opensim_gives() -> None:
    """Lengths of our elbow muscles are reproduced, and each moves the elbow its own way by 1 to 3 cm."""
    for old, new in zip(golden(ELBOW)["flexions"], elbow_figures(), strict=True):
        for name, length in old["length_m"].items():
            assert new["length_m"][name] == pytest.approx(length, abs=1.5e-9)
            way = 1.0 if name == "brachialis" else -1.0
            assert 0.01 < way * new["moment_arm_m"][name] < 0.03


def test_muscle_table_says_what_the_source_says(oracle: Oracle) -> None:
    """Strength and lengths of all 33 elements equal the model's."""
    rows = table("muscles.csv")
    assert sorted(row["element"] for row in rows) == sorted(oracle.muscles)
    for row in rows:
        muscle = oracle.model.getMuscles().get(row["element"])
        assert float(row["max_isometric_force_n"]) == muscle.getMaxIsometricForce()
        assert float(row["optimal_fibre_length_m"]) == muscle.getOptimalFiberLength()
        assert float(row["tendon_slack_length_m"]) == muscle.getTendonSlackLength()
        assert float(row["pennation_rad"]) == muscle.getPennationAngleAtOptimalFiberLength()


@pytest.mark.parametrize("elevation_rad", [-0.3, 0.0, 1.1, 2.4])
def test_path_table_says_what_the_source_says(oracle: Oracle, elevation_rad: float) -> None:
    """Every path point, moving ones included, is where the model has it."""
    oracle.place({"shoulder_elv": elevation_rad})
    elements = {row["id"]: row["element"] for row in table("muscles.csv")}
    for row in table("muscle_paths.csv"):
        path = oracle.model.getMuscles().get(elements[row["muscle_id"]]).getGeometryPath()
        point = path.getPathPointSet().get(int(row["index"]))
        assert point.getBody().getName() == row["body"]
        expected = oracle.vector(point.getLocation(oracle.state))
        np.testing.assert_allclose(_position(row, elevation_rad), expected, rtol=0, atol=1e-12)


def _position(row: dict[str, str], elevation_rad: float) -> np.ndarray[Any, np.dtype[np.float64]]:
    start = np.array([float(row[key]) for key in ("x_m", "y_m", "z_m")])
    if not row["driver"]:
        return start
    end = np.array([float(row[key]) for key in ("end_x_m", "end_y_m", "end_z_m")])
    first, last = float(row["driver_start_rad"]), float(row["driver_end_rad"])
    return np.asarray(start + (end - start) * (elevation_rad - first) / (last - first))


def test_landmarks_are_the_models_markers(oracle: Oracle) -> None:
    """Every landmark sits on the bone and at the place of the model's marker."""
    rows = table("landmarks.csv")
    assert len(rows) == oracle.model.getMarkerSet().getSize()
    for row in rows:
        marker = oracle.model.getMarkerSet().get(row["landmark"])
        assert marker.getParentFrame().getName() == row["body"]
        place = oracle.vector(marker.get_location())
        np.testing.assert_allclose([float(row[key]) for key in ("x_m", "y_m", "z_m")], place, rtol=0, atol=0)


def test_static_optimisation_balances_torques(oracle: Oracle) -> None:
    """Muscles, reserves, gravity and a hand force leave no torque on the closed girdle and arm."""
    share = np.linspace(0.0, 1.0, FRAMES)[:, None]
    poses = np.array([close_girdle(oracle, pose) for pose in REST + share * (RAISED - REST)])
    load = HandLoad(np.tile([40.0, -10.0, 5.0], (FRAMES, 1)), np.array([0.0, -0.08, -0.03]))
    reserves = {name: 20.0 if name in ("elbow_flexion", "pro_sup") else 1.0 for name in COORDINATES}
    movement = dict(zip(COORDINATES, poses.T, strict=True))
    answer = static_optimisation(movement, load, GRAVITY_M_S2, reserves)
    assert answer.activation.shape == (FRAMES, 33)
    assert -1e-6 < answer.activation.min() < 1e-4
    assert answer.activation.max() < 1.0
    for frame in (0, FRAMES // 2, FRAMES - 1):
        torque = load_torque_nm(oracle, poses[frame], load, frame, GRAVITY_M_S2) + answer.reserve_nm[frame]
        assert unbalanced_nm(oracle, poses[frame], torque) > 100 * BALANCE_NM
        tension = answer.activation[frame] * oracle.max_forces_n()
        torque += pull_arms_m(oracle, poses[frame]).T @ tension
        assert unbalanced_nm(oracle, poses[frame], torque) < BALANCE_NM
