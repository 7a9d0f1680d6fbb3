"""What a week gives each muscle: sets, work, and how much of it from bands alone; `docs/verdict.md`, the week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bandwright.catalogue.week_rules import Counting
from bandwright.planner.ranges import Third, thirds
from bandwright.planner.training import Kind, Training

STEADIERS: Final = frozenset({"erector_spinae"})
"""Not the hardest-working muscle of an exercise: its figure is a share of the back's capacity, not an activation."""


@dataclass(frozen=True, slots=True)
class Balance:
    """One muscle group over a week; shares [-] are NaN where it does no work."""

    muscle: str
    sets: float
    """Sets that count for it by how hard the model finds it works."""
    target_sets: int
    """Sets of exercises that are meant for it."""
    work: float
    greatest_dose: float
    """Mean activation in the exercise that works it most [-]."""
    band_only_share: float
    band_assisted_share: float
    range: tuple[Third, ...]
    """Its thirds, the shortest first; none when it hardly changes length."""

    def worked(self, counting: Counting) -> bool:
        """Whether any exercise works it worth speaking of."""
        return self.greatest_dose >= counting.idle_below

    def reliant(self, counting: Counting) -> bool:
        """Whether most of its work comes from bands alone."""
        return self.worked(counting) and self.band_only_share > counting.reliant_above

    def unloaded(self, counting: Counting) -> tuple[str, ...]:
        """The thirds of its range that get little of its work, the shortest first."""
        if not self.worked(counting):
            return ()
        return tuple(third.name for third in self.range if third.work_share < counting.unloaded_below)


def balances(week: Sequence[Training], counting: Counting) -> dict[str, Balance]:
    """What a week gives each muscle group that its exercises know."""
    muscles = dict.fromkeys(muscle for training in week for muscle in training.muscles)
    return {muscle: _balance(week, muscle, counting) for muscle in muscles}


def set_value(training: Training, muscle: str, counting: Counting) -> float:
    """What one set counts for a muscle: whole, half (Pelland2024) or nothing, by its dose over the hardest's."""
    dose = training.dose(muscle)
    hardest = max((training.dose(one) for one in training.muscles if one not in STEADIERS), default=0.0)
    if dose < counting.idle_below or dose < counting.half_share * hardest:
        return 0.0
    return 1.0 if dose >= counting.full_share * hardest else counting.half_counts


def _balance(week: Sequence[Training], muscle: str, counting: Counting) -> Balance:
    return Balance(
        muscle=muscle,
        sets=sum(training.sets * set_value(training, muscle, counting) for training in week),
        target_sets=sum(training.sets for training in week if muscle in training.targets),
        work=sum(training.work(muscle) for training in week),
        greatest_dose=max((training.dose(muscle) for training in week if training.sets), default=0.0),
        band_only_share=share_of(week, muscle, "bands-alone"),
        band_assisted_share=share_of(week, muscle, "band-assisted"),
        range=thirds(week, muscle, counting.least_travel),
    )


def share_of(week: Sequence[Training], muscle: str, kind: Kind) -> float:
    """Share of a muscle's weekly work that comes from exercises of one kind [-]."""
    total = sum(training.work(muscle) for training in week)
    return sum(one.work(muscle) for one in week if one.kind == kind) / total if total > 0 else float("nan")
