"""Projected Newton on the dual of one pose's recruitment, compiled.

Everything is scaled so that both penalties and all weights are 1 (see `scaling`). With x the scaled
activations and s = t − B x what is left unheld (the first `free` rows are torques, of either sign; the
others are the cone, of which only what is above 0 counts), the primal is

    minimise ½‖x‖² + ½‖s_torque‖² + ½‖max(0, s_cone)‖²   with   lower ≤ x ≤ upper

and its dual, whose unknown y is what is left unheld at the optimum,

    minimise φ(y) = Σ ψ(Bᵀy) + ½‖y‖² − t·y   with   y_cone ≥ 0,   ψ(z) = max of z x − ½x² over the bounds.

φ is strongly convex with modulus 1, which gives the stopping rule its meaning: the distance of
x = clip(Bᵀy) from the optimum is at most the norm of the projected gradient. φ is also piecewise quadratic:
the line search can be exact. Halving the step instead takes far longer when most columns are saturated.

What has one number for each column lies in whole vectors, made up with columns of nothing.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np

from bandwright.numerics.arrays import BoolArray, FloatArray, IntArray
from bandwright.numerics.compiled import compiled
from bandwright.numerics.lanes import (
    LANES,
    choose,
    even,
    get,
    greatest,
    lanewise,
    least,
    load,
    put,
    store,
    sum_of,
)

TOLERANCE: Final = 1e-8
"""Guaranteed distance of the scaled activations from the optimum at which to stop."""
STALLED_TOLERANCE: Final = 1e-6
"""The same, when rounding forbids more: loads far beyond strength make multipliers of thousands, and activations are
differences of a hundred thousand times as much."""
MAX_STEPS: Final = 80
TRIALS: Final = 60
"""Lengths tried along one step; a poor length costs another step, nothing worse."""


class ScaledPose(NamedTuple):
    """One pose in scaled form; or K of them, K being the first axis."""

    rows: FloatArray
    """(M, n) B: torque rows, then cone rows with the opposite sign."""
    target: FloatArray
    """(M,) t."""
    limits: FloatArray
    """(2, n) lower and upper bounds of x."""
    free: int
    """How many of the M rows are torques."""


class Bench(NamedTuple):
    """A pose in vectors, and room to solve it: n columns are made up to N."""

    rows: FloatArray
    """(M N / LANES, LANES) B."""
    target: FloatArray
    """(M,) t."""
    limits: FloatArray
    """(2 N / LANES, LANES) lower, then upper bounds of x."""
    y: FloatArray
    """(M,) multipliers."""
    x: FloatArray
    """(N / LANES, LANES) activations: Bᵀy within the bounds."""
    z: FloatArray
    """(N / LANES, LANES) Bᵀy."""
    along: FloatArray
    """(N / LANES, LANES) Bᵀd."""
    inner: FloatArray
    """(N / LANES, LANES) a row's columns inside their bounds."""
    slope: FloatArray
    """(M,) ∇φ."""
    step: FloatArray
    """(M,) d."""
    fixed: BoolArray
    """(M,) cone rows that rest at 0."""
    moving: IntArray
    """(M,) the other rows."""
    hessian: FloatArray
    """(M, M)."""
    system: FloatArray
    """(M, M + 1) its moving part, and the right-hand side."""


@compiled
def bench_for(columns: int, size: int) -> Bench:
    """Room for poses of one size."""
    blocks = -(-columns // LANES)
    return Bench(
        rows=np.zeros((size * blocks, LANES)),
        target=np.zeros(size),
        limits=np.zeros((2 * blocks, LANES)),
        y=np.zeros(size),
        x=np.zeros((blocks, LANES)),
        z=np.zeros((blocks, LANES)),
        along=np.zeros((blocks, LANES)),
        inner=np.zeros((blocks, LANES)),
        slope=np.zeros(size),
        step=np.zeros(size),
        fixed=np.zeros(size, np.bool_),
        moving=np.zeros(size, np.int64),
        hessian=np.zeros((size, size)),
        system=np.zeros((size, size + 1)),
    )


@lanewise
def _pull(bench: Bench, y: FloatArray, z: FloatArray) -> None:
    """Set z = Bᵀy."""
    blocks = z.shape[0]
    for b in range(blocks):
        total = even(0.0)
        for j in range(y.shape[0]):
            if y[j] != 0.0:
                total = total + y[j] * load(bench.rows, j * blocks + b)
        store(z, b, total)


@lanewise
def _judge(bench: Bench, free: int) -> float:
    """Set x, ∇φ and which cone rows rest at 0 from y; the norm of the projected gradient."""
    blocks, square = bench.x.shape[0], 0.0
    _pull(bench, bench.y, bench.z)
    for b in range(blocks):
        low, high = load(bench.limits, b), load(bench.limits, blocks + b)
        store(bench.x, b, greatest(least(load(bench.z, b), high), low))
    for j in range(bench.y.shape[0]):
        held = even(0.0)
        for b in range(blocks):
            held = held + load(bench.rows, j * blocks + b) * load(bench.x, b)
        slope = bench.y[j] - bench.target[j] + sum_of(held)
        bench.slope[j] = slope
        bench.fixed[j] = j >= free and bench.y[j] <= 0.0 and slope >= 0.0
        if not bench.fixed[j]:
            square += slope * slope
    return math.sqrt(square)


@lanewise
def _bend(bench: Bench) -> None:
    """Set the Hessian 1 + B D Bᵀ over the rows not fixed; D picks the columns inside their limits."""
    blocks = bench.x.shape[0]
    for j in range(bench.y.shape[0]):
        if bench.fixed[j]:
            continue
        for b in range(blocks):
            z, low, high = load(bench.z, b), load(bench.limits, b), load(bench.limits, blocks + b)
            inside = (z >= low) & (z <= high)
            store(bench.inner, b, choose(inside, load(bench.rows, j * blocks + b), even(0.0)))
        for k in range(j + 1):
            if bench.fixed[k]:
                continue
            both = even(0.0)
            for b in range(blocks):
                both = both + load(bench.inner, b) * load(bench.rows, k * blocks + b)
            total = sum_of(both) + (1.0 if j == k else 0.0)
            bench.hessian[j, k], bench.hessian[k, j] = total, total


@lanewise
def _solve_system(bench: Bench, size: int) -> bool:
    """Solve the first rows of the system in place, in its last column; False if it is not positive definite."""
    system, right = bench.system, bench.system.shape[1] - 1
    for j in range(size):
        if not system[j, j] > 0.0:
            return False
        inverse = 1.0 / system[j, j]
        for i in range(j + 1, size):
            share = system[j, i] * inverse
            for k in range(i, size):
                system[i, k] -= share * system[j, k]
            system[i, right] -= share * system[j, right]
        system[j, j] = inverse
    for j in range(size - 1, -1, -1):
        total = system[j, right]
        for k in range(j + 1, size):
            total -= system[j, k] * system[k, right]
        system[j, right] = total * system[j, j]
    return True


@lanewise
def _aim(bench: Bench) -> int:
    """Set the right-hand column to where the model is least over the rows not fixed, the others kept at the step.

    Returns:
        How many rows move; −1 on failure.
    """
    size, right = 0, bench.system.shape[1] - 1
    for j in range(bench.y.shape[0]):
        if not bench.fixed[j]:
            bench.moving[size] = j
            size += 1
    for r in range(size):
        j = bench.moving[r]
        total = -bench.slope[j]
        for k in range(bench.y.shape[0]):
            if bench.fixed[k] and bench.step[k] != 0.0:
                total -= bench.hessian[j, k] * bench.step[k]
        bench.system[r, right] = total
        for s in range(r, size):
            bench.system[r, s] = bench.hessian[j, bench.moving[s]]
    return size if _solve_system(bench, size) else -1


@lanewise
def _direct(bench: Bench, free: int) -> bool:
    """Set the step downhill in the quadratic model, stopping at each cone row that reaches 0 and fixing it there.

    Every leg lowers the model, so the step is a direction of descent and y + d is allowed.
    """
    right = bench.system.shape[1] - 1
    for j in range(bench.step.shape[0]):
        bench.step[j] = 0.0
    for _ in range(bench.y.shape[0] + 1):
        size = _aim(bench)
        if size <= 0:
            return size == 0
        share, hit = 1.0, -1
        for r in range(size):
            j, aim = bench.moving[r], bench.system[r, right]
            if j >= free and bench.y[j] + aim < 0.0:
                reach = (bench.y[j] + bench.step[j]) / (bench.step[j] - aim)
                if reach < share:
                    share, hit = reach, j
        for r in range(size):
            j = bench.moving[r]
            bench.step[j] += share * (bench.system[r, right] - bench.step[j])
        if hit < 0:
            return True
        bench.step[hit] = -bench.y[hit]
        bench.fixed[hit] = True
    return True


@lanewise
def _slope(bench: Bench, rest: tuple[float, float], share: float) -> tuple[float, float]:
    """Slope and curvature of φ at y + share d; `rest` is the part that does not pass through ψ."""
    blocks, slope, curvature = bench.x.shape[0], even(0.0), even(0.0)
    for b in range(blocks):
        low, high, along = load(bench.limits, b), load(bench.limits, blocks + b), load(bench.along, b)
        at = load(bench.z, b) + share * along
        slope = slope + greatest(least(at, high), low) * along
        curvature = curvature + choose((at >= low) & (at <= high), along * along, even(0.0))
    return rest[0] + share * rest[1] + sum_of(slope), rest[1] + sum_of(curvature)


@lanewise
def _best_share(bench: Bench) -> float:
    """The share of d in (0, 1] at which φ is least: bracketed Newton on its piecewise linear slope."""
    _pull(bench, bench.step, bench.along)
    linear, square, first = 0.0, 0.0, 0.0
    for j in range(bench.y.shape[0]):
        linear += bench.step[j] * (bench.y[j] - bench.target[j])
        square += bench.step[j] * bench.step[j]
        first += bench.step[j] * bench.slope[j]
    low, high, share, steepest = 0.0, 1.0, 1.0, abs(first)
    for _ in range(TRIALS):
        slope, curvature = _slope(bench, (linear, square), share)
        if abs(slope) <= 1e-10 * steepest or (slope < 0.0 and share == 1.0):
            return share
        if slope > 0.0:
            high = share
        else:
            low = share
        share -= slope / curvature
        if not low < share < high:
            share = 0.5 * (low + high)
    return share


@lanewise
def solve_bench(bench: Bench, free: int) -> tuple[int, float]:
    """Solve the pose on the bench, `free` of whose rows are torques, from its multipliers.

    Returns:
        Newton steps taken, and the greatest distance `x` can have from the optimum (inf if something broke).
    """
    error = math.inf
    for step in range(MAX_STEPS):
        before, error = error, _judge(bench, free)
        if error <= TOLERANCE or (error >= before and error <= STALLED_TOLERANCE):
            return step, error
        if not math.isfinite(error):
            return step, math.inf
        _bend(bench)
        if not _direct(bench, free):
            return step, math.inf
        share = _best_share(bench)
        for j in range(bench.y.shape[0]):
            bench.y[j] += share * bench.step[j]
            if j >= free and (bench.y[j] < 0.0 or (bench.fixed[j] and share == 1.0)):
                bench.y[j] = 0.0
    return MAX_STEPS, math.inf


@lanewise
def _set(bench: Bench, pose: ScaledPose) -> None:
    """Set the pose on the bench."""
    n, wide = pose.rows.shape[1], bench.x.shape[0] * LANES
    for j in range(pose.rows.shape[0]):
        bench.target[j] = pose.target[j]
        for i in range(n):
            put(bench.rows, j * wide + i, pose.rows[j, i])
    for i in range(n):
        put(bench.limits, i, pose.limits[0, i])
        put(bench.limits, wide + i, pose.limits[1, i])


@compiled
def solve_pose(pose: ScaledPose, y: FloatArray, x: FloatArray) -> tuple[int, float]:
    """Solve one pose from the multipliers in `y` (M,); leaves multipliers in `y`, activations in `x` (n,).

    Returns:
        As `solve_bench`.
    """
    bench = bench_for(x.shape[0], y.shape[0])
    _set(bench, pose)
    for j in range(y.shape[0]):
        bench.y[j] = y[j]
    steps, error = solve_bench(bench, pose.free)
    for j in range(y.shape[0]):
        y[j] = bench.y[j]
    for i in range(x.shape[0]):
        x[i] = get(bench.x, i)
    return steps, error


@compiled
def solve_poses(
    poses: ScaledPose, start: FloatArray, y: FloatArray, x: FloatArray, steps: IntArray
) -> FloatArray:
    """Solve K poses in order, each from the multipliers of the one before.

    Args:
        poses: arrays with a leading axis of K.
        start: (M,) multipliers to begin with.
        y: (K, M) multipliers, overwritten.
        x: (K, n) scaled activations, overwritten.
        steps: (K,) Newton steps, overwritten.

    Returns:
        (K,) greatest distance of each x from the optimum; inf where Newton failed.
    """
    error, warm, bench = np.empty(y.shape[0]), start.copy(), bench_for(x.shape[1], y.shape[1])
    for k in range(y.shape[0]):
        _set(bench, ScaledPose(poses.rows[k], poses.target[k], poses.limits[k], poses.free))
        for j in range(warm.shape[0]):
            bench.y[j] = warm[j]
        steps[k], error[k] = solve_bench(bench, poses.free)
        for i in range(x.shape[1]):
            x[k, i] = get(bench.x, i)
        for j in range(warm.shape[0]):
            y[k, j] = bench.y[j]
            warm[j] = y[k, j] if math.isfinite(error[k]) else warm[j]
    return error
