"""The tableau of a small dense linear programme with two-sided limits: begin, pivot, read; compiled.

The programme is: make one column as great as possible, with lower ≤ x ≤ upper and row limits on A x. Each
row gets a slack s = −A x with the row's limits turned round, so that [A 1](x, s) = 0 and every column, slack
or not, is treated alike. The whole tableau is kept: with some 16 rows and 60 columns a pivot costs about a
microsecond, and the slack part of the tableau is the inverse of the basis, from which the answer is refined
and its bound computed on the data as given, not on what rounding left of them.

Plain loops throughout: whole-array expressions run no faster here and take several times as long to compile.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np

from bandwright.numerics.arrays import FloatArray, IntArray
from bandwright.numerics.compiled import compiled

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


class Corner(NamedTuple):
    """Where a programme stood, kept as a start for a similar one."""

    basis: IntArray
    """(r,)."""
    place: IntArray
    """(n + r,)."""


@compiled
def slack_corner(columns: int, rows: int) -> Corner:
    """The corner with every slack in the basis and every column at its lower limit."""
    basis, place = np.empty(rows, np.int64), np.empty(columns + rows, np.int64)
    for i in range(columns):
        place[i] = AT_LOWER
    for j in range(rows):
        basis[j] = columns + j
        place[columns + j] = IN_BASIS
    return Corner(basis, place)


@compiled
def begin(rows: FloatArray, row_limits: FloatArray, limits: FloatArray) -> Simplex:
    """The programme with every slack in the basis and every column at its lower limit.

    Args:
        rows: (r, n).
        row_limits: (2, r) lower and upper, ±inf allowed.
        limits: (2, n) lower and upper; lower must be finite.
    """
    r, n = rows.shape
    tableau = np.zeros((r, n + r))
    lower, upper = np.empty(n + r), np.empty(n + r)
    corner = slack_corner(n, r)
    value = np.zeros(r)
    for i in range(n):
        lower[i], upper[i] = limits[0, i], limits[1, i]
    for j in range(r):
        lower[n + j], upper[n + j] = -row_limits[1, j], -row_limits[0, j]
        tableau[j, n + j] = 1.0
        for i in range(n):
            tableau[j, i] = rows[j, i]
            value[j] -= rows[j, i] * lower[i]
    return Simplex(tableau, lower, upper, corner.place, corner.basis, value)


@compiled
def pivot(lp: Simplex, row: int, entering: int) -> None:
    """Solve `row` for the entering column instead of the one it is solved for."""
    tableau = lp.tableau
    divisor = tableau[row, entering]
    for i in range(tableau.shape[1]):
        tableau[row, i] /= divisor
    for j in range(tableau.shape[0]):
        factor = tableau[j, entering]
        if j != row and factor != 0.0:
            for i in range(tableau.shape[1]):
                tableau[j, i] -= factor * tableau[row, i]
            tableau[j, entering] = 0.0


@compiled
def point(lp: Simplex, rows: FloatArray) -> FloatArray:
    """(n + r,) columns and slacks at the present basis, refined once against `rows` as given."""
    r, n = rows.shape
    x = np.empty(n + r)
    for i in range(n + r):
        x[i] = lp.upper[i] if lp.place[i] == AT_UPPER else lp.lower[i]
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


@compiled
def resume(lp: Simplex, corner: Corner, rows: FloatArray) -> None:
    """Take a programme just begun to `corner`, as far as its basis is one here too."""
    for c in range(corner.basis.shape[0]):
        column = corner.basis[c]
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
    for j in range(lp.value.shape[0]):
        lp.value[j] = 0.0
    x = point(lp, rows)
    for j in range(lp.basis.shape[0]):
        lp.value[j] = x[lp.basis[j]]


@compiled
def keep(lp: Simplex, corner: Corner) -> None:
    """Remember where the programme stands."""
    for j in range(lp.basis.shape[0]):
        corner.basis[j] = lp.basis[j]
    for i in range(lp.place.shape[0]):
        corner.place[i] = lp.place[i]


@compiled
def prices(lp: Simplex, target: int, price: FloatArray) -> None:
    """Set price (r,) to the fall of column `target` per unit of each slack; zeros if it is at a limit."""
    n = lp.place.shape[0] - price.shape[0]
    for s in range(price.shape[0]):
        price[s] = 0.0
        for j in range(price.shape[0]):
            if lp.basis[j] == target:
                price[s] = lp.tableau[j, n + s]


@compiled
def clash(lp: Simplex, price: FloatArray) -> None:
    """Set price (r,) so that no point inside the limits meets the rows so summed, after `settle` failed."""
    n = lp.place.shape[0] - price.shape[0]
    for s in range(price.shape[0]):
        price[s] = 0.0
    for j in range(price.shape[0]):
        column, side = lp.basis[j], 0.0
        if lp.value[j] < lp.lower[column] - FEASIBILITY:
            side = 1.0
        elif lp.value[j] > lp.upper[column] + FEASIBILITY:
            side = -1.0
        for s in range(price.shape[0]):
            price[s] += side * lp.tableau[j, n + s]
