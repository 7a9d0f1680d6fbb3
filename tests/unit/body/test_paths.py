"""Muscle paths as polylines."""

from __future__ import annotations

import numpy as np
import pytest

from bandwright.body import Person
from bandwright.body.wrapping.drawing import resample
from bandwright.catalogue.exercises import find_exercise
from bandwright.service.bodies import posed_of


def test_resampled_points_lie_evenly_on_the_corners() -> None:
    """An L of two unit legs, its last corner repeated, gives points every quarter of its length."""
    corners = np.array([[0.0, 0.0, 0.0], [1.0, 0.0, 0.0], [1.0, 1.0, 0.0], [1.0, 1.0, 0.0]])
    expected = [[0, 0, 0], [0.5, 0, 0], [1, 0, 0], [1, 0.5, 0], [1, 1, 0]]
    found = np.empty((5, 3))
    resample(corners, 4, found)
    assert found == pytest.approx(np.array(expected, dtype=float))


def test_lines_are_as_long_as_their_muscles() -> None:
    """The polyline of every muscle is at most its length, and near it (chords cut wrapped corners)."""
    arm = posed_of(find_exercise("face-pull").movement, Person("male", 1.755, 84.6), "r").arms["r"]
    drawn = np.linalg.norm(np.diff(arm.muscle_lines, axis=2), axis=3).sum(axis=2)
    assert (drawn <= arm.muscle_length + 1e-9).all()
    assert np.median(drawn / arm.muscle_length) > 0.98
