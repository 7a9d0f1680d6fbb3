"""Cost of the exact muscle paths of both arms beside MuJoCo's own tendon stage, per pose."""

from __future__ import annotations

import time
from collections.abc import Callable

import mujoco
import numpy as np

from bandwright.body import BodyModel, Person
from bandwright.body.exact_paths import ExactPaths
from bandwright.body.person import SIDES
from bandwright.body.scaling import proportions
from bandwright.catalogue.anatomy import load_anatomy, load_ratios


def microseconds(run: Callable[[], object], times: int = 2000) -> float:
    """Median of seven averages over `times` runs [us]."""
    run()
    found = []
    for _ in range(7):
        start = time.perf_counter()
        for _ in range(times):
            run()
        found.append((time.perf_counter() - start) / times * 1e6)
    return float(np.median(found))


def main() -> None:
    """Prints both costs and their ratio."""
    person, anatomy = Person("male", 1.75, 75.0), load_anatomy()
    body = BodyModel(anatomy, proportions(person, load_ratios(person), anatomy))
    paths = ExactPaths(body.model, anatomy, body.sizes)
    mujoco.mj_kinematics(body.model, body.data)
    mujoco.mj_comPos(body.model, body.data)
    theirs = microseconds(lambda: mujoco.mj_tendon(body.model, body.data))
    ours = microseconds(lambda: [paths.lengths_and_gradients(body.data, side) for side in SIDES], 200)
    print(f"MuJoCo tendons {theirs:.1f} us, exact paths {ours:.1f} us: {ours / theirs:.1f} times")


if __name__ == "__main__":
    main()
