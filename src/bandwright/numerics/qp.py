"""Front over daqp: strictly convex quadratic programmes with two-sided limits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import daqp
import numpy as np

from bandwright.numerics.arrays import FloatArray, read_only

_STATUS: Final = {
    1: "optimal",
    2: "soft-optimal",
    -1: "infeasible",
    -2: "cycling",
    -3: "unbounded",
    -4: "iteration-limit",
    -5: "non-convex",
    -6: "overdetermined-start",
    -7: "time-limit",
}
"""Meaning of daqp's exit flags (DAQP)."""


@dataclass(frozen=True, slots=True)
class QPResult:
    """Answer of a quadratic programme; `x` means something only if `optimal`."""

    x: FloatArray
    dual: FloatArray
    """(n + rows,) multipliers of the limits; + where an upper limit presses, − where a lower one does."""
    status: str
    iterations: int

    @property
    def optimal(self) -> bool:
        """Whether daqp vouches for the answer."""
        return self.status == "optimal"


@dataclass(frozen=True, slots=True)
class QPOptions:
    """How exactly to solve; limits may be exceeded by `feasibility` in the problem's own units."""

    feasibility: float = 1e-9
    max_iterations: int = 2000


def solve_bounded_qp(
    hessian: FloatArray,
    gradient: FloatArray,
    rows: FloatArray,
    limits: tuple[FloatArray, FloatArray],
    options: QPOptions | None = None,
) -> QPResult:
    """Minimise ½ xᵀ hessian x + gradient·x with lower ≤ (x, rows x) ≤ upper.

    Args:
        hessian: (n, n) positive definite.
        gradient: (n,).
        rows: (r, n), r may be 0.
        limits: (lower, upper), each (n + r,): first the limits of x, then those of `rows x`; ±inf is allowed.
        options: tolerance and iteration limit.
    """
    options = options or QPOptions()
    lower, upper = limits
    x, _value, flag, info = daqp.solve(
        np.ascontiguousarray(hessian, dtype=np.float64),
        np.array(gradient, dtype=np.float64),
        np.ascontiguousarray(rows, dtype=np.float64),
        np.array(upper, dtype=np.float64),
        np.array(lower, dtype=np.float64),
        primal_tol=options.feasibility,
        iter_limit=options.max_iterations,
    )
    status = _STATUS.get(int(flag), f"daqp-{int(flag)}")
    return QPResult(read_only(x), read_only(info["lam"]), status, int(info["iterations"]))
