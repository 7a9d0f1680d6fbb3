"""Loads as written in set-up and exercise files."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from bandwright.bands.table_law import FEWEST_POINTS
from bandwright.catalogue.tables import Slug, StrictTable, Text

Place = Literal["feet", "foot_r", "foot_l", "knee_r", "knee_l", "bar", "hands", "hand_r", "hand_l", "wrists"]
Rig = Literal["single", "folded", "hitched", "choked", "strand", "series"]
LoadKind = Literal["band", "weight", "cable", "body-weight"]

LAW_EXAMPLE: Final = (
    "For example table = [{ stretch = 1.2, tension_n = 8 }, { stretch = 1.5, tension_n = 14 }]."
)

Across = Annotated[float, Field(ge=-6.0, le=6.0)]
Metres = Annotated[float, Field(gt=0.0, le=6.0)]


class PointTable(StrictTable):
    """A fixed point in the room [m]: x forward, y left, z up from the floor between the feet."""

    x_m: Across
    y_m: Across = 0.0
    z_m: Annotated[float, Field(ge=0.0, le=4.0)] | None = None
    z_stature: Annotated[float, Field(ge=0.0, le=1.6)] | None = Field(
        default=None, description="Height as a share of the person's stature, instead of z_m."
    )

    @model_validator(mode="after")
    def _one_height(self) -> PointTable:
        if (self.z_m is None) == (self.z_stature is None):
            raise PydanticCustomError(
                "one-height",
                "Give the point exactly one height, 'z_m' or 'z_stature'.",
                {"hint": "For example { x_m = 1.5, z_stature = 0.8 }."},
            )
        return self


def _end_tag(end: object) -> str:
    return ":point" if isinstance(end, dict | PointTable) else ":place"


End = Annotated[
    Annotated[Place, Tag(":place")] | Annotated[PointTable, Tag(":point")], Discriminator(_end_tag)
]


Curve = Literal["rubber", "table"]
"""What is made of scale readings: the law of rubber fitted to them, or a table that goes through them."""

CURVE_MEANS: Final = "rubber: its law, fitted to the readings; table: straight through them, for fabric"


class LawPointTable(StrictTable):
    """One point of a band's table: how far it is stretched, and the tension of one strand there [N]."""

    stretch: Annotated[float, Field(gt=1.0, le=4.0, description="length over rest length")]
    tension_n: Annotated[float, Field(gt=0.0, le=5_000.0, description="pull of one strand in newtons")]


class LawTable(StrictTable):
    """One line of pull as it is rigged: the law of a strand (`m_n` [N] and shape `a`, `MRS`; or a `table` of
    points, for fabric), the rest length of each strand [m] and how many strands reach each hand.
    """

    m_n: Annotated[float, Field(gt=0.0, le=10_000.0)] | None = None
    a: Annotated[float, Field(ge=0.2, le=1.5)] = 0.44
    table: list[LawPointTable] | None = Field(
        default=None,
        description="Two points or more, pulling harder the longer the band; instead of `m_n` and `a`.",
        json_schema_extra={"minItems": FEWEST_POINTS},
    )
    rest_length_m: Metres
    strands: Annotated[int, Field(ge=1, le=8)] = 1
    confidence: Literal["measured", "chart", "geometry", "label"] = "measured"

    @model_validator(mode="after")
    def _one_law(self) -> LawTable:
        given = [key for key in ("m_n", "table") if getattr(self, key) is not None]
        if len(given) != 1:
            raise PydanticCustomError(
                "one-law",
                "Give the law exactly once, with 'm_n' (rubber) or 'table' (fabric); {given} given.",
                {"given": " and ".join(f"'{key}'" for key in given) or "nothing", "hint": LAW_EXAMPLE},
            )
        if self.table is not None and "a" in self.model_fields_set:
            raise PydanticCustomError(
                "shape-of-table",
                "'a' is the shape of rubber's law; a table has its own.",
                {"hint": "Leave 'a' out."},
            )
        return self


class ReadingTable(StrictTable):
    """One reading of a luggage scale: the length it was taken at [m], what it showed [N] and over how many
    strands (2 for a loop between two hooks).
    """

    length_m: Metres
    force_n: Annotated[float, Field(gt=0.0, le=5_000.0)]
    strands: Annotated[int, Field(ge=1, le=8)] = 1


class BandLoadTable(StrictTable):
    """A band between two ends."""

    id: Slug
    kind: Literal["band"]
    band: Text | None = Field(default=None, description="Catalogue id, or the id of a band of your own.")
    law: LawTable | None = None
    readings: Annotated[list[ReadingTable], Field(min_length=1)] | None = None
    rest_length_m: Metres | None = Field(
        default=None, description="Whole length at rest, a loop's all the way round; only with `readings`."
    )
    curve: Curve | None = Field(
        default=None, description=f"Left out: rubber. Only with `readings`. {CURVE_MEANS}."
    )
    rig: Rig | None = Field(
        default=None, description="Left out: 'single' for a loop, 'strand' for an open band."
    )
    from_: End = Field(alias="from")
    to: Place = "hands"
    count: Annotated[int, Field(ge=1, le=10)] = 1
    contact_m: Annotated[float, Field(ge=0.0, le=4.0)] | None = None
    free_length_m: Metres | None = Field(
        default=None, description="Rest length of each strand of a band gripped short, tied or wrapped."
    )

    @model_validator(mode="after")
    def _one_band(self) -> BandLoadTable:
        given = [key for key in ("band", "law", "readings") if getattr(self, key) is not None]
        if len(given) != 1:
            raise PydanticCustomError(
                "one-band",
                "Say what the band is exactly once, with 'band', 'law' or 'readings'; {given} given.",
                {
                    "given": " and ".join(f"'{key}'" for key in given) or "nothing",
                    "hint": 'For example band = "rogue-monster-1".',
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
        return self


class WeightLoadTable(StrictTable):
    """Weights of one mass each: a single one is held by all hands it goes to, two are one in each hand."""

    id: Slug
    kind: Literal["weight"]
    mass_kg: Annotated[float, Field(gt=0.0, le=200.0)]
    to: Place = "hands"
    count: Annotated[int, Field(ge=1, le=2)] = 1


class CableLoadTable(StrictTable):
    """A cable: the same pull at every length, shared by the hands it goes to."""

    id: Slug
    kind: Literal["cable"]
    force_n: Annotated[float, Field(gt=0.0, le=2_000.0)]
    from_: End = Field(alias="from")
    to: Place = "hands"


class BodyWeightLoadTable(StrictTable):
    """The person's own weight, hanging from the hands."""

    id: Slug
    kind: Literal["body-weight"]


def _kind_tag(load: object) -> str | None:
    kind = load.get("kind") if isinstance(load, dict) else getattr(load, "kind", None)
    return f":{kind}" if kind is not None else None


LoadTable = Annotated[
    Annotated[BandLoadTable, Tag(":band")]
    | Annotated[WeightLoadTable, Tag(":weight")]
    | Annotated[CableLoadTable, Tag(":cable")]
    | Annotated[BodyWeightLoadTable, Tag(":body-weight")],
    Discriminator(_kind_tag),
]

TAGGED: dict[str, type[StrictTable]] = {
    ":band": BandLoadTable,
    ":weight": WeightLoadTable,
    ":cable": CableLoadTable,
    ":body-weight": BodyWeightLoadTable,
    ":point": PointTable,
}
"""Which table a tag in a pydantic error location stands for."""
