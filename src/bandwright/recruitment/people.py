"""People who differ a little from one another in body and in strength, at one repetition: the equations of each."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from bandwright.numerics.arrays import FloatArray
from bandwright.numerics.compiled import compiled


class People(NamedTuple):
    """D people at K poses of M = m + k rows (torques, then facets) and n columns.

    There are V ways to differ in body or movement. A person's rows are the nominal ones, plus so many steps of each
    shift, each column times its factor.
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


def rows_of(people: People, person: int) -> FloatArray:
    """One person's rows (K, M, n)."""
    moved = people.rows + np.tensordot(people.steps[person], people.shift, 1)
    return np.asarray(moved * people.factor[person])


@compiled
def set_rows(people: People, person: int, pose: int, rows: FloatArray) -> None:
    """Set the first n columns of rows (M, …) to one person's at one pose."""
    for j in range(rows.shape[0]):
        for i in range(people.rows.shape[2]):
            rows[j, i] = people.rows[pose, j, i]
    for v in range(people.shift.shape[0]):
        steps = people.steps[person, v]
        if steps != 0.0:
            for j in range(rows.shape[0]):
                for i in range(people.rows.shape[2]):
                    rows[j, i] += steps * people.shift[v, pose, j, i]
    for j in range(rows.shape[0]):
        for i in range(people.rows.shape[2]):
            rows[j, i] *= people.factor[person, i]
