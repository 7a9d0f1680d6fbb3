"""What to change in a week: sets of a band exercise done as its plain counterpart, worked out anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from bandwright.catalogue.exercise import Exercise
from bandwright.catalogue.exercises import find_exercise
from bandwright.catalogue.setup import SetUp, setup_table
from bandwright.catalogue.setups import default_setup
from bandwright.catalogue.tables import Intent
from bandwright.catalogue.week_rules import Counting, load_week_rules
from bandwright.curves.verdict import Alternative, judge_by
from bandwright.errors import InfeasibleError
from bandwright.loads import CableLoad, Load, WeightLoad
from bandwright.planner.balance import Balance, balances
from bandwright.planner.swaps import Swap, best_swap, swapped
from bandwright.planner.training import Kind, Training
from bandwright.service.analysis import Analysis, analyse
from bandwright.service.judge import MOST_MATCHED_EFFORT, answered, matched_alternative
from bandwright.service.week_figures import swap_figures, target_muscles, within_sentence
from bandwright.service.week_training import Trained, training_of
from bandwright.units import GRAVITY_M_S2, kilograms_force

MOST_SWAPS: Final = 3
"""More changes than this at once are no advice."""

STEP_KG: Final = 0.5
"""Suggested weights and cable loads are multiples of this (convention, COACH) [kg]."""

BAND_LED: Final[tuple[Kind, ...]] = ("bands-alone", "band-assisted")

Balances = Mapping[str, Balance]


@dataclass(frozen=True, slots=True)
class Change:
    """Some sets swapped, and what the week comes to after this and the changes before it."""

    source: Trained
    into: Analysis
    sets: int
    of_sets: int
    after: Balances
    sentences: tuple[Alternative, ...]

    @property
    def setup(self) -> dict[str, Any]:
        """The new set-up in its file's form, with the loads that were worked out."""
        loads = zip(self.into.setup.load_tables, self.into.setup.loads, strict=True)
        return {**setup_table(self.into.setup), "load": [_load_table(*pair) for pair in loads]}


def _load_table(table: Mapping[str, Any], load: Load) -> dict[str, Any]:
    if isinstance(load, WeightLoad):
        return {**table, "mass_kg": load.mass_kg}
    return {**table, "force_n": load.force_n} if isinstance(load, CableLoad) else dict(table)


@dataclass(frozen=True, slots=True)
class _Option:
    """An exercise that some sets could be swapped for."""

    analysis: Analysis
    training: Training


def changes(
    week: Sequence[Trained], found: Balances, intent: Intent, exercises: Path | None, counting: Counting
) -> Iterator[Change]:
    """Swaps, one after the other, each for the muscle with the most work that still relies on bands alone."""
    order = [one.muscle for one in target_muscles(week, found, counting) if one.reliant(counting)]
    options = {place: _options(one, exercises, counting) for place, one in enumerate(week)} if order else {}
    felt = {place: [one.training for one in others] for place, others in options.items()}
    now, trainings, count = found, tuple(one.training for one in week), 0
    for muscle in order:
        swap = best_swap(trainings, felt, muscle, counting) if now[muscle].reliant(counting) else None
        if swap is None or count == MOST_SWAPS:
            continue
        count += 1
        of_sets, trainings = trainings[swap.place].sets, swapped(trainings, swap, felt)
        after = balances(trainings, counting)
        into = options[swap.place][swap.option].analysis
        figures = _words(week[swap.place], into, swap, of_sets) | swap_figures(muscle, now, after)
        said = judge_by(figures, load_week_rules(), intent).alternatives
        yield Change(week[swap.place], into, swap.sets, of_sets, after, said)
        now = after


def _words(source: Trained, into: Analysis, swap: Swap, of_sets: int) -> dict[str, float | str]:
    return {
        "swap_id": into.setup.exercise.id,
        "swap_name": within_sentence(into.setup.exercise.name),
        "swap_for": within_sentence(source.training.name),
        "swap_sets": float(swap.sets),
        "swap_of_sets": float(of_sets),
        "swap_load": load_words(into),
    }


def load_words(analysis: Analysis) -> str:
    """The greatest load in one hand, e.g. " with 12 kg in each hand"."""
    feels = f"{kilograms_force(float(analysis.working.load_n.max())):.1f}".removesuffix(".0")
    return f" with {feels} kg in {'each' if len(analysis.results) > 1 else 'your'} hand"


def _options(one: Trained, exercises: Path | None, counting: Counting) -> list[_Option]:
    """The plain counterpart and related exercises that are not led by bands, as hard at their hardest place."""
    if one.training.kind not in BAND_LED:
        return []
    exercise = one.analysis.setup.exercise
    ids = dict.fromkeys(filter(None, (exercise.alternative, *exercise.related)))
    analyses = (_as_hard(one.analysis, find_exercise(other, exercises)) for other in ids)
    options = [
        _Option(a, training_of(a, one.training.sets, one.training.reps, counting)) for a in analyses if a
    ]
    return [option for option in options if option.training.kind not in BAND_LED]


def _as_hard(analysis: Analysis, exercise: Exercise) -> Analysis | None:
    """Another exercise as hard as this one, with a weight one can pick up; its usual loads where they are fixed.

    None for holds, and for loads beyond what can be held.
    """
    if exercise.movement.isometric or analysis.setup.strength_curve == "measured":
        return None
    effort = min(analysis.summary.peak_effort, MOST_MATCHED_EFFORT)
    matched = (
        answered(matched_alternative(analysis, exercise, effort), analysis.holder) if effort > 0.0 else None
    )
    setup = _rounded(matched.setup) if matched else _usual(analysis, exercise)
    try:
        found = analyse(setup, with_spread=False, holder=analysis.holder)
    except InfeasibleError:
        return None
    return found if found.summary.peak_effort <= 1.0 else None


def _usual(analysis: Analysis, exercise: Exercise) -> SetUp:
    return default_setup(exercise, analysis.setup.person, side=analysis.setup.side)


def _rounded(setup: SetUp) -> SetUp:
    loads: list[Load] = []
    for load in setup.loads:
        if isinstance(load, WeightLoad):
            loads.append(replace(load, mass_kg=_step(load.mass_kg)))
        elif isinstance(load, CableLoad):
            kilograms = _step(kilograms_force(load.force_n))
            loads.append(replace(load, force_n=kilograms * GRAVITY_M_S2))
        else:
            loads.append(load)
    return replace(setup, loads=tuple(loads))


def _step(mass_kg: float) -> float:
    return max(round(mass_kg / STEP_KG), 1) * STEP_KG
