"""`bandwright exercises`: list, show, new."""

from __future__ import annotations

from cyclopts import App

from bandwright.cli.arguments import Json


def exercises() -> App:
    """The group of commands about exercises."""
    group = App(
        name="exercises",
        help="Exercises: list them, show one, or begin one of your own.\n\n"
        "Try:\n"
        "  bandwright exercises list --muscle latissimus_dorsi\n"
        "  bandwright exercises show face-pull\n"
        "  bandwright exercises new my-row",
    )
    group.command(list_exercises, name="list")
    group.command(show, name="show")
    group.command(new, name="new")
    return group


def list_exercises(*, muscle: str | None = None, gear: str | None = None, json: Json = False) -> int:
    """List the exercises, your own among them.

    Try:
      bandwright exercises list
      bandwright exercises list --muscle rhomboids
      bandwright exercises list --gear long-loop --json

    Args:
        muscle: Only those for this muscle group, e.g. latissimus_dorsi.
        gear: Only those that use this, e.g. long-loop, kettlebell, cable.
        json: Print JSON and nothing else on stdout.
    """
    from bandwright.cli.exercises_shown import run_list  # noqa: PLC0415 — reading all exercises takes a second

    return run_list(muscle, gear, as_json=json)


def show(exercise: str, /, *, json: Json = False) -> int:
    """Show one exercise: how to do it, cues, faults, safety, where to start.

    Try:
      bandwright exercises show face-pull
      bandwright exercises show pull-up --json

    Args:
        exercise: Its id, as `bandwright exercises list` shows it.
        json: Print JSON and nothing else on stdout.
    """
    from bandwright.cli.exercises_shown import run_show  # noqa: PLC0415 — as above

    return run_show(exercise, as_json=json)


def new(exercise: str, /, *, folder: str | None = None, json: Json = False) -> int:
    """Write a commented file for an exercise of your own, ready to be changed.

    Try:
      bandwright exercises new my-row
      bandwright exercises new my-row --folder my-exercises

    Args:
        exercise: Its id: small letters, digits and hyphens.
        folder: Where to write it; left out: your own exercises.
        json: Print JSON and nothing else on stdout.
    """
    from bandwright.cli.exercise_file import run_new  # noqa: PLC0415 — as above

    return run_new(exercise, folder, as_json=json)
