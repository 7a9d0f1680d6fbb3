"""Cost of the exact muscle paths of both arms beside MuJoCo's own tendon stage, per pose.

Run `python -m benchmarks.bench_paths` in the project folder. Both see the poses of a shipped movement in turn, so
that the exact paths start from their neighbours as they do in use; both do both arms.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import mujoco
import numpy as np
from numpy.typing import NDArray

from bandwright.body import BodyModel, Person, TrunkPose
from bandwright.body.person import SIDES
from bandwright.body.scaling import proportions
from bandwright.catalogue.anatomy import load_anatomy, load_ratios
from bandwright.catalogue.exercises import find_exercise
from bandwright.movements.interpolation import PHASES, interpolate
from bandwright.movements.targets import reach, right_arm
from benchmarks.mujoco_tendons import with_tendons

Array = NDArray[np.float64]
MOVEMENTS = ("bent-over-dumbbell-row", "face-pull", "pull-up", "straight-arm-pulldown")


def poses(body: BodyModel, name: str) -> Array:
    """Configurations of one movement (51, nq), both arms alike."""
    movement = find_exercise(name).movement
    arm = right_arm(body, reach(body, interpolate(movement.keyframes, PHASES), movement.hand_target))
    found = []
    for index in range(PHASES):
        body.place(TrunkPose((0.0, 1.0), 0.3, 0.0), {"r": arm, "l": arm}, index)
        found.append(body.configuration())
    return np.array(found)


def microseconds(model: mujoco.MjModel, data: mujoco.MjData, path: Array, run: Callable[[], object]) -> float:
    """Least of seven averages over the poses, placing them not counted [us]."""
    found = []
    for _ in range(7):
        spent = 0.0
        for configuration in path:
            data.qpos[:] = configuration
            mujoco.mj_kinematics(model, data)
            mujoco.mj_comPos(model, data)
            start = time.perf_counter()
            run()
            spent += time.perf_counter() - start
        found.append(spent / len(path) * 1e6)
    return float(min(found))


def main() -> None:
    """Prints both costs and their ratio for each movement."""
    person, anatomy = Person("male", 1.75, 75.0), load_anatomy()
    body = BodyModel(anatomy, proportions(person, load_ratios(person), anatomy))
    theirs = with_tendons(anatomy, body.sizes)
    data = mujoco.MjData(theirs)
    for name in MOVEMENTS:
        path = poses(body, name)
        tendons = microseconds(theirs, data, path, lambda: mujoco.mj_tendon(theirs, data))
        exact = microseconds(
            body.model,
            body.data,
            path,
            lambda: [body.paths.lengths_and_gradients(body.data, side) for side in SIDES],
        )
        ratio = exact / tendons
        print(f"{name}: MuJoCo tendons {tendons:.1f} us, exact paths {exact:.1f} us, {ratio:.1f} times")


if __name__ == "__main__":
    main()
