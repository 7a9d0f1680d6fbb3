"""`bandwright sweep`."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from bandwright.cli.arguments import Json


def sweep(
    study: str,
    /,
    *,
    out: Annotated[
        str | None, Parameter(help="Folder for the table; left out: the study's name and -sweep.")
    ] = None,
    workers: Annotated[
        int | None, Parameter(help="Processes on this computer; left out: one for each processor.")
    ] = None,
    scheduler: Annotated[
        str | None, Parameter(help="Use a Dask cluster instead: its scheduler, e.g. tcp://10.0.0.5:8786.")
    ] = None,
    json: Json = False,
) -> int:
    """Judge a cohort of people in many set-ups, into one Parquet table.

    The study file says who, which set-ups and what is varied; one to begin with is
    examples/study.toml, and docs/sweeps.md says what the columns mean. Ctrl-C stops;
    the same command goes on where it stopped.

    Try:
      bandwright sweep examples/study.toml
      bandwright sweep my-study.toml --out my-rows --workers 4
      bandwright sweep my-study.toml --scheduler tcp://127.0.0.1:8786 --json

    Args:
        study: A study's file (.toml).
        out: Where the table goes.
        workers: How many processes work.
        scheduler: Where a cluster's scheduler answers.
        json: Print JSON and nothing else on stdout.
    """
    if scheduler is None:
        from bandwright.service.sweep.beginning import load_ahead  # noqa: PLC0415 — only where it is wanted

        load_ahead()
    from bandwright.cli.swept import run_sweep  # noqa: PLC0415 — the engine takes two seconds to load

    return run_sweep(study, out, workers, scheduler, as_json=json)
