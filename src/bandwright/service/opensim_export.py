"""An analysis as the files of OpenSim, so that its inverse dynamics can be run on the same person and loads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.transform import Rotation

from bandwright.body import EQUATIONS, SIDES, ArmAngles, BodyModel, Side
from bandwright.body.model import GRIP_IN_HAND_M
from bandwright.catalogue.opensim.document import ExportedBody, halves, write_model
from bandwright.catalogue.opensim.half import COMMON, Half
from bandwright.catalogue.opensim.read_me import read_me
from bandwright.catalogue.opensim.skeleton import BONES, GROUND_COORDINATES, Segment
from bandwright.catalogue.opensim.tables import write_motion, write_table
from bandwright.catalogue.opensim.tools import (
    EXTERNAL_LOADS,
    INVERSE_DYNAMICS,
    LOADS,
    MODEL,
    MOTION,
    README,
    TORQUES,
    Pull,
    write_external_loads,
    write_inverse_dynamics,
)
from bandwright.mechanics import HandForce, hand_force, load_demand
from bandwright.movements.posed import idle_path
from bandwright.movements.recorded_writing import (
    arm_coordinates,
    at_phases,
    lift_shares,
    require_shoulder,
    thorax_turn,
    trajectory_at,
)
from bandwright.movements.targets import right_arm
from bandwright.service.analysis import Analysis
from bandwright.service.bodies import body_of, holder_of

Array = NDArray[np.float64]

SLOW_LIFT_S: Final = 30.0
"""How long a lift without a tempo takes in the files [s]: its inertia is then far under 1 % of any torque."""

SAMPLES_PER_S: Final = 20.0
FEWEST_SAMPLES: Final = 101

GROUND_FROM_WORLD: Final = np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0], [0.0, -1.0, 0.0]])
"""Our world (x forward, y left, z up) in OpenSim's ground (x forward, y up, z right)."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """When the lift is where: times (N,) [s] and the phase reached at each (N,)."""

    time_s: Array
    phase: Array


def export_opensim(analysis: Analysis, folder: Path) -> None:
    """Writes model, motion, loads, set-up and a short guide into a folder, which is made if need be.

    Raises:
        ModelError: the published shoulder cannot take up a pose of this movement.
        OSError: a file cannot be written.
    """
    body = body_of(analysis.setup.person)
    times = timeline(analysis)
    motion = coordinates(analysis, body, times)
    held = analysis.holder.holder if analysis.holder else holder_of(analysis.setup.person)
    name = f"{analysis.setup.exercise.id}-{analysis.setup.person.sex}"
    given = ExportedBody(name, body.anatomy, body.sizes.scale, held.strength, segments(body))
    pulls, columns = loads(analysis, halves(given), times)
    folder.mkdir(parents=True, exist_ok=True)
    write_model(folder / MODEL, given, {key: float(value[0]) for key, value in motion.items()})
    write_motion(folder / MOTION, times.time_s, motion)
    write_table(folder / LOADS, times.time_s, columns)
    write_external_loads(folder / EXTERNAL_LOADS, pulls)
    write_inverse_dynamics(folder / INVERSE_DYNAMICS, float(times.time_s[-1]))
    write_table(folder / TORQUES, times.time_s, torques(analysis, times))
    text = read_me(
        analysis.setup.exercise.name, float(times.time_s[-1]), tempo=analysis.setup.tempo is not None
    )
    (folder / README).write_text(text, encoding="utf-8")


def timeline(analysis: Analysis) -> Timeline:
    """The lift at even times: at its tempo where it has one, slowly where it has none."""
    tempo = analysis.setup.tempo
    lift_s = tempo.lift_s if tempo else SLOW_LIFT_S
    samples = max(FEWEST_SAMPLES, round(lift_s * SAMPLES_PER_S) + 1)
    return Timeline(np.linspace(0.0, lift_s, samples), lift_shares(samples))


def coordinates(analysis: Analysis, body: BodyModel, times: Timeline) -> dict[str, Array]:
    """Every coordinate of the model by name (N,) [rad, m]."""
    posed, anatomy = analysis.posed, body.anatomy
    path = trajectory_at(posed.path, times.phase)
    found = dict(zip(GROUND_COORDINATES, _trunk(analysis, body, times).T, strict=True))
    for side in SIDES:
        angles = right_arm(body, path) if side in posed.working else _idle(analysis, body, times)
        require_shoulder(anatomy, angles.humerus)
        found |= arm_coordinates(anatomy, angles, side)
    return found


def _idle(analysis: Analysis, body: BodyModel, times: Timeline) -> ArmAngles:
    """The arm that does not work, which hangs."""
    posed = analysis.posed
    return right_arm(body, trajectory_at(idle_path(posed.movement, len(posed.phase)), times.phase))


def _trunk(analysis: Analysis, body: BodyModel, times: Timeline) -> Array:
    """The trunk in the room (N, 6) [rad, m], from its lean and where the notch of the breastbone is."""
    posed, anatomy = analysis.posed, body.anatomy
    inclination = at_phases(posed.phase, posed.path.trunk_inclination, times.phase)
    notch = at_phases(posed.phase, posed.points["suprasternal_notch"], times.phase) @ GROUND_FROM_WORLD.T
    turn = thorax_turn(anatomy, inclination)
    flat = np.array([1.0, 1.0, 0.0])
    here = anatomy.landmarks["ij"].position_m * body.sizes.scale.of(COMMON) * flat
    turned = Rotation.from_rotvec(np.outer(turn, [0.0, 0.0, 1.0])).apply(here)
    still = np.zeros_like(turn)
    return np.column_stack([still, still, turn, notch - turned])


def segments(body: BodyModel) -> dict[str, Segment]:
    """Mass and inertia of every exported body; trunk and head move with the thorax, pelvis and legs are left out."""
    found = {COMMON: _trunk_segment(body)}
    for side in SIDES:
        for bone in BONES:
            found[bone if side == "r" else f"{bone}_l"] = _segment(body, f"{bone}_{side}")
    return found


def _segment(body: BodyModel, name: str) -> Segment:
    own = body.model.body(name)
    turn = _rotation(own.iquat)
    return Segment(float(own.mass[0]), np.array(own.ipos), turn @ np.diag(own.inertia) @ turn.T)


def _trunk_segment(body: BodyModel) -> Segment:
    lump, thorax = _segment(body, "trunk"), body.model.body("thorax")
    turn = _rotation(thorax.quat).T
    com = turn @ (lump.com_m - np.array(thorax.pos))
    return Segment(lump.mass_kg, com, turn @ lump.inertia_kg_m2 @ turn.T)


def _rotation(quaternion: Array) -> Array:
    return np.asarray(Rotation.from_quat(np.roll(quaternion, -1)).as_matrix())


def loads(
    analysis: Analysis, both: tuple[Half, ...], times: Timeline
) -> tuple[list[Pull], Mapping[str, Array]]:
    """What pulls on which hand or wrist, and the table of forces [N] and points [m] (N,) each."""
    pulls: list[Pull] = []
    columns: dict[str, Array] = {}
    for half in both:
        force = _hand(analysis, half.side)
        for pull, world in _contacts(half, force):
            if not world.any():
                continue
            pulls.append(pull)
            ground = at_phases(analysis.posed.phase, world, times.phase) @ GROUND_FROM_WORLD.T
            for axis, values, at in zip("xyz", ground.T, pull.point_m, strict=True):
                columns[f"{pull.name}_v{axis}"] = values
                columns[f"{pull.name}_p{axis}"] = np.full_like(values, at)
    return pulls, columns


def _hand(analysis: Analysis, side: Side) -> HandForce:
    return hand_force(analysis.forces, side, len(analysis.posed.phase))


def _contacts(half: Half, force: HandForce) -> list[tuple[Pull, Array]]:
    wrist = half.anatomy.joints["wrist"].parent_offset_m
    grip_at, wrist_at = half.point(GRIP_IN_HAND_M, "hand"), half.point(wrist, "radius")
    return [
        (Pull(f"grip_{half.side}", half.name("hand"), grip_at), force.grip),
        (Pull(f"wrist_{half.side}", half.name("radius"), wrist_at), force.wrist),
    ]


def torques(analysis: Analysis, times: Timeline) -> dict[str, Array]:
    """Our own joint torques of both arms over time (N,) [N·m]: limb weight and load together."""
    posed = analysis.posed
    found: dict[str, Array] = {}
    for side in SIDES:
        arm = posed.arms[side]
        asked = arm.gravity_torque + load_demand(arm, _hand(analysis, side)).torque
        over_time = at_phases(posed.phase, asked, times.phase)
        found |= {f"{name}_{side}": over_time[:, n] for n, name in enumerate(EQUATIONS)}
    return found
