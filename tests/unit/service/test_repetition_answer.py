"""The moving body as it is sent: read back it is the model's own."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from bandwright.body import SIDES, Person
from bandwright.catalogue.exercises import find_exercise
from bandwright.movements import PosedRepetition
from bandwright.service.bodies import posed_of
from bandwright.service.repetition_answer import POINTS, RepetitionAnswer, path, repetition_answer

Array = NDArray[np.float64]

EXERCISES = ("pull-up", "face-pull", "single-arm-dumbbell-row", "chest-supported-isometric-band-row")
HALF_MM = 0.5 + 1e-6


@cache
def both(exercise: str) -> tuple[PosedRepetition, dict[str, Any]]:
    """A posed repetition and its answer."""
    posed = posed_of(find_exercise(exercise).movement, Person("female", 1.65, 60.0), "r")
    return posed, repetition_answer(posed)


def read_back(sent: list[list[int]], phases: int) -> Array:
    """A path (K, 3) [mm] as a client reads it: courses summed up, kept where they end early."""
    full = [course + [0] * (phases - len(course)) for course in sent]
    return np.cumsum(np.array(full, dtype=np.float64), axis=1).T


@given(arrays(np.float64, (7, 3), elements=st.floats(-3, 3)))
def test_paths_are_read_back(places: Array) -> None:
    """Within half a millimetre, however they go."""
    assert np.abs(read_back(path(places), 7) - 1000.0 * places).max() <= HALF_MM


@pytest.mark.parametrize("exercise", EXERCISES)
def test_joints_are_the_models(exercise: str) -> None:
    """Every point that no leg drawing moves is where the posed repetition has it."""
    posed, answer = both(exercise)
    for name, places in posed.points.items():
        if not name.startswith(("hip", "knee", "ankle")):
            sent = read_back(answer["points"][name], answer["phases"])
            assert np.abs(sent - 1000.0 * places).max() <= HALF_MM


@pytest.mark.parametrize("exercise", EXERCISES)
def test_muscles_are_the_models(exercise: str) -> None:
    """Origin and insertion are the model's, points between lie on its line, and mirrored ones fit the left side."""
    posed, answer = both(exercise)
    sides = ("r",) if answer["mirrored"] else SIDES
    assert {name[-1] for name in answer["muscles"]} == set(sides)
    for column, muscle in enumerate(posed.muscle_ids):
        for side in SIDES:
            line = answer["muscles"][f"{muscle}_{side if side in sides else 'r'}"]["line"]
            sent = np.array([read_back(one, answer["phases"]) for one in line])
            sent = sent if side in sides else sent * [1.0, -1.0, 1.0]
            own = 1000.0 * posed.arms[side].muscle_lines[:, column]
            assert len(sent) == POINTS
            assert np.abs(sent[[0, -1]].swapaxes(0, 1) - own[:, [0, -1]]).max() <= 2 * HALF_MM
            length = np.linalg.norm(np.diff(own, axis=1), axis=2).sum(axis=1)
            chords = np.linalg.norm(np.diff(sent, axis=0), axis=2).sum(axis=0)
            assert (chords <= length + 4.0).all()  # four pieces, each rounded at both ends


@pytest.mark.parametrize("exercise", EXERCISES)
def test_the_answer_keeps_to_its_shape(exercise: str) -> None:
    """Bones join points that are there; what the body rests on is there when it rests."""
    posed, answer = both(exercise)
    RepetitionAnswer.model_validate(answer)
    assert {name for bone in answer["bones"] for name in bone} <= set(answer["points"])
    kinds = {"hanging": ["bar"], "standing": []}
    assert [one["kind"] for one in answer["objects"]] == kinds.get(posed.movement.posture, ["bench"])


def test_a_handle_lies_across_the_fist() -> None:
    """Square to the forearm, five centimetres out."""
    _, answer = both("face-pull")
    handle, hand, elbow = (
        read_back(answer["points"][f"{name}_r"], 51) for name in ("handle", "hand", "elbow")
    )
    assert np.linalg.norm(handle - hand, axis=1) == pytest.approx(50.0, abs=1.8)
    assert np.abs(np.einsum("ki,ki->k", handle - hand, elbow - hand)).max() / 50.0 / 250.0 < 0.05
