"""Many set-ups of one person analysed and judged together: answers as of `analyse` and `judge`, much faster."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from bandwright.body import SIDES
from bandwright.catalogue.setup import SetUp
from bandwright.curves import ArmResult
from bandwright.curves.arms import loadable_arm, solve_loads
from bandwright.curves.fit_strength import FittedHolder
from bandwright.curves.verdict import Verdict
from bandwright.errors import BandwrightError
from bandwright.service.analysis import Analysis, analysis_of
from bandwright.service.case import Case, case_of
from bandwright.service.judge import Asking, judging

TOGETHER: Final = 32
"""Set-ups solved at a time: enough for the compiled lanes, few enough to stay in the processor's cache."""


def analyse_many(
    setups: Sequence[SetUp], holder: FittedHolder | None = None
) -> list[Analysis | BandwrightError]:
    """Each set-up's analysis without spread, or the error that `analyse` would raise.

    Args:
        setups: of one person in one exercise, alike in side and tempo.
        holder: the person with own fitted strength; left out: as people of that size and sex are.
    """
    cases = [_case(setup, holder) for setup in setups]
    good = [case for case in cases if isinstance(case, Case)]
    solved = iter(_solved(good))
    return [case if isinstance(case, BandwrightError) else next(solved) for case in cases]


def _case(setup: SetUp, holder: FittedHolder | None) -> Case | BandwrightError:
    try:
        return case_of(setup, holder)
    except BandwrightError as error:
        return error


def _solved(cases: Sequence[Case]) -> list[Analysis]:
    if not cases:
        return []
    arms: list[dict[str, ArmResult]] = [{} for _ in cases]
    for side in SIDES:
        mine = [index for index, case in enumerate(cases) if side in case.sides]
        if mine:
            arm = loadable_arm(cases[0].posed, side, cases[0].held_by)
            for start in range(0, len(mine), TOGETHER):
                some = mine[start : start + TOGETHER]
                found = solve_loads(arm, [cases[index].forces for index in some])
                for index, result in zip(some, found, strict=True):
                    arms[index][side] = result
    return [analysis_of(case, [arms[index][side] for side in case.sides]) for index, case in enumerate(cases)]


def judge_many(
    analyses: Sequence[Analysis], exercises: Path | None = None
) -> list[Verdict | BandwrightError]:
    """Each analysis's verdict as `judge` gives it, or the error it would raise.

    Args:
        analyses: of one person, with the same strength.
        exercises: folder with the person's own exercises, where alternatives may be.
    """
    asking = [judging(one, exercises) for one in analyses]
    verdicts: dict[int, Verdict | BandwrightError] = {}
    asked = _went_on(asking, dict.fromkeys(range(len(asking))), verdicts)
    while asked:
        asked = _went_on(asking, _looked_up(asked, analyses[0].holder), verdicts)
    return [verdicts[index] for index in range(len(asking))]


def _went_on(
    asking: Sequence[Asking[Verdict]],
    replies: Mapping[int, Analysis | BandwrightError | None],
    verdicts: dict[int, Verdict | BandwrightError],
) -> dict[int, SetUp]:
    """Gives each its reply, None to begin with; answers what they ask next, and notes the verdicts of the others."""
    asked: dict[int, SetUp] = {}
    for index, reply in replies.items():
        try:
            if reply is None:
                asked[index] = next(asking[index])
            elif isinstance(reply, BandwrightError):
                asked[index] = asking[index].throw(reply)
            else:
                asked[index] = asking[index].send(reply)
        except StopIteration as end:
            verdicts[index] = end.value
        except BandwrightError as error:
            verdicts[index] = error
    return asked


def _looked_up(
    asked: Mapping[int, SetUp], holder: FittedHolder | None
) -> dict[int, Analysis | BandwrightError]:
    """The analyses asked for, those of one exercise together."""
    found: dict[int, Analysis | BandwrightError] = {}
    alike: dict[tuple[str, str], list[int]] = {}
    for index, setup in asked.items():
        alike.setdefault((setup.exercise.id, setup.side), []).append(index)
    for indices in alike.values():
        answers = analyse_many([asked[index] for index in indices], holder)
        found.update(zip(indices, answers, strict=True))
    return found
