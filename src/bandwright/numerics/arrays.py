"""Read-only float arrays, the form in which results travel between functions."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]


def sizes_of(vectors: FloatArray) -> FloatArray:
    """Lengths (…) of vectors (…, 3): as `numpy.linalg.norm` over the last axis, in an eighth of the time."""
    return np.asarray(np.sqrt(dot(vectors, vectors)))


def dot(one: FloatArray, other: FloatArray) -> FloatArray:
    """Inner products (…) of vectors (…, 3): axis by axis, in half the time of `einsum`."""
    found = one[..., 0] * other[..., 0]
    found += one[..., 1] * other[..., 1]
    found += one[..., 2] * other[..., 2]
    return np.asarray(found)


def along(sizes: FloatArray, directions: FloatArray) -> FloatArray:
    """Vectors (…, 3) of sizes (…) along directions (…, 3): axis by axis, in a third of the time of one product."""
    found = np.empty((*np.broadcast_shapes(sizes.shape, directions.shape[:-1]), 3))
    for axis in range(3):
        np.multiply(sizes, directions[..., axis], out=found[..., axis])
    return found


def read_only(values: npt.ArrayLike) -> FloatArray:
    """A contiguous float64 copy of `values` that refuses to be written to; same shape, same unit.

    What is all that already, with memory of its own, is not copied again.
    """
    if isinstance(values, np.ndarray) and values.dtype == np.float64:
        flags = values.flags
        if flags.c_contiguous and flags.owndata and not flags.writeable:
            return values
    array = np.array(values, dtype=np.float64, order="C", copy=True)
    array.setflags(write=False)
    return array
