"""What differs between set-ups, in words with figures; B against A, C against A."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from bandwright.catalogue.anatomy import load_anatomy
from bandwright.curves.wording import Units, percent, place, shown
from bandwright.service.analysis import Analysis
from bandwright.service.rounding import number
from bandwright.units import GRAVITY_M_S2, kilograms_force

LOAD_STEP_N: Final = 0.5 * GRAVITY_M_S2
"""Smaller differences of load are not worth a sentence: half a kilogram."""

SHARE_STEP: Final = 0.05
"""Smaller differences of effort, evenness and activation are not worth a sentence."""

MUSCLES: Final = 3


@dataclass(frozen=True, slots=True)
class Difference:
    """One sentence with its figures; `first` and `other` are letters of set-ups."""

    code: str
    first: str
    other: str
    text: str
    values: Mapping[str, float | None]


def differences(analyses: Sequence[Analysis], units: Units = "metric") -> list[Difference]:
    """What differs between the first set-up and each of the others, in kilograms or pounds."""
    first, *others = analyses
    return [
        found
        for letter, other in zip("BC", others, strict=False)
        for found in _pair(first, other, letter, units)
    ]


def _pair(first: Analysis, other: Analysis, letter: str, units: Units) -> Iterator[Difference]:
    found = [
        *_loads(first, other, letter, units),
        *_efforts(first, other, letter),
        *_muscles(first, other, letter),
    ]
    found += _spine(first, other, letter)
    yield from found
    if not found:
        yield Difference("alike", "A", letter, f"A and {letter} ask nearly the same of you.", {})


def _loads(first: Analysis, other: Analysis, letter: str, units: Units) -> Iterator[Difference]:
    middle = len(first.posed.phase) // 2
    for code, where, index in (
        ("start", "at the start", 0),
        ("middle", "in the middle", middle),
        ("finish", "at the finish", -1),
    ):
        ours, theirs = float(first.working.load_n[index]), float(other.working.load_n[index])
        if abs(ours - theirs) >= LOAD_STEP_N:
            word = "more" if theirs > ours else "less"
            feels = [shown(kilograms_force(force), "kg", units) for force in (theirs, ours)]
            text = f"{letter} asks {word} {where}: {feels[0]} against {feels[1]} in one hand."
            yield Difference(f"load-{code}", "A", letter, text, _figures(first_n=ours, other_n=theirs))


def _efforts(first: Analysis, other: Analysis, letter: str) -> Iterator[Difference]:
    ours, theirs = first.summary, other.summary
    if abs(ours.peak_effort - theirs.peak_effort) >= SHARE_STEP:
        word = "harder" if theirs.peak_effort > ours.peak_effort else "easier"
        text = (
            f"{letter} is {word} at its hardest: {percent(theirs.peak_effort)} of your strength "
            f"{place(theirs.peak_phase)} against {percent(ours.peak_effort)} {place(ours.peak_phase)}."
        )
        values = _figures(first=ours.peak_effort, other=theirs.peak_effort)
        yield Difference("peak-effort", "A", letter, text, values)
    if abs(ours.evenness - theirs.evenness) >= SHARE_STEP:
        word = "more" if theirs.evenness > ours.evenness else "less"
        text = (
            f"{letter} is {word} even: it keeps {percent(theirs.evenness)} of its hardest moment on average, "
            f"A keeps {percent(ours.evenness)}."
        )
        yield Difference("evenness", "A", letter, text, _figures(first=ours.evenness, other=theirs.evenness))


def _muscles(first: Analysis, other: Analysis, letter: str) -> Iterator[Difference]:
    ours, theirs = _doses(first), _doses(other)
    change = {name: theirs[name] - ours[name] for name in ours.keys() & theirs.keys()}
    for name in sorted(change, key=lambda one: (-abs(change[one]), one))[:MUSCLES]:
        if abs(change[name]) >= SHARE_STEP:
            word = "more" if change[name] > 0 else "less"
            said = _muscle_names().get(name, name)
            shares = f"{percent(theirs[name])} against {percent(ours[name])}"
            text = f"{letter} works this muscle {word}: {said}, {shares}."
            values = _figures(first=ours[name], other=theirs[name])
            yield Difference(f"muscle-{name.replace('_', '-')}", "A", letter, text, values)


def _doses(analysis: Analysis) -> dict[str, float]:
    """Mean activation of the working side's muscles by id without side; the spine's are compared by moment."""
    side = f"_{analysis.working.side}"
    doses = analysis.summary.muscle_dose.items()
    return {
        name.removesuffix(side): dose.mean
        for name, dose in doses
        if name.endswith(side) and not name.startswith("erector")
    }


def _spine(first: Analysis, other: Analysis, letter: str) -> Iterator[Difference]:
    ours, theirs = float(first.spine.share.max()), float(other.spine.share.max())
    if abs(ours - theirs) >= SHARE_STEP:
        word = "more" if theirs > ours else "less"
        shares = f"{percent(theirs)} of what it can hold against {percent(ours)}"
        text = f"{letter} takes {word} of your lower back: {shares}."
        yield Difference("lower-back", "A", letter, text, _figures(first=ours, other=theirs))


@cache
def _muscle_names() -> dict[str, str]:
    return {one.id: one.name for one in load_anatomy().muscles}


def _figures(**values: float) -> dict[str, float | None]:
    return {name: number(value) for name, value in values.items()}
