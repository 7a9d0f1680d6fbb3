"""One shard of a study to its rows: every set-up analysed and judged, or the reason why it cannot be."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, Final

import numpy as np

from bandwright.body.cohort import Member
from bandwright.body.own_strength import GROUPS, StrengthEstimate
from bandwright.catalogue.load_building import load_of
from bandwright.catalogue.own_files import own_exercises
from bandwright.catalogue.setup import SetUp
from bandwright.catalogue.study import Study, StudyDesign, StudySetUp, varied
from bandwright.curves.fit_strength import FittedHolder
from bandwright.curves.verdict import Verdict
from bandwright.errors import BandwrightError, InfeasibleError, InputError, ModelError
from bandwright.numerics.threads import one_thread
from bandwright.search.find import Options
from bandwright.service.analyses import TOGETHER, analyse_many, judge_many
from bandwright.service.analysis import Analysis
from bandwright.service.design import Request, best_setups
from bandwright.service.metrics import elements_of, hardest_pose
from bandwright.service.own_bands import find_band
from bandwright.service.own_strength import holder_for
from bandwright.service.sweep.columns import PARTS, groups
from bandwright.service.sweep.shards import Shard

Row = dict[str, Any]

DESIGN: Final = "design"
"""What the set-ups that the designer found are called in the column `setup`."""

STATUS: Final = ((InfeasibleError, "infeasible"), (InputError, "invalid"), (ModelError, "unreachable"))
"""What each kind of error is called in the column `status`; `unsolved` is any other."""


def rows_of(study: Study, shard: Shard) -> Iterator[Row]:
    """The rows of a shard, in order; values left out are null."""
    with one_thread():
        for member in shard.members:
            if shard.entry is None:
                yield from _designed(study, member)
            else:
                yield from _grid(study, study.setups[shard.entry], shard, member)


def _grid(study: Study, entry: StudySetUp, shard: Shard, member: Member) -> Iterator[Row]:
    usual, holder = entry.setup, _holder(member)
    names = [one.column for one in entry.vary]
    places = enumerate(entry.grid(shard.first, shard.last), start=shard.first)
    while some := list(itertools.islice(places, TOGETHER)):
        rows: list[Row] = []
        setups: list[SetUp | BandwrightError] = []
        for place, values in some:
            tables = varied(usual.load_tables, entry.vary, values)
            row = _who(entry.id, place, member) | dict(zip(names, values, strict=True))
            rows.append(row | {"exercise": usual.exercise.id, "intent": usual.intent, "loads": _text(tables)})
            setups.append(_setup(usual, tables, member, study))
        yield from _judged(rows, setups, holder, study)


def _setup(
    usual: SetUp, tables: tuple[Mapping[str, Any], ...], member: Member, study: Study
) -> SetUp | BandwrightError:
    try:
        loads = tuple(load_of(table, study.bands.__getitem__) for table in tables)
    except BandwrightError as error:
        return error
    return replace(usual, person=member.person, loads=loads, load_tables=tables)


def _designed(study: Study, member: Member) -> Iterator[Row]:
    wanted = study.design
    if wanted is None:
        return
    first = _who(DESIGN, 0, member) | {"intent": wanted.intent}
    holder = _holder(member)
    try:
        found = best_setups(_request(wanted, member, holder, study))
    except BandwrightError as error:
        yield first | _in_the_way(error)
        return
    for place, setup in enumerate(found):
        row = first | {"place": place, "exercise": setup.exercise.id, "loads": _text(setup.load_tables)}
        yield from _judged([row], [setup], holder, study)


def _request(wanted: StudyDesign, member: Member, holder: FittedHolder | None, study: Study) -> Request:
    return Request(
        gear=wanted.gear,
        intent=wanted.intent,
        person=member.person,
        exercises=wanted.exercises,
        muscles=wanted.muscles,
        reps=wanted.reps,
        reserve=wanted.reserve,
        top=wanted.top,
        own_exercises=own_exercises(),
        find_band=lambda band_id: study.bands.get(band_id) or find_band(band_id),
        holder=holder,
        options=Options(threads=1),
    )


@lru_cache(maxsize=8)
def _holder(member: Member) -> FittedHolder | None:
    """The member as strong as they are; None: as people of that size and sex are."""
    if member.strength == 1.0:
        return None
    size = len(GROUPS)
    known = StrengthEstimate(np.full(size, np.log(member.strength)), np.zeros((size, size)))
    return holder_for(member.person, known)


def _who(setup: str, place: int, member: Member) -> Row:
    person = member.person
    return {
        "setup": setup,
        "place": place,
        "person": member.id,
        "sex": person.sex,
        "stature_m": person.stature_m,
        "mass_kg": person.mass_kg,
        "strength": member.strength,
    }


def _text(loads: Sequence[Mapping[str, Any]]) -> str:
    return json.dumps([dict(load) for load in loads], separators=(",", ":"))


def _in_the_way(error: BandwrightError) -> Row:
    status = next((name for kind, name in STATUS if isinstance(error, kind)), "unsolved")
    first = error.problems[0]
    return {"status": status, "reason": first.code, "reason_text": first.message}


def _judged(
    rows: Sequence[Row],
    setups: Sequence[SetUp | BandwrightError],
    holder: FittedHolder | None,
    study: Study,
) -> Iterator[Row]:
    """The rows with the figures of their set-ups, all of one exercise, or with what is in the way."""
    found = iter(analyse_many([one for one in setups if isinstance(one, SetUp)], holder))
    analyses = [next(found) if isinstance(one, SetUp) else one for one in setups]
    good = [one for one in analyses if isinstance(one, Analysis)]
    verdicts = iter(judge_many(good, own_exercises()) if good else ())
    for row, one in zip(rows, analyses, strict=True):
        verdict = next(verdicts) if isinstance(one, Analysis) else one
        if isinstance(verdict, BandwrightError):
            yield row | _in_the_way(verdict)
        elif isinstance(one, Analysis):
            yield row | figures_row(one, verdict) | (_curves(one) if study.curves else {})


def figures_row(analysis: Analysis, verdict: Verdict) -> Row:
    """What is kept of an analysis and its verdict."""
    summary, working = analysis.summary, analysis.working
    peak = hardest_pose(analysis.effort)
    stretch = [float(one.band.stretch_ratio.max()) for one in analysis.forces if one.band is not None]
    return {
        "status": "ok",
        "grade": verdict.grade,
        "verdict_codes": [one.code for one in (*verdict.reasons, *verdict.warnings)],
        "evenness": summary.evenness,
        "underloaded": summary.underloaded,
        "peak_effort": summary.peak_effort,
        "peak_phase": summary.peak_phase,
        "reps_estimate": summary.reps_estimate,
        "work_j": summary.work_j,
        "peak_load_n": float(working.load_n.max()),
        "mean_load_n": float(working.load_n.mean()),
        "peak_strength_n": _finite(float(analysis.strength_n[peak])),
        "limit": working.binding[peak],
        "spine_share": float(analysis.spine.share.max()),
        "stretch_max": max(stretch, default=None),
        "residual_share": analysis.residual_share,
        **_doses(analysis),
    }


def _doses(analysis: Analysis) -> Row:
    """Doses of each muscle group on the working side, as `metrics.dose` gives them."""
    found, side = analysis.summary.muscle_dose, analysis.working.side
    row: Row = {}
    for group in groups():
        of = [found[f"{element}_{side}"] for element in elements_of(group)]
        for start, (part, _) in PARTS.items():
            row[f"{start}_{group}"] = sum(getattr(one, part) for one in of) / len(of)
    return row


def _curves(analysis: Analysis) -> Row:
    working = analysis.working
    return {"load_n": working.load_n, "strength_n": analysis.strength_n, "effort": analysis.effort}


def _finite(value: float) -> float | None:
    return value if np.isfinite(value) else None
