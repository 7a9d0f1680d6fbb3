"""The body as smooth solids at one pose: what the posed repetition's points carry."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import PchipInterpolator

from bandwright.body import SIDES, Side
from bandwright.movements import PosedRepetition
from bandwright.service.report.drawing import Path
from bandwright.service.report.scene import Camera, Part, Shell, Solid, body_part

Array = NDArray[np.float64]

# Shapes are drawing only, shares of stature fitted by eye to a person of ordinary build (ANSURII breadths).
TRUNK_LEVELS: Final = (-0.20, -0.06, 0.08, 0.25, 0.45, 0.65, 0.85, 1.00, 1.08)
"""Levels of the trunk's sections, as shares of hip to breast-bone notch."""
TRUNK_HALF_WIDTH: Final = (0.050, 0.088, 0.096, 0.089, 0.080, 0.087, 0.093, 0.072, 0.036)
TRUNK_HALF_DEPTH: Final = (0.046, 0.066, 0.068, 0.060, 0.055, 0.062, 0.062, 0.050, 0.032)
RING_POINTS: Final = 20
ORDINARY_BMI: Final = 24.0

KNEE_NEARER_M: Final = 0.25
"""A knee this much nearer to the eye than its hip brings the leg in front of the trunk [m]."""

HIP_APART: Final = 0.050
"""Half the distance of the hip joints, share of stature (deLeva1996 links; ANSURII breadths)."""


@dataclass(frozen=True)
class Mannequin:
    """The body at pose `index` of a repetition."""

    posed: PosedRepetition
    index: int

    def point(self, name: str) -> Array:
        """A named point (3,) [m]."""
        return np.asarray(self.posed.points[name][self.index])

    @cached_property
    def stature_m(self) -> float:
        """Stature [m]."""
        return self.posed.sizes.person.stature_m

    @cached_property
    def girth(self) -> float:
        """How much wider than ordinary the body is drawn [-]."""
        person = self.posed.sizes.person
        return float(np.clip(np.sqrt(person.mass_kg / person.stature_m**2 / ORDINARY_BMI), 0.9, 1.2))

    @cached_property
    def up(self) -> Array:
        """Unit vector along the trunk (3,)."""
        lean = float(self.posed.path.trunk_inclination[self.index])
        return np.array([np.sin(lean), 0.0, np.cos(lean)])

    @cached_property
    def forward(self) -> Array:
        """Unit vector out of the chest (3,)."""
        return np.array([self.up[2], 0.0, -self.up[0]])

    @cached_property
    def trunk_length_m(self) -> float:
        """From the hips to the level of the breast-bone notch [m]."""
        return float((self.point("suprasternal_notch") - self.point("pelvis")) @ self.up)

    def axis(self, level: float) -> Array:
        """The trunk's middle (3,) at a level: 0 at the hips, 1 at the notch [m]."""
        chest = (self.point("upper_back") + self.point("sternum")) / 2
        notch = (self.point("neck") + self.point("suprasternal_notch")) / 2
        pelvis = self.point("pelvis")
        at = [float((p - pelvis) @ self.up) / self.trunk_length_m for p in (pelvis, chest, notch)]
        out = [float((p - pelvis) @ self.forward) for p in (pelvis, chest, notch)]
        forward = float(np.interp(level, at, out))
        return np.asarray(pelvis + level * self.trunk_length_m * self.up + forward * self.forward)

    def half_depth_m(self, level: float) -> float:
        """From the trunk's middle to the skin of the back [m]."""
        share = float(PchipInterpolator(TRUNK_LEVELS, TRUNK_HALF_DEPTH)(level))
        return share * self.stature_m * self.girth

    def trunk(self) -> Shell:
        """Pelvis to root of the neck."""
        levels = np.linspace(TRUNK_LEVELS[0], TRUNK_LEVELS[-1], 15)
        width = PchipInterpolator(TRUNK_LEVELS, TRUNK_HALF_WIDTH)(levels) * self.stature_m * self.girth
        turn = np.linspace(0.0, 2 * np.pi, RING_POINTS, endpoint=False)
        across = np.array([0.0, 1.0, 0.0])
        rings = [
            self.axis(level)
            + np.outer(half * np.cos(turn), across)
            + np.outer(self.half_depth_m(level) * np.sin(turn), self.forward)
            for level, half in zip(levels, width, strict=True)
        ]
        return Shell(np.array(rings))

    def seat(self, side: Side) -> Solid:
        """Half of the buttocks."""
        aside = np.array([0.0, -1.0 if side == "r" else 1.0, 0.0]) * 0.043 * self.stature_m
        centre = self.axis(-0.06) + aside - 0.016 * self.stature_m * self.forward
        return Solid(centre[None, :], np.array([0.048 * self.stature_m * self.girth]))

    def yoke(self, side: Side) -> Solid:
        """Root of the neck to the shoulder."""
        size = self.stature_m
        root = self.axis(0.98)
        shoulder = self.point(f"shoulder_{side}")
        middle = (root + self.point(f"acromion_{side}") - 0.02 * self.up) / 2
        radii = np.array([0.036, 0.031, 0.034]) * size
        return Solid(np.array([root, middle, shoulder]), radii)

    def head(self) -> list[Solid]:
        """Neck and head, looking along the trunk's own forward."""
        size = self.stature_m
        crown = self.point("vertex") - 0.048 * size * self.up + 0.004 * size * self.forward
        back = crown - 0.010 * size * self.forward
        chin = crown - 0.062 * size * self.up + 0.020 * size * self.forward
        root = self.axis(1.0)
        nape = crown - 0.055 * size * self.up - 0.010 * size * self.forward
        neck = Solid(np.array([root, nape]), np.array([0.036, 0.031]) * size)
        skull = Solid(np.array([back, crown, chin]), np.array([0.046, 0.047, 0.027]) * size)
        nose = Solid(
            np.array([crown - 0.030 * size * self.up + 0.038 * size * self.forward]), np.array([0.011 * size])
        )
        return [neck, skull, nose]

    def arm(self, side: Side) -> list[Solid]:
        """Upper arm, forearm and fist."""
        size = self.stature_m
        shoulder, elbow = self.point(f"shoulder_{side}"), self.point(f"elbow_{side}")
        wrist, hand = self.point(f"wrist_{side}"), self.point(f"hand_{side}")
        upper = _along(shoulder, elbow, (0.0, 0.2, 0.55, 1.0))
        lower = _along(elbow, wrist, (0.0, 0.22, 0.6, 1.0))
        return [
            Solid(upper, np.array([0.034, 0.034, 0.028, 0.0205]) * size * np.sqrt(self.girth)),
            Solid(lower, np.array([0.0205, 0.0235, 0.019, 0.0145]) * size),
            Solid(np.array([wrist, hand]), np.array([0.0145, 0.0235]) * size),
        ]

    def leg_joints(self, side: Side) -> tuple[Array, Array, Array, Array]:
        """Hip, knee, ankle and toe (3,) as drawn; a knee that rests on a bench is put there."""
        hip, knee, ankle = (self.point(f"{name}_{side}") for name in ("hip", "knee", "ankle"))
        out = -1.0 if side == "r" else 1.0
        narrow = out * HIP_APART * self.stature_m
        hip = np.array([hip[0], narrow, hip[2]])
        foot_length = self.posed.sizes.length_m("foot_length")
        posture = self.posed.movement.posture
        if posture == "bench-supported" and side not in self.posed.working:
            thigh, shank = (self.posed.sizes.length_m(f"{name}_length") for name in ("thigh", "shank"))
            knee = hip + np.array([0.0, 0.02 * out, -thigh + 0.03])
            ankle = knee + np.array([-shank, 0.0, 0.02])
            return hip, knee, ankle, ankle + np.array([-0.6 * foot_length, 0.0, -0.02])
        knee = np.array([knee[0], (narrow + knee[1]) / 2, knee[2]])
        if posture == "hanging":
            down = _unit(ankle - knee)
            front = np.array([-down[2], 0.0, down[0]]) if down[2] < -0.5 else np.array([0.0, 0.0, -1.0])
            return hip, knee, ankle, ankle + foot_length * (0.55 * down + 0.35 * front)
        return hip, knee, ankle, np.array([ankle[0] + 0.70 * foot_length, ankle[1], 0.015])

    def leg(self, side: Side) -> list[Solid]:
        """Thigh, shank and foot."""
        size = self.stature_m
        hip, knee, ankle, toe = self.leg_joints(side)
        thigh = _along(hip, knee, (0.0, 0.25, 0.6, 1.0))
        shank = _along(knee, ankle, (0.0, 0.25, 0.6, 1.0))
        ball = ankle + 0.72 * (toe - ankle)
        heel = ankle + 0.012 * size * _unit(ankle - knee) - 0.02 * size * _unit(toe - ankle)
        return [
            Solid(thigh, np.array([0.054, 0.053, 0.042, 0.030]) * size * np.sqrt(self.girth)),
            Solid(shank, np.array([0.030, 0.034, 0.025, 0.0175]) * size),
            Solid(np.array([ankle, heel]), np.array([0.0175, 0.0155]) * size),
            Solid(np.array([ankle, ball, toe]), np.array([0.0175, 0.0145, 0.0085]) * size),
        ]

    def parts(self, view: Camera) -> dict[str, Part]:
        """Trunk (with shoulders and head), arms and legs as silhouettes."""
        middle = view.near(self.axis(0.6))
        torso: list[Solid | Shell] = [self.trunk(), *self.head(), *(self.yoke(side) for side in SIDES)]
        seats = [self.seat(side) for side in SIDES]
        found = {"torso": body_part(torso, view, middle, unlit=seats)}
        for side in SIDES:
            arm = np.array([self.point(f"{name}_{side}") for name in ("shoulder", "elbow")])
            found[f"arm_{side}"] = body_part(self.arm(side), view, view.near(arm))
            found[f"leg_{side}"] = body_part(self.leg(side), view, middle + self._leg_nearness(side, view))
        return found

    def _leg_nearness(self, side: Side, view: Camera) -> float:
        """How much nearer than the trunk a leg is: its root lies in the pelvis, so only one that comes forward is."""
        hip, knee, _, _ = self.leg_joints(side)
        forward = view.near(knee - hip)
        return forward if forward > KNEE_NEARER_M else 0.1 * view.near(hip - self.axis(0.0)) - 0.1

    def bones(self, view: Camera) -> Part:
        """Shoulder blades, collar bones and the line of the spine, as hints."""
        marks = [Path(view.flat(self._spine()), "crease")]
        for side in SIDES:
            blade = [self.point(f"{n}_{side}") for n in ("acromion", "scapula_spine", "scapula_tip")]
            marks.append(Path(view.flat(np.array(blade)), "bone", closed=True))
            collar = [self.point(f"{n}_{side}") for n in ("sternoclavicular", "acromion")]
            marks.append(Path(view.flat(np.array(collar)), "bone-line"))
        return Part(view.near(self.axis(0.6)) + 1e-3, tuple(marks))

    def _spine(self) -> Array:
        return np.array([self.on_back(level, 0.0) for level in np.linspace(0.05, 1.0, 8)])

    def on_back(self, level: float, lateral_m: float) -> Array:
        """A point (3,) on the back at a trunk level, so far to the left of the spine [m]."""
        depth = 0.93 * self.half_depth_m(level)
        return np.asarray(self.axis(level) - depth * self.forward + np.array([0.0, lateral_m, 0.0]))


def _along(start: Array, end: Array, shares: tuple[float, ...]) -> Array:
    return np.asarray(start + np.array(shares)[:, None] * (end - start))


def _unit(vector: Array) -> Array:
    return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-9))
