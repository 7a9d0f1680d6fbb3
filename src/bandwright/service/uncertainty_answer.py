"""The spread of an analysis with the keys that the nominal answer has, its numbers still arrays."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from bandwright.curves.spread import Everything, FigureSpread, Spread
from bandwright.service.analysis import Analysis
from bandwright.service.unrounded import Named, named

Array = NDArray[np.float64]

PERCENTILE_NAMES: Final = ("p05", "p50", "p95")
DOSES: Final = ("mean", "shortened", "lengthened")


def uncertainty_answer(analysis: Analysis) -> dict[str, Any]:
    """p05, p50, p95 of every curve and figure."""
    spread, rest = analysis.spread, analysis.spread.rest
    found: dict[str, Any] = {
        **{
            name: Named(getattr(spread, name), PERCENTILE_NAMES)
            for name in ("load_n", "strength_n", "effort")
        },
        "peak_effort": Named(_peak(spread), PERCENTILE_NAMES),
        "draws": 0 if rest is None else len(rest.draws.effort),
    }
    return found if rest is None else found | _rest(rest)


def _peak(spread: Spread) -> Array:
    return spread.effort.max(axis=1) if spread.rest is None else spread.rest.figures.peak_effort


def _rest(rest: Everything) -> dict[str, Any]:
    muscles = np.array([[one.activation, one.force_n] for one in rest.muscles.values()])
    causes = np.clip(list(rest.causes.values()), 0.0, 1.0)
    return {
        "resisting_n": Named(rest.resisting_n, PERCENTILE_NAMES),
        "loads": [
            {"id": name, "tension_n": Named(one, PERCENTILE_NAMES)} for name, one in rest.tension_n.items()
        ],
        "joint_torque_nm": named(rest.joint_torque_nm, PERCENTILE_NAMES),
        "residual_nm": named(rest.residual_nm, PERCENTILE_NAMES),
        "muscles": Named(muscles, tuple(rest.muscles), ("activation", "force_n"), PERCENTILE_NAMES),
        "summary": _summary(rest.figures),
        "spinal_load": named({"moment_nm": rest.moment_nm, "share": rest.spine_share}, PERCENTILE_NAMES),
        "causes": Named(causes, tuple(rest.causes)),
    }


def _summary(figures: FigureSpread) -> dict[str, Any]:
    plain = {
        field.name: Named(getattr(figures, field.name), PERCENTILE_NAMES)
        for field in fields(FigureSpread)
        if field.name != "muscle_dose"
    }
    doses = {name: dose.T for name, dose in figures.muscle_dose.items()}
    return {**plain, "muscle_dose": named(doses, DOSES, PERCENTILE_NAMES)}
