"""What `bandwright design` does."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final, get_args

from bandwright.body import Person
from bandwright.catalogue.exercise_tables import MUSCLE_GROUPS
from bandwright.catalogue.exercises import exercise_ids, unknown_exercise
from bandwright.catalogue.gear import Gear, read_gear
from bandwright.catalogue.own_files import own_exercises
from bandwright.catalogue.tables import INTENTS, Intent
from bandwright.catalogue.toml_files import missing_file
from bandwright.cli.arguments import Outputs
from bandwright.cli.chosen import LARGEST_FILE_BYTES
from bandwright.cli.designing import Wishes
from bandwright.cli.gathering import Gathering, command_line
from bandwright.cli.output import show, tell, write_json
from bandwright.cli.persons import STAND_IN, person_given
from bandwright.cli.progress import progress
from bandwright.cli.typed import DESIGN, typed
from bandwright.cli.views.design import design_view
from bandwright.cli.written import checked_path, written
from bandwright.errors import InfeasibleError, InputError, Problem, unknown_name
from bandwright.service.design import Progress, Request, Watch, design
from bandwright.service.design_answer import design_answer
from bandwright.service.own_bands import find_band

MOST_SHOWN: Final = 20
MOST_REPS: Final = 40

REPS_HINT: Final = "Example: --reps 8-12"


def run_design(gear: str, intent: str, wishes: Wishes, outputs: Outputs) -> int:
    """Finds the best set-ups and shows, prints or writes them."""
    with command_line() as also:
        report = also.read(checked_path, outputs.report, "--report", (".html",))
        request = asked(gear, intent, wishes)
    with watched(quietly=outputs.json) as watch:
        try:
            found = design(request, watch)
        except InfeasibleError as error:
            unplaced = (replace(one, path=None) for one in error.problems)
            raise InfeasibleError(*typed(unplaced, DESIGN)) from error
    if outputs.json:
        write_json(design_answer(found), compact=True)
    else:
        show(*design_view(found))
    if not found.complete:
        tell(f"Stopped early: the best of {found.judged} set-ups looked at so far.")
    if wishes.person is None:
        tell("Worked out for a man, 180 cm, 80 kg; say who you are with --person female,165,60.")
    if report is not None:
        from bandwright.service.report import write_design  # noqa: PLC0415 — drawing is heavy and optional

        written(report, "--report", lambda path: write_design(found, path))
    return 0


def asked(gear: str, intent: str, wishes: Wishes) -> Request:
    """The request that the options make.

    Raises:
        InputError: every problem at once.
    """
    with Gathering() as also:
        person = also.read(person_given, wishes.person) if wishes.person is not None else dict(STAND_IN)
        reps = also.read(reps_given, wishes.reps) if wishes.reps is not None else None
        also.tell(_name_problems(intent, wishes))
        owned = gear_file(Path(gear))
    return Request(
        gear=owned,
        intent=next(one for one in INTENTS if one == intent),
        person=Person(**(person or STAND_IN)),
        exercises=wishes.exercise,
        muscles=wishes.muscle,
        reps=reps,
        reserve=wishes.reserve,
        top=wishes.top,
        own_exercises=own_exercises(),
        find_band=find_band,
    )


def _name_problems(intent: str, wishes: Wishes) -> Iterator[Problem]:
    if intent not in get_args(Intent):
        yield unknown_name("intent", intent, INTENTS, path="--intent")
    known = exercise_ids(own_exercises())
    for one in wishes.exercise:
        if one not in known:
            yield unknown_exercise(one, own_exercises(), path="--exercise")
    for one in wishes.muscle:
        if one not in MUSCLE_GROUPS:
            yield unknown_name("muscle group", one, MUSCLE_GROUPS, path="--muscle")
    if wishes.reserve is not None and not 0.0 <= wishes.reserve <= 10.0:
        said = f"{wishes.reserve:g} repetitions in reserve cannot be."
        yield Problem("bad-reserve", said, ("from 0 to 10",), hint="Example: --reserve 2", path="--reserve")
    if not 1 <= wishes.top <= MOST_SHOWN:
        said = f"{wishes.top} set-ups cannot be shown."
        allowed = (f"from 1 to {MOST_SHOWN}",)
        yield Problem("bad-top", said, allowed, hint="Example: --top 3", path="--top")


def gear_file(path: Path) -> Gear:
    """The gear in a file.

    Raises:
        InputError: there is no such file, or every problem in it.
    """
    if not path.is_file():
        hint = "Give a gear file (.toml); one to begin with is examples/gear.toml."
        raise InputError(missing_file(path, str(path), hint, "--gear"))
    if path.stat().st_size > LARGEST_FILE_BYTES:
        raise InputError(Problem("too-big", f"'{path}' is too big for a list of gear.", path="--gear"))
    return read_gear(path, find_band)


def reps_given(text: str) -> tuple[float, float]:
    """Least and most repetitions from ``8-12`` or ``10``.

    Raises:
        InputError: it is neither, or out of range.
    """
    match = re.fullmatch(r"\s*(\d+)\s*(?:[-–]\s*(\d+)\s*)?", text)
    if match:
        low, high = int(match[1]), int(match[2] or match[1])
        if 1 <= low <= high <= MOST_REPS:
            return float(low), float(high)
    said = f"'{text}' are no repetitions that can be planned."
    allowed = (f"one number, or least-most, from 1 to {MOST_REPS}",)
    raise InputError(Problem("bad-reps", said, allowed, hint=REPS_HINT, path="--reps"))


@contextmanager
def watched(*, quietly: bool) -> Iterator[Watch]:
    """Progress on stderr; Ctrl-C ends the search after the exercise it is at, and again ends the program."""
    stopped: list[bool] = []
    before = signal.getsignal(signal.SIGINT)

    def stop(*_: object) -> None:
        stopped.append(True)
        signal.signal(signal.SIGINT, before)

    with progress("Looking what suits the wish", quietly=quietly) as report:

        def watch(now: Progress) -> bool:
            report(_doing(now), now.done, now.total)
            return not stopped

        signal.signal(signal.SIGINT, stop)
        try:
            yield watch
        finally:
            signal.signal(signal.SIGINT, before)


def _doing(now: Progress) -> str:
    """What is waited for; at first that is the body, which takes up each movement once."""
    if now.done == now.total:
        return f"Judging: {now.exercise}"
    if now.judged == 0:
        return f"Taking up the movement: {now.exercise}"
    return f"{now.exercise[:26]}: {now.judged} set-ups, {now.suiting} suit"
