"""The tableau of a small dense linear programme with two-sided limits: begin, pivot, read; compiled.

The programme is: make one column as great as possible, with lower ≤ x ≤ upper and row limits on A x. Each
row gets a slack s = −A x with the row's limits turned round, so that [A 1](x, s) = 0 and every column, slack
or not, is treated alike. The whole tableau is kept: with some 16 rows and 60 columns a pivot costs about a
microsecond, and the slack part of the tableau is the inverse of the basis, from which the answer is refined
and its bound computed on the data as given, not on what rounding left of them.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np
from numba import njit

from bandwright.numerics.arrays import FloatArray, IntArray

FEASIBILITY: Final = 1e-10
"""By how much a limit may be missed, after scaling."""
SAFE_PIVOT: Final = 1e-6
"""Size a tableau entry must have to be pivoted on when a corner is taken over."""

AT_LOWER: Final = 0
AT_UPPER: Final = 1
IN_BASIS: Final = 2


class Simplex(NamedTuple):
    """A programme on its way to the optimum: r rows, n columns, r slacks; arrays change in place."""

    tableau: FloatArray
    """(r, n + r)."""
    lower: FloatArray
    """(n + r,)."""
    upper: FloatArray
    """(n + r,)."""
    place: IntArray
    """(n + r,) `AT_LOWER`, `AT_UPPER` or `IN_BASIS`."""
    basis: IntArray
    """(r,) the column each row is solved for."""
    value: FloatArray
    """(r,) value of those columns."""


@njit(cache=True)
def begin(rows: FloatArray, row_limits: FloatArray, limits: FloatArray) -> Simplex:
    """The programme with every slack in the basis and every column at its lower limit.

    Args:
        rows: (r, n).
        row_limits: (2, r) lower and upper, ±inf allowed.
        limits: (2, n) lower and upper; lower must be finite.
    """
    r, n = rows.shape
    tableau = np.zeros((r, n + r))
    tableau[:, :n] = rows
    lower, upper = np.empty(n + r), np.empty(n + r)
    lower[:n], upper[:n] = limits[0], limits[1]
    lower[n:], upper[n:] = -row_limits[1], -row_limits[0]
    place = np.full(n + r, AT_LOWER)
    place[n:] = IN_BASIS
    value = np.zeros(r)
    for j in range(r):
        tableau[j, n + j] = 1.0
        for i in range(n):
            value[j] -= rows[j, i] * lower[i]
    return Simplex(tableau, lower, upper, place, np.arange(n, n + r), value)


@njit(cache=True)
def pivot(lp: Simplex, row: int, entering: int) -> None:
    """Solve `row` for the entering column instead of the one it is solved for."""
    pivot_row = lp.tableau[row]
    pivot_row /= pivot_row[entering]
    for j in range(lp.tableau.shape[0]):
        factor = lp.tableau[j, entering]
        if j != row and factor != 0.0:
            for i in range(lp.tableau.shape[1]):
                lp.tableau[j, i] -= factor * pivot_row[i]
            lp.tableau[j, entering] = 0.0


@njit(cache=True)
def point(lp: Simplex, rows: FloatArray) -> FloatArray:
    """(n + r,) columns and slacks at the present basis, refined once against `rows` as given."""
    r, n = rows.shape
    x = np.where(lp.place == AT_UPPER, lp.upper, lp.lower)
    for j in range(r):
        x[lp.basis[j]] = lp.value[j]
    miss = np.empty(r)
    for j in range(r):
        miss[j] = x[n + j]
        for i in range(n):
            miss[j] += rows[j, i] * x[i]
    for j in range(r):
        for s in range(r):
            x[lp.basis[j]] -= lp.tableau[j, n + s] * miss[s]
    return x


class Corner(NamedTuple):
    """Where a programme stood, kept as a start for a similar one."""

    basis: IntArray
    """(r,)."""
    place: IntArray
    """(n + r,)."""


@njit(cache=True)
def slack_corner(columns: int, rows: int) -> Corner:
    """The corner with every slack in the basis and every column at its lower limit."""
    place = np.full(columns + rows, AT_LOWER)
    place[columns:] = IN_BASIS
    return Corner(np.arange(columns, columns + rows), place)


@njit(cache=True)
def resume(lp: Simplex, corner: Corner, rows: FloatArray) -> None:
    """Take a programme just begun to `corner`, as far as its basis is one here too."""
    for column in corner.basis:
        if lp.place[column] == IN_BASIS:
            continue
        chosen, largest = -1, SAFE_PIVOT
        for j in range(lp.basis.shape[0]):
            replaceable = corner.place[lp.basis[j]] != IN_BASIS
            if replaceable and abs(lp.tableau[j, column]) > largest:
                chosen, largest = j, abs(lp.tableau[j, column])
        if chosen >= 0:
            lp.place[lp.basis[chosen]] = AT_LOWER
            lp.place[column] = IN_BASIS
            lp.basis[chosen] = column
            pivot(lp, chosen, column)
    for i in range(lp.place.shape[0]):
        if lp.place[i] != IN_BASIS:
            upper = lp.lower[i] == -math.inf or (corner.place[i] == AT_UPPER and lp.upper[i] < math.inf)
            lp.place[i] = AT_UPPER if upper else AT_LOWER
    lp.value[:] = 0.0
    x = point(lp, rows)
    for j in range(lp.basis.shape[0]):
        lp.value[j] = x[lp.basis[j]]


@njit(cache=True)
def keep(lp: Simplex, corner: Corner) -> None:
    """Remember where the programme stands."""
    corner.basis[:] = lp.basis
    corner.place[:] = lp.place


@njit(cache=True)
def prices(lp: Simplex, target: int) -> FloatArray:
    """(r,) fall of column `target` per unit of each slack; zeros if the column is at a limit."""
    r = lp.basis.shape[0]
    n = lp.place.shape[0] - r
    price = np.zeros(r)
    for j in range(r):
        if lp.basis[j] == target:
            price[:] = lp.tableau[j, n:]
    return price


@njit(cache=True)
def clash(lp: Simplex) -> FloatArray:
    """(r,) prices of the rows after `settle` found no point: no point meets the rows so summed."""
    r = lp.basis.shape[0]
    n = lp.place.shape[0] - r
    price = np.zeros(r)
    for j in range(r):
        column = lp.basis[j]
        if lp.value[j] < lp.lower[column] - FEASIBILITY:
            price += lp.tableau[j, n:]
        elif lp.value[j] > lp.upper[column] + FEASIBILITY:
            price -= lp.tableau[j, n:]
    return price
