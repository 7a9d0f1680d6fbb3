"""The brief's own sense of good set-ups: a kettlebell and two small bands, and what each intent makes of them."""

from __future__ import annotations

from functools import cache
from typing import Any

from bandwright.catalogue.tables import Intent
from bandwright.loads import BandLoad, Point, WeightLoad
from bandwright.service.design import Design, DesignedSetUp
from tests.unit.search.small import found, gear_of

SMALL_BANDS = {"rogue-monster-0": 2}


@cache
def best(intent: Intent, *exercises: str) -> Design:
    """The designer's answer from one kettlebell of 8 kg, two thin loops and a bench."""
    bell: dict[str, Any] = {"id": "bell", "kind": "kettlebell", "mass_kg": 8.0}
    return found(gear_of(SMALL_BANDS, [bell], (0.1, 0.8, 1.2), bench=True), intent, *exercises)


def kinds(one: DesignedSetUp) -> tuple[bool, bool]:
    """Whether it has a weight, and whether it has a band."""
    loads = one.setup.loads
    return any(isinstance(load, WeightLoad) for load in loads), any(
        isinstance(load, BandLoad) for load in loads
    )


def test_for_size_a_kettlebell_with_bands_beats_bands_alone() -> None:
    """Brief B3 and D1: the band alone idles at the start, with the bell beside it effort is more even."""
    together = best("strength-and-size", "kettlebell-band-row").setups[0]
    alone = best("strength-and-size", "bent-over-band-row").setups[0]
    assert kinds(together) == (True, True)
    assert kinds(alone) == (False, True)
    assert together.finalist.score > alone.finalist.score
    assert together.analysis.summary.evenness > alone.analysis.summary.evenness


def test_for_the_squeeze_it_prefers_the_band() -> None:
    """Brief D2: the best answer for the squeeze is bands alone."""
    assert kinds(best("squeeze").setups[0]) == (False, True)


def test_for_another_direction_it_anchors_in_front() -> None:
    """Brief D3: the answer rows a weight while a band pulls the hand forward."""
    one = best("direction", "single-arm-dumbbell-row-forward-band").setups[0]
    (band,) = {load.origin for load in one.setup.loads if isinstance(load, BandLoad)}
    assert isinstance(band, Point)
    assert band.x_m > float(one.analysis.posed.points["hand_r"][:, 0].max())
    assert kinds(one) == (True, True)
    assert one.finalist.terms["shift"] > 0.0


def test_with_bands_alone_it_still_answers() -> None:
    """Brief B5: with nothing else to hand a band is still resistance, and the verdict says what is missing."""
    design = found(gear_of({"rogue-monster-1": 2}), "strength-and-size", "bent-over-band-row")
    assert kinds(design.setups[0]) == (False, True)
    assert design.setups[0].verdict.reasons
