"""How strong this person's muscles are, and how that changes with their length."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bandwright.body.anatomy import Anatomy
from bandwright.body.fibre_curves import FASTEST_SHORTENING
from bandwright.body.kinematics import EQUATIONS
from bandwright.body.person import Person
from bandwright.body.scaling import Proportions, proportions

Array = NDArray[np.float64]

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
    """Published strengths by muscle group or element (which wins) and by sex, see `strength.csv` for sources."""

    group: Mapping[str, float]
    fibre_scale: Mapping[str, float]
    fibre_shift: Mapping[str, float]
    sex_torque: Mapping[str, float]
    grip_pull_n: Mapping[str, float]
    back_extension_nm: Mapping[str, float]
    reference_stature_m: Mapping[str, float]
    reference_mass_kg: Mapping[str, float]
    actuators: tuple[Actuator, ...]


@dataclass(frozen=True, slots=True)
class SpecificTension:
    """Force per physiological cross-section [N/cm²], see `strength.csv` for sources.

    `published` is what the published forces were made with, `active` what ours are made with, and `passive` the
    stress of relaxed fibres at the strain of `passive_force_length` 1.
    """

    published: float
    active: float
    passive: float


@dataclass(frozen=True, slots=True)
class Strength:
    """One person's strength: n muscles [N, m, cm²], actuators scaled to the person, grip pull [N], back [N·m].

    `force_n` is isometric at the optimal length: cross-section × specific tension × the group's factor.
    `passive_force_n` is the pull of the relaxed muscle where `passive_force_length` is 1; no strength is in it.
    """

    pcsa_cm2: Array
    force_n: Array
    passive_force_n: Array
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


@dataclass(frozen=True, slots=True)
class Calibration:
    """What measured joint torques say of the published muscles (decision 0005), each (n,) [-].

    `force` multiplies the greatest force. Fibres whose published length is f optimal lengths are taken to be at
    1 + (f − 1) / `fibre_scale` + `fibre_shift` of them.
    """

    force: Array
    fibre_scale: Array
    fibre_shift: Array

    def fibre_norm(self, published: Array) -> Array:
        """Fibre lengths over their optimum (…, n) [-] from published ones (…, n)."""
        return np.asarray(1.0 + (published - 1.0) / self.fibre_scale + self.fibre_shift)

    def published_fibre_norm(self, calibrated: Array) -> Array:
        """The other way round."""
        return np.asarray(1.0 + (calibrated - 1.0 - self.fibre_shift) * self.fibre_scale)


def calibration(anatomy: Anatomy, table: StrengthTable) -> Calibration:
    """The calibration a table holds: a muscle's own figure where there is one, else its group's."""

    def of_each(figures: Mapping[str, float], default: float) -> Array:
        return np.array(
            [figures.get(one.id, figures.get(one.group, default)) for one in anatomy.muscles],
            dtype=np.float64,
        )

    return Calibration(
        of_each(table.group, 1.0), of_each(table.fibre_scale, 1.0), of_each(table.fibre_shift, 0.0)
    )


def person_strength(
    anatomy: Anatomy,
    sizes: Proportions,
    table: StrengthTable,
    tension: SpecificTension,
    length_ratio: Array,
) -> Strength:
    """Strength of one person.

    Args:
        anatomy: the published figures.
        sizes: the person's sizes.
        table: published strengths.
        tension: published and used force per cross-section.
        length_ratio: (n,) muscle lengths relative to the source subject's in the same pose; fibres and
            tendons keep their share of it.
    """
    person = sizes.person
    relative = relative_strength(person, table)
    lever = _lever_scale(sizes) / _reference_lever(anatomy, sizes, table)
    set_to = calibration(anatomy, table)
    optimum = np.array([muscle.optimal_fibre_length_m for muscle in anatomy.muscles])
    cos_pennation = np.cos([muscle.pennation_rad for muscle in anatomy.muscles])
    # With a rigid tendon, its slack length alone decides where on the force–length curve a muscle works.
    offset = set_to.fibre_scale * (1.0 + set_to.fibre_shift) - 1.0
    slack = [muscle.tendon_slack_length_m for muscle in anatomy.muscles] - cos_pennation * optimum * offset
    source = np.array([muscle.max_isometric_force_n for muscle in anatomy.muscles])
    pcsa = source / tension.published * relative / lever
    within_sex = relative / table.sex_torque[person.sex]
    return Strength(
        pcsa_cm2=pcsa,
        force_n=source * (tension.active / tension.published) * set_to.force * relative / lever,
        passive_force_n=pcsa * tension.passive,
        optimal_fibre_m=length_ratio * optimum * set_to.fibre_scale,
        tendon_slack_m=length_ratio * slack,
        cos_pennation=cos_pennation,
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


def fibre_speed_norm(strength: Strength, muscle_velocity_m_s: Array) -> Array:
    """Lengthening speed of the fibres over their fastest shortening (…, n) [-], with a rigid tendon."""
    fibre = muscle_velocity_m_s / strength.cos_pennation
    return np.asarray(fibre / (strength.optimal_fibre_m * FASTEST_SHORTENING))


def actuator_problems(actuators: tuple[Actuator, ...]) -> list[str]:
    """Actuators that act on nothing the model has."""
    known = (*EQUATIONS, *HEAD_EQUATIONS, BAR_EQUATION)
    return [actuator.id for actuator in actuators if actuator.equation not in known]
