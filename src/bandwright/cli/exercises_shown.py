"""What `bandwright exercises list` and `show` do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import get_args

from rich.text import Text

from bandwright.catalogue.exercise import Exercise
from bandwright.catalogue.exercise_tables import MUSCLE_GROUPS, GearItem
from bandwright.catalogue.exercises import find_exercise, load_exercises
from bandwright.catalogue.own_files import own_exercises
from bandwright.cli.gathering import command_line
from bandwright.cli.output import show, write_json
from bandwright.cli.views.layout import columns, point
from bandwright.cli.views.words import kilograms
from bandwright.errors import Problem, unknown_name
from bandwright.service.catalogue_answer import exercise_row


def run_list(muscle: str | None, gear: str | None, *, as_json: bool) -> int:
    """Lists the exercises that fit."""
    with command_line() as also:
        also.tell(_filter_problems(muscle, gear))
    folder = own_exercises()
    found = [
        one
        for one in load_exercises(folder).values()
        if (muscle is None or muscle in one.muscles) and (gear is None or gear in one.gear)
    ]
    if as_json:
        write_json({"exercises": [exercise_row(one) for one in found]})
        return 0
    table = columns(("Id", "With", "For most"))
    for one in found:
        table.add_row(one.id, ", ".join(one.gear) or "nothing", ", ".join(one.muscles[:2]).replace("_", " "))
    show(table, Text(), Text("bandwright exercises show ID says more; bandwright analyse ID judges it."))
    return 0


def _filter_problems(muscle: str | None, gear: str | None) -> Iterator[Problem]:
    if muscle is not None and muscle not in MUSCLE_GROUPS:
        yield unknown_name("muscle group", muscle, MUSCLE_GROUPS, path="--muscle")
    if gear is not None and gear not in get_args(GearItem):
        yield unknown_name("gear", gear, get_args(GearItem), path="--gear")


def run_show(exercise_id: str, *, as_json: bool) -> int:
    """Shows one exercise."""
    exercise = find_exercise(exercise_id, own_exercises())
    if as_json:
        more = {
            "how_to": exercise.how_to,
            "cues": list(exercise.cues),
            "faults": [asdict(fault) for fault in exercise.faults],
            "safety": list(exercise.safety),
            "start": asdict(exercise.start) if exercise.start else None,
            "load": [dict(load) for load in exercise.load_tables],
            "related": list(exercise.related),
            "sources": list(exercise.sources),
        }
        write_json({**exercise_row(exercise), **more})
        return 0
    show(*_view(exercise))
    return 0


def _view(exercise: Exercise) -> Iterator[Text]:
    yield Text(exercise.name, "bold")
    yield Text(exercise.summary)
    yield Text()
    yield Text(exercise.how_to)
    yield Text()
    for cue in exercise.cues:
        yield point("-", cue)
    for fault in exercise.faults:
        yield point("x", f"{fault.seen} {fault.cue}")
    for warning in exercise.safety:
        yield point("!", warning, "yellow")
    yield Text()
    yield Text(f"For: {', '.join(exercise.muscles).replace('_', ' ')}")
    yield Text(f"With: {', '.join(exercise.gear) or 'nothing'}")
    yield Text(f"Suits: {', '.join(exercise.intents)}")
    if exercise.start is not None:
        steps = (exercise.start.light_n, exercise.start.medium_n, exercise.start.heavy_n)
        said = ", ".join(
            f"{word} {kilograms(n)}" for word, n in zip(("light", "medium", "heavy"), steps, strict=True)
        )
        yield Text(f"Start with: {said} ({exercise.start.refers_to}); {exercise.start.best_band}.")
    if exercise.alternative is not None:
        yield Text(f"Plain alternative: {exercise.alternative}")
    yield Text(f"Judge it: bandwright analyse {exercise.id}")
