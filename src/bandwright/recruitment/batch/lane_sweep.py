"""All set-ups of a batch through all poses: lanes filled anew every round with whoever is not done yet.

At each pose a set-up starts from where its multipliers at the two poses before point to. A step is taken whole
unless it did not halve the error: then it is taken back, and taken again only as far as φ falls. Who stands beside
whom changes from round to round, but lanes do not see each other: a set-up's result is the same in any company.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np

from bandwright.numerics.arrays import FloatArray, IntArray
from bandwright.numerics.lanes import LANES, choose, even, greatest, lanewise, lanewise_entry, load, store
from bandwright.recruitment.batch.lane_bench import Bench, aim, bench_for
from bandwright.recruitment.batch.lane_newton import advance, judge
from bandwright.recruitment.batch.lane_poses import LanePoses
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


DONE: Final = 0
STEP: Final = 1
BACK: Final = 2


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
    """The set-ups that go through the poses together."""

    bench: Bench
    first: IntArray
    """(2,) place of the first one in the batch; how many are in `slow`."""
    y: FloatArray
    """(CROWD, M) multipliers."""
    last: FloatArray
    """(CROWD, M) multipliers at the pose before."""
    before: FloatArray
    """(CROWD, M) multipliers before the last step."""
    error: FloatArray
    """(CROWD,) squared error where the last step began."""
    careful: IntArray
    """(CROWD,) 1 for those that take no whole steps any more at this pose."""
    alive: IntArray
    """(CROWD,) those not given up."""
    who: IntArray
    """(CROWD,) those not done at this pose."""
    slow: IntArray
    """(CROWD,) those that took a step back at this pose."""
    verdict: IntArray
    """(LANES,) what becomes of those on the bench."""
    score: FloatArray
    """(s + 2, LANES) scores of a group, then torque and push left."""


def crowd_for(poses: LanePoses, scores: int) -> Crowd:
    """Room for a crowd."""
    rows = poses.still.shape[1]
    return Crowd(
        bench=bench_for(poses),
        first=np.zeros(2, np.int64),
        y=np.zeros((CROWD, rows)),
        last=np.zeros((CROWD, rows)),
        before=np.zeros((CROWD, rows)),
        error=np.zeros(CROWD),
        careful=np.zeros(CROWD, np.int64),
        alive=np.zeros(CROWD, np.int64),
        who=np.zeros(CROWD, np.int64),
        slow=np.zeros(CROWD, np.int64),
        verdict=np.zeros(LANES, np.int64),
        score=np.zeros((scores + 2, LANES)),
    )


@lanewise
def _seat(crowd: Crowd, loads: FloatArray, k: int, begin: int, count: int) -> None:
    """Put the set-ups `count` from `begin` on in `who` on the bench; empty seats repeat the last one."""
    for seat in range(LANES):
        one = crowd.who[begin + min(seat, count - 1)]
        crowd.bench.search[0, seat] = 0.0
        for d in range(loads.shape[2]):
            crowd.bench.load[d, seat] = loads[crowd.first[0] + one, k, d]
        for j in range(crowd.y.shape[1]):
            crowd.bench.y[j, seat] = crowd.y[one, j]


@lanewise
def _rate(poses: LanePoses, k: int, scores: Sparse, crowd: Crowd) -> None:
    """Set the scores of the group, and what it leaves unheld."""
    times(scores, k, crowd.bench.x, crowd.score)
    torques = crowd.y.shape[1] - poses.facets.shape[1]
    torque, push = even(0.0), even(0.0)
    for j in range(crowd.y.shape[1]):
        y = load(crowd.bench.y, j) * poses.unit[j]
        if j < torques:
            torque = greatest(torque, choose(y < 0.0, 0.0 - y, y))
        else:
            push = greatest(push, y)
    store(crowd.score, crowd.score.shape[0] - 2, torque)
    store(crowd.score, crowd.score.shape[0] - 1, push)


@lanewise
def _record(crowd: Crowd, seat: int, out: Outcome, at: int) -> None:
    """Add the scores on a seat to those of set-up `at`."""
    scores, peaks = out.score.shape[1], out.peak.shape[1]
    for s in range(scores):
        out.score[at, s] += crowd.score[s, seat]
    for p in range(peaks):
        out.peak[at, p] = max(out.peak[at, p], crowd.score[p, seat])
    for kind in range(2):
        out.left[at, kind] = max(out.left[at, kind], crowd.score[scores + kind, seat])
    out.error[at] = max(out.error[at], math.sqrt(crowd.bench.error[0, seat]))


@lanewise
def _keep_activations(poses: LanePoses, k: int, bench: Bench, out: Outcome, seat: int, at: int) -> None:
    """Write the activations on a seat to those of set-up `at`."""
    for i in range(poses.root.shape[0]):
        out.activation[at, k, i] = bench.x[i, seat] / poses.root[i]


@lanewise
def _decide(crowd: Crowd, seat: int, one: int) -> int:
    """Whether a set-up is done, steps from where it is, or takes its last step back."""
    error, before = crowd.bench.error[0, seat], crowd.error[one]
    stalled = error >= before and error <= STALLED_TOLERANCE * STALLED_TOLERANCE
    if error <= TOLERANCE * TOLERANCE or stalled:
        return DONE
    careful = crowd.careful[one] > 0
    if not careful and not error <= ENOUGH * before:
        crowd.careful[one] = 1
        for j in range(crowd.y.shape[1]):
            crowd.y[one, j] = crowd.before[one, j]
        return BACK
    crowd.error[one] = error
    crowd.bench.search[0, seat] = 1.0 if careful else 0.0
    for j in range(crowd.y.shape[1]):
        crowd.before[one, j] = crowd.y[one, j]
    return STEP


@lanewise
def _group(task: Task, k: int, crowd: Crowd, out: Outcome, begin: int, count: int) -> None:
    """Judge the set-ups `count` from `begin` on in `who`, record those that are done, let the others step."""
    _seat(crowd, task.loads, k, begin, count)
    aim(task.poses, k, crowd.bench)
    judge(task.poses, k, crowd.bench)
    _rate(task.poses, k, task.scores, crowd)
    stepping = False
    for seat in range(count):
        one = crowd.who[begin + seat]
        crowd.verdict[seat] = _decide(crowd, seat, one)
        stepping = stepping or crowd.verdict[seat] == STEP
        if crowd.verdict[seat] == DONE:
            at = crowd.first[0] + one
            _record(crowd, seat, out, at)
            if out.activation.shape[0] > 0:
                _keep_activations(task.poses, k, crowd.bench, out, seat, at)
    if not stepping:
        return
    advance(task.poses, k, crowd.bench)
    for seat in range(count):
        if crowd.verdict[seat] == STEP:
            one = crowd.who[begin + seat]
            out.steps[crowd.first[0] + one] += 1
            for j in range(crowd.y.shape[1]):
                crowd.y[one, j] = crowd.bench.y[j, seat]


@lanewise
def _rounds(task: Task, k: int, crowd: Crowd, out: Outcome, count: int) -> None:
    """Work on the first `count` of `who` until all are done, slow or given up.

    Those that took a step back go to `slow`: searching along a step takes time, so they do it together.
    """
    for _ in range(ROUNDS):
        left = 0
        for begin in range(0, count, LANES):
            size = min(LANES, count - begin)
            _group(task, k, crowd, out, begin, size)
            for seat in range(size):
                one = crowd.who[begin + seat]
                if crowd.verdict[seat] == STEP:
                    crowd.who[left] = one
                    left += 1
                elif crowd.verdict[seat] == BACK:
                    crowd.slow[crowd.first[1]] = one
                    crowd.first[1] += 1
        count = left
    for i in range(count):
        out.error[crowd.first[0] + crowd.who[i]] = math.inf


@lanewise
def _begin(crowd: Crowd, k: int, count: int, torques: int) -> None:
    """Let the first `count` of `alive` begin a pose where the last two poses point to."""
    crowd.first[1] = 0
    for i in range(count):
        one = crowd.alive[i]
        crowd.who[i], crowd.error[one], crowd.careful[one] = one, math.inf, 0
        for j in range(crowd.y.shape[1]):
            y = crowd.y[one, j]
            if k > 1:
                ahead = 2.0 * y - crowd.last[one, j]
                crowd.y[one, j] = ahead if j < torques else max(ahead, 0.0)
            crowd.last[one, j] = y


@lanewise
def _survivors(crowd: Crowd, out: Outcome, count: int) -> int:
    """Move those not given up to the front of `alive`; their number."""
    alive = 0
    for i in range(count):
        if out.error[crowd.first[0] + crowd.alive[i]] < math.inf:
            crowd.alive[alive] = crowd.alive[i]
            alive += 1
    return alive


@lanewise_entry
def sweep(task: Task, crowd: Crowd, out: Outcome, first: int, last: int) -> None:
    """Solve the set-ups first … last − 1 of a batch, in a crowd of one's own; `out` is to be 0 before."""
    torques = crowd.y.shape[1] - task.poses.facets.shape[1]
    for start in range(first, last, CROWD):
        count = min(CROWD, last - start)
        crowd.first[0] = start
        for one in range(count):
            crowd.alive[one] = one
            for j in range(crowd.y.shape[1]):
                crowd.y[one, j] = 0.0
        for k in range(task.poses.still.shape[0]):
            for careful in range(2):
                waiting = count
                if careful == 0:
                    _begin(crowd, k, count, torques)
                else:
                    waiting = crowd.first[1]
                    for i in range(waiting):
                        crowd.who[i] = crowd.slow[i]
                _rounds(task, k, crowd, out, waiting)
            count = _survivors(crowd, out, count)
