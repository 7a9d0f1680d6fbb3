"""A small dense linear programme laid out in vectors, where it stands, and room to solve it; see `dual_simplex`."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from bandwright.numerics.arrays import FloatArray, IntArray
from bandwright.numerics.lanes import LANES, even, lanewise, load, made_up, store


class Programme(NamedTuple):
    """One programme of r rows and n columns, both made up to whole vectors by columns and rows of nothing."""

    cells: FloatArray
    """(r, v) the columns, then −1 for each row's own variable."""
    lanes: FloatArray
    """The same memory by vectors."""
    limits: FloatArray
    """(2, v) lower and upper limits of columns and rows; only the last column and rows may have ±inf."""
    bounds: FloatArray
    """The same memory by vectors."""


class Corner(NamedTuple):
    """Where a programme stood, kept as a start for a similar one; arrays change in place."""

    size: IntArray
    """(1,) how many entries of the next two count."""
    column: IntArray
    """(r,) columns between their limits."""
    row: IntArray
    """(r,) rows at a limit."""
    upper: FloatArray
    """(v / LANES, LANES) 1 for variables at their upper limit, where those stay that neither gain nor lose."""


class Bench(NamedTuple):
    """A programme on its way; the basis has k places, one for each row in use."""

    size: IntArray
    """(1,) k."""
    row: IntArray
    """(r,) rows in use."""
    basis: IntArray
    """(r,) the variable each place is solved for."""
    inverse: FloatArray
    """(r · R / LANES, LANES) of the basis: for each row in use, R places."""
    value: FloatArray
    """(R / LANES, LANES) values of the basis."""
    within: FloatArray
    """(2 R / LANES, LANES) their lower limits, then their upper ones."""
    work: FloatArray
    """(R / LANES, LANES) a variable's column in the basis."""
    limits: FloatArray
    """(2 v / LANES, LANES) limits; where there is none but one is needed, one that cannot be reached."""
    side: FloatArray
    """(v / LANES, LANES) 1 at the lower limit, −1 at the upper, 0 where the variable cannot enter the basis."""
    x: FloatArray
    """(v / LANES, LANES) values; those of the basis are brought up to date at the end."""
    gain: FloatArray
    """(v / LANES, LANES) growth of the last column per unit of each variable."""
    entry: FloatArray
    """(v / LANES, LANES) by how much the leaving variable falls per unit of each."""
    reach: FloatArray
    """(v / LANES, LANES) how far prices may move until each changes its side."""


def programme_for(columns: int, rows: int) -> Programme:
    """An empty programme for so many columns and rows; the last column is the last of `columns` made up."""
    width = made_up(columns)
    cells = np.zeros((rows, width + made_up(rows)))
    cells[np.arange(rows), width + np.arange(rows)] = -1.0
    limits = np.zeros((2, cells.shape[1]))
    return Programme(cells, cells.reshape(-1, LANES), limits, limits.reshape(-1, LANES))


def empty_corner(one: Programme) -> Corner:
    """The corner to start from where nothing is known."""
    rows, every = one.cells.shape
    return Corner(np.zeros(1, np.int64), np.zeros(rows, np.int64), np.zeros(rows, np.int64), _vectors(every))


class Corners(NamedTuple):
    """Corners of D similar programmes; as `Corner` with D as the first axis."""

    size: IntArray
    column: IntArray
    row: IntArray
    upper: FloatArray


def corners_for(one: Programme, count: int) -> Corners:
    """So many empty corners."""
    one_of = empty_corner(one)
    return Corners(*(np.zeros((count, *part.shape), part.dtype) for part in one_of))


@lanewise
def corner_at(corners: Corners, which: int) -> Corner:
    """One of them; it shares their memory."""
    return Corner(corners.size[which], corners.column[which], corners.row[which], corners.upper[which])


@lanewise
def take_over(known: Corner, corner: Corner) -> None:
    """Set a corner to another one."""
    corner.size[0] = known.size[0]
    for p in range(known.size[0]):
        corner.column[p], corner.row[p] = known.column[p], known.row[p]
    for b in range(known.upper.shape[0]):
        store(corner.upper, b, load(known.upper, b))


@lanewise
def clear(corner: Corner) -> None:
    """Forget where the programme stood."""
    corner.size[0] = 0
    for b in range(corner.upper.shape[0]):
        store(corner.upper, b, even(0.0))


def bench_for(one: Programme) -> Bench:
    """Room for programmes of that size."""
    rows, every = one.cells.shape
    places = made_up(rows)
    return Bench(
        size=np.zeros(1, np.int64),
        row=np.zeros(rows, np.int64),
        basis=np.zeros(rows, np.int64),
        inverse=_vectors(rows * places),
        value=_vectors(places),
        within=_vectors(2 * places),
        work=_vectors(places),
        limits=_vectors(2 * every),
        side=_vectors(every),
        x=_vectors(every),
        gain=_vectors(every),
        entry=_vectors(every),
        reach=_vectors(every),
    )


def _vectors(count: int) -> FloatArray:
    return np.zeros((count // LANES, LANES))


@lanewise
def columns_of(one: Programme) -> int:
    """N, columns with those of nothing; the last one is raised, and the rows' variables follow."""
    rows, every = one.cells.shape
    return int(every - -(-rows // LANES) * LANES)
