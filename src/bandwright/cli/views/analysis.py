"""One analysis on the screen: verdict, picture, numbers, in that order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
from rich.text import Text

from bandwright.cli.views.layout import point
from bandwright.cli.views.muscles import muscle_bars
from bandwright.cli.views.plot import curves
from bandwright.cli.views.words import (
    INTENT_WORDS,
    at_three,
    both_units,
    person_words,
)
from bandwright.curves.measures import MOST_REPS
from bandwright.curves.verdict import Verdict
from bandwright.curves.wording import percent, place
from bandwright.service.analysis import Analysis
from bandwright.service.answer import warnings
from bandwright.service.certainty import certainty_words
from bandwright.service.provenance import provenance

CHIP: Final = {"good": "black on green", "fair": "black on yellow", "poor": "white on red"}
KIND_WORDS: Final = {"measured": "measured", "chart": "maker's chart", "estimated": "estimated"}


def analysis_view(analysis: Analysis, verdict: Verdict) -> Iterator[Text]:
    """Everything about one analysis, top to bottom."""
    yield from verdict_view(analysis, verdict)
    yield Text()
    yield curves(analysis.working.load_n, analysis.strength_n, analysis.effort)
    yield Text()
    yield in_words(analysis)
    yield Text()
    yield muscle_bars(analysis)
    yield Text()
    yield spine_words(analysis)
    yield from _cautions(analysis, verdict)
    yield Text()
    yield from _sources(analysis)


def verdict_view(analysis: Analysis, verdict: Verdict) -> Iterator[Text]:
    """Grade, headline, reasons, what would be better, and whom it is for."""
    setup = analysis.setup
    yield Text.assemble(chip(verdict), (f" {verdict.headline}", "bold"))
    about = (setup.exercise.name, person_words(setup.person), INTENT_WORDS[setup.intent])
    yield Text(" · ".join(about), "bright_black")
    if sure := certainty_words(verdict):
        yield Text(sure, "bright_black")
    for reason in verdict.reasons:
        yield point("-", reason.text)
    for better in verdict.alternatives:
        other = better.exercise != setup.exercise.id
        yield point("→", f"{better.text}{f' (bandwright analyse {better.exercise})' if other else ''}")


def chip(verdict: Verdict) -> tuple[str, str]:
    """The grade, readable without its colour, and its style."""
    return f"[ {verdict.grade.upper()} ]", CHIP[verdict.grade]


def in_words(analysis: Analysis) -> Text:
    """The three curves as text."""
    working, summary = analysis.working, analysis.summary
    peak = int(np.argmax(analysis.effort))
    low, high = analysis.spread.effort[0, peak], analysis.spread.effort[2, peak]
    said = (
        f"In one hand: load {at_three(working.load_n)}, your strength {at_three(analysis.strength_n)} "
        f"(start, middle, finish). Hardest {place(summary.peak_phase)}: {both_units(working.load_n[peak])} of "
        f"{both_units(analysis.strength_n[peak])}, an effort of {percent(summary.peak_effort)} "
        f"(likely {percent(low)} to {percent(high)}); {repetitions_words(summary.reps_estimate)}."
    )
    return Text(said)


def repetitions_words(estimate: float) -> str:
    """How many repetitions are possible, in words."""
    if estimate <= 0.0:
        return "not one full repetition"
    if estimate >= MOST_REPS:
        return f"more than {MOST_REPS:.0f} repetitions"
    return f"about {estimate:.0f} repetition{'s' if round(estimate) != 1 else ''}"


def spine_words(analysis: Analysis) -> Text:
    """How much of the lower back's capacity is used."""
    spine = analysis.spine
    if spine.supported:
        return Text("Lower back: not loaded here; a bench or a bar carries your trunk.")
    worst = int(np.argmax(spine.share))
    moment, share = float(spine.moment_nm[worst]), float(spine.share[worst])
    if share <= 0.0:
        return Text("Lower back: the pull asks nothing of it.")
    where = place(float(analysis.posed.phase[worst]))
    figures = f"{moment:.0f} of {spine.capacity_nm:.0f} N·m{_likely_share(analysis, worst)}"
    return Text(f"Lower back: at most {percent(share)} of what it can hold, {where} ({figures}).")


def _likely_share(analysis: Analysis, pose: int) -> str:
    rest = analysis.spread.rest
    if rest is None:
        return ""
    return f"; likely {percent(rest.spine_share[0, pose])} to {percent(rest.spine_share[2, pose])}"


def _cautions(analysis: Analysis, verdict: Verdict) -> Iterator[Text]:
    said = [reason.text for reason in verdict.warnings]
    known = {reason.code for reason in verdict.warnings}
    fresh = [one for one in warnings(analysis) if one["code"] not in known]
    said += [" ".join(part for part in (one["text"], one["hint"]) if part) for one in fresh]
    for text in dict.fromkeys(said):
        yield point("!", text, "yellow")


def _sources(analysis: Analysis) -> Iterator[Text]:
    yield Text("Where the numbers come from", "bright_black")
    for one in provenance(analysis):
        yield point("·", f"{one.what}: {KIND_WORDS[one.kind]}. {one.note}", "bright_black")
