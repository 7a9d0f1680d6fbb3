"""The EMG part of the validation page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from bandwright.service.validation.emg import (
    Contrast,
    Ranking,
    Score,
    contrasts,
    median_score,
    rankings,
    share_right,
    usual_variation,
)
from bandwright.service.validation.emg_model import activity, lift
from bandwright.service.validation.emg_tables import (
    Activity,
    Direction,
    Reading,
    directions,
    readings,
    study_loads,
    unscored,
)
from bandwright.service.validation.markdown import table

LEAST_CORRELATION: Final = 0.60
LEAST_RIGHT: Final = 0.75
"""What was asked for before anything was scored [-]."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Every score of one set of findings."""

    over_exercises: tuple[Ranking, ...]
    over_muscles: tuple[Ranking, ...]
    contrasts: tuple[Contrast, ...]


def scores(*, hard: bool) -> Scores:
    """Scores of the figures seen in the papers, or of everything recorded."""
    rows = [row for row in readings() if row.hard or not hard]
    stated = [one for one in directions() if one.hard or not hard]
    return Scores(
        tuple(rankings(rows, activity, "exercises")),
        tuple(rankings(rows, activity, "muscles")),
        tuple(contrasts(rows, stated, activity, usual_variation(readings()))),
    )


def emg_lines() -> list[str]:
    """The section as lines of Markdown."""
    seen, every = scores(hard=True), scores(hard=False)
    return [
        *_INTRODUCTION,
        *_summary(seen, every),
        "### By study",
        "",
        "All recorded figures; *seen* counts the contrasts whose figures were read in the paper itself.",
        "",
        *_by_study(every),
        "### Contrasts that count as tests",
        "",
        *_contrasts(seen.contrasts),
        "### Rankings that count as tests",
        "",
        *_rankings([*seen.over_exercises, *seen.over_muscles]),
        "### Not scored",
        "",
        *table(
            ("study", "movement here", "finding", "why not"),
            [(one.study, ", ".join(one.exercises), one.finding, one.why) for one in unscored()],
        ),
        "### Loads",
        "",
        *_loads(),
        "### Every figure",
        "",
        *_figures(readings()),
    ]


_INTRODUCTION: Final = (
    "## Which muscle works in which exercise: EMG",
    "",
    "EMG amplitude is not muscle force. It changes with electrodes, muscle length, speed, fatigue and the",
    "contraction it is divided by, so only the order within one study is compared with the model's activation",
    "(mean over the lift, or peak where the study gives a peak). Rows known only from a secondary source or from",
    "memory are shown and scored apart; they are no test.",
    "",
    "The movements were written from short descriptions of the studies before any score was looked at, and nothing",
    "in them or in the model was changed afterwards; their joint angles are convention, not measured in the studies.",
    "Who wrote them had the EMG figures at hand, though not what the model makes of them.",
    "Stand-ins: holds are half-way because the studies' position is not on record; a cable stands for a machine's",
    "pad, for the weight in side-lying, and for the resistance of standing outer rotations, where a dumbbell could",
    "not turn the arm; a seated person is one who stands still, and a machine row has the chest on a pad.",
    "",
    "Loads: one rule per study (below). Where a study gives no SD, the median SD over mean of all rows stands in.",
    "A contrast is a difference of more than half the pooled SD, or a",
    "direction the study states; a tie in the model counts as wrong. Intervals are 90 % bootstrap intervals: of",
    "contrasts over clusters of study and muscle, of correlations over rankings. A ranking of three or four items",
    "says little by itself.",
    "",
)


def _summary(seen: Scores, every: Scores) -> list[str]:
    rows = []
    for name, scored in (("seen in the paper", seen), ("all recorded", every)):
        over_exercises, over_muscles = median_score(scored.over_exercises), median_score(scored.over_muscles)
        rows += [
            ("median Spearman over exercises", name, *_correlation(over_exercises)),
            ("median Spearman over muscles", name, *_correlation(over_muscles)),
            ("contrasts in the right direction", name, *_share(share_right(scored.contrasts))),
        ]
    return table(("score", "figures", "found", "90 % interval", "n", "aim", "reached"), rows)


def _correlation(score: Score) -> tuple[str, ...]:
    found, interval = f"**{score.value:.2f}**", f"{score.low:.2f} to {score.high:.2f}"
    return found, interval, str(score.count), f"{LEAST_CORRELATION:.2f}", _reached(score, LEAST_CORRELATION)


def _share(score: Score) -> tuple[str, ...]:
    found, interval = f"**{score.value:.0%}**", f"{score.low:.0%} to {score.high:.0%}"
    return found, interval, str(score.count), f"{LEAST_RIGHT:.0%}", _reached(score, LEAST_RIGHT)


def _reached(score: Score, aim: float) -> str:
    return "yes" if score.value >= aim else "**no**"


def _by_study(every: Scores) -> list[str]:
    heads = (
        "study",
        "people",
        "Spearman over exercises (rankings)",
        "over muscles (rankings)",
        "contrasts right",
        "of them seen",
    )
    return table(heads, [_study(study, every) for study in study_loads()])


def _study(study: str, every: Scores) -> tuple[str, ...]:
    found: list[Reading | Direction] = [*readings(), *directions()]
    pairs = [one for one in every.contrasts if one.study == study]
    return (
        study,
        str(max(one.n for one in found if one.study == study)),
        _median([one.rho for one in every.over_exercises if one.study == study]),
        _median([one.rho for one in every.over_muscles if one.study == study]),
        _right(pairs),
        _right([one for one in pairs if one.hard]),
    )


def _right(found: Sequence[Contrast]) -> str:
    return f"{sum(one.right for one in found)} of {len(found)}" if found else ""


def _median(values: Sequence[float]) -> str:
    return f"{np.median(values):.2f} ({len(values)})" if values else ""


def _contrasts(found: Sequence[Contrast]) -> list[str]:
    rows = [
        (
            one.study,
            _named(one.higher),
            _named(one.lower),
            one.found,
            f"{one.modelled[0]:.0%} against {one.modelled[1]:.0%}",
            "right" if one.right else "**wrong**",
        )
        for one in found
    ]
    return table(("study", "higher", "lower", "measured", "model", "order"), rows)


def _named(one: Activity) -> str:
    return f"{' and '.join(one.groups).replace('_', ' ')}, {one.exercise}"


def _rankings(found: Sequence[Ranking]) -> list[str]:
    rows = [
        (one.study, one.kind, one.subject.replace("_", " "), one.statistic, str(one.count), f"{one.rho:.2f}")
        for one in found
    ]
    return table(("study", "ranked", "muscle or exercise", "of the lift", "n", "Spearman"), rows)


def _loads() -> list[str]:
    rows = []
    for study, rule in study_loads().items():
        used = [row.exercise for row in readings() if row.study == study]
        used += [
            side.exercise for one in directions() if one.study == study for side in (one.higher, one.lower)
        ]
        peaks = [
            f"{exercise} {lift(study, exercise).analysis.summary.peak_effort:.2f}"
            for exercise in dict.fromkeys(used)
        ]
        amount = "" if np.isnan(rule.amount) else f" {rule.amount:.2f}"
        rows.append((study, rule.stated, f"{rule.rule.replace('-', ' ')}{amount}", ", ".join(peaks)))
    note = "A peak effort above 1 means the model's median man could not move that load; the order is still compared."
    return [note, "", *table(("study", "stated", "rule here", "peak effort of each movement"), rows)]


def _figures(rows: Sequence[Reading]) -> list[str]:
    told = [
        (
            row.study,
            row.exercise,
            row.muscle.replace("_", " "),
            row.statistic,
            f"{row.value:g}" + (f" ± {row.sd:g}" if row.sd is not None else ""),
            f"{activity(row.study, Activity(row.exercise, row.groups, row.statistic)):.0%}",
            "yes" if row.hard else "no",
        )
        for row in rows
    ]
    heads = ("study", "movement", "muscle", "of the lift", "EMG, % of maximum", "model", "seen")
    return table(heads, told)
