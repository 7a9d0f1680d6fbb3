"""What a coach writes down of a movement: keyframes of joint angles, posture and grip."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, Literal

from bandwright.movements.rhythm import Rhythm

Posture = Literal["standing", "hanging", "chest-supported", "bench-supported"]
Arms = Literal["both", "right"]
GripTurn = Literal["neutral", "pronated", "supinated"]


@dataclass(frozen=True, slots=True)
class Girdle:
    """The three free motions of the shoulder girdle; the AC joint ties the other three to them.

    Clavicle angles are changes from relaxed rest; upward rotation is absolute (ISB), all in [rad].
    """

    protraction: float
    elevation: float
    upward_rotation: float


IDLE_GIRDLE: Final = Girdle(protraction=0.0, elevation=0.0, upward_rotation=math.radians(3.0))
"""The girdle at relaxed rest (movements facts: upward rotation about 3° at rest, BelliIK2023)."""


@dataclass(frozen=True, slots=True)
class ArmPose:
    """The arm relative to the thorax (ISB), all in [rad].

    `plane` 0 = out to the side, π/2 = straight ahead; `elevation` 0 = along the trunk; `external_rotation`
    is the clinical one: what is left after a pure swing of the arm, + outward. `pronation` 0 = thumb up
    with the elbow bent, + palm down.
    """

    plane: float
    elevation: float
    external_rotation: float
    elbow_flexion: float
    pronation: float


@dataclass(frozen=True, slots=True)
class Keyframe:
    """The body at one phase of the repetition; trunk inclination + = leaning forward [rad]."""

    phase: float
    trunk_inclination: float
    knee_flexion: float
    girdle: Girdle
    arm: ArmPose


@dataclass(frozen=True, slots=True)
class HandTarget:
    """Where the hand must be, whatever the body's size; None leaves a direction free.

    `lateral_biacromial`: distance of the fist from the midline as a share of half the biacromial breadth
    (1.0 = straight below the shoulder joint's outer point), held through the whole repetition.
    """

    lateral_biacromial: float | None = None


@dataclass(frozen=True, slots=True)
class Movement:
    """One repetition as written: keyframes from phase 0 (hands far) to 1 (finish)."""

    id: str
    posture: Posture
    arms: Arms
    grip: GripTurn
    keyframes: tuple[Keyframe, ...]
    hand_target: HandTarget | None = None
    stance_width_m: float = 0.28
    recorded: bool = False
    """True when the angles were recorded from a person instead of written by a coach."""
    rhythm: Rhythm | None = None
    """Between keyframes the girdle keeps its distance from this rhythm; None: it goes straight on to the next."""
    girdle_motion: float = 1.0
    """How much of its way from relaxed rest the girdle goes [-]; other than 1 only to see what depends on it."""
    isometric: bool = False
    """True when the exercise is a hold: all phases are judged, but the finish is what is trained."""
