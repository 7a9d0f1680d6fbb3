"""Which sets of a week to swap for which other exercise, so that a muscle no longer relies on bands alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bandwright.catalogue.week_rules import Counting
from bandwright.planner.balance import share_of
from bandwright.planner.training import Training

Options = Mapping[int, Sequence[Training]]
"""What each exercise of a week, by its place, could be swapped for."""


@dataclass(frozen=True, slots=True)
class Swap:
    """Some sets of one exercise done as another."""

    place: int
    """Which exercise of the week."""
    option: int
    """Which of its options."""
    sets: int


def swapped(week: Sequence[Training], swap: Swap, options: Options) -> tuple[Training, ...]:
    """The week after a swap; an exercise with no sets left stays, with none, so that places keep their meaning."""
    before = week[swap.place]
    other = replace(options[swap.place][swap.option], sets=swap.sets, reps=before.reps)
    left = replace(before, sets=before.sets - swap.sets)
    return (*week[: swap.place], left, *week[swap.place + 1 :], other)


def best_swap(week: Sequence[Training], options: Options, muscle: str, counting: Counting) -> Swap | None:
    """The swap that frees a muscle from relying on bands alone with the fewest sets.

    Where none does, the one that lowers its share from bands alone most; None when none lowers it.
    """
    best: Swap | None = None
    least: tuple[float, ...] = (1, share_of(week, muscle, "bands-alone") - SAME, 0)
    for swap in _possible(week, options):
        share = share_of(swapped(week, swap, options), muscle, "bands-alone")
        freed = share <= counting.reliant_above
        order: tuple[float, ...] = (0, swap.sets, share) if freed else (1, share, swap.sets)
        if order < least:
            best, least = swap, order
    return best


SAME: Final = 1e-9
"""Shares this near to each other count as the same [-]."""


def _possible(week: Sequence[Training], options: Options) -> Iterator[Swap]:
    for place, others in options.items():
        for option in range(len(others)):
            for sets in range(1, week[place].sets + 1):
                yield Swap(place, option, sets)
