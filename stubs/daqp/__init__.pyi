"""The part of daqp that Bandwright calls."""

from typing import Any, TypedDict

import numpy as np
from numpy.typing import NDArray

class _Info(TypedDict):
    setup_time: float
    solve_time: float
    iterations: int
    nodes: int
    lam: NDArray[np.float64]

def solve(
    H: NDArray[np.float64],
    f: NDArray[np.float64],
    A: NDArray[np.float64],
    bupper: NDArray[np.float64],
    blower: NDArray[np.float64] | None = ...,
    sense: NDArray[np.intc] | None = ...,
    **settings: Any,
) -> tuple[NDArray[np.float64], float, int, _Info]: ...
