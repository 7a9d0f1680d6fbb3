"""What the designer is asked for, as the JSON body of the web API."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from bandwright.catalogue.exercise_tables import MuscleGroup
from bandwright.catalogue.gear_tables import GearTable
from bandwright.catalogue.setup_tables import PersonTable
from bandwright.catalogue.tables import Intent, StrictTable, Text

Repetitions = Annotated[float, Field(ge=1.0, le=40.0)]


class DesignTable(StrictTable):
    """What a person owns, is and wants."""

    gear: GearTable
    intent: Intent = "strength-and-size"
    person: PersonTable
    exercises: Annotated[list[Text], Field(max_length=50)] = Field(
        default=[], description="Left out: those that suit the intent."
    )
    muscles: Annotated[list[MuscleGroup], Field(max_length=50)] = Field(
        default=[], description="Groups that count. Left out: those the intent or the exercise is for."
    )
    reps: Annotated[list[Repetitions], Field(min_length=2, max_length=2)] | None = Field(
        default=None,
        description="Least and most repetitions of a set. Left out: the intent's usual ones, as a wish.",
    )
    reserve: Annotated[float, Field(ge=0.0, le=10.0)] | None = Field(
        default=None, description="Repetitions left at the end of a set. Left out: the intent's usual."
    )
    top: Annotated[int, Field(ge=1, le=20, description="How many set-ups are wanted.")] = 5

    @model_validator(mode="after")
    def _rising(self) -> Self:
        if self.reps is not None and self.reps[0] > self.reps[1]:
            raise PydanticCustomError(
                "bad-reps",
                "The least repetitions are above the most.",
                {"hint": 'For example "reps": [8, 12].'},
            )
        return self
