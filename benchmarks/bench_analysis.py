"""How long the parts of one analysis take, beside the cost of merely importing the libraries.

Run `make bench` or `python benchmarks/bench_analysis.py`. All figures come from one run, measured in turn, so
that a slow moment of the machine touches each of them alike: quote the medians and the ratios.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bandwright.body import Person
from bandwright.catalogue.exercises import find_exercise
from bandwright.catalogue.setup import SetUp
from bandwright.catalogue.setups import default_setup
from bandwright.curves.spread import DRAWS
from bandwright.movements import pose_repetition
from bandwright.movements.interpolation import trajectory
from bandwright.movements.targets import right_arm
from bandwright.service.analysis import analyse
from bandwright.service.answer import unrounded_answer
from bandwright.service.bodies import body_of
from bandwright.service.judge import begin_judging
from bandwright.service.unrounded import written
from bandwright.service.variants import Repetition, shifts_of

ROUNDS = 9
PROGRAM = Path(sys.executable).with_name("bandwright")
PERSON = Person("male", 1.755, 84.6)
EXERCISE = "bent-over-band-row"
SPREAD_OF = (EXERCISE, "face-pull", "pull-up", "single-arm-dumbbell-row", "straight-arm-pulldown")
MOST_NAIVE = 20
"""Analyses in whose time the spread is wanted at most."""
NAIVE = "one analysis, posed repetition kept"
WITH_SPREAD = f"one analysis with spread ({DRAWS} draws)"


def _process(*command: str) -> Callable[[], object]:
    return lambda: subprocess.run(command, check=True, capture_output=True)  # noqa: S603 — our own programs


def _inside() -> dict[str, Callable[[], object]]:
    """What is timed within this process, caches of the engine warm."""
    exercise = find_exercise(EXERCISE)
    body = body_of(PERSON)
    setup = default_setup(exercise, PERSON)
    path = trajectory(exercise.movement)
    repetition = Repetition(exercise.movement, PERSON, "r")
    return {
        "pose solving, 51 poses": lambda: right_arm(body, path),
        "posed repetition, both arms": lambda: pose_repetition(exercise.movement, body),
        NAIVE: lambda: analyse(setup, with_spread=False),
        WITH_SPREAD: lambda: analyse(setup).spread,
        "posing the variants, once a person and exercise": lambda: shifts_of.__wrapped__(repetition),
    }


def _outside() -> dict[str, Callable[[], object]]:
    """What is timed as whole processes."""
    return {
        "bare interpreter": _process(sys.executable, "-c", "pass"),
        "import numpy, scipy, mujoco": _process(
            sys.executable, "-c", "import numpy, scipy.optimize, scipy.interpolate, mujoco"
        ),
        "bandwright --help": _process(str(PROGRAM), "--help"),
        "bandwright analyse (whole program)": _process(str(PROGRAM), "analyse", EXERCISE, "--json"),
    }


def _whole(setup: SetUp) -> bytes:
    """What the server does for an answer."""
    analysis = analyse(setup)
    return written(unrounded_answer(analysis, begin_judging(analysis)))


def _with_spread(setup: SetUp) -> object:
    return analyse(setup).spread


def _spreads() -> dict[str, Callable[[], object]]:
    """Each exercise without spread, with it, and with verdict and JSON."""
    jobs: dict[str, Callable[[], object]] = {}
    for name in SPREAD_OF:
        setup = default_setup(find_exercise(name), PERSON)
        jobs[f"{name}, naive"] = partial(analyse, setup, with_spread=False)
        jobs[f"{name}, spread"] = partial(_with_spread, setup)
        jobs[f"{name}, answer"] = partial(_whole, setup)
    return jobs


def measure(jobs: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Median seconds of each job over rounds in which all take their turn."""
    for job in jobs.values():
        job()
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(ROUNDS):
        for name, job in jobs.items():
            start = time.perf_counter()
            job()
            times[name].append(time.perf_counter() - start)
    return {name: statistics.median(values) for name, values in times.items()}


def main() -> None:
    """Prints the table."""
    medians = measure(_outside() | _inside())
    bare, imports = medians["bare interpreter"], medians["import numpy, scipy, mujoco"]
    table = Table("job", "median ms", "x bare interpreter", "x importing the libraries")
    for name, seconds in medians.items():
        table.add_row(name, f"{1e3 * seconds:.1f}", f"{seconds / bare:.2f}", f"{seconds / imports:.3f}")
    Console().print(table)
    Console().print(spread_table(measure(_spreads())))


def spread_table(medians: dict[str, float]) -> Table:
    """What the spread costs in analyses without it, by exercise."""
    title = f"{DRAWS} draws (at most {MOST_NAIVE} analyses wanted)"
    table = Table("exercise", "one analysis ms", "spread, in analyses", "whole answer ms", title=title)
    for name in SPREAD_OF:
        naive, spread, whole = (medians[f"{name}, {part}"] for part in ("naive", "spread", "answer"))
        table.add_row(name, f"{1e3 * naive:.1f}", f"{(spread - naive) / naive:.1f}", f"{1e3 * whole:.1f}")
    return table


if __name__ == "__main__":
    main()
