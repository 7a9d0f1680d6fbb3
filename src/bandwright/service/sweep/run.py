"""The use case of a study: judge every shard that is not there yet, then make one table of all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bandwright.catalogue.study import Study
from bandwright.service.sweep.fingerprint import fingerprint, whole
from bandwright.service.sweep.folder import Folder
from bandwright.service.sweep.job import Backend, job_of
from bandwright.service.sweep.parts import merge, part_is_good, schema_of
from bandwright.service.sweep.shards import Shard, shards_of


@dataclass(frozen=True, slots=True)
class Progress:
    """How many shards are done, of how many, and how many of them were there before."""

    done: int
    total: int
    before: int


Watch = Callable[[Progress], object]


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep came to."""

    table: Path
    fingerprint: str
    rows: int
    status: Mapping[str, int]
    grade: Mapping[str, int]


def sweep(study: Study, path: Path, backend: Backend, watch: Watch | None = None) -> Swept:
    """Judges a study into a folder, or goes on where it was left.

    The table is the same to the last bit whatever the backend, however many its workers and however often it
    was stopped.

    Args:
        study: who is judged in what.
        path: the folder, new or left unfinished.
        backend: who judges.
        watch: is told of progress.

    Raises:
        InputError: the folder is another's, or the backend cannot be reached.
        SolverError: a part could not be judged.
    """
    folder, tell = Folder(path), watch or (lambda _: None)
    parts = fingerprint(study)
    folder.claim(parts)
    outcome = folder.outcome()
    if outcome is None:
        shards = shards_of(study)
        _judge(study, shards, folder, backend, tell)
        outcome = folder.finish(lambda at: _merged(study, shards, folder, at))
    folder.tidy()
    return Swept(folder.table, whole(parts), **outcome)


def _judge(study: Study, shards: tuple[Shard, ...], folder: Folder, backend: Backend, tell: Watch) -> None:
    schema = schema_of(study)
    missing = [one for one in shards if not part_is_good(folder.parts / one.name, schema)]
    total, before = len(shards), len(shards) - len(missing)
    done = before
    tell(Progress(done, total, before))
    if not missing:
        return
    names = {one.index: one.name for one in missing}
    for index, content in backend(job_of(study), missing):
        folder.keep(names[index], content)
        done += 1
        tell(Progress(done, total, before))


def _merged(study: Study, shards: tuple[Shard, ...], folder: Folder, at: Path) -> Mapping[str, Any]:
    counts = merge([folder.parts / one.name for one in shards], schema_of(study), at)
    return {"rows": sum(counts["status"].values()), **counts}
