"""Where each input of an analysis comes from: measured, a maker's chart, or estimated."""

from __future__ import annotations

from collections.abc import Iterator

from bandwright.catalogue.setup import SetUp
from bandwright.curves.spread import MEASURED_STRENGTH_CV, STRENGTH_CV
from bandwright.loads import BandLoad, CableLoad, Load, WeightLoad
from bandwright.service.band_provenance import Provenance, band_provenance


def provenance(setup: SetUp) -> tuple[Provenance, ...]:
    """Where the numbers of an analysis come from: person, strength, loads, movement, muscles, spread."""
    return (
        _proportions(setup),
        _strength(setup),
        *(found for load in setup.loads for found in _load(load)),
        Provenance(
            f"movement: {setup.exercise.id}",
            "estimated",
            "; ".join(setup.exercise.sources),
            "Joint angles of one good repetition, as coached; your own may differ.",
        ),
        Provenance(
            "muscles",
            "estimated",
            "Seth2019; Belli2023",
            "Paths and sizes of a published model, scaled to your bones; a person's own differ.",
        ),
        Provenance(
            "spread",
            "estimated",
            "MCMASTER2010; UCHIDA2016; Holzbaur2007moment; Stobbe1982",
            "Band force, rest length and strength are drawn at random; body size and technique are not.",
        ),
    )


def _proportions(setup: SetUp) -> Provenance:
    given = (setup.person.upper_arm_m, setup.person.forearm_m)
    if None not in given:
        return Provenance("body size", "measured", "given", "Stature, mass and arm lengths as you gave them.")
    note = "Stature and mass as you gave them; bone lengths are the mean for that stature and sex."
    return Provenance("body size", "estimated", "ANSURII", note)


def _strength(setup: SetUp) -> Provenance:
    if setup.strength_curve == "measured":
        said = f"Through your {len(setup.pulls)} pulls; about ±{100 * MEASURED_STRENGTH_CV:.0f} % from day to day."
        return Provenance("strength", "measured", "given", said)
    note = f"The model's estimate for your size and sex; people differ by about ±{100 * STRENGTH_CV:.0f} %."
    if setup.strength_curve == "coach":
        note = f"The coach's shape at the size of the computed curve; people differ by ±{100 * STRENGTH_CV:.0f} %."
        return Provenance("strength", "estimated", "COACH; Holzbaur2007moment; Stobbe1982", note)
    return Provenance("strength", "estimated", "Holzbaur2007moment; Stobbe1982", note)


def _load(load: Load) -> Iterator[Provenance]:
    if isinstance(load, BandLoad):
        yield band_provenance(load.band, f"{load.id}: {load.band.name}")
    elif isinstance(load, WeightLoad):
        pieces = f"{load.count} x " if load.count > 1 else ""
        yield Provenance(f"{load.id}: {pieces}{load.mass_kg:g} kg", "measured", "given", "As you gave it.")
    elif isinstance(load, CableLoad):
        yield Provenance(f"{load.id}: {load.force_n:g} N", "measured", "given", "As you gave it.")
