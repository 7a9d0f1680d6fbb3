"""What people lift, against what the median man and woman of the model could."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from bandwright.body import Person, Sex
from bandwright.catalogue.setups import default_setup
from bandwright.catalogue.validation_tables import rows_of
from bandwright.curves.measures import repetitions
from bandwright.loads import BodyWeightLoad, CableLoad, WeightLoad
from bandwright.loads.load import Load
from bandwright.service.analysis import analyse
from bandwright.service.claims import MEDIAN_MAN
from bandwright.service.validation.emg_tables import movement
from bandwright.service.validation.markdown import table
from bandwright.units import GRAVITY_M_S2

Kind = Literal["rm_over_mass", "reps_at", "reps"]

MEDIAN: Final[Mapping[Sex, Person]] = {"male": MEDIAN_MAN, "female": Person("female", 1.626, 66.8)}
"""The median man and woman (ANSURII)."""


@dataclass(frozen=True, slots=True)
class Feat:
    """One published feat; `share` is of the one repetition maximum."""

    id: str
    source: str
    name: str
    kind: Kind
    exercise: str
    sex: Sex
    share: float | None
    value: float
    sd: float | None
    who: str
    usable: bool
    known_miss: bool
    """Whether the model is on record as outside the study's SD."""

    @property
    def person(self) -> Person:
        """Whom of the model it is set against."""
        return MEDIAN[self.sex]


@cache
def feats() -> tuple[Feat, ...]:
    """Every published feat."""
    return tuple(
        Feat(
            id=row["id"],
            source=row["source"],
            name=row["feat"],
            kind=row["kind"],  # type: ignore[arg-type]
            exercise=row["exercise"],
            sex=row["sex"],  # type: ignore[arg-type]
            share=float(row["share"]) if row["share"] else None,
            value=float(row["value"]),
            sd=float(row["sd"]) if row["sd"] else None,
            who=row["who"],
            usable=row["verified"] == "yes",
            known_miss=row["known_miss"] == "yes",
        )
        for row in rows_of("feats.csv")
    )


def modelled(feat: Feat) -> float:
    """What the model gives for the feat, in its own unit."""
    if feat.kind == "reps_at":
        return repetitions(feat.share or 1.0)
    effort, load_n = peak_effort(feat.exercise, feat.person)
    if feat.kind == "reps":
        return repetitions(effort) if effort <= 1.0 else 0.0
    return load_n / effort / (feat.person.mass_kg * GRAVITY_M_S2)


@cache
def peak_effort(exercise: str, person: Person) -> tuple[float, float]:
    """Peak effort [-] of an exercise as written, and its whole load [N]; the greatest load is their quotient."""
    setup = default_setup(movement(exercise), person)
    effort = analyse(setup, with_spread=False).summary.peak_effort
    return effort, sum(_weight_n(load, person) for load in setup.loads)


def _weight_n(load: Load, person: Person) -> float:
    match load:
        case CableLoad():
            return load.force_n
        case WeightLoad():
            return load.mass_kg * load.count * GRAVITY_M_S2
        case BodyWeightLoad():
            return person.mass_kg * GRAVITY_M_S2
        case _:
            return 0.0


def feats_lines() -> list[str]:
    """The section as lines of Markdown."""
    return [
        "## What people lift",
        "",
        "None of these figures was used in the fit of the strengths. The model's people are the median man (1.755 m,",
        "84.6 kg) and woman (1.626 m, 66.8 kg) of a survey; the studies' people are students who lift or people who",
        "log their lifts, and stronger for their mass. The model knows no speed here: a hold at the weakest pose is",
        "its one repetition maximum. The lat pulldown is held half-way. Rows not seen in a paper have low trust.",
        "",
        *table(
            ("feat", "people", "sex", "measured", "model", "model / measured", "seen"), map(_line, feats())
        ),
    ]


def _line(feat: Feat) -> tuple[str, ...]:
    found = modelled(feat)
    digits = 1 if feat.kind != "rm_over_mass" else 2
    spread = f" ± {feat.sd:.{digits}f}" if feat.sd is not None else ""
    return (
        f"{feat.name} ({feat.source})",
        feat.who,
        feat.sex,
        f"{feat.value:.{digits}f}{spread}",
        f"{found:.{digits}f}",
        f"{found / feat.value:.2f}",
        "yes" if feat.usable else "no",
    )
