"""Fits one strength factor per muscle group to measured whole-joint torques; see decision 0005.

`python benchmarks/fit_strength.py` prints every target before and after and writes nothing; with `--write` the
factors go into `strength.csv`. Nothing here looks at an exercise or at EMG.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final, Literal

import mujoco
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import least_squares

from bandwright.body import EQUATIONS, BodyModel, Person, Sex, TrunkPose
from bandwright.body.strength import muscle_factors
from bandwright.catalogue.anatomy import FOLDER, load_anatomy, load_strength_table, rows
from bandwright.mechanics import arm_equations, glenoid_cone
from bandwright.movements import ArmPose, Girdle, Keyframe, Movement, PosedRepetition, pose_repetition
from bandwright.movements.targets import right_arm
from bandwright.numerics.lp import maximise_linear
from bandwright.service.bodies import body_of, strength_of

Array = NDArray[np.float64]
Role = Literal["fit", "check", "bound"]

TARGETS: Final = files("bandwright") / "data" / "validation" / "strength_targets.csv"

MEDIAN: Final[Mapping[Sex, Person]] = {
    "male": Person("male", 1.755, 84.6),
    "female": Person("female", 1.626, 66.8),
}
"""The reference man and woman (ANSURII medians)."""

GROUPS: Final[Mapping[str, Sequence[str]]] = {
    "latissimus and teres major": ("latissimus_dorsi", "teres_major"),
    "pectoralis": ("pectoralis_major", "pectoralis_minor"),
    "anterior deltoid": ("deltoid_anterior",),
    "middle deltoid": ("deltoid_middle",),
    "posterior deltoid": ("deltoid_posterior",),
    "outer rotators": ("infraspinatus", "teres_minor"),
    "inner rotators": ("subscapularis",),
    "elbow flexors": ("biceps", "brachialis"),
    "triceps": ("triceps",),
    "trapezius and rhomboids": ("trapezius", "rhomboids"),
    "upper trapezius and levator": ("trapezius_clavicular", "levator_scapulae"),
    "serratus": ("serratus_anterior",),
}
"""What is fitted together: keys of `strength.csv`, a muscle or one of its elements (which wins)."""

RATIOS: Final[Mapping[str, float]] = {
    "latissimus_dorsi": 1.2,
    "teres_major": 0.25,
    "triceps_long": 0.505,
    "coracobrachialis": 0.47,
}
"""Fixed before the fit: forces of living-based models over this donor's (DelftDonor_vs_living), and for the long head
of triceps the force it has in the model its two other heads come from (Arm26) [-]."""

RATIO_SOURCE: Final[Mapping[str, str]] = {
    "latissimus_dorsi": "DelftDonor_vs_living",
    "teres_major": "DelftDonor_vs_living",
    "triceps_long": "Arm26",
    "brachialis": "Arm26",
    "triceps": "Arm26",
    "coracobrachialis": "DelftDonor_vs_living",
}
"""Where a muscle's force before the fit comes from, if not from the donor (Seth2019)."""

PRIOR_SD: Final = 0.25
"""Spread of a factor's logarithm before the fit [-]."""

UNKNOWN_SD_SHARE: Final = 0.30
"""Tolerance where the study's own SD is not known: the usual spread between people [-]."""

TORQUE_SLACK_NM: Final = 0.1
CONE_SLACK_N: Final = 5.0
"""By how much an equation or a facet may be missed: what the strength curve of an exercise allows too."""


@dataclass(frozen=True, slots=True)
class Target:
    """One measured strength: what was pushed, in which posture, and how hard [N·m] or [N]."""

    id: str
    action: str
    sex: Sex
    value: float
    sd: float | None
    role: Role
    girdle: Girdle
    arm: ArmPose
    source: str
    known_miss: float | None
    """What the model gives, where that is outside the tolerance: recorded, not excused."""

    @property
    def tolerance(self) -> float:
        """The measured SD, or 30 % where none is known."""
        return UNKNOWN_SD_SHARE * self.value if self.sd is None else self.sd

    def holds(self, modelled: float) -> bool:
        """Whether a modelled strength agrees with this row; a bound only forbids more."""
        if self.role == "bound":
            return modelled <= self.value
        return abs(modelled - self.value) <= self.tolerance

    @property
    def curve(self) -> str:
        """Study and action: rows of one curve are not independent."""
        return f"{self.source} {self.action}"


def _target(row: Mapping[str, str]) -> Target:
    def angle(name: str) -> float:
        return float(np.radians(float(row[f"{name}_deg"])))

    return Target(
        id=row["id"],
        action=row["action"],
        sex=row["sex"],  # type: ignore[arg-type]
        value=float(row["value"]),
        sd=float(row["sd"]) if row["sd"] else None,
        role=row["role"],  # type: ignore[arg-type]
        girdle=Girdle(angle("protraction"), angle("lift"), angle("upward_rotation")),
        arm=ArmPose(
            angle("plane"),
            angle("elevation"),
            angle("external_rotation"),
            angle("elbow"),
            angle("pronation"),
        ),
        source=row["source"],
        known_miss=float(row["known_miss"]) if row["known_miss"] else None,
    )


@cache
def load_targets() -> tuple[Target, ...]:
    """All measured strengths, trunk extension included."""
    return tuple(_target(row) for row in csv.DictReader(TARGETS.read_text(encoding="utf-8").splitlines()))


@cache
def arm_targets() -> tuple[Target, ...]:
    """The strengths that need an arm; trunk extension is a figure of the strength table."""
    return tuple(target for target in load_targets() if target.action != "trunk_extension")


@dataclass(frozen=True, slots=True)
class Push:
    """What one newton-metre or newton of an action asks: torque (8,) and head force (3,).

    `enforced` (8,) tells which joint equations the muscles must balance, not the apparatus.
    """

    torque: Array
    head: Array
    enforced: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Programme:
    """The linear programme of one target at factor 1: find the greatest multiple of its push."""

    matrix: Array
    limits: tuple[Array, Array]
    bounds: tuple[Array, Array]
    muscles: int

    def solve(self, factors: Array) -> tuple[float, Array]:
        """The capacity [N·m] or [N] and its gradient by the logarithm of each muscle's factor (n,)."""
        matrix = self.matrix.copy()
        matrix[:, : self.muscles] *= factors
        columns = matrix.shape[1]
        objective = np.zeros(columns)
        objective[-1] = 1.0
        answer = maximise_linear(objective, matrix, self.limits, self.bounds)
        if not answer.optimal:
            return float("nan"), np.zeros(self.muscles)
        gain = -answer.row_price @ matrix[:, : self.muscles]
        return answer.value, np.maximum(gain, 0.0)


def capacity(target: Target, factors: Array) -> float:
    """Isometric whole-joint strength of the median person in the target's posture [N·m] or [N].

    The trunk is fixed and the limb's weight left out; the arm is pushed at the elbow (grip for girdle forces, a
    couple along the humerus for rotation) and every equation is balanced within the glenoid cone.
    """
    return _programmes(target.sex)[target.id].solve(factors)[0]


@cache
def _programmes(sex: Sex) -> Mapping[str, Programme]:
    """The programme of every target of one sex, with all muscle factors at 1."""
    targets = [target for target in arm_targets() if target.sex == sex]
    body, strength = body_of(MEDIAN[sex]), strength_of(MEDIAN[sex])
    posed = _posed(targets, body)
    cone = glenoid_cone(body.anatomy)
    equations = arm_equations(posed, "r", strength, cone)
    pushes = _pushes(targets, posed, body)
    present = muscle_factors(body.anatomy, load_strength_table())
    muscles = len(present)
    found = {}
    for k, (target, push) in enumerate(zip(targets, pushes, strict=True)):
        columns = np.vstack([equations.moment[k][push.enforced], equations.cone[k]])
        columns[:, :muscles] /= present
        load = np.concatenate([push.torque[push.enforced], -cone.facets @ push.head])
        found[target.id] = _programme(columns, load, (equations.lower, equations.upper), muscles)
    return found


def _programme(columns: Array, load: Array, activation: tuple[Array, Array], muscles: int) -> Programme:
    facets = 8
    equations = len(load) - facets
    slack = np.concatenate([np.full(equations, TORQUE_SLACK_NM), np.full(facets, CONE_SLACK_N)])
    bottom = np.concatenate([np.full(equations, -TORQUE_SLACK_NM), np.full(facets, -np.inf)])
    if equations == 1:  # a clamped upper arm: the socket is the clamp's business
        slack[1:] = np.inf
    lower, upper = activation
    return Programme(
        np.hstack([columns, -load[:, None]]),
        (bottom, slack),
        (np.append(lower, 0.0), np.append(upper, np.inf)),
        muscles,
    )


def _posed(targets: Sequence[Target], body: BodyModel) -> PosedRepetition:
    """All postures as the keyframes of one movement, trunk upright: each phase is one target."""
    frames = tuple(
        Keyframe(phase, 0.0, 0.0, target.girdle, target.arm)
        for phase, target in zip(np.linspace(0.0, 1.0, len(targets)).tolist(), targets, strict=True)
    )
    movement = Movement("strength-tests", "standing", "both", "neutral", frames)
    return pose_repetition(movement, body, phases=len(targets))


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
        return Push(torque, np.zeros(3), torque != 0.0)
    if target.action in ("internal_rotation", "external_rotation"):
        spin = _elbow_jacobian(body)[1]
        axis = spin[:, EQUATIONS.index("shoulder_rotation")]
        sign = 1.0 if target.action == "internal_rotation" else -1.0
        return Push(sign * spin.T @ axis, np.zeros(3), np.ones(8, bool))
    if target.action.startswith("girdle"):
        return _handle_push(target.action, posed, k)
    return _elbow_push(target, posed, k, body)


def _elbow_push(target: Target, posed: PosedRepetition, k: int, body: BodyModel) -> Push:
    """One newton-metre about the shoulder by a force on the elbow, square to the upper arm."""
    shoulder, elbow = posed.points["shoulder_r"][k], posed.points["elbow_r"][k]
    direction = _direction(target) / np.linalg.norm(elbow - shoulder)
    move, _, head = _elbow_jacobian(body)
    return Push(move.T @ direction, -head.T @ direction, np.ones(8, bool))


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
    return Push(arm.grip_jacobian[k].T @ way, -arm.head_force_by_grip[k] @ way, np.ones(8, bool))


def _elbow_jacobian(body: BodyModel) -> tuple[Array, Array, Array]:
    """Velocity of the elbow and spin of the upper arm per rate of each equation (3, 8), and the elbow's velocity
    per slide of the humeral head along scapular axes (3, 3).
    """
    move, spin = np.zeros((3, body.model.nv)), np.zeros((3, body.model.nv))
    mujoco.mj_jacBody(body.model, body.data, move, spin, body.model.body("humerus_r").id)
    mujoco.mj_jac(body.model, body.data, move, None, body.bone("ulna_r")[1], body.model.body("humerus_r").id)
    rates = body.rates("r")
    first = int(body.model.jnt_dofadr[body.model.joint("shoulder_x_r").id])
    return move @ rates, spin @ rates, move[:, first : first + 3]


def membership() -> Array:
    """Which group a muscle's factor comes from (groups, n): 1 or 0; an element's own key wins."""
    keys = {key: g for g, members in enumerate(GROUPS.values()) for key in members}
    muscles = load_anatomy().muscles
    member = np.zeros((len(GROUPS), len(muscles)))
    for i, muscle in enumerate(muscles):
        group = keys.get(muscle.id, keys.get(muscle.group))
        if group is not None:
            member[group, i] = 1.0
    return member


def base_factors() -> Array:
    """Factors (n,) before the fit: 1 but for the ratios fixed beforehand."""
    muscles = load_anatomy().muscles
    return np.array([RATIOS.get(muscle.id, RATIOS.get(muscle.group, 1.0)) for muscle in muscles])


def fit(targets: Iterable[Target]) -> Array:
    """Group factors (groups,) that best explain the targets, most probable with the priors."""
    chosen = list(targets)
    count = Counter(target.curve for target in chosen)
    # Rows of one curve share one study's errors, so together they count as one measurement.
    spread = [np.sqrt(count[target.curve]) * target.tolerance / target.value for target in chosen]
    weight = 1.0 / np.array(spread)
    member, base = membership(), base_factors()

    def evaluate(log_group: Array) -> tuple[Array, Array]:
        factors = base * np.exp(log_group @ member)
        solved = [_programmes(target.sex)[target.id].solve(factors) for target in chosen]
        misses = [np.log(value / target.value) for (value, _), target in zip(solved, chosen, strict=True)]
        slopes = [gain / value for value, gain in solved]
        top = weight * np.array(misses)
        jacobian = weight[:, None] * (np.array(slopes) @ member.T)
        eye = np.eye(len(log_group)) / PRIOR_SD
        return np.concatenate([top, log_group / PRIOR_SD]), np.vstack([jacobian, eye])

    start = np.zeros(len(GROUPS))
    answer = least_squares(lambda x: evaluate(x)[0], start, jac=lambda x: evaluate(x)[1], xtol=1e-5)
    found: Array = np.exp(answer.x)
    return found


def _report(before: Array, after: Array) -> None:
    print(f"{'target':52} {'role':5} {'measured':>14} {'before':>7} {'after':>7}  within")
    for target in arm_targets():
        old, new = capacity(target, before), capacity(target, after)
        measured = f"{target.value:.0f} ± {target.tolerance:.0f}"
        verdict = "yes" if target.holds(new) else "NO"
        print(f"{target.id:52} {target.role:5} {measured:>14} {old:7.0f} {new:7.0f}  {verdict}")


def _strength_rows(factors: Array) -> list[dict[str, str]]:
    """Rows of the strength table for factors (n,): one per muscle, or per element where it has its own."""
    own = {key for members in GROUPS.values() for key in members} | set(RATIOS)
    made = {}
    for muscle, factor in zip(load_anatomy().muscles, factors, strict=True):
        key = muscle.id if muscle.id in own else muscle.group
        ratio = RATIOS.get(key, RATIOS.get(muscle.group, 1.0))
        made[key] = {
            "quantity": "group",
            "key": key,
            "value": f"{factor:.2f}",
            "unit": "-",
            "source": RATIO_SOURCE.get(key, "Seth2019"),
            "note": f"ratio {ratio:g} fixed and {factor / ratio:.2f} fitted; decision 0005",
        }
    return list(made.values())


def _write(factors: Array) -> None:
    """Replaces the group rows of `strength.csv` and records in the targets what the model misses."""
    kept = [row for row in rows("strength.csv") if row["quantity"] != "group"]
    _write_table(FOLDER / "strength.csv", _strength_rows(factors) + kept)
    table = list(csv.DictReader(TARGETS.read_text(encoding="utf-8").splitlines()))
    found = {target.id: (target, capacity(target, factors)) for target in arm_targets()}
    for row in table:
        if row["id"] in found:
            target, modelled = found[row["id"]]
            row["known_miss"] = "" if target.holds(modelled) else f"{modelled:.0f}"
    _write_table(TARGETS, table)


def _write_table(where: Traversable, table: Sequence[Mapping[str, str]]) -> None:
    with Path(str(where)).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(table[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)


def main() -> None:
    """Fits, prints, and writes if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the factors into strength.csv")
    arguments = parser.parse_args()
    present = muscle_factors(load_anatomy(), load_strength_table())
    group = fit(target for target in arm_targets() if target.role == "fit")
    factors = np.round(base_factors() * np.exp(np.log(group) @ membership()), 2)
    _report(present, factors)
    for name, factor in zip(GROUPS, group, strict=True):
        print(f"{name:30} {factor:.2f}")
    if arguments.write:
        _write(factors)


if __name__ == "__main__":
    main()
