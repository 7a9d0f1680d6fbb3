"""The shape of the answer ``bandwright.design/1`` and of what is told on the way to it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from bandwright.catalogue.exercise_tables import MuscleGroup
from bandwright.catalogue.gear_tables import GearTable
from bandwright.catalogue.setup_tables import PersonTable, SetUpTable
from bandwright.catalogue.tables import Intent, StrictTable
from bandwright.search.objective import Term
from bandwright.service.answer_tables import (
    Curve,
    OpenCurve,
    ProvenanceAnswer,
    Sampled,
    Share,
    SummaryAnswer,
    VerdictAnswer,
)

Two = Annotated[list[float], Field(min_length=2, max_length=2)]
Count = Annotated[int, Field(ge=0)]


class ObjectiveAnswer(StrictTable):
    """What was looked for: score = sum of weight times term, within a window of peak effort."""

    weights: dict[Term, float]
    muscles: list[MuscleGroup] = Field(description="Groups that count; empty: those of the exercise.")
    against: list[MuscleGroup] = Field(description="Groups that should stay idle.")
    reps: Two
    reserve: float
    peak_effort: Two = Field(description="Least and most effort of the hardest place that suits.")


class DesignCurves(StrictTable):
    """The curves of one set-up, as its analysis gives them."""

    phase: Sampled[Share]
    load_n: Curve
    strength_n: OpenCurve
    effort: Curve


class NudgeAnswer(StrictTable):
    """What one small error does: `by_m` for a length, `by_share` for the band's pull."""

    what: Literal["distance", "height", "grip", "band"]
    by_m: float | None = None
    by_share: float | None = None
    peak_effort: float
    evenness: float
    reps_estimate: float
    score: float


class DesignedAnswer(StrictTable):
    """One of the best set-ups: send `setup` to `/api/analyse` for all of it."""

    setup: SetUpTable
    name: str
    summary: SummaryAnswer
    curves: DesignCurves
    verdict: VerdictAnswer
    score: float
    terms: dict[Term, float]
    sensitivity: list[NudgeAnswer]
    how_to: str = Field(description="How to set it up, in cm.")


class ShortfallAnswer(StrictTable):
    """What the nearest set-up of an exercise lacks."""

    exercise: str
    code: str
    text: str
    hint: str = Field(description="What to buy or change.")
    by: float = Field(
        description="By what factor its hardest place would have to be harder (> 1) or easier (< 1)."
    )


class FrontAnswer(StrictTable):
    """A set-up that no other matches in evenness, dose and simplicity and beats in one."""

    exercise: str
    score: float
    peak_effort: float
    evenness: float
    dose: float
    simplicity: float


class RejectionAnswer(StrictTable):
    """Why a whole exercise fell out."""

    exercise: str
    code: str
    text: str


class DesignAnswer(StrictTable):
    """The best few set-ups that the gear allows, different from each other, best first."""

    schema_: Literal["bandwright.design/1"] = Field(alias="schema")
    intent: Intent
    person: PersonTable
    gear: GearTable
    objective: ObjectiveAnswer
    candidates_judged: Count
    complete: bool = Field(description="False when time was up: the best so far.")
    setups: list[DesignedAnswer]
    lost: list[ShortfallAnswer] = Field(description="What the nearest lacks, when nothing meets the wish.")
    pareto: list[FrontAnswer]
    rejected: list[RejectionAnswer]
    provenance: list[ProvenanceAnswer]


class LeaderAnswer(StrictTable):
    """The best set-up found so far."""

    exercise: str
    score: float
    peak_effort: float
    evenness: float
    how_to: str


class ProgressAnswer(StrictTable):
    """How far the search has come: `done` of `total` exercises."""

    exercise: str = Field(description="Name of the exercise looked at.")
    done: Count
    total: Count
    judged: Count
    suiting: Count
    leader: LeaderAnswer | None
