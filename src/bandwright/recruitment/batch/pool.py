"""Bounds on effort from prices: how hard any load is at least, without a linear programme for each.

The programme of `capacity` has a dual whose constraints do not know the load: every price vector found for one load
says of every load F that its effort is at least q·F, with q = −(price · torque and room per unit of load) / h and h
what the price makes of limits, limb and muscles. In the space of loads the poses are polytopes; each programme solved
adds a face, and the bound is exact where the right face is there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from bandwright.numerics.arrays import BoolArray, FloatArray, IntArray, read_only
from bandwright.numerics.dual_simplex import INFEASIBLE, OPTIMAL, STUCK
from bandwright.numerics.lp import maximise_linear
from bandwright.recruitment.batch.capacities import solved
from bandwright.recruitment.batch.repetition import Repetition
from bandwright.recruitment.capacity_problem import Tolerance
from bandwright.recruitment.programme import Answers, Programmes, solve_programmes

SAME: Final = 1e-9
"""Relative distance at which two faces count as one."""
LEAST_ROOM: Final = 1e-12
"""Least h: where the limb alone takes all there is, any load in the way is far too much."""


@dataclass(frozen=True, slots=True)
class CapacityPool:
    """Faces of what can be held at K poses; effort = greatest of face · load over the faces, grip and 0."""

    repetition: Repetition
    tolerance: Tolerance
    face: FloatArray
    """(K, P, D) effort per unit of load; rows of zeros fill up poses with fewer faces."""
    feasible: BoolArray
    """(K,) whether the limb alone can be held; where not, every effort is infinite."""
    grip: FloatArray
    """(K,) greatest size of the first three numbers of a load, the force in the grip [N]; inf for none."""

    @property
    def size(self) -> int:
        """Greatest number of faces at any pose."""
        return int(self.face.shape[1])


def spread_directions(count: int) -> FloatArray:
    """`count` unit vectors (count, 3) spread evenly over the sphere, along a spiral."""
    height = 1.0 - (2.0 * np.arange(count) + 1.0) / count
    turn = np.arange(count) * np.pi * (3.0 - np.sqrt(5.0))
    ring = np.sqrt(1.0 - height**2)
    return np.column_stack([ring * np.cos(turn), ring * np.sin(turn), height])


def capacity_pool(
    repetition: Repetition,
    directions: FloatArray,
    tolerance: Tolerance | None = None,
    grip: FloatArray | None = None,
) -> CapacityPool:
    """The pool from the programmes of some loads, each solved at every pose.

    Args:
        repetition: the poses.
        directions: (N, D) loads, or (N, K, D) if they change along the poses; their size does not matter.
        tolerance: by how much limits may be missed, as in `capacity`.
        grip: (K,) pull the grip can hold [N].

    Raises:
        ModelError: the directions have the wrong shape.
    """
    poses = len(repetition.moment)
    given = np.asarray(directions, dtype=np.float64)
    loads = np.repeat(given[:, None], poses, axis=1) if given.ndim == 2 else given
    loads = repetition.check_loads(loads)
    held = np.full(poses, np.inf) if grip is None else np.broadcast_to(grip, poses)
    none = np.zeros((poses, 0, repetition.directions))
    feasible = np.ones(poses, np.bool_)
    pool = CapacityPool(repetition, tolerance or Tolerance(), none, feasible, read_only(held))
    return refined(pool, loads)


def refined(pool: CapacityPool, loads: FloatArray, poses: BoolArray | None = None) -> CapacityPool:
    """The pool with the programmes of more loads (N, K, D) solved, at some poses: there its bounds are exact.

    Raises:
        ModelError: the loads have the wrong shape.
    """
    given = pool.repetition.check_loads(loads)
    chosen = np.arange(len(pool.face)) if poses is None else np.nonzero(poses)[0]
    face, able = np.zeros_like(given), np.ones(given.shape[:2], np.bool_)
    some, by_load = given[:, chosen], _by_load(pool.repetition, chosen)
    limb = _limb(pool, chosen)
    asked = np.einsum("krd,nkd->nkr", by_load, some)
    cap = np.where(_slack(asked, pool.repetition.moment.shape[1]), 0.0, np.inf)
    found = solved(limb, asked, cap)
    # Where nothing is proved the prices are no numbers.
    price = np.where((found.status == OPTIMAL)[:, :, None], found.price, 0.0)
    face[:, chosen] = _faces(limb, by_load, price)
    for one, k in np.argwhere(found.status == STUCK):
        pose = chosen[k : k + 1]
        face[one, pose], able[one, pose] = _solve(pool, given[one], pose)
    feasible = pool.feasible & able.all(axis=0)
    feasible.setflags(write=False)
    return replace(_with_faces(pool, face), feasible=feasible)


def _by_load(repetition: Repetition, chosen: IntArray) -> FloatArray:
    """(K', r, D) what a unit of load asks of the rows at the chosen poses."""
    return np.concatenate([repetition.torque_by_load, repetition.room_by_load], axis=1)[chosen]


def _slack(asked: FloatArray, torques: int) -> BoolArray:
    """(..., ) where a load asks (..., r) nothing of any row."""
    slack: BoolArray = ~np.any(asked[..., :torques], axis=-1) & np.all(asked[..., torques:] >= 0.0, axis=-1)
    return slack


def _limb(pool: CapacityPool, chosen: IntArray) -> Programmes:
    """The programmes of `capacity` at the chosen poses, without load and its factor held at 0."""
    repetition, tolerance = pool.repetition, pool.tolerance
    columns = np.concatenate([repetition.moment, repetition.cone], axis=1)[chosen]
    beyond = repetition.room_still[chosen] + tolerance.cone_n
    torque, none = repetition.torque_still[chosen], np.zeros((len(chosen), 1))
    least = np.hstack([torque - tolerance.torque_nm, np.full_like(beyond, -np.inf)])
    most = np.hstack([torque + tolerance.torque_nm, beyond])
    lower, upper = np.hstack([repetition.lower[chosen], none]), np.hstack([repetition.upper[chosen], none])
    rows = np.concatenate([columns, np.zeros((*columns.shape[:2], 1))], axis=2)
    return Programmes(rows, np.stack([least, most], axis=1), np.stack([lower, upper], axis=1))


def _faces(limb: Programmes, by_load: FloatArray, price: FloatArray) -> FloatArray:
    """(..., K', D) faces that prices (..., K', r) stand for; zeros where nothing is priced."""
    pull = -np.einsum("...kr,krd->...kd", price, by_load)
    face: FloatArray = pull / np.maximum(_room(limb, price), LEAST_ROOM)[..., None]
    return face


def _solve(pool: CapacityPool, load: FloatArray, chosen: IntArray) -> tuple[FloatArray, BoolArray]:
    """A face for each chosen pose (K', D), zeros where there is none, and whether the limb can be held (K',)."""
    limb, by_load = _limb(pool, chosen), _by_load(pool.repetition, chosen)
    asked = np.einsum("krd,kd->kr", by_load, load[chosen])
    limb.rows[:, :, -1] = -asked
    limb.limits[:, 1, -1] = np.where(_slack(asked, pool.repetition.moment.shape[1]), 0.0, np.inf)
    answers = solve_programmes(limb)
    for k in np.nonzero(answers.status == STUCK)[0]:
        _by_highs(limb, answers, int(k))
    price = np.where((answers.status == OPTIMAL)[:, None], answers.price, 0.0)
    return _faces(limb, by_load, price), np.asarray(answers.status != INFEASIBLE)


def _by_highs(programmes: Programmes, answers: Answers, k: int) -> None:
    """Answer pose k by HiGHS; where it cannot either, there is no face."""
    rows, limits, row_limits = programmes.rows[k], programmes.limits[k], programmes.row_limits[k]
    objective = np.zeros(rows.shape[1])
    objective[-1] = 1.0
    best = maximise_linear(objective, rows, (row_limits[0], row_limits[1]), (limits[0], limits[1]))
    if best.optimal:
        answers.price[k], answers.status[k] = best.row_price, OPTIMAL
    elif best.status == "infeasible":
        answers.status[k] = INFEASIBLE


def _room(programmes: Programmes, price: FloatArray) -> FloatArray:
    """(..., K) h: the most that rows priced (..., K, r) allow, whatever the activations (weak duality)."""
    limit = np.where(price > 0.0, programmes.row_limits[:, 1], programmes.row_limits[:, 0])
    allowed = np.sum(price * np.where(price != 0.0, limit, 0.0), axis=-1)
    gain = np.einsum("...kr,krn->...kn", price, programmes.rows[:, :, :-1])
    bound = np.where(gain > 0.0, programmes.limits[:, 0, :-1], programmes.limits[:, 1, :-1])
    room: FloatArray = allowed - np.sum(gain * bound, axis=-1)
    return room


def _with_faces(pool: CapacityPool, more: FloatArray) -> CapacityPool:
    """The pool with more faces (N, K, D); those that are there already are left out."""
    every = np.concatenate([pool.face, more.swapaxes(0, 1)], axis=1)
    size, known = np.linalg.norm(every, axis=2), pool.face.shape[1]
    kept = size > 0.0
    for one in range(known, every.shape[1]):
        apart = np.linalg.norm(every[:, :one] - every[:, one : one + 1], axis=2)
        kept[:, one] &= ~np.any(kept[:, :one] & (apart <= SAME * size[:, one : one + 1]), axis=1)
    # Those that are kept come first at each pose, in the order in which they were found.
    order = np.argsort(~kept, axis=1, kind="stable")[:, : int(kept.sum(axis=1).max(initial=0))]
    face = np.where(
        np.take_along_axis(kept, order, axis=1)[:, :, None], every[np.arange(len(every))[:, None], order], 0.0
    )
    return replace(pool, face=read_only(face))
