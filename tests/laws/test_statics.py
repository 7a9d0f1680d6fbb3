"""Laws of the body and its statics that must hold whatever the pose, person or force."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bandwright.body import ArmAngles, BodyModel, Person, TrunkPose
from bandwright.body.arm import arm_angles, arm_points
from bandwright.body.rotations import about_axis
from bandwright.mechanics import HandForce, load_demand
from bandwright.movements import ArmPose, Girdle, Keyframe, Movement, pose_repetition
from bandwright.movements.interpolation import arm_direction, humerus_in_thorax
from bandwright.service.bodies import body_of

MAN = Person("male", 1.78, 78.0)
WOMAN = Person("female", 1.62, 58.0)
degrees = st.floats


def _angles(body: BodyModel, plane: float, elevation: float, rotation: float, elbow: float) -> ArmAngles:
    rest = body.girdle.clavicle_rest()
    direction = arm_direction(np.radians([plane]), np.radians([elevation]))
    humerus = humerus_in_thorax(direction, np.radians([rotation]))
    upward = np.radians([3.0 + 0.3 * elevation])
    return arm_angles(
        body.girdle, (rest[:1], rest[1:]), upward, humerus, (np.radians([elbow]), np.array([0.2]))
    )


arm_poses = st.tuples(degrees(-60, 100), degrees(1, 150), degrees(-50, 60), degrees(0, 125))


@given(pose=arm_poses, force=st.tuples(*[st.floats(-300, 300)] * 3), person=st.sampled_from([MAN, WOMAN]))
@settings(max_examples=60, deadline=None)
def test_torque_of_a_hand_force_is_lever_cross_force(
    pose: tuple[float, float, float, float], force: tuple[float, float, float], person: Person
) -> None:
    """Shoulder and elbow torque from a hand force equal r × F about the joint, taken about its axes."""
    body = body_of(person)
    angles = _angles(body, *pose)
    body.place(TrunkPose((0.0, 0.9), 0.5, 0.0), {"r": angles, "l": angles}, 0)
    state = body.arm_state("r")
    pull = np.array(force)
    torque = state.grip_jacobian.T @ pull
    grip = body.point_m("grip_r")
    turn, shoulder = body.bone("humerus_r")
    about_shoulder = turn.T @ np.cross(grip - shoulder, pull)
    assert torque[3:6] == pytest.approx(about_shoulder * [-1.0, 1.0, 1.0], abs=1e-9)
    _, elbow = body.bone("ulna_r")
    hinge = turn @ body.anatomy.joints["elbow"].axes[0]
    hinge /= np.linalg.norm(hinge)
    assert torque[6] == pytest.approx(hinge @ np.cross(grip - elbow, pull), abs=1e-9)


@given(pose=arm_poses, trunk=st.floats(-0.4, 1.3))
@settings(max_examples=40, deadline=None)
def test_left_arm_mirrors_right(pose: tuple[float, float, float, float], trunk: float) -> None:
    """Same angles on both sides give mirrored positions and identical torques, levers and lengths."""
    body = body_of(MAN)
    angles = _angles(body, *pose)
    body.place(TrunkPose((0.1, 0.9), trunk, 0.0), {"r": angles, "l": angles}, 0)
    right, left = body.arm_state("r"), body.arm_state("l")
    across = np.array([1.0, -1.0, 1.0])
    for site in ("grip", "wrist", "aa", "EpL"):
        assert body.point_m(f"{site}_r") == pytest.approx(body.point_m(f"{site}_l") * across, abs=1e-12)
    for name in ("gravity_torque", "moment_arm", "muscle_length", "head_force_by_muscle", "head_weight"):
        assert getattr(right, name) == pytest.approx(getattr(left, name), abs=1e-9)


@given(pose=arm_poses, axis=st.integers(3, 7))
@settings(max_examples=40, deadline=None)
def test_moment_arm_is_minus_length_gradient(pose: tuple[float, float, float, float], axis: int) -> None:
    """Moment arms equal −dL/dq by finite differences about the humerus axes, elbow and forearm."""
    body = body_of(MAN)
    angles = _angles(body, *pose)
    step = 1e-6
    lengths = []
    for sign in (1.0, -1.0):
        moved = _turned(angles, axis, sign * step)
        body.place(TrunkPose((0.0, 0.9), 0.0, 0.0), {"r": moved, "l": moved}, 0)
        lengths.append(body.arm_state("r").muscle_length)
    body.place(TrunkPose((0.0, 0.9), 0.0, 0.0), {"r": angles, "l": angles}, 0)
    slope = -(lengths[0] - lengths[1]) / (2 * step)
    assert body.arm_state("r").moment_arm[axis] == pytest.approx(slope, abs=1e-5)


def _turned(angles: ArmAngles, axis: int, by: float) -> ArmAngles:
    """The arm turned a little about one of its joint equations."""
    hinges = angles.hinges.copy()
    if axis >= 6:
        hinges[:, axis] += by
        return ArmAngles(hinges, angles.humerus)
    own = {3: [-1.0, 0.0, 0.0], 4: [0.0, 1.0, 0.0], 5: [0.0, 0.0, 1.0]}[axis]
    return ArmAngles(hinges, angles.humerus @ about_axis(np.array(own), by))


@given(pose=arm_poses, person=st.sampled_from([MAN, WOMAN]))
@settings(max_examples=30, deadline=None)
def test_two_ways_to_place_the_arm_agree(pose: tuple[float, float, float, float], person: Person) -> None:
    """MuJoCo and the closed form put shoulder, elbow, wrist and fist at the same place in the thorax."""
    body = body_of(person)
    angles = _angles(body, *pose)
    body.place(TrunkPose((0.0, 0.9), 0.7, 0.0), {"r": angles, "l": angles}, 0)
    turn, origin = body.bone("thorax")
    points = arm_points(body.girdle, body.sizes.scale, angles)
    for site, expected in (("grip_r", points.grip), ("wrist_r", points.wrist)):
        assert turn.T @ (body.point_m(site) - origin) == pytest.approx(expected[0], abs=1e-12)


def test_unloaded_hand_asks_nothing(make_movement: Callable[[], Movement]) -> None:
    """No force on the hand, no load torque; twice the force, twice the torque."""
    posed = pose_repetition(make_movement(), body_of(MAN))
    pull = np.tile([10.0, -20.0, 30.0], (len(posed.phase), 1))
    nothing = np.zeros_like(pull)
    once = load_demand(posed.arms["r"], HandForce(pull, nothing)).torque
    twice = load_demand(posed.arms["r"], HandForce(2 * pull, nothing)).torque
    assert load_demand(posed.arms["r"], HandForce(nothing, nothing)).torque == pytest.approx(0.0, abs=0.0)
    assert twice == pytest.approx(2 * once)


@pytest.fixture
def make_movement() -> Callable[[], Movement]:
    """A short pulling movement."""

    def make() -> Movement:
        girdle = Girdle(0.0, 0.0, 0.1)
        far = Keyframe(0.0, 0.3, 0.2, girdle, ArmPose(1.5, 1.0, -0.5, 0.2, 0.0))
        near = Keyframe(1.0, 0.3, 0.2, girdle, ArmPose(-1.0, 0.5, -0.1, 1.6, 0.0))
        return Movement("pull", "standing", "both", "neutral", (far, near))

    return make
