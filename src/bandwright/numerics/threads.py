"""Compiled work shared out over threads.

Threads of our own rather than numba's: those refuse to be started from two places at once, as a web server would.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache, partial
from threading import Lock
from typing import Final, TypeVar

T = TypeVar("T")

Sharing = tuple[int, int, Callable[[int, int], None]]
"""What `share_out` takes: how many cases there are, how many make a piece, and the work."""

PROCESSORS: Final = os.cpu_count() or 1

AHEAD: Final = 2
"""Jobs per thread that are drawn before the first one is waited for."""

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
    begin(count, step, work, threads)()


def begin(
    count: int, step: int, work: Callable[[int, int], None], threads: int | None = None
) -> Callable[[], None]:
    """Like `share_out`, but the other threads alone begin; to call what is returned does what is left then."""
    pieces = _pieces(count, step, work)
    return _begin(lambda: pieces, -(-count // step), threads)


def begin_after(prepare: Callable[[], Sharing], threads: int | None = None) -> Callable[[], None]:
    """Like `begin`, of work that whichever thread comes first prepares, while the others wait for it."""
    return _begin(once(lambda: _pieces(*prepare())), PROCESSORS, threads)


def _pieces(count: int, step: int, work: Callable[[int, int], None]) -> Iterator[Callable[[], None]]:
    # Taking the next one of a list's iterator is one step for Python: no piece is taken twice.
    return iter([partial(work, first, min(first + step, count)) for first in range(0, count, step)])


def _begin(
    pieces: Callable[[], Iterator[Callable[[], None]]], most: int, threads: int | None
) -> Callable[[], None]:
    """`begin` with pieces that all threads take from; `most` is how many threads they can keep busy."""
    threads = 1 if _ALONE.get() else threads or PROCESSORS

    def some() -> None:
        for piece in pieces():
            piece()

    asked = [_pool(threads - 1, os.getpid()).submit(some) for _ in range(min(threads - 1, most))]

    def finish() -> None:
        try:
            some()
        finally:
            # One who has not begun by now, others' work being in the way, would find nothing left.
            begun = [one for one in asked if not one.cancel()]
            for one in begun:
                one.exception()
        for one in begun:
            one.result()

    return finish


def once(work: Callable[[], T]) -> Callable[[], T]:
    """The work, done by the first thread that asks for what it gives; one that asks meanwhile waits."""
    lock, found = Lock(), list[T]()

    def result() -> T:
        with lock:
            if not found:
                found.append(work())
            return found[0]

    return result


def side_by_side(jobs: Iterable[Callable[[], T]], threads: int | None = None) -> Generator[T, None, None]:
    """What the jobs give, in their order, while the next ones are being done on as many threads as processors.

    The first is done alone, so that whoever waits for it need not share the processors. The jobs are drawn by the
    caller, a few ahead; when it closes the generator, those not begun are never done.

    Args:
        jobs: each does its work without a look at the others'.
        threads: as in `share_out`.
    """
    threads = 1 if _ALONE.get() else threads or PROCESSORS
    if threads == 1:
        for job in jobs:
            yield job()
        return
    crew = ThreadPoolExecutor(threads, thread_name_prefix="side")
    ahead: deque[Future[T]] = deque()
    try:
        for number, job in enumerate(jobs):
            ahead.append(crew.submit(job))
            if number == 0 or len(ahead) > AHEAD * threads:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()
    finally:
        crew.shutdown(wait=True, cancel_futures=True)


@lru_cache(maxsize=8)
def _pool(threads: int, process: int) -> ThreadPoolExecutor:
    """Threads kept for all callers of one process: to start them takes longer than most of the work."""
    return ThreadPoolExecutor(threads, thread_name_prefix=f"share-{process}")
