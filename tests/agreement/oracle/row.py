"""A seated row with a light band, solved by OpenSim's static optimisation.

Run `BANDWRIGHT_ORACLE=model.osim python -m tests.agreement.oracle.row` in the project folder to write the
golden file; `tests/agreement/test_static_optimisation.py` solves the same problem with our recruitment.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from tests.agreement.oracle.balance import close_girdle, pull_arms_m
from tests.agreement.oracle.oracle_model import COORDINATES, Array, Oracle, load_oracle
from tests.agreement.oracle.static_optimisation import HandLoad, static_optimisation

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "oracle_static_optimisation.json"
FRAMES = 51
ANCHOR_M = np.array([0.9, -0.25, 0.15])
STIFFNESS_N_M = 250.0
REST_LENGTH_M = 0.35
GRIP_M = np.array([0.0, -0.08, -0.03])
GRAVITY = np.array([0.0, -9.80665, 0.0])
RESERVES_NM = {"elbow_flexion": 10.0, "pro_sup": 10.0}


def row_path() -> Array:
    """Coordinates (51, 11) [rad] from arms reaching forward to elbows behind; the girdle not yet closed."""
    s = np.linspace(0.0, 1.0, FRAMES)
    path = {name: np.zeros(FRAMES) for name in COORDINATES}
    path["clav_prot"] = -0.25 - 0.15 * s
    path["clav_elev"] = np.full(FRAMES, -0.06)
    path["scapula_abduction"] = -0.20 - 0.30 * s
    path["scapula_elevation"] = np.full(FRAMES, -0.05)
    path["scapula_upward_rot"] = 0.25 - 0.1 * s
    path["scapula_winging"] = np.full(FRAMES, 0.27)
    path["plane_elv"] = 1.2 - 1.7 * s
    path["shoulder_elv"] = 1.25 - 0.75 * s
    path["axial_rot"] = 0.4 + 0.2 * s
    path["elbow_flexion"] = 0.35 + 1.5 * s
    path["pro_sup"] = np.full(FRAMES, 0.3)
    return np.column_stack([path[name] for name in COORDINATES])


def band_force(oracle: Oracle, pose: Array) -> Array:
    """Pull of the band on the hand (3,) [N] in the thorax frame."""
    oracle.place_array(pose)
    grip = oracle.origin_m("hand") + oracle.rotation("hand") @ GRIP_M
    line = ANCHOR_M - grip
    length = float(np.linalg.norm(line))
    pull: Array = STIFFNESS_N_M * max(length - REST_LENGTH_M, 0.0) * line / length
    return pull


def generate() -> None:
    """Writes the golden file."""
    oracle = load_oracle()
    poses = np.array([close_girdle(oracle, pose) for pose in row_path()])
    force = np.array([band_force(oracle, pose) for pose in poses])
    movement = {name: poses[:, i] for i, name in enumerate(COORDINATES)}
    found = static_optimisation(movement, HandLoad(force, GRIP_M), GRAVITY, RESERVES_NM)
    golden = {
        "source": "Belli2023",
        "program": "OpenSim 4.6 StaticOptimization, exponent 2, no muscle physiology",
        "coordinates": list(COORDINATES),
        "muscles": list(found.muscles),
        "reserves_nm": RESERVES_NM,
        "gravity_m_s2": GRAVITY.tolist(),
        "grip_m": GRIP_M.tolist(),
        "q_rad": np.round(poses, 9).tolist(),
        "force_n": np.round(force, 6).tolist(),
        "activation": np.round(found.activation, 6).tolist(),
        "pull_arm_m": np.round([pull_arms_m(oracle, pose) for pose in poses], 7).tolist(),
    }
    GOLDEN.write_text(json.dumps(golden, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    generate()
