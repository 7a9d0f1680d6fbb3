"""What `bandwright plan show` does."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from bandwright.catalogue.own_files import own_exercises
from bandwright.catalogue.week import Week
from bandwright.catalogue.weeks import read_week
from bandwright.cli.gathering import command_line
from bandwright.cli.output import show, tell, write_json
from bandwright.cli.patience import patience
from bandwright.cli.persons import person_given
from bandwright.cli.views.programme import programme_view
from bandwright.errors import InputError, Problem
from bandwright.service.own_bands import find_band
from bandwright.service.programme import judge_week
from bandwright.service.programme_answer import plan_answer


def run_show(text: str, person: str | None, intent: str | None, *, as_json: bool) -> int:
    """Judges the week in a file and shows or prints the answer."""
    week = chosen_week(Path(text).expanduser(), person, intent)
    with patience():
        found = judge_week(week, own_exercises(), tell)
    if as_json:
        write_json(plan_answer(found), compact=True)
    else:
        show(*programme_view(found))
    return 0


def chosen_week(path: Path, person: str | None, intent: str | None) -> Week:
    """The week in a file, with the options applied.

    Raises:
        InputError: every problem at once.
    """
    changes: dict[str, Any] = {} if intent is None else {"intent": intent}
    with command_line() as also:
        found = also.read(person_given, person) if person is not None else None
        changes |= {} if found is None else {"person": found}
        try:
            return read_week(path, own_exercises(), find_band, changes)
        except InputError as error:
            raise InputError(*(_at_option(one, path.name, intent) for one in error.problems)) from error


def _at_option(problem: Problem, file: str, intent: str | None) -> Problem:
    """A problem of a value that an option gave, at that option."""
    given = intent is not None and problem.path == f"{file}: intent"
    return replace(problem, path="--intent") if given else problem
