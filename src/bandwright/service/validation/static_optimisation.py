"""Recruitment set against OpenSim's static optimisation on five shipped movements, glenoid cone left out.

The published body (Belli2023) holds each movement's own load in OpenSim and here; the golden activations are in
`data/validation/static_optimisation.csv`, written by `tests/agreement/oracle/exercises.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from bandwright.body import UNSCALED, ArmAngles, BodyModel, Person, Proportions, TrunkPose
from bandwright.body.rotations import about_axis
from bandwright.catalogue.anatomy import load_anatomy, load_ratios, rows
from bandwright.catalogue.validation_tables import rows_of
from bandwright.recruitment import Penalties, RecruitmentProblem, recruit
from bandwright.service.validation.markdown import table

Array = NDArray[np.float64]

TABLE: Final = "static_optimisation.csv"
COORDINATES: Final = (
    "clav_prot",
    "clav_elev",
    "scapula_abduction",
    "scapula_elevation",
    "scapula_upward_rot",
    "scapula_winging",
    "plane_elv",
    "shoulder_elv",
    "axial_rot",
    "elbow_flexion",
    "pro_sup",
)
"""OpenSim's coordinates of the published model."""

Answer = Literal["tool", "levers"]
TOOL: Final = "tool"
LEVERS: Final = "levers"
"""Whose answer a row holds: OpenSim's StaticOptimization, or the same problem on the slopes of its path lengths."""

STIFF: Final = Penalties(torque=1e5, cone=1.0)
"""OpenSim balances exactly; a stiff reserve comes as near as makes no difference."""

RESERVE_NM: Final = 10.0
"""Torque of elbow and forearm reserves at activation 1: the published model has no brachialis [N·m]."""

RESERVES: Final = ("elbow_flexion", "pro_sup")
RESERVE_ROWS: Final = (6, 7)
"""Elbow flexion and forearm pronation among our equations."""

GREATEST_RESERVE: Final = 20.0
"""OpenSim sets reserves no bound; this one is never reached [-]."""

SOURCE_ARM_KG: Final = 1.7650184258291826 + 0.8663223850962932 + 0.1830931956559252 + 0.41148941660685245
"""Upper arm, ulna, radius and hand of the published subject (Belli2023) [kg]."""


@dataclass(frozen=True, slots=True)
class Held:
    """What K poses of one movement hold: OpenSim coordinates (K, 11) [rad], and in the thorax bone's axes the force
    on the hand (K, 3) [N] and gravity (3,) [m/s²].
    """

    movement: str
    q_rad: Array
    force_n: Array
    gravity_m_s2: Array


@dataclass(frozen=True, slots=True)
class Golden:
    """OpenSim's activations (K, 33) of one movement."""

    held: Held
    activation: Mapping[Answer, Array]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How alike two sets of activations are: correlation and mean absolute difference [-]."""

    correlation: float
    difference: float


@cache
def source_person() -> Person:
    """A man whose arm weighs what the source subject's does."""
    ratios = load_ratios(Person("male", 1.75, 70.0))
    share = ratios["upper_arm_mass"] + ratios["forearm_mass"] + ratios["hand_mass"]
    return Person("male", 1.75, SOURCE_ARM_KG / share)


def source_body() -> BodyModel:
    """The published body, its own faults left in."""
    person = source_person()
    return BodyModel(load_anatomy(as_published=True), Proportions(person, UNSCALED, load_ratios(person)))


def arm_angles_of(body: BodyModel, q_rad: Array) -> ArmAngles:
    """Our angles of OpenSim coordinates (K, 11) [rad]."""
    axes = body.anatomy.joints["glenohumeral"].axes
    turns = [about_axis(axis, q_rad[:, column]) for axis, column in zip(axes, (6, 7, 8), strict=True)]
    return ArmAngles(np.column_stack([q_rad[:, :6], q_rad[:, 9:]]), turns[0] @ turns[1] @ turns[2])


def muscle_columns(body: BodyModel) -> tuple[tuple[str, ...], list[int]]:
    """OpenSim's element names in the table's order, and our columns of them."""
    index = {muscle.id: i for i, muscle in enumerate(body.anatomy.muscles)}
    elements = {
        row["element"]: index[row["id"]] for row in rows("muscles.csv") if row["source"] == "Belli2023"
    }
    return tuple(elements), list(elements.values())


def our_activations(held: Held, body: BodyModel | None = None) -> Array:
    """Activations (K, 33) with our paths, statics and solver, in the table's order."""
    body = body or source_body()
    found = recruit(problem_of(held, body), STIFF)
    return np.asarray(found.activation[:, : -len(RESERVES)])


def problem_of(held: Held, body: BodyModel) -> RecruitmentProblem:
    """The recruitment problem of held poses, reserves last, without a cone."""
    arms = arm_angles_of(body, held.q_rad)
    trunk = TrunkPose((0.0, 1.0), _tilt(body, arms, held.gravity_m_s2), 0.0)
    columns = muscle_columns(body)[1]
    strength = np.array([body.anatomy.muscles[column].max_isometric_force_n for column in columns])
    moments, torques = [], []
    for index in range(len(held.q_rad)):
        body.place(trunk, {"r": arms}, index)
        state = body.arm_state("r")
        moments.append(state.moment_arm[:, columns] * strength)
        pull = body.bone("thorax")[0] @ held.force_n[index]
        torques.append(state.gravity_torque - state.grip_jacobian.T @ pull)
    return reserved_problem(np.array(moments), np.array(torques), RESERVE_ROWS)


def reserved_problem(moment: Array, torque: Array, reserve_rows: Sequence[int]) -> RecruitmentProblem:
    """The programme of muscles (K, m, n) [N·m] and torques (K, m), with a reserve on some of the rows."""
    poses, equations, muscles = moment.shape
    reserve = np.zeros((poses, equations, len(reserve_rows)))
    reserve[:, list(reserve_rows), list(range(len(reserve_rows)))] = RESERVE_NM
    lower = np.concatenate([np.zeros(muscles), np.full(len(reserve_rows), -GREATEST_RESERVE)])
    upper = np.concatenate([np.ones(muscles), np.full(len(reserve_rows), GREATEST_RESERVE)])
    columns = len(lower)
    return RecruitmentProblem(
        moment=np.concatenate([moment, reserve], axis=2),
        torque=torque,
        lower=np.tile(lower, (poses, 1)),
        upper=np.tile(upper, (poses, 1)),
        weight=np.ones(columns),
        cone=np.zeros((poses, 0, columns)),
        cone_limit=np.zeros((poses, 0)),
    )


def _tilt(body: BodyModel, arms: ArmAngles, gravity_m_s2: Array) -> float:
    """Pelvis tilt [rad] at which the thorax bone, rather than its ISB frame, feels this gravity."""
    body.place(TrunkPose((0.0, 1.0), 0.0, 0.0), {"r": arms}, 0)
    down = body.bone("thorax")[0].T @ np.array([0.0, 0.0, -1.0])
    return float(np.arctan2(gravity_m_s2[0], -gravity_m_s2[1]) - np.arctan2(down[0], -down[1]))


@cache
def golden() -> tuple[Golden, ...]:
    """OpenSim's answers of every movement."""
    found: dict[str, list[dict[str, str]]] = {}
    for row in rows_of(TABLE):
        found.setdefault(row["movement"], []).append(row)
    return tuple(_golden(movement, same) for movement, same in found.items())


def _golden(movement: str, same: Sequence[dict[str, str]]) -> Golden:
    first = [row for row in same if row["answer"] == TOOL]
    elements = [row["element"] for row in rows("muscles.csv") if row["source"] == "Belli2023"]

    def columns(names: Sequence[str], rows_: Sequence[dict[str, str]] = first) -> Array:
        return np.array([[float(row[name]) for name in names] for row in rows_])

    held = Held(
        movement,
        columns([f"{name}_rad" for name in COORDINATES]),
        columns([f"force_{axis}_n" for axis in "xyz"]),
        columns([f"gravity_{axis}_m_s2" for axis in "xyz"])[0],
    )
    levers = [row for row in same if row["answer"] == LEVERS]
    return Golden(held, {TOOL: columns(elements), LEVERS: columns(elements, levers)})


def agreement(ours: Array, theirs: Array) -> Agreement:
    """How alike two sets of activations are."""
    correlation = float(np.corrcoef(ours.ravel(), theirs.ravel())[0, 1])
    return Agreement(correlation, float(np.abs(ours - theirs).mean()))


AIM: Final = 0.98
"""Correlation of activations that is aimed at on every movement [-]."""


def static_optimisation_lines() -> list[str]:
    """The section as lines of Markdown."""
    body = source_body()
    return [
        "## Who holds the load: activations against OpenSim's static optimisation",
        "",
        "Five shipped movements at 11 poses each, their default load (half of it for the pull-up) in the right hand",
        "of the published body (Belli2023), least sum of squared activations, no glenoid cone, no force-length:",
        "OpenSim 4.6 and this program solve the same problem. *Tool* is OpenSim's StaticOptimization, which applies",
        "the pulls it draws; *levers* the same programme on the slopes of OpenSim's path lengths, by another solver.",
        "OpenSim's two answers differ because over ellipsoids its pulls are not the slopes of its lengths.",
        "",
        *table(
            (
                "movement",
                "against the tool",
                "against the levers",
                "tool against levers",
                "mean difference",
                "aim",
            ),
            [_line(one, body) for one in golden()],
        ),
    ]


def _line(one: Golden, body: BodyModel) -> tuple[str, ...]:
    ours, tool, levers = our_activations(one.held, body), one.activation[TOOL], one.activation[LEVERS]
    pairs = [agreement(*pair) for pair in ((ours, tool), (ours, levers), (tool, levers))]
    reached = min(pair.correlation for pair in pairs[:2]) >= AIM
    return (
        one.held.movement,
        *(f"{pair.correlation:.3f}" for pair in pairs),
        f"{pairs[0].difference:.3f}",
        "reached" if reached else f"**missed** ({AIM})",
    )
