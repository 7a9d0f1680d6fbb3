"""The girdle's rhythm: what was measured comes back, and movements follow it where they say nothing else."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bandwright.catalogue.exercises import load_exercises
from bandwright.catalogue.rhythm import TABLE, load_rhythm
from bandwright.movements import ArmPose, Girdle, Keyframe, Movement
from bandwright.movements.interpolation import Array, Trajectory, arm_direction, interpolate, trajectory
from bandwright.movements.movement import IDLE_GIRDLE

MEASURED: Final = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))
PLANES: Final = {"abduction": 0, "flexion": 1}
ANGLES: Final = ("protraction", "elevation", "upward_rotation")


def girdle_deg(plane: float, elevation: float) -> Array:
    """The rhythm's three angles [deg] at an arm plane and elevation [rad]."""
    direction = arm_direction(np.array([plane]), np.array([elevation]))
    return np.asarray(np.degrees(load_rhythm().girdle(direction)[0]))


def girdle_of(path: Trajectory) -> Array:
    """The three girdle angles of a path (K, 3) [rad]."""
    return np.column_stack([getattr(path, name) for name in ANGLES])


@pytest.mark.parametrize(
    "row", [row for row in MEASURED if row["at"] != "rest"], ids=lambda row: f"{row['motion']}-{row['at']}"
)
def test_measured_rows_come_back(row: Mapping[str, str]) -> None:
    """In the plane of a measured motion the rhythm is what was measured, as a change from that motion's rest."""
    rest = next(one for one in MEASURED if (one["motion"], one["at"]) == (row["motion"], "rest"))
    names = ("clavicle_protraction_deg", "clavicle_elevation_deg")
    wanted = [float(row[name]) - float(rest[name]) for name in names] + [float(row["upward_rotation_deg"])]
    plane = load_rhythm().curves[PLANES[row["motion"]]].plane
    assert girdle_deg(plane, np.radians(float(row["arm_elevation_deg"]))) == pytest.approx(wanted, abs=1e-6)


def test_a_hanging_arm_rests_whatever_its_plane() -> None:
    """Below the measured range the girdle holds one posture: the plane of a hanging arm means nothing."""
    postures = [
        girdle_deg(plane, np.radians(low)) for plane in (-3.0, -1.0, 0.0, 0.7, 2.0) for low in (0.0, 12.0)
    ]
    assert np.ptp(postures, axis=0) == pytest.approx(0.0, abs=1e-9)
    assert postures[0][:2] == pytest.approx(0.0, abs=1e-9)


@given(st.floats(-1.5, 2.0), st.floats(0.0, 3.0))
def test_between_the_measured_planes(plane: float, elevation: float) -> None:
    """In any plane the girdle lies between the measured curves, and small steps of the arm move it little."""
    here = girdle_deg(plane, elevation)
    ends = np.array([girdle_deg(curve.plane, elevation) for curve in load_rhythm().curves])
    assert (here >= ends.min(axis=0) - 1e-9).all()
    assert (here <= ends.max(axis=0) + 1e-9).all()
    step = np.radians(0.1)
    for near in (girdle_deg(plane + step, elevation), girdle_deg(plane, elevation + step)):
        assert np.abs(near - here).max() < 0.2


def swing() -> Movement:
    """An arm that goes down and up again, its girdle on the rhythm at every keyframe."""
    frames = []
    for phase, elevation in ((0.0, 1.9), (0.5, 0.4), (1.0, 1.9)):
        girdle = Girdle(*np.radians(girdle_deg(0.0, elevation)).tolist())
        frames.append(Keyframe(phase, 0.0, 0.0, girdle, ArmPose(0.0, elevation, 0.0, 0.5, 0.0)))
    return Movement("swing", "standing", "both", "neutral", tuple(frames), rhythm=load_rhythm())


def test_between_keyframes_the_girdle_stays_on_the_rhythm() -> None:
    """Keyframes that lie on the rhythm give the rhythm at every phase, not only at the keyframes."""
    path = trajectory(swing())
    assert girdle_of(path) == pytest.approx(load_rhythm().girdle(path.direction), abs=1e-12)
    assert np.ptp(path.upward_rotation) > np.radians(20.0)


def test_an_offset_from_the_rhythm_is_kept() -> None:
    """The same distance from the rhythm at every keyframe is kept all the way between them."""
    movement, offset = swing(), np.radians([-8.0, 2.0, -4.0])
    frames = tuple(
        replace(
            frame,
            girdle=Girdle(*(np.array([getattr(frame.girdle, name) for name in ANGLES]) + offset).tolist()),
        )
        for frame in movement.keyframes
    )
    path = trajectory(replace(movement, keyframes=frames))
    assert girdle_of(path) - load_rhythm().girdle(path.direction) == pytest.approx(
        np.tile(offset, (len(path.phase), 1)), abs=1e-12
    )


@pytest.mark.parametrize("exercise", sorted(load_exercises()))
def test_written_girdles_are_left_alone(exercise: str) -> None:
    """An exercise that gives its girdle at every keyframe goes straight from one to the next."""
    movement = load_exercises()[exercise].movement
    assert movement.rhythm is None
    assert girdle_of(trajectory(movement)) == pytest.approx(
        girdle_of(interpolate(movement.keyframes)), abs=0.0
    )


@given(st.floats(0.5, 1.5))
def test_scaling_the_girdle_leaves_the_arm(scale: float) -> None:
    """The girdle's way from rest is multiplied; the arm's direction and turn in the thorax stay."""
    movement = load_exercises()["pull-up"].movement
    plain, scaled = trajectory(movement), trajectory(replace(movement, girdle_motion=scale))
    rest = np.array([getattr(IDLE_GIRDLE, name) for name in ANGLES])
    assert girdle_of(scaled) - rest == pytest.approx(scale * (girdle_of(plain) - rest), abs=1e-12)
    assert scaled.direction == pytest.approx(plain.direction, abs=0.0)
    assert scaled.external_rotation == pytest.approx(plain.external_rotation, abs=0.0)
