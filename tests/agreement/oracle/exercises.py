"""Five shipped exercises held by the published body in OpenSim: the activations our recruitment is set against.

Run `BANDWRIGHT_ORACLE=model.osim python -m tests.agreement.oracle.exercises` in the project folder; it writes
`data/validation/static_optimisation.csv`. Each movement is solved twice: by OpenSim's StaticOptimization, whose
muscles pull as OpenSim applies them, and as the same programme on the slopes of OpenSim's path lengths, balanced in
the null space of the acromioclavicular closure by an independent solver.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from scipy.optimize import least_squares

import bandwright
from bandwright.body import BodyModel
from bandwright.body.model import WORLD_FROM_SOURCE, sagittal_tilt
from bandwright.body.rotations import about_axis
from bandwright.catalogue.exercises import find_exercise
from bandwright.catalogue.setups import default_setup
from bandwright.loads import load_forces
from bandwright.mechanics import hand_force
from bandwright.movements import pose_repetition
from bandwright.movements.posed import PosedRepetition
from bandwright.movements.targets import right_arm
from bandwright.numerics.qp import solve_bounded_qp
from bandwright.service.validation.static_optimisation import (
    GREATEST_RESERVE,
    LEVERS,
    RESERVE_NM,
    RESERVES,
    TOOL,
    Held,
    muscle_columns,
    source_body,
    source_person,
)
from tests.agreement.oracle.balance import closure_jacobian, load_torque_nm, neighbours
from tests.agreement.oracle.generate import slopes_m
from tests.agreement.oracle.oracle_model import COORDINATES, Array, Oracle, load_oracle, missing_reason
from tests.agreement.oracle.static_optimisation import HandLoad, static_optimisation

TABLE = Path(bandwright.__file__).parent / "data" / "validation" / "static_optimisation.csv"
FRAMES = 11
GRIP_M = np.array([0.0, -0.08, -0.03])
GRAVITY_M_S2 = 9.80665
SHARES: Mapping[str, float] = {
    "bent-over-band-row": 1.0,
    "pull-up": 0.5,
    "straight-arm-pulldown": 1.0,
    "band-pull-apart": 1.0,
    "band-external-rotation": 1.0,
}
"""Which share of the default load is held: OpenSim asks for exact balance, and a whole pull-up saturates the arm."""


def held(exercise: str, body: BodyModel) -> Held:
    """What the right arm of a shipped exercise holds on the published body."""
    found = find_exercise(exercise)
    posed = pose_repetition(found.movement, body, phases=FRAMES)
    loads = load_forces(default_setup(found, source_person()).loads, posed)
    force = SHARES[exercise] * hand_force(loads, "r", FRAMES).grip
    angles = right_arm(body, posed.path)
    turns = _thorax_turns(posed, body)
    down = np.einsum("kji,j->ki", turns, [0.0, 0.0, -1.0]).mean(axis=0)
    turned = [_turns_of(body, humerus) for humerus in angles.humerus]
    q = np.column_stack([angles.hinges[:, :6], turned, angles.hinges[:, 6:]])
    gravity = GRAVITY_M_S2 * down / np.linalg.norm(down)
    pull = np.einsum("kji,kj->ki", turns, force)
    return Held(exercise, np.round(q, 9), np.round(pull, 6), np.round(gravity * [1.0, 1.0, 0.0], 6))


def _thorax_turns(posed: PosedRepetition, body: BodyModel) -> Array:
    """World orientation of the thorax bone at each pose (K, 3, 3): the trunk leans about the world's y axis."""
    base = WORLD_FROM_SOURCE @ sagittal_tilt(body.anatomy)
    turns: Array = about_axis(np.array([0.0, 1.0, 0.0]), posed.path.trunk_inclination) @ base
    return turns


def _turns_of(body: BodyModel, humerus: Array) -> Array:
    """OpenSim's plane, elevation and axial rotation (3,) [rad] of the humerus in the scapula; elevation positive."""
    axes = body.anatomy.joints["glenohumeral"].axes

    def miss(turns: Array) -> Array:
        made = about_axis(axes[0], turns[0]) @ about_axis(axes[1], turns[1]) @ about_axis(axes[2], turns[2])
        difference: Array = (made - humerus).ravel()
        return difference

    raised = float(np.arccos(np.clip(humerus[1, 1], -1.0, 1.0)))
    starts = [np.array([plane, raised, twist]) for plane in (-2.0, 0.0, 2.0) for twist in (-2.0, 0.0, 2.0)]
    found = [least_squares(miss, start, xtol=1e-15, ftol=1e-15, gtol=1e-15) for start in starts]
    best: Array = min((one for one in found if one.x[1] > -0.05), key=lambda one: float(one.cost)).x
    assert np.abs(miss(best)).max() < 1e-6
    once = np.pi * np.array([1.0, 0.0, 1.0])
    wrapped: Array = np.mod(best + once, 2.0 * np.pi) - once
    return wrapped


def by_tool(one: Held, order: Sequence[str]) -> Array:
    """Activations (K, 33) of OpenSim's StaticOptimization."""
    movement = dict(zip(COORDINATES, one.q_rad.T, strict=True))
    reserves = dict.fromkeys(RESERVES, RESERVE_NM)
    found = static_optimisation(movement, HandLoad(one.force_n, GRIP_M), one.gravity_m_s2, reserves)
    return found.activation[:, [found.muscles.index(name) for name in order]]


def by_levers(one: Held, oracle: Oracle, order: Sequence[str]) -> Array:
    """Activations (K, 33) of the same programme on the slopes of OpenSim's lengths."""
    columns = [oracle.muscles.index(name) for name in order]
    return np.array([_frame(one, frame, oracle)[columns] for frame in range(len(one.q_rad))])


def _frame(one: Held, frame: int, oracle: Oracle) -> Array:
    pose = one.q_rad[frame]
    slopes = [np.median(slopes_m(oracle, pose, index), axis=0) for index in range(len(COORDINATES))]
    closing = closure_jacobian(neighbours(oracle, pose))
    free = np.linalg.svd(closing)[2][len(closing) :]
    load = load_torque_nm(oracle, pose, HandLoad(one.force_n, GRIP_M), frame, one.gravity_m_s2)
    reserve = np.zeros((len(COORDINATES), len(RESERVES)))
    for column, name in enumerate(RESERVES):
        reserve[COORDINATES.index(name), column] = RESERVE_NM
    holding = free @ np.hstack([np.array(slopes) * oracle.max_forces_n(), reserve])
    muscles = len(oracle.muscles)
    low = np.concatenate([np.zeros(muscles), np.full(len(RESERVES), -GREATEST_RESERVE)])
    high = np.where(low < 0.0, GREATEST_RESERVE, 1.0)
    need = -free @ load
    size = muscles + len(RESERVES)
    answer = solve_bounded_qp(
        np.eye(size), np.zeros(size), holding, (np.concatenate([low, need]), np.concatenate([high, need]))
    )
    assert answer.optimal, f"{one.movement}, pose {frame}"
    return np.asarray(answer.x[:muscles])


def generate() -> None:
    """Writes the golden table."""
    body, oracle = source_body(), load_oracle()
    order = muscle_columns(body)[0]
    head = ["movement", "pose", "answer", *(f"{name}_rad" for name in COORDINATES)]
    head += [
        f"{kind}_{axis}_{unit}" for kind, unit in (("force", "n"), ("gravity", "m_s2")) for axis in "xyz"
    ]
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*head, *order])
        for exercise in SHARES:
            one = held(exercise, body)
            answers = {TOOL: by_tool(one, order), LEVERS: by_levers(one, oracle, order)}
            for name, activation in answers.items():
                for pose, values in enumerate(activation):
                    what = [*one.q_rad[pose], *one.force_n[pose], *one.gravity_m_s2]
                    writer.writerow([exercise, pose, name, *what, *(f"{value:.5f}" for value in values)])


if __name__ == "__main__":
    if reason := missing_reason():
        sys.exit(reason)
    generate()
