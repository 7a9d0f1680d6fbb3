"""What the designer leaves out unseen, against looking at everything: it cannot have been the best."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

import numpy as np
import pytest

from bandwright.catalogue.exercises import find_exercise
from bandwright.catalogue.load_checks import find_in_catalogue
from bandwright.catalogue.tables import Intent
from bandwright.search import grade
from bandwright.search.appraise import Appraiser
from bandwright.search.candidate import Candidate, RouteUse
from bandwright.search.choices import within_stock
from bandwright.search.find import Search, prepared
from bandwright.search.grade import best_of_families, kept_of
from bandwright.search.grid import Steps
from bandwright.search.objective import Limits
from bandwright.search.pool import EffortPool
from bandwright.search.refine import placed
from bandwright.search.routes import ExerciseSpace
from bandwright.search.screen import Screen, first_pool, use_of
from bandwright.search.sweep import screened
from bandwright.service.design import Request, objective_of
from bandwright.service.design_space import space_of, stock_of
from tests.unit.search.small import PERSON, gear_of

DUMBBELL = {"id": "dumbbell", "kind": "dumbbell", "mass_kg": 10.0, "from_kg": 4.0, "step_kg": 2.0}
KETTLEBELL = {"id": "bell", "kind": "kettlebell", "mass_kg": 8.0}
STEPS = Steps(distance_m=0.3, height_m=0.4, free_m=0.1)

CASES: list[tuple[str, Intent]] = [
    ("standing-band-row", "strength-and-size"),
    ("standing-band-row", "squeeze"),
    ("single-arm-dumbbell-row-forward-band", "direction"),
    ("kettlebell-band-row", "strength-and-size"),
    ("face-pull", "posture"),
]
MOST = 6


def ready(exercise: str, intent: Intent) -> tuple[Screen, Appraiser, EffortPool]:
    """An exercise with a few thousand candidates."""
    gear = gear_of(
        {"rogue-monster-0": 2, "rogue-monster-1": 1}, [DUMBBELL, KETTLEBELL], (0.8, 1.6), bench=True
    )
    objective = objective_of(Request(gear, intent, PERSON))
    what = Search(stock_of(gear), objective, Limits(0.9, 1.0, 0.1))
    space = space_of(find_exercise(exercise), PERSON, what.stock, find_in_catalogue)
    assert isinstance(space, ExerciseSpace)
    made, appraiser = prepared(space, 0, what)
    screen = Screen(made.arm, 0, made.stock, made.routes, made.weights)
    return screen, appraiser, first_pool(screen, np.random.default_rng(3))


def everything(screen: Screen) -> Iterator[Candidate]:
    """Every bundle on every cell of every route with every weight, and no band where that is allowed."""
    uses = [[use_of(route, pair) for pair in range(len(route.pair_cell))] for route in screen.routes]
    single: list[tuple[RouteUse, ...]] = [(use,) for each in uses for use in each]
    for first, second in combinations(uses, 2):
        double = product((use for use in first if alone(use)), (use for use in second if alone(use)))
        single += [
            both for both in double if within_stock(Candidate(0, None, both), screen.arm.space, screen.stock)
        ]
    for weight in screen.weights:
        if not screen.arm.space.band_needed and (weight is not None or screen.arm.space.hanging):
            yield Candidate(0, weight, ())
        yield from (Candidate(0, weight, chosen) for chosen in single)


def alone(use: RouteUse) -> bool:
    """Whether it is one band."""
    return [piece.count for piece in use.pieces] == [1]


@pytest.mark.parametrize(("exercise", "intent"), CASES)
def test_what_the_first_pass_drops_is_outside_the_window(exercise: str, intent: Intent) -> None:
    """Every candidate whose exact peak effort, by a linear programme at every pose, suits has been kept."""
    screen, appraiser, pool = ready(exercise, intent)
    found = screened(screen, pool, appraiser.window)
    kept = {*found.bare, *(one for part in found.parts for one in part.candidates(screen))}
    every = list(everything(screen))
    assert found.judged == len(every)
    dropped = [one for one in every if one not in kept]
    assert kept
    assert dropped
    sample = np.random.default_rng(7).permutation(len(dropped))[:150]
    nearest = np.argsort([-pool.lower(screen.built(one).force[None]).max() for one in dropped])
    # Those that look hardest and those in the middle are the likeliest to have been misjudged.
    light = [
        i for i in nearest if pool.lower(screen.built(dropped[i]).force[None]).max() < appraiser.window.low
    ]
    for i in {*sample.tolist(), *[int(one) for one in light[:150]]}:
        peak = screen.arm.exact_effort(screen.built(dropped[i]).force).max()
        assert appraiser.window.miss(np.array(peak)) != 0.0


@pytest.mark.parametrize(("exercise", "intent"), CASES)
def test_the_most_promising_first_loses_nothing(
    exercise: str, intent: Intent, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The best of the best families are those of valuing everything kept, without ceilings and in any order."""
    monkeypatch.setattr(grade, "MANY", 1)
    monkeypatch.setattr(grade, "AT_A_TIME", 32)
    screen, appraiser, pool = ready(exercise, intent)
    found = screened(screen, pool, appraiser.window)
    kept = [*found.bare, *(one for part in found.parts for one in part.candidates(screen))]
    whole = placed(kept, screen, appraiser, pool, on_grid=True)
    families: dict[object, list[tuple[bool, float]]] = {}
    for one, miss, value in zip(whole.candidates, whole.found.miss, whole.value.tolist(), strict=True):
        families.setdefault(one.family, []).append((bool(miss == 0.0), value))
    # The best inside the window, or where a family has none there the best at all.
    best = [max(rows)[1] for rows in families.values()]
    wanted = sorted(best, reverse=True)[:MOST]
    chosen = best_of_families(found, screen, appraiser, pool, MOST)
    got = placed(chosen, screen, appraiser, pool, on_grid=True).value.tolist()
    assert np.all(np.array(got) >= np.array(wanted) - 1e-9)


@pytest.mark.parametrize("many", [1, 1_000_000])
@pytest.mark.parametrize(("exercise", "intent"), CASES)
def test_nothing_is_worth_more_than_its_ceiling(
    exercise: str, intent: Intent, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither by the bound on effort nor exactly, whether or not a table says what the muscles can do at most."""
    monkeypatch.setattr(grade, "MANY", many)
    screen, appraiser, pool = ready(exercise, intent)
    kept = kept_of(screened(screen, pool, appraiser.window).parts, screen, appraiser)
    worth = np.nonzero(np.isfinite(kept.ceiling))[0]
    rows = np.random.default_rng(11).permutation(worth)[:60]
    ones = [kept.parts[kept.part[i]].candidate(int(kept.row[i]), screen) for i in rows]
    for exact in (pool, None):
        value = placed(ones, screen, appraiser, exact, on_grid=True).value
        assert np.all(value <= kept.ceiling[rows] + 1e-9)
