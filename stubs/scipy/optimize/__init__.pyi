"""The part of scipy.optimize that Bandwright calls; anything else is untyped."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

class _Marginals:
    residual: NDArray[np.float64]
    marginals: NDArray[np.float64]

class OptimizeResult:
    x: NDArray[np.float64]
    fun: float
    status: int
    success: bool
    message: str
    nit: int
    def __getattr__(self, name: str) -> Any: ...

class _LinearResult(OptimizeResult):
    ineqlin: _Marginals
    eqlin: _Marginals
    lower: _Marginals
    upper: _Marginals

class _LeastSquaresResult:
    x: NDArray[np.float64]
    cost: float
    fun: NDArray[np.float64]
    jac: NDArray[np.float64]
    grad: NDArray[np.float64]
    optimality: float
    nfev: int
    status: int
    success: bool
    message: str

# The arguments are many and take many shapes; what the answers hold is what needs checking.
def linprog(c: Any, **arguments: Any) -> _LinearResult: ...
def least_squares(fun: Any, x0: Any, **arguments: Any) -> _LeastSquaresResult: ...
def __getattr__(name: str) -> Any: ...
