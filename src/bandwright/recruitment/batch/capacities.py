"""Capacity under many loads on one limb: at each pose one programme after another, each from where the last ended.

Only the load's own column differs between them, so a few steps lead from one answer to the next.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final, NamedTuple

import numpy as np

from bandwright.numerics.arrays import BoolArray, FloatArray, IntArray, read_only
from bandwright.numerics.boxed_programme import (
    Bench,
    Corner,
    Programme,
    bench_for,
    clear,
    columns_of,
    empty_corner,
    programme_for,
    take_over,
)
from bandwright.numerics.dual_simplex import OPTIMAL, STUCK
from bandwright.numerics.lanes import get, lanewise, lanewise_entry
from bandwright.numerics.threads import share_out
from bandwright.recruitment.capacity import Capacity, CapacitySolver, capacity, limb_programmes
from bandwright.recruitment.capacity_problem import CapacityProblem
from bandwright.recruitment.limit_share import limit_shares
from bandwright.recruitment.programme import Programmes, scaled, set_without_load, solve_one

POSES: Final = 7
"""Poses a thread takes at a time."""


class Found(NamedTuple):
    """What was found for B loads at K poses."""

    status: IntArray
    """(B, K) `OPTIMAL`, or `STUCK` where the quick way has no proof."""
    x: FloatArray
    """(B, K, n + 1) activations and factor."""
    price: FloatArray
    """(B, K, m + k)."""


def capacities(problem: CapacityProblem, load: FloatArray, cap: FloatArray) -> tuple[Capacity, ...]:
    """The capacity of the same limb under each of B loads; the answers are those of `capacity`.

    A load that the quick way cannot answer at every pose is given to `capacity` itself.

    Args:
        problem: the limb and its limits; its own load and caps do not count.
        load: (B, K, m + k) torque [N·m] and room in front of the facets [N] that each load adds.
        cap: (B, K, g) other limits on each load's factor; inf where there is none.
    """
    found = solved(limb_programmes(problem), load, np.min(cap, axis=2, initial=np.inf))
    slack = ~np.any(load[:, :, : problem.moment.shape[1]], axis=2)
    quick = np.all((found.status == OPTIMAL) & ~slack, axis=1)
    chosen = Found(found.status[quick], found.x[quick], found.price[quick])
    answers = iter(_answers(problem, chosen, cap[quick]))
    return tuple(
        next(answers) if one else _by_itself(problem, load[index], cap[index])
        for index, one in enumerate(quick)
    )


def solved(limb: Programmes, load: FloatArray, lowest: FloatArray) -> Found:
    """The programmes of K poses of a limb, without load as in `limb_programmes`, under each of B loads.

    Args:
        limb: the programmes; the factor's column is empty.
        load: (B, K, r) what each load asks of the rows.
        lowest: (B, K) the factor's cap; inf where there is none.
    """
    base, row, column = scaled(limb)
    loads, (poses, rows, size) = len(load), base.rows.shape
    found = Found(
        np.empty((loads, poses), np.int64), np.empty((loads, poses, size)), np.empty((loads, poses, rows))
    )
    asked = np.ascontiguousarray(load * row)

    def work(first: int, last: int) -> None:
        one = programme_for(size, rows)
        corners = empty_corner(one), empty_corner(one)
        _solve(base, (asked, lowest), (one, corners, bench_for(one)), (first, last), found)

    share_out(poses, POSES, work)
    return found._replace(x=found.x * column, price=found.price * row)


@lanewise
def _set_load(one: Programme, load: FloatArray, cap: float) -> float:
    """Set the load's column and the factor's cap; returns what the factor was multiplied by."""
    last, size = columns_of(one) - 1, 0.0
    for j in range(load.shape[0]):
        size = max(size, abs(load[j]))
    size = size if size > 0.0 else 1.0
    for j in range(load.shape[0]):
        one.cells[j, last] = -load[j] / size
    one.limits[1, last] = cap * size
    return size


@lanewise_entry
def _solve(
    base: Programmes,
    asked: tuple[FloatArray, FloatArray],
    room: tuple[Programme, tuple[Corner, Corner], Bench],
    poses: tuple[int, int],
    found: Found,
) -> None:
    """Answers for all loads at some poses."""
    (loads, cap), (one, (still, corner), bench) = asked, room
    n, last = base.rows.shape[2] - 1, columns_of(one) - 1
    for k in range(poses[0], poses[1]):
        clear(still)
        set_without_load(base, k, one)
        # A load may hold up a limb that could not hold itself: such poses are not for the quick way.
        if solve_one(one, still, bench, found.price[0, k]) != OPTIMAL:
            found.status[:, k] = STUCK
            continue
        take_over(still, corner)
        for b in range(loads.shape[0]):
            scale = _set_load(one, loads[b, k], cap[b, k])
            status = solve_one(one, corner, bench, found.price[b, k])
            if status == STUCK:
                clear(corner)
                status = solve_one(one, corner, bench, found.price[b, k])
            found.status[b, k] = status
            for i in range(n):
                found.x[b, k, i] = get(bench.x, i)
            found.x[b, k, n] = get(bench.x, last) / scale
            for j in range(found.price.shape[2]):
                found.price[b, k, j] /= scale


def _answers(problem: CapacityProblem, found: Found, cap: FloatArray) -> tuple[Capacity, ...]:
    labels, poses = problem.limit_labels, len(problem.moment)
    factor = np.maximum(found.x[:, :, -1], 0.0)
    shares = limit_shares(problem, found.x[:, :, :-1], factor, found.price, cap)
    greatest, held_back = np.argmax(shares, axis=2), np.max(shares, axis=2) > 0.0
    simplex: tuple[CapacitySolver, ...] = ("simplex",)
    proven: BoolArray = np.ones(poses, np.bool_)
    proven.setflags(write=False)
    return tuple(
        Capacity(
            factor=read_only(factor[b]),
            feasible=proven,
            shortfall_nm=read_only(np.zeros(poses)),
            binding=tuple(
                labels[i] if held else None
                for i, held in zip(greatest[b].tolist(), held_back[b].tolist(), strict=True)
            ),
            limit_share=read_only(shares[b]),
            activation=read_only(found.x[b, :, :-1]),
            price=read_only(found.price[b]),
            solver=simplex * poses,
            converged=proven,
        )
        for b in range(len(factor))
    )


def _by_itself(problem: CapacityProblem, load: FloatArray, cap: FloatArray) -> Capacity:
    equations = problem.moment.shape[1]
    torque, room = load[:, :equations], load[:, equations:]
    return capacity(replace(problem, torque_load=torque, cone_limit_load=room, cap=cap))
