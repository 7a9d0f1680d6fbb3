"""What the wanted muscles can do at most under very many hand forces, without recruiting for each.

The least cost of holding a force (half the weighted squares of activations, and of what is left unheld) is convex
in the force. Between the corners of a box, a mixture of the corners' activations holds the force at no more than the
same mixture of their costs, and the least cost is nowhere below a plane that touches it at a corner. The cost being
as curved as it is, the true activations are no further from the mixture than the root of twice what lies between the
two; so a dose, a weighted sum of activations, is at most the mixture's and the size of its weights times that root.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from bandwright.numerics.arrays import FloatArray, IntArray
from bandwright.numerics.lanes import lanewise, lanewise_entry
from bandwright.numerics.threads import share_out
from bandwright.recruitment.batch.batch import BatchRecruiter, recruit_activations
from bandwright.search.arm import ReadyArm
from bandwright.search.kernel import Lines
from bandwright.search.objective import TARGET

CORNERS: Final = (10, 3, 10)
"""Forces forward, across and up whose costs are worked out, at each pose."""

PIECE: Final = 512
"""Candidates that a thread takes at a time."""

ROUNDING: Final = 1e-6
"""Added to each dose: activations are only so exact [-]."""


class Loads(NamedTuple):
    """R candidates: pairs of a bundle and a cell, each with one of W weights."""

    lines: Lines
    """At all poses."""
    base: FloatArray
    """(K, 6) without band or weight [N]."""
    held: FloatArray
    """(W, K, 6) force of each weight [N]."""
    bundle: IntArray
    """(R,)."""
    cell: IntArray
    """(R,)."""
    weight: IntArray
    """(R,)."""


class _Table(NamedTuple):
    """Cost of hand forces on a grid; K poses."""

    low: FloatArray
    """(K, 3) its first corner [N]."""
    per_n: FloatArray
    """(K, 3) corners per newton."""
    cost: FloatArray
    """(K, *CORNERS, 4) twice the least cost [-], and its slopes [1/N]."""
    dose: FloatArray
    """(K, *CORNERS, 2) what each pose adds to whole and shortened dose."""
    size: FloatArray
    """(K, 2) size of the weights of whole and shortened dose at each pose."""


@dataclass(frozen=True, slots=True)
class MostDose:
    """What R candidates' wanted muscles can do at most, over the repetition and at their shortest; both (R,)."""

    whole: FloatArray
    shortened: FloatArray


def unknown_dose(count: int) -> MostDose:
    """All there is."""
    return MostDose(np.ones(count), np.ones(count))


def most_doses(arm: ReadyArm, every: Sequence[Loads], threads: int | None = None) -> MostDose:
    """The greatest doses of the candidates of several parts, one after the other; forces at the grip alone."""
    boxes = [_box(one, arm.poses) for one in every if len(one.cell)]
    low = np.min([box[0] for box in boxes], axis=0)
    high = np.max([box[1] for box in boxes], axis=0)
    table = _table(arm.recruiter, low, high)
    found = np.concatenate([_doses(table, one, threads) for one in every])
    return MostDose(found[:, 0], found[:, 1])


def _table(recruiter: BatchRecruiter, low: FloatArray, high: FloatArray) -> _Table:
    """The costs between two corners (K, 3) [N] of each pose."""
    span = np.maximum(high - low, 1.0)
    shares = np.meshgrid(*(np.linspace(0.0, 1.0, count) for count in CORNERS), indexing="ij")
    share = np.stack(shares, axis=-1).reshape(-1, 1, 3)
    force = np.zeros((len(share), len(low), recruiter.repetition.directions))
    force[:, :, :3] = low + share * span
    activation = recruit_activations(recruiter, force)
    groups = len(recruiter.doses.share)
    rows = recruiter.doses.rows()[:, [TARGET, groups + TARGET]].copy()
    rows[:, 0] /= len(low)
    size = np.linalg.norm(rows / np.sqrt(recruiter.repetition.weight), axis=2)
    cost, dose = _costs(recruiter, force, activation), np.einsum("ksn,bkn->kbs", rows, activation)
    per_n = (np.array(CORNERS) - 1.0) / span
    return _Table(low, per_n, cost.reshape(-1, *CORNERS, 4), dose.reshape(-1, *CORNERS, 2), size)


def _costs(recruiter: BatchRecruiter, force: FloatArray, activation: FloatArray) -> FloatArray:
    """Twice what activations (B, K, n) that hold B forces (B, K, D) cost, and its slopes along a force's first three
    numbers; (K, B, 4).
    """
    repetition, penalties = recruiter.repetition, recruiter.penalties
    torque = repetition.torque_still + np.einsum("kmd,bkd->bkm", repetition.torque_by_load, force)
    room = repetition.room_still + np.einsum("kfd,bkd->bkf", repetition.room_by_load, force)
    left = torque - np.einsum("kmn,bkn->bkm", repetition.moment, activation)
    push = np.maximum(np.einsum("kfn,bkn->bkf", repetition.cone, activation) - room, 0.0)
    spent = np.einsum("n,bkn->bk", repetition.weight, activation**2)
    unheld = penalties.torque * (left**2).sum(axis=2) + penalties.cone * (push**2).sum(axis=2)
    slope = penalties.torque * np.einsum("bkm,kmd->bkd", left, repetition.torque_by_load[..., :3])
    slope -= penalties.cone * np.einsum("bkf,kfd->bkd", push, repetition.room_by_load[..., :3])
    every = np.concatenate([(spent + unheld)[:, :, None], 2.0 * slope], axis=2)
    return np.ascontiguousarray(every.swapaxes(0, 1))


@lanewise
def _set_force(loads: Loads, one: int, k: int, force: FloatArray) -> None:
    """Set the force (3,) of a candidate at a pose."""
    bundle, cell, weight, pull = loads.bundle[one], loads.cell[one], loads.weight[one], 0.0
    for m in range(loads.lines.bundles.shape[1]):
        use = loads.lines.bundles[bundle, m]
        if use >= 0:
            pull += loads.lines.tension[use, cell, k]
    for d in range(3):
        force[d] = loads.base[k, d] + loads.held[weight, k, d] + pull * loads.lines.unit[cell, k, d]


@lanewise_entry
def _widen(loads: Loads, force: FloatArray, low: FloatArray, high: FloatArray) -> None:
    """Widen the box from low to high (K, 3) so that it holds all candidates."""
    for one in range(loads.cell.shape[0]):
        for k in range(low.shape[0]):
            _set_force(loads, one, k, force)
            for d in range(3):
                low[k, d], high[k, d] = min(low[k, d], force[d]), max(high[k, d], force[d])


def _box(loads: Loads, poses: int) -> tuple[FloatArray, FloatArray]:
    low, high = np.full((poses, 3), np.inf), np.full((poses, 3), -np.inf)
    _widen(loads, np.zeros(3), low, high)
    return low, high


@lanewise
def _mix(table: _Table, k: int, force: FloatArray, room: tuple[FloatArray, FloatArray]) -> float:
    """Set room[1] (2,) to doses mixed of the corners around a force; twice what the mixture costs too much at most.

    `room[0]` (3, 2) is for the force's place: the corner below it, and how far it is beyond.
    """
    at, dose = room
    for d in range(3):
        place = (force[d] - table.low[k, d]) * table.per_n[k, d]
        at[d, 0] = min(max(int(place), 0), table.cost.shape[d + 1] - 2)
        at[d, 1] = place - at[d, 0]
    x, y, z = int(at[0, 0]), int(at[1, 0]), int(at[2, 0])
    mixed, least, whole, short = 0.0, 0.0, 0.0, 0.0
    for i in range(2):
        by_x, off_x = (at[0, 1] if i else 1.0 - at[0, 1]), (at[0, 1] - i) / table.per_n[k, 0]
        for j in range(2):
            by_y, off_y = by_x * (at[1, 1] if j else 1.0 - at[1, 1]), (at[1, 1] - j) / table.per_n[k, 1]
            for m in range(2):
                share, off_z = by_y * (at[2, 1] if m else 1.0 - at[2, 1]), (at[2, 1] - m) / table.per_n[k, 2]
                cost = table.cost[k, x + i, y + j, z + m, 0]
                plane = (1.0 - ROUNDING * ROUNDING) * cost
                plane += table.cost[k, x + i, y + j, z + m, 1] * off_x
                plane += table.cost[k, x + i, y + j, z + m, 2] * off_y
                plane += table.cost[k, x + i, y + j, z + m, 3] * off_z
                least, mixed = max(least, plane), mixed + share * cost
                whole += share * table.dose[k, x + i, y + j, z + m, 0]
                short += share * table.dose[k, x + i, y + j, z + m, 1]
    dose[0], dose[1] = whole, short
    return max(mixed - least, 0.0)


@lanewise_entry
def _bound(
    table: _Table,
    loads: Loads,
    room: tuple[FloatArray, tuple[FloatArray, FloatArray]],
    out: FloatArray,
    piece: tuple[int, int],
) -> None:
    """Fill out (R, 2) for the candidates piece[0] … piece[1] − 1."""
    force, mixture = room
    for one in range(piece[0], piece[1]):
        for k in range(table.low.shape[0]):
            _set_force(loads, one, k, force)
            root = _mix(table, k, force, mixture) ** 0.5
            for s in range(2):
                out[one, s] += mixture[1][s] + table.size[k, s] * root


def _doses(table: _Table, loads: Loads, threads: int | None) -> FloatArray:
    out = np.zeros((len(loads.cell), 2))

    def work(first: int, last: int) -> None:
        _bound(table, loads, (np.zeros(3), (np.zeros((3, 2)), np.zeros(2))), out, (first, last))

    share_out(len(out), PIECE, work, threads)
    return np.minimum(out + ROUNDING, 1.0)
