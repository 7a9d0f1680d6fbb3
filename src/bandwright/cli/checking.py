"""`bandwright check`."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from bandwright.cli.arguments import Json


def check(
    folder: Annotated[
        str | None, Parameter(help="A folder, or one file; left out: your own exercises.")
    ] = None,
    /,
    *,
    json: Json = False,
) -> int:
    """Check exercise and set-up files, and list every problem at once.

    Try:
      bandwright check
      bandwright check my-exercises
      bandwright check my-row.toml --json

    Args:
        folder: A folder, or one file; left out: your own exercises and bands.
        json: Print JSON and nothing else on stdout.
    """
    from bandwright.cli.checked import run_check  # noqa: PLC0415 — reading all exercises takes a second

    return run_check(folder, as_json=json)
