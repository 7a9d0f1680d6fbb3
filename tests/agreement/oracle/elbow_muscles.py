"""Our own elbow muscles (Arm26 paths moved to this humerus) measured by OpenSim's path code.

They are added to the published model from our tables, so lengths check our path solver, not our figures.
"""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path
from typing import Any

import numpy as np

import bandwright
from tests.agreement.oracle.oracle_model import COORDINATES, Array, Oracle, open_girdle, read_model

TABLES = Path(bandwright.__file__).parent / "data" / "anatomy"
SURFACE = "elbow_posterior"
ELBOW_DEG = np.arange(0.0, 131.0, 10.0)
STEP_RAD = 1e-3
# The arm hangs, a little forward and out.
HANGING = np.array([-0.30, -0.06, -0.31, -0.05, 0.21, 0.27, 0.3, 0.3, 0.4, 0.0, 0.3])

Path3 = list[tuple[str, Array]]


def _rows(name: str) -> list[dict[str, str]]:
    text = (TABLES / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _vector(row: dict[str, str], keys: tuple[str, ...]) -> Array:
    return np.array([float(row[key]) for key in keys])


def elbow_paths() -> dict[str, Path3]:
    """Path points (bone, place (3,) [m]) of the muscles from Arm26 and of the corrected long triceps."""
    paths: dict[str, Path3] = {}
    for row in _rows("muscle_paths.csv"):
        if row["source"] == "Arm26":
            point = (row["body"], _vector(row, ("x_m", "y_m", "z_m")))
            paths.setdefault(row["muscle_id"], []).append(point)
    corrections = tomllib.loads((TABLES / "muscle_corrections.toml").read_text(encoding="utf-8"))
    for name, correction in corrections.items():
        paths[name] = [(point["body"], np.array(point["position_m"])) for point in correction["point"]]
    return paths


def load_elbow_oracle() -> Oracle:
    """The published model with our elbow muscles and their cylinder added under our ids."""
    opensim, model = read_model()
    paths = elbow_paths()
    _add_cylinder(opensim, model)
    for name, path in paths.items():
        muscle = opensim.Thelen2003Muscle(name, 1.0, 0.1, 0.1, 0.0)
        for index, (bone, place) in enumerate(path):
            body = model.getBodySet().get(bone)
            muscle.addNewPathPoint(f"{name}_{index}", body, opensim.Vec3(*map(float, place)))
        model.addForce(muscle)
    model.finalizeConnections()
    surface = model.getBodySet().get("humerus").getWrapObject(SURFACE)
    for name in paths:
        muscle = opensim.Muscle.safeDownCast(model.updForceSet().get(name))
        muscle.updGeometryPath().addPathWrap(surface)
    model.finalizeConnections()
    return open_girdle(opensim, model)


def _add_cylinder(opensim: Any, model: Any) -> None:
    row = next(row for row in _rows("wrap_surfaces.csv") if row["surface"] == SURFACE)
    cylinder = opensim.WrapCylinder()
    cylinder.setName(SURFACE)
    cylinder.set_radius(float(row["radius_m"]))
    cylinder.set_length(float(row["length_m"]))
    cylinder.set_quadrant(row["quadrant"])
    cylinder.set_translation(opensim.Vec3(*map(float, _vector(row, ("x_m", "y_m", "z_m")))))
    angles = _vector(row, ("euler_x_rad", "euler_y_rad", "euler_z_rad"))
    cylinder.set_xyz_body_rotation(opensim.Vec3(*map(float, angles)))
    model.getBodySet().get("humerus").addWrapObject(cylinder)
    cylinder.thisown = False  # the body owns it now; Python would free it a second time


def elbow_figures() -> list[dict[str, Any]]:
    """Length and moment arm [m] of every elbow muscle at each flexion of the hanging arm."""
    oracle = load_elbow_oracle()
    names = list(elbow_paths())
    chosen = [oracle.muscles.index(name) for name in names]
    figures = []
    for angle in np.radians(ELBOW_DEG):
        here, ahead, behind = (_lengths(oracle, angle + d)[chosen] for d in (0.0, STEP_RAD, -STEP_RAD))
        arms = (behind - ahead) / (2 * STEP_RAD)
        figures.append(
            {
                "elbow_flexion_rad": float(angle),
                "length_m": dict(zip(names, np.round(here, 9).tolist(), strict=True)),
                "moment_arm_m": dict(zip(names, np.round(arms, 9).tolist(), strict=True)),
            }
        )
    return figures


def _lengths(oracle: Oracle, elbow_rad: float) -> Array:
    pose = HANGING.copy()
    pose[COORDINATES.index("elbow_flexion")] = elbow_rad
    oracle.place_array(pose)
    return oracle.lengths_m()
