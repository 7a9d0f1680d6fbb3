"""The answer to a week as JSON, ``bandwright.plan/1``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, Final

from bandwright.catalogue.setup import person_table, setup_table
from bandwright.planner.balance import Balance, set_value
from bandwright.planner.ranges import Third
from bandwright.service.answer import verdict_answer
from bandwright.service.band_provenance import Provenance
from bandwright.service.programme import Programme
from bandwright.service.provenance import provenance
from bandwright.service.rounding import number
from bandwright.service.week_changes import Change
from bandwright.service.week_training import Trained

SCHEMA: Final = "bandwright.plan/1"


def plan_answer(programme: Programme) -> dict[str, Any]:
    """The week as plain lists, texts and numbers, rounded, in SI units."""
    week, found = programme.week, programme.balances
    workout = {"exercises": [_exercise(one, programme) for one in programme.entries]}
    return {
        "schema": SCHEMA,
        "name": week.name,
        "intent": week.intent,
        "person": person_table(week.person),
        "weeks": [{"repeated": week.weeks, "workouts": [workout]}],
        "weekly_sets": {muscle: number(one.sets) for muscle, one in found.items()},
        "weekly_work": {muscle: number(one.work) for muscle, one in found.items()},
        "over_reliance": {muscle: _reliance(one, programme) for muscle, one in found.items()},
        "verdict": verdict_answer(programme.verdict),
        "changes": [_change(one, programme) for one in programme.changes],
        "provenance": [asdict(one) for one in week_provenance(programme)],
    }


def _exercise(one: Trained, programme: Programme) -> dict[str, Any]:
    training, counting = one.training, programme.counting
    counts = {muscle: set_value(training, muscle, counting) for muscle in training.muscles}
    done = {"reps": one.entry.reps} | ({} if one.entry.hold_s is None else {"hold_s": one.entry.hold_s})
    return {
        "setup": setup_table(one.analysis.setup),
        "sets": [done] * one.entry.sets,
        "resisted_by": training.kind,
        "peak_effort": number(one.analysis.summary.peak_effort),
        "dose": {muscle: number(training.dose(muscle)) for muscle in training.muscles},
        "set_counts": {muscle: count for muscle, count in counts.items() if count > 0},
    }


def _reliance(one: Balance, programme: Programme) -> dict[str, Any]:
    return {
        "band_only_share": number(one.band_only_share),
        "unloaded_range": list(one.unloaded(programme.counting)),
        "band_assisted_share": number(one.band_assisted_share),
        "works": one.worked(programme.counting),
        "relies_on_bands": one.reliant(programme.counting),
        "target_sets": one.target_sets,
        "range": {third.name: _third(third) for third in one.range},
    }


def _third(third: Third) -> dict[str, float | None]:
    return {name: number(value) for name, value in asdict(third).items() if name != "name"}


def _change(change: Change, programme: Programme) -> dict[str, Any]:
    return {
        "swap": change.source.analysis.setup.exercise.id,
        "for": change.into.setup.exercise.id,
        "sets": change.sets,
        "of_sets": change.of_sets,
        "setup": change.setup,
        "text": " ".join(one.text for one in change.sentences),
        "over_reliance": {
            muscle: _reliance(one, programme)
            for muscle, one in change.after.items()
            if programme.balances[muscle].reliant(programme.counting)
        },
    }


def week_provenance(programme: Programme) -> Iterator[Provenance]:
    """Where the numbers come from: of each set-up once, and how the week is counted."""
    every = (
        found for one in programme.entries for found in provenance(one.analysis) if found.what != "spread"
    )
    yield from dict.fromkeys(every)
    yield Provenance(
        "sets and repetitions", "measured", "given", "As you wrote them; weeks are not checked against a log."
    )
    yield Provenance(
        "how the week is counted",
        "estimated",
        programme.counting.sources,
        "Sets count by how hard the model finds a muscle works; conventions, not measurements. "
        "Work is mechanics, not a promise of growth, and carries no spread here.",
    )
