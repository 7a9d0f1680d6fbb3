"""How many set-ups the designer judges a second, and how long a person waits for the first and the last answer.

Run: python benchmarks/bench_designer.py [gear.toml] [intent]
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np

from bandwright.body import Person
from bandwright.catalogue.exercises import find_exercise
from bandwright.catalogue.gear import read_gear
from bandwright.catalogue.load_checks import find_in_catalogue
from bandwright.catalogue.tables import INTENTS
from bandwright.search.arm import ready_arm
from bandwright.search.grid import Steps
from bandwright.search.objective import Window
from bandwright.search.routes import ExerciseSpace
from bandwright.search.screen import first_pool, screen_of
from bandwright.search.sweep import screened
from bandwright.service.design import Progress, Request, design
from bandwright.service.design_space import space_of, stock_of

PERSON = Person("male", 1.80, 80.0)
EXAMPLE = Path(__file__).parents[1] / "examples" / "gear.toml"


def sweep_speed(gear_path: Path) -> None:
    """Candidates a second in the first pass alone, on a fine grid of one exercise."""
    stock = stock_of(read_gear(gear_path))
    space = space_of(find_exercise("standing-band-row"), PERSON, stock, find_in_catalogue)
    if not isinstance(space, ExerciseSpace):
        print(space.text)
        return
    arm = ready_arm(space, [[space.elements["latissimus_dorsi"]], []])
    started = time.perf_counter()
    screen = screen_of(arm, 0, stock, Steps(0.02, 0.05, 0.02))
    ready = time.perf_counter()
    pool = first_pool(screen, np.random.default_rng(1))
    pooled = time.perf_counter()
    tally = screened(screen, pool, Window(0.68, 0.75))
    done = time.perf_counter()
    print(
        f"fine grid: pulls {ready - started:.2f} s, pool {pooled - ready:.2f} s, "
        f"{tally.judged} judged in {done - pooled:.2f} s = {tally.judged / (done - pooled):,.0f}/s"
    )


def whole(gear_path: Path, intent: str) -> None:
    """Time to the first exercise with an answer, and to the last."""
    gear = read_gear(gear_path)
    request = Request(gear, next(one for one in INTENTS if one == intent), PERSON)
    started = time.perf_counter()
    first: list[float] = []

    def watch(now: Progress) -> bool:
        if now.suiting and not first:
            first.append(time.perf_counter() - started)
        return True

    found = design(request, watch)
    took = time.perf_counter() - started
    print(
        f"{intent}: {found.judged} judged, first answer after {first[0] if first else took:.1f} s, "
        f"all after {took:.1f} s"
    )


if __name__ == "__main__":
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else EXAMPLE
    wanted = sys.argv[2] if len(sys.argv) > 2 else "strength-and-size"
    for _ in range(2):  # the second time everything is compiled and posed
        sweep_speed(path)
        whole(path, wanted)
