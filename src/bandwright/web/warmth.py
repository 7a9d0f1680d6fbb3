"""Whether the engine has been loaded, or why it could not be."""

from __future__ import annotations

import logging
from concurrent.futures import CancelledError, Future
from typing import Final

from bandwright.errors import BandwrightError

LOGGER: Final = logging.getLogger("bandwright.web")


class Warmth:
    """What became of the engine's first work; without any, it counts as done."""

    def __init__(self) -> None:
        self._work: Future[None] | None = None

    def watch(self, work: Future[None]) -> None:
        """Follows this work; a failure is written to the server's log as soon as it happens."""
        self._work = work
        work.add_done_callback(_logged)

    @property
    def ready(self) -> bool:
        """Whether the work is done, and well."""
        return self._work is None or (self._work.done() and _error(self._work) is None)

    @property
    def failure(self) -> str | None:
        """Why the engine could not be loaded; `None` while it is being loaded, and once it is."""
        if self._work is None or not self._work.done():
            return None
        error = _error(self._work)
        return None if error is None else _told(error)


def _error(work: Future[None]) -> BaseException | None:
    try:
        return work.exception()
    except CancelledError as stopped:  # the server was stopped before its turn came
        return stopped


def _logged(work: Future[None]) -> None:
    error = _error(work)
    if error is not None and not isinstance(error, CancelledError):
        LOGGER.error("The engine could not be loaded: %s", _told(error), exc_info=error)


def _told(error: BaseException) -> str:
    """In a person's words where it was raised on purpose; else its kind and what it says."""
    if isinstance(error, BandwrightError) and error.problems:
        return " ".join(problem.message for problem in error.problems)
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
