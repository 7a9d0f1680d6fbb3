"""The figures a week's verdict is drawn from, by name; `docs/verdict.md` gives the formula of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from bandwright.catalogue.verdict_rules import load_rulebook
from bandwright.catalogue.week_rules import Counting
from bandwright.curves.wording import Figure
from bandwright.planner.balance import STEADIERS, Balance
from bandwright.service.week_training import Trained

MOST_NAMED: Final = 4
"""A sentence names no more muscles than this."""

LONGEST: Final = "longest"

Figures = dict[str, Figure]
Balances = Mapping[str, Balance]


def target_muscles(week: Sequence[Trained], found: Balances, counting: Counting) -> list[Balance]:
    """The muscles that the week's exercises are for and that work in it, the most work first; no mere steadiers."""
    named = _named(week, found)
    moved = [one for one in named if one.worked(counting) and one.muscle not in STEADIERS]
    return sorted(moved, key=lambda one: -one.work)


def _named(week: Sequence[Trained], found: Balances) -> list[Balance]:
    muscles = dict.fromkeys(muscle for one in week for muscle in one.training.targets)
    return [found[muscle] for muscle in muscles if muscle in found]


def week_figures(week: Sequence[Trained], found: Balances, counting: Counting) -> Figures:
    """Every figure of a week; those it does not have are left out."""
    targets = target_muscles(week, found, counting)
    total = sum(one.work for one in targets)
    figures: Figures = {
        "exercises": float(len(week)),
        "sets": float(sum(one.training.sets for one in week)),
        "targets": float(len(targets)),
    }
    if total > 0:
        figures["band_only_share"] = sum(one.band_only_share * one.work for one in targets) / total
        figures["band_assisted_share"] = sum(one.band_assisted_share * one.work for one in targets) / total
    missed = [one for one in _named(week, found) if one.sets <= 0]
    heavy = [one.training.name for one in week if one.analysis.summary.peak_effort >= 1.0]
    figures |= _counted("uncounted", "uncounted_muscles", map(muscle_word, missed))
    figures |= _counted("too_heavy", "too_heavy_names", map(within_sentence, dict.fromkeys(heavy)))
    return figures | _reliance(targets, counting) | _help(week, targets, counting)


def _reliance(targets: Sequence[Balance], counting: Counting) -> Figures:
    reliant = [one for one in targets if one.reliant(counting)]
    figures = _counted("reliant", "reliant_muscles", map(muscle_word, reliant))
    if reliant:
        figures |= {"reliant_first": muscle_word(reliant[0]), "reliant_share": reliant[0].band_only_share}
    gaps = [one for one in reliant if one.unloaded(counting)]
    long = [one for one in reliant if LONGEST in one.unloaded(counting)]
    figures |= _counted("gaps", "gap_muscles", (_gap(one, counting) for one in gaps))
    figures |= _counted(
        "long_gaps", "long_gap_muscles", (f"{muscle_word(one)} ({_long(one)})" for one in long)
    )
    return figures


def _gap(one: Balance, counting: Counting) -> str:
    return f"{muscle_word(one)} ({listed(one.unloaded(counting))} third)"


def _long(one: Balance) -> str:
    return f"{100 * (longest_share(one) or 0.0):.0f} % of the work"


def _help(week: Sequence[Trained], targets: Sequence[Balance], counting: Counting) -> Figures:
    helped = [one for one in targets if one.band_assisted_share > counting.reliant_above]
    names = dict.fromkeys(one.training.name for one in week if one.training.kind == "band-assisted")
    figures = _counted("assisted", "assisted_muscles", map(muscle_word, helped))
    return figures | {"assisted_names": listed(map(within_sentence, names))} if helped else figures


def swap_figures(muscle: str, before: Balances, after: Balances) -> Figures:
    """What a swap does to one muscle."""
    figures: Figures = {
        "swap_muscle": muscle_word(before[muscle]),
        "swap_share_before": before[muscle].band_only_share,
        "swap_share_after": after[muscle].band_only_share,
    }
    was, becomes = longest_share(before[muscle]), longest_share(after[muscle])
    if was is not None and becomes is not None:
        figures |= {"swap_long_before": was, "swap_long_after": becomes, "swap_long_gain": becomes - was}
    return figures


def longest_share(one: Balance) -> float | None:
    """Share of a muscle's work in the longest third of its range [-]."""
    return next((third.work_share for third in one.range if third.name == LONGEST), None)


def _counted(count: str, words: str, names: Iterable[str]) -> Figures:
    """How many there are, and which; no names where there are none."""
    found = list(names)
    counted: Figures = {count: float(len(found))}
    return counted | {words: listed(found)} if found else counted


def listed(names: Iterable[str]) -> str:
    """Names in a sentence: "lats, biceps and 2 more"."""
    found = list(names)
    if len(found) > MOST_NAMED:
        found = [*found[: MOST_NAMED - 1], f"{len(found) - MOST_NAMED + 1} more"]
    return " and ".join(part for part in (", ".join(found[:-1]), found[-1]) if part) if found else ""


def muscle_word(one: Balance) -> str:
    """What a muscle group is called in a sentence."""
    return load_rulebook().muscle_words.get(one.muscle, one.muscle)


def within_sentence(name: str) -> str:
    """A name as it stands inside a sentence."""
    return name[:1].lower() + name[1:]
