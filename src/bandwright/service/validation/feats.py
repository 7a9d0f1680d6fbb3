"""What people lift, against what the median man and woman of the model could."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal, get_args

from bandwright.body import Person, Sex
from bandwright.catalogue.anatomy import SEXES
from bandwright.catalogue.cells import word_in
from bandwright.catalogue.setups import default_setup
from bandwright.catalogue.validation_tables import rows_of
from bandwright.curves.measures import repetitions
from bandwright.loads import BodyWeightLoad, CableLoad, WeightLoad
from bandwright.loads.load import Load
from bandwright.service.analysis import analyse
from bandwright.service.claims import MEDIAN_MAN
from bandwright.service.momentum import effort_by_momentum
from bandwright.service.validation.emg_tables import movement
from bandwright.service.validation.markdown import table
from bandwright.units import GRAVITY_M_S2

Kind = Literal["rm_over_mass", "reps_at", "reps"]

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

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
            kind=word_in(row, "kind", KINDS),
            exercise=row["exercise"],
            sex=word_in(row, "sex", SEXES),
            share=float(row["share"]) if row["share"] else None,
            value=float(row["value"]),
            sd=float(row["sd"]) if row["sd"] else None,
            who=row["who"],
            usable=row["verified"] == "yes",
            known_miss=row["known_miss"] == "yes",
        )
        for row in rows_of("feats.csv")
    )


@dataclass(frozen=True, slots=True)
class Modelled:
    """What the model gives for a feat, in its unit: if the load must be held everywhere, and if it may be swung."""

    held: float
    swung: float


def modelled(feat: Feat) -> Modelled:
    """What the model gives for the feat, in its own unit."""
    if feat.kind == "reps_at":
        both = repetitions(feat.share or 1.0)
        return Modelled(both, both)
    found = _efforts(feat.exercise, feat.person)
    if feat.kind == "reps":
        return Modelled(repetitions(found.held), repetitions(found.swung))
    over_mass = found.load_n / (feat.person.mass_kg * GRAVITY_M_S2)
    return Modelled(over_mass / found.held, over_mass / found.swung)


@dataclass(frozen=True, slots=True)
class _Efforts:
    """Effort of an exercise as written [-], held and swung, and its whole load [N]."""

    held: float
    swung: float
    load_n: float


@cache
def _efforts(exercise: str, person: Person) -> _Efforts:
    """Efforts of an exercise as written; the greatest load is the load over an effort."""
    setup = default_setup(movement(exercise), person)
    analysis = analyse(setup, with_spread=False)
    load_n = sum(_weight_n(load, person) for load in setup.loads)
    return _Efforts(analysis.summary.peak_effort, effort_by_momentum(analysis), load_n)


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
        "log their lifts, and stronger for their mass. *Held*: the load can be held still at the weakest place of",
        "the lift. *Swung*: it need be held nowhere, and what is strong in the lift carries it past what is weak, as",
        "people do when they test a repetition maximum (decision 0012); muscles lose no strength to speed in it. The",
        "lat pulldown is held half-way, so its figures are one. Rows not seen in a paper have low trust.",
        "",
        *table(
            ("feat", "people", "sex", "measured", "model, held", "model, swung", "swung / measured", "seen"),
            map(_line, feats()),
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
        f"{found.held:.{digits}f}",
        f"{found.swung:.{digits}f}",
        f"{found.swung / feat.value:.2f}",
        "yes" if feat.usable else "no",
    )
