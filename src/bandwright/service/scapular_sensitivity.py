"""How much of the answer hangs on the scapular motion: the same set-up with less and with more of it.

The scapular motion of an exercise is prescribed, and people differ: in the only study with whole curves the blade
turns up by 41° where fifteen others average 29° (BelliIK2023, Dayanidhi2005). So the girdle's way from relaxed rest
is multiplied by 0.7 and 1.3. The upper arm keeps its direction and turn in the thorax and the glenohumeral joint
takes up the difference; hands that a bar or handle holds are brought back to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from bandwright.catalogue.exercise_tables import MUSCLE_GROUPS
from bandwright.catalogue.setup import SetUp
from bandwright.errors import InfeasibleError, ModelError, Problem
from bandwright.service.analysis import Analysis, analyse
from bandwright.service.metrics import dose, elements_of
from bandwright.service.rounding import number

SCALES: Final = (0.7, 1.0, 1.3)
"""Shares of the girdle's way from rest that are tried; 1 is the movement as it is (±30 %, see above) [-]."""

NOMINAL: Final = SCALES.index(1.0)


@dataclass(frozen=True, slots=True)
class ScapularSensitivity:
    """What changes with the scapular motion: one value per scale, None where the body cannot take it up.

    `muscle_dose` is the mean activation of each muscle group on the working side [-], `peak_effort` the greatest
    effort [-]; `refused` says why a scale has no values.
    """

    scales: tuple[float, ...]
    peak_effort: tuple[float | None, ...]
    muscle_dose: Mapping[str, tuple[float | None, ...]]
    refused: tuple[Problem, ...]

    def change(self, group: str) -> float:
        """Greatest change of a group's dose from the nominal one [-]."""
        values = self.muscle_dose[group]
        nominal = values[NOMINAL] or 0.0
        return max(abs(value - nominal) for value in values if value is not None)


def scapular_sensitivity(analysis: Analysis) -> ScapularSensitivity:
    """The set-up of an analysis with each of `SCALES` of its scapular motion."""
    tried = [analysis if scale == 1.0 else _scaled(analysis, scale) for scale in SCALES]
    found = [one if isinstance(one, Analysis) else None for one in tried]
    groups = [group for group in MUSCLE_GROUPS if elements_of(group)]
    return ScapularSensitivity(
        scales=SCALES,
        peak_effort=tuple(None if one is None else one.summary.peak_effort for one in found),
        muscle_dose={
            group: tuple(None if one is None else dose(one, [group]) for one in found) for group in groups
        },
        refused=tuple(one for one in tried if isinstance(one, Problem)),
    )


def with_scapular_motion(setup: SetUp, scale: float) -> SetUp:
    """The set-up with its girdle going `scale` of its way from relaxed rest."""
    movement = setup.exercise.movement
    moved = replace(movement, girdle_motion=scale * movement.girdle_motion)
    return replace(setup, exercise=replace(setup.exercise, movement=moved))


def _scaled(analysis: Analysis, scale: float) -> Analysis | Problem:
    setup = with_scapular_motion(analysis.setup, scale)
    try:
        return analyse(setup, with_spread=False, holder=analysis.holder)
    except (ModelError, InfeasibleError) as error:
        problem = error.problems[0]
        return replace(problem, message=f"With {scale:g} of the scapular motion: {problem.message}")


def sensitivity_answer(found: ScapularSensitivity) -> dict[str, Any]:
    """The sensitivity as plain lists and numbers, as the JSON answer carries it."""
    return {
        "scapular_motion": list(found.scales),
        "peak_effort": _numbers(found.peak_effort),
        "muscle_dose": {group: _numbers(values) for group, values in found.muscle_dose.items()},
        "refused": [{"code": one.code, "text": one.message, "hint": one.hint} for one in found.refused],
    }


def _numbers(values: tuple[float | None, ...]) -> list[float | None]:
    return [None if value is None else number(value) for value in values]
