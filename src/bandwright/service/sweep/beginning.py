"""How a worker's process begins.

On Linux it is forked off a process that has loaded the engine and runs no thread: that is done once for all workers,
and while this program loads it too. Elsewhere it is a fresh interpreter. It is never forked off this program, whose
threads' locks it would carry along.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from typing import Any, Final

FORKED: Final = sys.platform == "linux"
"""Elsewhere forking is not to be had, or the system's own libraries do not bear it."""

ENGINE: Final = "bandwright.service.sweep.loaded"
"""The module that loads what every worker needs."""

ONE_THREAD: Final = {
    "MKL_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
}
"""Workers fill the processors, so the libraries in them must not start threads of their own."""


def load_ahead() -> None:
    """Begins to load the engine for workers to come, and does not wait for it."""
    if FORKED:
        from multiprocessing import forkserver  # noqa: PLC0415 — not to be had everywhere

        multiprocessing.set_forkserver_preload([ENGINE])
        with _environment(ONE_THREAD):
            forkserver.ensure_running()


def begun(life: Callable[..., object], *given: Any) -> BaseProcess:  # noqa: ANN401 — whatever it takes
    """A worker's process, its life begun; it finds the environment of this one."""
    load_ahead()
    context = multiprocessing.get_context("forkserver") if FORKED else multiprocessing.get_context("spawn")
    with _environment(ONE_THREAD):
        process = context.Process(target=_live, args=(dict(os.environ), life, *given), daemon=True)
        process.start()
    return process


def _live(environment: Mapping[str, str], life: Callable[..., object], *given: Any) -> None:  # noqa: ANN401 — as above
    # What this was forked off may have begun under another.
    os.environ.clear()
    os.environ.update(environment)
    life(*given)


@contextmanager
def _environment(settings: Mapping[str, str]) -> Iterator[None]:
    """Inside, new processes find these settings unless the person has set them."""
    added = [name for name in settings if name not in os.environ]
    os.environ.update({name: settings[name] for name in added})
    try:
        yield
    finally:
        for name in added:
            del os.environ[name]
