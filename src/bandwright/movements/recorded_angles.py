"""Recorded joint coordinates as a trajectory of one arm.

Two families of names are understood: the thoracoscapular model's (Seth2019), whose shoulder is measured from
the scapula, and the arm of the full-body gait models that OpenCap uses, whose shoulder is measured from the
torso. A coordinate may carry the side (`_r`, `_l`); left angles mean the same as right ones mirrored.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.transform import Rotation

from bandwright.body import BodyModel, Side
from bandwright.body.model import sagittal_tilt
from bandwright.body.rotations import Matrix, about_axis
from bandwright.errors import InputError, Problem, nearest_match
from bandwright.movements.interpolation import Trajectory
from bandwright.movements.recorded import (
    Habit,
    Lift,
    Sampling,
    direction_and_rotation,
    find_lift,
    hand_in_thorax,
    lifting_direction,
    resampled,
)

Array = NDArray[np.float64]

GIRDLE: Final = (
    "clav_prot",
    "clav_elev",
    "scapula_abduction",
    "scapula_elevation",
    "scapula_upward_rot",
    "scapula_winging",
)
SCAPULAR_ARM: Final = ("plane_elv", "shoulder_elv", "axial_rot", "elbow_flexion")
TORSO_ARM: Final = ("arm_flex", "arm_add", "arm_rot", "elbow_flex")

OPPOSITES: Final[Mapping[str, str]] = {
    "scapula_depression": "scapula_elevation",
    "scapula_downward_rot": "scapula_upward_rot",
}
"""Names that count the other way round: a left scapula on the mirrored ellipsoid is written with them."""

Chain = tuple[tuple[str, str, str], str]
"""Three coordinates that turn one after the other, and their axes."""

SPINE: Final[Chain] = (("ground_thorax_rot_x", "ground_thorax_rot_y", "ground_thorax_rot_z"), "XYZ")
PELVIS: Final[Chain] = (("pelvis_tilt", "pelvis_list", "pelvis_rotation"), "ZXY")
LUMBAR: Final[Chain] = (("lumbar_extension", "lumbar_bending", "lumbar_rotation"), "ZXY")

NEUTRAL_PRO_SUP: Final = np.pi / 2
"""Pronation of the gait models' arm at which the thumb points up [rad]: they count from the palm turned up."""

ELBOW_AXIS_TURN: Final = float(np.arctan2(0.226047, 0.973862))
"""How far the gait models' elbow axis is turned forward about the upper arm [rad]: as published by Hamner2010 and
kept by Rajagopal2016.
"""


def angles_to_path(
    time_s: Array,
    values: Mapping[str, Array],
    body: BodyModel,
    habit: Habit,
    side: Side,
    sampling: Sampling,
) -> tuple[Trajectory, Lift]:
    """Coordinates over time (N,) [rad] as 51 phases of one arm, with the lift they were taken from.

    What the coordinates do not say (knees, pronation, trunk) is the exercise's habit, phase by phase; a missing
    girdle follows the resting rhythm.

    Raises:
        InputError: coordinates are missing, or there is no lift.
    """
    own, usual = _of_side(values, side), habit.path
    humerus, girdle = _scapular(own, body) if _family(own, side) == SCAPULAR_ARM else _torso(own, body)
    direction, rotation = direction_and_rotation(humerus)
    free = habit.rhythm.girdle(direction) if girdle is None else girdle
    still = np.ones_like(time_s)
    elbow = own["elbow_flexion"] if "elbow_flexion" in own else own["elbow_flex"]
    path = Trajectory(
        phase=time_s,
        trunk_inclination=_trunk(own, usual, time_s, sagittal_tilt(body.anatomy)),
        knee_flexion=np.abs(own["knee_angle"]) if "knee_angle" in own else still * usual.knee_flexion.mean(),
        protraction=free[:, 0],
        elevation=free[:, 1],
        upward_rotation=free[:, 2],
        direction=direction,
        external_rotation=rotation,
        elbow_flexion=elbow,
        pronation=_pronation(own, usual, still),
    )
    progress = hand_in_thorax(body, path) @ lifting_direction(body, usual)
    lift = find_lift(time_s, progress, sampling)
    found = resampled(path, time_s, lift, sampling.cutoff_hz)
    return replace(found, **{name: getattr(usual, name) for name in _unsaid(own)}), lift


def _unsaid(own: Mapping[str, Array]) -> list[str]:
    """Parts of a trajectory that the coordinates say nothing of."""
    said = {
        "trunk_inclination": _trunk_chains(own),
        "knee_flexion": "knee_angle" in own,
        "pronation": "pro_sup" in own,
    }
    return [name for name, known in said.items() if not known]


def _of_side(values: Mapping[str, Array], side: Side) -> dict[str, Array]:
    """Coordinates without their side's ending, opposites turned round; the other side's are left out."""
    plain = {name: value for name, value in values.items() if not name.endswith(("_r", "_l"))}
    own = {name[:-2]: value for name, value in values.items() if name.endswith(f"_{side}")}
    own |= {name: -own[opposite] for opposite, name in OPPOSITES.items() if opposite in own}
    return plain | own


def _family(own: Mapping[str, Array], side: Side) -> Sequence[str]:
    """The family of names the arm is written in.

    Raises:
        InputError: neither family is complete.
    """
    if all(name in own for name in SCAPULAR_ARM):
        lacking = [name for name in GIRDLE if name not in own]
        if not lacking:
            return SCAPULAR_ARM
        raise InputError(*(_missing(name, own) for name in lacking))
    if all(name in own for name in TORSO_ARM):
        return TORSO_ARM
    nearer = max((SCAPULAR_ARM, TORSO_ARM), key=lambda names: sum(name in own for name in names))
    ending = f"_{side}" if nearer == TORSO_ARM else ""
    raise InputError(*(_missing(name, own, ending) for name in nearer if name not in own))


def _missing(name: str, own: Mapping[str, Array], ending: str = "") -> Problem:
    return Problem(
        code="missing-coordinate",
        message=f"There is no coordinate '{name}{ending}'.",
        nearest=nearest_match(name, own),
        hint=f"The arm needs {', '.join(SCAPULAR_ARM)} with the girdle's, or {', '.join(TORSO_ARM)} with _r or _l.",
    )


def _scapular(own: Mapping[str, Array], body: BodyModel) -> tuple[Matrix, Array]:
    """Humerus in the ISB thorax (N, 3, 3) and the free girdle angles (N, 3) from the thoracoscapular model."""
    girdle = body.girdle
    axes = girdle.anatomy.joints["glenohumeral"].axes
    turns = [about_axis(axis, own[name]) for axis, name in zip(axes, SCAPULAR_ARM, strict=False)]
    scapula = np.column_stack([own[name] for name in GIRDLE[2:]])
    in_thorax, _ = girdle.scapula_pose(scapula)
    humerus = in_thorax @ turns[0] @ turns[1] @ turns[2]
    rest = girdle.clavicle_rest()
    free = np.column_stack(
        [own["clav_prot"] - rest[0], own["clav_elev"] - rest[1], girdle.upward_rotation(in_thorax)]
    )
    return girdle.frames.thorax.T @ humerus @ girdle.frames.humerus, free


def _torso(own: Mapping[str, Array], body: BodyModel) -> tuple[Matrix, None]:
    """Humerus in the ISB thorax (N, 3, 3) from a gait model's flexion, adduction and rotation, turned in this order.

    The torso's axes are those of an upright trunk; the two elbow axes are laid on each other.
    """
    angles = np.column_stack([own[name] for name in TORSO_ARM[:3]])
    turn = np.asarray(Rotation.from_euler("ZXY", angles).as_matrix())
    frames = body.girdle.frames
    axis = frames.humerus.T @ body.anatomy.joints["elbow"].axes[0]
    shift = ELBOW_AXIS_TURN - float(np.arctan2(axis[0], axis[2]))
    upright = frames.thorax.T @ sagittal_tilt(body.anatomy).T
    return upright @ turn @ about_axis(np.array([0.0, 1.0, 0.0]), shift), None


def _pronation(own: Mapping[str, Array], usual: Trajectory, still: Array) -> Array:
    if "pro_sup" not in own:
        return np.asarray(still * usual.pronation.mean())
    return own["pro_sup"] - (0.0 if "elbow_flexion" in own else NEUTRAL_PRO_SUP)


def _trunk(own: Mapping[str, Array], usual: Trajectory, time_s: Array, upright: Matrix) -> Array:
    """Forward inclination of the trunk (N,), from whichever of its coordinates there are."""
    said = _trunk_chains(own)
    turn = np.broadcast_to(np.eye(3), (len(time_s), 3, 3))
    if not said:
        return np.full_like(time_s, usual.trunk_inclination.mean())
    for names, order in said:
        angles = np.column_stack([own.get(name, np.zeros_like(time_s)) for name in names])
        turn = turn @ np.asarray(Rotation.from_euler(order, angles).as_matrix())
    # The thoracoscapular model turns the thorax bone, whose axes are tilted in an upright trunk.
    return inclination(turn @ upright.T if SPINE in said else turn)


def _trunk_chains(own: Mapping[str, Array]) -> list[Chain]:
    """The trunk's coordinates that there are, from the ground up."""
    return [chain for chain in (SPINE, PELVIS, LUMBAR) if chain[0][0] in own or chain[0][2] in own]


def inclination(thorax: Matrix) -> Array:
    """Forward lean (N,) [rad] of thorax orientations in a world with y up, whichever way the body faces."""
    up, right = thorax[:, :, 1], thorax[:, :, 2]
    forward = np.cross(np.array([0.0, 1.0, 0.0]), right)
    forward /= np.linalg.norm(forward, axis=1, keepdims=True)
    return np.asarray(np.arctan2(np.sum(up * forward, axis=1), up[:, 1]))
