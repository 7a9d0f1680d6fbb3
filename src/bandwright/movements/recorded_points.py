"""Recorded marker positions as a trajectory of one arm, by inverse kinematics on the person's own model.

Each pose is the least-squares answer to: where is the shoulder in the thorax, which way do upper arm and forearm
point, how are elbow and wrist turned. What the markers leave open (the shoulder's place
alone hardly tells how far a hanging arm's blade is turned) is held by the resting rhythm of the girdle
and by the exercise's own angles. Only directions and the shoulder's place are compared, so that a recording of
somebody with other limb lengths still gives their angles.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.transform import Rotation

from bandwright.body import BodyModel, Side
from bandwright.body.arm import arm_angles, arm_points
from bandwright.body.kinematics import ArmAngles
from bandwright.body.model import sagittal_tilt
from bandwright.body.rotations import Matrix, about_axis
from bandwright.errors import ModelError, Problem
from bandwright.movements.interpolation import PHASES, Trajectory, humerus_in_thorax
from bandwright.movements.movement import IDLE_GIRDLE
from bandwright.movements.recorded import (
    Habit,
    Lift,
    Sampling,
    direction_and_rotation,
    find_lift,
    lifting_direction,
    sample_times,
    sampled,
    smoothed,
)
from bandwright.movements.recorded_angles import inclination

Array = NDArray[np.float64]
Up = Literal["y", "z"]

SPINE: Final = ("c7", "ij", "px", "t8")
"""Trunk points fixed to the thorax; with three of them the shoulder's place in the thorax is known too."""

DIRECTION_SD: Final = 0.005
"""How nearly directions are met [rad]."""
SHOULDER_SD_M: Final = 0.002
"""How nearly the shoulder's place in the thorax is met [m]."""
GIRDLE_SD: Final = float(np.radians(10.0))
"""Spread of people's girdle about the rhythm [rad] (Dayanidhi and colleagues: 10° in upward rotation)."""
HABIT_SD: Final = 1.0
"""How loosely the exercise's own rotation and pronation hold what no marker shows [rad]."""
LOW: Final = np.radians([-15.0, -8.0, -20.0])
HIGH: Final = np.radians([15.0, 20.0, 65.0])
"""Limits of protraction, elevation and upward rotation [rad], where the girdle still closes."""

MOST_MISS_DEG: Final = 15.0
"""Directions further from the markers than this mean that the markers are not what they say."""

_STEPS: Final = 40
_SMALL: Final = 1e-6
_SETTLED: Final = 1e-5


def points_to_path(
    time_s: Array,
    points: Mapping[str, Array],
    body: BodyModel,
    habit: Habit,
    side: Side,
    sampling: Sampling,
) -> tuple[Trajectory, Lift]:
    """Named points over time, each (N, 3) [m] with y up, as 51 phases of one arm and the lift they come from.

    Points are named relative to the arm that is read (`shoulder`, `far_shoulder`, `elbow` …).

    Raises:
        InputError: there is no lift.
        ModelError: no pose of the body fits the points.
    """
    flip = np.array([1.0, 1.0, -1.0 if side == "l" else 1.0])
    names = tuple(points)
    even, all_points = smoothed(
        time_s, np.stack([points[name] * flip for name in names], axis=1), sampling.cutoff_hz
    )
    seen = dict(zip(names, np.moveaxis(all_points, 1, 0), strict=True))
    wrist = _middle(seen, "wrist", ("wrist_thumb", "wrist_little"))
    turn, origin = _thorax(seen, body)
    if "shoulder" not in seen:
        seen["shoulder"] = seen["acromion"] + turn @ _under_acromion(body)
    anchor = seen["shoulder"] if origin is None else origin
    progress = _in(turn, wrist - anchor) @ lifting_direction(body, habit.path)
    lift = find_lift(even, progress, sampling)
    at = sample_times(lift)
    poses = {name: sampled(even, value, at) for name, value in seen.items()}
    return _solve(poses, body, habit), lift


def y_up(points: Mapping[str, Array], up: Up) -> dict[str, Array]:
    """Points in axes with y up; a file with z up is turned about its x axis."""
    order = [0, 1, 2] if up == "y" else [0, 2, 1]
    signs = np.array([1.0, 1.0, 1.0 if up == "y" else -1.0])
    return {name: value[:, order] * signs for name, value in points.items()}


def _in(turn: Matrix, vectors: Array) -> Array:
    """World vectors (N, 3) in the thorax."""
    return np.asarray(np.einsum("nji,nj->ni", turn, vectors))


def _middle(seen: Mapping[str, Array], name: str, pair: tuple[str, str]) -> Array:
    if name in seen:
        return seen[name]
    found = [seen[one] for one in pair if one in seen]
    return np.asarray(sum(found) / len(found))


def _thorax(seen: Mapping[str, Array], body: BodyModel) -> tuple[Matrix, Array | None]:
    """Orientation of the thorax bone (N, 3, 3) and its origin (N, 3), None where only shoulders and hips are seen.

    The best rigid fit of the person's own landmarks to the markers (Kabsch).
    """
    spine = [name for name in SPINE if name in seen]
    fixed = len(spine) >= 3
    markers = seen if fixed else _with_hips(seen)
    model = _landmarks(body)
    centres = {"shoulder", "far_shoulder"} <= set(markers)
    left_out = {"acromion", "far_acromion"} if centres else {"shoulder", "far_shoulder"}
    names = spine if fixed else [name for name in model if name in markers and name not in left_out]
    there = np.stack([markers[name] for name in names], axis=1)
    here = np.stack([model[name] for name in names])
    middle = here.mean(axis=0)
    cross = np.einsum("nki,kj->nij", there - there.mean(axis=1, keepdims=True), here - middle)
    u, _, vt = np.linalg.svd(cross)
    u[:, :, 2] *= np.sign(np.linalg.det(u @ vt))[:, None]
    turn = u @ vt
    return turn, there.mean(axis=1) - turn @ middle if fixed else None


def _with_hips(seen: Mapping[str, Array]) -> dict[str, Array]:
    """The points with the middle of the hips, where both hips are seen."""
    if "mid_hip" not in seen and {"hip", "far_hip"} <= set(seen):
        return {**seen, "mid_hip": (seen["hip"] + seen["far_hip"]) / 2}
    return dict(seen)


def _landmarks(body: BodyModel) -> dict[str, Array]:
    """Trunk points of the person in thorax bone axes (3,) [m], the girdle at rest."""
    girdle, sizes = body.girdle, body.sizes
    at = {name: point.position_m * sizes.scale.girdle for name, point in body.anatomy.landmarks.items()}
    found = {name: at[name] * np.array([1.0, 1.0, 0.0]) for name in SPINE}
    rest = [np.array([angle]) for angle in (*girdle.clavicle_rest(), IDLE_GIRDLE.upward_rotation)]
    none = np.zeros(1)
    angles = arm_angles(girdle, (rest[0], rest[1]), rest[2], np.eye(3)[None], (none, none))
    found["shoulder"] = arm_points(girdle, sizes.scale, angles).shoulder[0]
    turn, origin = girdle.scapula_pose(angles.hinges[:, 2:6])
    joint = body.anatomy.landmarks["ac"].position_m
    found["acromion"] = sizes.scale.girdle * (origin + turn @ joint)[0]
    for name in ("shoulder", "acromion"):
        found[f"far_{name}"] = found[name] * np.array([1.0, 1.0, -1.0])
    upright = sagittal_tilt(body.anatomy)
    notch, neck = upright @ at["ij"], upright @ at["c7"]
    trunk = sizes.length_m("suprasternal_height") - sizes.length_m("hip_height")
    hips = np.array([(notch[0] + neck[0]) / 2, notch[1] - trunk, 0.0])
    found["mid_hip"] = upright.T @ hips
    return found


def _under_acromion(body: BodyModel) -> Array:
    """From a marker on the acromion to the shoulder's centre (3,) [m] in thorax bone axes, the girdle at rest."""
    marks = _landmarks(body)
    return marks["shoulder"] - marks["acromion"]


@dataclass(frozen=True, slots=True)
class _Aim:
    """What the markers say at K poses, in thorax bone axes; None where they say nothing."""

    body: BodyModel
    upper: Array
    fore: Array
    shoulder: Array | None
    elbow_axis: Array | None
    wrist_axis: Array | None
    scapula_spine: Array | None
    scapula_edge: Array | None
    habit: Habit

    @property
    def usual(self) -> Trajectory:
        """The exercise's own angles."""
        return self.habit.path


@dataclass(frozen=True, slots=True)
class _State:
    """An arm at K poses: free girdle angles (K, 3), humerus in the ISB thorax (K, 3, 3), forearm (K, 2)."""

    girdle: Array
    humerus: Matrix
    forearm: Array

    def moved(self, step: Array) -> _State:
        """The arm after small changes (K, 8): girdle 3, turn of the humerus 3, elbow and pronation."""
        turn = np.asarray(Rotation.from_rotvec(step[:, 3:6]).as_matrix())
        return _State(self.girdle + step[:, :3], turn @ self.humerus, self.forearm + step[:, 6:])


def _solve(poses: Mapping[str, Array], body: BodyModel, habit: Habit) -> Trajectory:
    turn, origin = _thorax(poses, body)
    aim = _aim(poses, body, habit, turn, origin)
    state = _settled(aim)
    direction, rotation = direction_and_rotation(state.humerus)
    return replace(
        aim.usual,
        phase=np.linspace(0.0, 1.0, PHASES),
        trunk_inclination=inclination(turn @ sagittal_tilt(body.anatomy).T),
        knee_flexion=_knee(poses, aim.usual),
        protraction=state.girdle[:, 0],
        elevation=state.girdle[:, 1],
        upward_rotation=state.girdle[:, 2],
        direction=direction,
        external_rotation=np.unwrap(rotation),
        elbow_flexion=state.forearm[:, 0],
        pronation=state.forearm[:, 1],
    )


def _aim(
    poses: Mapping[str, Array], body: BodyModel, habit: Habit, turn: Matrix, origin: Array | None
) -> _Aim:
    shoulder, wrist = poses["shoulder"], _middle(poses, "wrist", ("wrist_thumb", "wrist_little"))
    elbow = _middle(poses, "elbow", ("elbow_outer", "elbow_inner"))

    def towards(start: str, end: str) -> Array | None:
        if start not in poses or end not in poses:
            return None
        return _unit(_in(turn, poses[end] - poses[start]))

    return _Aim(
        body=body,
        upper=_unit(_in(turn, elbow - shoulder)),
        fore=_unit(_in(turn, wrist - elbow)),
        shoulder=None if origin is None else _in(turn, shoulder - origin),
        elbow_axis=towards("elbow_inner", "elbow_outer"),
        wrist_axis=towards("wrist_little", "wrist_thumb"),
        scapula_spine=towards("scapula_spine", "scapula_angle"),
        scapula_edge=towards("scapula_spine", "scapula_tip"),
        habit=habit,
    )


def _unit(vectors: Array) -> Array:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=-1, keepdims=True))


def _settled(aim: _Aim) -> _State:
    """The arm that fits the markers best (Gauss-Newton from the directions as seen).

    Raises:
        ModelError: it does not settle.
    """
    frames = aim.body.girdle.frames
    direction = _unit(aim.upper @ frames.thorax)
    bend = np.arccos(np.clip(np.sum(aim.upper * aim.fore, axis=1), -1.0, 1.0))
    state = _State(
        aim.habit.rhythm.girdle(direction),
        humerus_in_thorax(direction, aim.usual.external_rotation),
        np.column_stack([bend, aim.usual.pronation]),
    )
    for _ in range(_STEPS):
        here = _misses(aim, state)
        slopes = np.stack(
            [
                (_misses(aim, state.moved(np.tile(_SMALL * axis, (PHASES, 1)))) - here) / _SMALL
                for axis in np.eye(8)
            ],
            axis=-1,
        )
        square = np.swapaxes(slopes, -1, -2) @ slopes + 1e-6 * np.eye(8)
        step = -np.linalg.solve(square, np.swapaxes(slopes, -1, -2) @ here[..., None])[..., 0]
        step = np.clip(step, -0.3, 0.3)
        moved = state.moved(step)
        held = np.clip(moved.girdle, LOW, HIGH)
        change = np.concatenate([held - state.girdle, step[:, 3:]], axis=1)
        state = replace(moved, girdle=held)
        if np.abs(change).max() < _SETTLED:
            break
    worst = float(np.degrees(np.linalg.norm(_misses(aim, state)[:, :6], axis=1).max() * DIRECTION_SD))
    if not worst < MOST_MISS_DEG:
        raise ModelError(_no_fit(worst))
    return state


def _misses(aim: _Aim, state: _State) -> Array:
    """What is left unmet at each pose (K, m), each share in its own spread."""
    body = aim.body
    girdle, joints = body.girdle, body.anatomy.joints
    rest = girdle.clavicle_rest()
    clavicle = (rest[0] + state.girdle[:, 0], rest[1] + state.girdle[:, 1])
    forearm = (state.forearm[:, 0], state.forearm[:, 1])
    angles = arm_angles(girdle, clavicle, state.girdle[:, 2], state.humerus, forearm)
    at = arm_points(girdle, body.sizes.scale, angles)
    direction, rotation = direction_and_rotation(state.humerus)
    humerus = girdle.frames.thorax @ state.humerus @ girdle.frames.humerus.T
    parts = [
        (_unit(at.elbow - at.shoulder) - aim.upper) / DIRECTION_SD,
        (_unit(at.wrist - at.elbow) - aim.fore) / DIRECTION_SD,
        (state.girdle - aim.habit.rhythm.girdle(direction)) / GIRDLE_SD,
        _turned(rotation - aim.usual.external_rotation)[:, None] / HABIT_SD,
        (state.forearm[:, 1:] - aim.usual.pronation[:, None]) / HABIT_SD,
    ]
    if aim.shoulder is not None:
        parts.append((at.shoulder - aim.shoulder) / SHOULDER_SD_M)
    if aim.elbow_axis is not None:
        marks = body.anatomy.landmarks
        axis = _unit(marks["EpL"].position_m - marks["EpM"].position_m)
        parts.append((humerus @ axis - aim.elbow_axis) / DIRECTION_SD)
    if aim.wrist_axis is not None:
        ulna = humerus @ about_axis(joints["elbow"].axes[0], forearm[0])
        radius = ulna @ about_axis(joints["radioulnar"].axes[0], forearm[1])
        parts.append((radius[:, :, 0] - aim.wrist_axis) / DIRECTION_SD)
    return np.concatenate([*parts, *_blade_misses(aim, angles)], axis=1)


def _blade_misses(aim: _Aim, angles: ArmAngles) -> list[Array]:
    """What is left unmet of the shoulder blade's own markers, where there are any."""
    marks = aim.body.anatomy.landmarks
    turn, _ = aim.body.girdle.scapula_pose(angles.hinges[:, 2:6])
    pairs = ((aim.scapula_spine, "aa"), (aim.scapula_edge, "ai"))
    return [
        (turn @ _unit(marks[name].position_m - marks["ts"].position_m) - seen) / DIRECTION_SD
        for seen, name in pairs
        if seen is not None
    ]


def _turned(angle: Array) -> Array:
    """The same angle within half a turn."""
    return np.asarray((angle + np.pi) % (2 * np.pi) - np.pi)


def _no_fit(worst_deg: float) -> Problem:
    return Problem(
        code="markers-do-not-fit",
        message=f"No pose of the arm fits the markers: {worst_deg:.0f}° are left between them.",
        hint="Check which marker is which, the unit, the arm that is read and which axis is up.",
    )


def _knee(poses: Mapping[str, Array], usual: Trajectory) -> Array:
    if not {"hip", "knee", "ankle"} <= set(poses):
        return usual.knee_flexion
    thigh, shank = _unit(poses["knee"] - poses["hip"]), _unit(poses["ankle"] - poses["knee"])
    return np.asarray(np.arccos(np.clip(np.sum(thigh * shank, axis=1), -1.0, 1.0)))
