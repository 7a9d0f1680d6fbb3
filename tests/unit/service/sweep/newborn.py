"""A worker that only says what it finds; imports nothing of the engine, which it looks for."""

from __future__ import annotations

import os
import sys
from multiprocessing.connection import Connection


def tells(pipe: Connection, name: str) -> None:
    """A worker's life: sends what stands in its environment, and whether the engine is there."""
    pipe.send((os.environ.get(name), "bandwright.service.sweep.loaded" in sys.modules))
