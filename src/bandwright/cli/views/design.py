"""The designer's answer on the screen: verdict, how to set it up, small curves, and what it hangs on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from rich.text import Text

from bandwright.cli.typed import DESIGN, with_option
from bandwright.cli.views.analysis import chip, repetitions_words
from bandwright.cli.views.front import front_view
from bandwright.cli.views.layout import point
from bandwright.cli.views.plot import curves
from bandwright.cli.views.words import INTENT_WORDS, person_words
from bandwright.curves.measures import repetitions
from bandwright.curves.wording import percent
from bandwright.search.sensitivity import Nudge
from bandwright.service.design import Design, DesignedSetUp

NUDGED: Final = {"distance": "stance", "height": "anchor height", "grip": "grip", "band": "band"}
MOST_WARNINGS: Final = 3


def design_view(found: Design) -> Iterator[Text]:
    """Everything found, best first."""
    request, objective = found.request, found.objective
    low, high = objective.reps
    wanted = f"{low:g} to {high:g} repetitions, {objective.reserve:g} in reserve"
    about = (INTENT_WORDS[request.intent], wanted, person_words(request.person))
    yield Text(" · ".join(about), "bright_black")
    for one in found.lost:
        hint = with_option(one.code, one.hint, DESIGN)
        yield point("!", f"Nothing meets the wish; this comes nearest. {one.text} {hint}", "yellow")
        break
    for number, designed in enumerate(found.setups, start=1):
        yield Text()
        yield from _setup(number, designed)
    yield from front_view(found)
    yield Text()
    yield Text(f"{found.judged} set-ups judged.", "bright_black")
    for rejected in found.rejected:
        yield point("·", rejected.text, "bright_black")


def _setup(number: int, one: DesignedSetUp) -> Iterator[Text]:
    analysis = one.analysis
    yield Text.assemble((f"{number}  {one.setup.exercise.name}  ", "bold"), chip(one.verdict))
    yield point("=", one.how_to)
    yield point("-", one.verdict.headline)
    yield curves(analysis.working.load_n, analysis.strength_n, analysis.effort, short=True)
    yield point("-", figures(one))
    if one.sensitivity:
        yield point("±", sensitivity_words(one))
    for warning in one.verdict.warnings[:MOST_WARNINGS]:
        yield point("!", warning.text, "yellow")


def figures(one: DesignedSetUp) -> str:
    """The figures the set-up was chosen by."""
    summary, terms = one.analysis.summary, one.finalist.terms
    return (
        f"Hardest place {percent(summary.peak_effort)} of what you can hold, "
        f"{_ability(one, summary.peak_effort)}; "
        f"evenness {percent(summary.evenness)}; wanted muscles {percent(terms['dose'])} on average, "
        f"{percent(terms['shortened'])} at their shortest; score {one.finalist.score:.2f}."
    )


def sensitivity_words(one: DesignedSetUp) -> str:
    """What a small error does to the repetitions that are possible."""
    parts = []
    for what in dict.fromkeys(nudge.what for nudge in one.sensitivity):
        pair = [nudge for nudge in one.sensitivity if nudge.what == what]
        parts.append(f"{NUDGED[what]} {_off(pair[0])} off: {_either(one, pair)}")
    return "; ".join(parts) + "."


def _ability(one: DesignedSetUp, peak_effort: float) -> str:
    if one.setup.exercise.movement.isometric:
        return "to be held"
    return repetitions_words(repetitions(peak_effort))


def _either(one: DesignedSetUp, pair: Sequence[Nudge]) -> str:
    """What is possible with each of two small errors; a hold has no repetitions."""
    if one.setup.exercise.movement.isometric:
        return " or ".join(percent(nudge.peak_effort) for nudge in pair) + " at the hardest place"
    return " or ".join(f"{repetitions(nudge.peak_effort):.0f}" for nudge in pair) + " repetitions possible"


def _off(nudge: Nudge) -> str:
    return percent(abs(nudge.by)) if nudge.what == "band" else f"{100 * abs(nudge.by):.0f} cm"
