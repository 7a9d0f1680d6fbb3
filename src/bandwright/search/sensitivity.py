"""What small errors of placing, and of the band itself, do to an answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from bandwright.search.appraise import Appraiser, Handling
from bandwright.search.build import built
from bandwright.search.candidate import Candidate
from bandwright.search.pool import pool_of
from bandwright.search.refine import pieces_count
from bandwright.search.screen import Built, Screen, carried, per_kg

PLACING_M: Final = 0.05
"""How far off a stance or a grip may easily be [m]."""

BAND_SHARE: Final = 0.10
"""How far off a band's pull may easily be (MCMASTER2010: 8-19 % within a colour) [-]."""


@dataclass(frozen=True, slots=True)
class Nudge:
    """What one small change does."""

    what: str
    """`distance`, `height`, `grip` or `band`."""
    by: float
    """[m], or as a share for the band."""
    peak_effort: float
    evenness: float
    score: float


def sensitivity(candidate: Candidate, screen: Screen, appraiser: Appraiser) -> tuple[Nudge, ...]:
    """Exact figures of a candidate with each of its lengths and its bands a little off."""
    forces: list[tuple[str, float, Built | None]] = []
    for index, use in enumerate(candidate.uses):
        for name, word in (("distance_m", "distance"), ("height_m", "height"), ("free_m", "grip")):
            now = getattr(use.cell, name)
            for sign in (-1.0, 1.0) if now is not None else ():
                moved = replace(use.cell, **{name: now + sign * PLACING_M})
                forces.append((word, sign * PLACING_M, built(candidate.with_cell(index, moved), screen)))
    if candidate.uses:
        whole, bare = built(candidate, screen), _without_bands(candidate, screen)
        for sign in (-1.0, 1.0):
            if whole is not None:
                bands = (1.0 + sign * BAND_SHARE) * (whole.force - bare)
                other = Built(carried(bare + bands, screen.arm), whole.strain)
                forces.append(("band", sign * BAND_SHARE, other))
    made = [(word, by, one) for word, by, one in forces if one is not None]
    if not made:
        return ()
    force = np.array([one.force for _, _, one in made])
    # Where a programme has been solved its bound is the effort.
    effort = pool_of(screen.arm, list(force)).lower(force)
    count = np.full(len(made), float(pieces_count(candidate, screen.arm.space)))
    handling = Handling(count, np.array([one.strain for _, _, one in made]))
    found = appraiser.appraise(force, effort, handling)
    return tuple(
        Nudge(word, by, float(found.peak[i]), float(found.evenness[i]), float(found.score[i]))
        for i, (word, by, _) in enumerate(made)
    )


def _without_bands(candidate: Candidate, screen: Screen) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    force = screen.arm.base_force()
    if candidate.weight is not None:
        force = force + candidate.weight.mass_kg * per_kg(screen, candidate.weight)
    return force
