"""The second pass over one exercise: the muscles of what the first one kept, the most promising first.

Nothing is left out that could still be its family's best among the best families: what a candidate can score at most
is known before its muscles are, since none of them can do more than everything. A family that has candidates inside
the window is judged by those alone: the others are no answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bandwright.numerics.arrays import IntArray
from bandwright.search.appraise import Appraiser, Handling
from bandwright.search.candidate import Candidate
from bandwright.search.most_dose import most_doses, unknown_dose
from bandwright.search.pool import EffortPool
from bandwright.search.refine import MISS_COST, placed, value_of
from bandwright.search.screen import Screen, held_forces
from bandwright.search.sweep import Part, Screened

Array = NDArray[np.float64]

BOUND_ERROR: Final = 0.02
"""How much lower than the effort its bound may be in the first pass, as a share; a quarter of it is usual [-]."""

DEEP: Final = 50_000
"""Candidates of one exercise whose muscles are worked out, at most; the most promising ones."""

AT_A_TIME: Final = 256
"""Candidates between two looks at what is still worth a look."""

MANY: Final = 2000
"""Candidates from which on a table of what their muscles can do is worth making."""


@dataclass(frozen=True, slots=True)
class Kept:
    """All R candidates with bands that the first pass kept, in the order of its parts."""

    parts: Sequence[Part]
    part: IntArray
    """(R,) which part each is of."""
    row: IntArray
    """(R,) its row there."""
    family: IntArray
    """(R,)."""
    ceiling: Array
    """(R,) what its value can be at most; -inf where another of its family is inside the window and it is not."""

    def candidate(self, one: int, screen: Screen) -> Candidate:
        """One of them."""
        return self.parts[int(self.part[one])].candidate(int(self.row[one]), screen)


def best_of_families(
    found: Screened, screen: Screen, appraiser: Appraiser, pool: EffortPool, most: int
) -> list[Candidate]:
    """The best candidate of each of the best families, best first."""
    bare: Sequence[Candidate] = ()
    values = np.zeros(0)
    if found.bare:
        here = placed(found.bare, screen, appraiser, pool, on_grid=True)
        values, bare = here.value, here.candidates
    kept = kept_of(found.parts, screen, appraiser)
    value, at = _graded(kept, screen, appraiser, pool, most)
    graded = at[at >= 0]
    order = np.argsort(-np.concatenate([values, value[at >= 0]]), kind="stable")[:most]
    return [
        bare[i] if i < len(bare) else kept.candidate(int(graded[i - len(bare)]), screen)
        for i in order.tolist()
    ]


def kept_of(parts: Sequence[Part], screen: Screen, appraiser: Appraiser) -> Kept:
    """What the parts hold, side by side."""
    names: dict[tuple[object, ...], int] = {}
    family = [np.zeros(0, np.int64)]
    for part in parts:
        mine = np.zeros(len(part.pair), np.int64)
        for rows, name in part.families():
            mine[rows] = names.setdefault(name, len(names))
        family.append(mine)
    sizes = [len(part.pair) for part in parts]
    of = np.concatenate(family)
    inside = np.concatenate(
        [np.zeros(0, bool), *(np.abs(part.miss) <= np.log1p(BOUND_ERROR) for part in parts)]
    )
    suited = np.zeros(len(names), bool)
    suited[of[inside]] = True
    worth = inside | ~suited[of]
    ceiling = np.full(len(of), -np.inf)
    if parts:
        chosen = [np.flatnonzero(mine) for mine in np.split(worth, np.cumsum(sizes)[:-1])]
        ceiling[worth] = _ceilings(parts, chosen, screen, appraiser)
    return Kept(
        parts,
        np.repeat(np.arange(len(parts)), sizes),
        np.concatenate([np.zeros(0, np.int64), *(np.arange(size) for size in sizes)]),
        of,
        ceiling,
    )


def _ceilings(
    parts: Sequence[Part], chosen: Sequence[IntArray], screen: Screen, appraiser: Appraiser
) -> Array:
    """What the values of the chosen rows of all parts can be at most (R,)."""
    objective, count = appraiser.objective, sum(len(rows) for rows in chosen)
    even = np.concatenate([part.even[rows] for part, rows in zip(parts, chosen, strict=True)])
    miss = np.concatenate([part.miss[rows] for part, rows in zip(parts, chosen, strict=True)])
    pieces = np.concatenate(
        [part.handling(rows, screen).pieces for part, rows in zip(parts, chosen, strict=True)]
    )
    most = unknown_dose(count)
    if count >= MANY and not screen.arm.space.hanging and not screen.wrists:
        held = held_forces(screen)
        most = most_doses(
            screen.arm, [part.loads(rows, held) for part, rows in zip(parts, chosen, strict=True)]
        )
    score = objective.ceiling(even * (1.0 + BOUND_ERROR), pieces, most.whole, most.shortened)
    return np.asarray(score - MISS_COST * np.maximum(np.abs(miss) - np.log1p(BOUND_ERROR), 0.0))


def _graded(
    kept: Kept, screen: Screen, appraiser: Appraiser, pool: EffortPool, most: int
) -> tuple[Array, IntArray]:
    """Best value of each family and which candidate has it; -1 where no candidate of it was worth a look."""
    families = int(kept.family.max(initial=-1)) + 1
    value, at = np.full(families, -np.inf), np.full(families, -1)
    order = np.argsort(-kept.ceiling, kind="stable")
    looked = 0
    for start in range(0, len(order), AT_A_TIME):
        rows = order[start : start + AT_A_TIME]
        cut = np.partition(value, -most)[-most] if families > most else -np.inf
        if kept.ceiling[rows[0]] <= cut or looked >= DEEP:
            break
        rows = rows[kept.ceiling[rows] > np.maximum(value[kept.family[rows]], cut)]
        gained = _values(kept, rows, screen, appraiser, pool)
        looked += len(rows)
        # The last of equal indices stands, so the best comes last.
        for i in np.argsort(gained, kind="stable")[::-1]:
            family = kept.family[rows[i]]
            if gained[i] > value[family]:
                value[family], at[family] = gained[i], rows[i]
    return value, at


def _values(kept: Kept, rows: IntArray, screen: Screen, appraiser: Appraiser, pool: EffortPool) -> Array:
    """Values of some candidates (R',)."""
    force = np.zeros((len(rows), screen.arm.poses, 6))
    pieces, strain = np.zeros(len(rows)), np.zeros(len(rows))
    for part in np.unique(kept.part[rows]):
        there = np.nonzero(kept.part[rows] == part)[0]
        mine = kept.row[rows[there]]
        force[there] = kept.parts[part].force(mine, screen)
        handling = kept.parts[part].handling(mine, screen)
        pieces[there], strain[there] = handling.pieces, handling.strain
    return value_of(appraiser.appraise(force, pool.lower(force), Handling(pieces, strain)))
