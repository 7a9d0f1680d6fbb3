"""Some people through all poses, in lanes, each lane with a person's own rows.

At each pose people start from where they were at the pose before, changed by as much as the nominal person is. All
take a step there. While most of a group are not done it goes on; then those who are not are seated anew.
The last few are solved one by one: by then most lanes would work for nobody.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np

from bandwright.numerics.arrays import BoolArray, FloatArray, IntArray
from bandwright.numerics.lanes import LANES, even, get, greatest, lanewise, lanewise_entry, load, store
from bandwright.recruitment.batch.lane_bench import Bench, bench_for, within
from bandwright.recruitment.batch.lane_newton import advance, foresee, judge
from bandwright.recruitment.batch.lane_people import LanePeople, make_rows, seat
from bandwright.recruitment.newton import MAX_STEPS, STALLED_TOLERANCE, TOLERANCE, solve_bench
from bandwright.recruitment.newton import Bench as Alone
from bandwright.recruitment.newton import bench_for as bench_for_one
from bandwright.recruitment.people import Packed, set_rows

FEW: Final = 3
"""So many people are solved sooner one by one than side by side."""

MANY: Final = 6
"""So many people in a group stay seated for another step, though the others have none to take."""


class Task(NamedTuple):
    """The people and what is asked of them, scaled."""

    people: Packed
    target: FloatArray
    """(D, K, M)."""
    begin: FloatArray
    """(K, M) the nominal person's multipliers."""
    begin_z: FloatArray
    """(K, n) the same person's activations before they are kept within their bounds."""
    course: FloatArray
    """(K, M) what `begin` is more than at the pose before."""
    course_z: FloatArray
    """(K, n) what `begin_z` is more."""
    row: FloatArray
    """(M,) what rows were multiplied by."""
    root: FloatArray
    """(n,) square roots of the weights: what activations were multiplied by."""


class Outcome(NamedTuple):
    """What is found for D people at K poses."""

    activation: FloatArray
    """(K n D / LANES, LANES), D being made up to whole vectors."""
    left: FloatArray
    """(K m D / LANES, LANES) torque left unheld [N·m]."""
    failed: BoolArray
    """(K, D) whether neither way led to an answer."""


class Crowd(NamedTuple):
    """The people who go through the poses together; each has his lane in one of C groups."""

    poses: LanePeople
    bench: Bench
    alone: Alone
    y: FloatArray
    """(C M, LANES) multipliers."""
    z: FloatArray
    """(C n, LANES) activations before they are kept within their bounds."""
    before: FloatArray
    """(1, LANES) squared error where the last step began, of those seated."""
    who: IntArray
    """(C LANES,) those not done at this pose."""


def crowd_for(poses: LanePeople, rows: int, people: int) -> Crowd:
    """Room for so many people of so many rows, to be seated on `poses`."""
    groups, columns = -(-people // LANES), poses.limits.shape[2]
    alone = bench_for_one(columns, rows)
    alone.limits.reshape(2, -1)[:, :columns] = poses.limits[0]
    return Crowd(
        poses=poses,
        bench=bench_for(poses, rows),
        alone=alone,
        y=np.zeros((groups * rows, LANES)),
        z=np.zeros((groups * columns, LANES)),
        before=np.zeros((1, LANES)),
        who=np.zeros(groups * LANES, np.int64),
    )


@lanewise
def _seat(crowd: Crowd, task: Task, k: int, people: tuple[int, int, int]) -> None:
    """Put people on the bench: of those in `who`, as many as the last number says from the second on.

    The first number is that of the crowd's first person. Empty seats repeat the last one.
    """
    start, begin, count = people
    for lane in range(LANES):
        person = start + crowd.who[begin + min(lane, count - 1)]
        seat(crowd.poses, lane, person)
        for j in range(crowd.bench.y.shape[0]):
            crowd.bench.target[j, lane] = task.target[person, k, j]
    make_rows(crowd.poses, k)


@lanewise
def _look_ahead(crowd: Crowd, task: Task, k: int, group: int) -> None:
    """Put a group that is seated where its first step at a pose begins."""
    bench, rows, columns = crowd.bench, crowd.bench.y.shape[0], crowd.bench.z.shape[0]
    for j in range(rows - crowd.poses.facets.shape[1], rows):
        y = load(crowd.y, group * rows + j) + task.course[k, j]
        store(bench.y, j, greatest(y, even(0.0)))
    for i in range(columns):
        store(bench.z, i, load(crowd.z, group * columns + i) + task.course_z[k, i])
    foresee(crowd.poses, k, bench)


@lanewise
def _recall(crowd: Crowd, k: int, begin: int, count: int) -> None:
    """Put the people `count` from `begin` on in `who`, who are seated, where they were."""
    rows = crowd.bench.y.shape[0]
    for lane in range(LANES):
        one = crowd.who[begin + min(lane, count - 1)]
        for j in range(rows):
            crowd.bench.y[j, lane] = crowd.y[one // LANES * rows + j, one % LANES]
    judge(crowd.poses, k, crowd.bench)


@lanewise
def _keep(crowd: Crowd, begin: int, count: int) -> None:
    """Remember where the people `count` from `begin` on in `who`, who are seated, are."""
    rows, columns = crowd.bench.y.shape[0], crowd.bench.z.shape[0]
    for lane in range(count):
        one = crowd.who[begin + lane]
        for j in range(rows):
            crowd.y[one // LANES * rows + j, one % LANES] = crowd.bench.y[j, lane]
        for i in range(columns):
            crowd.z[one // LANES * columns + i, one % LANES] = crowd.bench.z[i, lane]


@lanewise
def _unfinished(crowd: Crowd, lane: int) -> bool:
    """Whether one of those seated is not where φ is least, as far as asked or as rounding allows."""
    error, before = crowd.bench.error[0, lane], crowd.before[0, lane]
    stalled = error >= before and error <= STALLED_TOLERANCE * STALLED_TOLERANCE
    return not (error <= TOLERANCE * TOLERANCE or stalled)


@lanewise
def _go_on(crowd: Crowd, k: int, count: int, whole: bool) -> None:  # noqa: FBT001 — compiled
    """Let those seated take a step, the first one `whole` or not, and another as long as `MANY` have one to take."""
    for _ in range(MAX_STEPS):
        store(crowd.before, 0, even(math.inf) if whole else load(crowd.bench.error, 0))
        advance(crowd.poses, k, crowd.bench, whole)
        whole, unfinished = False, 0
        for lane in range(count):
            unfinished += 1 if _unfinished(crowd, lane) else 0
        if unfinished < MANY:
            break


@lanewise
def _list_unfinished(crowd: Crowd, begin: int, count: int, left: int) -> int:
    """Add those on the bench who are not done to the `left` first ones in `who`; how many these are then."""
    for lane in range(count):
        if _unfinished(crowd, lane):
            crowd.who[left] = crowd.who[begin + lane]
            left += 1
    return left


@lanewise
def _solve_alone(crowd: Crowd, task: Task, k: int, start: int, one: int) -> bool:
    """Solve the pose for one of the crowd; whether that failed, whereupon he goes on as the nominal person."""
    alone, torques = crowd.alone, crowd.bench.y.shape[0] - crowd.poses.facets.shape[1]
    rows, columns = alone.y.shape[0], crowd.bench.z.shape[0]
    group, lane = one // LANES, one % LANES
    set_rows(task.people, start + one, k, alone.rows, alone.x.shape[0])
    for j in range(rows):
        alone.y[j], alone.target[j] = crowd.y[group * rows + j, lane], task.target[start + one, k, j]
    _, error = solve_bench(alone, torques)
    failed = not math.isfinite(error)
    for j in range(rows):
        crowd.y[group * rows + j, lane] = task.begin[k, j] if failed else alone.y[j]
    for i in range(columns):
        crowd.z[group * columns + i, lane] = task.begin_z[k, i] if failed else get(alone.z, i)
    return failed


@lanewise
def _solve_pose(crowd: Crowd, task: Task, k: int, people: tuple[int, int], failed: BoolArray) -> None:
    """Solve a pose for the people first … last − 1."""
    start, left = people[0], people[1] - people[0]
    for one in range(left):
        crowd.who[one] = one
    for attempt in range(MAX_STEPS):
        count, left = left, 0
        for begin in range(0, count, LANES):
            size = min(LANES, count - begin)
            if attempt == 0 or size > FEW:
                _step(crowd, task, k, (start, begin, size), attempt)
                left = _list_unfinished(crowd, begin, size, left)
            else:
                for place in range(begin, count):
                    one = crowd.who[place]
                    failed[start + one] = _solve_alone(crowd, task, k, start, one)
    for place in range(left):
        failed[start + crowd.who[place]] = True


@lanewise
def _step(crowd: Crowd, task: Task, k: int, people: tuple[int, int, int], attempt: int) -> None:
    """Seat people as `_seat` does and let them step: the whole of a step at first, then as far as φ falls."""
    _, begin, count = people
    _seat(crowd, task, k, people)
    if attempt == 0:
        _look_ahead(crowd, task, k, begin // LANES)
    else:
        _recall(crowd, k, begin, count)
    _go_on(crowd, k, count, attempt == 0)
    _keep(crowd, begin, count)


@lanewise
def _hand_over(crowd: Crowd, task: Task, k: int, people: tuple[int, int], out: Outcome) -> None:
    """Write what was found at a pose."""
    rows, columns = crowd.bench.y.shape[0], crowd.bench.z.shape[0]
    every, torques = -(-out.failed.shape[1] // LANES), rows - crowd.poses.facets.shape[1]
    for place in range(people[0] // LANES, -(-people[1] // LANES)):
        group = place - people[0] // LANES
        for i in range(columns):
            x = within(crowd.poses, k, i, load(crowd.z, group * columns + i))
            store(out.activation, (k * columns + i) * every + place, x / task.root[i])
        # The dual's unknown is what is left unheld, scaled.
        for j in range(torques):
            left = load(crowd.y, group * rows + j) / task.row[j]
            store(out.left, (k * torques + j) * every + place, left)


@lanewise_entry
def sweep(task: Task, crowd: Crowd, out: Outcome, first: int, last: int) -> None:
    """Solve all poses for the people first … last − 1, the first of whom begins a vector.

    `out.failed` is to be False before.
    """
    people = first, last
    for row in range(crowd.y.shape[0]):
        store(crowd.y, row, even(0.0))
    for row in range(crowd.z.shape[0]):
        store(crowd.z, row, even(0.0))
    for k in range(task.begin.shape[0]):
        _solve_pose(crowd, task, k, people, out.failed[k])
        _hand_over(crowd, task, k, people, out)
