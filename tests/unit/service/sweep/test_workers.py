"""The same table to the last bit whoever works and whatever happens to them: real processes, real signals."""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, cast

import pytest

from bandwright.errors import InputError, SolverError
from bandwright.service.sweep import pool
from bandwright.service.sweep.cluster import Cluster
from bandwright.service.sweep.job import Job, job_of, judge_shard
from bandwright.service.sweep.pool import MOST_DEATHS, LocalPool
from bandwright.service.sweep.run import Progress, sweep
from bandwright.service.sweep.shards import shards_of
from tests.unit.service.sweep.deadly import killed_at_once
from tests.unit.service.sweep.studies import SIX_SHARDS, here, study_of

PROGRAM: Final = Path(sys.executable).with_name("bandwright")
PATIENCE_S: Final = 240.0


def until(there: Path, process: subprocess.Popen[str] | None = None) -> None:
    """Waits for a file, as long as the process that is to make it lives."""
    limit = time.monotonic() + PATIENCE_S
    while not there.exists():
        assert time.monotonic() < limit
        if process is not None and process.poll() is not None:
            pytest.fail(f"it ended: {process.communicate()}")
        time.sleep(0.02)


def test_one_worker_is_ended_and_two_finish(whole: bytes, tmp_path: Path) -> None:
    """A worker killed at work: its part is judged by another, none is lost, none double."""
    killed: list[int | None] = []

    def watch(now: Progress) -> None:
        if now.done == 1 and not killed:
            victim = multiprocessing.active_children()[0]
            victim.kill()
            killed.append(victim.pid)

    found = sweep(study_of(SIX_SHARDS, tmp_path), tmp_path / "out", LocalPool(2), watch)
    assert killed
    assert found.table.read_bytes() == whole
    assert multiprocessing.active_children() == []


def test_killed_and_stopped_and_gone_on_with(whole: bytes, tmp_path: Path) -> None:
    """The whole program killed, then Ctrl-C, then to the end: what to type is said, and the table is the same."""
    study = study_of(SIX_SHARDS, tmp_path)
    words = [str(PROGRAM), "sweep", "study.toml", "--out", "out", "--workers", "1"]
    parts = tmp_path / "out" / "parts"
    with started(words, tmp_path) as first:
        until(parts / "000000.parquet", first)
        first.kill()
        first.communicate()
    kept = {path.name: path.stat().st_mtime_ns for path in parts.glob("*.parquet")}
    assert 1 <= len(kept) < 6
    with started(words, tmp_path) as second:
        until(parts / f"{len(kept):06d}.parquet", second)
        second.send_signal(signal.SIGINT)
        _, said = second.communicate()
    assert second.returncode == 130
    assert "To go on: bandwright sweep study.toml --out out" in said
    assert {name: (parts / name).stat().st_mtime_ns for name in kept} == kept
    assert not (tmp_path / "out" / "sweep.parquet").exists()
    assert sweep(study, tmp_path / "out", here).table.read_bytes() == whole
    assert not parts.exists()


@contextlib.contextmanager
def started(words: list[str], folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A program at work, which is not left behind."""
    with subprocess.Popen(
        words, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def test_a_part_that_no_worker_survives_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not tried for ever: what is wrong is said, and no process is left."""
    shards = shards_of(study_of(SIX_SHARDS, tmp_path))[:1]
    deaths: list[int] = []
    put_back = pool._put_back

    def counted(*given: Any) -> None:
        deaths.append(len(deaths))
        put_back(*given)

    monkeypatch.setattr(pool, "_put_back", counted)
    monkeypatch.setattr(pool, "work", killed_at_once)
    with pytest.raises(SolverError, match="none of them lived"):
        list(LocalPool(1)(cast("Job", None), shards))
    assert len(deaths) == MOST_DEATHS
    assert multiprocessing.active_children() == []


def test_a_cluster_that_loses_a_worker(whole: bytes, tmp_path: Path) -> None:
    """A real scheduler and two workers, one of them killed at work: the same table."""
    lacking = "distributed is not installed: pip install 'bandwright[cluster]'"
    distributed = pytest.importorskip("distributed", reason=lacking)
    address = tmp_path / "scheduler.json"
    dask = [sys.executable, "-W", "ignore", "-m"]
    scheduler = [*dask, "distributed.cli.dask_scheduler", "--no-dashboard", "--port", "0"]
    scheduler += ["--host", "127.0.0.1", "--scheduler-file", str(address)]
    worker = [*dask, "distributed.cli.dask_worker", "--scheduler-file", str(address), "--no-dashboard"]
    worker += ["--nthreads", "1", "--no-nanny", "--host", "127.0.0.1", "--local-directory", str(tmp_path)]
    with (
        started(scheduler, tmp_path) as head,
        started(worker, tmp_path) as one,
        started(worker, tmp_path) as other,
    ):
        until(address, head)
        with distributed.Client(scheduler_address(address), set_as_default=False) as client:
            client.wait_for_workers(2, PATIENCE_S)
        found = sweep(
            study_of(SIX_SHARDS, tmp_path),
            tmp_path / "out",
            Cluster(scheduler_address(address)),
            lambda now: one.kill() if now.done == 1 else None,
        )
        assert other.poll() is None
    assert one.returncode == -signal.SIGKILL
    assert found.table.read_bytes() == whole


def scheduler_address(file: Path) -> str:
    """The address a scheduler has written down."""
    return str(json.loads(file.read_text(encoding="utf-8"))["address"])


def test_a_worker_with_another_version_is_refused(tmp_path: Path) -> None:
    """Rows of two versions are never mixed: the worker says what it has and what is wanted."""
    study = study_of(SIX_SHARDS, tmp_path)
    job = Job(job_of(study).study, {**job_of(study).engine, "program": "bandwright 99"})
    with pytest.raises(InputError, match="another program"):
        judge_shard(job, shards_of(study)[0])
