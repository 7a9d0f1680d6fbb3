"""The engine loaded for every worker that is forked off this process, which therefore must start no thread.

So pyarrow is left to the workers: the allocator that comes with it has a thread.
"""

from __future__ import annotations

from bandwright.lazy import tune_interpreter

tune_interpreter()

from bandwright.numerics.kept import make_ready  # noqa: E402 — tuned
from bandwright.service.sweep import rows  # noqa: E402 — as above

__all__ = ["rows"]

make_ready()
