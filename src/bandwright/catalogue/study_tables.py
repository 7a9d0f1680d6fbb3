"""Study files as written: who, which set-ups, and what is varied."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from bandwright.catalogue.exercise_tables import MuscleGroup
from bandwright.catalogue.load_tables import LoadTable
from bandwright.catalogue.setup_tables import PersonTable, TempoTable
from bandwright.catalogue.tables import Intent, Slug, StrictTable, Text

Value = float | int | str
Repetitions = Annotated[int, Field(ge=1, le=40)]


class CohortTable(StrictTable):
    """People drawn at random from a survey of adults."""

    people: Annotated[int, Field(ge=1, le=1_000_000, description="how many are drawn")]
    seed: Annotated[int, Field(ge=0, le=2**63 - 1, description="the same seed draws the same people")] = 0
    sex: Literal["female", "male", "both"] = Field(default="both", description="both: women and men by turns")
    strength_varies: bool = Field(
        default=True, description="whether people of one size and sex differ in strength; false: none does"
    )


class MemberTable(PersonTable):
    """A person of the study."""

    id: Slug
    strength: Annotated[
        float, Field(ge=0.2, le=5.0, description="how strong over people of that size and sex")
    ] = 1.0


class RangeTable(StrictTable):
    """Numbers from one to another, both included, a step apart."""

    min: float
    max: float
    step: Annotated[float, Field(gt=0.0)]

    @model_validator(mode="after")
    def _rising(self) -> RangeTable:
        if self.max < self.min:
            raise PydanticCustomError(
                "empty-range",
                "The greatest value is below the least.",
                {"hint": "For example range = { min = 1.2, max = 2.4, step = 0.1 }."},
            )
        return self

    @property
    def values(self) -> tuple[float | int, ...]:
        """The numbers, without the digits that adding steps leaves; whole ones fit for counting."""
        count = int((self.max - self.min) / self.step + 1e-9) + 1
        exact = (float(f"{self.min + index * self.step:.12g}") for index in range(count))
        return tuple(int(value) if value.is_integer() else value for value in exact)


class VaryTable(StrictTable):
    """One quantity of a load, and every value it takes; several make a full grid."""

    what: Annotated[
        str,
        Field(
            pattern=r"^[^.]+\..+$",
            description="a load's id, a dot and its key, e.g. band.from.x_m or bell.mass_kg",
        ),
    ]
    values: Annotated[list[Value], Field(min_length=1)] | None = None
    range: RangeTable | None = None

    @model_validator(mode="after")
    def _one_list(self) -> VaryTable:
        if (self.values is None) == (self.range is None):
            raise PydanticCustomError(
                "one-list",
                "Say what it varies over exactly once, with 'values' or 'range'.",
                {"hint": "For example range = { min = 1.2, max = 2.4, step = 0.1 }."},
            )
        return self

    @property
    def every(self) -> tuple[Value, ...]:
        """Every value, in order."""
        return self.range.values if self.range is not None else tuple(self.values or ())


class StudySetUpTable(StrictTable):
    """A set-up for everybody, as in a set-up file without its person; `vary` makes a grid of it."""

    id: Slug
    exercise: Text
    intent: Intent | None = None
    strength_curve: Annotated[
        Literal["computed", "coach"], Field(description="as in a set-up file; measured is one person's own")
    ] = "computed"
    tempo: TempoTable | None = None
    load: Annotated[list[LoadTable], Field(min_length=1)] | None = None
    vary: list[VaryTable] = Field(default=[])


class StudyDesignTable(StrictTable):
    """The designer, asked for each person: the best set-ups that a gear file allows."""

    gear: Text = Field(description="a gear file beside the study")
    intent: Intent = "strength-and-size"
    exercise: list[Text] = Field(default=[], description="left out: those that suit the intent")
    muscle: list[MuscleGroup] = Field(default=[], description="left out: those of the intent")
    reps: Annotated[list[Repetitions], Field(min_length=2, max_length=2)] | None = None
    reserve: Annotated[float, Field(ge=0.0, le=10.0)] | None = None
    top: Annotated[int, Field(ge=1, le=20, description="how many set-ups for each person")] = 3


class StudyTable(StrictTable):
    """Who, which set-ups, and what of them is kept."""

    name: Text | None = None
    curves: bool = Field(
        default=False, description="whether to keep load, strength and effort at all 51 phases"
    )
    cohort: CohortTable | None = None
    person: list[MemberTable] = Field(default=[])
    setup: list[StudySetUpTable] = Field(default=[])
    design: StudyDesignTable | None = None

    @model_validator(mode="after")
    def _somebody_does_something(self) -> StudyTable:
        if self.cohort is None and not self.person:
            raise PydanticCustomError(
                "nobody",
                "The study has nobody in it.",
                {
                    "hint": "Give [cohort] with people = 20, or [[person]] with id, sex, stature_m and mass_kg."
                },
            )
        if self.design is None and not self.setup:
            raise PydanticCustomError(
                "nothing-to-do",
                "The study has no set-up in it.",
                {
                    "hint": 'Give [[setup]] with id and exercise = "face-pull", or [design] with gear = "gear.toml".'
                },
            )
        return self
