"""What EMG studies measured, as recorded in `data/validation`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file
from typing import Literal

from bandwright.catalogue.exercise import Exercise
from bandwright.catalogue.exercises import find_exercise
from bandwright.catalogue.validation_tables import VALIDATION, rows_of

Statistic = Literal["mean", "peak"]
Rule = Literal["effort", "body-mass-share", "as-written"]


@dataclass(frozen=True, slots=True)
class Reading:
    """One published EMG amplitude [% of a maximal contraction]; `sd` is between people."""

    study: str
    exercise: str
    muscle: str
    groups: tuple[str, ...]
    statistic: Statistic
    value: float
    sd: float | None
    n: int
    hard: bool
    """Whether the figure was seen in the paper itself: only such figures count as a test."""


@dataclass(frozen=True, slots=True)
class Activity:
    """A muscle in an exercise: what the model is asked for."""

    exercise: str
    groups: tuple[str, ...]
    statistic: Statistic = "mean"


@dataclass(frozen=True, slots=True)
class Direction:
    """A study's finding that one activity is greater than another."""

    study: str
    higher: Activity
    lower: Activity
    n: int
    hard: bool
    note: str


@dataclass(frozen=True, slots=True)
class StudyLoad:
    """How heavy a study's exercises are made: one rule for all of them."""

    rule: Rule
    amount: float
    """Peak effort, or share of body mass [-]."""
    stated: str


@dataclass(frozen=True, slots=True)
class Unscored:
    """A finding that is not held against the model, and why."""

    study: str
    exercises: tuple[str, ...]
    finding: str
    why: str


@cache
def readings() -> tuple[Reading, ...]:
    """Every published amplitude."""
    return tuple(
        Reading(
            study=row["study"],
            exercise=row["exercise"],
            muscle=row["muscle"],
            groups=tuple(row["groups"].split(";")),
            statistic="peak" if row["statistic"] == "peak" else "mean",
            value=float(row["value_pct_mvic"]),
            sd=float(row["sd_pct_mvic"]) if row["sd_pct_mvic"] else None,
            n=int(row["n"]),
            hard=row["verified"] == "yes",
        )
        for row in rows_of("emg.csv")
    )


@cache
def directions() -> tuple[Direction, ...]:
    """Every published direction without amplitudes."""
    return tuple(
        Direction(
            study=row["study"],
            higher=Activity(row["higher_exercise"], (row["higher_groups"],)),
            lower=Activity(row["lower_exercise"], (row["lower_groups"],)),
            n=int(row["n"]),
            hard=row["verified"] == "yes",
            note=row["note"],
        )
        for row in rows_of("emg_directions.csv")
    )


@cache
def study_loads() -> dict[str, StudyLoad]:
    """The rule that sizes the loads of each study."""
    rules: dict[str, Rule] = {"effort": "effort", "body-mass-share": "body-mass-share"}
    return {
        row["study"]: StudyLoad(
            rules.get(row["rule"], "as-written"), float(row["amount"] or "nan"), row["stated"]
        )
        for row in rows_of("emg_loads.csv")
    }


@cache
def unscored() -> tuple[Unscored, ...]:
    """Every finding left out of the score."""
    return tuple(
        Unscored(row["study"], tuple(row["exercises"].split(";")), row["finding"], row["why"])
        for row in rows_of("emg_unscored.csv")
    )


@cache
def movement(exercise_id: str) -> Exercise:
    """A shipped exercise or a validation-only one; the shipped one is never replaced.

    Raises:
        InputError: there is none of that id.
    """
    with as_file(VALIDATION / "exercises") as folder:
        return find_exercise(exercise_id, folder)
