"""The shipped keyframes against the model coordinates they were solved for."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from bandwright.body import Girdle
from bandwright.body.arm import arm_angles
from bandwright.body.rotations import about_axis
from bandwright.catalogue.anatomy import load_anatomy
from bandwright.catalogue.exercises import find_exercise
from bandwright.movements.interpolation import arm_direction, humerus_in_thorax

GOLDEN = Path(__file__).parents[1] / "golden" / "model_keyframes.csv"
ROWS = list(csv.DictReader(line for line in GOLDEN.read_text().splitlines() if not line.startswith("#")))
HINGES = (
    "clav_prot",
    "clav_elev",
    "scapula_abduction",
    "scapula_elevation",
    "scapula_upward_rot",
    "scapula_winging",
)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['exercise']}@{row['phase']}")
def test_keyframe_solves_to_the_published_coordinates(row: dict[str, str]) -> None:
    """Girdle angles agree to the rounding of the figures, the arm's orientation to 0.11 degrees."""
    movement = find_exercise(row["exercise"]).movement
    frame = next(frame for frame in movement.keyframes if frame.phase == float(row["phase"]))
    girdle = Girdle(load_anatomy())
    rest = girdle.clavicle_rest()
    free = frame.girdle
    angles = arm_angles(
        girdle,
        (np.array([rest[0] + free.protraction]), np.array([rest[1] + free.elevation])),
        np.array([free.upward_rotation]),
        humerus_in_thorax(
            arm_direction(np.array([frame.arm.plane]), np.array([frame.arm.elevation])),
            np.array([frame.arm.external_rotation]),
        ),
        (np.array([frame.arm.elbow_flexion]), np.array([frame.arm.pronation])),
    )
    expected = [float(row[name]) for name in HINGES]
    assert np.degrees(angles.hinges[0, :6]) == pytest.approx(expected, abs=0.0051)
    axes = girdle.anatomy.joints["glenohumeral"].axes
    turns = [np.radians(float(row[name])) for name in ("plane_elv", "shoulder_elv", "axial_rot")]
    theirs = about_axis(axes[0], turns[0]) @ about_axis(axes[1], turns[1]) @ about_axis(axes[2], turns[2])
    cosine = (np.trace(theirs.T @ angles.humerus[0]) - 1.0) / 2.0
    assert np.degrees(np.arccos(np.clip(cosine, -1.0, 1.0))) <= 0.11
