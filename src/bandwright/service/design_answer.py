"""The answer of the designer as JSON, ``bandwright.design/1``: the same for every caller."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, Final

from bandwright.catalogue.objectives import load_objectives
from bandwright.catalogue.setup import person_table, setup_table
from bandwright.curves.measures import repetitions
from bandwright.search.find import Finalist
from bandwright.search.sensitivity import Nudge
from bandwright.service.answer import summary_answer, verdict_answer
from bandwright.service.band_provenance import Provenance
from bandwright.service.design import Design, DesignedSetUp, Progress
from bandwright.service.provenance import provenance
from bandwright.service.rounding import number, numbers

SCHEMA: Final = "bandwright.design/1"


def design_answer(found: Design) -> dict[str, Any]:
    """The design as plain lists, texts and numbers, rounded, in SI units; set-ups best first."""
    request, objective = found.request, found.objective
    return {
        "schema": SCHEMA,
        "intent": request.intent,
        "person": person_table(request.person),
        "gear": dict(request.gear.table),
        "objective": {
            "weights": dict(objective.weights),
            "muscles": list(objective.muscles),
            "against": list(objective.against),
            "reps": list(objective.reps),
            "reserve": objective.reserve,
            "peak_effort": [number(objective.window().low), number(objective.window().high)],
        },
        "candidates_judged": found.judged,
        "complete": found.complete,
        "setups": [_setup(one) for one in found.setups],
        "lost": [asdict(one) for one in found.lost] if found.setups else [],
        "pareto": [_front(exercise, one) for exercise, one in found.front],
        "rejected": [asdict(one) for one in found.rejected],
        "provenance": [asdict(one) for one in design_provenance(found)],
    }


def progress_answer(now: Progress) -> dict[str, Any]:
    """How far a search has come as plain texts and numbers."""
    told = asdict(now)
    if now.leader is not None:
        told["leader"] = {
            key: number(value) if isinstance(value, float) else value for key, value in told["leader"].items()
        }
    return told


def _setup(one: DesignedSetUp) -> dict[str, Any]:
    analysis = one.analysis
    return {
        "setup": setup_table(one.setup),
        "name": one.setup.exercise.name,
        "summary": summary_answer(analysis.summary),
        "curves": {
            "phase": numbers(analysis.posed.phase),
            "load_n": numbers(analysis.working.load_n),
            "strength_n": numbers(analysis.strength_n),
            "effort": numbers(analysis.effort),
        },
        "verdict": verdict_answer(one.verdict),
        "score": number(one.finalist.score),
        "terms": {name: number(value) for name, value in one.finalist.terms.items()},
        "sensitivity": [_nudge(nudge) for nudge in one.sensitivity],
        "how_to": one.how_to,
    }


def _nudge(one: Nudge) -> dict[str, Any]:
    unit = "by_share" if one.what == "band" else "by_m"
    return {
        "what": one.what,
        unit: number(one.by),
        "peak_effort": number(one.peak_effort),
        "evenness": number(one.evenness),
        "reps_estimate": number(repetitions(one.peak_effort)),
        "score": number(one.score),
    }


def _front(exercise: str, one: Finalist) -> dict[str, Any]:
    names = ("evenness", "dose", "simplicity")
    figures = {name: number(one.terms[name]) for name in names}
    return {"exercise": exercise, "score": number(one.score), "peak_effort": number(one.peak), **figures}


def design_provenance(found: Design) -> Iterator[Provenance]:
    """Where the numbers come from: of each set-up once, and what the designer looks for."""
    every = (item for one in found.setups for item in provenance(one.analysis))
    yield from dict.fromkeys(every)
    aim = load_objectives().intent[found.request.intent]
    yield Provenance("what is looked for", "estimated", aim.source, aim.note)
    yield Provenance(
        "repetitions",
        "estimated",
        "Epley1985",
        "Repetitions from the greatest effort by a formula for barbell lifts; your own log corrects it.",
    )
