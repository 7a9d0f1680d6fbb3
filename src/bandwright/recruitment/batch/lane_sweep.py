"""All set-ups of a batch through all poses.

At each pose a set-up begins with those columns inside their bounds to which the course of the activations points that
are not yet kept within them. The course of the multipliers tells less: while a load crosses what can be held, they
leap, and at a thousandth of such a leap columns pass their bounds. Only the facets' multipliers are carried on by it.
Every set-up needs one step there, so all take it where they sit, always in the same lanes, and are judged; five of
six are done then. The others are seated anew, side by side; after every step those who are done make room for others,
so that few lanes work for nobody. They go only as far as φ falls. Who sits beside whom changes with the batch, not
with the threads, and moves a set-up's result by less than convergence allows.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np

from bandwright.numerics.arrays import FloatArray, IntArray
from bandwright.numerics.lanes import (
    LANES,
    choose,
    even,
    greatest,
    lanewise,
    lanewise_entry,
    least,
    load,
    store,
)
from bandwright.recruitment.batch.lane_bench import Bench, aim, bench_for, bounds
from bandwright.recruitment.batch.lane_newton import advance, foresee, judge
from bandwright.recruitment.batch.lane_poses import LanePoses
from bandwright.recruitment.batch.sparse import Sparse, times

TOLERANCE: Final = 1e-8
"""Guaranteed distance of the scaled activations from the optimum at which a set-up is done."""
STALLED_TOLERANCE: Final = 1e-7
"""The same, when rounding forbids more."""
REACH: Final = 0.2
"""How far an activation is thought to go on in its course, compared with the room between its bounds."""
ROUNDS: Final = 40
"""Steps at one pose, besides one for each set-up that takes any, after which those not done are left to the scalar
solver."""
CROWD: Final = 256
"""Set-ups that go through the poses together: enough to fill the lanes again and again, few enough for the cache."""


class Outcome(NamedTuple):
    """What is kept of B set-ups."""

    score: FloatArray
    """(B, s) sum over the poses of each score."""
    peak: FloatArray
    """(B, p) greatest value over the poses of the first p scores."""
    left: FloatArray
    """(B, 2) greatest torque left unheld [N·m] and greatest push beyond a facet [N]."""
    error: FloatArray
    """(B,) greatest distance from the optimum at any pose; inf where the lanes gave up."""
    steps: IntArray
    """(B,) Newton steps in all."""
    activation: FloatArray
    """(B, K, n), or (0, K, n) if not wanted."""


class Task(NamedTuple):
    """What is to be solved."""

    poses: LanePoses
    loads: FloatArray
    """(B, K, D)."""
    scores: Sparse
    """(s, n) per pose, on scaled activations."""


class Crowd(NamedTuple):
    """The set-ups that go through the poses together; each has its lane in one of C groups."""

    bench: Bench
    place: IntArray
    """(2,) place of the first one in the batch, and how many there are."""
    y: FloatArray
    """(C M, LANES) multipliers."""
    last: FloatArray
    """(C k, LANES) multipliers of the facets at the pose before."""
    z: FloatArray
    """(C n, LANES) activations before they are kept within their bounds."""
    last_z: FloatArray
    """(C n, LANES) the same at the pose before."""
    error: FloatArray
    """(C, LANES) squared error where the last step began."""
    sums: FloatArray
    """(C (s + p + 3), LANES) scores over the poses, their peaks, torque and push left, squared error."""
    given_up: IntArray
    """(CROWD,) 1 for those left to the scalar solver."""
    who: IntArray
    """(CROWD,) those not done at this pose."""
    score: FloatArray
    """(s + 2, LANES) scores of a group, then torque and push left."""
    done: FloatArray
    """(1, LANES) 1 for those done at this pose."""


def crowd_for(poses: LanePoses, scores: int, peaks: int) -> Crowd:
    """Room for a crowd, `peaks` of the scores having theirs kept."""
    rows, columns, groups = poses.still.shape[1], poses.root.size, CROWD // LANES
    return Crowd(
        bench=bench_for(poses, rows, poses.by_load.shape[2]),
        place=np.zeros(2, np.int64),
        y=np.zeros((groups * rows, LANES)),
        last=np.zeros((groups * poses.facets.shape[1], LANES)),
        z=np.zeros((groups * columns, LANES), np.float32),
        last_z=np.zeros((groups * columns, LANES), np.float32),
        error=np.zeros((groups, LANES)),
        sums=np.zeros((groups * (scores + peaks + 3), LANES)),
        given_up=np.zeros(CROWD, np.int64),
        who=np.zeros(CROWD, np.int64),
        score=np.zeros((scores + 2, LANES)),
        done=np.zeros((1, LANES)),
    )


@lanewise
def _take(crowd: Crowd, task: Task, k: int, group: int) -> None:
    """Put the loads of a group on the bench."""
    first, last = crowd.place[0] + group * LANES, crowd.place[0] + crowd.place[1] - 1
    for d in range(task.loads.shape[2]):
        for seat in range(LANES):
            crowd.bench.load[d, seat] = task.loads[min(first + seat, last), k, d]
    aim(task.poses, k, crowd.bench)


@lanewise
def _seat(crowd: Crowd, task: Task, k: int, begin: int, count: int) -> None:
    """Put the set-ups `count` from `begin` on in `who` on the bench; empty seats repeat the last one."""
    rows = crowd.bench.y.shape[0]
    for seat in range(LANES):
        one = crowd.who[begin + min(seat, count - 1)]
        at, lane = one // LANES * rows, one % LANES
        for d in range(task.loads.shape[2]):
            crowd.bench.load[d, seat] = task.loads[crowd.place[0] + one, k, d]
        for j in range(rows):
            crowd.bench.y[j, seat] = crowd.y[at + j, lane]
    aim(task.poses, k, crowd.bench)


@lanewise
def _rate(poses: LanePoses, k: int, scores: Sparse, crowd: Crowd) -> None:
    """Set the scores of those on the bench, and what they leave unheld."""
    times(scores, k, crowd.bench.x, crowd.score)
    torques = crowd.bench.y.shape[0] - poses.facets.shape[1]
    torque, push = even(0.0), even(0.0)
    for j in range(crowd.bench.y.shape[0]):
        y = load(crowd.bench.y, j) * poses.unit[j]
        if j < torques:
            torque = greatest(torque, greatest(y, 0.0 - y))
        else:
            push = greatest(push, y)
    store(crowd.score, crowd.score.shape[0] - 2, torque)
    store(crowd.score, crowd.score.shape[0] - 1, push)


@lanewise
def _record_group(crowd: Crowd, group: int) -> None:
    """Add the scores on the bench to those of a group, in the lanes that are done."""
    scores, done = crowd.score.shape[0] - 2, load(crowd.done, 0) > 0.0
    rows = crowd.sums.shape[0] // crowd.error.shape[0]
    at, peaks, none = group * rows, rows - scores - 3, even(0.0)
    for s in range(scores):
        store(crowd.sums, at + s, load(crowd.sums, at + s) + choose(done, load(crowd.score, s), none))
    for p in range(peaks):
        _raise_to(crowd.sums, at + scores + p, choose(done, load(crowd.score, p), none))
    for kind in range(2):
        _raise_to(
            crowd.sums, at + scores + peaks + kind, choose(done, load(crowd.score, scores + kind), none)
        )
    _raise_to(crowd.sums, at + rows - 1, choose(done, load(crowd.bench.error, 0), none))


@lanewise
def _raise_to(rows: FloatArray, row: int, lanes: FloatArray) -> None:
    """Set a row to the greater of what it is and of `lanes`."""
    store(rows, row, greatest(load(rows, row), lanes))


@lanewise
def _record(crowd: Crowd, seat: int, one: int) -> None:
    """Add the scores on a seat to those of a set-up."""
    scores, rows = crowd.score.shape[0] - 2, crowd.sums.shape[0] // crowd.error.shape[0]
    at, lane, peaks = one // LANES * rows, one % LANES, rows - scores - 3
    for s in range(scores):
        crowd.sums[at + s, lane] += crowd.score[s, seat]
    for p in range(peaks):
        peak = at + scores + p
        crowd.sums[peak, lane] = max(crowd.sums[peak, lane], crowd.score[p, seat])
    for kind in range(2):
        left = at + scores + peaks + kind
        crowd.sums[left, lane] = max(crowd.sums[left, lane], crowd.score[scores + kind, seat])
    last = at + rows - 1
    crowd.sums[last, lane] = max(crowd.sums[last, lane], crowd.bench.error[0, seat])


@lanewise
def _keep_activations(poses: LanePoses, k: int, crowd: Crowd, out: Outcome, seat: int, one: int) -> None:
    """Write the activations on a seat to those of a set-up, if they are wanted."""
    if out.activation.shape[0] > 0:
        for i in range(poses.root.shape[0]):
            out.activation[crowd.place[0] + one, k, i] = crowd.bench.x[i, seat] / poses.root[i]


@lanewise
def _arrived(crowd: Crowd, seat: int, one: int) -> bool:
    """Whether a set-up is where φ is least, as far as asked or as rounding allows."""
    error, before = crowd.bench.error[0, seat], crowd.error[one // LANES, one % LANES]
    stalled = error >= before and error <= STALLED_TOLERANCE * STALLED_TOLERANCE
    return bool(error <= TOLERANCE * TOLERANCE or stalled)


@lanewise
def _look_ahead(crowd: Crowd, task: Task, k: int, group: int) -> None:
    """Put on a group's bench what the last two poses point to of facets and columns, and note where it comes from."""
    rows, columns, facets = crowd.bench.y.shape[0], crowd.bench.z.shape[0], task.poses.facets.shape[1]
    for f in range(facets):
        row, before = rows - facets + f, group * facets + f
        y = load(crowd.y, group * rows + row)
        ahead = 2.0 * y - load(crowd.last, before) if k > 1 else y
        store(crowd.bench.y, row, greatest(ahead, even(0.0)))
        store(crowd.last, before, y)
    for i in range(columns):
        z = load(crowd.z, group * columns + i)
        low, high = bounds(task.poses, k, i)
        most = REACH * (high - low)
        course = greatest(least(z - load(crowd.last_z, group * columns + i), even(most)), even(0.0 - most))
        store(crowd.bench.z, i, z + course if k > 1 else z)
        store(crowd.last_z, group * columns + i, z)


@lanewise
def _begin(crowd: Crowd, task: Task, k: int, out: Outcome, group: int, left: int) -> int:
    """Let a group take its first step at a pose; `left` and how many of it are not done more."""
    rows, columns = crowd.bench.y.shape[0], crowd.bench.z.shape[0]
    _take(crowd, task, k, group)
    _look_ahead(crowd, task, k, group)
    foresee(task.poses, k, crowd.bench)
    advance(task.poses, k, crowd.bench, whole=True)
    for j in range(rows):
        store(crowd.y, group * rows + j, load(crowd.bench.y, j))
    for i in range(columns):
        store(crowd.z, group * columns + i, load(crowd.bench.z, i))
    store(crowd.error, group, even(math.inf))
    _rate(task.poses, k, task.scores, crowd)
    for seat in range(LANES):
        one = group * LANES + seat
        absent = one >= crowd.place[1] or crowd.given_up[one] > 0
        done = not absent and _arrived(crowd, seat, one)
        crowd.done[0, seat] = 1.0 if done else 0.0
        if done:
            _keep_activations(task.poses, k, crowd, out, seat, one)
        elif not absent:
            crowd.who[left] = one
            left += 1
    _record_group(crowd, group)
    return left


@lanewise
def _step(crowd: Crowd, task: Task, k: int, begin: int, count: int) -> None:
    """Let the set-ups `count` from `begin` on in `who` take a step as far as φ falls, and judge them."""
    rows, columns = crowd.bench.y.shape[0], crowd.bench.z.shape[0]
    _seat(crowd, task, k, begin, count)
    judge(task.poses, k, crowd.bench)
    for seat in range(count):
        one = crowd.who[begin + seat]
        crowd.error[one // LANES, one % LANES] = crowd.bench.error[0, seat]
    advance(task.poses, k, crowd.bench, whole=False)
    for seat in range(count):
        one = crowd.who[begin + seat]
        group, lane = one // LANES, one % LANES
        for j in range(rows):
            crowd.y[group * rows + j, lane] = crowd.bench.y[j, seat]
        for i in range(columns):
            crowd.z[group * columns + i, lane] = crowd.bench.z[i, seat]
    _rate(task.poses, k, task.scores, crowd)


@lanewise
def _pose(crowd: Crowd, task: Task, k: int, out: Outcome) -> None:
    """Solve a pose for a crowd."""
    count = 0
    for group in range(-(-crowd.place[1] // LANES)):
        count = _begin(crowd, task, k, out, group, count)
    for _ in range(ROUNDS + count):
        if count == 0:
            break
        # Those seated last go on with others beside them, so that the hardest are not left alone one after another.
        begin = max(count - LANES, 0)
        size, left = count - begin, begin
        _step(crowd, task, k, begin, size)
        for seat in range(size):
            one = crowd.who[begin + seat]
            out.steps[crowd.place[0] + one] += 1
            if _arrived(crowd, seat, one):
                _record(crowd, seat, one)
                _keep_activations(task.poses, k, crowd, out, seat, one)
            else:
                crowd.who[left] = one
                left += 1
        count = left
    for i in range(count):
        crowd.given_up[crowd.who[i]] = 1


@lanewise
def _come_in(crowd: Crowd, start: int, count: int) -> None:
    """Let the set-ups from `start` on be the crowd."""
    crowd.place[0], crowd.place[1] = start, count
    for row in range(crowd.y.shape[0]):
        store(crowd.y, row, even(0.0))
    for row in range(crowd.z.shape[0]):
        store(crowd.z, row, even(0.0))
    for row in range(crowd.sums.shape[0]):
        store(crowd.sums, row, even(0.0))
    for one in range(count):
        crowd.given_up[one] = 0


@lanewise
def _hand_over(crowd: Crowd, poses: int, out: Outcome) -> None:
    """Write the sums of a crowd to those of the batch."""
    scores, rows = out.score.shape[1], crowd.sums.shape[0] // crowd.error.shape[0]
    for one in range(crowd.place[1]):
        at, lane, place = one // LANES * rows, one % LANES, crowd.place[0] + one
        for s in range(scores):
            out.score[place, s] = crowd.sums[at + s, lane]
        for p in range(out.peak.shape[1]):
            out.peak[place, p] = crowd.sums[at + scores + p, lane]
        for kind in range(2):
            out.left[place, kind] = crowd.sums[at + rows - 3 + kind, lane]
        out.error[place] = math.inf if crowd.given_up[one] > 0 else math.sqrt(crowd.sums[at + rows - 1, lane])
        out.steps[place] += poses


@lanewise_entry
def sweep(task: Task, crowd: Crowd, out: Outcome, first: int, last: int) -> None:
    """Solve the set-ups first … last − 1 of a batch, in a crowd of one's own; `out` is to be 0 before."""
    poses = task.poses.still.shape[0]
    for start in range(first, last, CROWD):
        _come_in(crowd, start, min(CROWD, last - start))
        for k in range(poses):
            _pose(crowd, task, k, out)
        _hand_over(crowd, poses, out)
