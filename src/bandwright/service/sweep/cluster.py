"""Workers of a Dask cluster that somebody has started; the scheduler hands on what a dead worker leaves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bandwright.errors import InputError, Problem, SolverError
from bandwright.service.sweep.job import Job, judge_shard
from bandwright.service.sweep.shards import Shard

WHERE = "scheduler"

WAIT_S = 15
"""How long a scheduler may take to answer [s]."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """The cluster behind a scheduler's address, such as ``tcp://10.0.0.5:8786``."""

    address: str

    def __call__(self, job: Job, shards: Sequence[Shard]) -> Iterator[tuple[int, bytes]]:
        """Judges every shard.

        Raises:
            InputError: nobody answers there, or a worker has another version.
            SolverError: the workers of one shard died again and again.
        """
        try:
            import distributed  # noqa: PLC0415 — an extra, and slow to load
        except ModuleNotFoundError as error:
            hint = "Install it with: pip install 'bandwright[cluster]'"
            said = "A cluster needs the library 'distributed', which is not installed."
            raise InputError(Problem("no-distributed", said, hint=hint, path=WHERE)) from error
        try:
            client = distributed.Client(self.address, timeout=WAIT_S, set_as_default=False)
        except (OSError, ValueError) as error:
            hint = "Give the address that 'dask scheduler' prints, e.g. tcp://127.0.0.1:8786."
            said = f"No Dask scheduler answers at '{self.address}'."
            raise InputError(Problem("no-scheduler", said, hint=hint, path=WHERE)) from error
        with client:
            everywhere = client.scatter(job, broadcast=True, hash=False)
            pending = {
                client.submit(judge_shard, everywhere, shard, pure=False): shard.index for shard in shards
            }
            finished = distributed.as_completed(
                pending, loop=client.loop, with_results=True, raise_errors=False
            )
            for future, done in finished:
                if future.status == "error":
                    raise _failure(future.exception())
                yield pending.pop(future), done
                future.release()


def _failure(error: BaseException | None) -> BaseException:
    if error is None or type(error).__name__ != "KilledWorker":
        return error or SolverError(Problem("worker-failed", "A worker failed without saying why."))
    hint = "Most often memory ran out: give the workers more. What is done is kept."
    return SolverError(Problem("worker-died", "The workers of one part died again and again.", hint=hint))
