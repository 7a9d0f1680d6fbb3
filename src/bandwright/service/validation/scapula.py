"""The scapular part of the validation page: whose rhythm it is, and what hangs on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from bandwright.catalogue.exercises import load_exercises
from bandwright.catalogue.setups import default_setup
from bandwright.service.analysis import analyse
from bandwright.service.claims import MEDIAN_MAN
from bandwright.service.scapular_sensitivity import NOMINAL, ScapularSensitivity, scapular_sensitivity
from bandwright.service.validation.markdown import table
from bandwright.service.validation.scapula_rhythm import (
    Offset,
    RhythmFigure,
    keyframe_offsets,
    rhythm_figures,
)

BLADE: Final = (
    "trapezius_upper",
    "trapezius_middle",
    "trapezius_lower",
    "rhomboids",
    "levator_scapulae",
    "serratus_anterior",
    "pectoralis_minor",
)
ARM: Final = (
    "latissimus_dorsi",
    "teres_major",
    "deltoid_posterior",
    "deltoid_middle",
    "infraspinatus",
    "teres_minor",
    "supraspinatus",
    "subscapularis",
    "biceps",
    "triceps",
)
"""Muscle groups shown, those on the blade and those on the arm."""

IDLE: Final = 0.005
"""Under half a percent at every scale a muscle is left blank [-]."""

NOTABLE: Final = 0.05
"""A dose that moves by five percent of the muscle's strength is counted in the text [-]."""

NAMED: Final = 4
"""How many of the greatest changes are named."""

Found = Mapping[str, ScapularSensitivity]


@cache
def sensitivities() -> Found:
    """The scapular sensitivity of every shipped exercise with its usual loads, for the median man."""
    return {
        name: scapular_sensitivity(analyse(default_setup(exercise, MEDIAN_MAN), with_spread=False))
        for name, exercise in load_exercises().items()
    }


def scapula_lines() -> list[str]:
    """The section as lines of Markdown."""
    return [
        "## Scapular motion: whose rhythm, and what hangs on it",
        "",
        "Where an exercise says nothing of the girdle it goes with the arm as measured on one person (BelliIK2023),",
        "the one study here with whole curves of clavicle and blade. That person's blade turns up more than most",
        "people's:",
        "",
        *table(
            ("figure", "source", "published", "our rhythm"), [_figure_row(one) for one in rhythm_figures()]
        ),
        *_offset_lines(),
        *_sensitivity_lines(sensitivities()),
    ]


def _figure_row(one: RhythmFigure) -> tuple[str, str, str, str]:
    digits, unit = (0, "°") if one.unit == "deg" else (2, "")
    published = "" if one.value is None else f"{one.value:.{digits}f}"
    if one.sd is not None:
        published += f" ± {one.sd:.{digits}f}"
    if one.span is not None:
        published = f"{one.span[0]:.0f} to {one.span[1]:.0f}"
    return _words(one.id), one.source, published + unit, f"{one.model:.{digits}f}{unit}"


def _offset_lines() -> list[str]:
    offsets = keyframe_offsets()
    rows = [(name, *map(_offset_cell, (at[0], at[len(at) // 2], at[-1]))) for name, at in offsets.items()]
    return [
        "The shipped exercises give their own girdle angles. What they add to the rhythm of the free arm, in",
        "degrees: protraction (− blades together) / lift (+ up) / upward rotation.",
        "",
        *table(("exercise", "start", "middle", "finish"), rows),
    ]


def _offset_cell(offset: Offset) -> str:
    return " / ".join("0" if round(angle) == 0 else f"{angle:+.0f}" for angle in offset)


def _sensitivity_lines(found: Found) -> list[str]:
    return [
        "Every exercise with its usual loads is worked out again with the girdle going 30 % less and 30 % more of",
        "its way from rest: the arm moves the same in the thorax, and hands on a bar or handle are brought back to",
        "it. Mean share of a muscle group's strength at −30 % / as it is / +30 %, in percent; blank where it does",
        "nothing.",
        "",
        *_notable_lines(found),
        *table(("exercise", "peak effort", *map(_words, BLADE)), _rows(found, BLADE, with_effort=True)),
        *table(("exercise", *map(_words, ARM)), _rows(found, ARM, with_effort=False)),
    ]


def _notable_lines(found: Found) -> list[str]:
    """Where the doses move most: among what the median man can hold, and beyond it."""
    held = {name: one for name, one in found.items() if (one.peak_effort[NOMINAL] or 0.0) < 1.0}
    beyond = {name: one for name, one in found.items() if name not in held}
    changes = [
        one.change(group)
        for one in held.values()
        for group in (*BLADE, *ARM)
        if not _idle(one.muscle_dose[group])
    ]
    many = sum(change >= NOTABLE for change in changes)
    share = f"{100 * NOTABLE:.0f} %"
    lines = [
        f"Of {len(changes)} muscles at work in exercises the median man can hold, {many} move by {share} or more.",
        f"Most: {_greatest(held)}.",
        "",
    ]
    if beyond:
        lines += ["Where the effort passes 100 % muscles saturate and much more hangs on it:"]
        lines += [f"{_greatest(beyond)}.", ""]
    for name, one in found.items():
        for problem in one.refused:
            lines += [f"{name}: {problem.message}", ""]
    return lines


def _greatest(found: Found) -> str:
    """The groups whose dose moves most, in words."""
    moved = sorted(
        ((one.change(group), group, name) for name, one in found.items() for group in (*BLADE, *ARM)),
        reverse=True,
    )
    named = [
        f"{_words(group)} in {name} ({_cell(found[name].muscle_dose[group])})"
        for _, group, name in moved[:NAMED]
    ]
    return "; ".join(named)


def _rows(found: Found, groups: Iterable[str], *, with_effort: bool) -> list[tuple[str, ...]]:
    groups = tuple(groups)
    return [
        (
            name,
            *((_cell(one.peak_effort),) if with_effort else ()),
            *(_cell(one.muscle_dose[group]) for group in groups),
        )
        for name, one in found.items()
    ]


def _cell(values: tuple[float | None, ...]) -> str:
    if _idle(values):
        return ""
    return " / ".join("–" if value is None else f"{100 * value:.0f}" for value in values)


def _idle(values: tuple[float | None, ...]) -> bool:
    return all(value is None or value < IDLE for value in values)


def _words(name: str) -> str:
    return name.replace("_", " ")
