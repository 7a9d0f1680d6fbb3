"""Set-up files as written; the JSON body of the web API has the same shape."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from bandwright.catalogue.load_tables import LoadTable
from bandwright.catalogue.tables import Intent, StrictTable, Text

StrengthCurveChoice = Literal["computed", "coach", "measured"]
Seconds = Annotated[float, Field(ge=0.0, le=60.0)]


class PersonTable(StrictTable):
    """The person as they can describe themselves."""

    sex: Literal["female", "male"]
    stature_m: Annotated[float, Field(ge=1.2, le=2.3)]
    mass_kg: Annotated[float, Field(ge=30.0, le=250.0)]
    upper_arm_m: (
        Annotated[float, Field(ge=0.15, le=0.5, description="shoulder joint to elbow joint")] | None
    ) = None
    forearm_m: Annotated[float, Field(ge=0.12, le=0.45, description="elbow joint to wrist joint")] | None = (
        None
    )


class TempoTable(StrictTable):
    """How long each part of one repetition takes [s]."""

    lift_s: Annotated[float, Field(ge=0.2, le=30.0)] = 1.25
    hold_s: Seconds = 0.75
    lower_s: Annotated[float, Field(ge=0.2, le=30.0)] = 2.5


class PullTable(StrictTable):
    """The hardest the person could pull at one phase, held still [N]."""

    phase: Annotated[float, Field(ge=0.0, le=1.0)]
    force_n: Annotated[float, Field(gt=0.0, le=5_000.0)]


class SetUpTable(StrictTable):
    """An exercise with its loads fixed, for one person, with an intent."""

    exercise: Text
    intent: Intent | None = None
    strength_curve: StrengthCurveChoice = "computed"
    person: PersonTable
    tempo: TempoTable | None = None
    load: Annotated[list[LoadTable], Field(min_length=1)] | None = None
    pull: list[PullTable] = Field(default=[], description="Measured pulls, for strength_curve = 'measured'.")
