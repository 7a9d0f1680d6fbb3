"""What a set-up of a sweep costs, and what a second worker brings.

Run: python benchmarks/bench_sweep.py [rounds]; a round takes three minutes on a quiet machine.

One and two workers take turns on the same study, so that what else the machine does falls on both alike; medians.
First the pool by itself, from starting the workers to the last part. Processor time is that of the workers: it does
not grow where others keep the processors busy, so its ratio is what the second worker costs in itself. Then the whole
command, whose own start no worker shortens; and, as what the machine allows, two commands of one worker at once, each
with half the people: two processors that share power and memory do less together than twice what one does.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from multiprocessing import forkserver
from pathlib import Path

from bandwright.catalogue.studies import read_study
from bandwright.catalogue.study import Study
from bandwright.service.sweep.beginning import begun
from bandwright.service.sweep.job import Job, job_of, judge_shard
from bandwright.service.sweep.parts import merge, part_bytes, schema_of
from bandwright.service.sweep.pool import LocalPool
from bandwright.service.sweep.rows import rows_of
from bandwright.service.sweep.shards import Shard, shards_of

GRID = """
[cohort]
people = {people}
seed = 1
[[setup]]
id = "row"
exercise = "standing-band-row"
[[setup.vary]]
what = "band.band"
values = ["rogue-monster-1", "rogue-monster-2", "rogue-monster-3", "rogue-monster-4"]
[[setup.vary]]
what = "band.from.x_m"
range = {{ min = 1.4, max = {far}, step = 0.01 }}
"""

FAR = 1.89
"""Where the grid of what is timed ends: 200 set-ups [m]."""

PEOPLE = 36
"""Of the command's study, which makes it 7200 rows: a minute's work for one worker."""


def study_of(people: int, far: float) -> Study:
    """People rowing four bands at many distances."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "study.toml"
        path.write_text(GRID.format(people=people, far=far), encoding="utf-8")
        return read_study(path)


def cost_of_a_row() -> None:
    """Processor time of posing a person and of judging a set-up, in one process; bytes kept of it."""
    small, large = study_of(1, 1.4), study_of(1, 2.39)
    judge_shard(job_of(small), shards_of(small)[0])
    started = time.process_time()
    for seed in (2, 3, 4):
        member = study_of(seed, 1.4)
        last = shards_of(member)[-1]
        judge_shard(job_of(member), Shard(0, 0, last.members[-1:], 0, 1))
    posing = (time.process_time() - started) / 3
    started = time.process_time()
    for shard in shards_of(large):
        judge_shard(job_of(large), shard)
    row = (time.process_time() - started) / large.rows
    print(
        f"a person posed and judged once: {posing:.2f} s; a set-up more: {1e3 * row:.2f} ms = {1 / row:.0f}/s",
        flush=True,
    )
    schema, rows = schema_of(large), [row for shard in shards_of(large) for row in rows_of(large, shard)]
    with tempfile.TemporaryDirectory() as folder:
        part = Path(folder) / "part.parquet"
        part.write_bytes(part_bytes(rows * 100, schema))
        started = time.process_time()
        merge([part] * 3, schema, Path(folder) / "all.parquet")
        merging = (time.process_time() - started) / (300 * len(rows))
    size = len(part_bytes(rows, schema)) / len(rows)
    print(f"kept: {size:.0f} bytes a row; made one table: {1e6 * merging:.1f} µs a row", flush=True)


def timed(workers: int, job: Job, shards: Sequence[Shard]) -> tuple[float, float]:
    """Wall and workers' processor time of a pool [s]."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    # The program loads the engine for its workers while it is itself loaded, so that they need not wait for it.
    begun(int).join()
    started = time.perf_counter()
    done = sum(1 for _ in LocalPool(workers)(job, shards))
    wall = time.perf_counter() - started
    # What forked them off, so that its time is counted and the next pool begins afresh.
    forkserver._forkserver._stop()  # type: ignore[attr-defined]  # noqa: SLF001
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done != len(shards):
        raise SystemExit("parts were lost")
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def commanded(folder: Path, *commands: tuple[int, int]) -> float:
    """Wall time of `bandwright sweep` for so many people with so many workers, all at once [s]."""
    running = []
    started = time.perf_counter()
    for index, (people, workers) in enumerate(commands):
        study, out = folder / f"{index}.toml", folder / f"{index}-rows"
        study.write_text(GRID.format(people=people, far=FAR), encoding="utf-8")
        words = [
            sys.executable,
            "-m",
            "bandwright",
            "sweep",
            str(study),
            "--out",
            str(out),
            "--workers",
            str(workers),
        ]
        running.append(subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))  # noqa: S603
    codes = [one.wait() for one in running]
    wall = time.perf_counter() - started
    if any(codes):
        raise SystemExit(f"a sweep ended with {codes}")
    return wall


def whole_command(rounds: int) -> None:
    """Wall time of the command with one worker, with two, and of two commands that share nothing but the machine."""
    found = []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            one = commanded(Path(folder), (PEOPLE, 1))
        with tempfile.TemporaryDirectory() as folder:
            two = commanded(Path(folder), (PEOPLE, 2))
        with tempfile.TemporaryDirectory() as folder:
            apart = commanded(Path(folder), (PEOPLE // 2, 1), (PEOPLE // 2, 1))
        found.append((one, two, apart))
        print(
            f"the command for {PEOPLE} people: {one:.1f} s with one worker, {two:.1f} s with two: "
            f"{one / two / 2:.0%}; {apart:.1f} s as two commands of one: {one / apart / 2:.0%}",
            flush=True,
        )
    whole = statistics.median(one / two / 2 for one, two, _ in found)
    machine = statistics.median(one / apart / 2 for one, _, apart in found)
    print(f"efficiency of the whole command with two: {whole:.0%}; of two commands of one: {machine:.0%}")


def second_worker(pairs: int) -> None:
    """Wall and processor time with one worker and with two, by turns; what a worker's start costs."""
    study = study_of(12, FAR)
    job, shards = job_of(study), shards_of(study)
    found: dict[int, list[tuple[float, float]]] = {1: [], 2: []}
    starts = []
    for _ in range(pairs):
        starts.append(timed(1, job, [Shard(0, 0, study.members[:1], 0, 1)])[1])
        for workers, times in found.items():
            times.append(timed(workers, job, shards))
    start = statistics.median(starts)
    for workers, times in found.items():
        wall, work = (statistics.median(part) for part in zip(*times, strict=True))
        rate = (1e3 * part / study.rows for part in (wall, work, work - workers * start))
        print(
            f"{workers} worker{'s' * (workers > 1)}: {wall:.1f} s, {work:.1f} s of processor time; a row: "
            "{:.1f} ms of wall, {:.1f} ms of processor time, {:.1f} ms without starting".format(*rate),
            flush=True,
        )
    pairs_of = list(zip(found[1], found[2], strict=True))
    wall = statistics.median(one[0] / (2 * two[0]) for one, two in pairs_of)
    work = statistics.median(one[1] / two[1] for one, two in pairs_of)
    steady = statistics.median((one[1] - start) / (two[1] - 2 * start) for one, two in pairs_of)
    print(f"{study.rows} rows in {len(shards)} parts; a worker's start: {start:.1f} s of processor time")
    print(
        f"efficiency of two: {wall:.0%} by wall time, {work:.0%} by processor time, {steady:.0%} without their start"
    )


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    cost_of_a_row()
    second_worker(count)
    whole_command(count)
