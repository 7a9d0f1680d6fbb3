"""Where in its range of length a muscle works over a week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bandwright.planner.training import Fibre, Training

Array = NDArray[np.float64]

THIRDS: Final = ("shortest", "middle", "longest")


@dataclass(frozen=True, slots=True)
class Third:
    """A third of the lengths a muscle travels through; lengths over optimum [-], shares of the week [-].

    Of a muscle of several elements: the mean over them, each with a range of its own.
    """

    name: str
    from_norm: float
    to_norm: float
    work_share: float
    travel_share: float
    """Share of the repetition, not of the work, spent there."""


def thirds(week: Sequence[Training], muscle: str, least_travel: float) -> tuple[Third, ...]:
    """The three thirds of a muscle's range over a week, the shortest first.

    The range of an element is from the shortest to the longest fibre length in any exercise of the week, whether
    it works there or not. Elements that change by less than `least_travel` or do no work are left out; none left,
    no thirds.
    """
    trained = [one for one in week if one.muscles.get(muscle) and one.repetitions > 0]
    count = len(trained[0].muscles[muscle]) if trained else 0
    figures = [
        _element([(one.repetitions, one.muscles[muscle][index]) for one in trained], least_travel)
        for index in range(count)
    ]
    known = [one for one in figures if one is not None]
    if not known:
        return ()
    low, high, work, travel = np.mean(known, axis=0)
    return tuple(
        Third(name, float(low[k]), float(high[k]), float(work[k]), float(travel[k]))
        for k, name in enumerate(THIRDS)
    )


def _element(weighted: Sequence[tuple[float, Fibre]], least_travel: float) -> Array | None:
    """Ends, work share and travel share (4, 3) of one element's thirds; None when it stays or rests."""
    low = min(float(fibre.length_norm.min()) for _, fibre in weighted)
    high = max(float(fibre.length_norm.max()) for _, fibre in weighted)
    if high - low < max(least_travel, 1e-9):
        return None
    work, travel = np.zeros(3), np.zeros(3)
    for repetitions, fibre in weighted:
        place = np.minimum((3 * (fibre.length_norm - low) / (high - low)).astype(int), 2)
        each = repetitions / len(place)
        work += each * np.bincount(place, weights=fibre.activation, minlength=3)
        travel += each * np.bincount(place, minlength=3)
    if work.sum() <= 0.0:
        return None
    ends = np.linspace(low, high, 4)
    return np.stack([ends[:3], ends[1:], work / work.sum(), travel / travel.sum()])
