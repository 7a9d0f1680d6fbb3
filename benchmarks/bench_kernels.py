"""How fast set-ups are judged by the batch kernels, beside solving them one by one.

Run `python benchmarks/bench_kernels.py`. All jobs take their turn in every round, so that a slow moment of the
machine touches each of them alike: quote the ratios. The first column is processor time of one thread, the others are
elapsed time, which on a busy machine says how busy it is: only their ratio says what a second thread is worth.

The arithmetic ceiling counts the products of one Newton step per pose (activations twice, Gram matrix and its
elimination once) at the rate at which this processor does the sparse products of `sparse.times` alone, measured in
the same run: what would be left if everything else were free.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from rich.console import Console
from rich.table import Table

from bandwright.body import Person
from bandwright.catalogue.exercises import find_exercise
from bandwright.catalogue.setups import default_setup
from bandwright.curves.arm import PENALTIES
from bandwright.curves.arm_repetition import arm_pool, arm_repetition
from bandwright.numerics.arrays import FloatArray
from bandwright.numerics.lanes import LANES, lanewise_entry
from bandwright.numerics.qp import solve_bounded_qp
from bandwright.recruitment.batch.batch import BatchRecruiter, batch_recruiter, recruit_scores
from bandwright.recruitment.batch.lane_bench import bench_for
from bandwright.recruitment.batch.pool import CapacityPool
from bandwright.recruitment.batch.pool_bounds import least_effort
from bandwright.recruitment.batch.repetition import Repetition
from bandwright.recruitment.batch.scores import doses
from bandwright.recruitment.batch.sparse import Sparse, entries, times
from bandwright.recruitment.batch.table import tension_table
from bandwright.recruitment.newton import solve_poses
from bandwright.recruitment.scaling import scaled_poses
from bandwright.search.kernel import Lines, Pairs, sweep
from bandwright.search.pool import Planes
from bandwright.search.sweep import SCREENED_POSES
from bandwright.service.analysis import analyse
from bandwright.service.bodies import holder_of

ROUNDS = 5
PERSON = Person("male", 1.755, 84.6)
EXERCISE = "bent-over-band-row"
BATCH = 4096
MANY = 100_000
DAQP = "daqp, cone, problem built before"
CONE = "batch, cone"
TABLE = "table"
SCREENING = "first pass"
WEIGHTS = 4
TARGETS = {CONE: 40_000, TABLE: 1_000_000, SCREENING: 5_000_000}
"""Set-ups a second on two threads that are asked for, by how the job's name begins."""
CEILING = "sparse products alone"
Job = tuple[int, Callable[[int], object]]
"""Set-ups per run, and what to run on so many threads."""


@lanewise_entry
def _repeat(matrices: Sparse, lanes: FloatArray, product: FloatArray, often: int) -> None:
    for _ in range(often):
        times(matrices, 0, lanes, product)


def _bands(path: FloatArray, count: int, rng: np.random.Generator) -> FloatArray:
    """Hand forces (B, K, 3) of bands from all over the room below and in front, up to 150 N."""
    anchor = path.mean(axis=0) + rng.normal(scale=0.5, size=(count, 1, 3)) + np.array([0.3, 0.0, -0.8])
    line = anchor - path
    length = np.linalg.norm(line, axis=2, keepdims=True)
    rest = length.min(axis=1, keepdims=True) * rng.uniform(0.5, 1.0, (count, 1, 1))
    tension = np.maximum(length / rest - 1.0, 0.0)
    peak = np.maximum(tension.max(axis=1, keepdims=True), 1e-3)
    forces: FloatArray = rng.uniform(20.0, 150.0, (count, 1, 1)) * tension / peak * line / length
    return forces


def _daqp(recruiter: BatchRecruiter, loads: FloatArray) -> Callable[[int], object]:
    """Every pose as a dense programme built beforehand; only the calls are timed."""
    problems = []
    for load in loads:
        poses = scaled_poses(recruiter.repetition.problem(load), recruiter.penalties)
        for rows, target, limits in zip(poses.rows, poses.target, poses.limits, strict=True):
            n, m, free = rows.shape[1], len(rows), poses.free
            hessian = np.eye(n + m - free)
            hessian[:n, :n] += rows[:free].T @ rows[:free]
            gradient = np.concatenate([-rows[:free].T @ target[:free], np.zeros(m - free)])
            none = np.full(m - free, np.inf)
            lower = np.concatenate([limits[0], np.zeros(m - free), -none])
            upper = np.concatenate([limits[1], none, -target[free:]])
            problems.append((hessian, gradient, np.hstack([-rows[free:], -np.eye(m - free)]), (lower, upper)))

    def run(threads: int) -> None:
        del threads
        for problem in problems:
            solve_bounded_qp(*problem)

    return run


def one_by_one(recruiter: BatchRecruiter, loads: FloatArray) -> Callable[[int], object]:
    """The compiled solver for one set-up, on poses scaled beforehand."""
    scaled = [scaled_poses(recruiter.repetition.problem(load), recruiter.penalties) for load in loads]
    count, size, columns = scaled[0].rows.shape
    y, x, steps = np.empty((count, size)), np.empty((count, columns)), np.empty(count, np.int64)

    def run(threads: int) -> None:
        del threads
        for poses in scaled:
            solve_poses(poses, np.zeros(size), y, x, steps)

    return run


def _without_cone(repetition: Repetition) -> Repetition:
    return replace(
        repetition,
        cone=repetition.cone[:, :0],
        room_still=repetition.room_still[:, :0],
        room_by_load=repetition.room_by_load[:, :0],
    )


@dataclass(frozen=True, slots=True)
class Case:
    """One exercise made ready: the hand's path, who holds, and hand forces (B, K, 3)."""

    path: FloatArray
    repetition: Repetition
    recruiter: BatchRecruiter
    pools: dict[int, CapacityPool]
    loads: FloatArray


def ready_case() -> Case:
    """The exercise of this file made ready."""
    analysis = analyse(default_setup(find_exercise(EXERCISE), PERSON), with_spread=False)
    result, holder = analysis.working, holder_of(PERSON)
    arm = analysis.posed.arms[result.side]
    repetition = arm_repetition(result.equations, arm, holder.cone)
    share = np.zeros((6, len(result.equations.columns)))
    share[np.arange(36) % 6, np.arange(36)] = 1.0 / 6.0
    recruiter = batch_recruiter(repetition, doses(share, result.equations.fibre_norm), PENALTIES)
    pools = {size: arm_pool(repetition, holder.strength.grip_pull_n, size) for size in (16, 64)}
    loads = _bands(arm.grip_path, BATCH, np.random.default_rng(0))
    return Case(arm.grip_path, repetition, recruiter, pools, loads)


def _recruiting(case: Case) -> dict[str, Job]:
    """Jobs that find activations."""
    loads, recruiter, poses = case.loads, case.recruiter, len(case.path)
    bare = batch_recruiter(_without_cone(case.repetition), recruiter.doses, PENALTIES)
    direction = loads[0] / np.maximum(np.linalg.norm(loads[0], axis=1), 1e-9)[:, None]
    table = tension_table(recruiter, np.zeros((poses, 3)), direction, 300.0)
    rng = np.random.default_rng(1)
    tensions = rng.uniform(0.0, 1.0, (MANY // 10, 1)) * rng.uniform(150.0, 300.0, (MANY // 10, poses))
    return {
        DAQP: (4, _daqp(recruiter, loads[:4])),
        "solver for one set-up, cone": (16, one_by_one(recruiter, loads[:16])),
        CONE: (BATCH, lambda threads: recruit_scores(recruiter, loads, threads=threads)),
        "batch, no cone": (BATCH, lambda threads: recruit_scores(bare, loads, threads=threads)),
        f"{TABLE}, 18 scores, {table.breakpoints.mean():.0f} breakpoints": (
            len(tensions),
            lambda threads: table.scores(tensions, threads=threads),
        ),
    }


def _screening(case: Case) -> dict[str, Job]:
    """Jobs that find bounds on efforts: the designer's first pass at the poses it looks at, and all poses."""
    rng = np.random.default_rng(2)
    poses = np.unique(np.linspace(0, len(case.path) - 1, SCREENED_POSES).round().astype(np.intp))
    line = case.path.mean(axis=0) + rng.normal(scale=0.5, size=(200, 1, 3)) - case.path[poses]
    length = np.linalg.norm(line, axis=2)
    unit = np.concatenate([line / length[:, :, None], np.zeros_like(line)], axis=2)
    rest = rng.uniform(0.2, 1.0, (50, 1, 1))
    lines = Lines(100.0 * np.maximum(length - rest, 0.0), unit, np.arange(50)[:, None])
    pairs = Pairs(rng.integers(0, 50, MANY // WEIGHTS), rng.integers(0, 200, MANY // WEIGHTS))
    weight = np.zeros((WEIGHTS, len(poses), 6))
    weight[:, :, 2] = -25.0 * np.arange(WEIGHTS)[:, None]
    forces = (np.zeros((len(poses), 6)), weight)
    jobs: dict[str, Job] = {}
    for size, pool in case.pools.items():
        planes = Planes(pool.face[poses], float(pool.grip[0]))
        name = f"{SCREENING}, pool of {size} ({pool.size} faces)"
        jobs[name] = (MANY, partial(_first_pass, planes, forces, lines, pairs))
        jobs[f"bounds, pool of {size}, given forces"] = (BATCH, partial(_bound, pool, case.loads))
    return jobs


def _first_pass(
    planes: Planes, forces: tuple[FloatArray, FloatArray], lines: Lines, pairs: Pairs, threads: int
) -> object:
    return sweep(planes, forces, lines, pairs, threads)


def _bound(pool: CapacityPool, loads: FloatArray, threads: int) -> object:
    return least_effort(pool, loads, threads=threads)


def _ceiling(case: Case) -> tuple[Job, int, int]:
    """The sparse products alone; how many there are in one Gram matrix, and in one whole step of one pose."""
    poses = case.recruiter.poses
    lanes, gram = np.full((poses.root.size, LANES), 0.5), bench_for(poses, poses.still.shape[1]).gram
    torques = case.repetition.moment.shape[1]
    base = torques + poses.facets.shape[2]
    elimination = sum((base - j) * (base + 1 - j) // 2 for j in range(torques))
    products = entries(poses.pairs)
    job: Job = (LANES * 1000, lambda _: _repeat(poses.pairs, lanes, gram, 1000))
    return job, products, products + elimination + 4 * entries(poses.by_row)


def measure(jobs: dict[str, Job]) -> dict[str, list[float]]:
    """Median set-ups per second: processor time on one thread, elapsed on one, elapsed on two."""
    found: dict[str, list[list[float]]] = {name: [[], [], []] for name in jobs}
    for _, job in jobs.values():
        job(1)
    for _ in range(ROUNDS):
        for name, (count, job) in jobs.items():
            start, used = time.perf_counter(), time.thread_time()
            job(1)
            found[name][0].append(count / (time.thread_time() - used))
            found[name][1].append(count / (time.perf_counter() - start))
            start = time.perf_counter()
            job(2)
            found[name][2].append(count / (time.perf_counter() - start))
    return {name: [statistics.median(one) for one in three] for name, three in found.items()}


def main() -> None:
    """Prints the table."""
    case = ready_case()
    job, gram, ideal = _ceiling(case)
    jobs = _recruiting(case) | _screening(case)
    speed = measure(jobs | {CEILING: job})
    rate = speed.pop(CEILING)[0] * gram
    ceiling = rate / (len(case.path) * ideal)
    columns = (
        "set-ups/s: 1 thread's time",
        "1 elapsed",
        "2 elapsed",
        "target for 2",
        "x daqp",
        "share of ceiling",
    )
    table = Table("job", *columns)
    for name, (used, one, two) in speed.items():
        share = f"{used / ceiling:.0%}" if name.startswith("batch") else ""
        target = "".join(f"{aim:,}" for job_name, aim in TARGETS.items() if name.startswith(job_name))
        rates = (f"{rate:,.0f}" for rate in (used, one, two))
        table.add_row(name, *rates, target, f"{used / speed[DAQP][0]:.1f}", share)
    console = Console(width=130)
    console.print(table)
    scores = recruit_scores(case.recruiter, case.loads)
    over = float(np.mean(least_effort(case.pools[64], case.loads).max(axis=1) > 1.0))
    console.print(
        f"Ceiling {ceiling:,.0f} set-ups/s a thread: {ideal} products a pose at {rate / 1e9:.1f} billion a second. "
        f"Lanes took {scores.steps.mean() / len(case.path):.2f} steps a pose; {scores.alone.mean():.2%} were handed "
        f"on; {over:.0%} of the set-ups are beyond strength at some pose."
    )


if __name__ == "__main__":
    main()
