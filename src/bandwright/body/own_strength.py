"""One person's strength by muscle group, as a deviation from the model calibrated to other people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bandwright.body.anatomy import Anatomy
from bandwright.body.strength import Actuator, Strength

Array = NDArray[np.float64]

GRIP: Final = "grip"

GROUPS: Final[Mapping[str, Sequence[str]]] = {
    "latissimus and teres major": ("latissimus_dorsi", "teres_major"),
    "pectoralis": ("pectoralis_major", "pectoralis_minor"),
    "anterior deltoid": ("deltoid_anterior", "coracobrachialis"),
    "middle deltoid": ("deltoid_middle", "supraspinatus"),
    "posterior deltoid": ("deltoid_posterior",),
    "outer rotators": ("infraspinatus", "teres_minor"),
    "inner rotators": ("subscapularis",),
    "elbow flexors": ("biceps", "brachialis", "brachioradialis"),
    "triceps": ("triceps",),
    "trapezius and rhomboids": ("trapezius", "rhomboids"),
    "upper trapezius and levator": ("trapezius_clavicular", "levator_scapulae"),
    "serratus": ("serratus_anterior",),
    "forearm rotators": ("forearm_rotators",),
    GRIP: (),
}
"""What grows together: muscles, single elements (which win) and actuators; the groups of decision 0005, with the
muscles it left out beside those they act with."""

COMMON_SD: Final = 0.25
"""Spread between people of the logarithm of strength as a whole (Holzbaur2007moment, Stobbe1982) [-]."""

GROUP_SD: Final = 0.15
"""Spread of one group's logarithm about the person's own level; no published figure was found (convention) [-]."""


@dataclass(frozen=True, slots=True)
class StrengthEstimate:
    """How strong a person's g groups are over the calibrated model's, in logarithms.

    `log_mean` (g,) and `covariance` (g, g) of a normal distribution [-].
    """

    log_mean: Array
    covariance: Array

    @property
    def factor(self) -> Array:
        """Median factor of each group (g,) [-]."""
        return np.asarray(np.exp(self.log_mean))

    @property
    def log_sd(self) -> Array:
        """Standard deviation of each group's logarithm (g,) [-]."""
        return np.asarray(np.sqrt(np.diag(self.covariance)))


def population_estimate() -> StrengthEstimate:
    """What is known of a person before any pull: one common deviation, and one of each group's own."""
    size = len(GROUPS)
    covariance = np.full((size, size), COMMON_SD**2) + GROUP_SD**2 * np.eye(size)
    return StrengthEstimate(np.zeros(size), covariance)


def updated(prior: StrengthEstimate, slopes: Array, surprise: Array, log_sd: Array) -> StrengthEstimate:
    """The Gaussian update by m measurements that depend linearly on the factors' logarithms.

    Args:
        prior: what was known before.
        slopes: (m, g) growth of each measurement's logarithm with each group's.
        surprise: (m,) logarithm measured less the one expected at the prior's mean.
        log_sd: (m,) spread of each measurement's logarithm; above 0.
    """
    shared = prior.covariance @ slopes.T
    gain = np.linalg.solve(slopes @ shared + np.diag(log_sd**2), shared.T).T
    # The symmetric form stays positive where rounding would not leave the short one so (Joseph's).
    kept = np.eye(len(prior.log_mean)) - gain @ slopes
    covariance = kept @ prior.covariance @ kept.T + (gain * log_sd**2) @ gain.T
    return StrengthEstimate(prior.log_mean + gain @ surprise, covariance)


def group_of_column(anatomy: Anatomy) -> dict[str, int]:
    """Index of the group that each muscle or actuator belongs to, by its id; passive ones belong to none."""
    of = {key: index for index, keys in enumerate(GROUPS.values()) for key in keys}
    muscles = {one.id: of.get(one.id, of.get(one.group, -1)) for one in anatomy.muscles}
    return {**of, **muscles}


def scaled_strength(strength: Strength, anatomy: Anatomy, estimate: StrengthEstimate) -> Strength:
    """A person's strength with every group at its fitted factor.

    The back's extension stays: nothing a hand pulls on tells of it.
    """
    groups, factor = group_of_column(anatomy), estimate.factor
    muscle_factor = np.array([factor[groups[muscle.id]] for muscle in anatomy.muscles])
    return replace(
        strength,
        force_n=strength.force_n * muscle_factor,
        actuators=tuple(_scaled(one, groups, factor) for one in strength.actuators),
        grip_pull_n=strength.grip_pull_n * float(factor[tuple(GROUPS).index(GRIP)]),
    )


def _scaled(actuator: Actuator, groups: Mapping[str, int], factor: Array) -> Actuator:
    if actuator.id not in groups:
        return actuator
    by = float(factor[groups[actuator.id]])
    return replace(actuator, lower=actuator.lower * by, upper=actuator.upper * by)
