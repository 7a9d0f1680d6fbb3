"""Gear files as written: what a person owns and the room there is."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from bandwright.catalogue.load_tables import CURVE_MEANS, Curve, LawTable, Metres, ReadingTable
from bandwright.catalogue.tables import Slug, StrictTable, Text

Count = Annotated[int, Field(ge=1, le=20)]
Height = Annotated[float, Field(ge=0.0, le=4.0, description="above the floor [m]")]
Kilograms = Annotated[float, Field(gt=0.0, le=200.0)]


class RoomTable(StrictTable):
    """The room [m]."""

    free_m: Annotated[float, Field(gt=0.3, le=20.0, description="free distance in front of the anchor")] = 2.0
    ceiling_m: Annotated[float, Field(ge=1.5, le=10.0, description="height of the ceiling")] = 2.4


class OwnedBandTable(StrictTable):
    """A band: a product by its id, the law of its strands laid out whole (1 strand: open, 2: a loop), or readings of
    a scale.
    """

    id: Slug
    product: Text | None = Field(default=None, description="catalogue id, or the id of a band of your own")
    law: LawTable | None = None
    readings: Annotated[list[ReadingTable], Field(min_length=1)] | None = None
    rest_length_m: Metres | None = Field(
        default=None, description="whole length at rest, a loop's all the way round; only with `readings`"
    )
    curve: Curve | None = Field(
        default=None, description=f"left out: rubber. Only with `readings`. {CURVE_MEANS}"
    )
    count: Count = 1

    @model_validator(mode="after")
    def _one_band(self) -> OwnedBandTable:
        given = [key for key in ("product", "law", "readings") if getattr(self, key) is not None]
        if len(given) != 1:
            raise PydanticCustomError(
                "one-band",
                "Say what the band is exactly once, with 'product', 'law' or 'readings'; {given} given.",
                {
                    "given": " and ".join(f"'{key}'" for key in given) or "nothing",
                    "hint": 'For example product = "rogue-monster-1".',
                },
            )
        if (self.readings is None) != (self.rest_length_m is None):
            raise PydanticCustomError(
                "rest-length",
                "'readings' and 'rest_length_m' belong together.",
                {"hint": "Lay the band straight and give its whole length, e.g. 2.08 for a 41 in loop."},
            )
        if self.readings is None and self.curve is not None:
            raise PydanticCustomError(
                "curve-of-readings",
                "'curve' says what is made of 'readings', and there are none.",
                {"hint": "Leave 'curve' out, or give readings and rest_length_m."},
            )
        if self.law is not None and self.law.strands > 2:
            raise PydanticCustomError(
                "strands-of-gear",
                "A band laid out has one strand, or two when it is a loop.",
                {"hint": "Give law.strands = 2 for a loop; how it is rigged is for the designer to find."},
            )
        return self


class OwnedWeightTable(StrictTable):
    """A weight. With `from_kg` it can be set to any mass up to `mass_kg` in steps, as plates on a bar can."""

    id: Slug
    kind: Literal["dumbbell", "kettlebell", "barbell-plates"]
    mass_kg: Kilograms
    from_kg: Kilograms | None = Field(default=None, description="least mass it can be set to")
    step_kg: Annotated[float, Field(gt=0.0, le=20.0, description="by how much it can be changed")] = 2.5
    count: Count = 1

    @model_validator(mode="after")
    def _settable(self) -> OwnedWeightTable:
        if self.from_kg is not None and self.from_kg > self.mass_kg:
            raise PydanticCustomError(
                "weight-range",
                "'from_kg' is above 'mass_kg', the most it can be set to.",
                {"hint": "For example mass_kg = 24 and from_kg = 4."},
            )
        if self.from_kg is None and "step_kg" in self.model_fields_set:
            raise PydanticCustomError(
                "step-alone",
                "'step_kg' is for weights that can be changed, and 'from_kg' is not given.",
                {"hint": "Give from_kg, or leave step_kg out."},
            )
        return self


class HeightRangeTable(StrictTable):
    """Any height from one to another [m]."""

    min: Height
    max: Height

    @model_validator(mode="after")
    def _rising(self) -> HeightRangeTable:
        if self.max < self.min:
            raise PydanticCustomError(
                "height-range",
                "The greatest height is below the least.",
                {"hint": "For example { min = 0.1, max = 2.0 }."},
            )
        return self


def _heights_tag(given: object) -> str:
    """Which of the two ways of saying heights is meant, so that only its problems are said."""
    return ":height-range" if isinstance(given, (dict, HeightRangeTable)) else ":heights"


class OwnedAnchorTable(StrictTable):
    """A place that bands can be hooked to: a door, a pole, a ring in the wall."""

    id: Slug
    heights_m: Annotated[
        Annotated[list[Height], Field(min_length=1), Tag(":heights")]
        | Annotated[HeightRangeTable, Tag(":height-range")],
        Discriminator(_heights_tag),
    ]


class HaveTable(StrictTable):
    """What else there is."""

    pull_up_bar: bool = False
    bench: bool = False


class GearTable(StrictTable):
    """Everything a person owns."""

    room: RoomTable = RoomTable()
    band: list[OwnedBandTable] = Field(default=[])
    weight: list[OwnedWeightTable] = Field(default=[])
    anchor: list[OwnedAnchorTable] = Field(default=[])
    have: HaveTable = HaveTable()
