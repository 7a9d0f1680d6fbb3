"""What a verdict says would do better, told to somebody whose gear is known."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bandwright.body import Person
from bandwright.catalogue.exercises import find_exercise
from bandwright.catalogue.load_checks import FindBand
from bandwright.curves.verdict import Alternative, Verdict
from bandwright.search.stock import Stock
from bandwright.service.design_space import gear_lacking, weight_lacking


def told_to_owner(
    verdict: Verdict, person: Person, stock: Stock, find_band: FindBand, own_exercises: Path | None = None
) -> Verdict:
    """The same, saying of each alternative what would have to be bought for it."""

    def told(one: Alternative) -> Alternative:
        exercise = find_exercise(one.exercise, own_exercises)
        lacking = gear_lacking(exercise, person, stock, find_band)
        if lacking is not None:
            return replace(one, text=f"{one.text} You would have to buy something for it: {lacking.text}")
        hand_kg = one.values.get("alternative_load_kg")
        if not isinstance(hand_kg, float):
            return one
        weight = weight_lacking(exercise, hand_kg, stock, find_band)
        return replace(one, text=f"{one.text} You would have to buy {weight} for it.") if weight else one

    return replace(verdict, alternatives=tuple(told(one) for one in verdict.alternatives))
