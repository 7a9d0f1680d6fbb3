"""The recording that `--motion` names, in place of an exercise's own movement."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from rich.text import Text

from bandwright.body import Side
from bandwright.catalogue.setup import SetUp
from bandwright.cli.arguments import MotionChoices
from bandwright.cli.chosen import SIDES
from bandwright.cli.output import tell
from bandwright.cli.quantities import SECOND_PER_UNIT, quantity
from bandwright.errors import InputError, Problem, unknown_name
from bandwright.movements.recorded import Sampling
from bandwright.service.motion import Motion, with_motion


def moved_setup(setup: SetUp, choices: MotionChoices, *, quietly: bool) -> SetUp:
    """The set-up as it was recorded, or as it is where no recording is named; tells which part was the lift.

    Raises:
        InputError: the options or the file cannot be used.
    """
    if choices.motion is None:
        given = [f"--{name}" for name in ("arm", "lift") if getattr(choices, name) is not None]
        if given:
            said, hint = f"{given[0]} is about a recording.", "Name it, e.g. --motion row.trc."
            raise InputError(Problem("no-motion", said, hint=hint, path=given[0]))
        return setup
    if choices.arm is not None and choices.arm not in SIDES:
        raise InputError(unknown_name("arm", choices.arm, tuple(SIDES), path="--arm"))
    side: Side = setup.side if choices.arm is None else "l" if choices.arm == "left" else "r"
    motion = Motion(Path(choices.motion), side, _sampling(choices.lift))
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
