"""The answer to an analysis as JSON, ``bandwright.analysis/1``: the same for every caller."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bandwright.body import EQUATIONS, SIDES
from bandwright.catalogue.setup import person_table, setup_table
from bandwright.curves import ArmResult, MuscleDose, Summary
from bandwright.curves.verdict import Alternative, Reason, Verdict
from bandwright.curves.wording import Figure
from bandwright.errors import Problem
from bandwright.loads import Load, LoadForces
from bandwright.movements import PosedRepetition
from bandwright.service.analysis import RESIDUAL_LIMIT, Analysis, MuscleCurve
from bandwright.service.answer_tables import SCHEMA
from bandwright.service.places import anchors, ends
from bandwright.service.provenance import provenance
from bandwright.service.rounding import number
from bandwright.service.uncertainty_answer import uncertainty_answer
from bandwright.service.unrounded import Later, Named, named, plain

Array = NDArray[np.float64]


def answer(analysis: Analysis, verdict: Verdict) -> dict[str, Any]:
    """The analysis as plain lists, texts and numbers, rounded, in SI units."""
    found: dict[str, Any] = plain(unrounded_answer(analysis, lambda: verdict))
    return found


def unrounded_answer(analysis: Analysis, verdict: Callable[[], Verdict]) -> dict[str, Any]:
    """The same with arrays and a verdict that comes later, for `unrounded.written`."""
    setup, posed, working = analysis.setup, analysis.posed, analysis.working
    forces = {one.id: one for one in analysis.forces}
    return {
        "schema": SCHEMA,
        "exercise": setup.exercise.id,
        "person": person_table(setup.person),
        "setup": setup_table(setup),
        "phase": posed.phase,
        "positions_m": named({**posed.points, **anchors(setup.loads, posed)}),
        "loads": [_load(load, forces[load.id], posed) for load in setup.loads],
        "joint_torque_nm": _by_coordinate(analysis.results, lambda result: result.demand.torque),
        "working_side": working.side,
        "load_n": working.load_n,
        "resisting_n": working.resisting_n,
        "strength_n": analysis.strength_n,
        "computed_strength_n": _computed(analysis),
        "effort": analysis.effort,
        "binding": list(working.binding),
        "muscles": _muscles(analysis),
        "residual_nm": _by_coordinate(analysis.results, lambda result: result.recruitment.residual),
        "summary": _summary(analysis.summary),
        "spinal_load": _all_numbers(analysis.spine),
        "convergence": _convergence(analysis),
        "uncertainty": uncertainty_answer(analysis),
        "verdict": Later(lambda: verdict_answer(verdict())),
        "warnings": warnings(analysis),
        "provenance": [_all_numbers(one) for one in provenance(analysis)],
    }


def unrounded_curves(analysis: Analysis) -> dict[str, Any]:
    """The parts of an answer that change while something is dragged, each as `unrounded_answer` gives it."""
    working = analysis.working
    forces = {one.id: one for one in analysis.forces}
    return {
        "exercise": analysis.setup.exercise.id,
        "phase": analysis.posed.phase,
        "anchors_m": named(anchors(analysis.setup.loads, analysis.posed)),
        "loads": [_load(load, forces[load.id], analysis.posed) for load in analysis.setup.loads],
        "working_side": working.side,
        "load_n": working.load_n,
        "strength_n": analysis.strength_n,
        "computed_strength_n": _computed(analysis),
        "effort": analysis.effort,
        "binding": list(working.binding),
        "activation": named({name: curve.activation for name, curve in analysis.muscles.items()}),
        "summary": _summary(analysis.summary),
        "spinal_load": _all_numbers(analysis.spine),
        "warnings": warnings(analysis),
    }


def _computed(analysis: Analysis) -> Array | None:
    """The curve beneath a coach's or a measured one; `None` where the strength is the computed one itself."""
    return None if analysis.setup.strength_curve == "computed" else analysis.working.strength_n


def verdict_answer(verdict: Verdict) -> dict[str, Any]:
    """The verdict as plain texts and numbers."""
    return {
        "grade": verdict.grade,
        "headline": verdict.headline,
        "could_flip": verdict.could_flip,
        "certainty": None if verdict.certainty is None else number(verdict.certainty),
        "otherwise": verdict.otherwise,
        "driver": verdict.driver,
        "reasons": [_sentence(reason) for reason in verdict.reasons],
        "warnings": [_sentence(warning) for warning in verdict.warnings],
        "alternatives": [_alternative(one) for one in verdict.alternatives],
    }


def warnings(analysis: Analysis) -> list[dict[str, Any]]:
    """What needs attention about the bands or the numbers themselves."""
    found = [*analysis.limits, *_doubts(analysis)]
    return [{"code": one.code, "text": one.message, "hint": one.hint} for one in found]


def _all_numbers(record: Any) -> dict[str, Any]:  # noqa: ANN401 — any of our dataclasses of figures
    given = {field.name: getattr(record, field.name) for field in fields(record)}
    return {name: number(value) if isinstance(value, float) else value for name, value in given.items()}


def _by_coordinate(
    results: Iterable[ArmResult], torque: Callable[[ArmResult], Array]
) -> Named | dict[str, Any]:
    return named(
        {
            f"{name}_{result.side}": torque(result)[:, row]
            for result in results
            for row, name in enumerate(EQUATIONS)
        }
    )


def _muscles(analysis: Analysis) -> Named:
    names = tuple(field.name for field in fields(MuscleCurve))
    curves = [[getattr(curve, name) for name in names] for curve in analysis.muscles.values()]
    return Named(np.array(curves), tuple(analysis.muscles), names)


def _load(load: Load, forces: LoadForces, posed: PosedRepetition) -> dict[str, Any]:
    none = np.zeros((len(posed.phase), 3))
    found: dict[str, Any] = {
        "id": load.id,
        "kind": forces.kind,
        "contact": forces.contact,
        "ends": ends(load, posed),
    }
    for side in SIDES:
        found[f"force_on_hand_{side}_n"] = forces.force.get(side, none)
    if forces.on_body is not None:
        found["force_on_body_n"] = forces.on_body
    if forces.band is not None:
        for name in ("tension_n", "length_m", "stretch_ratio"):
            found[name] = getattr(forces.band, name)
    return found


def summary_answer(summary: Summary) -> dict[str, Any]:
    """A summary as plain numbers."""
    found: dict[str, Any] = plain(_summary(summary))
    return found


def _summary(summary: Summary) -> dict[str, Any]:
    parts = tuple(field.name for field in fields(MuscleDose))
    doses = [[getattr(dose, part) for part in parts] for dose in summary.muscle_dose.values()]
    return {
        **_all_numbers(summary),
        "muscle_dose": Named(np.array(doses), tuple(summary.muscle_dose), parts) if doses else {},
    }


def _converged(analysis: Analysis) -> bool:
    return all(one.recruitment.converged.all() and one.capacity.converged.all() for one in analysis.results)


def _convergence(analysis: Analysis) -> dict[str, Any]:
    working = analysis.working
    return {
        "converged": _converged(analysis),
        "recruitment_solver": list(working.recruitment.solver),
        "strength_solver": list(working.capacity.solver),
        "residual_share": number(analysis.residual_share),
        "residual_warning": analysis.residual_share > RESIDUAL_LIMIT,
    }


def _sentence(reason: Reason) -> dict[str, Any]:
    return {"code": reason.code, "text": reason.text, "values": _values(reason.values)}


def _alternative(one: Alternative) -> dict[str, Any]:
    return {"exercise": one.exercise, "text": one.text, "values": _values(one.values)}


def _values(values: Mapping[str, Figure]) -> dict[str, float | str | None]:
    return {name: value if isinstance(value, str) else number(float(value)) for name, value in values.items()}


def _doubts(analysis: Analysis) -> Iterator[Problem]:
    """Warnings about the numbers: a solver that did not finish, torque that nobody holds."""
    if not _converged(analysis):
        said = "The solver could not prove its answer at every point of the repetition."
        yield Problem("not-converged", said, hint="Treat the figures as rough and report this set-up.")
    if analysis.residual_share > RESIDUAL_LIMIT:
        said = f"{analysis.residual_share:.1%} of the greatest joint torque is held by no muscle."
        yield Problem("residual", said, hint="Read the muscles of this set-up with care.")
