"""The search: every exercise in turn, from the coarse grid to exact figures, and the best few of all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bandwright.loads import load_forces
from bandwright.mechanics import hand_force
from bandwright.search.appraise import Appraiser, Plain, plain_of
from bandwright.search.arm import Groups, ReadyArm, ready_arm
from bandwright.search.build import made
from bandwright.search.candidate import Candidate
from bandwright.search.diversity import Choice, diverse, unbeaten
from bandwright.search.grade import best_of_families
from bandwright.search.grid import Steps
from bandwright.search.objective import Limits, Objective
from bandwright.search.pool import EffortPool
from bandwright.search.refine import Placed, placed, refined
from bandwright.search.routes import ExerciseSpace
from bandwright.search.screen import Screen, first_pool, screen_of
from bandwright.search.stock import Stock
from bandwright.search.sweep import Screened, screened

Array = NDArray[np.float64]

SEED: Final = 41
"""Of the directions that strength is first worked out along; the answer is exact whatever they are."""

WINDOW_ROUNDING: Final = 1e-6
"""A peak effort this near to the window counts as inside [-]."""


COARSE: Final = Steps()
"""The usual grid."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to search."""

    top: int = 5
    alike_cost: float = 0.15
    """What being entirely like one already chosen costs in score (convention)."""
    steps: Steps = COARSE
    threads: int | None = None
    families: int = 24
    """Families of one exercise that are placed to the centimetre, at most."""
    refine: bool = True
    """Whether to leave the grid's own points; without, every cell kept is proved exactly, which takes longer."""


@dataclass(frozen=True, slots=True)
class Finalist:
    """A candidate with its exact figures."""

    candidate: Candidate
    effort: Array
    peak: float
    score: float
    terms: dict[str, float]
    miss: float
    allowed: bool
    spine_share: float
    forward_tip: float
    lifted: bool

    @property
    def suits(self) -> bool:
        """Whether it is allowed and within the window."""
        return self.allowed and abs(self.miss) <= WINDOW_ROUNDING


@dataclass(slots=True)
class Found:
    """Everything the search found."""

    finalists: list[Finalist] = field(default_factory=list)
    screened: dict[int, Screened] = field(default_factory=dict)
    judged: int = 0
    best: tuple[Finalist, ...] = ()
    front: tuple[Finalist, ...] = ()
    ready: dict[int, tuple[Screen, Appraiser]] = field(default_factory=dict)
    """What the finalists' figures were worked out with, by exercise."""

    @property
    def suiting(self) -> int:
        """How many finalists suit."""
        return sum(one.suits for one in self.finalists)


@dataclass(frozen=True, slots=True)
class Search:
    """What is searched for, from what, and how."""

    stock: Stock
    objective: Objective
    limits: Limits
    options: Options = Options()


@dataclass(frozen=True, slots=True)
class Searched:
    """One exercise searched: what its figures were worked out with, how its candidates fared, and its finalists."""

    index: int
    screen: Screen
    appraiser: Appraiser
    tally: Screened
    finalists: list[Finalist]


def search_one(space: ExerciseSpace, index: int, what: Search) -> Searched:
    """Searches one exercise; several may be searched at once."""
    screen, appraiser = prepared(space, index, what)
    tally, finalists = finalists_of(screen, appraiser, what.options)
    return Searched(index, screen, appraiser, tally, finalists)


def add(found: Found, one: Searched) -> None:
    """Adds an exercise to what was found."""
    found.screened[one.index] = one.tally
    found.ready[one.index] = (one.screen, one.appraiser)
    found.judged += one.tally.judged
    found.finalists += one.finalists


def prepared(space: ExerciseSpace, index: int, what: Search) -> tuple[Screen, Appraiser]:
    """One exercise made ready: what the stock can do in it, and who appraises it."""
    objective = what.objective
    arm = ready_arm(space, wanted_groups(space, objective))
    plain = _plain(arm, space) if objective.weights.get("shift") else None
    screen = screen_of(arm, index, what.stock, what.options.steps)
    return screen, Appraiser(arm, objective, what.limits, plain)


def wanted_groups(space: ExerciseSpace, objective: Objective) -> Groups:
    """Elements of the groups that count, then of those that should stay idle."""
    return [
        [space.elements[group] for group in groups]
        for groups in (objective.muscles or space.targets, objective.against)
    ]


def _plain(arm: ReadyArm, space: ExerciseSpace) -> Plain | None:
    if not space.plain_loads:
        return None
    hand = hand_force(load_forces(space.plain_loads, space.posed), space.side, arm.poses)
    return plain_of(arm, np.concatenate([hand.grip, hand.wrist], axis=1))


def finalists_of(screen: Screen, appraiser: Appraiser, options: Options) -> tuple[Screened, list[Finalist]]:
    """The finalists of one exercise, exactly appraised, and how its candidates fared."""
    pool = first_pool(screen, np.random.default_rng(SEED))
    tally = screened(screen, pool, appraiser.window, options.threads)
    if not options.refine:
        return tally, _every(tally, screen, appraiser, options)
    chosen = best_of_families(tally, screen, appraiser, pool, options.families)
    if not chosen and tally.nearest is not None:
        chosen = [tally.nearest[1]]
    for moves in ((8, 4, 2, 1), (2, 1)):
        pool = _touched(pool, chosen, screen)
        chosen = list(refined(chosen, screen, appraiser, pool, moves))
    # Where a programme has been solved its bound is the effort.
    pool = _touched(pool, chosen, screen)
    return tally, _finalists(placed(chosen, screen, appraiser, pool))


def _every(tally: Screened, screen: Screen, appraiser: Appraiser, options: Options) -> list[Finalist]:
    """The best of each family by exact figures of everything kept: the bound may call a cell light that is not."""
    kept = [*tally.bare, *(one for part in tally.parts for one in part.candidates(screen))]
    if not kept and tally.nearest is not None:
        kept = [tally.nearest[1]]
    exact = placed(kept, screen, appraiser, None, on_grid=True)
    best: dict[object, int] = {}
    for i in np.argsort(-exact.value, kind="stable").tolist():
        best.setdefault(exact.candidates[i].family, i)
    finalists = _finalists(exact)
    return [finalists[i] for i in list(best.values())[: options.families]]


def _touched(pool: EffortPool, chosen: Sequence[Candidate], screen: Screen) -> EffortPool:
    """The pool with the exact strength along the forces of some candidates."""
    return pool.touching(made(chosen, screen).force)


def _finalists(exact: Placed) -> list[Finalist]:
    found = exact.found
    return [
        Finalist(
            candidate=one,
            effort=exact.effort[i],
            peak=float(found.peak[i]),
            score=float(found.score[i]),
            terms={name: float(values[i]) for name, values in found.terms.items()},
            miss=float(found.miss[i]),
            allowed=bool(found.allowed[i]),
            spine_share=float(found.spine_share[i]),
            forward_tip=float(found.forward_tip[i]),
            lifted=bool(found.lifted[i]),
        )
        for i, one in enumerate(exact.candidates)
    ]


def choose(found: Found, options: Options) -> None:
    """Sets the best few of the finalists, and those that no other beats in everything."""
    suiting = [one for one in found.finalists if one.suits]
    choices = [Choice(one.candidate, one.effort, one.score) for one in suiting]
    found.best = tuple(suiting[i] for i in diverse(choices, options.top, options.alike_cost))
    if suiting:
        names = ("evenness", "dose", "simplicity")
        figures = np.array([[one.terms[name] for name in names] for one in suiting])
        found.front = tuple(one for one, kept in zip(suiting, unbeaten(figures), strict=True) if kept)
