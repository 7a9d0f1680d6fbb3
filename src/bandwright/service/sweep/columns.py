"""The columns of a sweep's table: name, kind, unit and meaning; `docs/sweeps.md` lists them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from bandwright.catalogue.exercise_tables import MUSCLE_GROUPS
from bandwright.catalogue.study import Study
from bandwright.service.metrics import elements_of

Kind = Literal["text", "whole", "number", "texts", "curve"]

PHASES: Final = 51


@dataclass(frozen=True, slots=True)
class Column:
    """One column; a curve has a number at each of the 51 phases."""

    name: str
    kind: Kind
    unit: str
    means: str


WHO: Final = (
    Column("setup", "text", "", "id of the study's set-up, or design"),
    Column("place", "whole", "", "place in the set-up's grid, or rank of the designer's answer, from 0"),
    Column("exercise", "text", "", "id of the exercise"),
    Column("intent", "text", "", "what the verdict is for"),
    Column("person", "text", "", "id of the person"),
    Column("sex", "text", "", "female or male"),
    Column("stature_m", "number", "m", "stature"),
    Column("mass_kg", "number", "kg", "body mass"),
    Column("strength", "number", "-", "how strong over people of that size and sex"),
    Column("loads", "text", "", "the loads as JSON, in a set-up file's form"),
)

FOUND: Final = (
    Column("status", "text", "", "ok, infeasible, unreachable, invalid or unsolved; figures only where ok"),
    Column("reason", "text", "", "code of what stands in the way, where not ok"),
    Column("reason_text", "text", "", "the same in words"),
    Column("grade", "text", "", "good, fair or poor for the intent"),
    Column("verdict_codes", "texts", "", "codes of the rules that applied, reasons first, then warnings"),
    Column("evenness", "number", "-", "mean effort over peak effort"),
    Column("underloaded", "number", "-", "share of the phase with effort under half its peak"),
    Column("peak_effort", "number", "-", "greatest effort; over 1: it cannot be held there"),
    Column("peak_phase", "number", "-", "where in the repetition that is, from 0 to 1"),
    Column("reps_estimate", "number", "-", "repetitions possible, by Epley's formula"),
    Column("work_j", "number", "J", "work of one lift, both hands"),
    Column("peak_load_n", "number", "N", "greatest force on the working hand"),
    Column("mean_load_n", "number", "N", "mean force on the working hand"),
    Column(
        "peak_strength_n", "number", "N", "strength where effort is greatest; null where nothing limits it"
    ),
    Column(
        "limit", "text", "", "what gives out first there: a muscle, grip, or a side of the shoulder joint"
    ),
    Column("spine_share", "number", "-", "greatest share of the lower back's capacity"),
    Column("stretch_max", "number", "-", "greatest stretch of any band, over its rest length"),
    Column("residual_share", "number", "-", "greatest torque that nothing holds, over the greatest torque"),
)

CURVES: Final = (
    Column("load_n", "curve", "N", "force on the working hand"),
    Column("strength_n", "curve", "N", "the greatest force along it that could be held"),
    Column("effort", "curve", "-", "load over strength"),
)

PARTS: Final = {
    "dose": ("mean", "mean activation over the repetition"),
    "dose_short": ("shortened", "the same over the third with its shortest fibres"),
    "dose_long": ("lengthened", "the same over the third with its longest fibres"),
}
"""Which part of a muscle dose a column's name begins with, and what it means."""


@cache
def groups() -> tuple[str, ...]:
    """The muscle groups that the model has."""
    return tuple(group for group in MUSCLE_GROUPS if elements_of(group))


def columns(study: Study) -> tuple[Column, ...]:
    """Every column of a study's table, in order."""
    return (*WHO, *_varied(study), *FOUND, *_doses(), *(CURVES if study.curves else ()))


def _varied(study: Study) -> Iterator[Column]:
    for one in study.variations:
        what = ".".join((one.load, *one.keys))
        yield Column(one.column, "number" if one.numeric else "text", "", f"the value of {what}")


def _doses() -> Iterator[Column]:
    for start, (_, means) in PARTS.items():
        for group in groups():
            yield Column(f"{start}_{group}", "number", "-", f"{group}: {means}")
