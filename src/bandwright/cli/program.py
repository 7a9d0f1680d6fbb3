"""The commands together: reads a command line, runs it, and turns what goes wrong into words and exit codes."""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from typing import Final

from cyclopts import App, Parameter
from rich.console import Console

from bandwright import __version__
from bandwright.catalogue.own_files import DATA
from bandwright.cli import (
    analysing,
    banding,
    checking,
    comparing,
    designing,
    exercising,
    planning,
    serving,
    strengthening,
    sweeping,
    touring,
)
from bandwright.cli.failures import fail
from bandwright.cli.gathering import misread
from bandwright.cli.help_pages import HelpPages
from bandwright.cli.interruption import interrupts_heard
from bandwright.cli.usage import Usage, read_usage
from bandwright.errors import InputError, Problem

SUMMARY = """What a resistance-band set-up really does: load, strength, effort and muscles.

Start here:
  bandwright serve                              the app, in your browser
  bandwright tour                               three set-ups, judged
  bandwright analyse bent-over-band-row         an exercise with its usual band
  bandwright analyse my-row.toml --json         a set-up of your own, as JSON
  bandwright exercises list                     what there is to choose from"""

LAST_LINES = """Any command takes --data DIR: where your own bands and exercises are.
Exit codes: 0 done; 2 yours to put right; 3 cannot be done; 1 our fault."""


READ_TOGETHER: Final = (
    analysing.analyse,
    comparing.compare,
    designing.design,
    sweeping.sweep,
    banding.fit,
    banding.add,
    exercising.list_exercises,
    planning.show,
)
"""Commands that read all they are given in one `command_line` before they do anything."""


def build() -> App:
    """The program's commands."""
    app = App(
        name="bandwright",
        help=SUMMARY,
        help_epilogue=LAST_LINES,
        version=f"bandwright {__version__}",
        help_flags=("--help", "-h"),
        version_flags=("--version",),
        help_format="plaintext",
        help_formatter=HelpPages(),
        result_action="return_value",
        suppress_keyboard_interrupt=False,
        default_parameter=Parameter(negative=(), show_default=False),
    )
    app.command(analysing.analyse)
    app.command(comparing.compare)
    app.command(designing.design)
    app.command(banding.bands())
    app.command(exercising.exercises())
    app.command(checking.check)
    app.command(planning.plan())
    app.command(serving.serve)
    app.command(strengthening.strength())
    app.command(sweeping.sweep)
    app.command(touring.tour)
    return app


def front_page() -> str:
    """The first help page; `front_page.py` holds a copy that needs no imports."""
    page = io.StringIO()
    build().help_print([], console=Console(file=page, width=80, no_color=True))
    return page.getvalue()


def run_program(words: list[str]) -> int:
    """Runs one command line; answers the exit code."""
    app = build()
    as_json = "--json" in words
    try:
        with interrupts_heard():
            rest, unplaced = _with_data_folder(words)
            code = _run(read_usage(app, rest), unplaced)
    except (BrokenPipeError, KeyboardInterrupt):
        raise
    except Exception as error:  # noqa: BLE001 — here everything ends
        return fail(error, as_json=as_json)
    return code if isinstance(code, int) else 0


def _run(usage: Usage, unplaced: Sequence[Problem]) -> object:
    """Runs a command, or raises what is wrong with the words, and where the command tells it with its values too.

    Raises:
        InputError: every problem at once.
    """
    problems = (*unplaced, *usage.problems)
    command, bound = usage.command, usage.bound
    if command is None or bound is None:
        raise InputError(*problems)
    if not problems:
        return command(*bound.args, **bound.kwargs)
    if command in READ_TOGETHER:
        with misread(problems):
            command(*bound.args, **bound.kwargs)
    raise InputError(*problems)


def _with_data_folder(words: list[str]) -> tuple[list[str], list[Problem]]:
    """The words without `--data DIR`, which every command takes, and what is wrong with it."""
    for index, word in enumerate(words):
        name, equals, folder = word.partition("=")
        if name == "--data":
            rest = words[index + 1 :]
            folder = folder if equals else "".join(rest[:1])
            if not folder or folder.startswith("-"):
                hint = "Example: bandwright --data ~/bandwright bands list"
                return words[:index] + rest, [
                    Problem("missing-option", "No folder follows --data.", hint=hint)
                ]
            os.environ[DATA] = folder
            return words[:index] + (rest if equals else rest[1:]), []
    return words, []
