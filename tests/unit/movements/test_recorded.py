"""Cutting, smoothing and turning recorded motion into a movement."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from bandwright.catalogue.exercises import find_exercise, load_exercises
from bandwright.errors import InputError
from bandwright.movements.interpolation import arm_direction, humerus_in_thorax, interpolate
from bandwright.movements.recorded import (
    Lift,
    Sampling,
    direction_and_rotation,
    find_lift,
    recorded_movement,
    sample_times,
    smoothed,
)
from bandwright.movements.recorded_angles import inclination
from bandwright.movements.tempo import phase_rates

Array = NDArray[np.float64]


def _repetitions(ways: tuple[float, ...]) -> tuple[Array, Array]:
    """A second of rest, then for each way a second up and a second down, at 100 Hz."""
    time = np.arange(0.0, 1.0 + 2.0 * len(ways) + 0.5, 0.01)
    at = np.zeros_like(time)
    for n, way in enumerate(ways):
        inside = (time >= 1.0 + 2.0 * n) & (time < 3.0 + 2.0 * n)
        at[inside] = way * (1.0 - np.cos(np.pi * (time[inside] - 1.0 - 2.0 * n))) / 2.0
    return time, at


@pytest.mark.parametrize(
    ("ways", "start"), [((0.3,), 1.0), ((0.3, 0.3, 0.3), 1.0), ((0.2, 0.4, 0.3), 3.0), ((0.299, 0.3), 1.0)]
)
def test_the_longest_lift_is_found(ways: tuple[float, ...], start: float) -> None:
    """Rest and the way down are left out; of several repetitions the longest counts, of equals the first."""
    time, progress = _repetitions(ways)
    lift = find_lift(time, progress, Sampling())
    assert lift.start_s == pytest.approx(start, abs=0.1)
    assert lift.finish_s == pytest.approx(start + 1.0, abs=0.1)


def test_no_lift_is_said() -> None:
    """A hand that keeps still, or only comes back, has no lift."""
    time = np.linspace(0.0, 2.0, 101)
    for progress in (np.zeros(101), 0.3 * (1.0 - time / 2.0)):
        with pytest.raises(InputError, match="No lift was found"):
            find_lift(time, progress, Sampling())


def test_times_given_win_and_are_checked() -> None:
    """Times inside the recording are taken as they are, others refused."""
    time, progress = _repetitions((0.3, 0.3))
    assert find_lift(time, progress, Sampling(3.1, 3.9)) == Lift(3.1, 3.9)
    for sampling in (Sampling(3.0, 2.0), Sampling(-1.0, 2.0), Sampling(1.0, 99.0)):
        with pytest.raises(InputError, match="is not in the recording"):
            find_lift(time, progress, sampling)


def test_phases_keep_the_recorded_timing() -> None:
    """The times of the phases run at the rates that the tempo gives them."""
    lift_s = 1.7
    at = sample_times(Lift(0.4, 0.4 + lift_s), 201)
    assert (at[0], at[-1]) == pytest.approx((0.4, 0.4 + lift_s))
    phase = np.linspace(0.0, 1.0, 201)
    rate, _ = phase_rates(phase, lift_s)
    assert (1.0 / np.gradient(at, phase))[20:-20] == pytest.approx(rate[20:-20], rel=0.01)


def test_smoothing_keeps_movement_and_takes_out_shaking() -> None:
    """A slow wave passes undelayed, a fast one is gone; too slow a recording is refused."""
    time = np.arange(0.0, 4.0, 0.01)
    slow, fast = np.sin(2 * np.pi * 0.5 * time), np.sin(2 * np.pi * 25.0 * time)
    _, kept = smoothed(time, slow + 0.1 * fast, 6.0)
    assert kept[50:-50] == pytest.approx(slow[50:-50], abs=0.01)
    with pytest.raises(InputError, match="cannot be smoothed"):
        smoothed(np.arange(0.0, 4.0, 0.1), np.zeros(40), 6.0)


@given(st.floats(-1.5, 3.1), st.floats(0.0, 2.9), st.floats(-1.4, 1.6))
def test_direction_and_rotation_undo_the_orientation(plane: float, elevation: float, turn: float) -> None:
    """An orientation taken apart and put together again is the same."""
    humerus = humerus_in_thorax(arm_direction(np.array([plane]), np.array([elevation])), np.array([turn]))
    direction, rotation = direction_and_rotation(humerus)
    assert rotation[0] == pytest.approx(turn, abs=1e-6)
    assert humerus_in_thorax(direction, rotation) == pytest.approx(humerus, abs=1e-9)


@pytest.mark.parametrize("exercise", sorted(load_exercises()))
def test_a_recorded_movement_is_its_trajectory(exercise: str) -> None:
    """Sampling the keyframes made from a trajectory gives the trajectory back."""
    movement = find_exercise(exercise).movement
    path = interpolate(movement.keyframes)
    back = interpolate(recorded_movement(movement, path).keyframes)
    for name in ("direction", "external_rotation", "upward_rotation", "trunk_inclination", "pronation"):
        assert getattr(back, name) == pytest.approx(getattr(path, name), abs=1e-9)


@given(st.floats(-0.5, 1.5), st.floats(-3.0, 3.0))
def test_inclination_whichever_way_the_body_faces(lean: float, facing: float) -> None:
    """Leaning forward is positive, and turning on the spot changes nothing."""
    c, s, cf, sf = np.cos(lean), np.sin(lean), np.cos(facing), np.sin(facing)
    forward = np.array([[c, s, 0.0], [-s, c, 0.0], [0.0, 0.0, 1.0]])
    turned = np.array([[cf, 0.0, sf], [0.0, 1.0, 0.0], [-sf, 0.0, cf]]) @ forward
    assert inclination(turned[None])[0] == pytest.approx(lean, abs=1e-9)
