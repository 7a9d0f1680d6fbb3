"""How sure a grade is: the rules applied to every draw, and what decides most between the grades they give."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bandwright.curves.spread import DRAWS, Draws, shares
from bandwright.curves.verdict import GRADES, Rulebook, Verdict, grade_of, grades_in
from bandwright.curves.wording import Figure
from bandwright.loads import LoadForces
from bandwright.numerics.arrays import sizes_of
from bandwright.service.analysis import Analysis
from bandwright.service.metrics import (
    LAST_POSES,
    LAST_TENTH,
    LEAST_DOSE,
    MIDDLE_BACK,
    ROTATORS,
    THIRD,
    elements_of,
)
from bandwright.units import kilograms_force

Array = NDArray[np.float64]
Figures = dict[str, Figure]
Drawn = dict[str, Array]

SURE: Final = 0.9
"""A grade that this share of the draws get is called sure, as much as p05 to p95 holds (convention) [-]."""

DRIVERS: Final[Mapping[str, str]] = {
    "band": "how hard the band pulls",
    "strength": "how strong you are",
    "body": "your proportions",
    "scapula": "how your shoulder blades move",
}

PARTS: Final = ("mean", "shortened", "lengthened")


def certainty_figures(analysis: Analysis, figures: Mapping[str, Figure], rules: Rulebook) -> Figures:
    """Share of the draws with the nominal grade, the other grade and what decides; none where nothing was drawn.

    Figures of comparison with other set-ups stay as they are: what is uncertain there is so on both sides.
    """
    rest, intent = analysis.spread.rest, analysis.setup.intent
    if rest is None:
        return {}
    fired = tuple(rule for rule in rules.rules if rule.fires(figures, intent))
    nominal = GRADES.index(grade_of(fired))
    drawn = {**figures, **drawn_figures(analysis, rest.draws, figures)}
    grades = grades_in(drawn, rules, intent, len(rest.draws.effort))
    certainty = float(np.mean(grades == nominal))
    found: Figures = {"certainty": certainty, "could_flip": float(certainty < SURE)}
    others = grades[grades != nominal]
    if others.size:
        part = shares(grades.astype(np.float64), rest.draws.deviates)
        found["other_grade"] = GRADES[int(np.argmax(np.bincount(others)))]
        found["driver"] = max(part, key=lambda cause: part[cause])
    return found


def certainty_words(verdict: Verdict) -> str:
    """How sure the grade is, in one sentence; empty where nothing was drawn or a warning says it."""
    if verdict.certainty is None or verdict.could_flip:
        return ""
    share = f"{100 * verdict.certainty:.0f} % of the likely cases get this grade"
    if verdict.otherwise is None or verdict.driver is None:
        return f"{share}."
    return f"{share}, most others {verdict.otherwise}; most depends on {DRIVERS[verdict.driver]}."


def drawn_figures(analysis: Analysis, draws: Draws, nominal: Mapping[str, Figure]) -> Drawn:
    """The figures of `metrics` that differ between draws, each (D,), by the same names as the nominal ones."""
    # Momentum is taken to help alike in every draw.
    over_peak = float(nominal["momentum_effort"]) / max(analysis.summary.peak_effort, LEAST_DOSE)
    return {
        **_curve_figures(analysis, draws),
        "momentum_effort": draws.figures.peak_effort * over_peak,
        **_load_figures(analysis, draws),
        **_dose_figures(analysis, draws),
        "spine_share": draws.spine_share.max(axis=1),
    }


def _curve_figures(analysis: Analysis, draws: Draws) -> Drawn:
    figures, effort, load = draws.figures, draws.effort, draws.load_n
    first = analysis.posed.phase <= THIRD
    start, finish = effort[:, first].mean(axis=1), effort[:, -LAST_TENTH:].max(axis=1)
    peak_load = load.max(axis=1)
    places = {"start": 0, "middle": load.shape[1] // 2, "finish": -1}
    return {
        "evenness": figures.evenness,
        "underloaded": figures.underloaded,
        "peak_effort": figures.peak_effort,
        "reps_estimate": figures.reps_estimate,
        "work_j": figures.work_j,
        "start_effort": start,
        "start_effort_share": _over(start, figures.peak_effort),
        "finish_effort": finish,
        "finish_share": finish / np.maximum(figures.peak_effort, LEAST_DOSE),
        "last_effort": effort[:, -LAST_POSES:].max(axis=1),
        "start_load_share": _over(load[:, first].mean(axis=1), peak_load),
        **{f"load_{place}_kg": kilograms_force(1.0) * load[:, k] for place, k in places.items()},
        **{
            f"strength_{place}_kg": kilograms_force(1.0) * draws.strength_n[:, k]
            for place, k in places.items()
        },
    }


def _over(value: Array, base: Array) -> Array:
    """A ratio, not a number where its base is 0."""
    return np.where(base > 0.0, value / np.where(base > 0.0, base, 1.0), np.nan)


def _load_figures(analysis: Analysis, draws: Draws) -> Drawn:
    found = {"band_share": drawn_band_share(draws.forces)}
    helps = [force.on_body[..., 2] for force in draws.forces if force.on_body is not None]
    if helps:
        help_kg = kilograms_force(1.0) * np.sum(helps, axis=0)
        found["help_start_kg"], found["help_finish_kg"] = help_kg[:, 0], help_kg[:, -1]
        found["help_share"] = help_kg[:, 0] / analysis.setup.person.mass_kg
    return found


def drawn_band_share(forces: Sequence[LoadForces]) -> Array:
    """Bands' part of the mean force on the hands in each draw (D,) [-]."""
    by_kind = {True: np.zeros(DRAWS), False: np.zeros(DRAWS)}
    for force in forces:
        for pull in force.force.values():
            mean = sizes_of(pull).mean(axis=-1)
            by_kind[force.kind == "band"] = by_kind[force.kind == "band"] + mean
    return _over(by_kind[True], by_kind[True] + by_kind[False])


def _dose_figures(analysis: Analysis, draws: Draws) -> Drawn:
    targets = analysis.setup.exercise.muscles

    def dose(groups: Iterable[str], part: str = "mean") -> Array:
        return _dose(analysis, draws, groups, part)

    target = dose(targets)
    return {
        "target_dose": target,
        "target_dose_shortened": dose(targets, "shortened"),
        "target_dose_lengthened": dose(targets, "lengthened"),
        "first_dose": dose(targets[:1]),
        "shortened_share": dose(targets, "shortened") / np.maximum(target, LEAST_DOSE),
        "middle_back_dose": dose(MIDDLE_BACK),
        "rotator_dose": dose(ROTATORS),
        "middle_trapezius_shortened": dose(["trapezius_middle"], "shortened"),
        "middle_trapezius_lengthened": dose(["trapezius_middle"], "lengthened"),
    }


def _dose(analysis: Analysis, draws: Draws, groups: Iterable[str], part: str) -> Array:
    """As `metrics.dose`, in each draw (D,)."""
    column, side = PARTS.index(part), analysis.working.side
    found = [
        sum(draws.figures.muscle_dose[f"{element}_{side}"][:, column] for element in elements) / len(elements)
        for elements in map(elements_of, groups)
        if elements
    ]
    return np.asarray(sum(found) / len(found)) if found else np.full(len(draws.effort), np.nan)
