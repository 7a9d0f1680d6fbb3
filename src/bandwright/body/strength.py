"""How strong this person's muscles are, and how that changes with their length."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bandwright.body.anatomy import Anatomy
from bandwright.body.kinematics import EQUATIONS
from bandwright.body.person import Person
from bandwright.body.scaling import Proportions, proportions

Array = NDArray[np.float64]

FORCE_LENGTH_SHAPE: Final = 0.45
"""Shape factor of the active force–length curve (Thelen2003) [-]."""

HEAD_EQUATIONS: Final = ("head_x", "head_y", "head_z")
"""Names an actuator uses when it pushes the humeral head along a scapular axis instead of turning a joint."""


BAR_EQUATION: Final = "bar_side"
"""Name an actuator uses when it is a sideways force of the hand on a bar both hands hang from."""


@dataclass(frozen=True, slots=True)
class Actuator:
    """Something other than a modelled muscle that holds a joint: its torque [N·m] or head force [N] limits.

    `passive` ones (ligaments, contact) do not grow with strength.
    """

    id: str
    name: str
    equation: str
    lower: float
    upper: float
    weight: float
    passive: bool

    @property
    def size(self) -> float:
        """The larger of the two limits, which stands for full activation."""
        return max(abs(self.lower), abs(self.upper))


@dataclass(frozen=True, slots=True)
class StrengthTable:
    """Published strengths: factors by muscle group or element and by sex, see `strength.csv` for sources."""

    group: Mapping[str, float]
    sex_torque: Mapping[str, float]
    grip_pull_n: Mapping[str, float]
    back_extension_nm: Mapping[str, float]
    reference_stature_m: Mapping[str, float]
    reference_mass_kg: Mapping[str, float]
    actuators: tuple[Actuator, ...]


@dataclass(frozen=True, slots=True)
class Strength:
    """One person's strength: n muscles [N, m], actuators scaled to the person, grip pull [N], back [N·m]."""

    force_n: Array
    optimal_fibre_m: Array
    tendon_slack_m: Array
    cos_pennation: Array
    actuators: tuple[Actuator, ...]
    grip_pull_n: float
    back_extension_nm: float


def lean_mass_kg(person: Person) -> float:
    """Lean body mass from sex, stature and mass (Boer1984) [kg]."""
    if person.sex == "male":
        return 0.407 * person.mass_kg + 26.7 * person.stature_m - 19.2
    return 0.252 * person.mass_kg + 47.3 * person.stature_m - 48.3


def relative_strength(person: Person, table: StrengthTable) -> float:
    """Joint torque relative to the median man's [-]: by sex, and with lean mass within a sex."""
    reference = Person(person.sex, table.reference_stature_m[person.sex], table.reference_mass_kg[person.sex])
    return table.sex_torque[person.sex] * lean_mass_kg(person) / lean_mass_kg(reference)


def muscle_factors(anatomy: Anatomy, table: StrengthTable) -> Array:
    """Factor (n,) [-] on each muscle's published force: its own where the table has one, else its group's."""
    group = table.group
    return np.array([group.get(muscle.id, group.get(muscle.group, 1.0)) for muscle in anatomy.muscles])


def person_strength(
    anatomy: Anatomy, sizes: Proportions, table: StrengthTable, length_ratio: Array
) -> Strength:
    """Strength of one person.

    Args:
        anatomy: the published figures.
        sizes: the person's sizes.
        table: published strengths.
        length_ratio: (n,) muscle lengths relative to the source subject's in the same pose; fibres and
            tendons keep their share of it.
    """
    person = sizes.person
    relative = relative_strength(person, table)
    lever = _lever_scale(sizes) / _reference_lever(anatomy, sizes, table)
    factors = muscle_factors(anatomy, table)
    source = np.array([muscle.max_isometric_force_n for muscle in anatomy.muscles])
    within_sex = relative / table.sex_torque[person.sex]
    return Strength(
        force_n=source * factors * relative / lever,
        optimal_fibre_m=length_ratio * [muscle.optimal_fibre_length_m for muscle in anatomy.muscles],
        tendon_slack_m=length_ratio * [muscle.tendon_slack_length_m for muscle in anatomy.muscles],
        cos_pennation=np.cos([muscle.pennation_rad for muscle in anatomy.muscles]),
        actuators=tuple(_scaled(actuator, relative) for actuator in table.actuators),
        grip_pull_n=table.grip_pull_n[person.sex] * within_sex,
        back_extension_nm=table.back_extension_nm[person.sex] * within_sex,
    )


def _lever_scale(sizes: Proportions) -> float:
    """Moment arms grow with bone size; shoulder muscles lie on girdle and humerus alike."""
    return (sizes.scale.girdle + sizes.scale.humerus) / 2


def _reference_lever(anatomy: Anatomy, sizes: Proportions, table: StrengthTable) -> float:
    """The same for the median man, whose joint torques the forces are set by."""
    man = Person("male", table.reference_stature_m["male"], table.reference_mass_kg["male"])
    ratios = {**sizes.ratios, **MEDIAN_MAN_RATIOS}
    return _lever_scale(proportions(man, ratios, anatomy))


MEDIAN_MAN_RATIOS: Final[Mapping[str, float]] = {"biacromial_breadth": 0.2368, "upper_arm_length": 0.1618}
"""Breadth and upper arm of the median man as shares of stature (ANSURII, deLeva1996) [-]."""


def _scaled(actuator: Actuator, relative: float) -> Actuator:
    if actuator.passive:
        return actuator
    return Actuator(
        actuator.id,
        actuator.name,
        actuator.equation,
        actuator.lower * relative,
        actuator.upper * relative,
        actuator.weight,
        passive=False,
    )


def fibre_length_norm(strength: Strength, muscle_length_m: Array) -> Array:
    """Fibre length over its optimum (…, n) [-] of muscle-tendon lengths (…, n) [m], with a rigid tendon."""
    fibre = (muscle_length_m - strength.tendon_slack_m) / strength.cos_pennation
    return np.asarray(np.maximum(fibre, 0.0) / strength.optimal_fibre_m)


def active_force_length(fibre_norm: Array) -> Array:
    """Share of maximal force a muscle can give at a fibre length (Thelen2003) [-]."""
    return np.asarray(np.exp(-((fibre_norm - 1.0) ** 2) / FORCE_LENGTH_SHAPE))


def actuator_problems(actuators: tuple[Actuator, ...]) -> list[str]:
    """Actuators that act on nothing the model has."""
    known = (*EQUATIONS, *HEAD_EQUATIONS, BAR_EQUATION)
    return [actuator.id for actuator in actuators if actuator.equation not in known]
