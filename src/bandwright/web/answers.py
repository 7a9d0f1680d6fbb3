"""The shapes of the answers that only the web gives, for the description of the API and the client's types."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from bandwright.bands.band import BandKind, Confidence
from bandwright.catalogue.exercise_tables import MuscleGroup
from bandwright.catalogue.setup_tables import SetUpTable
from bandwright.catalogue.tables import Intent, StrictTable
from bandwright.service.design_tables import DesignAnswer, ProgressAnswer
from bandwright.web.faults import FaultAnswer, ProblemAnswer


class HealthAnswer(StrictTable):
    """Whether the server is there, and its engine warm."""

    status: Literal["ok", "failed"]
    version: str
    ready: bool = Field(description="False while the solver is loaded; questions wait until it is.")
    failure: str | None = Field(description="Why the solver could not be loaded; then `ready` stays false.")
    client: bool = Field(description="Whether the app's pages have been built.")


class BandForce(StrictTable):
    """What a band pulls at one stretch, between two hooks."""

    stretch: float
    length_m: float
    force_n: float
    known: bool = Field(description="False where the law is extrapolated.")


class RubberLaw(StrictTable):
    """Figures of the law of rubber."""

    m_n: float
    a: float


class TablePoint(StrictTable):
    """A point of a band's table."""

    stretch: float
    tension_n: float


class PointsLaw(StrictTable):
    """A law through points."""

    table: list[TablePoint]


class BandAnswer(StrictTable):
    """A band with its law and its forces."""

    id: str
    name: str
    brand: str
    kind: BandKind
    own: bool
    rest_length_m: float
    width_mm: float | None
    thickness_mm: float | None
    force_at_double_n: float | None
    warn_stretch: float
    max_stretch: float
    measured_to_stretch: float | None
    confidence: Confidence
    force_spread: float
    length_spread: float
    source: str
    note: str
    law: RubberLaw | PointsLaw | None
    forces: list[BandForce]


class BandsAnswer(StrictTable):
    """Every band, the person's own first; `problems` are about own files that cannot be read."""

    bands: list[BandAnswer]
    problems: list[ProblemAnswer]


class ExerciseRow(StrictTable):
    """An exercise in a listing."""

    id: str
    name: str
    summary: str
    muscles: list[MuscleGroup] = Field(description="What it is for, the most important first.")
    gear: list[str]
    intents: list[Intent]
    arms: Literal["both", "right"]
    posture: Literal["standing", "hanging", "chest-supported", "bench-supported"]
    alternative: str | None
    own: bool


class ExercisesAnswer(StrictTable):
    """Every exercise; `problems` are about own files that cannot be read."""

    exercises: list[ExerciseRow]
    problems: list[ProblemAnswer]


class FaultSeen(StrictTable):
    """What goes wrong, and what to say."""

    seen: str
    cue: str


class StartAnswer(StrictTable):
    """Where to start [N]."""

    light_n: float
    medium_n: float
    heavy_n: float
    refers_to: str
    best_band: str


class FigureLimits(StrictTable):
    """Limits and step of a number."""

    least: float
    most: float
    step: float


class ControlsAnswer(StrictTable):
    """What can be changed in one load of the usual set-up."""

    load: str = Field(description="Id of the load.")
    kind: Literal["band", "cable", "weight", "body-weight"]
    bands: list[str]
    rigs: list[str]
    from_places: list[str]
    from_point: bool = Field(description="Whether it may start at a point of the room.")
    to_places: list[str]
    figures: dict[str, FigureLimits] = Field(description="By key path in the load, e.g. from.x_m.")


class SourceAnswer(StrictTable):
    """A reference."""

    key: str
    authors: str | None
    title: str
    published: str | None
    year: int | None
    link: str | None
    note: str | None


class ExerciseAnswer(ExerciseRow):
    """All that a page about one exercise shows."""

    how_to: str
    grip: Literal["neutral", "pronated", "supinated"]
    isometric: bool
    cues: list[str]
    faults: list[FaultSeen]
    safety: list[str]
    start: StartAnswer | None
    setup: SetUpTable = Field(
        description="The usual set-up, ready to be sent back; the person is a stand-in."
    )
    controls: list[ControlsAnswer]
    related: list[ExerciseRow]
    alternative_row: ExerciseRow | None
    sources: list[SourceAnswer]


class DesignEvent(StrictTable):
    """One line of a design that tells how far it is; the last line holds the answer or the fault."""

    progress: ProgressAnswer | None = None
    answer: DesignAnswer | None = None
    fault: FaultAnswer | None = None


DESIGN_EXAMPLES: dict[str, dict[str, Any]] = {
    "home": {
        "summary": "Two bands, a kettlebell and a door",
        "value": {
            "gear": {
                "room": {"free_m": 2.5, "ceiling_m": 2.4},
                "band": [
                    {"id": "red-loop", "product": "rogue-monster-1", "count": 2},
                    {"id": "orange-loop", "product": "rogue-monster-0"},
                ],
                "weight": [{"id": "bell", "kind": "kettlebell", "mass_kg": 8}],
                "anchor": [{"id": "door", "heights_m": [0.1, 1.0, 2.0]}],
            },
            "intent": "posture",
            "person": {"sex": "female", "stature_m": 1.65, "mass_kg": 60},
            "top": 3,
        },
    },
    "demand": {
        "summary": "One exercise, with repetitions that must be met",
        "value": {
            "gear": {"band": [{"id": "loop", "product": "rogue-monster-1"}]},
            "intent": "strength-and-size",
            "person": {"sex": "female", "stature_m": 1.65, "mass_kg": 60},
            "exercises": ["bent-over-band-row"],
            "muscles": ["latissimus_dorsi"],
            "reps": [8, 15],
            "reserve": 2,
        },
    },
}
"""Bodies that show what the designer can be asked."""

SETUP_EXAMPLES: dict[str, dict[str, Any]] = {
    "band": {
        "summary": "An exercise with its usual band",
        "value": {
            "exercise": "bent-over-band-row",
            "person": {"sex": "female", "stature_m": 1.65, "mass_kg": 60},
        },
    },
    "anchor": {
        "summary": "A band from a point of the room",
        "value": {
            "exercise": "standing-band-row",
            "intent": "strength-and-size",
            "person": {"sex": "male", "stature_m": 1.8, "mass_kg": 80},
            "load": [
                {
                    "id": "band",
                    "kind": "band",
                    "band": "rogue-monster-2",
                    "from": {"x_m": 1.4, "z_m": 1.0},
                    "to": "hands",
                }
            ],
        },
    },
    "measured": {
        "summary": "A band of your own, by its scale readings, and a weight",
        "value": {
            "exercise": "kettlebell-band-row",
            "person": {"sex": "male", "stature_m": 1.75, "mass_kg": 75},
            "load": [
                {"id": "bell", "kind": "weight", "mass_kg": 12, "to": "hand_r"},
                {
                    "id": "band",
                    "kind": "band",
                    "readings": [{"length_m": 1.5, "force_n": 80, "strands": 2}],
                    "rest_length_m": 2.08,
                    "from": "foot_r",
                    "to": "hand_r",
                },
            ],
        },
    },
}
"""Bodies that show what can be asked."""
