"""The set-ups that no other beats in evenness, dose and simplicity at once, as a table with bars."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rich.text import Text

from bandwright.catalogue.exercises import find_exercise
from bandwright.cli.views.muscles import bar
from bandwright.curves.wording import percent
from bandwright.search.find import Finalist
from bandwright.service.design import Design

CELLS: Final = 6
MOST: Final = 10
"""Rows shown; the JSON has all."""


def front_view(found: Design) -> Iterator[Text]:
    """One row for each, the best score first, with its number where it is among the set-ups above."""
    rows = sorted(found.front, key=lambda row: -row[1].score)
    if len(rows) < 2:
        return
    yield Text()
    yield Text("A trade of three: no set-up beats one of these in all", "bold")
    yield Text(f"     {'':34}{'even':<13}{'wanted muscles':<15}{'things'}", "bright_black")
    numbers = {one.finalist.candidate: number for number, one in enumerate(found.setups, start=1)}
    for exercise, one in rows[:MOST]:
        name = find_exercise(exercise, found.request.own_exercises).name
        yield _row(numbers.get(one.candidate), name, one)
    if len(rows) > MOST:
        yield Text(f"     and {len(rows) - MOST} more: --json has them all.", "bright_black")


def _row(number: int | None, name: str, one: Finalist) -> Text:
    even, dose, simple = (one.terms[term] for term in ("evenness", "dose", "simplicity"))
    mark = "  ·" if number is None else f"{number:>3}"
    drawn = Text(f"{mark}  {name:<33.33} ", "bold" if number else "")
    drawn.append(f"{bar(even, CELLS)} {percent(even):>5} ")
    drawn.append(f"{bar(dose, CELLS)} {percent(dose):>5}  ")
    drawn.append(f"{'■' * round(1.0 / simple)} {1.0 / simple:.0f}")
    return drawn
