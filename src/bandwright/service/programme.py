"""The use case of a week: what it gives each muscle, how much of it from bands alone, and what to change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from bandwright.catalogue.week import Week
from bandwright.catalogue.week_rules import Counting, load_counting, load_week_rules
from bandwright.curves.verdict import Verdict, judge_by
from bandwright.planner.balance import Balance, balances
from bandwright.service.week_changes import Change, changes
from bandwright.service.week_figures import week_figures
from bandwright.service.week_training import Trained, trained

Say = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Programme:
    """Everything found out about a week; one balance for each muscle group the model has."""

    week: Week
    entries: tuple[Trained, ...]
    balances: Mapping[str, Balance]
    verdict: Verdict
    changes: tuple[Change, ...]
    counting: Counting


def judge_week(week: Week, exercises: Path | None = None, say: Say | None = None) -> Programme:
    """Judges a week of training.

    Args:
        week: what one person trains.
        exercises: folder with the person's own exercises, where alternatives may be.
        say: is told what is being worked on.

    Raises:
        InputError: the loads make no sense on this body.
        InfeasibleError: a band would be stretched beyond its limit.
        ModelError: the body cannot take up a movement.
    """
    tell, counting = say or (lambda _: None), load_counting()
    entries: list[Trained] = []
    for count, entry in enumerate(week.entries, start=1):
        tell(f"{count} of {len(week.entries)}: {entry.setup.exercise.name}")
        entries.append(trained(entry, counting))
    found = balances([one.training for one in entries], counting)
    verdict = judge_by(week_figures(entries, found, counting), load_week_rules(), week.intent)
    tell("Looking for what would do better")
    better = tuple(changes(entries, found, week.intent, exercises, counting))
    said = tuple(sentence for change in better for sentence in change.sentences)
    return Programme(week, tuple(entries), found, replace(verdict, alternatives=said), better, counting)
