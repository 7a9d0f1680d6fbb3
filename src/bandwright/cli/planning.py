"""`bandwright plan`: show."""

from __future__ import annotations

from typing import Annotated

from cyclopts import App, Parameter

from bandwright.cli.arguments import Json

Person = Annotated[
    str | None,
    Parameter(help="sex,stature in cm,mass in kg, e.g. female,165,60; wins over the file's [person]."),
]
Intent = Annotated[
    str | None, Parameter(help="What the week is for, e.g. travel; wins over the file's intent.")
]


def plan() -> App:
    """The group of commands about programmes."""
    group = App(
        name="plan",
        help="Programmes: what a week gives each muscle, and what to change.\n\n"
        "Try:\n"
        "  bandwright plan show examples/week.toml\n"
        "  bandwright plan show examples/week.toml --json",
    )
    group.command(show)
    return group


def show(week: str, /, *, person: Person = None, intent: Intent = None, json: Json = False) -> int:
    """Show what a week gives each muscle, how much from bands alone, and what to change.

    The file has a [person] and an [[exercise]] for each set-up, with sets_per_week
    and reps (or hold_s). The set-up is named, setup = "row.toml", or written there:
    exercise = "face-pull", with its loads or its usual ones.

    Try:
      bandwright plan show examples/week.toml
      bandwright plan show my-week.toml --intent travel
      bandwright plan show my-week.toml --person female,165,60 --json

    Args:
        week: A week's file (.toml).
        person: Whose body is meant.
        intent: What the week is for.
        json: Print JSON and nothing else on stdout.
    """
    from bandwright.cli.planned import run_show  # noqa: PLC0415 — the engine takes two seconds to load

    return run_show(week, person, intent, as_json=json)
