"""What `bandwright sweep` does."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Final

from bandwright.catalogue.own_files import own_exercises
from bandwright.catalogue.studies import read_study
from bandwright.catalogue.study import Study
from bandwright.cli.front import INTERRUPTED
from bandwright.cli.gathering import command_line
from bandwright.cli.output import show, tell, write_json
from bandwright.cli.progress import progress
from bandwright.cli.typed import SWEEP, typed
from bandwright.errors import BandwrightError, Problem
from bandwright.service.own_bands import find_band
from bandwright.service.sweep.job import Backend
from bandwright.service.sweep.run import Progress, Swept, Watch, sweep

SCHEMA: Final = "bandwright.sweep/1"
MOST_WORKERS: Final = 512


def run_sweep(
    text: str, out: str | None, workers: int | None, scheduler: str | None, *, as_json: bool
) -> int:
    """Judges a study and says where the table is; answers the exit code."""
    with command_line() as also:
        also.tell(_worker_problems(workers, scheduler))
        study = read_study(Path(text).expanduser(), own_exercises(), find_band)
    backend = _backend(workers, scheduler)
    folder = Path(out).expanduser() if out is not None else Path(f"{Path(text).stem}-sweep")
    tell(f"{_people(study)}, {_set_ups(study)} each.")
    try:
        with _watched(_waiting(workers, scheduler), quietly=as_json) as watch:
            found = sweep(study, folder, backend, watch)
    except BandwrightError as error:
        raise type(error)(*typed(error.problems, SWEEP)) from error
    except KeyboardInterrupt:
        tell(_to_go_on(text, folder, scheduler))
        return INTERRUPTED
    if as_json:
        write_json({"schema": SCHEMA, **asdict(found), "table": str(found.table)})
    else:
        show(*_said(found))
    return 0


def _worker_problems(workers: int | None, scheduler: str | None) -> Iterator[Problem]:
    if workers is not None and scheduler is not None:
        hint = "A cluster has workers of its own: leave --workers or --scheduler out."
        said = "--workers are this computer's, and --scheduler asks a cluster."
        yield Problem("two-backends", said, hint=hint, path="--workers")
    elif workers is not None and not 1 <= workers <= MOST_WORKERS:
        allowed = (f"from 1 to {MOST_WORKERS}",)
        said = f"{workers} workers cannot be."
        yield Problem("bad-workers", said, allowed, hint="Example: --workers 2", path="--workers")


def _backend(workers: int | None, scheduler: str | None) -> Backend:
    if scheduler is not None:
        from bandwright.service.sweep.cluster import Cluster  # noqa: PLC0415 — only where it is wanted

        return Cluster(scheduler)
    from bandwright.service.sweep.pool import LocalPool  # noqa: PLC0415 — as above

    return LocalPool(workers or os.cpu_count() or 1)


def _people(study: Study) -> str:
    count = len(study.members)
    return f"{count} people" if count != 1 else "1 person"


def _set_ups(study: Study) -> str:
    count = sum(one.size for one in study.setups)
    words = [f"{count} set-up{'s' if count != 1 else ''}"] if count else []
    words += [f"the designer's best {study.design.top}"] if study.design else []
    return " and ".join(words)


@contextmanager
def _watched(waiting: str, *, quietly: bool) -> Iterator[Watch]:
    """Progress on stderr; `waiting` is said until the first part is there."""
    with progress("Looking what is done already", quietly=quietly) as report:

        def watch(now: Progress) -> None:
            words = "Parts"
            if now.done == now.total:
                words = "Making one table"
            elif now.done == now.before:
                words = waiting
            report(words, now.done, now.total)

        yield watch


def _waiting(workers: int | None, scheduler: str | None) -> str:
    if scheduler is not None:
        return "Waiting for the cluster's first part"
    count = workers or os.cpu_count() or 1
    return f"Starting {count} worker{'s' if count != 1 else ''} (a minute when newly installed)"


def _to_go_on(text: str, folder: Path, scheduler: str | None) -> str:
    words = ["bandwright", "sweep", text, "--out", str(folder)]
    words += ["--scheduler", scheduler] if scheduler else []
    return f"Stopped; the parts that were done are kept. To go on: {shlex.join(words)}"


def _said(found: Swept) -> Iterator[str]:
    yield f"{found.rows} rows in {found.table}"
    for name, counts in (("status", found.status), ("grade", found.grade)):
        if counts:
            yield f"{name}: " + ", ".join(f"{word} {count}" for word, count in counts.items())
    yield "docs/sweeps.md says what the columns mean and how to read them."
