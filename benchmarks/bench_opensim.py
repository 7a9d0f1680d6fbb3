"""Cost of a frame: OpenSim's static optimisation, our solver for one set-up and our batch kernel, on the same frames.

Run `BANDWRIGHT_ORACLE=model.osim python -m benchmarks.bench_opensim` in the project folder with OpenSim installed
(CONTRIBUTING.md). The frames are those of `data/validation/static_optimisation.csv`: five movements of 11 poses, one
arm of the published body, its load in the hand. All hold the same programme: 33 muscles and two reserves, least sum
of squares, exact balance, no glenoid cone, no force-length. Processor time, all jobs by turns, medians.

A frame is more than its programme, so the parts are told apart. What OpenSim's tool takes without the analysis (it
reads the model and follows the movement; found by a run that only writes coordinates) is taken off. The analysis asks
the model how each actuator accelerates the joints before it optimises; a run allowed one step of the optimiser shows
what of it are steps. Ours is given its programme; beside it stands what bones, paths, moment arms and torques take.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

from bandwright.body import BodyModel
from bandwright.catalogue.exercises import find_exercise
from bandwright.movements import pose_repetition
from bandwright.numerics.arrays import FloatArray
from bandwright.recruitment import RecruitmentProblem, recruit
from bandwright.recruitment.batch.batch import batch_recruiter, recruit_scores
from bandwright.recruitment.batch.repetition import any_load
from bandwright.recruitment.batch.scores import Doses
from bandwright.service.validation.static_optimisation import (
    RESERVE_NM,
    RESERVES,
    STIFF,
    TOOL,
    Golden,
    agreement,
    golden,
    muscle_columns,
    our_activations,
    problem_of,
    source_body,
)
from benchmarks.bench_kernels import one_by_one, ready_case
from tests.agreement.oracle.exercises import GRIP_M
from tests.agreement.oracle.oracle_model import COORDINATES, Oracle, missing_reason, muscle_names
from tests.agreement.oracle.static_optimisation import HandLoad, held_model, static_optimiser, written_tool

ROUNDS = 5
BATCH = 1024
LEAST, MOST = 0.3, 1.0
"""Shares of the movement's own torques that the batch holds: as many loads as set-ups, none beyond strength."""
FULL = "OpenSim: whole tool with StaticOptimization"
SHORT = "OpenSim: the same, stopped after one step"
BARE = "OpenSim: the tool alone"
Run = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Job:
    """What is timed, and how many frames one call does."""

    frames: int
    run: Run


def analyses(opensim: Any) -> Mapping[str, Any]:  # noqa: ANN401 — OpenSim ships no types
    """OpenSim's analyses along a movement."""
    moments = opensim.MuscleAnalysis()
    moments.setComputeMoments(True)
    short = static_optimiser(opensim)
    short.setMaxIterations(1)
    return {
        FULL: static_optimiser(opensim),
        SHORT: short,
        BARE: opensim.Kinematics(),
        "OpenSim: whole tool with MuscleAnalysis": moments,
    }


def tool_jobs(one: Golden, folder: Path) -> dict[str, Job]:
    """OpenSim's tool with each analysis along one movement."""
    held, jobs = one.held, {}
    load = HandLoad(held.force_n, GRIP_M)
    opensim, model = held_model(load, held.gravity_m_s2, dict.fromkeys(RESERVES, RESERVE_NM))
    movement = dict(zip(COORDINATES, held.q_rad.T, strict=True))
    for number, (name, analysis) in enumerate(analyses(opensim).items()):
        place = folder / held.movement / str(number)
        place.mkdir(parents=True)
        tool = str(written_tool(opensim, model, place, movement, analysis))
        # One tool does not run twice: the second time it falls over what it left.
        jobs[name] = Job(len(held.q_rad), partial(_run_tool, opensim, tool))
    return jobs


def _run_tool(opensim: Any, tool: str) -> None:  # noqa: ANN401 — OpenSim ships no types
    opensim.AnalyzeTool(tool).run()


def model_jobs(one: Golden) -> dict[str, Job]:
    """OpenSim's model at the poses of one movement, asked for ever more; each asks for what comes before it too."""
    held = one.held
    load = HandLoad(held.force_n, GRIP_M)
    opensim, model = held_model(load, held.gravity_m_s2, dict.fromkeys(RESERVES, RESERVE_NM))
    oracle = Oracle(opensim, model, model.initSystem(), muscle_names(model))

    def along(ask: Run) -> Run:
        def run() -> None:
            for pose in held.q_rad:
                oracle.place_array(pose)
                ask()

        return run

    asked: dict[str, Run] = {
        "OpenSim: bones": lambda: None,
        "OpenSim: bones and 33 lengths": oracle.lengths_m,
        "OpenSim: bones, paths, accelerations": lambda: model.realizeAcceleration(oracle.state),
    }
    return {name: Job(len(held.q_rad), along(ask)) for name, ask in asked.items()}


def our_jobs(one: Golden, body: BodyModel) -> dict[str, Job]:
    """The same frames here: the body, then the programme it gives."""
    frames, problem = len(one.held.q_rad), problem_of(one.held, body)
    return {
        "here: bones, paths, moment arms, torques": Job(frames, lambda: problem_of(one.held, body)),
        "here: solver for one set-up": Job(frames, lambda: recruit(problem, STIFF)),
        "here: batch kernel": Job(frames * BATCH, batch_of(problem)),
    }


def batch_of(problem: RecruitmentProblem) -> Run:
    """The kernel on many loads at the poses of one problem, one thread."""
    frames, columns = problem.lower.shape
    none = Doses(np.zeros((1, columns)), np.zeros((frames, columns)), np.zeros((frames, columns)))
    recruiter = batch_recruiter(any_load(problem), none, STIFF)
    share = np.random.default_rng(0).uniform(LEAST, MOST, (BATCH, 1, 1))
    loads: FloatArray = share * problem.torque
    return lambda: recruit_scores(recruiter, loads, threads=1)


def jobs_in_use(body: BodyModel) -> dict[str, Job]:
    """What the program does all day: both arms posed along a movement; all columns with the glenoid cone."""
    movement, case = find_exercise("bent-over-band-row").movement, ready_case()
    poses, loads = len(case.path), case.loads
    single = one_by_one(case.recruiter, loads[:16])
    return {
        "here, in use: both arms posed": Job(poses, lambda: pose_repetition(movement, body)),
        "here, in use: solver for one set-up, cone": Job(16 * poses, lambda: single(1)),
        "here, in use: batch kernel, cone": Job(
            len(loads) * poses, lambda: recruit_scores(case.recruiter, loads, threads=1)
        ),
    }


def measured(rounds: int, groups: list[dict[str, Job]]) -> dict[str, float]:
    """Median over the rounds of the processor time of a frame [us], a round being all frames of all groups."""
    for group in groups:
        for job in group.values():
            job.run()
    found: dict[str, list[float]] = {}
    for _ in range(rounds):
        spent: dict[str, list[tuple[float, int]]] = {}
        for group in groups:
            for name, job in group.items():
                start = time.process_time()
                job.run()
                spent.setdefault(name, []).append((time.process_time() - start, job.frames))
        for name, parts in spent.items():
            seconds, frames = (sum(column) for column in zip(*parts, strict=True))
            found.setdefault(name, []).append(1e6 * seconds / frames)
    return {name: statistics.median(one) for name, one in found.items()}


def main() -> None:
    """Prints the table, and how alike the answers are."""
    if reason := missing_reason():
        sys.exit(f"Nothing measured: {reason}")
    body, movements = source_body(), golden()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        groups = [tool_jobs(one, folder) | model_jobs(one) | our_jobs(one, body) for one in movements]
        cost = measured(ROUNDS, [*groups, jobs_in_use(body)])
    optimised = cost[FULL] - cost[BARE]
    parts = {
        "OpenSim: StaticOptimization, tool taken off": optimised,
        "OpenSim: of that, steps after the first": cost[FULL] - cost[SHORT],
    }
    table = Table("job", "us a frame", "optimisation takes times as long")
    for name, spent in {**cost, **parts}.items():
        table.add_row(name, f"{spent:,.1f}", f"{optimised / spent:,.1f}")
    console = Console(width=110)
    console.print(table)
    order = len(muscle_columns(body)[0])
    for one in movements:
        alike = agreement(our_activations(one.held, body), one.activation[TOOL])
        said = f"correlation {alike.correlation:.3f}, mean difference {alike.difference:.3f}"
        console.print(f"{one.held.movement}: activations of {order} muscles, {said}")


if __name__ == "__main__":
    main()
