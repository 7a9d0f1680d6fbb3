"""Compiled work shared out over threads.

Threads of our own rather than numba's: those refuse to be started from two places at once, as a web server would.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

_ALONE: Final = ContextVar("alone", default=False)


@contextmanager
def one_thread() -> Iterator[None]:
    """Inside, nothing is shared out: for one of many processes that fill the processors together."""
    token = _ALONE.set(True)
    try:
        yield
    finally:
        _ALONE.reset(token)


def share_out(count: int, step: int, work: Callable[[int, int], None], threads: int | None = None) -> None:
    """Run `work(first, last)` over 0 … count in pieces of `step`, on as many threads as there are processors.

    The pieces are the same for any number of threads, so the results are too.

    Args:
        count: how many cases there are.
        step: cases per piece.
        work: writes its results for the cases first … last − 1 and touches no others.
        threads: how many threads; None means one per processor, and 1 means none but the present one.
    """
    threads = 1 if _ALONE.get() else threads or os.cpu_count() or 1
    pieces = [(first, min(first + step, count)) for first in range(0, count, step)]
    if threads == 1 or len(pieces) <= 1:
        for piece in pieces:
            work(*piece)
        return
    with ThreadPoolExecutor(threads) as pool:
        for done in [pool.submit(work, *piece) for piece in pieces]:
            done.result()
