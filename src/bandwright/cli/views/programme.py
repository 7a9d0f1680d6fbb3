"""A week on the screen: verdict, what to change, exercises, muscles, sources."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from bandwright.catalogue.verdict_rules import load_rulebook
from bandwright.cli.views.analysis import KIND_WORDS, chip
from bandwright.cli.views.layout import columns, point
from bandwright.cli.views.words import INTENT_WORDS, person_words
from bandwright.curves.wording import percent
from bandwright.planner.balance import Balance
from bandwright.planner.training import Kind
from bandwright.service.programme import Programme
from bandwright.service.programme_answer import week_provenance
from bandwright.service.week_training import Trained

KINDS: Final[dict[Kind, str]] = {
    "bands-alone": "bands alone",
    "band-assisted": "body, less a band",
    "bands-and-more": "bands and more",
    "no-bands": "no bands",
}
GAP: Final = "!"
"""Marks a third of the range that goes without."""

KEY: Final = (
    "Sets count whole or half by how hard a muscle works beside the hardest; (n) are sets of exercises meant for "
    "it. Work is repetitions times mean activation. Range: share of its work with its fibres in the shortest, "
    f"middle and longest third of the week's lengths; {GAP} goes without. Predicted load is mechanics, not growth."
)


def programme_view(found: Programme) -> Iterator[RenderableType]:
    """Everything about a week, top to bottom."""
    verdict, week = found.verdict, found.week
    yield Text.assemble(chip(verdict), (f" {verdict.headline}", "bold"))
    about = (week.name or "One week", person_words(week.person), INTENT_WORDS[week.intent])
    yield Text(" · ".join(about), "bright_black")
    for reason in verdict.reasons:
        yield point("-", reason.text)
    for change in found.changes:
        if change.sentences:
            yield point("→", " ".join(one.text for one in change.sentences))
    yield Text()
    yield _exercises(found.entries)
    yield Text()
    yield _muscles(found)
    yield Text()
    yield Text(KEY, "bright_black")
    for warning in verdict.warnings:
        yield point("!", warning.text, "yellow")
    yield Text()
    yield Text("Where the numbers come from", "bright_black")
    for one in week_provenance(found):
        yield point("·", f"{one.what}: {KIND_WORDS[one.kind]}. {one.note}", "bright_black")


def _exercises(entries: tuple[Trained, ...]) -> Table:
    table = columns(["Exercise", "Each week", "Resisted by", "Hardest"])
    for one in entries:
        held = "" if one.entry.hold_s is None else f" × {one.entry.hold_s:g} s"
        done = f"{one.entry.sets} × {one.entry.reps}{held}"
        effort = percent(one.analysis.summary.peak_effort)
        table.add_row(one.training.name, done, KINDS[one.training.kind], effort)
    return table


def _muscles(found: Programme) -> Table:
    helped = any(one.training.kind == "band-assisted" for one in found.entries)
    helped_title = ["Helped"] if helped else []
    table = columns(["Muscle", "Sets", "Work", "Bands alone", *helped_title, "Short · middle · long"])
    words = load_rulebook().muscle_words
    rows = [one for one in found.balances.values() if one.worked(found.counting) or one.target_sets]
    for one in sorted(rows, key=lambda one: (-one.work, one.muscle)):
        meant = f" ({one.target_sets})" if one.target_sets else ""
        shares = [one.band_only_share, *([one.band_assisted_share] if helped else [])]
        said = [_share(share) if one.worked(found.counting) else "–" for share in shares]
        table.add_row(words[one.muscle], f"{one.sets:g}{meant}", f"{one.work:.1f}", *said, _range(one, found))
    return table


def _share(share: float) -> str:
    return "–" if math.isnan(share) else percent(share)


def _range(one: Balance, found: Programme) -> str:
    without = one.unloaded(found.counting)
    if not one.range or not one.worked(found.counting):
        return "–"
    shares = (f"{100 * third.work_share:.0f}{GAP if third.name in without else ''}" for third in one.range)
    return f"{' · '.join(shares)} %"
