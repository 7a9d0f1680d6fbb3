"""The shape of the answer ``bandwright.analysis/1``; its JSON Schema is committed in `data/schema`."""

from __future__ import annotations

import json
from typing import Annotated, Any, Final, Literal, TypeVar

from pydantic import Field

from bandwright.catalogue.setup_tables import PersonTable, SetUpTable
from bandwright.catalogue.tables import StrictTable
from bandwright.movements.interpolation import PHASES

SCHEMA: Final = "bandwright.analysis/1"

Item = TypeVar("Item")
Sampled = Annotated[list[Item], Field(min_length=PHASES, max_length=PHASES)]
"""One value per phase, start to finish."""

Curve = Sampled[float]
OpenCurve = Sampled[float | None]
"""A curve with nothing where no limit stops the load."""

Vector = Annotated[list[float], Field(min_length=3, max_length=3)]
Share = Annotated[float, Field(ge=0.0, le=1.0)]
Values = dict[str, float | str | None]
"""Figures behind a sentence: numbers, words, or nothing where a number is not finite."""
Grade = Literal["good", "fair", "poor"]


class EndsTable(StrictTable):
    """A line of pull between two of the named positions; a weight comes from nowhere."""

    from_: str | None = Field(alias="from")
    to: str


class LoadAnswer(StrictTable):
    """What one load does; forces of the hands it does not touch are zero."""

    id: str
    kind: Literal["band", "cable", "weight", "body-weight"]
    contact: Literal["grip", "wrist"]
    ends: list[EndsTable]
    force_on_hand_r_n: Sampled[Vector]
    force_on_hand_l_n: Sampled[Vector]
    force_on_body_n: Sampled[Vector] | None = Field(
        default=None, description="Assistance that no hand carries."
    )
    tension_n: Curve | None = Field(default=None, description="Of one strand; bands only.")
    length_m: Curve | None = Field(default=None, description="Of one strand; bands only.")
    stretch_ratio: Curve | None = Field(default=None, description="Below 1 the band is slack; bands only.")


class MuscleAnswer(StrictTable):
    """One muscle over the repetition."""

    activation: Sampled[Share]
    force_n: Curve
    fibre_length_norm: Curve


class DoseAnswer(StrictTable):
    """Mean activation over the repetition, and over the third with the shortest and longest fibres."""

    mean: Share
    shortened: Share
    lengthened: Share


class SummaryAnswer(StrictTable):
    """What the curves come to."""

    evenness: Share
    underloaded: Share
    peak_effort: Annotated[float, Field(ge=0.0)]
    peak_phase: Share
    reps_estimate: Annotated[float, Field(ge=0.0)]
    work_j: float
    muscle_dose: dict[str, DoseAnswer]


class SpinalAnswer(StrictTable):
    """Extension moment of the lower back and the share of its capacity; not judged where a bench carries it."""

    moment_nm: Curve
    capacity_nm: Annotated[float, Field(gt=0.0)]
    share: Curve
    supported: bool


class ConvergenceAnswer(StrictTable):
    """How far to trust the solvers: which one answered at each pose, and what was left unheld."""

    converged: bool
    recruitment_solver: Sampled[str]
    strength_solver: Sampled[str]
    residual_share: Annotated[float, Field(ge=0.0)]
    residual_warning: bool


class BandOfCurves(StrictTable):
    """Percentiles of a curve."""

    p05: Curve
    p50: Curve
    p95: Curve


class BandOfStrength(StrictTable):
    """Percentiles of the strength curve."""

    p05: OpenCurve
    p50: OpenCurve
    p95: OpenCurve


class BandOfFigure(StrictTable):
    """Percentiles of one figure."""

    p05: float
    p50: float
    p95: float


class LoadSpread(StrictTable):
    """Spread of one band's tension; the other loads are as given."""

    id: str
    tension_n: BandOfCurves


class MuscleSpread(StrictTable):
    """Spread of one muscle."""

    activation: BandOfCurves
    force_n: BandOfCurves


class DoseSpread(StrictTable):
    """Spread of one muscle's dose."""

    mean: BandOfFigure
    shortened: BandOfFigure
    lengthened: BandOfFigure


class SummarySpread(StrictTable):
    """Spread of what the curves come to."""

    evenness: BandOfFigure
    underloaded: BandOfFigure
    peak_effort: BandOfFigure
    peak_phase: BandOfFigure
    reps_estimate: BandOfFigure
    work_j: BandOfFigure
    muscle_dose: dict[str, DoseSpread]


class SpinalSpread(StrictTable):
    """Spread of the lower back's load."""

    moment_nm: BandOfCurves
    share: BandOfCurves


class CausesAnswer(StrictTable):
    """Part of the variance of the greatest effort that each cause explains to first order."""

    band: Share
    strength: Share
    body: Share
    scapula: Share


class UncertaintyAnswer(StrictTable):
    """5th, 50th and 95th percentile of everything, over bands, strength, body size and scapular motion.

    `peak_effort` is that of `summary`. Where nothing was drawn only the curves are there, without spread.
    """

    load_n: BandOfCurves
    strength_n: BandOfStrength
    effort: BandOfCurves
    peak_effort: BandOfFigure
    draws: Annotated[int, Field(ge=0)]
    resisting_n: BandOfCurves | None = None
    loads: list[LoadSpread] | None = None
    joint_torque_nm: dict[str, BandOfCurves] | None = None
    residual_nm: dict[str, BandOfCurves] | None = None
    muscles: dict[str, MuscleSpread] | None = None
    summary: SummarySpread | None = None
    spinal_load: SpinalSpread | None = None
    causes: CausesAnswer | None = None


class ReasonAnswer(StrictTable):
    """A sentence with its code and figures."""

    code: str
    text: str
    values: Values


class AlternativeAnswer(StrictTable):
    """What would do more, and by how much."""

    exercise: str
    text: str
    values: Values


class VerdictAnswer(StrictTable):
    """What the set-up is worth for its intent."""

    grade: Grade
    headline: str
    could_flip: bool = Field(description="Whether the grade is another one in many of the draws.")
    certainty: Share | None = Field(
        description="Share of the draws with this grade; none where nothing was drawn."
    )
    otherwise: Grade | None = Field(description="The grade of most of the other draws.")
    driver: Literal["band", "strength", "body", "scapula"] | None = Field(
        description="What decides most whether it is this grade or another one."
    )
    reasons: list[ReasonAnswer]
    warnings: list[ReasonAnswer]
    alternatives: list[AlternativeAnswer]


class WarningAnswer(StrictTable):
    """Something about the numbers or the gear that needs attention."""

    code: str
    text: str
    hint: str | None


class ProvenanceAnswer(StrictTable):
    """Where one input comes from; `source` holds keys of the reference list."""

    what: str
    kind: Literal["measured", "chart", "estimated"]
    source: str
    note: str


class RefusedAnswer(StrictTable):
    """Why something that was tried has no answer."""

    code: str
    text: str
    hint: str | None


class SensitivityAnswer(StrictTable):
    """The answer with less and more scapular motion: one value per share of it, none where no body can."""

    scapular_motion: list[float] = Field(description="Shares of the girdle's way from relaxed rest.")
    peak_effort: list[float | None]
    muscle_dose: dict[str, list[Share | None]] = Field(description="Mean activation by muscle group.")
    refused: list[RefusedAnswer]


class AnalysisAnswer(StrictTable):
    """One set-up analysed: curves of the working hand, all SI units, phase 0 = start to 1 = finish."""

    schema_: Literal["bandwright.analysis/1"] = Field(alias="schema")
    exercise: str
    person: PersonTable
    setup: SetUpTable
    phase: Sampled[Share]
    positions_m: dict[str, Sampled[Vector]]
    loads: list[LoadAnswer]
    joint_torque_nm: dict[str, Curve]
    working_side: Literal["r", "l"]
    load_n: Curve
    resisting_n: Curve
    strength_n: OpenCurve
    computed_strength_n: OpenCurve | None = Field(
        description="What the model computes, where a coach's or a measured curve is used instead."
    )
    effort: Curve
    binding: Sampled[str | None]
    muscles: dict[str, MuscleAnswer]
    residual_nm: dict[str, Curve]
    summary: SummaryAnswer
    spinal_load: SpinalAnswer
    convergence: ConvergenceAnswer
    uncertainty: UncertaintyAnswer
    verdict: VerdictAnswer
    warnings: list[WarningAnswer]
    provenance: list[ProvenanceAnswer]
    sensitivity: SensitivityAnswer | None = Field(default=None, description="Only when asked for.")


def answer_schema() -> dict[str, Any]:
    """The JSON Schema of the answer."""
    body = AnalysisAnswer.model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA, **body}


def answer_schema_text() -> str:
    """The JSON Schema as it is committed."""
    return json.dumps(answer_schema(), indent=2, sort_keys=True, ensure_ascii=False) + "\n"
