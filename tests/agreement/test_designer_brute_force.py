"""The designer against a plain loop: every set-up of a small space analysed one by one gives the same winners."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from bandwright.catalogue.objectives import load_objectives
from bandwright.catalogue.setup import person_table
from bandwright.catalogue.setups import read_setup
from bandwright.catalogue.tables import Intent
from bandwright.errors import InfeasibleError, InputError
from bandwright.loads import BandLoad
from bandwright.search import find
from bandwright.search.find import Finalist, Options
from bandwright.search.grid import Steps, laid_out
from bandwright.service.analysis import Analysis, analyse
from bandwright.service.design import Design
from bandwright.service.design_space import UNDER_FOOT_M
from bandwright.service.metrics import dose
from tests.unit.search.small import PERSON, found, gear_of

BELL = {"id": "bell", "kind": "kettlebell", "mass_kg": 6.0}
BAND = "rogue-monster-0"
STEPS = Steps(free_m=0.02)
GRID = Options(steps=STEPS, refine=False)
REPS = (5.0, 20.0)
"""Wide, so that several families suit however strong the model makes people."""

LONGEST_M = {"choked": 1.04, "folded": 0.52}
"""Half and a quarter of a 2.08 m loop [m]."""


def every_setup(intent: Intent) -> Iterator[tuple[tuple[int, int, float], dict[str, Any]]]:
    """Up to two thin loops under the foot beside the kettlebell, gripped short or folded, at every length."""
    for choked, folded in ((1, 0), (0, 1), (2, 0), (1, 1), (0, 2)):
        for free in laid_out(UNDER_FOOT_M, STEPS.free_m):
            counts = {"choked": choked, "folded": folded}
            if any(count and free > LONGEST_M[rig] for rig, count in counts.items()):
                continue
            bands = [
                {
                    "id": f"band-{rig}",
                    "kind": "band",
                    "band": BAND,
                    "rig": rig,
                    "count": count,
                    "free_length_m": free,
                    "from": "foot_r",
                    "to": "hand_r",
                }
                for rig, count in counts.items()
                if count
            ]
            bell = {"id": "bell", "kind": "weight", "mass_kg": 6.0, "to": "hand_r"}
            table = {"exercise": "kettlebell-band-row", "intent": intent, "person": person_table(PERSON)}
            yield (choked, folded, free), {**table, "load": [bell, *bands]}


def score(analysis: Analysis, intent: Intent, folded_or_not: tuple[int, int, float]) -> float | None:
    """The objective's score by the analysis's own figures; None when a limit or the window is left."""
    table = load_objectives()
    aim = table.intent[intent]
    low, high = (1.0 / (1.0 + reps / 30.0) for reps in (REPS[1], REPS[0]))
    if not low <= analysis.summary.peak_effort <= high:
        return None
    if analysis.spine.share.max() > table.limits.spine_share.value:
        return None
    stretch = max(force.band.stretch_ratio.max() for force in analysis.forces if force.band is not None)
    counts = {load.id: load.count for load in analysis.setup.loads if isinstance(load, BandLoad)}
    each = [
        np.linalg.norm(force.force["r"], axis=1).max() / counts[force.id]
        for force in analysis.forces
        if force.band is not None
    ]
    if stretch > 3.0 or min(each) < 5.0:
        return None
    groups: Sequence[str] = aim.muscles or [
        one for one in analysis.setup.exercise.muscles if one != "erector_spinae"
    ]
    terms: Mapping[str, float] = {
        "evenness": analysis.summary.evenness,
        "dose": dose(analysis, groups),
        "shortened": dose(analysis, groups, "shortened"),
        "simplicity": 1.0 / (1 + folded_or_not[0] + folded_or_not[1]),
    }
    strained = table.limits.strained_cost.value * (stretch > 2.5)
    return float(sum(weight * terms[name] for name, weight in aim.weights.items()) - strained)


def brute_force(intent: Intent) -> dict[tuple[int, int], tuple[float, float]]:
    """Best score and free length of each choice of rigs that suits."""
    best: dict[tuple[int, int], tuple[float, float]] = {}
    for key, table in every_setup(intent):
        try:
            analysis = analyse(read_setup(table), with_spread=False)
        except (InfeasibleError, InputError):
            continue
        gained = score(analysis, intent, key)
        if gained is not None and gained > best.get(key[:2], (-np.inf, 0.0))[0]:
            best[key[:2]] = (gained, key[2])
    return best


def by_search(intent: Intent, **more: Any) -> Design:
    """The designer on the same space."""
    gear = gear_of({BAND: 2}, [BELL])
    return found(gear, intent, "kettlebell-band-row", reps=REPS, reserve=0.0, top=20, **more)


def rigs_of(one: Any) -> tuple[int, int]:
    """How many loops are gripped short and how many folded."""
    pieces = [piece for use in one.finalist.candidate.uses for piece in use.pieces]
    counts = {rig: sum(piece.count for piece in pieces if piece.rig == rig) for rig in ("choked", "folded")}
    return counts["choked"], counts["folded"]


@pytest.mark.parametrize("intent", ["strength-and-size", "squeeze"])
def test_the_winners_are_those_of_a_plain_loop(intent: Intent) -> None:
    """Same families, same places, same scores."""
    wanted = brute_force(intent)
    got = by_search(intent, options=GRID)
    assert wanted
    best = max(wanted.items(), key=lambda item: item[1][0])
    assert rigs_of(got.setups[0]) == best[0]
    for one in got.setups:
        gained, free = wanted[rigs_of(one)]
        assert one.finalist.score == pytest.approx(gained, abs=1e-6)
        assert one.finalist.candidate.uses[0].cell.free_m == pytest.approx(free)


def test_placing_to_the_centimetre_is_never_worse_than_the_grid() -> None:
    """The refined winner scores at least what the grid's does, and its analysis confirms it."""
    grid = by_search("strength-and-size", options=GRID).setups[0]
    fine = by_search("strength-and-size", options=replace(GRID, refine=True, families=6)).setups[0]
    assert fine.finalist.score >= grid.finalist.score - 1e-9
    assert fine.analysis.summary.peak_effort == pytest.approx(fine.finalist.peak, abs=1e-6)
    assert fine.analysis.summary.evenness == pytest.approx(fine.finalist.terms["evenness"], abs=1e-6)


def signatures(design: Design) -> list[tuple[tuple[int, int], float | None, float]]:
    """Rigs, free length and score of every answer, in order."""
    return [
        (rigs_of(one), one.finalist.candidate.uses[0].cell.free_m, one.finalist.score)
        for one in design.setups
    ]


def test_neither_seed_nor_threads_change_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other directions for the bound, one thread or two: the same answers in the same order."""
    first = signatures(by_search("strength-and-size", options=replace(GRID, threads=1)))
    monkeypatch.setattr(find, "SEED", find.SEED + 1)
    other = signatures(by_search("strength-and-size", options=replace(GRID, threads=2)))
    assert [one[:2] for one in other] == [one[:2] for one in first]
    assert [one[2] for one in other] == pytest.approx([one[2] for one in first], abs=1e-9)


def test_the_front_is_what_no_answer_beats() -> None:
    """Nothing in the front beats another in it, and every answer is in it or beaten by one that is."""
    design = by_search("strength-and-size", options=GRID)
    front = [one for _, one in design.front]
    assert front
    assert not any(beats(one, other) for one in front for other in front)
    answers = [one.finalist for one in design.setups]
    assert len(answers) > 1
    for one in answers:
        assert (one in front) != any(beats(other, one) for other in front)


def beats(one: Finalist, other: Finalist) -> bool:
    """Whether one is as even, as strong on the muscles and as simple as another, and better in one."""
    pairs = [(one.terms[term], other.terms[term]) for term in ("evenness", "dose", "simplicity")]
    return all(mine >= its for mine, its in pairs) and any(mine > its for mine, its in pairs)
