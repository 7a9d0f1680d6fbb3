"""The best few that differ, and which of all are not beaten in everything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bandwright.search.candidate import Candidate

Array = NDArray[np.float64]

FELT: Final = 0.2
"""Mean difference of two efforts from which set-ups of one exercise feel entirely different (convention) [-]."""

LIKENESS: Final = {"exercise": 0.4, "feel": 0.2, "bands": 0.2, "weight": 0.1, "routes": 0.1}
"""Parts of the likeness of two set-ups (convention) [-]."""

TWIN: Final = 0.89
"""Likeness from which two set-ups are one, such as a kettlebell and a dumbbell of the same mass (convention) [-]."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A set-up to choose from, with its effort curve (K,) and its score."""

    candidate: Candidate
    effort: Array
    score: float


def likeness(first: Choice, second: Choice) -> float:
    """How alike two set-ups are, from 0 to 1: exercise, how it feels, bands, weight, where the bands run [-]."""
    one, other = first.candidate, second.candidate
    same = one.exercise == other.exercise
    apart = float(np.abs(first.effort - second.effort).mean()) if same else FELT
    parts = {
        "exercise": float(same),
        "feel": 1.0 - min(apart / FELT, 1.0),
        "bands": _shared(_bands(one), _bands(other)),
        "weight": float(one.weight == other.weight),
        "routes": float(same) * _shared(_routes(one), _routes(other)),
    }
    return sum(LIKENESS[name] * part for name, part in parts.items())


def _bands(one: Candidate) -> set[object]:
    return {
        (piece.band, piece.rig, n) for use in one.uses for piece in use.pieces for n in range(piece.count)
    }


def _routes(one: Candidate) -> set[object]:
    return {use.route for use in one.uses}


def _shared(first: set[object], second: set[object]) -> float:
    """Common members over all members; two empty sets are alike."""
    return len(first & second) / len(first | second) if first | second else 1.0


def diverse(choices: Sequence[Choice], top: int, alike_cost: float) -> tuple[int, ...]:
    """Indices of the best few: each next one has the greatest score less what its likeness to those before costs.

    No family is taken twice, and no twin of one taken. Ties go to the earlier choice.
    """
    left = list(range(len(choices)))
    nearest = np.zeros(len(choices))
    taken: list[int] = []
    while left and len(taken) < top:
        best = max(left, key=lambda i: (choices[i].score - alike_cost * nearest[i], -i))
        taken.append(best)
        for i in left:
            nearest[i] = max(nearest[i], likeness(choices[i], choices[best]))
        family = choices[best].candidate.family
        left = [i for i in left if nearest[i] < TWIN and choices[i].candidate.family != family]
    return tuple(taken)


def unbeaten(figures: Array) -> NDArray[np.bool_]:
    """Which of B rows (B, F) no other row matches in every figure and beats in one: the Pareto front."""
    at_least = (figures[:, None, :] >= figures[None, :, :]).all(axis=2)
    beats = (figures[:, None, :] > figures[None, :, :]).any(axis=2)
    return np.asarray(~(at_least & beats).any(axis=0))
