"""Scores of muscle ranking against EMG: rank correlations, and the direction of paired contrasts.

EMG amplitude is not muscle force or the model's activation: it depends on electrodes, muscle length, speed and the
reference contraction. So only order is compared, within one study.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from bandwright.service.validation.emg_tables import Activity, Direction, Reading

Kind = Literal["exercises", "muscles"]
Modelled = Callable[[str, Activity], float]

FEWEST: Final = 3
"""Fewest exercises or muscles that make a ranking."""

CLEAR_SHARE: Final = 0.5
"""A measured difference counts when it exceeds this share of the pooled SD (convention) [-]."""

SAME: Final = 1e-3
"""Modelled activations this near count as a tie, and a tie is not right [-]."""

DRAWS: Final = 4_000
SEED: Final = 20_040_630
"""Bootstrap draws and the seed of their generator."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """One rank correlation: exercises for one muscle, or muscles in one exercise."""

    study: str
    kind: Kind
    subject: str
    statistic: str
    rho: float
    count: int


@dataclass(frozen=True, slots=True)
class Contrast:
    """One finding that A exceeds B, and what the model gives for both [-]."""

    study: str
    higher: Activity
    lower: Activity
    modelled: tuple[float, float]
    found: str
    hard: bool

    @property
    def right(self) -> bool:
        """Whether the model has the same order; a tie is not right."""
        return self.modelled[0] - self.modelled[1] > SAME

    @property
    def cluster(self) -> Hashable:
        """Study and muscle: contrasts that share both are not independent."""
        return self.study, self.higher.groups


@dataclass(frozen=True, slots=True)
class Score:
    """A figure with its 90 % bootstrap interval and how many items it rests on."""

    value: float
    low: float
    high: float
    count: int


def spearman(one: Sequence[float], other: Sequence[float]) -> float:
    """Rank correlation with ties shared; 0 where one side is all the same and so ranks nothing."""
    a, b = rankdata(one) - (len(one) + 1) / 2, rankdata(other) - (len(other) + 1) / 2
    size = float(np.sqrt((a @ a) * (b @ b)))
    return float(a @ b) / size if size > 0.0 else 0.0


def rankings(rows: Iterable[Reading], modelled: Modelled, kind: Kind) -> list[Ranking]:
    """Every ranking with enough exercises or muscles."""
    groups: dict[tuple[str, str, str], list[Reading]] = defaultdict(list)
    for row in rows:
        subject = row.muscle if kind == "exercises" else row.exercise
        groups[row.study, subject, row.statistic].append(row)
    return [
        Ranking(
            study,
            kind,
            subject,
            statistic,
            spearman([r.value for r in same], _values(same, modelled)),
            len(same),
        )
        for (study, subject, statistic), same in groups.items()
        if len({r.exercise if kind == "exercises" else r.muscle for r in same}) >= FEWEST
    ]


def _values(rows: Iterable[Reading], modelled: Modelled) -> list[float]:
    return [round(modelled(row.study, _asked(row)) / SAME) * SAME for row in rows]


def _asked(row: Reading) -> Activity:
    return Activity(row.exercise, row.groups, row.statistic)


def usual_variation(rows: Iterable[Reading]) -> float:
    """Median SD over mean of the rows that have both: stands in where a study gives no SD [-]."""
    return float(np.median([row.sd / row.value for row in rows if row.sd is not None]))


def contrasts(
    rows: Sequence[Reading], stated: Iterable[Direction], modelled: Modelled, variation: float
) -> list[Contrast]:
    """Clear differences between exercises of one study and muscle, and directions a study states."""
    found = [
        _contrast(*pair, modelled)
        for pair in combinations(rows, 2)
        if _comparable(*pair) and _clear(*pair, variation)
    ]
    return found + [
        Contrast(
            d.study,
            d.higher,
            d.lower,
            (modelled(d.study, d.higher), modelled(d.study, d.lower)),
            d.note,
            d.hard,
        )
        for d in stated
    ]


def _comparable(one: Reading, other: Reading) -> bool:
    same = (one.study, one.muscle, one.statistic) == (other.study, other.muscle, other.statistic)
    return same and one.exercise != other.exercise


def _clear(one: Reading, other: Reading, variation: float) -> bool:
    sds = [row.sd if row.sd is not None else variation * row.value for row in (one, other)]
    pooled = float(np.sqrt(np.mean(np.square(sds))))
    return abs(one.value - other.value) > CLEAR_SHARE * pooled


def _contrast(one: Reading, other: Reading, modelled: Modelled) -> Contrast:
    high, low = (one, other) if one.value > other.value else (other, one)
    return Contrast(
        one.study,
        _asked(high),
        _asked(low),
        (modelled(one.study, _asked(high)), modelled(one.study, _asked(low))),
        f"{high.value:g} against {low.value:g} %",
        one.hard and other.hard,
    )


def median_score(found: Sequence[Ranking]) -> Score:
    """Median rank correlation, bootstrapped over rankings."""
    return _bootstrap({i: [r.rho] for i, r in enumerate(found)}, np.median)


def share_right(found: Sequence[Contrast]) -> Score:
    """Share of contrasts in the measured direction, bootstrapped over study-muscle clusters."""
    clusters: dict[Hashable, list[float]] = defaultdict(list)
    for contrast in found:
        clusters[contrast.cluster].append(float(contrast.right))
    return _bootstrap(clusters, np.mean)


def _bootstrap(
    clusters: Mapping[Hashable, Sequence[float]], figure: Callable[[NDArray[np.float64]], np.floating]
) -> Score:
    """The figure over all items, and its 5th and 95th percentile over clusters drawn with replacement."""
    groups = [np.array(values) for values in clusters.values()]
    if not groups:
        return Score(float("nan"), float("nan"), float("nan"), 0)
    random = np.random.default_rng(SEED)
    draws = random.integers(len(groups), size=(DRAWS, len(groups)))
    figures = [float(figure(np.concatenate([groups[i] for i in draw]))) for draw in draws]
    everything = np.concatenate(groups)
    low, high = np.percentile(figures, (5.0, 95.0))
    return Score(float(figure(everything)), float(low), float(high), len(everything))
