"""Three numbers as one value: compiled code keeps them in registers, where a small array would be allocated."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from bandwright.numerics.compiled import compiled

Array = NDArray[np.float64]
Triple = tuple[float, float, float]


@compiled
def row(table: Array, index: int) -> Triple:
    """One row of a table (n, 3)."""
    return (table[index, 0], table[index, 1], table[index, 2])


@compiled
def put(table: Array, index: int, a: Triple) -> None:
    """Writes one row of a table (n, 3)."""
    table[index, 0], table[index, 1], table[index, 2] = a


@compiled
def onward(a: Triple, by: float, way: Triple) -> Triple:
    """a + by way."""
    return (a[0] + by * way[0], a[1] + by * way[1], a[2] + by * way[2])


@compiled
def times(a: Triple, b: Triple) -> Triple:
    """Products of like parts."""
    return (a[0] * b[0], a[1] * b[1], a[2] * b[2])


@compiled
def dot(a: Triple, b: Triple) -> float:
    """Scalar product."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


@compiled
def cross(a: Triple, b: Triple) -> Triple:
    """Vector product."""
    return (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])


@compiled
def scaled(a: Triple, by: float) -> Triple:
    """by a."""
    return (by * a[0], by * a[1], by * a[2])


@compiled
def unit(a: Triple) -> Triple:
    """The vector divided by its length."""
    return scaled(a, 1.0 / math.sqrt(dot(a, a)))


@compiled
def distance(a: Triple, b: Triple) -> float:
    """Distance between two points [m]."""
    x, y, z = a[0] - b[0], a[1] - b[1], a[2] - b[2]
    return math.sqrt(x * x + y * y + z * z)
