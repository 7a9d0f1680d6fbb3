"""The spread of an analysis as plain lists and numbers, with the keys that the nominal answer has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from bandwright.curves.spread import Everything, FigureSpread, Spread
from bandwright.service.analysis import Analysis
from bandwright.service.rounding import numbers, numbers_by_name

Array = NDArray[np.float64]

PERCENTILE_NAMES: Final = ("p05", "p50", "p95")
DOSES: Final = ("mean", "shortened", "lengthened")


def uncertainty_answer(analysis: Analysis) -> dict[str, Any]:
    """p05, p50, p95 of every curve and figure."""
    spread, rest = analysis.spread, analysis.spread.rest
    found: dict[str, Any] = {
        **_curves({name: getattr(spread, name) for name in ("load_n", "strength_n", "effort")}),
        "peak_effort": _named(_peak(spread)),
        "draws": 0 if rest is None else len(rest.draws.effort),
    }
    return found if rest is None else found | _rest(rest)


def _peak(spread: Spread) -> Array:
    return spread.effort.max(axis=1) if spread.rest is None else spread.rest.figures.peak_effort


def _rest(rest: Everything) -> dict[str, Any]:
    muscles = {name: np.array([one.activation, one.force_n]) for name, one in rest.muscles.items()}
    return {
        **_curves({"resisting_n": rest.resisting_n}),
        "loads": [{"id": name, "tension_n": one} for name, one in _curves(rest.tension_n).items()],
        "joint_torque_nm": _curves(rest.joint_torque_nm),
        "residual_nm": _curves(rest.residual_nm),
        "muscles": {
            name: {"activation": _paired(activation), "force_n": _paired(force)}
            for name, (activation, force) in numbers_by_name(muscles).items()
        },
        "summary": _summary(rest.figures),
        "spinal_load": _curves({"moment_nm": rest.moment_nm, "share": rest.spine_share}),
        "causes": dict(zip(rest.causes, numbers(np.clip(list(rest.causes.values()), 0.0, 1.0)), strict=True)),
    }


def _summary(figures: FigureSpread) -> dict[str, Any]:
    names = [field.name for field in fields(FigureSpread) if field.name != "muscle_dose"]
    plain = numbers_by_name({name: getattr(figures, name) for name in names})
    doses = numbers_by_name({name: dose.T for name, dose in figures.muscle_dose.items()})
    return {
        **{name: _paired(values) for name, values in plain.items()},
        "muscle_dose": {
            muscle: dict(zip(DOSES, map(_paired, parts), strict=True)) for muscle, parts in doses.items()
        },
    }


def _curves(curves: Mapping[str, Array]) -> dict[str, Any]:
    return {name: _paired(values) for name, values in numbers_by_name(curves).items()}


def _named(values: Array) -> dict[str, Any]:
    return _paired(numbers(values))


def _paired(values: list[Any]) -> dict[str, Any]:
    return dict(zip(PERCENTILE_NAMES, values, strict=True))
