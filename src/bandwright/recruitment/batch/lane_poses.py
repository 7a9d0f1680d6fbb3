"""A repetition in the scaled form the lanes work on: sparse, and with the cone as a few forces on the head.

Scaling as in `scaling`. The rows of the cone are combinations of few forces (three, for a force on the humeral
head), so a column is described by its torques and those forces, its *base rows*, and the facets act on these.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from bandwright.errors import ModelError, Problem
from bandwright.numerics.arrays import FloatArray
from bandwright.recruitment.batch.repetition import Repetition
from bandwright.recruitment.batch.sparse import Sparse, sparse
from bandwright.recruitment.problem import Penalties

HEAD_FORCES: Final = 3
"""Forces on the humeral head, of which the rows of a cone are combinations."""
NEGLIGIBLE: Final = 1e-13
"""Size relative to the greatest in its row below which a number is rounding error."""


class LanePoses(NamedTuple):
    """K poses of M = m + k rows (torques, facets), n columns and b = m + r base rows (torques, head forces)."""

    by_column: Sparse
    """(n, b): what each column gives to the base rows."""
    by_row: Sparse
    """(b, n): the same, turned."""
    pairs: Sparse
    """(b (b + 1) / 2, n): products of two base rows, (0, 0), (1, 0), (1, 1), (2, 0) …"""
    facets: FloatArray
    """(K, k, r) facets on the head forces."""
    still: FloatArray
    """(K, M) target without load."""
    by_load: FloatArray
    """(K, M, D) target per unit of load."""
    limits: FloatArray
    """(K, 2, n) bounds of the scaled activations."""
    unit: FloatArray
    """(M,) what a scaled row is multiplied by to be in N·m and N."""
    root: FloatArray
    """(n,) what a scaled activation is divided by."""


def lane_poses(repetition: Repetition, penalties: Penalties) -> LanePoses:
    """The scaled, sparse form of a repetition."""
    root = np.sqrt(repetition.weight)
    equations, facets = repetition.moment.shape[1], repetition.cone.shape[1]
    unit = np.concatenate([np.full(equations, penalties.torque), np.full(facets, penalties.cone)]) ** 0.5
    sign = np.concatenate([np.ones(equations), -np.ones(facets)])
    factor = unit * sign
    rows = np.concatenate([repetition.moment, repetition.cone], axis=1) * factor[:, None] / root
    still = np.concatenate([repetition.torque_still, repetition.room_still], axis=1) * factor
    by_load = np.concatenate([repetition.torque_by_load, repetition.room_by_load], axis=1) * factor[:, None]
    outward, base = base_rows(rows, equations)
    first, second = np.tril_indices(base.shape[1])
    return LanePoses(
        by_column=sparse(base.swapaxes(1, 2)),
        by_row=sparse(base),
        pairs=sparse(base[:, first] * base[:, second]),
        facets=outward,
        still=np.ascontiguousarray(still),
        by_load=np.ascontiguousarray(by_load),
        limits=np.ascontiguousarray(np.stack([repetition.lower * root, repetition.upper * root], axis=1)),
        unit=1.0 / unit,
        root=root,
    )


def base_rows(rows: FloatArray, equations: int) -> tuple[FloatArray, FloatArray]:
    """Rows (K, m + k, n), m of them torques, as facets (K, k, r) on head forces, and base rows (K, m + r, n).

    Raises:
        ModelError: the rows of the cone are combinations of more forces than there are on the humeral head.
    """
    outward, head = _head_forces(rows[:, equations:])
    return outward, _without_rounding(np.concatenate([rows[:, :equations], head], axis=1))


def _head_forces(cone: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Cone rows (K, k, n) as facets (K, k, r) times forces (K, r, n); r is 0 without facets."""
    facets, size, forces = np.linalg.svd(cone, full_matrices=False)
    if not size.size:
        return facets, forces
    rank = int(np.max(np.sum(size > NEGLIGIBLE * size.max(), axis=1)))
    if rank > HEAD_FORCES:
        raise ModelError(
            Problem(
                "bad-cone",
                f"The rows of the cone are combinations of {rank} forces; a force on the humeral head has "
                f"{HEAD_FORCES}, and more are not allowed.",
            )
        )
    wide = max(0, HEAD_FORCES - size.shape[1])
    outward = np.pad(facets, ((0, 0), (0, 0), (0, wide)))[:, :, :HEAD_FORCES]
    head = np.pad(size[:, :, None] * forces, ((0, 0), (0, wide), (0, 0)))[:, :HEAD_FORCES]
    return np.ascontiguousarray(outward), head


def _without_rounding(base: FloatArray) -> FloatArray:
    """Base rows with what is only rounding error set to 0."""
    greatest = np.max(np.abs(base), axis=(0, 2), keepdims=True, initial=0.0)
    cleaned: FloatArray = np.where(np.abs(base) > NEGLIGIBLE * greatest, base, 0.0)
    return cleaned
