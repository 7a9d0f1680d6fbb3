"""The model's isometric whole-joint strength in the postures it was measured in (decision 0005)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bandwright.body import EQUATIONS, BodyModel, Sex, TrunkPose
from bandwright.body.fibre_curves import active_force_length, active_force_length_slope
from bandwright.body.strength import Calibration, calibration, fibre_length_norm
from bandwright.catalogue.anatomy import load_anatomy, load_strength_table
from bandwright.catalogue.rhythm import load_rhythm
from bandwright.mechanics import arm_equations, glenoid_cone
from bandwright.mechanics.upper_arm import upper_arm
from bandwright.movements import ArmPose, Girdle, Keyframe, Movement, PosedRepetition, pose_repetition
from bandwright.movements.targets import right_arm
from bandwright.numerics.lp import maximise_linear
from bandwright.service.bodies import body_of, strength_of
from bandwright.service.validation.strength_targets import MEDIAN, Target, arm_targets

Array = NDArray[np.float64]

TORQUE_SLACK_NM: Final = 0.1
CONE_SLACK_N: Final = 5.0
"""By how much an equation or a facet may be missed: what the strength curve of an exercise allows too."""


@dataclass(frozen=True, slots=True)
class Push:
    """What one newton-metre or newton of an action asks: torque (8,) and head force (3,).

    `balanced` (b, 8): the combinations of joint equations the muscles must balance; the apparatus holds the others.
    """

    torque: Array
    head: Array
    balanced: Array


@dataclass(frozen=True, slots=True)
class Gradient:
    """How a strength grows with each muscle's calibration, each (n,): by the logarithm of its force, by the
    logarithm of its fibre scale and by its fibre shift [N·m] or [N].
    """

    force: Array
    fibre_scale: Array
    fibre_shift: Array


@dataclass(frozen=True, slots=True)
class Programme:
    """The linear programme of one target: find the greatest multiple of its push.

    The first columns of `matrix` are the n muscles with the published forces, whatever their length; `fibre_norm`
    (n,) are their published fibre lengths.
    """

    matrix: Array
    limits: tuple[Array, Array]
    bounds: tuple[Array, Array]
    fibre_norm: Array

    def solve(self, set_to: Calibration) -> tuple[float, Gradient]:
        """The capacity [N·m] or [N], and how it depends on the calibration."""
        muscles = len(self.fibre_norm)
        fibre = set_to.fibre_norm(self.fibre_norm)
        matrix = self.matrix.copy()
        matrix[:, :muscles] *= set_to.force * active_force_length(fibre)
        objective = np.zeros(matrix.shape[1])
        objective[-1] = 1.0
        answer = maximise_linear(objective, matrix, self.limits, self.bounds)
        if not answer.optimal:
            nothing = np.zeros(muscles)
            return float("nan"), Gradient(nothing, nothing, nothing)
        gain = np.maximum(-answer.row_price @ matrix[:, :muscles], 0.0)
        by_length = gain * active_force_length_slope(fibre)
        inward = (1.0 - self.fibre_norm) / set_to.fibre_scale
        return answer.value, Gradient(gain, by_length * inward, by_length)


def capacity(target: Target, set_to: Calibration) -> float:
    """Isometric whole-joint strength of the median person in the target's posture [N·m] or [N].

    The trunk is fixed; the limb's weight and the pull of relaxed muscles are left out, as on a dynamometer that was
    set to zero with the limb at rest. The arm is pushed at the elbow (grip for girdle forces, a couple along the
    humerus for rotation) within the glenoid cone.
    """
    return programmes(target.sex)[target.id].solve(set_to)[0]


@cache
def programmes(sex: Sex) -> Mapping[str, Programme]:
    """The programme of every target of one sex."""
    targets = [target for target in arm_targets() if target.sex == sex]
    body, strength = body_of(MEDIAN[sex]), strength_of(MEDIAN[sex])
    posed = _posed([(target.girdle, target.arm) for target in targets], body)
    cone = glenoid_cone(body.anatomy)
    equations = arm_equations(posed, "r", strength, cone)
    now = present_calibration()
    published = now.published_fibre_norm(equations.fibre_norm)
    muscles = published.shape[1]
    full = strength.force_n * strength.cos_pennation / now.force
    found = {}
    for k, (target, push) in enumerate(zip(targets, _pushes(targets, posed, body), strict=True)):
        columns = np.vstack([push.balanced @ equations.moment[k], equations.cone[k]])
        columns[:, :muscles] *= full / equations.force_n[k]
        load = np.concatenate([push.balanced @ push.torque, -cone.facets @ push.head])
        matrix = np.hstack([columns, -load[:, None]])
        found[target.id] = _programme(
            matrix, len(push.balanced), (equations.lower, equations.upper), published[k]
        )
    return found


WORKSPACE: Final = tuple(
    (float(plane), float(elevation), float(rotation))
    for plane, elevations in (
        (-90, (20, 40)),
        (0, (10, 50, 90, 130)),
        (30, (10, 50, 90, 130, 150)),
        (60, (10, 50, 90, 130)),
        (90, (10, 50, 90, 130, 150)),
        (120, (50, 90)),
    )
    for elevation in elevations
    for rotation in (-50, 0, 50)
)
"""Where a healthy arm reaches: plane, elevation and outward rotation [deg], well inside the ends of motion."""


@cache
def workspace_fibre_norm() -> Array:
    """Published fibre lengths over their optimum all over the workspace (p, n) [-], the girdle on its rhythm."""
    arms = [
        ArmPose(plane, elevation, rotation, elbow, 0.0)
        for plane, elevation, rotation in np.radians(WORKSPACE).tolist()
        for elbow in np.radians((10.0, 100.0)).tolist()
    ]
    girdle = load_rhythm().girdle_at(
        np.array([arm.plane for arm in arms]), np.array([arm.elevation for arm in arms])
    )
    body = body_of(MEDIAN["male"])
    posed = _posed([(Girdle(*turn), arm) for turn, arm in zip(girdle.tolist(), arms, strict=True)], body)
    fibre = fibre_length_norm(strength_of(MEDIAN["male"]), posed.arms["r"].muscle_length)
    return present_calibration().published_fibre_norm(fibre)


def _programme(
    matrix: Array, equations: int, activation: tuple[Array, Array], fibre_norm: Array
) -> Programme:
    """The programme of a push in the last column: `equations` rows of torque, then the glenoid's facets."""
    facets = len(matrix) - equations
    bottom = np.concatenate([np.full(equations, -TORQUE_SLACK_NM), np.full(facets, -np.inf)])
    top = np.concatenate([np.full(equations, TORQUE_SLACK_NM), np.full(facets, CONE_SLACK_N)])
    if equations == 1:  # a clamped upper arm: the socket is the clamp's business
        top[1:] = np.inf
    lower, upper = activation
    return Programme(matrix, (bottom, top), (np.append(lower, 0.0), np.append(upper, np.inf)), fibre_norm)


def _posed(postures: Sequence[tuple[Girdle, ArmPose]], body: BodyModel) -> PosedRepetition:
    """All postures as the keyframes of one movement, trunk upright: each phase is one."""
    frames = tuple(
        Keyframe(phase, 0.0, 0.0, girdle, arm)
        for phase, (girdle, arm) in zip(np.linspace(0.0, 1.0, len(postures)).tolist(), postures, strict=True)
    )
    movement = Movement("strength-tests", "standing", "both", "neutral", frames)
    return pose_repetition(movement, body, phases=len(postures))


def _pushes(targets: Sequence[Target], posed: PosedRepetition, body: BodyModel) -> list[Push]:
    angles = right_arm(body, posed.path)
    pushes = []
    for k, target in enumerate(targets):
        body.place(TrunkPose((0.0, 1.0), 0.0, 0.0), {"r": angles, "l": angles}, k)
        pushes.append(_push(target, posed, k, body))
    return pushes


def _push(target: Target, posed: PosedRepetition, k: int, body: BodyModel) -> Push:
    if target.action.startswith("elbow"):
        sign = 1.0 if target.action == "elbow_flexion" else -1.0
        torque = np.zeros(8)
        torque[EQUATIONS.index("elbow_flexion")] = sign
        return Push(torque, np.zeros(3), np.eye(8)[[EQUATIONS.index("elbow_flexion")]])
    if target.action in ("internal_rotation", "external_rotation"):
        spin = upper_arm(body, "r").spin
        axis = spin[:, EQUATIONS.index("shoulder_rotation")]
        sign = 1.0 if target.action == "internal_rotation" else -1.0
        return Push(sign * spin.T @ axis, np.zeros(3), np.eye(8))
    if target.action.startswith("girdle"):
        return _handle_push(target.action, posed, k)
    return _elbow_push(target, posed, k, body)


def _elbow_push(target: Target, posed: PosedRepetition, k: int, body: BodyModel) -> Push:
    """One newton-metre about the shoulder by a force on the elbow, square to the upper arm."""
    shoulder, elbow = posed.points["shoulder_r"][k], posed.points["elbow_r"][k]
    direction = _direction(target) / np.linalg.norm(elbow - shoulder)
    arm = upper_arm(body, "r")
    torque = arm.elbow.T @ direction
    return Push(torque, -arm.head.T @ direction, _strapped(torque))


def _strapped(torque: Array) -> Array:
    """What muscles must balance when the upper arm is strapped to a lever (b, 8): everything but a push of the elbow
    across the lever's plane, which the strap takes.
    """
    shoulder = [EQUATIONS.index(f"shoulder_{part}") for part in ("abduction", "rotation", "flexion")]
    along = torque[shoulder] / np.linalg.norm(torque[shoulder])
    twist = np.array([0.0, 1.0, 0.0])
    twist -= (twist @ along) * along
    kept = np.zeros((2, 8))
    kept[:, shoulder] = along, twist / np.linalg.norm(twist)
    return np.vstack([np.delete(np.eye(8), shoulder, axis=0), kept])


def _direction(target: Target) -> Array:
    """Which way the elbow is driven (3,), in the world; the right arm's outward is −y."""
    plane, elevation = target.arm.plane, target.arm.elevation
    outward = np.array([np.sin(plane), -np.cos(plane), 0.0])
    forward = np.array([np.cos(plane), np.sin(plane), 0.0])
    raising = np.cos(elevation) * outward + np.sin(elevation) * np.array([0.0, 0.0, 1.0])
    ways: dict[str, Array] = {
        "shoulder_flexion": raising,
        "shoulder_abduction": raising,
        "shoulder_extension": -raising,
        "shoulder_adduction": -raising,
        "horizontal_adduction": forward,
        "horizontal_abduction": -forward,
    }
    return ways[target.action]


RAIL: Final[Mapping[str, tuple[float, float, float]]] = {
    "girdle_elevation": (0.0, 0.0, 1.0),
    "girdle_depression": (0.0, 0.0, -1.0),
    "girdle_protraction": (1.0, 0.0, 0.0),
    "girdle_retraction": (-1.0, 0.0, 0.0),
}
"""Which way the hand drives the handle."""


def _handle_push(action: str, posed: PosedRepetition, k: int) -> Push:
    """One newton along the handle's rail, given along the line from shoulder to hand: a straight arm is a strut."""
    arm, rail = posed.arms["r"], np.array(RAIL[action])
    line = arm.grip_path[k] - posed.points["shoulder_r"][k]
    way = line / (line @ rail)
    return Push(arm.grip_jacobian[k].T @ way, -arm.head_force_by_grip[k] @ way, np.eye(8))


def present_calibration() -> Calibration:
    """The calibration the strength table holds now."""
    return calibration(load_anatomy(), load_strength_table())


def modelled(target: Target) -> float:
    """What the model gives for a target today [N·m] or [N]."""
    if target.action == "trunk_extension":
        return strength_of(MEDIAN[target.sex]).back_extension_nm
    return capacity(target, present_calibration())
