"""Posing a movement on a body."""

from __future__ import annotations

import numpy as np
import pytest

from bandwright.body import Person
from bandwright.catalogue.exercises import find_exercise, load_exercises
from bandwright.errors import ModelError
from bandwright.movements import (
    ArmPose,
    Girdle,
    HandTarget,
    Keyframe,
    Movement,
    PosedRepetition,
    pose_repetition,
)
from bandwright.movements.posture import BAR_HEIGHT
from bandwright.service.bodies import body_of, posed_of

MAN = Person("male", 1.755, 84.6)
SMALL_WOMAN = Person("female", 1.525, 51.3)
LARGE_MAN = Person("male", 1.87, 110.7)


def _posed(exercise: str, person: Person = MAN) -> PosedRepetition:
    return posed_of(find_exercise(exercise).movement, person, "r")


@pytest.mark.parametrize("exercise", sorted(load_exercises()))
def test_hand_path_is_smooth(exercise: str) -> None:
    """No pose jumps: the hand moves less than 5 cm between neighbours and never doubles its step abruptly."""
    path = _posed(exercise).arms["r"].grip_path
    step = np.linalg.norm(np.diff(path, axis=0), axis=1)
    assert step.max() < 0.05
    assert np.abs(np.diff(step)).max() < 0.012


@pytest.mark.parametrize("person", [SMALL_WOMAN, MAN, LARGE_MAN])
def test_hands_stay_on_the_bar(person: Person) -> None:
    """In a pull-up both hands keep still at bar height while the trunk rises by most of an arm's length."""
    posed = _posed("pull-up", person)
    for side in ("r", "l"):
        spread = np.ptp(posed.arms[side].grip_path, axis=0)
        assert spread.max() < 2e-3
    assert posed.points["bar"][0, 2] == pytest.approx(BAR_HEIGHT * person.stature_m, abs=2e-3)
    rise = posed.points["suprasternal_notch"][:, 2]
    arm = 0.35 * person.stature_m
    assert 0.6 * arm < rise[-1] - rise[0] < 1.6 * arm


def test_standing_body_is_in_balance_and_on_the_floor() -> None:
    """Feet stay under the origin and the head is as high as the lean leaves it."""
    posed = _posed("bent-over-band-row")
    assert posed.points["foot_r"] == pytest.approx(np.tile([0.0, -0.14, 0.0], (51, 1)))
    lean = posed.path.trunk_inclination[0]
    head = posed.points["vertex"][0, 2] - posed.points["pelvis"][0, 2]
    assert head == pytest.approx(np.cos(lean) * (MAN.stature_m - 0.5136 * MAN.stature_m), rel=0.02)


def test_grip_width_follows_the_body() -> None:
    """A hand target given in biacromial breadths is met on small and large bodies alike."""
    for person in (SMALL_WOMAN, LARGE_MAN):
        posed = _posed("pull-up", person)
        wanted = 1.4 * posed.sizes.half_biacromial_m
        notch = posed.points["suprasternal_notch"]
        assert notch[:, 1] - posed.arms["r"].grip_path[:, 1] == pytest.approx(wanted, abs=2e-3)


def test_isometric_hold_does_not_move_after_the_pull() -> None:
    """The second half of a hold is one pose."""
    path = _posed("chest-supported-isometric-band-row").arms["r"].grip_path
    assert np.ptp(path[25:], axis=0) == pytest.approx(0.0, abs=1e-9)


def test_one_arm_exercise_mirrors() -> None:
    """The left arm doing a one-arm row traces the mirror image of the right."""
    movement = find_exercise("single-arm-dumbbell-row").movement
    right, left = posed_of(movement, MAN, "r"), posed_of(movement, MAN, "l")
    assert right.working == ("r",)
    assert left.working == ("l",)
    across = np.array([1.0, -1.0, 1.0])
    assert left.arms["l"].grip_path == pytest.approx(right.arms["r"].grip_path * across, abs=1e-12)
    assert left.arms["l"].moment_arm == pytest.approx(right.arms["r"].moment_arm, abs=1e-12)


def _reach(target: HandTarget | None, girdle: Girdle) -> Movement:
    start = Keyframe(0.0, 0.0, 0.0, girdle, ArmPose(1.5, 1.5, -0.6, 0.2, 0.0))
    end = Keyframe(1.0, 0.0, 0.0, girdle, ArmPose(0.5, 1.2, -0.6, 1.0, 0.0))
    return Movement("reach", "standing", "both", "neutral", (start, end), hand_target=target)


def test_hand_target_out_of_reach_says_how_far() -> None:
    """A grip wider than the arms is refused with the distance that is missing."""
    movement = _reach(HandTarget(lateral_biacromial=8.0), Girdle(0.0, 0.05, 0.5))
    with pytest.raises(ModelError, match=r"cm from the midline but stays \d+ cm off"):
        pose_repetition(movement, body_of(MAN))


def test_girdle_that_cannot_close_is_refused() -> None:
    """Collar bone and shoulder blade that cannot meet give the angles and the gap."""
    movement = _reach(None, Girdle(1.4, -1.2, 1.5))
    with pytest.raises(ModelError, match="cannot meet"):
        pose_repetition(movement, body_of(MAN))


def test_slow_tempo_comes_back_to_statics() -> None:
    """Inertia fades with the square of the time: a lift of a minute is as good as static, one of 0.6 s is not."""
    movement = find_exercise("kettlebell-row").movement
    still = posed_of(movement, MAN, "r").arms["r"].gravity_torque
    slow = posed_of(movement, MAN, "r", 60.0).arms["r"].gravity_torque
    quick = posed_of(movement, MAN, "r", 0.6).arms["r"].gravity_torque
    assert slow == pytest.approx(still, abs=0.01)
    assert np.abs(quick - still).max() > 1.0
    twice = posed_of(movement, MAN, "r", 1.2).arms["r"].gravity_torque
    assert quick - still == pytest.approx(4 * (twice - still), abs=1e-6)


def test_tempo_does_the_same_work_as_gravity() -> None:
    """A lift that starts and ends at rest does no net work against inertia."""
    posed = posed_of(find_exercise("kettlebell-row").movement, MAN, "r", 0.8)
    path, push = posed.arms["r"].grip_path, posed.hand_acceleration["r"]
    work = np.einsum("ki,ki->", (push[1:] + push[:-1]) / 2, np.diff(path, axis=0))
    greatest = np.abs(np.einsum("ki,ki->k", (push[1:] + push[:-1]) / 2, np.diff(path, axis=0))).sum()
    assert abs(work) < 0.02 * greatest


def test_a_repetition_does_not_depend_on_what_was_posed_before() -> None:
    """Path solving starts from the pose before; a repetition starts from nothing, so it is the same bit for bit."""
    body = body_of(MAN)
    row, curl = (find_exercise(name).movement for name in ("bent-over-band-row", "face-pull"))
    first = pose_repetition(row, body).arms["r"].moment_arm
    pose_repetition(curl, body)
    np.testing.assert_array_equal(pose_repetition(row, body).arms["r"].moment_arm, first)
