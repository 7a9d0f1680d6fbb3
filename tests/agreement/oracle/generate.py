"""Writes the golden figures of the body model from OpenSim.

Run `BANDWRIGHT_ORACLE=model.osim python -m tests.agreement.oracle.generate` in the project folder. Poses are
drawn from a fixed seed, so a second run writes the same files.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

from tests.agreement.oracle.balance import pull_arms_m
from tests.agreement.oracle.elbow_muscles import HANGING, elbow_figures
from tests.agreement.oracle.oracle_model import BONES, COORDINATES, Array, Oracle, load_oracle, missing_reason

GOLDEN = Path(__file__).resolve().parents[2] / "golden"
JOINTS = "oracle_joints.json"
MOMENT_ARMS = "oracle_moment_arms.json"
ELBOW = "oracle_elbow_muscles.json"

SEED = 20190913
POSES = 100
MOMENT_ARM_POSES = 12
DECIMALS = 9
STEPS_RAD = (1e-3, 1.5e-3, 2e-3, 3e-3, 5e-3)
"""Half-steps of the central differences. OpenSim sums chords over an ellipsoid and their number jumps, which
moves a length by some micrometres: the median over several wide steps is not caught by one jump."""
DOUBTFUL_M = 1e-3

# Lowest and highest value of each coordinate: girdle around rest, arm and forearm wide.
LOW = np.array([-0.55, -0.25, -0.61, -0.25, -0.10, 0.05, -1.0, 0.05, -1.2, 0.0, -1.4])
HIGH = np.array([-0.05, 0.30, 0.05, 0.20, 0.70, 0.50, 2.0, 2.40, 1.4, 2.2, 1.4])


def draw_poses() -> Array:
    """Coordinates of all poses (100, 11) [rad], to six decimals so that the file holds them exactly."""
    return np.round(np.random.default_rng(SEED).uniform(LOW, HIGH, (POSES, len(COORDINATES))), 6)


def _plain(values: Array) -> Any:
    return (np.round(values, DECIMALS) + 0.0).tolist()


def joint_figures(oracle: Oracle, poses: Array) -> list[dict[str, Any]]:
    """Where every bone is at each pose, in the thorax frame."""
    figures = []
    for pose in poses:
        oracle.place_array(pose)
        figures.append(
            {
                "q_rad": pose.tolist(),
                "origin_m": {bone: _plain(oracle.origin_m(bone)) for bone in BONES},
                "rotation": {bone: _plain(oracle.rotation(bone)) for bone in ("scapula", "humerus", "hand")},
            }
        )
    return figures


def slopes_m(oracle: Oracle, pose: Array, coordinate: int) -> Array:
    """-dL/dq of all muscles (steps, 33) [m] at one pose and coordinate, one row for each step."""
    rows = []
    for step in STEPS_RAD:
        ends = []
        for sign in (1.0, -1.0):
            moved = pose.copy()
            moved[coordinate] += sign * step
            oracle.place_array(moved)
            ends.append(oracle.lengths_m())
        rows.append(-(ends[0] - ends[1]) / (2 * step))
    return np.array(rows)


def moment_arm_figures(oracle: Oracle, pose: Array) -> dict[str, Any]:
    """Lengths (33,), moment arms (33, 11), pull arms (33, 11) and the entries where the length jumps."""
    slopes = np.stack([slopes_m(oracle, pose, i) for i in range(len(COORDINATES))], axis=-1)
    oracle.place_array(pose)
    lengths, spread = oracle.lengths_m(), np.ptp(slopes, axis=0)
    return {
        "q_rad": pose.tolist(),
        "length_m": _plain(lengths),
        "moment_arm_m": _plain(np.median(slopes, axis=0)),
        "pull_arm_m": _plain(pull_arms_m(oracle, pose)),
        "doubtful": [
            [oracle.muscles[m], COORDINATES[c], round(float(spread[m, c]), 6)]
            for m, c in np.argwhere(spread > DOUBTFUL_M)
        ],
    }


def _write(name: str, content: dict[str, Any], lines: str) -> None:
    rows = ",\n".join(json.dumps(row, separators=(",", ":")) for row in content.pop(lines))
    head = json.dumps(content, indent=1)[:-2]
    (GOLDEN / name).write_text(f'{head},\n "{lines}": [\n{rows}\n]\n}}\n', encoding="utf-8")


def main() -> None:
    """Writes the golden files."""
    if reason := missing_reason():
        sys.exit(reason)
    oracle, poses = load_oracle(), draw_poses()
    frame = "thorax: x forward, y up, z right; right side; acromioclavicular joint left open"
    about = {"source": "Belli2023", "program": f"OpenSim {oracle.opensim.GetVersion()}", "frame": frame}
    names = {**about, "coordinates": list(COORDINATES)}
    _write(JOINTS, {**names, "poses": joint_figures(oracle, poses)}, "poses")
    arms = [moment_arm_figures(oracle, pose) for pose in poses[:MOMENT_ARM_POSES]]
    method = f"moment arm = -dL/dq, median of central differences over half-steps {list(STEPS_RAD)} rad; "
    method += "pull arm = virtual work of the pulls OpenSim applies to the bones, for one newton of tension"
    _write(MOMENT_ARMS, {**names, "muscles": list(oracle.muscles), "method": method, "poses": arms}, "poses")
    pose = {**names, "source": "Arm26, Belli2023", "q_rad": HANGING.tolist()}
    _write(ELBOW, {**pose, "flexions": elbow_figures()}, "flexions")


if __name__ == "__main__":
    main()
