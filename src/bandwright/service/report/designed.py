"""The designer's page: the question, the best set-ups with how to place them, and what was left out and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Final

from bandwright.catalogue.gear import Gear
from bandwright.curves.measures import repetitions
from bandwright.search.sensitivity import Nudge
from bandwright.service.design import Design, DesignedSetUp
from bandwright.service.report.loads_words import INTENTS
from bandwright.service.report.page import framed
from bandwright.service.report.section import chip, exercise_name, setup_section
from bandwright.service.report.tables import head, table
from bandwright.service.report.words import percent

OFF: Final[Mapping[str, tuple[str, str, str]]] = {
    "distance": ("Stand", "nearer", "farther"),
    "height": ("Anchor", "lower", "higher"),
    "grip": ("Grip", "shorter", "longer"),
    "band": ("Band", "weaker", "stronger"),
}
"""What may be off, and what less and more of it is called."""

HOLD: Final = "a hold"

ASIDE: Final = "num thirds"
"""Figures that a narrow screen leaves out."""

FRONT_HEADS: Final = (
    head("Exercise"),
    head("Evenness", "num"),
    head("Muscles", "num"),
    head("Simplicity", "num"),
)


def write_design(found: Design, path: Path) -> None:
    """Writes one page about a design; it needs nothing from outside and runs no script."""
    path.write_text(design_page(found), encoding="utf-8")


def design_page(found: Design) -> str:
    """The page as text."""
    sections = (
        setup_section(one.analysis, one.verdict, number, _title(number, one), _placing(one))
        for number, one in enumerate(found.setups, start=1)
    )
    title = f"The best set-ups for {INTENTS[found.request.intent]}"
    return framed(title, f"{_question(found)}{_ranking(found)}", [*sections, _others(found)])


def _title(number: int, one: DesignedSetUp) -> str:
    return f"{number}. {one.setup.exercise.name}"


def _question(found: Design) -> str:
    """What was asked, and how far the answer goes."""
    terms = "".join(f"<dt>{escape(term)}</dt><dd>{escape(said)}</dd>" for term, said in question_words(found))
    lost = [f"Nothing meets the wish; this comes nearest. {one.text} {one.hint}" for one in found.lost[:1]]
    if not found.complete:
        lost.append(f"Stopped early: the best of {found.judged} set-ups looked at so far.")
    notes = "".join(f'<p class="warning">{escape(note)}</p>' for note in lost if found.setups)
    return f'<div class="card"><h2>The question</h2><dl>{terms}</dl>{notes}</div>'


def question_words(found: Design) -> Iterator[tuple[str, str]]:
    """Term and description of what is wanted, by whom, and with what."""
    request, objective = found.request, found.objective
    person = request.person
    low, high = objective.reps
    span = f"{low:g}" if low == high else f"{low:g} to {high:g}"
    sex = "Man" if person.sex == "male" else "Woman"
    yield "Wanted", INTENTS[request.intent].capitalize()
    yield "A set", f"{span} repetitions with {objective.reserve:g} in reserve"
    yield "Who", f"{sex}, {100 * person.stature_m:.0f} cm, {person.mass_kg:.0f} kg"
    muscles = ", ".join(one.replace("_", " ") for one in objective.muscles)
    yield "Muscles", muscles or "those that each exercise is for"
    if request.exercises:
        yield "Exercises", ", ".join(exercise_name(one, request.own_exercises) for one in request.exercises)
    yield "Gear", "; ".join(gear_words(request.gear))
    yield "Room", f"{_cm(request.gear.free_m)} free, {_cm(request.gear.ceiling_m)} high"
    yield "Judged", f"{found.judged} set-ups"


def gear_words(gear: Gear) -> Iterator[str]:
    """Everything owned."""
    for band in gear.bands:
        yield f"{_times(band.count)}{band.id.replace('-', ' ')}, {band.band.name}"
    for weight in gear.weights:
        low, high = min(weight.masses_kg), max(weight.masses_kg)
        mass = f"{low:g} kg" if low == high else f"{low:g} to {high:g} kg"
        yield f"{_times(weight.count)}{weight.kind.replace('-', ' ')} {mass}"
    for anchor in gear.anchors:
        spans = (
            _cm(low) if low == high else f"{100 * low:.0f} to {_cm(high)}" for low, high in anchor.heights_m
        )
        yield f"{anchor.id.replace('-', ' ')} at {', '.join(spans)}"
    if gear.pull_up_bar:
        yield "pull-up bar"
    if gear.bench:
        yield "bench"


def _times(count: int) -> str:
    return f"{count} × " if count > 1 else ""


def _cm(length_m: float) -> str:
    return f"{100 * length_m:.0f} cm"


def _ranking(found: Design) -> str:
    """One line for each set-up, best first."""
    rows = []
    for number, one in enumerate(found.setups, start=1):
        summary = one.analysis.summary
        rows.append(
            f'<tr><th scope="row"><a href="#set-up-{number}">{escape(_title(number, one))}</a></th>'
            f"<td>{chip(one.verdict)}</td>{_figures(one, summary.peak_effort, summary.evenness)}"
            f'<td class="{ASIDE}">{one.finalist.score:.2f}</td></tr>'
        )
    heads = [head("Set-up"), head("Verdict"), *_figure_heads(), head("Score", ASIDE)]
    return f'<div class="card ranking">{table("The best, different from each other", heads, rows)}</div>'


def _figure_heads() -> tuple[str, ...]:
    return head("Hardest", "num"), head("Evenness", ASIDE), head("Repetitions", "num")


def _figures(one: DesignedSetUp, peak_effort: float, evenness: float) -> str:
    """Peak effort, evenness and the repetitions that are possible, as cells."""
    isometric = one.setup.exercise.movement.isometric
    able = HOLD if isometric else f"{repetitions(peak_effort):.0f}"
    return (
        f'<td class="num">{percent(peak_effort)}</td><td class="{ASIDE}">{percent(evenness)}</td>'
        f'<td class="num">{able}</td>'
    )


def _placing(one: DesignedSetUp) -> str:
    """How to set it up, and what small errors do."""
    return (
        f'<div class="card placing"><h3>How to set it up</h3><p class="headline">{escape(one.how_to)}</p>'
        f"{_sensitivity(one)}</div>"
    )


def _sensitivity(one: DesignedSetUp) -> str:
    if not one.sensitivity:
        return ""
    summary, terms = one.analysis.summary, one.finalist.terms
    told = [("As described", summary.peak_effort, summary.evenness, one.finalist.score)]
    told += [(nudge_words(off), off.peak_effort, off.evenness, off.score) for off in one.sensitivity]
    rows = [
        f'<tr><th scope="row">{said}</th>{_figures(one, peak, even)}<td class="{ASIDE}">{score:.2f}</td></tr>'
        for said, peak, even, score in told
    ]
    heads = [head("If it is off"), *_figure_heads(), head("Score", ASIDE)]
    dose = (
        f"<p>The wanted muscles give {percent(terms['dose'])} on average, "
        f"{percent(terms['shortened'])} at their shortest.</p>"
    )
    return dose + table("What a small error does", heads, rows)


def nudge_words(off: Nudge) -> str:
    """A small error, e.g. "Stand 5 cm farther"."""
    what, less, more = OFF[off.what]
    by = percent(abs(off.by)) if off.what == "band" else _cm(abs(off.by))
    return f"{what} {by} {more if off.by > 0.0 else less}"


def _others(found: Design) -> str:
    """What no other beats in every way, and what was left out."""
    parts = [
        f'<div class="card"><h3>{escape(title)}</h3>{table(caption, heads, rows)}</div>'
        for title, caption, heads, rows in (
            (
                "Left out, and why",
                "Exercises that gave no set-up",
                (head("Exercise"), head("Why")),
                _rejected(found),
            ),
            (
                "A trade of three",
                "No other is as good in all three",
                FRONT_HEADS,
                _front(found),
            ),
        )
        if rows
    ]
    if not parts:
        return ""
    title = '<h2 id="others-h">What else was looked at</h2>'
    return f'<section class="setup" id="others" aria-labelledby="others-h">{title}{"".join(parts)}</section>'


def _rejected(found: Design) -> list[str]:
    own = found.request.own_exercises
    return [
        f'<tr><th scope="row">{escape(exercise_name(one.exercise, own))}</th><td>{escape(one.text)}</td></tr>'
        for one in found.rejected
    ]


def _front(found: Design) -> list[str]:
    own = found.request.own_exercises
    return [
        f'<tr><th scope="row">{escape(exercise_name(exercise, own))}</th>'
        + "".join(
            f'<td class="num">{percent(one.terms[term])}</td>' for term in ("evenness", "dose", "simplicity")
        )
        + "</tr>"
        for exercise, one in found.front
    ]
