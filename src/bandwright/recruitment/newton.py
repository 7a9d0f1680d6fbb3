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
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np

from bandwright.numerics.arrays import BoolArray, FloatArray, IntArray
from bandwright.numerics.compiled import compiled

TOLERANCE: Final = 1e-8
"""Guaranteed distance of the scaled activations from the optimum at which to stop."""
STALLED_TOLERANCE: Final = 1e-7
"""The same, when rounding forbids more: loads far beyond strength make multipliers of thousands."""
MAX_STEPS: Final = 80


class ScaledPose(NamedTuple):
    """One pose in scaled form."""

    rows: FloatArray
    """(M, n) B: torque rows, then cone rows with the opposite sign."""
    target: FloatArray
    """(M,) t."""
    limits: FloatArray
    """(2, n) lower and upper bounds of x."""
    free: int
    """How many of the M rows are torques."""


@compiled
def _pull(rows: FloatArray, y: FloatArray, z: FloatArray) -> None:
    """Set z = Bᵀy."""
    for i in range(z.shape[0]):
        z[i] = 0.0
    for j in range(rows.shape[0]):
        if y[j] != 0.0:
            for i in range(rows.shape[1]):
                z[i] += y[j] * rows[j, i]


@compiled
def _gradient(pose: ScaledPose, y: FloatArray, x: FloatArray, g: FloatArray, fixed: BoolArray) -> float:
    """Set g = ∇φ and which cone rows rest at 0; return the norm of the projected gradient."""
    square = 0.0
    for j in range(y.shape[0]):
        slope = y[j] - pose.target[j]
        for i in range(x.shape[0]):
            slope += pose.rows[j, i] * x[i]
        g[j] = slope
        fixed[j] = j >= pose.free and y[j] <= 0.0 and slope >= 0.0
        if not fixed[j]:
            square += slope * slope
    return math.sqrt(square)


@compiled
def _hessian(pose: ScaledPose, z: FloatArray, x: FloatArray, fixed: BoolArray, h: FloatArray) -> None:
    """Set h = 1 + B D Bᵀ over the rows not fixed; D picks the columns inside their limits."""
    inner = np.empty((x.shape[0], h.shape[0]))
    count = 0
    for i in range(x.shape[0]):
        if x[i] == z[i]:
            for j in range(h.shape[0]):
                inner[count, j] = pose.rows[j, i]
            count += 1
    for j in range(h.shape[0]):
        if fixed[j]:
            continue
        for k in range(j + 1):
            h[j, k] = 1.0 if j == k else 0.0
        for i in range(count):
            for k in range(j + 1):
                h[j, k] += inner[i, j] * inner[i, k]
        for k in range(j):
            h[k, j] = h[j, k]


@compiled
def _cholesky_solve(h: FloatArray, d: FloatArray) -> bool:
    """Solve h d = d in place, h being overwritten; False if h is not positive definite."""
    size = d.shape[0]
    for j in range(size):
        pivot = h[j, j]
        for k in range(j):
            pivot -= h[j, k] * h[j, k]
        if not pivot > 0.0:
            return False
        h[j, j] = math.sqrt(pivot)
        for i in range(j + 1, size):
            dot = h[i, j]
            for k in range(j):
                dot -= h[i, k] * h[j, k]
            h[i, j] = dot / h[j, j]
    for j in range(size):
        for k in range(j):
            d[j] -= h[j, k] * d[k]
        d[j] /= h[j, j]
    for j in range(size - 1, -1, -1):
        for k in range(j + 1, size):
            d[j] -= h[k, j] * d[k]
        d[j] /= h[j, j]
    return True


@compiled
def _aim(h: FloatArray, g: FloatArray, d: FloatArray, moving: IntArray) -> FloatArray:
    """Where the quadratic model is least over the `moving` rows, the others kept at d; empty on failure."""
    size = moving.shape[0]
    part, aim = np.empty((size, size)), np.empty(size)
    for r in range(size):
        aim[r] = -g[moving[r]]
        for j in range(d.shape[0]):
            if d[j] != 0.0:
                aim[r] -= h[moving[r], j] * d[j]
        for s in range(size):
            part[r, s] = h[moving[r], moving[s]]
    if not _cholesky_solve(part, aim):
        return aim[:0]
    for r in range(size):
        aim[r] += d[moving[r]]
    return aim


@compiled
def _not(fixed: BoolArray) -> IntArray:
    """The rows that are not fixed."""
    count = 0
    rows = np.empty(fixed.shape[0], np.int64)
    for j in range(fixed.shape[0]):
        if not fixed[j]:
            rows[count] = j
            count += 1
    return rows[:count]


@compiled
def _direction(
    y: FloatArray, g: FloatArray, h: FloatArray, free: int, fixed: BoolArray, d: FloatArray
) -> bool:
    """Set d downhill in the quadratic model, stopping at each cone row that reaches 0 and fixing it there.

    Every leg lowers the model, so d is a direction of descent and y + d is allowed.
    """
    for j in range(d.shape[0]):
        d[j] = 0.0
    for _ in range(y.shape[0] + 1):
        moving = _not(fixed)
        if moving.shape[0] == 0:
            return True
        aim = _aim(h, g, d, moving)
        if aim.shape[0] == 0:
            return False
        share, hit = 1.0, -1
        for r in range(moving.shape[0]):
            j = int(moving[r])
            if j >= free and y[j] + aim[r] < 0.0:
                reach = (y[j] + d[j]) / (d[j] - aim[r])
                if reach < share:
                    share, hit = reach, j
        for r in range(moving.shape[0]):
            j = int(moving[r])
            d[j] += share * (aim[r] - d[j])
        if hit < 0:
            return True
        d[hit] = -y[hit]
        fixed[hit] = True
    return True


@compiled
def _slope(
    pose: ScaledPose, z: FloatArray, dz: FloatArray, rest: tuple[float, float], share: float
) -> tuple[float, float]:
    """Slope and curvature of φ at y + share d; `rest` is the part that does not pass through ψ."""
    slope, curvature = rest[0] + share * rest[1], rest[1]
    for i in range(z.shape[0]):
        at = z[i] + share * dz[i]
        if at < pose.limits[0, i]:
            slope += pose.limits[0, i] * dz[i]
        elif at > pose.limits[1, i]:
            slope += pose.limits[1, i] * dz[i]
        else:
            slope += at * dz[i]
            curvature += dz[i] * dz[i]
    return slope, curvature


@compiled
def _best_share(pose: ScaledPose, y: FloatArray, z: FloatArray, d: FloatArray) -> float:
    """The share of d in (0, 1] at which φ is least: bracketed Newton on its piecewise linear slope."""
    dz = np.empty_like(z)
    _pull(pose.rows, d, dz)
    linear, square = 0.0, 0.0
    for j in range(y.shape[0]):
        linear += d[j] * (y[j] - pose.target[j])
        square += d[j] * d[j]
    steepest = abs(_slope(pose, z, dz, (linear, square), 0.0)[0])
    low, high, share = 0.0, 1.0, 1.0
    for _ in range(60):
        slope, curvature = _slope(pose, z, dz, (linear, square), share)
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


@compiled
def solve_pose(pose: ScaledPose, y: FloatArray, x: FloatArray) -> tuple[int, float]:
    """Solve one pose from the multipliers in `y` (M,); leaves multipliers in `y`, activations in `x` (n,).

    Returns:
        Newton steps taken, and the greatest distance `x` can have from the optimum (inf if something broke).
    """
    z = np.empty_like(x)
    g, d, h = np.empty_like(y), np.empty_like(y), np.empty((y.shape[0], y.shape[0]))
    fixed = np.empty(y.shape[0], np.bool_)
    error = math.inf
    for step in range(MAX_STEPS):
        _pull(pose.rows, y, z)
        for i in range(x.shape[0]):
            x[i] = min(max(z[i], pose.limits[0, i]), pose.limits[1, i])
        before, error = error, _gradient(pose, y, x, g, fixed)
        if error <= TOLERANCE or (error >= before and error <= STALLED_TOLERANCE):
            return step, error
        if not math.isfinite(error):
            return step, math.inf
        _hessian(pose, z, x, fixed, h)
        if not _direction(y, g, h, pose.free, fixed, d):
            return step, math.inf
        share = _best_share(pose, y, z, d)
        for j in range(y.shape[0]):
            y[j] += share * d[j]
            if j >= pose.free and (y[j] < 0.0 or (fixed[j] and share == 1.0)):
                y[j] = 0.0
    return MAX_STEPS, math.inf


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
    error = np.empty(y.shape[0])
    warm = np.empty_like(start)
    for j in range(start.shape[0]):
        warm[j] = start[j]
    for k in range(y.shape[0]):
        for j in range(warm.shape[0]):
            y[k, j] = warm[j]
        pose = ScaledPose(poses.rows[k], poses.target[k], poses.limits[k], poses.free)
        steps[k], error[k] = solve_pose(pose, y[k], x[k])
        if math.isfinite(error[k]):
            for j in range(warm.shape[0]):
                warm[j] = y[k, j]
    return error
