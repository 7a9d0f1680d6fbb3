"""Figures of many hand forces of one exercise for an objective, and whether body and floor allow them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bandwright.search.arm import ReadyArm
from bandwright.search.objective import AGAINST, TARGET, Limits, Objective, Term, Window, simplicity
from bandwright.units import GRAVITY_M_S2

Array = NDArray[np.float64]

PLAIN_EFFORTS: Final = np.linspace(0.05, 1.2, 24)
"""Peak efforts at which the plain form's doses are worked out; between them they are interpolated [-]."""

LEANING: Final = np.radians(30.0)
"""Forward lean from which a pull ahead can tip a person over; upright, a foot back answers it (COACH) [rad]."""


@dataclass(frozen=True, slots=True)
class Plain:
    """Dose of the wanted muscles in the exercise's plain form, by peak effort."""

    effort: Array
    dose: Array

    def at(self, peak: Array) -> Array:
        """Dose of the plain form loaded to the same peak efforts (B,)."""
        return np.interp(peak, self.effort, self.dose)


@dataclass(frozen=True, slots=True)
class Handling:
    """What B set-ups ask of hands and bands: things to fetch and fix (B,), and the greatest stretch of any band over
    its warning stretch (B,).
    """

    pieces: Array
    strain: Array


@dataclass(frozen=True, slots=True)
class Appraisal:
    """What B hand forces come to; `miss` is how far peak effort lies outside the window, `lifted` whether bands carry
    all of a hanging body somewhere, `allowed` whether they do not and lower back and feet hold.
    """

    peak: Array
    evenness: Array
    terms: dict[Term, Array]
    score: Array
    miss: Array
    spine_share: Array
    forward_tip: Array
    lifted: NDArray[np.bool_]
    allowed: NDArray[np.bool_]

    @property
    def suits(self) -> NDArray[np.bool_]:
        """Whether a force is allowed and within the window."""
        return np.asarray(self.allowed & (self.miss == 0.0))


@dataclass(frozen=True, slots=True)
class Appraiser:
    """One exercise and what is wanted of it."""

    arm: ReadyArm
    objective: Objective
    limits: Limits
    plain: Plain | None = None

    @property
    def window(self) -> Window:
        """The window of peak effort."""
        isometric = self.arm.space.posed.movement.isometric
        return self.objective.window(isometric=isometric)

    def appraise(self, force: Array, effort: Array, handling: Handling) -> Appraisal:
        """Figures of B forces (B, K, 6) with their effort (B, K)."""
        peak = effort.max(axis=1)
        even = np.where(peak > 0.0, effort.mean(axis=1) / np.maximum(peak, 1e-9), 0.0)
        scores = self.arm.scores(force)
        target = scores.mean[:, TARGET]
        terms: dict[Term, Array] = {
            "evenness": even,
            "dose": target,
            "shortened": scores.shortened[:, TARGET],
            "shift": target - self.plain.at(peak) if self.plain is not None else np.zeros_like(target),
            "against": scores.mean[:, AGAINST],
            "simplicity": simplicity(handling.pieces),
            "strained": (handling.strain > 1.0).astype(np.float64),
        }
        spine, tip = self.arm.spine_share(force), self._tip(force)
        lifted = np.logical_and(self.arm.space.hanging, (force[..., 2] <= 0.0).any(axis=1))
        allowed = (spine <= self.limits.spine_share) & (tip <= self.limits.forward_tip) & ~lifted
        miss = self.window.miss(peak)
        return Appraisal(peak, even, terms, self.objective.score(terms), miss, spine, tip, lifted, allowed)

    def _tip(self, force: Array) -> Array:
        """Greatest forward tipping moment over what the feet can balance (B,) [-]."""
        posed = self.arm.space.posed
        if posed.movement.posture != "standing" or posed.path.trunk_inclination.mean() < LEANING:
            return np.zeros(len(force))
        ahead = (force[..., 0] + force[..., 3]) * len(posed.working)
        height = posed.arms[self.arm.space.side].grip_path[:, 2]
        weight = posed.sizes.person.mass_kg * GRAVITY_M_S2
        return np.asarray((ahead * height).max(axis=1) / (weight * self.limits.balance_m))


def plain_of(arm: ReadyArm, force: Array) -> Plain:
    """The doses of a plain load, a force (K, 6) of any size, over peak effort."""
    peak = float(arm.exact_effort(force).max())
    scales = PLAIN_EFFORTS / max(peak, 1e-9)
    dose = arm.scores(scales[:, None, None] * force).mean[:, TARGET]
    return Plain(PLAIN_EFFORTS, np.asarray(dose))
