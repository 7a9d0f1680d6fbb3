"""What is kept of a set-up instead of all its activations."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bandwright.errors import ModelError
from bandwright.numerics.arrays import BoolArray, FloatArray, IntArray, read_only
from bandwright.recruitment.problem import shape_problem


@dataclass(frozen=True, slots=True)
class Doses:
    """How activations become group scores: G groups of the n columns, at K poses."""

    share: FloatArray
    """(G, n) part of each column in the group's activation; for a mean, rows sum to 1."""
    shortened: FloatArray
    """(K, n) weight of a pose in each column's mean over its shortest fibres; sums over K to 1."""
    lengthened: FloatArray
    """(K, n) the same over its longest fibres."""

    def __post_init__(self) -> None:
        for name in self.__slots__:
            object.__setattr__(self, name, read_only(getattr(self, name)))
        wanted = (self.shortened.shape[0], self.share.shape[1])
        problems = [
            shape_problem(name, getattr(self, name).shape, wanted)
            for name in ("shortened", "lengthened")
            if getattr(self, name).shape != wanted
        ]
        if problems:
            raise ModelError(*problems)

    def rows(self) -> FloatArray:
        """(K, 3 G, n) what turns a pose's activations into whole, shortened and lengthened scores."""
        count = len(self.shortened)
        whole = np.tile(self.share / 1.0, (count, 1, 1))
        thirds = [self.share * weight[:, None, :] for weight in (self.shortened, self.lengthened)]
        return np.concatenate([whole, *thirds], axis=1)


def doses(share: FloatArray, fibre_norm: FloatArray) -> Doses:
    """Doses over the thirds of the repetition with the shortest and the longest fibres.

    Args:
        share: (G, n) part of each column in each group.
        fibre_norm: (K, m) fibre lengths of the first m columns; the others have no length and no share in thirds.
    """
    short, long = np.quantile(fibre_norm, [1 / 3, 2 / 3], axis=0)
    weights = np.zeros((2, len(fibre_norm), share.shape[1]))
    for weight, chosen in zip(weights, (fibre_norm <= short, fibre_norm >= long), strict=True):
        weight[:, : fibre_norm.shape[1]] = chosen / chosen.sum(axis=0)
    return Doses(share, weights[0], weights[1])


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores of B set-ups; activations are means over a group's columns."""

    mean: FloatArray
    """(B, G) over all poses."""
    shortened: FloatArray
    """(B, G) over the poses with the shortest fibres."""
    lengthened: FloatArray
    """(B, G) over the poses with the longest fibres."""
    peak: FloatArray
    """(B, G) at the pose where it is greatest."""
    reserve_nm: FloatArray
    """(B,) greatest torque left unheld on any joint [N·m]."""
    excess_n: FloatArray
    """(B,) greatest push beyond a facet of the cone [N]."""
    error: FloatArray
    """(B,) how far the scaled activations can be from the optimum at worst; inf where no solver vouches."""
    alone: BoolArray
    """(B,) those the lanes gave up: `recruit` answered for them, at a hundred times the cost."""
    steps: IntArray
    """(B,) Newton steps of the lanes, all poses together."""
