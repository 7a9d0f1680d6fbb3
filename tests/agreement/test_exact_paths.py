"""Exact muscle paths against OpenSim's lengths and finite-difference moment arms."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bandwright.body import UNSCALED, ArmAngles, BodyModel, Person, Proportions, TrunkPose
from bandwright.body.exact_paths import ExactPaths, Travel
from bandwright.body.rotations import about_axis, unit
from bandwright.catalogue.anatomy import load_anatomy, load_ratios, rows

Array = np.ndarray[Any, np.dtype[np.float64]]

GOLDEN = Path(__file__).parents[1] / "golden" / "oracle_moment_arms.json"
TWO_SURFACES = {
    "teres_major",
    "infraspinatus_upper",
    "infraspinatus_lower",
    "subscapularis_upper",
    "subscapularis_middle",
}
"""Muscles over a one-sided cylinder: at some poses OpenSim's path there is shorter than the straight line."""


def _point(row: dict[str, str], prefix: str) -> Array:
    return np.array([float(row[f"{prefix}{axis}_m"]) for axis in "xyz"])


def _travels() -> list[Travel]:
    return [
        Travel(
            row["muscle_id"],
            int(row["index"]),
            _point(row, ""),
            _point(row, "end_"),
            float(row["driver_start_rad"]),
            float(row["driver_end_rad"]),
        )
        for row in rows("muscle_paths.csv")
        if row["end_x_m"]
    ]


def _rates(body: BodyModel, q: Array) -> Array:
    """Degree-of-freedom rates (nv, 11) per rate of OpenSim's coordinates."""
    found = body._free_rates("r").copy()
    plane, raised, twist = body.anatomy.joints["glenohumeral"].axes
    first = about_axis(plane, q[6])
    second = first @ about_axis(raised, q[7])
    humerus = second @ about_axis(twist, q[8])
    dof = body._dof["shoulder_r"]
    found[:, 6:9] = 0.0
    axes = np.column_stack([plane, first @ raised, second @ unit(twist)])
    found[dof : dof + 3, 6:9] = humerus.T @ axes
    return found


@pytest.fixture(scope="module")
def errors() -> tuple[list[str], Array, Array]:
    """Muscles, length errors (12, 33) [m] and moment arm errors (12, 33, 11) [m]."""
    golden = json.loads(GOLDEN.read_text())
    person = Person("male", 1.75, 75.0)
    body = BodyModel(load_anatomy(as_published=True), Proportions(person, UNSCALED, load_ratios(person)))
    lower = {row["surface"] for row in rows("wrap_surfaces.csv") if row["quadrant"] == "-y"}
    paths = ExactPaths(body.model, body.anatomy, body.sizes, _travels(), lower)
    q = np.array([pose["q_rad"] for pose in golden["poses"]])
    plane, raised, twist = body.anatomy.joints["glenohumeral"].axes
    humerus = about_axis(plane, q[:, 6]) @ about_axis(raised, q[:, 7]) @ about_axis(twist, q[:, 8])
    arms = ArmAngles(np.column_stack([q[:, :6], q[:, 9:]]), humerus)
    ours = {row["element"]: row["id"] for row in rows("muscles.csv")}
    names = [ours[name] for name in golden["muscles"]]
    place = {muscle.id: index for index, muscle in enumerate(body.anatomy.muscles)}
    chosen = [place[name] for name in names]
    lengths, levers = [], []
    for index, pose in enumerate(golden["poses"]):
        body.place(TrunkPose((0.0, 1.0), 0.0, 0.0), {"r": arms}, index)
        length, gradient = paths.lengths_and_gradients(body.data, "r")
        lengths.append(length[chosen] - pose["length_m"])
        levers.append(-(gradient @ _rates(body, q[index]))[chosen] - np.array(pose["moment_arm_m"]))
    return names, np.array(lengths), np.array(levers)


def test_mean_moment_arm_error_is_below_a_fifth_of_a_millimetre(
    errors: tuple[list[str], Array, Array],
) -> None:
    """All 33 muscles, 11 coordinates and 12 poses together."""
    _, _, levers = errors
    assert levers.shape == (12, 33, 11)
    assert np.abs(levers).mean() <= 0.2e-3


def test_one_surface_muscles_match_everywhere(errors: tuple[list[str], Array, Array]) -> None:
    """Muscles over the trunk, the deltoid's ellipsoid or the humeral head: 3 mm worst lever, 0.5 mm length."""
    names, lengths, levers = errors
    plain = np.array([name not in TWO_SURFACES for name in names])
    assert np.abs(lengths[:, plain]).max() <= 0.5e-3
    assert np.abs(levers[:, plain]).max() <= 3e-3
