"""The recording that `--motion` names, in place of an exercise's own movement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from rich.text import Text

from bandwright.body import Side
from bandwright.catalogue.setup import SetUp
from bandwright.cli.arguments import MotionChoices
from bandwright.cli.chosen import SIDES
from bandwright.cli.gathering import Gathering
from bandwright.cli.output import tell
from bandwright.cli.quantities import SECOND_PER_UNIT, quantity
from bandwright.errors import InputError, Problem, unknown_name
from bandwright.movements.recorded import Sampling
from bandwright.service.motion import Motion, read_recording, with_motion


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording named by the options."""

    path: Path
    arm: Side | None
    sampling: Sampling


def recording_given(choices: MotionChoices) -> Recording | None:
    """The recording that the options name, if they name one.

    Raises:
        InputError: every problem at once.
    """
    with Gathering() as also:
        arm = None if choices.arm is None else also.read(_arm, choices.arm)
        sampling = also.read(_sampling, choices.lift)
        if choices.motion is None:
            also.tell(_without_recording(choices))
        else:
            also.read(read_recording, Path(choices.motion))
    return None if choices.motion is None else Recording(Path(choices.motion), arm, sampling or Sampling())


def _without_recording(choices: MotionChoices) -> Iterator[Problem]:
    for option, given in (("--arm", choices.arm), ("--lift", choices.lift)):
        if given is not None:
            said, hint = f"{option} is about a recording.", "Name it, e.g. --motion row.trc."
            yield Problem("no-motion", said, hint=hint, path=option)


def _arm(text: str) -> Side:
    if text not in SIDES:
        raise InputError(unknown_name("arm", text, tuple(SIDES), path="--arm"))
    return "l" if text == "left" else "r"


def moved_setup(setup: SetUp, recording: Recording, *, quietly: bool) -> SetUp:
    """The set-up as it was recorded; tells which part was the lift.

    Raises:
        InputError: the file cannot be used.
    """
    side = recording.arm or setup.side
    motion = Motion(recording.path, side, recording.sampling)
    found = with_motion(setup, motion)
    if not quietly:
        arm = "left" if side == "l" else "right"
        span = f"{found.lift.start_s:.2f} s to {found.lift.finish_s:.2f} s"
        tell(Text(f"Moved as recorded in {motion.path.name}: {arm} arm, lift from {span}."))
    return found.setup


def _sampling(lift: str | None) -> Sampling:
    """The cut from ``1.2/2.4``: when the lift starts and finishes.

    Raises:
        InputError: there are not two numbers.
    """
    if lift is None:
        return Sampling()
    words = lift.split("/")
    if len(words) != 2:
        said, hint = (
            f"'{lift}' is not a lift.",
            "Example: --lift 1.2/2.4 starts at 1.2 s and finishes at 2.4 s.",
        )
        raise InputError(Problem("bad-lift", said, ("start/finish in seconds",), hint=hint, path="--lift"))
    start, finish = (quantity(word, SECOND_PER_UNIT, "s", path="--lift") for word in words)
    return replace(Sampling(), start_s=start, finish_s=finish)
