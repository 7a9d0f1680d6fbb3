"""Where each input of an analysis comes from: measured, a maker's chart, or estimated."""

from __future__ import annotations

from collections.abc import Iterator

from bandwright.catalogue.setup import SetUp
from bandwright.catalogue.specific_tension import load_specific_tension
from bandwright.curves.spread import MEASURED_STRENGTH_CV, STRENGTH_CV
from bandwright.loads import BandLoad, CableLoad, Load, WeightLoad
from bandwright.service.analysis import Analysis
from bandwright.service.band_provenance import Provenance, band_provenance


def provenance(analysis: Analysis) -> tuple[Provenance, ...]:
    """Where the numbers of an analysis come from: person, strength, loads, movement, muscles, spread."""
    setup = analysis.setup
    return (
        _proportions(setup),
        _strength(analysis),
        *(found for load in setup.loads for found in _load(load)),
        _movement(setup),
        Provenance(
            "muscles",
            "estimated",
            "Seth2019; Belli2023",
            "Paths and sizes of a published model, scaled to your bones; a person's own differ.",
        ),
        _muscle_force(setup),
        Provenance(
            "spread",
            "estimated",
            "MCMASTER2010; UCHIDA2016; Holzbaur2007moment; Stobbe1982; ANSURII; Dayanidhi2005; HallaceliCimbiz",
            "Band force and length, strength by muscle group, arm lengths, shoulder breadth and scapular motion are "
            "drawn at random; the rest of technique is not.",
        ),
    )


def _movement(setup: SetUp) -> Provenance:
    what = f"movement: {setup.exercise.name}"
    if setup.exercise.movement.recorded:
        return Provenance(what, "measured", "given", "Joint angles as you recorded them.")
    note = "Joint angles of one good repetition, as coached; your own may differ."
    return Provenance(what, "estimated", "; ".join(setup.exercise.sources), note)


def _proportions(setup: SetUp) -> Provenance:
    given = (setup.person.upper_arm_m, setup.person.forearm_m)
    if None not in given:
        return Provenance("body size", "measured", "given", "Stature, mass and arm lengths as you gave them.")
    note = "Stature and mass as you gave them; bone lengths are the mean for that stature and sex."
    return Provenance("body size", "estimated", "ANSURII", note)


def _strength(analysis: Analysis) -> Provenance:
    setup = analysis.setup
    if analysis.holder is not None and setup.strength_curve == "computed":
        spread = analysis.holder.strength_cv(analysis.working)
        said = f"Fitted to your own pulls and sets; about ±{100 * spread:.0f} % in this exercise."
        return Provenance("strength", "measured", "given", said)
    if setup.strength_curve == "measured":
        said = f"Through your {len(setup.pulls)} pulls; about ±{100 * MEASURED_STRENGTH_CV:.0f} % from day to day."
        return Provenance("strength", "measured", "given", said)
    note = f"The model's estimate for your size and sex; people differ by about ±{100 * STRENGTH_CV:.0f} %."
    if setup.strength_curve == "coach":
        note = f"The coach's shape at the size of the computed curve; people differ by ±{100 * STRENGTH_CV:.0f} %."
        return Provenance("strength", "estimated", "COACH; Holzbaur2007moment; Stobbe1982", note)
    return Provenance("strength", "estimated", "Holzbaur2007moment; Stobbe1982", note)


def _muscle_force(setup: SetUp) -> Provenance:
    tension = load_specific_tension()
    note = (
        f"Cross-section x {tension.active:g} N/cm² x a factor by group, changing with the muscle's length"
        f"{' and speed' if setup.tempo else ''}; stretched muscle pulls back with up to {tension.passive:g} N/cm²."
    )
    return Provenance("muscle force", "estimated", "Seth2019; Powell1984; Thelen2003", note)


def _load(load: Load) -> Iterator[Provenance]:
    if isinstance(load, BandLoad):
        yield band_provenance(load.band, f"{load.id}: {load.band.name}")
    elif isinstance(load, WeightLoad):
        pieces = f"{load.count} x " if load.count > 1 else ""
        yield Provenance(f"{load.id}: {pieces}{load.mass_kg:g} kg", "measured", "given", "As you gave it.")
    elif isinstance(load, CableLoad):
        yield Provenance(f"{load.id}: {load.force_n:g} N", "measured", "given", "As you gave it.")
