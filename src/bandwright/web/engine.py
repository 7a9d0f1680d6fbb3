"""The engine behind the server: one thread that answers questions in turn, so that the server stays awake."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final, TypeVar

from bandwright.errors import Problem
from bandwright.web.faults import BUSY, StoppedError
from bandwright.web.settings import WebSettings

T = TypeVar("T")

WAIT: Final = "Ask again in a moment."


class Engine:
    """Runs the engine's work in one thread, which is there from the first question until `close`.

    A body's model is not safe to share between threads, and Python runs one thread at a time anyway: a second
    one would only make every answer take longer.
    """

    def __init__(self, settings: WebSettings) -> None:
        self._settings = settings
        self._thread: ThreadPoolExecutor | None = None
        self._waiting = 0

    async def run(self, work: Callable[[], T]) -> T:
        """The answer of some work.

        Raises:
            StoppedError: too many questions wait, the answer took too long, or the server is being stopped.
        """
        if self._waiting >= self._settings.most_waiting:
            raise StoppedError(BUSY, Problem("busy", "Too many questions are waiting.", hint=WAIT))
        self._waiting += 1
        try:
            job = asyncio.wrap_future(self.begin(work))
            return await asyncio.wait_for(job, self._settings.longest_s)
        except TimeoutError as error:
            said = f"The answer took more than {self._settings.longest_s:g} s."
            raise StoppedError(BUSY, Problem("too-slow", said, hint=WAIT)) from error
        except asyncio.CancelledError as error:
            # The server is being stopped: whoever still waits is told so instead of being cut off with a traceback.
            raise StoppedError(
                BUSY, Problem("stopping", "The server is being stopped.", hint=WAIT)
            ) from error
        finally:
            self._waiting -= 1

    def begin(self, work: Callable[[], T]) -> Future[T]:
        """Starts some work that need not be waited for."""
        if self._thread is None:
            self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="engine")
        return self._thread.submit(work)

    def close(self) -> None:
        """Stops; work that has not begun is dropped."""
        if self._thread is not None:
            self._thread.shutdown(wait=False, cancel_futures=True)
        self._thread = None
