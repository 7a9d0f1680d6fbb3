"""Cost of the exact muscle paths of both arms beside MuJoCo's own tendon stage, per pose.

Run `python -m benchmarks.bench_paths` in the project folder. Both see the same poses of a shipped movement and do
both arms. As in use, MuJoCo's stage is called at each pose; the exact paths note each pose, which counts, and are
asked for the movement as a whole. The two take turns, and what the clock itself costs is taken off.
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
from bandwright.body.wrapping.placing import Pose
from bandwright.catalogue.anatomy import load_anatomy, load_ratios
from bandwright.catalogue.exercises import find_exercise, shipped_ids
from bandwright.movements.interpolation import PHASES, interpolate
from bandwright.movements.targets import reach, right_arm
from benchmarks.mujoco_tendons import with_tendons

Array = NDArray[np.float64]
ROUNDS = 31
"""Of which the fastest counts."""


def poses(body: BodyModel, name: str) -> Array:
    """Configurations of one movement (51, nq), both arms alike."""
    movement = find_exercise(name).movement
    arm = right_arm(body, reach(body, interpolate(movement.keyframes, PHASES), movement.hand_target))
    found = []
    for index in range(PHASES):
        body.place(TrunkPose((0.0, 1.0), 0.3, 0.0), {"r": arm, "l": arm}, index)
        found.append(body.configuration())
    return np.array(found)


def seconds(run: Callable[[], object]) -> float:
    """Processor time of one call [s]: on a busy machine a long call is broken off more often than a short one."""
    start = time.thread_time()
    run()
    return time.thread_time() - start


def once(body: BodyModel, theirs: mujoco.MjModel, data: mujoco.MjData, path: Array) -> tuple[float, float]:
    """MuJoCo's tendons and the exact paths over one movement, placing it not counted [us per pose]."""
    noted: list[Pose] = []
    tendons = exact = 0.0
    for configuration in path:
        for model, state in ((theirs, data), (body.model, body.data)):
            state.qpos[:] = configuration
            mujoco.mj_kinematics(model, state)
            mujoco.mj_comPos(model, state)
        asking = seconds(lambda: None)
        tendons += seconds(lambda: mujoco.mj_tendon(theirs, data)) - asking
        exact += seconds(lambda: noted.append(body.paths.pose())) - asking
    exact += seconds(lambda: [body.paths.along(noted, side) for side in SIDES])
    return tendons / len(path) * 1e6, exact / len(path) * 1e6


def main() -> None:
    """Prints both costs and their ratio for each shipped movement, and for all of them together."""
    person, anatomy = Person("male", 1.75, 75.0), load_anatomy()
    body = BodyModel(anatomy, proportions(person, load_ratios(person), anatomy))
    theirs = with_tendons(anatomy, body.sizes)
    data = mujoco.MjData(theirs)
    costs = {}
    for name in sorted(shipped_ids()):
        path = poses(body, name)
        once(body, theirs, data, path)
        rounds = np.array([once(body, theirs, data, path) for _ in range(ROUNDS)])
        costs[name] = rounds.min(axis=0)
        _say(name, costs[name])
    _say("all of them", np.mean(list(costs.values()), axis=0))


def _say(name: str, cost: Array) -> None:
    tendons, exact = cost
    print(f"{name}: MuJoCo tendons {tendons:.1f} us, exact paths {exact:.1f} us, {exact / tendons:.1f} times")


if __name__ == "__main__":
    main()
