"""Recordings analysed: our own repetitions written as the field's files and read back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import root
from scipy.spatial.transform import Rotation

from bandwright.body import BodyModel, Person, Side
from bandwright.body.arm import arm_points
from bandwright.body.model import sagittal_tilt
from bandwright.body.rotations import about_axis
from bandwright.catalogue.exercises import find_exercise
from bandwright.catalogue.setup import SetUp
from bandwright.catalogue.setups import default_setup
from bandwright.errors import InputError
from bandwright.movements.interpolation import Trajectory, trajectory
from bandwright.movements.recorded import Sampling
from bandwright.movements.targets import reach, right_arm
from bandwright.service.analysis import Analysis, analyse
from bandwright.service.bodies import body_of
from bandwright.service.motion import Motion, analyse_motion, pose_motion, with_motion

Array = NDArray[np.float64]

MAN = Person("male", 1.755, 84.6)
RATE_HZ = 100.0
REST_S, LIFT_S = 0.5, 1.5
WHOLE_LIFT = Sampling(REST_S, REST_S + LIFT_S)


def _setup(exercise: str) -> SetUp:
    return default_setup(find_exercise(exercise), MAN)


@lru_cache(maxsize=4)
def _original(exercise: str) -> Analysis:
    return analyse(_setup(exercise), with_spread=False)


def _recording(exercise: str) -> tuple[Array, Trajectory, BodyModel]:
    """Times (N,) and the exercise over time: rest, a lift at minimum jerk, rest."""
    body = body_of(MAN)
    movement = find_exercise(exercise).movement
    fine = reach(body, trajectory(movement, 501), movement.hand_target)
    time = np.arange(0.0, LIFT_S + 2 * REST_S + 1e-9, 1.0 / RATE_HZ)
    tau = np.clip((time - REST_S) / LIFT_S, 0.0, 1.0)
    at = 10 * tau**3 - 15 * tau**4 + 6 * tau**5

    def over(values: Array) -> Array:
        columns = values.reshape(len(values), -1).T
        return np.array([np.interp(at, fine.phase, one) for one in columns]).T.reshape(-1, *values.shape[1:])

    path = Trajectory(**{one.name: over(getattr(fine, one.name)) for one in fields(Trajectory)})
    direction = path.direction / np.linalg.norm(path.direction, axis=1, keepdims=True)
    return time, replace(path, direction=direction), body


def _write_mot(file: Path, time: Array, columns: Mapping[str, Array], *, degrees: bool) -> None:
    scale = 180.0 / np.pi if degrees else 1.0
    rows = np.column_stack([time, *(scale * value for value in columns.values())])
    head = [f"nRows={len(rows)}", f"nColumns={rows.shape[1]}", f"inDegrees={'yes' if degrees else 'no'}"]
    lines = [file.stem, "version=1", *head, "endheader", "\t".join(["time", *columns])]
    file.write_text("\n".join([*lines, *("\t".join(f"{x:.8f}" for x in row) for row in rows)]) + "\n")


def _write_trc(file: Path, time: Array, markers: Mapping[str, Array], *, unit: str) -> None:
    rows = np.column_stack([time, *((1000.0 if unit == "mm" else 1.0) * value for value in markers.values())])
    count = (
        str(RATE_HZ),
        str(RATE_HZ),
        str(len(rows)),
        str(len(markers)),
        unit,
        str(RATE_HZ),
        "1",
        str(len(rows)),
    )
    keys = (
        "DataRate",
        "CameraRate",
        "NumFrames",
        "NumMarkers",
        "Units",
        "OrigDataRate",
        "OrigDataStartFrame",
    )
    lines = [
        f"PathFileType\t4\t(X/Y/Z)\t{file.name}",
        "\t".join([*keys, "OrigNumFrames"]),
        "\t".join(count),
        "Frame#\tTime\t" + "\t\t\t".join(markers) + "\t\t",
        "\t\t" + "\t".join(f"{axis}{n}" for n in range(1, len(markers) + 1) for axis in "XYZ"),
        "",
        *(f"{n}\t" + "\t".join(f"{x:.7f}" for x in row) for n, row in enumerate(rows, 1)),
    ]
    file.write_text("\n".join(lines) + "\n")


def _coordinates(path: Trajectory, body: BodyModel) -> dict[str, Array]:
    """The repetition in the thoracoscapular model's coordinates [rad]."""
    angles = right_arm(body, path)
    names = ("clav_prot", "clav_elev", "scapula_abduction", "scapula_elevation", "scapula_upward_rot")
    found = dict(zip((*names, "scapula_winging", "elbow_flexion", "pro_sup"), angles.hinges.T, strict=True))
    axes = body.anatomy.joints["glenohumeral"].axes
    guess, turns = np.array([0.3, 0.8, 0.3]), []

    for target in angles.humerus:

        def miss(q: Array, target: Array = target) -> Array:
            turn = about_axis(axes[0], q[0]) @ about_axis(axes[1], q[1]) @ about_axis(axes[2], q[2])
            return np.asarray(Rotation.from_matrix(target.T @ turn).as_rotvec())

        found_at = root(miss, guess, tol=1e-12)
        assert np.abs(found_at.fun).max() < 1e-9
        guess = found_at.x
        turns.append(guess)
    found |= dict(zip(("plane_elv", "shoulder_elv", "axial_rot"), np.array(turns).T, strict=True))
    tilt = sagittal_tilt(body.anatomy)
    found["ground_thorax_rot_z"] = np.arctan2(tilt[1, 0], tilt[0, 0]) - path.trunk_inclination
    return found


def _markers(path: Trajectory, body: BodyModel, side: Side, facing: float) -> dict[str, Array]:
    """Markers [m] with y up of a body that faces any way; the left arm's are mirrored."""
    angles = right_arm(body, path)
    at = arm_points(body.girdle, body.sizes.scale, angles)
    marks, size = body.anatomy.landmarks, body.sizes.scale.girdle
    turn, _ = body.girdle.scapula_pose(angles.hinges[:, 2:6])
    humerus = turn @ angles.humerus
    across = humerus @ (marks["EpL"].position_m - marks["EpM"].position_m) / 2
    ulna = humerus @ about_axis(body.anatomy.joints["elbow"].axes[0], angles.hinges[:, 6])
    radius = ulna @ about_axis(body.anatomy.joints["radioulnar"].axes[0], angles.hinges[:, 7])
    s = side.upper()
    here = {
        f"{s}Shoulder": at.shoulder,
        f"{s}ELB": at.elbow + across,
        f"{s}MELB": at.elbow - across,
        f"{s}WRA": at.wrist + 0.03 * radius[:, :, 0],
        f"{s}WRB": at.wrist - 0.03 * radius[:, :, 0],
    }
    _, origin = body.girdle.scapula_pose(angles.hinges[:, 2:6])
    for name in ("aa", "ts", "ai"):
        here[f"{s}{name.upper()}"] = size * (origin + turn @ marks[name].position_m)
    flat = np.array([size, size, 0.0])
    for name, mark in (("C7", "c7"), ("CLAV", "ij"), ("STRN", "px"), ("T10", "t8")):
        here[name] = np.tile(marks[mark].position_m * flat, (len(path.phase), 1))
    lean = about_axis(np.array([0.0, 0.0, 1.0]), -path.trunk_inclination) @ sagittal_tilt(body.anatomy)
    world = about_axis(np.array([0.0, 1.0, 0.0]), facing)
    mirror = np.array([1.0, 1.0, 1.0 if side == "r" else -1.0])
    place = np.array([0.4, 1.1, -0.2])
    return {name: np.einsum("nij,nj->ni", world @ lean, p * mirror) + place for name, p in here.items()}


def _apart(found: Analysis, original: Analysis) -> dict[str, float]:
    """Largest difference of each curve as a share of its peak."""
    pairs = {
        "load": (found.working.load_n, original.working.load_n),
        "strength": (found.strength_n, original.strength_n),
        "effort": (found.effort, original.effort),
    }
    return {name: float(np.abs(a - b).max() / np.abs(b).max()) for name, (a, b) in pairs.items()}


@pytest.mark.parametrize(
    "exercise", ["bent-over-band-row", "band-external-rotation", "straight-arm-pulldown"]
)
def test_coordinates_come_back(exercise: str, tmp_path: Path) -> None:
    """A repetition written as thoracoscapular coordinates has the same curves within 1 % of their peaks."""
    time, path, body = _recording(exercise)
    file = tmp_path / "row.mot"
    _write_mot(file, time, _coordinates(path, body), degrees=exercise == "bent-over-band-row")
    found = analyse_motion(_setup(exercise), Motion(file, sampling=WHOLE_LIFT), with_spread=False)
    assert {k: v for k, v in _apart(found, _original(exercise)).items() if not v < 0.01} == {}


@pytest.mark.parametrize(("side", "unit", "facing"), [("r", "mm", 0.0), ("l", "m", 2.0)])
def test_markers_come_back(side: Side, unit: str, facing: float, tmp_path: Path) -> None:
    """Either arm's markers, in either unit and facing any way, give the same curves within 1 % of their peaks."""
    exercise = "bent-over-band-row"
    time, path, body = _recording(exercise)
    file = tmp_path / "row.trc"
    _write_trc(file, time, _markers(path, body, side, facing), unit=unit)
    found = analyse_motion(_setup(exercise), Motion(file, side, WHOLE_LIFT), with_spread=False)
    assert {k: v for k, v in _apart(found, _original(exercise)).items() if not v < 0.01} == {}


def test_without_blade_markers_the_load_still_comes_back(tmp_path: Path) -> None:
    """The blade's turn is then a guess, which the load does not feel and strength by less than 4 %."""
    time, path, body = _recording("bent-over-band-row")
    markers = _markers(path, body, "r", 1.0)
    file = tmp_path / "row.trc"
    _write_trc(file, time, {k: v for k, v in markers.items() if k not in ("RAA", "RTS", "RAI")}, unit="m")
    found = analyse_motion(_setup("bent-over-band-row"), Motion(file, sampling=WHOLE_LIFT), with_spread=False)
    apart = _apart(found, _original("bent-over-band-row"))
    assert apart["load"] < 0.01
    assert apart["effort"] < 0.02
    assert apart["strength"] < 0.04


def test_the_lift_is_found(tmp_path: Path) -> None:
    """Without times the lift found starts and ends with the hand's, less the slowest part of its way."""
    time, path, body = _recording("bent-over-band-row")
    file = tmp_path / "row.trc"
    _write_trc(file, time, _markers(path, body, "r", 0.0), unit="m")
    lift = with_motion(_setup("bent-over-band-row"), Motion(file)).lift
    assert lift.start_s == pytest.approx(REST_S, abs=0.3)
    assert lift.finish_s == pytest.approx(REST_S + LIFT_S, abs=0.3)


def test_pose_estimator_markers_give_the_same_movement(tmp_path: Path) -> None:
    """Shoulders, hips, elbow and wrist alone find trunk and upper arm to 10° and the elbow to 5°."""
    time, path, body = _recording("bent-over-band-row")
    markers = _markers(path, body, "r", 0.5)
    far = _markers(path, body, "l", 0.5)
    hips = body.sizes.length_m("suprasternal_height") - body.sizes.length_m("hip_height")
    lean = about_axis(np.array([0.0, 0.0, 1.0]), -path.trunk_inclination)
    down = about_axis(np.array([0.0, 1.0, 0.0]), 0.5) @ lean @ np.array([0.0, -hips, 0.0])
    middle = (markers["C7"] + markers["CLAV"]) / 2 + down
    seen = {
        "RShoulder": markers["RShoulder"],
        "LShoulder": far["LShoulder"],
        "CHip": middle,
        "RElbow": (markers["RELB"] + markers["RMELB"]) / 2,
        "RWrist": (markers["RWRA"] + markers["RWRB"]) / 2,
    }
    file = tmp_path / "row.trc"
    _write_trc(file, time, seen, unit="m")
    found = pose_motion(_setup("bent-over-band-row"), Motion(file, sampling=WHOLE_LIFT)).path
    wanted = _original("bent-over-band-row").posed.path
    between = np.arccos(np.clip(np.sum(found.direction * wanted.direction, axis=1), -1.0, 1.0))
    assert np.degrees(np.abs(found.trunk_inclination - wanted.trunk_inclination)).max() < 10.0
    assert np.degrees(between).max() < 10.0
    assert np.degrees(np.abs(found.elbow_flexion - wanted.elbow_flexion)).max() < 5.0


def test_gait_model_arm_means_what_it_says(tmp_path: Path) -> None:
    """An arm raised straight ahead by `arm_flex_r` points there, the trunk leans by pelvis and lumbar together."""
    time = np.arange(0.0, 2.0001, 0.01)
    share = np.clip(time - 0.5, 0.0, 1.0)
    still = np.zeros_like(time)
    columns = {
        "pelvis_tilt": still - np.radians(10.0),
        "lumbar_extension": still - np.radians(15.0),
        "arm_flex_r": np.radians(60.0) * (1.0 - share),
        "arm_add_r": still,
        "arm_rot_r": still,
        "elbow_flex_r": still + np.radians(20.0),
        "pro_sup_r": still + np.pi / 2,
    }
    file = tmp_path / "opencap.mot"
    _write_mot(file, time, columns, degrees=True)
    sampling = Sampling(0.5, 1.5, cutoff_hz=None)
    path = pose_motion(_setup("standing-band-row"), Motion(file, sampling=sampling)).path
    assert np.degrees(path.trunk_inclination) == pytest.approx(np.full(51, 25.0), abs=1e-4)
    assert path.direction[0] == pytest.approx([np.sin(np.pi / 3), -0.5, 0.0], abs=0.02)
    assert path.direction[-1] == pytest.approx([0.0, -1.0, 0.0], abs=0.02)
    assert path.pronation == pytest.approx(np.zeros(51), abs=1e-6)


def test_missing_coordinates_are_named(tmp_path: Path) -> None:
    """Each lacking coordinate is told with the nearest there is."""
    time = np.arange(0.0, 1.0, 0.01)
    file = tmp_path / "arm.mot"
    values = dict.fromkeys(("arm_flex_r", "arm_ad_r", "elbow_flex_r"), 0.1 * time)
    _write_mot(file, time, values, degrees=True)
    with pytest.raises(InputError) as told:
        with_motion(_setup("standing-band-row"), Motion(file))
    found = {problem.message: problem.nearest for problem in told.value.problems}
    assert set(found) == {"There is no coordinate 'arm_add_r'.", "There is no coordinate 'arm_rot_r'."}
    assert found["There is no coordinate 'arm_add_r'."] == "arm_ad"


def test_other_files_are_refused(tmp_path: Path) -> None:
    """A file of another kind is refused with the kinds that can be read."""
    with pytest.raises(InputError, match=r"Allowed: \.mot, \.sto, \.trc"):
        with_motion(_setup("standing-band-row"), Motion(tmp_path / "row.c3d"))
