"""The first pass: its forces are those of an analysis, its bound is a bound, its kernel adds up."""

from __future__ import annotations

import numpy as np
import pytest

from bandwright.catalogue.exercises import find_exercise
from bandwright.catalogue.load_checks import find_in_catalogue
from bandwright.loads import load_forces
from bandwright.mechanics import hand_force
from bandwright.search.arm import ready_arm
from bandwright.search.build import built
from bandwright.search.candidate import Candidate, loads_of
from bandwright.search.kernel import Pairs, sweep
from bandwright.search.routes import ExerciseSpace
from bandwright.search.screen import Screen, first_pool, per_kg, screen_of, use_of
from bandwright.search.stock import Stock
from bandwright.service.design_space import space_of, stock_of
from tests.unit.search.small import COARSE, PERSON, gear_of

BANDS = {"rogue-monster-1": 2, "rogue-monster-0": 1, "theraband-green": 2, "theraband-loop-tan": 1}
WEIGHTS = ({"id": "dumbbells", "kind": "dumbbell", "mass_kg": 6.0, "count": 2},)

EXERCISES = (
    "standing-band-row",
    "bent-over-band-row",
    "single-arm-dumbbell-row-forward-band",
    "dumbbell-row-mini-band",
    "band-assisted-pull-up",
    "band-pull-apart",
    "reverse-band-fly",
    "chest-supported-isometric-band-row",
)


def stock() -> Stock:
    """A bit of everything."""
    gear = gear_of(BANDS, WEIGHTS, (0.1, 0.8, 1.3), pull_up_bar=True, bench=True)
    return stock_of(gear)


def screen(exercise: str) -> Screen:
    """One exercise with that stock on a coarse grid."""
    space = space_of(find_exercise(exercise), PERSON, stock(), find_in_catalogue)
    assert isinstance(space, ExerciseSpace)
    arm = ready_arm(space, [[space.elements["latissimus_dorsi"]], []])
    return screen_of(arm, 0, stock(), COARSE)


def drawn(made: Screen, count: int) -> list[Candidate]:
    """Candidates of the grid, drawn with a seed."""
    rng = np.random.default_rng(5)
    found = []
    for _ in range(count):
        route = made.routes[int(rng.integers(len(made.routes)))]
        weight = made.weights[int(rng.integers(len(made.weights)))]
        found.append(Candidate(0, weight, (use_of(route, int(rng.integers(len(route.pair_cell)))),)))
    return found


@pytest.mark.parametrize("exercise", EXERCISES)
def test_forces_are_those_of_the_loads(exercise: str) -> None:
    """Grid, placed candidate and the loads themselves give one hand force."""
    made = screen(exercise)
    space = made.arm.space
    candidates = drawn(made, 6)
    assert candidates
    for one in candidates:
        loads = loads_of(one, space, made.stock)
        hand = hand_force(load_forces(loads, space.posed), space.side, made.arm.poses)
        wanted = np.concatenate([hand.grip, hand.wrist], axis=1)
        placed = built(one, made)
        assert placed is not None
        np.testing.assert_allclose(made.built(one).force, wanted, atol=1e-9)
        np.testing.assert_allclose(placed.force, wanted, atol=1e-9)
        assert placed.strain == pytest.approx(made.built(one).strain)


def test_the_bound_is_below_the_effort_and_touches_it() -> None:
    """For hand forces it has not seen the pool is not above the exact effort; for those it has it is equal."""
    made = screen("standing-band-row")
    pool = first_pool(made, np.random.default_rng(1))
    for one in drawn(made, 5):
        force = made.built(one).force
        exact = made.arm.exact_effort(force)
        assert np.all(pool.lower(force[None])[0] <= exact * (1.0 + 1e-6))
        np.testing.assert_allclose(pool.touching([force]).lower(force[None])[0], exact, rtol=1e-6)


@pytest.mark.parametrize("threads", [1, 2])
def test_the_kernel_gives_peak_and_mean_of_the_bound(threads: int) -> None:
    """Compiled and plain agree for every bundle, weight and cell, on one thread or two."""
    made = screen("bent-over-band-row")
    pool = first_pool(made, np.random.default_rng(1))
    route = made.routes[0]
    poses = np.arange(made.arm.poses)
    held = [one for one in made.weights if one is not None]
    kilogram = per_kg(made, held[0])
    masses = np.array([0.0, 3.0])
    forces = (made.arm.base_force(), masses[:, None, None] * kilogram)
    pairs = np.arange(len(route.pair_cell))
    tension = route.tension(pairs)
    planes = pool.planes(poses, wrists=False)
    chosen = Pairs(route.pair_bundle, route.pair_cell)
    peak, mean = sweep(planes, forces, route.lines(poses), chosen, threads)
    for pair in pairs[::7]:
        for w, mass in enumerate(masses):
            force = mass * kilogram + tension[pair][:, None] * route.pulls.unit[route.pair_cell[pair]]
            effort = pool.lower(force[None])[0]
            assert peak[pair, w] == pytest.approx(effort.max(), rel=1e-9)
            assert mean[pair, w] == pytest.approx(effort.mean(), rel=1e-9)
