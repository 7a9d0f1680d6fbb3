"""Exercise files as written: angles in degrees, forces in newtons, lengths in metres."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, get_args

from pydantic import Field

from bandwright.catalogue.load_tables import End, LoadTable, Place
from bandwright.catalogue.tables import Intent, Slug, StrictTable, Text

MuscleGroup = Literal[
    "trapezius_upper",
    "trapezius_middle",
    "trapezius_lower",
    "rhomboids",
    "levator_scapulae",
    "serratus_anterior",
    "latissimus_dorsi",
    "teres_major",
    "teres_minor",
    "infraspinatus",
    "supraspinatus",
    "subscapularis",
    "deltoid_anterior",
    "deltoid_middle",
    "deltoid_posterior",
    "pectoralis_major",
    "pectoralis_minor",
    "biceps",
    "brachialis",
    "brachioradialis",
    "triceps",
    "erector_spinae",
]
MUSCLE_GROUPS: tuple[MuscleGroup, ...] = get_args(MuscleGroup)

GearItem = Literal[
    "long-loop",
    "sheet",
    "tube",
    "mini-loop",
    "dumbbell",
    "kettlebell",
    "cable",
    "pull-up-bar",
    "bench",
    "anchor-low",
    "anchor-middle",
    "anchor-high",
]
Texts = list[Text]


class GirdleTable(StrictTable):
    """The three free motions of the shoulder girdle [deg]: collar bone from rest, blade absolute.

    Limits: 15 deg of retraction leaves 2 cm between blade and spine (`SethGeom`), a full shrug lifts 19 deg
    and the blade turns up 61 deg at most (`BelliIK2023`); the collar bone's own range (`SCtextbook`).
    """

    unknown_key_code: ClassVar[str] = "girdle-has-three-freedoms"
    unknown_key_hint: ClassVar[str | None] = (
        "The collar bone ties the blade's other motions to these three, so give only protract_deg, lift_deg "
        "and upward_deg; glide, tilt and winging are worked out."
    )

    protract_deg: Annotated[float, Field(ge=-15.0, le=20.0, description="+ forward, - blades together")]
    lift_deg: Annotated[float, Field(ge=-10.0, le=30.0, description="+ up")]
    upward_deg: Annotated[float, Field(ge=-15.0, le=70.0, description="blade turned up, absolute")]


class GirdleOffsetTable(StrictTable):
    """What a keyframe adds to the scapular rhythm [deg]; the same motions and signs as `girdle`."""

    unknown_key_code: ClassVar[str] = "girdle-has-three-freedoms"
    unknown_key_hint: ClassVar[str | None] = (
        "Retraction is a negative protract_deg and depression a negative lift_deg, "
        "e.g. girdle_offset = { protract_deg = -12 }; glide, tilt and winging are worked out."
    )

    protract_deg: Annotated[
        float, Field(ge=-30.0, le=30.0, description="added, + forward, - blades together")
    ] = 0.0
    lift_deg: Annotated[float, Field(ge=-30.0, le=30.0, description="added, + up, - down")] = 0.0
    upward_deg: Annotated[float, Field(ge=-60.0, le=60.0, description="added, + blade turned up")] = 0.0


class ArmTable(StrictTable):
    """The arm relative to the trunk [deg].

    Limits: active range, 95th percentile (`Vairo2012`); elbow 145 (`Mich1996`); above 170 deg of elevation
    the plane has no meaning of its own.
    """

    plane_deg: Annotated[float, Field(ge=-90.0, le=135.0, description="0 out to the side, 90 straight ahead")]
    elevation_deg: Annotated[float, Field(ge=0.0, le=170.0, description="0 along the trunk")]
    outer_rotation_deg: Annotated[float, Field(ge=-90.0, le=115.0, description="+ outward, clinical")]
    elbow_deg: Annotated[float, Field(ge=0.0, le=145.0, description="0 straight")]
    pronation_deg: Annotated[float, Field(ge=-90.0, le=90.0, description="0 thumb up, + palm down")]


class KeyframeTable(StrictTable):
    """The body at one phase of the repetition: 0 = hands far, 1 = finish.

    Without `girdle` the shoulder girdle goes with the arm as measured (`BelliIK2023`), plus `girdle_offset`.
    """

    at: Annotated[float, Field(ge=0.0, le=1.0)]
    trunk_deg: Annotated[float, Field(ge=-95.0, le=95.0, description="from the vertical, + leaning forward")]
    knee_deg: Annotated[float, Field(ge=0.0, le=140.0)] = 0.0
    girdle: Annotated[
        GirdleTable | None, Field(description="the girdle's own angles; left out: the rhythm of the arm")
    ] = None
    girdle_offset: Annotated[
        GirdleOffsetTable | None, Field(description="added to the rhythm, only without girdle")
    ] = None
    arm: ArmTable


class HandTable(StrictTable):
    """Where a bar or a handle holds the hand, whatever the body's size."""

    lateral_biacromial: Annotated[
        float, Field(gt=0.0, le=3.0, description="distance from the midline in half shoulder breadths")
    ]


class StartTable(StrictTable):
    """Where to start [N], at the place in the range that `refers_to` names (`COACH`)."""

    light_n: Annotated[float, Field(gt=0.0, le=1_000.0)]
    medium_n: Annotated[float, Field(gt=0.0, le=1_000.0)]
    heavy_n: Annotated[float, Field(gt=0.0, le=1_000.0)]
    refers_to: Text
    best_band: Text


class RangeTable(StrictTable):
    """From one figure to another."""

    min: float
    max: float


class OptionTable(StrictTable):
    """What may be varied when a set-up is designed: a usual load's places, or a load that may be added.

    `load` names the usual load it is about; another name adds one, which then needs `kind`, `to` and for a band
    `from`. Without options a usual anchor may move a little up and down and as far away as the room allows.
    """

    load: Slug
    kind: Literal["band", "weight"] | None = Field(default=None, description="of a load that may be added")
    from_: End | None = Field(default=None, alias="from", description="of a band that may be added")
    to: Place | None = Field(default=None, description="another place for it to go to")
    height_stature: RangeTable | None = Field(
        default=None,
        description="heights of the anchor that keep the exercise what it is, as shares of stature",
    )
    distance_m: RangeTable | None = Field(default=None, description="distances of the anchor [m]")
    free_length_m: RangeTable | None = Field(default=None, description="free length of each strand [m]")


class FaultTable(StrictTable):
    """What goes wrong, and what to say."""

    seen: Text
    cue: Text


class ExerciseTable(StrictTable):
    """One exercise: a movement, its usual loads and what a person should know."""

    id: Slug
    name: Text
    summary: Text
    how_to: Text
    arms: Literal["both", "right"]
    posture: Literal["standing", "hanging", "chest-supported", "bench-supported"]
    grip: Literal["neutral", "pronated", "supinated"]
    stance_width_m: Annotated[float, Field(ge=0.0, le=1.2)] = 0.28
    isometric: bool = False
    hand: HandTable | None = None
    gear: list[GearItem]
    intents: Annotated[list[Intent], Field(min_length=1)]
    muscles: Annotated[list[MuscleGroup], Field(min_length=1)]
    alternative: Slug | None = None
    related: list[Slug] = Field(default=[])
    claims: list[Annotated[str, Field(pattern=r"^[A-G][1-9]$")]] = Field(default=[])
    sources: Annotated[list[Text], Field(min_length=1)]
    cues: Annotated[Texts, Field(min_length=1)]
    safety: Annotated[Texts, Field(min_length=1)]
    start: StartTable | None = None
    fault: list[FaultTable] = Field(default=[])
    keyframe: Annotated[list[KeyframeTable], Field(min_length=2)]
    load: Annotated[list[LoadTable], Field(min_length=1)]
    option: list[OptionTable] = Field(default=[], description="what the designer may vary")
