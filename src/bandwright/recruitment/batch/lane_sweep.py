"""All set-ups of a batch through all poses.

At each pose a set-up starts from where its multipliers at the two poses before point to. Every set-up needs one step
there, so all take it where they sit, always in the same lanes, and are judged; a little more than half are done then.
The others are seated anew, side by side, and again after every step, so that few lanes work for nobody. A step is
taken whole unless it did not halve the error: then it is taken again only as far as φ falls. Who sits
beside whom changes, but lanes do not see each other: a set-up's result is the same in any company.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np

from bandwright.numerics.arrays import FloatArray, IntArray
from bandwright.numerics.lanes import LANES, choose, even, greatest, lanewise, lanewise_entry, load, store
from bandwright.recruitment.batch.lane_bench import Bench, aim, bench_for
from bandwright.recruitment.batch.lane_newton import advance, judge, move
from bandwright.recruitment.batch.lane_poses import LanePoses
from bandwright.recruitment.batch.lane_search import go
from bandwright.recruitment.batch.sparse import Sparse, times

TOLERANCE: Final = 1e-8
"""Guaranteed distance of the scaled activations from the optimum at which a set-up is done."""
STALLED_TOLERANCE: Final = 1e-7
"""The same, when rounding forbids more."""
ENOUGH: Final = 0.25
"""What a whole step must bring the squared error down to."""
ROUNDS: Final = 40
"""Rounds at one pose after which a set-up is left to the scalar solver."""
CROWD: Final = 512
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
    """(3,) place of the first one in the batch, how many there are, and how many are in `slow`."""
    y: FloatArray
    """(C M, LANES) multipliers."""
    last: FloatArray
    """(C M, LANES) multipliers at the pose before."""
    before: FloatArray
    """(C M, LANES) multipliers before the last step."""
    error: FloatArray
    """(C, LANES) squared error where the last step began."""
    sums: FloatArray
    """(C (s + p + 3), LANES) scores over the poses, their peaks, torque and push left, squared error."""
    given_up: IntArray
    """(CROWD,) 1 for those left to the scalar solver."""
    who: IntArray
    """(CROWD,) those not done at this pose."""
    slow: IntArray
    """(CROWD,) those whose last whole step led them astray at this pose."""
    score: FloatArray
    """(s + 2, LANES) scores of a group, then torque and push left."""
    done: FloatArray
    """(1, LANES) 1 for those done at this pose."""


def crowd_for(poses: LanePoses, scores: int, peaks: int) -> Crowd:
    """Room for a crowd, `peaks` of the scores having theirs kept."""
    rows, groups = poses.still.shape[1], CROWD // LANES
    return Crowd(
        bench=bench_for(poses),
        place=np.zeros(3, np.int64),
        y=np.zeros((groups * rows, LANES)),
        last=np.zeros((groups * rows, LANES)),
        before=np.zeros((groups * rows, LANES)),
        error=np.zeros((groups, LANES)),
        sums=np.zeros((groups * (scores + peaks + 3), LANES)),
        given_up=np.zeros(CROWD, np.int64),
        who=np.zeros(CROWD, np.int64),
        slow=np.zeros(CROWD, np.int64),
        score=np.zeros((scores + 2, LANES)),
        done=np.zeros((1, LANES)),
    )


@lanewise
def _take(crowd: Crowd, task: Task, k: int, group: int) -> None:
    """Put a group on the bench."""
    first, last = crowd.place[0] + group * LANES, crowd.place[0] + crowd.place[1] - 1
    rows = crowd.bench.y.shape[0]
    for d in range(task.loads.shape[2]):
        for seat in range(LANES):
            crowd.bench.load[d, seat] = task.loads[min(first + seat, last), k, d]
    for j in range(rows):
        store(crowd.bench.y, j, load(crowd.y, group * rows + j))
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
def _led_astray(crowd: Crowd, seat: int, one: int) -> bool:
    """Whether a whole step did not bring the error down by half."""
    return bool(not crowd.bench.error[0, seat] <= ENOUGH * crowd.error[one // LANES, one % LANES])


@lanewise
def _slow_down(crowd: Crowd, one: int) -> None:
    """Put a set-up among those who are to take their last step again, and shorter."""
    crowd.slow[crowd.place[2]] = one
    crowd.place[2] += 1


@lanewise
def _begin(crowd: Crowd, task: Task, k: int, group: int) -> None:
    """Let a group begin a pose where the last two poses point to, and take its first step."""
    rows = crowd.bench.y.shape[0]
    at, torques = group * rows, rows - task.poses.facets.shape[1]
    for j in range(rows):
        y = load(crowd.y, at + j)
        ahead = 2.0 * y - load(crowd.last, at + j) if k > 1 else y
        ahead = ahead if j < torques else greatest(ahead, even(0.0))
        store(crowd.y, at + j, ahead)
        store(crowd.before, at + j, ahead)
        store(crowd.last, at + j, y)
    _take(crowd, task, k, group)
    judge(task.poses, k, crowd.bench)
    store(crowd.error, group, load(crowd.bench.error, 0))
    advance(task.poses, k, crowd.bench, 0)
    for j in range(rows):
        store(crowd.y, at + j, load(crowd.bench.y, j))


@lanewise
def _settle(crowd: Crowd, task: Task, k: int, out: Outcome, group: int, left: int) -> int:
    """Judge a group, which is on the bench, after its first step; `left` and how many of it are not done more."""
    judge(task.poses, k, crowd.bench)
    _rate(task.poses, k, task.scores, crowd)
    for seat in range(LANES):
        one = group * LANES + seat
        absent = one >= crowd.place[1] or crowd.given_up[one] > 0
        done = not absent and _arrived(crowd, seat, one)
        crowd.done[0, seat] = 1.0 if done else 0.0
        if done:
            _keep_activations(task.poses, k, crowd, out, seat, one)
        elif not absent and _led_astray(crowd, seat, one):
            _slow_down(crowd, one)
        elif not absent:
            crowd.who[left] = one
            left += 1
    _record_group(crowd, group)
    return left


@lanewise
def _step(crowd: Crowd, task: Task, k: int, begin: int, count: int, careful: int) -> None:
    """Let the set-ups `count` from `begin` on in `who` take a step, and judge them."""
    rows = crowd.bench.y.shape[0]
    _seat(crowd, task, k, begin, count)
    judge(task.poses, k, crowd.bench)
    for seat in range(count):
        one = crowd.who[begin + seat]
        at, lane = one // LANES * rows, one % LANES
        crowd.error[one // LANES, lane] = crowd.bench.error[0, seat]
        for j in range(rows):
            crowd.before[at + j, lane] = crowd.y[at + j, lane]
    advance(task.poses, k, crowd.bench, careful)
    _arrive(crowd, task, k, begin, count)


@lanewise
def _step_again(crowd: Crowd, task: Task, k: int, begin: int, count: int) -> None:
    """Let the set-ups `count` from `begin` on in `who` take their last step only as far as φ falls."""
    rows = crowd.bench.y.shape[0]
    _seat(crowd, task, k, begin, count)
    for j in range(rows):
        store(crowd.bench.step, j, load(crowd.bench.y, j))
    for seat in range(LANES):
        one = crowd.who[begin + min(seat, count - 1)]
        at, lane = one // LANES * rows, one % LANES
        for j in range(rows):
            crowd.bench.y[j, seat] = crowd.before[at + j, lane]
    for j in range(rows):
        store(crowd.bench.step, j, load(crowd.bench.step, j) - load(crowd.bench.y, j))
    move(crowd.bench, rows - task.poses.facets.shape[1], go(task.poses, k, crowd.bench))
    _arrive(crowd, task, k, begin, count)


@lanewise
def _arrive(crowd: Crowd, task: Task, k: int, begin: int, count: int) -> None:
    """Write down where those on the bench have come to, and judge them."""
    rows = crowd.bench.y.shape[0]
    for seat in range(count):
        one = crowd.who[begin + seat]
        at, lane = one // LANES * rows, one % LANES
        for j in range(rows):
            crowd.y[at + j, lane] = crowd.bench.y[j, seat]
    judge(task.poses, k, crowd.bench)
    _rate(task.poses, k, task.scores, crowd)


@lanewise
def _rounds(crowd: Crowd, task: Task, k: int, out: Outcome, count: int, careful: int) -> None:
    """Work on the first `count` of `who` until all are done, slow or given up.

    Those that a whole step led astray go to `slow`: searching along a step takes time, so they do it together.
    """
    for attempt in range(ROUNDS):
        left = 0
        for begin in range(0, count, LANES):
            size = min(LANES, count - begin)
            again = careful > 0 and attempt == 0
            if again:
                _step_again(crowd, task, k, begin, size)
            else:
                _step(crowd, task, k, begin, size, careful)
            for seat in range(size):
                one = crowd.who[begin + seat]
                out.steps[crowd.place[0] + one] += 0 if again else 1
                if _arrived(crowd, seat, one):
                    _record(crowd, seat, one)
                    _keep_activations(task.poses, k, crowd, out, seat, one)
                elif careful == 0 and _led_astray(crowd, seat, one):
                    _slow_down(crowd, one)
                else:
                    crowd.who[left] = one
                    left += 1
        count = left
    for i in range(count):
        crowd.given_up[crowd.who[i]] = 1


@lanewise
def _pose(crowd: Crowd, task: Task, k: int, out: Outcome) -> None:
    """Solve a pose for a crowd."""
    left, crowd.place[2] = 0, 0
    for group in range(-(-crowd.place[1] // LANES)):
        _begin(crowd, task, k, group)
        left = _settle(crowd, task, k, out, group, left)
    _rounds(crowd, task, k, out, left, 0)
    for i in range(crowd.place[2]):
        crowd.who[i] = crowd.slow[i]
    _rounds(crowd, task, k, out, crowd.place[2], 1)


@lanewise
def _come_in(crowd: Crowd, start: int, count: int) -> None:
    """Let the set-ups from `start` on be the crowd."""
    crowd.place[0], crowd.place[1] = start, count
    for row in range(crowd.y.shape[0]):
        store(crowd.y, row, even(0.0))
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
