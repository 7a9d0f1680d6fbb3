"""People in the form the lanes work on: the rows of `lane_poses`, but each lane has a person's own.

Where a person's numbers are not 0 is the same for everybody, and so are the facets of the cone: what people differ in
is the forces on the humeral head. The rows are made when people take their seats: that takes a tenth of the time, and
to keep those of everybody 3.5 MB an arm.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from bandwright.numerics.arrays import FloatArray, IntArray
from bandwright.numerics.lanes import LANES, even, lanewise, load, store
from bandwright.recruitment.batch.crossed import Crossed, crossed
from bandwright.recruitment.batch.lane_poses import base_rows
from bandwright.recruitment.batch.sparse import TOGETHER, Own, own
from bandwright.recruitment.people import People


class LanePeople(NamedTuple):
    """K poses of M = m + k rows (torques, facets), n columns and b = m + r base rows, of those seated.

    E entries of the base rows are kept, all that are not 0 and some that are. Columns have g factors between them.
    """

    by_column: Own
    """(n, b): what each column gives to the base rows."""
    by_row: Own
    """(b, n): the same, turned."""
    pairs: Crossed
    """(b, n): the same, to be multiplied."""
    facets: FloatArray
    """(K, k, r) facets on the head forces."""
    limits: FloatArray
    """(K, 2, n) bounds of the scaled activations."""
    entry: FloatArray
    """(K, E, 1 + V) the nominal person's, and by how much one step of each way changes it."""
    which: IntArray
    """(E,) which factor it is multiplied by."""
    steps: FloatArray
    """(D, V) how many steps each person is away."""
    factor: FloatArray
    """(D, g) how strong each person's columns are over the nominal person's [-]."""
    seated_steps: FloatArray
    """(V, LANES)."""
    seated_factor: FloatArray
    """(g, LANES)."""


def lane_people(people: People, row: FloatArray, column: FloatArray) -> LanePeople:
    """Seats for one thread, rows being multiplied by `row` (M,) and columns by `column` (n,).

    Raises:
        ModelError: the rows of the cone are combinations of more forces than there are on the humeral head.
    """
    facets, base = _base_of_each_way(people, row[:, None] * column)
    filled = np.any(base != 0.0, axis=(0, 3))
    used = np.count_nonzero(filled)
    made = (used // TOGETHER + 1) * TOGETHER
    at = np.full(filled.shape, made - 1)
    at[filled] = np.arange(used)
    factor, which = _distinct(people.factor)
    entry = np.zeros((len(base), made, base.shape[3]))
    entry[:, :used] = base[:, filled]
    value = np.zeros((made, LANES))
    return LanePeople(
        by_column=own(at.T, value),
        by_row=own(at, value),
        pairs=crossed(at, value),
        facets=facets,
        limits=np.tile(people.limits / column, (len(base), 1, 1)),
        entry=entry,
        which=np.append(which[np.nonzero(filled)[1]], np.zeros(made - used, np.int64)),
        steps=people.steps,
        factor=factor,
        seated_steps=np.zeros((people.steps.shape[1], LANES)),
        seated_factor=np.zeros((factor.shape[1], LANES)),
    )


def _base_of_each_way(people: People, scale: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Facets (K, k, r), and scaled base rows (K, b, n, 1 + V) of the nominal person and of a step of each way."""
    ways = np.concatenate([people.rows[None], people.shift]) * scale
    poses, size, n = people.rows.shape
    facets, base = base_rows(np.moveaxis(ways, 0, 3).reshape(poses, size, -1), people.equations)
    return facets, base.reshape(poses, -1, n, len(ways))


def _distinct(factor: FloatArray) -> tuple[FloatArray, IntArray]:
    """The factors (D, n) that differ (D, g), and which of them each column has."""
    known: dict[bytes, int] = {}
    which = np.array([known.setdefault(column.tobytes(), len(known)) for column in factor.T])
    return np.ascontiguousarray(factor[:, np.unique(which, return_index=True)[1]]), which


def more_seats(poses: LanePeople) -> LanePeople:
    """Seats for another thread."""
    value = np.zeros_like(poses.by_row.value)
    return poses._replace(
        by_column=poses.by_column._replace(value=value),
        by_row=poses.by_row._replace(value=value),
        pairs=poses.pairs._replace(value=value),
        seated_steps=np.zeros_like(poses.seated_steps),
        seated_factor=np.zeros_like(poses.seated_factor),
    )


@lanewise
def seat(poses: LanePeople, lane: int, person: int) -> None:
    """Let a person sit in a lane; his rows are not made yet."""
    for v in range(poses.steps.shape[1]):
        poses.seated_steps[v, lane] = poses.steps[person, v]
    for g in range(poses.factor.shape[1]):
        poses.seated_factor[g, lane] = poses.factor[person, g]


@lanewise
def make_rows(poses: LanePeople, k: int) -> None:
    """Set the rows of those seated."""
    value = poses.by_row.value
    for e in range(0, poses.which.shape[0], TOGETHER):
        first, second = even(poses.entry[k, e, 0]), even(poses.entry[k, e + 1, 0])
        third, fourth = even(poses.entry[k, e + 2, 0]), even(poses.entry[k, e + 3, 0])
        for v in range(poses.seated_steps.shape[0]):
            steps = load(poses.seated_steps, v)
            first = first + poses.entry[k, e, 1 + v] * steps
            second = second + poses.entry[k, e + 1, 1 + v] * steps
            third = third + poses.entry[k, e + 2, 1 + v] * steps
            fourth = fourth + poses.entry[k, e + 3, 1 + v] * steps
        store(value, e, first * load(poses.seated_factor, poses.which[e]))
        store(value, e + 1, second * load(poses.seated_factor, poses.which[e + 1]))
        store(value, e + 2, third * load(poses.seated_factor, poses.which[e + 2]))
        store(value, e + 3, fourth * load(poses.seated_factor, poses.which[e + 3]))
