"""Where the figures of a study come from."""

from __future__ import annotations

from collections.abc import Iterator

from bandwright.body.own_strength import COMMON_SD
from bandwright.catalogue.study import Study
from bandwright.service.band_provenance import Provenance, band_provenance


def origins(study: Study) -> tuple[Provenance, ...]:
    """Each input of the study once: measured, a maker's chart or estimated."""
    bands = (band_provenance(band, f"band: {band.name}") for band in study.bands.values())
    exercises = {one.setup.exercise.id: one.setup.exercise for one in study.setups}
    return (
        *_people(study),
        *bands,
        *(
            Provenance(
                f"movement: {one.id}",
                "estimated",
                "; ".join(one.sources),
                "Joint angles of one good repetition, as coached.",
            )
            for one in exercises.values()
        ),
        Provenance(
            "strength", "estimated", "Holzbaur2007moment; Stobbe1982", "The model's, for size and sex."
        ),
        Provenance(
            "muscles", "estimated", "Seth2019; Belli2023", "Paths and sizes of a published model, scaled."
        ),
    )


def _people(study: Study) -> Iterator[Provenance]:
    yield Provenance("body size", "estimated", "ANSURII", "Bone lengths are the mean for stature and sex.")
    if "cohort" in study.table:
        note = (
            "Stature and mass drawn between a survey's first and 99th percentile (soldiers, fitter than most). That "
            f"the two go together by 0.5 and strength differs by {100 * COMMON_SD:.0f} % are conventions."
        )
        yield Provenance("cohort", "estimated", "ANSURII; Holzbaur2007moment; Stobbe1982", note)
