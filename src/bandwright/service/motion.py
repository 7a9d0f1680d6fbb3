"""A set-up done as it was recorded: the exercise keeps its loads and posture, the recording moves the body."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from bandwright.body import Side
from bandwright.catalogue.motion import storage, trc
from bandwright.catalogue.motion.marker_names import named_points
from bandwright.catalogue.motion.storage import CoordinateTable, read_storage
from bandwright.catalogue.motion.trc import MarkerTable, read_trc
from bandwright.catalogue.rhythm import load_rhythm
from bandwright.catalogue.setup import SetUp
from bandwright.errors import InputError, Problem
from bandwright.movements import PosedRepetition
from bandwright.movements.interpolation import Trajectory, trajectory
from bandwright.movements.recorded import Habit, Lift, Sampling, recorded_movement
from bandwright.movements.recorded_angles import angles_to_path
from bandwright.movements.recorded_points import Up, points_to_path, y_up
from bandwright.movements.targets import reach
from bandwright.service.analysis import Analysis, analyse
from bandwright.service.bodies import body_of, posed_of

WHOLE: Final = Sampling()
"""The lift is found from the hand, and the recording is smoothed as usual."""


@dataclass(frozen=True, slots=True)
class Motion:
    """A recording: its file, the arm to read from it, how to cut and smooth it, and a marker file's upward axis."""

    path: Path
    side: Side = "r"
    sampling: Sampling = WHOLE
    up: Up = "y"


@dataclass(frozen=True, slots=True)
class RecordedSetUp:
    """A set-up whose movement is a recording, and the part of the recording that is the lift."""

    setup: SetUp
    lift: Lift


def with_motion(setup: SetUp, motion: Motion) -> RecordedSetUp:
    """The set-up with a recorded movement in place of its exercise's keyframes.

    Raises:
        InputError: the file is malformed, lacks what is needed, or holds no lift.
        ModelError: the body cannot take up what was recorded.
    """
    path, lift = _path(setup, motion)
    movement = recorded_movement(setup.exercise.movement, path)
    return RecordedSetUp(replace(setup, exercise=replace(setup.exercise, movement=movement)), lift)


def pose_motion(setup: SetUp, motion: Motion) -> PosedRepetition:
    """The recorded movement posed on the set-up's person.

    Raises:
        InputError: as `with_motion`.
        ModelError: as `with_motion`.
    """
    found = with_motion(setup, motion).setup
    lift_s = found.tempo.lift_s if found.tempo else None
    return posed_of(found.exercise.movement, found.person, found.side, lift_s)


def analyse_motion(setup: SetUp, motion: Motion, *, with_spread: bool = True) -> Analysis:
    """Analyses a set-up done as it was recorded.

    Raises:
        InputError: as `with_motion`, or the loads make no sense on this body.
        InfeasibleError: a band would be stretched beyond its limit.
        ModelError: as `with_motion`.
    """
    return analyse(with_motion(setup, motion).setup, with_spread=with_spread)


def _path(setup: SetUp, motion: Motion) -> tuple[Trajectory, Lift]:
    body = body_of(setup.person)
    movement = setup.exercise.movement
    usual = reach(body, trajectory(movement), movement.hand_target)
    habit = Habit(usual, load_rhythm())
    table = read_recording(motion.path)
    if isinstance(table, MarkerTable):
        names = named_points(table, motion.side)
        seen = y_up({point: table.positions_m[name] for point, name in names.items()}, motion.up)
        return points_to_path(table.time_s, seen, body, habit, motion.side, motion.sampling)
    try:
        return angles_to_path(table.time_s, table.values, body, habit, motion.side, motion.sampling)
    except InputError as error:
        found = (replace(problem, path=problem.path or table.name) for problem in error.problems)
        raise InputError(*found) from error


def read_recording(path: Path) -> MarkerTable | CoordinateTable:
    """What a recording's file says, before anybody moves by it.

    Raises:
        InputError: there is no such file, or it cannot be read as what its ending says.
    """
    ending = path.suffix.lower()
    if ending in trc.ENDINGS:
        return read_trc(path)
    if ending in storage.ENDINGS:
        return read_storage(path)
    allowed = (*storage.ENDINGS, *trc.ENDINGS)
    said = f"'{path.name}' is no kind of recording that can be read."
    raise InputError(Problem("unknown-recording", said, allowed, hint="For example row.mot."))
