"""Recorded motion as a repetition: which part is the lift, smoothed and sampled by phase.

The phase of a recorded pose is the one `tempo` gives its time: s = 10τ³ − 15τ⁴ + 6τ⁵ of the lift's time
share τ (FlashHogan1985). A lift that starts and ends at rest then fills its phases evenly, and a set-up whose
tempo is the recorded one moves as the person did.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import PchipInterpolator
from scipy.signal import butter, filtfilt

from bandwright.body import BodyModel
from bandwright.body.arm import arm_points
from bandwright.errors import InputError, Problem
from bandwright.movements.interpolation import PHASES, Trajectory, humerus_in_thorax
from bandwright.movements.movement import ArmPose, Girdle, Keyframe, Movement
from bandwright.movements.rhythm import Rhythm
from bandwright.movements.targets import right_arm

Array = NDArray[np.float64]

CUTOFF_HZ: Final = 6.0
"""Low-pass for recorded motion [Hz]: usual for slow whole-body movement (convention, `COACH`)."""

NEAR_END: Final = 0.003
"""Share of the hand's way within which it still counts as resting at an end: a millimetre or two."""

TURN: Final = 0.3
"""Share of the hand's way it must come back before a repetition counts as over."""

SHORTEST_WAY_M: Final = 0.03
"""A hand that moves less than this does not lift [m]."""


@dataclass(frozen=True, slots=True)
class Sampling:
    """How a recording is cut and smoothed: start and finish of the lift [s], None = found from the hand;
    `cutoff_hz` None = not smoothed.
    """

    start_s: float | None = None
    finish_s: float | None = None
    cutoff_hz: float | None = CUTOFF_HZ


@dataclass(frozen=True, slots=True)
class Habit:
    """How the body moves where a recording says nothing: the exercise's own angles, and the girdle by rhythm."""

    path: Trajectory
    rhythm: Rhythm


@dataclass(frozen=True, slots=True)
class Lift:
    """The part of a recording that is the lift [s]."""

    start_s: float
    finish_s: float


def hand_in_thorax(body: BodyModel, path: Trajectory) -> Array:
    """The right wrist in thorax bone axes (K, 3) [m] along a trajectory of any length."""
    return arm_points(body.girdle, body.sizes.scale, right_arm(body, path)).wrist


def lifting_direction(body: BodyModel, usual: Trajectory) -> Array:
    """Unit vector (3,) in thorax bone axes along which an exercise's hand goes from start to finish."""
    hand = hand_in_thorax(body, usual)
    way = hand[-1] - hand[0]
    return np.asarray(way / np.linalg.norm(way))


def find_lift(time_s: Array, progress_m: Array, sampling: Sampling) -> Lift:
    """The lift in a recording: from the hand furthest to the hand nearest the finish.

    Of several repetitions it is the one with the longest way, the first of equals. `progress_m` (N,) is how far
    the hand has come along the exercise's own direction.

    Raises:
        InputError: the times given are not in the recording, or the hand does not lift.
    """
    if sampling.start_s is not None or sampling.finish_s is not None:
        return _given(time_s, sampling)
    way = float(np.ptp(progress_m))
    lifts = _lifts(progress_m, TURN * way) if way >= SHORTEST_WAY_M else []
    if not lifts:
        said = f"No lift was found: the hand moves {100 * way:.0f} cm towards the exercise's finish."
        hint = "Check the exercise and the arm, or say when the lift starts and finishes."
        raise InputError(Problem("no-lift", said, hint=hint))
    longest = max(progress_m[high] - progress_m[low] for low, high in lifts)
    # Equal repetitions differ by noise: the first that is as long as the longest, to one part in fifty.
    low, high = next(one for one in lifts if progress_m[one[1]] - progress_m[one[0]] >= 0.98 * longest)
    return _without_rest(time_s, progress_m, low, high)


def _given(time_s: Array, sampling: Sampling) -> Lift:
    start = float(time_s[0]) if sampling.start_s is None else sampling.start_s
    finish = float(time_s[-1]) if sampling.finish_s is None else sampling.finish_s
    if not time_s[0] <= start < finish <= time_s[-1]:
        said = f"A lift from {start:g} s to {finish:g} s is not in the recording."
        hint = f"Give a start before the finish, both from {time_s[0]:g} to {time_s[-1]:g} s."
        raise InputError(Problem("bad-times", said, hint=hint))
    return Lift(start, finish)


def _lifts(progress: Array, turn: float) -> list[tuple[int, int]]:
    """Index pairs (lowest, highest) of every rise that is longer than `turn` and comes back no more than it."""
    found = []
    low = high = 0
    for index, value in enumerate(progress):
        if value > progress[high]:
            high = index
        if progress[high] - value > turn or index == len(progress) - 1:
            if progress[high] - progress[low] > turn:
                found.append((low, high))
            low = high = index
        elif value < progress[low]:
            low = high = index
    return found


def _without_rest(time_s: Array, progress: Array, low: int, high: int) -> Lift:
    """Leaves out the rest before the hand sets off and after it has arrived."""
    part = progress[low : high + 1]
    margin = NEAR_END * (part[-1] - part[0])
    start = low + int(np.flatnonzero(part <= part[0] + margin)[-1])
    finish = low + int(np.flatnonzero(part >= part[-1] - margin)[0])
    return Lift(float(time_s[start]), float(time_s[finish]))


def sample_times(lift: Lift, phases: int = PHASES) -> Array:
    """When each phase is reached (K,) [s]."""
    share = np.linspace(0.0, 1.0, 4001)
    reached = 10 * share**3 - 15 * share**4 + 6 * share**5
    tau = np.interp(np.linspace(0.0, 1.0, phases), reached, share)
    return np.asarray(lift.start_s + (lift.finish_s - lift.start_s) * tau)


def smoothed(time_s: Array, values: Array, cutoff_hz: float | None) -> tuple[Array, Array]:
    """Times and values (N, …) through a zero-lag second-order low-pass, on even times.

    Raises:
        InputError: the recording is too slow for the cut-off.
    """
    if cutoff_hz is None:
        return time_s, values
    step = float(np.median(np.diff(time_s)))
    if cutoff_hz * 2.0 * step >= 1.0:
        said = f"{1 / step:.3g} samples a second cannot be smoothed at {cutoff_hz:g} Hz."
        hint = f"Choose a cut-off under {0.5 / step:.3g} Hz, or none."
        raise InputError(Problem("bad-cutoff", said, hint=hint))
    even = np.linspace(time_s[0], time_s[-1], round(float(time_s[-1] - time_s[0]) / step) + 1)
    evened = PchipInterpolator(time_s, values, axis=0)(even)
    b, a = butter(2, cutoff_hz * 2.0 * step)
    pad = min(round(1.0 / (cutoff_hz * step)), len(even) - 1)
    return even, np.asarray(filtfilt(b, a, evened, axis=0, padlen=pad))


def sampled(time_s: Array, values: Array, at_s: Array) -> Array:
    """Values (N, …) at other times (K, …)."""
    return np.asarray(PchipInterpolator(time_s, values, axis=0)(at_s))


def resampled(path: Trajectory, time_s: Array, lift: Lift, cutoff_hz: float | None) -> Trajectory:
    """A trajectory recorded at N times as one of 51 phases."""
    at = sample_times(lift)

    def through(values: Array) -> Array:
        return sampled(*smoothed(time_s, values, cutoff_hz), at)

    names = [one.name for one in fields(Trajectory) if one.name not in ("phase", "direction")]
    parts = {name: through(np.unwrap(getattr(path, name))) for name in names}
    direction = through(path.direction)
    direction /= np.linalg.norm(direction, axis=1, keepdims=True)
    return Trajectory(phase=np.linspace(0.0, 1.0, PHASES), direction=direction, **parts)


def recorded_movement(movement: Movement, path: Trajectory) -> Movement:
    """The movement with a recorded trajectory in place of its keyframes.

    Each sample becomes a keyframe, so that interpolating gives the trajectory back; the hand goes where it was
    recorded, not where the exercise wants it.
    """
    frames = []
    for k, phase in enumerate(path.phase):
        x, y, z = path.direction[k]
        arm = ArmPose(
            plane=float(np.arctan2(x, z)),
            elevation=float(np.arctan2(np.hypot(x, z), -y)),
            external_rotation=float(path.external_rotation[k]),
            elbow_flexion=float(path.elbow_flexion[k]),
            pronation=float(path.pronation[k]),
        )
        girdle = Girdle(float(path.protraction[k]), float(path.elevation[k]), float(path.upward_rotation[k]))
        trunk, knee = float(path.trunk_inclination[k]), float(path.knee_flexion[k])
        frames.append(Keyframe(float(phase), trunk, knee, girdle, arm))
    return replace(movement, keyframes=tuple(frames), hand_target=None, recorded=True, rhythm=None)


def direction_and_rotation(humerus: Array) -> tuple[Array, Array]:
    """Upper arm direction (K, 3) and clinical external rotation (K,) of humerus orientations in the ISB thorax.

    The inverse of `humerus_in_thorax`.
    """
    direction = -humerus[:, :, 1]
    swing = humerus_in_thorax(direction, np.zeros(len(humerus)))
    twist = np.swapaxes(swing, -1, -2) @ humerus
    return direction, np.arctan2(twist[:, 2, 0], twist[:, 0, 0])
