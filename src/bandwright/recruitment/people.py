"""People who differ a little from one another in body and in strength, at one repetition: the equations of each."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from bandwright.numerics.arrays import FloatArray, IntArray
from bandwright.numerics.compiled import unlocked
from bandwright.numerics.lanes import LANES, lanewise, load, made_up, store


class People(NamedTuple):
    """D people at K poses of M = m + k rows (torques, then facets) and n columns.

    There are V ways to differ in body or movement. A person's rows are the nominal ones, plus so many steps of each
    shift, each column times its factor. The facets are the same for everybody: all rows of the cone, nominal or not,
    are combinations of few forces on the humeral head.
    """

    rows: FloatArray
    """(K, M, n) torque and push of each column of the nominal person at full activation [N·m], [N]."""
    shift: FloatArray
    """(V, K, M, n) by how much one step of each way changes them."""
    steps: FloatArray
    """(D, V) how many steps each person is away."""
    factor: FloatArray
    """(D, n) how strong each person's columns are over the nominal person's [-]."""
    limits: FloatArray
    """(2, n) least and greatest activation."""
    equations: int
    """m, how many of the rows are torques."""
    nearest: IntArray
    """(D,) of each person the one before who is most alike in strength, as of `nearest_before`."""


class Packed(NamedTuple):
    """The same people, scaled, each row of columns made up to N / LANES vectors with nothing."""

    rows: FloatArray
    """(K, M N / LANES, LANES)."""
    shift: FloatArray
    """(K, V, M N / LANES, LANES)."""
    steps: FloatArray
    """(D, V)."""
    factor: FloatArray
    """(D, N / LANES, LANES)."""


def rows_of(people: People, person: int) -> FloatArray:
    """One person's rows (K, M, n)."""
    moved = people.rows + np.tensordot(people.steps[person], people.shift, 1)
    return np.asarray(moved * people.factor[person])


def nearest_before(factor: FloatArray) -> IntArray:
    """Of each person (D,) the one before who is most alike in strength (D, n) and in answer; −1 for the first."""
    nearest = np.full(len(factor), -1)
    _find_nearest(np.log(factor), nearest)
    return nearest


@unlocked
def _find_nearest(places: FloatArray, nearest: IntArray) -> None:
    """Set of each place (D, n) the nearest before it."""
    for d in range(1, places.shape[0]):
        least = np.inf
        for e in range(d):
            apart = 0.0
            for i in range(places.shape[1]):
                apart += (places[d, i] - places[e, i]) ** 2
            if apart < least:
                least, nearest[d] = apart, e


def packed(people: People, row: FloatArray, column: FloatArray, width: int) -> Packed:
    """The people with rows times `row` (K, M) and columns times `column` (n,), in `width` columns."""
    scale = row[:, :, None] * column
    shape = (len(people.rows), -1, LANES)
    rows = _wide(people.rows * scale, width).reshape(shape)
    shift = np.swapaxes(_wide(people.shift * scale, width), 0, 1)
    return Packed(
        rows,
        np.ascontiguousarray(shift).reshape(len(rows), len(people.shift), *rows.shape[1:]),
        people.steps,
        _wide(people.factor, width).reshape(len(people.factor), -1, LANES),
    )


def _wide(values: FloatArray, width: int) -> FloatArray:
    """Values (…, n) made up with zeros to the vectors that `width` columns need."""
    found = np.zeros((*values.shape[:-1], made_up(width)))
    found[..., : values.shape[-1]] = values
    return found


@lanewise
def set_rows(people: Packed, person: int, pose: int, rows: FloatArray, every: int) -> None:
    """Set the first vectors of rows, each `every` vectors long, to one person's at one pose."""
    blocks = people.factor.shape[1]
    for b in range(blocks):
        factor = load(people.factor[person], b)
        for j in range(people.rows.shape[1] // blocks):
            at = j * blocks + b
            total = load(people.rows[pose], at)
            for v in range(people.shift.shape[1]):
                total = total + people.steps[person, v] * load(people.shift[pose, v], at)
            store(rows, j * every + b, total * factor)
