"""The posed repetition: a movement on a body, with everything statics needs at each of its poses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bandwright.body import SIDES, ArmAngles, ArmFrame, ArmState, BodyModel, Proportions, Side, TrunkPose
from bandwright.body.wrapping.placing import Pose
from bandwright.movements.interpolation import PHASES, Trajectory, interpolate, trajectory
from bandwright.movements.movement import IDLE_GIRDLE, ArmPose, Keyframe, Movement
from bandwright.movements.posture import ANKLE_BEHIND_MIDFOOT, BAR_HEIGHT, HALF_HIP_WIDTH, Legs, legs_for
from bandwright.movements.targets import reach, right_arm
from bandwright.movements.tempo import phase_rates, time_derivatives

Array = NDArray[np.float64]

MUSCLE_POINTS: Final = 8
"""Points per muscle path kept for drawing."""

ARM_POINTS: Final[Mapping[str, str]] = {
    "hand": "grip",
    "wrist": "wrist",
    "acromion": "aa",
    "scapula_spine": "ts",
    "scapula_tip": "ai",
}
"""Points of each arm in the answer and the site each is read from."""

TRUNK_POINTS: Final[Mapping[str, str]] = {
    "pelvis": "hip",
    "lumbosacral": "lumbosacral",
    "suprasternal_notch": "ij",
    "sternum": "px",
    "neck": "c7",
    "upper_back": "t8",
    "vertex": "vertex",
    "eyes": "eyes",
}
"""Points of the trunk in the answer and the site each is read from."""


@dataclass(frozen=True, slots=True)
class PosedArm:
    """One arm over K poses; as `ArmState`, plus drawing data.

    `grip_path` is the grip and `wrist_path` the wrist in the world (K, 3) [m]; `muscle_lines` (K, n, 8, 3) [m];
    `scapula_axes` (K, 3, 3) world orientation of the scapula, mirrored for the left arm; `muscle_velocity` (K, n)
    lengthening speed [m/s], zero unless a tempo is given.
    """

    grip_path: Array
    wrist_path: Array
    grip_jacobian: Array
    wrist_jacobian: Array
    gravity_torque: Array
    moment_arm: Array
    muscle_length: Array
    muscle_velocity: Array
    head_force_by_muscle: Array
    head_force_by_grip: Array
    head_force_by_wrist: Array
    head_weight: Array
    muscle_lines: Array


@dataclass(frozen=True, eq=False)
class PosedRepetition:
    """A movement on a body: everything that does not depend on the loads; equal only to itself.

    `hand_acceleration` (K, 3) [m/s²] per side is zero unless a tempo is given, when `gravity_torque` and the other
    weights of the body include its inertia too. `working` names the arms that work; `points` are world positions
    (K, 3) [m]; `lumbar_weight` (K,) is the
    L5/S1 extension moment of the body's own weight [N·m] and `lumbar_by_force[site]` (K, 3) its change per
    newton on a grip or wrist [m].
    """

    movement: Movement
    sizes: Proportions
    path: Trajectory
    working: tuple[Side, ...]
    arms: Mapping[Side, PosedArm]
    points: Mapping[str, Array]
    hand_acceleration: Mapping[Side, Array]
    lumbar_weight: Array
    lumbar_by_force: Mapping[str, Array]
    muscle_ids: tuple[str, ...]

    @cached_property
    def phase(self) -> Array:
        """Phase of each pose (K,), 0 at the start to 1 at the finish."""
        return self.path.phase

    def hand_way(self, side: Side) -> Array:
        """Where a hand goes (K, 3) [m]: seen from the trunk where that hangs, else from the room."""
        path = self.arms[side].grip_path
        return path - self.points["suprasternal_notch"] if self.movement.posture == "hanging" else path


def pose_repetition(
    movement: Movement,
    body: BodyModel,
    *,
    side: Side = "r",
    lift_s: float | None = None,
    phases: int = PHASES,
) -> PosedRepetition:
    """Poses a movement on a body; `side` says which arm works when the movement uses one.

    Quasi-static unless `lift_s`, the time of the lift [s], is given.

    Raises:
        ModelError: when the girdle cannot close or a hand target cannot be reached.
    """
    path = reach(body, trajectory(movement, phases), movement.hand_target)
    right = right_arm(body, path)
    working: tuple[Side, ...] = ("r", "l") if movement.arms == "both" else (side,)
    arms: dict[Side, ArmAngles] = dict.fromkeys(working, right)
    for idle in SIDES:
        if idle not in working:
            arms[idle] = right_arm(body, idle_path(movement, phases))
    legs = legs_for(movement.posture, body.sizes, path.trunk_inclination, path.knee_flexion)
    if movement.posture == "hanging":
        path, legs = _under_the_bar(body, path, arms, legs, swings=not movement.recorded)
    return _collect(_Plan(movement, body, path, working, arms, legs, lift_s))


def idle_path(movement: Movement, phases: int) -> Trajectory:
    """The arm that does not work hangs straight down, whatever the trunk does."""
    frames = tuple(
        Keyframe(
            phase=frame.phase,
            trunk_inclination=frame.trunk_inclination,
            knee_flexion=frame.knee_flexion,
            girdle=IDLE_GIRDLE,
            arm=ArmPose(np.pi / 2, max(frame.trunk_inclination, 0.0), -np.pi / 6, 0.1, 0.0),
        )
        for frame in movement.keyframes
    )
    return interpolate(frames, phases)


def _trunk(path: Trajectory, legs: Legs, index: int) -> TrunkPose:
    hip = legs.hip[index]
    return TrunkPose((float(hip[0]), float(hip[1])), float(path.trunk_inclination[index]), 0.0)


def _under_the_bar(
    body: BodyModel, path: Trajectory, arms: Mapping[Side, ArmAngles], legs: Legs, *, swings: bool
) -> tuple[Trajectory, Legs]:
    """Hangs the body from a bar above the origin: it swings until its mass centre is below its hands.

    A recorded body has swung already, and keeps the trunk it was recorded with.
    """
    bar = np.array([0.0, BAR_HEIGHT * body.sizes.person.stature_m])
    swing = np.zeros_like(path.phase)
    moved = {name: np.zeros_like(legs.hip) for name in ("hip", "knee", "ankle")}
    for index in range(len(path.phase)):
        body.place(_trunk(path, legs, index), arms, index)
        hands = body.point_m("grip_r")[[0, 2]]
        below = body_centre_m(body, legs, index) - hands
        if swings:
            swing[index] = np.arctan2(below[0], -below[1])
        c, s = np.cos(swing[index]), np.sin(swing[index])
        turn = np.array([[c, s], [-s, c]])
        for name, where in moved.items():
            where[index] = bar + turn @ (getattr(legs, name)[index] - hands)
    return replace(path, trunk_inclination=path.trunk_inclination + swing), Legs(**moved)


def body_centre_m(body: BodyModel, legs: Legs, index: int) -> Array:
    """Mass centre (x, z) [m] of the whole body at the pose the model is in, legs included."""
    sizes, ratios = body.sizes, body.sizes.ratios
    upper, upper_kg = body.upper_body()
    thigh = legs.hip[index] + ratios["thigh_com"] * (legs.knee[index] - legs.hip[index])
    shank = legs.knee[index] + ratios["shank_com"] * (legs.ankle[index] - legs.knee[index])
    parts = [
        (upper_kg, upper[[0, 2]]),
        (2 * sizes.mass_kg("thigh"), thigh),
        (2 * sizes.mass_kg("shank"), shank),
        (2 * sizes.mass_kg("foot"), legs.ankle[index]),
    ]
    return np.asarray(sum(kg * at for kg, at in parts) / sum(kg for kg, _ in parts))


@dataclass(slots=True)
class _Frames:
    """What is gathered pose by pose."""

    bones: list[Pose]
    arms: dict[Side, list[ArmFrame]]
    points: dict[str, list[Array]]
    lumbar: list[tuple[float, Mapping[str, Array]]]


@dataclass(frozen=True, slots=True)
class _Plan:
    """All that is needed to walk the body through its poses."""

    movement: Movement
    body: BodyModel
    path: Trajectory
    working: tuple[Side, ...]
    arms: Mapping[Side, ArmAngles]
    legs: Legs
    lift_s: float | None

    def place(self, index: int, motion: tuple[Array, Array] | None = None) -> None:
        self.body.place(_trunk(self.path, self.legs, index), self.arms, index, motion)

    @property
    def step(self) -> float:
        return 1.0 / (len(self.path.phase) - 1)

    def motions(self) -> list[tuple[Array, Array] | None]:
        """Velocity and acceleration of every degree of freedom at each pose; None when quasi-static."""
        poses = range(len(self.path.phase))
        if self.lift_s is None:
            return [None for _ in poses]
        configurations = []
        for index in poses:
            self.place(index)
            configurations.append(self.body.configuration())
        slope = self.body.velocities(np.array(configurations), self.step)
        bend = np.gradient(slope, self.step, axis=0)
        rate, push = phase_rates(self.path.phase, self.lift_s)
        return [(slope[k] * rate[k], bend[k] * rate[k] ** 2 + slope[k] * push[k]) for k in poses]

    def in_time(self, by_phase: Array) -> tuple[Array, Array]:
        """Velocity and acceleration of anything given at each pose (K, …); zero when quasi-static."""
        if self.lift_s is None:
            return np.zeros_like(by_phase), np.zeros_like(by_phase)
        return time_derivatives(by_phase, phase_rates(self.path.phase, self.lift_s), self.step)


def _collect(plan: _Plan) -> PosedRepetition:
    movement, body, path, arms, legs = plan.movement, plan.body, plan.path, plan.arms, plan.legs
    frames = _Frames([], {side: [] for side in arms}, {}, [])
    for index, motion in enumerate(plan.motions()):
        plan.place(index, motion)
        frames.lumbar.append(body.lumbar())
        for name, where in _positions(body).items():
            frames.points.setdefault(name, []).append(where)
        frames.bones.append(body.paths.pose())
        for side in arms:
            frames.arms[side].append(body.arm_frame(side))
    points = {name: np.array(values) for name, values in frames.points.items()}
    points |= _leg_points(movement, body.sizes, legs)
    points["bar"] = (points["hand_r"] + points["hand_l"]) / 2
    sites = frames.lumbar[0][1]
    return PosedRepetition(
        movement=movement,
        sizes=body.sizes,
        path=path,
        working=plan.working,
        arms={side: _stack(plan, frames, points, side) for side in arms},
        points=points,
        hand_acceleration={side: plan.in_time(points[f"hand_{side}"])[1] for side in arms},
        lumbar_weight=np.array([weight for weight, _ in frames.lumbar]),
        lumbar_by_force={site: np.array([by[site] for _, by in frames.lumbar]) for site in sites},
        muscle_ids=tuple(muscle.id for muscle in body.anatomy.muscles),
    )


def _positions(body: BodyModel) -> dict[str, Array]:
    """World positions of the named points at the current pose."""
    found = {name: body.point_m(site) for name, site in TRUNK_POINTS.items()}
    for side in ("r", "l"):
        for name, site in ARM_POINTS.items():
            found[f"{name}_{side}"] = body.point_m(f"{site}_{side}")
        found[f"shoulder_{side}"] = body.bone(f"humerus_{side}")[1]
        found[f"elbow_{side}"] = body.bone(f"ulna_{side}")[1]
        found[f"sternoclavicular_{side}"] = body.bone(f"clavicle_{side}")[1]
    return found


def _leg_points(movement: Movement, sizes: Proportions, legs: Legs) -> dict[str, Array]:
    """Hips, knees, ankles and mid-feet (K, 3) [m]; feet are on the floor unless the body hangs."""
    found = {}
    half_hips = min(HALF_HIP_WIDTH * sizes.person.stature_m, movement.stance_width_m / 2)
    ahead = ANKLE_BEHIND_MIDFOOT * sizes.length_m("foot_length")
    for side, sign in (("r", -1.0), ("l", 1.0)):
        half_stance = movement.stance_width_m / 2
        widths = {"hip": half_hips, "knee": (half_hips + half_stance) / 2, "ankle": half_stance}
        for name, half in widths.items():
            flat = getattr(legs, name)
            lateral = np.full(len(flat), sign * half)
            found[f"{name}_{side}"] = np.column_stack([flat[:, 0], lateral, flat[:, 1]])
        ankle = found[f"ankle_{side}"]
        on_floor = np.array([1.0, 1.0, 0.0]) * ankle + np.array([ahead, 0.0, 0.0])
        found[f"foot_{side}"] = ankle if movement.posture == "hanging" else on_floor
    return found


def _stack(plan: _Plan, frames: _Frames, points: Mapping[str, Array], side: Side) -> PosedArm:
    muscles = plan.body.paths.along(frames.bones, side, MUSCLE_POINTS)
    names = [field.name for field in fields(ArmFrame)]
    frame = ArmFrame(*(np.array([getattr(arm, name) for arm in frames.arms[side]]) for name in names))
    state = frame.state(muscles.lengths, muscles.gradients)
    return PosedArm(
        grip_path=points[f"hand_{side}"],
        wrist_path=points[f"wrist_{side}"],
        muscle_lines=muscles.lines,
        muscle_velocity=plan.in_time(muscles.lengths)[0],
        **{field.name: np.ascontiguousarray(getattr(state, field.name)) for field in fields(ArmState)},
    )
