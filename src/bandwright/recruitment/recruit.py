"""Which columns work, and how hard, to hold the torques of every pose of one repetition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from bandwright.errors import ModelError, Problem
from bandwright.numerics.arrays import BoolArray, FloatArray, IntArray, read_only
from bandwright.numerics.qp import solve_bounded_qp
from bandwright.recruitment.newton import ScaledPose, solve_poses
from bandwright.recruitment.problem import (
    Penalties,
    RecruitmentProblem,
    demand_problems,
    shape_problem,
)
from bandwright.recruitment.scaling import row_factor, scaled_poses

Solver = Literal["newton", "daqp"]


@dataclass(frozen=True, slots=True)
class Recruitment:
    """Activations of K poses, with what they leave unheld and how far to trust them."""

    activation: FloatArray
    """(K, n), within the bounds."""
    residual: FloatArray
    """(K, m) reserve: torque asked minus torque of the columns [N·m]."""
    cone_excess: FloatArray
    """(K, k) push beyond each facet's limit, 0 inside [N]."""
    multiplier: FloatArray
    """(K, m + k) price of each torque [1/(N·m)] and of each facet [1/N]; a start for a similar problem."""
    iterations: IntArray
    """(K,) steps of the solver that answered; in lanes, on average over the poses."""
    converged: BoolArray
    """(K,) whether that solver vouches for the answer."""
    solver: tuple[Solver, ...]
    """(K,) which solver answered."""


@dataclass(frozen=True, slots=True, eq=False)
class Recruiter:
    """One repetition made ready for one demand after another: all that does not depend on it is there already."""

    problem: RecruitmentProblem
    poses: ScaledPose
    factor: FloatArray
    """(m + k,) what each row of the scaled poses was multiplied by."""
    root: FloatArray
    """(n,) √w, what activations were multiplied by."""

    def recruit(
        self, torque: FloatArray, cone_limit: FloatArray, *, start: FloatArray | None = None
    ) -> Recruitment:
        """As the function `recruit`, of the same columns for another demand.

        Args:
            torque: (K, m) what has to be held [N·m].
            cone_limit: (K, k) room left in front of each facet without the columns [N].
            start: as of `recruit`.

        Raises:
            ModelError: an array has the wrong shape or holds NaN.
        """
        problem, (count, size) = self.problem, self.poses.target.shape
        if wrong := demand_problems(problem, torque, cone_limit):
            raise ModelError(*wrong)
        poses = self.poses._replace(target=np.concatenate([torque, cone_limit], axis=1) * self.factor)
        y, x = np.empty((count, size)), np.empty((count, problem.weight.size))
        steps = np.empty(count, np.int64)
        error = solve_poses(poses, _scaled_start(start, self.factor, poses.free), y, x, steps)
        converged = np.isfinite(error)
        solver: list[Solver] = ["newton"] * count
        for k in np.nonzero(~converged)[0]:
            x[k], steps[k], converged[k] = _by_daqp(poses, int(k))
            y[k] = _unheld(poses, int(k), x[k])
            solver[k] = "daqp"
        activation = self._unscaled(x)
        pushed = np.einsum("kfn,kn->kf", problem.cone, activation)
        for array in (steps, converged):
            array.setflags(write=False)
        return Recruitment(
            read_only(activation),
            read_only(torque - np.einsum("kmn,kn->km", problem.moment, activation)),
            read_only(np.maximum(pushed - cone_limit, 0.0)),
            read_only(y * np.abs(self.factor)),
            steps,
            converged,
            tuple(solver),
        )

    def _unscaled(self, x: FloatArray) -> FloatArray:
        """Activations from scaled ones; those at a bound are exactly there, which dividing by √w would spoil."""
        lower, upper, limits = self.problem.lower, self.problem.upper, self.poses.limits
        inside = np.clip(x / self.root, lower, upper)
        lifted = np.where(x <= limits[:, 0], lower, inside)
        return np.where(x >= limits[:, 1], upper, lifted)


def recruiter(problem: RecruitmentProblem, penalties: Penalties | None = None) -> Recruiter:
    """The repetition of a problem made ready for other demands too; costs as of `recruit`."""
    penalties = penalties or Penalties()
    return Recruiter(
        problem, scaled_poses(problem, penalties), row_factor(problem, penalties), np.sqrt(problem.weight)
    )


def recruit(
    problem: RecruitmentProblem, penalties: Penalties | None = None, *, start: FloatArray | None = None
) -> Recruitment:
    """Minimise ½ Σ w a² + ½ p ‖residual‖² + ½ c ‖cone excess‖² within the bounds, at every pose.

    Newton runs along the poses, each starting from the one before; where it fails, daqp answers.

    Args:
        problem: the K poses.
        penalties: what reserve and cone excess cost.
        start: (m + k,) multipliers to begin the first pose with, from an earlier answer; zeros if None.

    Raises:
        ModelError: `start` has the wrong shape or holds NaN.
    """
    return recruiter(problem, penalties).recruit(problem.torque, problem.cone_limit, start=start)


def _scaled_start(start: FloatArray | None, factor: FloatArray, free: int) -> FloatArray:
    if start is None:
        return np.zeros(factor.size)
    given = np.asarray(start, dtype=np.float64)
    if given.shape != factor.shape:
        raise ModelError(shape_problem("start", given.shape, factor.shape))
    if not np.all(np.isfinite(given)):
        raise ModelError(Problem("not-finite", "start holds a number that is not finite."))
    scaled: FloatArray = given / np.abs(factor)
    scaled[free:] = np.maximum(scaled[free:], 0.0)
    return scaled


def _by_daqp(poses: ScaledPose, k: int) -> tuple[FloatArray, int, bool]:
    """Pose k as a dense programme in activations and cone excess; activations, iterations, whether solved."""
    rows, target, limits, free = poses.rows[k], poses.target[k], poses.limits[k], poses.free
    columns, facets = rows.shape[1], rows.shape[0] - free
    torque = rows[:free]
    hessian = np.eye(columns + facets)
    hessian[:columns, :columns] += torque.T @ torque
    gradient = np.concatenate([-torque.T @ target[:free], np.zeros(facets)])
    cone = np.hstack([-rows[free:], -np.eye(facets)])
    lower = np.concatenate([limits[0], np.zeros(facets), np.full(facets, -np.inf)])
    upper = np.concatenate([limits[1], np.full(facets, np.inf), -target[free:]])
    answer = solve_bounded_qp(hessian, gradient, cone, (lower, upper))
    if not answer.optimal:
        return np.clip(np.zeros(columns), limits[0], limits[1]), answer.iterations, False
    # daqp stops within its tolerance of a bound; the sign of the multiplier says which bounds are meant exactly.
    press = answer.dual[:columns]
    x = np.where(press > 0.0, limits[1], np.where(press < 0.0, limits[0], answer.x[:columns]))
    return np.clip(x, limits[0], limits[1]), answer.iterations, True


def _unheld(poses: ScaledPose, k: int, x: FloatArray) -> FloatArray:
    unheld: FloatArray = poses.target[k] - poses.rows[k] @ x
    unheld[poses.free :] = np.maximum(unheld[poses.free :], 0.0)
    return unheld
