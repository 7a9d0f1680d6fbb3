"""How a worker's process begins: off one that runs no thread, with the engine loaded, in the environment of now."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys

import pytest

from bandwright.catalogue.own_files import DATA
from bandwright.service.sweep.beginning import ENGINE, ONE_THREAD, begun
from tests.unit.service.sweep.newborn import tells

ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a worker is a fresh interpreter")


@ON_LINUX
def test_what_workers_are_forked_off_runs_one_thread() -> None:
    """A fork carries along one thread, and whatever locks the others hold."""
    script = f"import os, {ENGINE}; print(len(os.listdir('/proc/self/task')))"
    said = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, **ONE_THREAD},
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == "1"


def test_a_worker_finds_the_environment_of_now(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not that of when the engine was loaded; and one thread for every library, unless the person wants more."""
    told(DATA)
    monkeypatch.setenv(DATA, "/elsewhere")
    monkeypatch.setenv("OMP_NUM_THREADS", "3")
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    assert told(DATA)[0] == "/elsewhere"
    assert told("OMP_NUM_THREADS")[0] == "3"
    assert told("OPENBLAS_NUM_THREADS")[0] == "1"
    assert "OPENBLAS_NUM_THREADS" not in os.environ


@ON_LINUX
def test_a_worker_finds_the_engine_loaded() -> None:
    """Without having loaded anything itself."""
    assert told(DATA)[1]


def told(name: str) -> tuple[str | None, bool]:
    """What a new worker finds under a name of its environment, and whether the engine is loaded in it."""
    ours, theirs = multiprocessing.Pipe()
    process = begun(tells, theirs, name)
    theirs.close()
    found: tuple[str | None, bool] = ours.recv()
    process.join()
    return found
