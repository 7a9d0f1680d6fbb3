"""A word on stderr when an answer takes unusually long, so that nobody thinks the program hangs."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

AFTER_S: Final = 6.0
"""An analysis takes three seconds or less once the solver is compiled."""

SAID: Final = (
    "Still working. The first analysis after installing takes a minute or two, while the solvers are compiled; "
    "the next ones take seconds.\n"
)


@contextmanager
def patience(after_s: float = AFTER_S) -> Iterator[None]:
    """Says that it is still working if the work inside takes longer than this [s]."""
    timer = threading.Timer(after_s, _say)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _say() -> None:
    sys.stderr.write(SAID)
    sys.stderr.flush()
