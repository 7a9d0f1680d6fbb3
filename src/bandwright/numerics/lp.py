"""Front over HiGHS: linear programmes, slow and sure, for the cases the fast path will not vouch for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.optimize import linprog

from bandwright.numerics.arrays import FloatArray, read_only

_STATUS: Final = {0: "optimal", 1: "iteration-limit", 2: "infeasible", 3: "unbounded", 4: "numerical-trouble"}
"""Meaning of the status of `scipy.optimize.linprog`."""


@dataclass(frozen=True, slots=True)
class LPResult:
    """Answer of a linear programme; `x` and `row_price` mean something only if `optimal`."""

    x: FloatArray
    value: float
    row_price: FloatArray
    """(r,) growth of the maximum per unit by which the pressing limit of a row grows; + upper, − lower."""
    status: str

    @property
    def optimal(self) -> bool:
        """Whether HiGHS vouches for the answer."""
        return self.status == "optimal"


def maximise_linear(
    objective: FloatArray,
    rows: FloatArray,
    row_limits: tuple[FloatArray, FloatArray],
    bounds: tuple[FloatArray, FloatArray],
    *,
    tolerance: float = 1e-9,
) -> LPResult:
    """Maximise objective·x with lower ≤ x ≤ upper and row_lower ≤ rows x ≤ row_upper.

    Args:
        objective: (n,).
        rows: (r, n).
        row_limits: (row_lower, row_upper), each (r,); ±inf is allowed.
        bounds: (lower, upper), each (n,); ±inf is allowed.
        tolerance: by how much limits and prices may be missed, in the problem's own units.
    """
    row_lower, row_upper = row_limits
    above, below = np.isfinite(row_upper), np.isfinite(row_lower)
    answer = linprog(
        -np.asarray(objective),
        A_ub=np.vstack([rows[above], -rows[below]]),
        b_ub=np.concatenate([row_upper[above], -row_lower[below]]),
        bounds=np.column_stack(bounds),
        method="highs",
        options={"primal_feasibility_tolerance": tolerance, "dual_feasibility_tolerance": tolerance},
    )
    status = _STATUS.get(int(answer.status), "numerical-trouble")
    if status != "optimal":
        empty = read_only(np.full(rows.shape[1], np.nan))
        return LPResult(empty, float("nan"), read_only(np.full(len(rows), np.nan)), status)
    price = np.zeros(len(rows))
    price[above] = -answer.ineqlin.marginals[: int(above.sum())]
    price[below] += answer.ineqlin.marginals[int(above.sum()) :]
    return LPResult(read_only(answer.x), float(-answer.fun), read_only(price), status)
