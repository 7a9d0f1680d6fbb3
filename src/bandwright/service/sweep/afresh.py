"""A shard judged in a new process, for a process that has compiled: what it loads then rounds as everywhere else."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from typing import TYPE_CHECKING, Final

from bandwright.errors import Problem, SolverError

if TYPE_CHECKING:
    from bandwright.service.sweep.job import Job
    from bandwright.service.sweep.shards import Shard

DEPTH: Final = "BANDWRIGHT_AFRESH"
"""Environment variable: how many processes stand above this one, each begun because the one above compiled."""

DEEPEST: Final = 2
"""Where nothing compiled can be kept, new processes compile as well and are no better: then it is left at that."""


def may_go_deeper() -> bool:
    """Whether another process could do better than this one."""
    return int(os.environ.get(DEPTH, "0")) < DEEPEST


def judged_afresh(job: Job, shard: Shard) -> bytes:
    """The file of one shard, made in a new process.

    Raises:
        SolverError: that process failed.
    """
    depth = int(os.environ.get(DEPTH, "0")) + 1
    done = subprocess.run(  # noqa: S603 — this very program
        [sys.executable, "-m", __name__],
        input=pickle.dumps((job, shard)),
        env={**os.environ, DEPTH: str(depth)},
        capture_output=True,
        check=False,
    )
    if done.returncode != 0:
        said = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise SolverError(
            Problem("worker-failed", f"A process of its own for part {shard.index} failed: {said}")
        )
    return done.stdout


def main() -> None:
    """Judges the shard on stdin and writes its file to stdout; whatever else is printed goes to stderr."""
    from bandwright.service.sweep.job import judge_shard  # noqa: PLC0415 — it imports this module

    answer = os.dup(1)
    os.dup2(2, 1)
    job, shard = pickle.load(sys.stdin.buffer)  # noqa: S301 — written by the process that began this one
    with os.fdopen(answer, "wb") as out:
        out.write(judge_shard(job, shard))


if __name__ == "__main__":
    main()
