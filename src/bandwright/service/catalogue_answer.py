"""Exercises and bands as every front lists them, and one exercise in full."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from bandwright.bands import Band
from bandwright.catalogue.bands import load_bands
from bandwright.catalogue.exercise import Exercise
from bandwright.catalogue.exercises import exercise_ids, find_exercise, load_exercises, shipped_ids
from bandwright.catalogue.own_files import own_exercises
from bandwright.catalogue.setup import STAND_IN, setup_table
from bandwright.catalogue.setups import default_setup
from bandwright.catalogue.sources import load_sources
from bandwright.errors import InputError, Problem
from bandwright.service.band_answer import band_in_full
from bandwright.service.controls import controls
from bandwright.service.own_bands import find_band, own_bands


def exercise_row(exercise: Exercise) -> dict[str, Any]:
    """An exercise in a listing."""
    return {
        "id": exercise.id,
        "name": exercise.name,
        "summary": exercise.summary,
        "muscles": list(exercise.muscles),
        "gear": list(exercise.gear),
        "intents": list(exercise.intents),
        "arms": exercise.movement.arms,
        "posture": exercise.movement.posture,
        "alternative": exercise.alternative,
        "own": exercise.id not in shipped_ids(),
    }


def exercises_listed() -> dict[str, Any]:
    """Every exercise in a row; the person's own that cannot be read are told as problems."""
    problems: tuple[Problem, ...] = ()
    try:
        found = load_exercises(own_exercises())
    except InputError as error:
        found, problems = load_exercises(), error.problems
    rows = [exercise_row(exercise) for exercise in found.values()]
    return {"exercises": rows, "problems": [asdict(problem) for problem in problems]}


def exercise_in_full(exercise_id: str) -> dict[str, Any]:
    """All that a page about one exercise shows, with its usual set-up and what can be changed in it.

    Raises:
        InputError: there is no such exercise, or its file is not valid.
    """
    exercise = find_exercise(exercise_id, own_exercises())
    sources, (own, _) = load_sources(), _own_bands()
    bands = {**own, **load_bands()}
    return {
        **exercise_row(exercise),
        "how_to": exercise.how_to,
        "grip": exercise.movement.grip,
        "isometric": exercise.movement.isometric,
        "cues": list(exercise.cues),
        "faults": [asdict(fault) for fault in exercise.faults],
        "safety": list(exercise.safety),
        "start": asdict(exercise.start) if exercise.start else None,
        "setup": setup_table(default_setup(exercise, STAND_IN, find_band=find_band)),
        "controls": [controls(load, exercise, bands) for load in exercise.load_tables],
        "related": [one for one in map(_related, exercise.related) if one],
        "alternative_row": _related(exercise.alternative) if exercise.alternative else None,
        "sources": [asdict(sources[key]) for key in exercise.sources if key in sources],
    }


def _related(exercise_id: str) -> Mapping[str, Any] | None:
    """The row of another exercise; None for one that is not there."""
    if exercise_id not in exercise_ids(own_exercises()):
        return None
    return exercise_row(find_exercise(exercise_id, own_exercises()))


def bands_listed() -> dict[str, Any]:
    """Every band in full, the person's own first; those of them that cannot be read are told as problems."""
    own, problems = _own_bands()
    every = {**own, **load_bands()}
    rows = [band_in_full(band, own=band.id in own) for band in every.values()]
    return {"bands": rows, "problems": [asdict(problem) for problem in problems]}


def _own_bands() -> tuple[Mapping[str, Band], tuple[Problem, ...]]:
    try:
        return own_bands(), ()
    except InputError as error:
        return {}, error.problems
