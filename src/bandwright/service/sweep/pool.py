"""Workers on this computer: a process each, given one shard after another; one that dies is replaced."""

from __future__ import annotations

import multiprocessing
import signal
import traceback
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Final

from bandwright.errors import Problem, SolverError
from bandwright.numerics.witness import compiled_here
from bandwright.service.sweep.beginning import begun
from bandwright.service.sweep.job import Job, judge_shard
from bandwright.service.sweep.shards import Shard

MOST_DEATHS: Final = 3
"""A shard whose worker has died so often is not tried again."""


@dataclass(slots=True)
class _Worker:
    """A process, the pipe to it and what it is working on."""

    process: BaseProcess
    pipe: Connection
    shard: Shard | None = None


@dataclass(frozen=True, slots=True)
class LocalPool:
    """So many processes of this computer."""

    workers: int

    def __call__(self, job: Job, shards: Sequence[Shard]) -> Iterator[tuple[int, bytes]]:
        """Judges every shard; leaves no process behind however it ends.

        Raises:
            SolverError: a shard's worker died again and again.
        """
        waiting, deaths = deque(shards), dict.fromkeys(range(len(shards)), 0)
        team: list[_Worker] = []
        try:
            team += (_hire(job) for _ in range(min(self.workers, len(shards))))
            while waiting or any(one.shard for one in team):
                _hand_out(team, waiting)
                for pipe in wait([one.pipe for one in team if one.shard]):
                    worker = next(one for one in team if one.pipe is pipe)
                    done = _answer(worker)
                    if done is not None:
                        yield done
                        continue
                    _put_back(worker, waiting, deaths)
                    team[team.index(worker)] = _hire(job)
        finally:
            for one in team:
                one.process.kill()
                one.process.join()


def _hire(job: Job) -> _Worker:
    ours, theirs = multiprocessing.Pipe()
    process = begun(work, theirs, job)
    theirs.close()
    return _Worker(process, ours)


def _hand_out(team: list[_Worker], waiting: deque[Shard]) -> None:
    for one in team:
        if one.shard is None and waiting:
            one.shard = waiting.popleft()
            # Where it has died idle, reading from it will say so.
            with suppress(BrokenPipeError):
                one.pipe.send(one.shard)


def _answer(worker: _Worker) -> tuple[int, bytes] | None:
    """Index and file of what a worker has done, or None when it has died.

    Raises:
        Exception: what went wrong in the worker.
    """
    try:
        done = worker.pipe.recv()
    except (EOFError, ConnectionResetError):
        return None
    if isinstance(done, Exception):
        raise done
    shard, worker.shard = worker.shard, None
    return (shard.index, done) if shard is not None else None


def _put_back(worker: _Worker, waiting: deque[Shard], deaths: dict[int, int]) -> None:
    shard = worker.shard
    if shard is None:
        return
    deaths[shard.index] = deaths.get(shard.index, 0) + 1
    if deaths[shard.index] >= MOST_DEATHS:
        said = f"Part {shard.index} was given to {MOST_DEATHS} workers, and none of them lived to answer."
        hint = "If nothing above says why, memory ran out: take fewer workers. What is done is kept."
        raise SolverError(Problem("worker-died", said, hint=hint))
    waiting.appendleft(shard)


def work(pipe: Connection, job: Job) -> None:
    """A worker's life: judges what it is sent until nobody sends any more, or it has had to compile."""
    # Ctrl-C is for the one who started us; so is what is left when it ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            shard = pipe.recv()
        except EOFError:
            return
        try:
            pipe.send(judge_shard(job, shard))
        except BrokenPipeError:
            return
        except Exception as error:  # noqa: BLE001 — said where somebody reads it
            error.add_note(traceback.format_exc())
            pipe.send(error)
        if compiled_here():
            # Whatever it judges takes a process of its own; a new worker, which finds all compiled, needs none.
            return
