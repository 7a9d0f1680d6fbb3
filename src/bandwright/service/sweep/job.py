"""What a worker needs to judge any shard, and how one is judged; the same on every kind of worker."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

from bandwright.catalogue.study import Study
from bandwright.errors import InputError, Problem
from bandwright.numerics.witness import compiled_here
from bandwright.service.sweep.afresh import judged_afresh, may_go_deeper
from bandwright.service.sweep.fingerprint import engine
from bandwright.service.sweep.parts import part_bytes, schema_of
from bandwright.service.sweep.rows import rows_of
from bandwright.service.sweep.shards import Shard

_ONE_AT_A_TIME: Final = threading.Lock()
"""A posed body is moved from pose to pose, so a process judges one shard after another."""


@dataclass(frozen=True, slots=True)
class Job:
    """A study without its members, who come with their shards, and what it is to be judged with."""

    study: Study
    engine: Mapping[str, str]


class Backend(Protocol):
    """Somewhere to judge shards: answers each one's index and file, in any order."""

    def __call__(self, job: Job, shards: Sequence[Shard]) -> Iterator[tuple[int, bytes]]:
        """Judges every shard."""
        ...


def job_of(study: Study) -> Job:
    """The job of a study, to be judged as this process would."""
    return Job(replace(study, members=()), engine())


def judge_shard(job: Job, shard: Shard) -> bytes:
    """The file of one shard.

    Raises:
        InputError: this worker has another version of the program or other data.
    """
    other = sorted(name for name, text in job.engine.items() if engine().get(name) != text)
    if other:
        said = (
            f"A worker judges with another {' and '.join(other)} than this computer: {engine()['program']}."
        )
        hint = f"Install the same on all of them: {job.engine['program']}."
        raise InputError(Problem("other-worker", said, hint=hint, path="scheduler"))
    with _ONE_AT_A_TIME:
        found = part_bytes(rows_of(job.study, shard), schema_of(job.study))
    # What was compiled here may round otherwise than what all others load (see `numerics.witness`).
    return judged_afresh(job, shard) if compiled_here() and may_go_deeper() else found
