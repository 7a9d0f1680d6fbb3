"""The designer: what a person owns and wants in, the best few set-ups with reasons out."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Final

from bandwright.body import Person
from bandwright.catalogue.exercise import Exercise
from bandwright.catalogue.exercises import find_exercise, load_exercises
from bandwright.catalogue.gear import Gear
from bandwright.catalogue.load_checks import FindBand, find_in_catalogue
from bandwright.catalogue.objectives import AimTable, load_objectives
from bandwright.catalogue.setup import SetUp, person_table
from bandwright.catalogue.setups import read_setup
from bandwright.catalogue.tables import Intent
from bandwright.curves.fit_strength import FittedHolder
from bandwright.curves.measures import repetitions
from bandwright.curves.verdict import Verdict
from bandwright.errors import InfeasibleError, Problem
from bandwright.numerics.threads import side_by_side
from bandwright.search.find import (
    Finalist,
    Found,
    Options,
    Search,
    Searched,
    add,
    choose,
    search_one,
)
from bandwright.search.objective import Limits, Objective, Term
from bandwright.search.routes import ExerciseSpace
from bandwright.search.sensitivity import Nudge, sensitivity
from bandwright.service.analysis import Analysis, analyse
from bandwright.service.design_gear import told_to_owner
from bandwright.service.design_misses import Shortfall, infeasible_problems, shortfall
from bandwright.service.design_space import Rejection, space_of, stock_of
from bandwright.service.design_words import how_to, load_tables
from bandwright.service.judge import judge
from bandwright.service.metrics import BALANCE_M

USUAL: Final = Options()


@dataclass(frozen=True, slots=True)
class Request:
    """What a person has, is and wants.

    `exercises` and `muscles` left empty: those that suit the intent, those the objective names. `reps` left out: the
    intent's usual ones, which are then a wish; given, they are a demand.
    """

    gear: Gear
    intent: Intent
    person: Person
    exercises: tuple[str, ...] = ()
    muscles: tuple[str, ...] = ()
    reps: tuple[float, float] | None = None
    reserve: float | None = None
    top: int = 5
    own_exercises: Path | None = None
    find_band: FindBand = find_in_catalogue
    holder: FittedHolder | None = None
    """The person's own strength; None: as people of that size and sex are."""
    options: Options = USUAL
    """How to search; `top` and what likeness costs are set from here and from the data."""


@dataclass(frozen=True, slots=True)
class DesignedSetUp:
    """One answer: the set-up, everything about it, and how to set it up."""

    setup: SetUp
    analysis: Analysis
    verdict: Verdict
    finalist: Finalist
    sensitivity: tuple[Nudge, ...]
    how_to: str


@dataclass(slots=True)
class _Searched:
    """What a search leaves behind: its finalists, and the exercises and the stock they are made of."""

    what: Search
    names: Mapping[str, str]
    """Of every exercise looked at, by id."""
    found: Found = field(default_factory=Found)
    spaces: list[ExerciseSpace] = field(default_factory=list)

    @property
    def total(self) -> int:
        """How many exercises are looked at."""
        return len(self.names)


@dataclass(slots=True)
class Design:
    """Everything the designer found, best first."""

    request: Request
    objective: Objective
    setups: tuple[DesignedSetUp, ...] = ()
    rejected: list[Rejection] = field(default_factory=list)
    lost: tuple[Shortfall, ...] = ()
    """What the best available lacks, when nothing meets the wish."""
    judged: int = 0
    complete: bool = True
    front: tuple[tuple[str, Finalist], ...] = ()
    """Exercise and figures of the finalists that no other beats in evenness, dose and simplicity at once."""


@dataclass(frozen=True, slots=True)
class Leader:
    """The best set-up found so far."""

    exercise: str
    score: float
    peak_effort: float
    evenness: float
    how_to: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a search has come: the exercise it is at, how many are done, and what they gave."""

    exercise: str
    done: int
    total: int
    judged: int
    suiting: int
    leader: Leader | None


Watch = Callable[[Progress], bool]
"""Is told of progress; answers False to stop with the best so far."""


def objective_of(request: Request) -> Objective:
    """The intent's objective with what the request says otherwise."""
    table = load_objectives()
    aim = table.intent[request.intent]
    weights: dict[Term, float] = {"strained": -table.limits.strained_cost.value}
    weights |= dict(aim.weights.items())
    low, high = request.reps or (aim.reps[0], aim.reps[1])
    return Objective(
        intent=request.intent,
        weights=weights,
        muscles=request.muscles or tuple(aim.muscles),
        against=tuple(one for one in aim.against if one not in request.muscles),
        reps=(low, high),
        reserve=aim.reserve if request.reserve is None else request.reserve,
        hold_effort=(table.limits.hold_low.value, table.limits.hold_high.value),
    )


def design(request: Request, watch: Watch | None = None) -> Design:
    """The best few set-ups that the gear allows.

    Args:
        request: what is owned and wanted.
        watch: is told of progress; answers False to stop with the best so far.

    Raises:
        InputError: an exercise is not known.
        InfeasibleError: nothing suits; says which limit, by how much, and what to buy or change.
        ModelError: the body cannot take up a movement.
    """
    steps, going = designing(request), True
    try:
        now = next(steps)
        while True:
            going = going and (watch is None or watch(now))
            now = steps.send(going)
    except StopIteration as end:
        found: Design = end.value
        return found


def designing(request: Request) -> Generator[Progress, bool, Design]:
    """The same in steps of a second or so: yields before each, and is sent False to stop with the best so far.

    Raises:
        InputError, InfeasibleError, ModelError: as `design`.
    """
    result = Design(request, objective_of(request))
    searched = yield from _searching(result)
    found, spaces, total = searched.found, searched.spaces, searched.total
    leader = _leader(searched)
    for one in _answers(result, searched):
        name = spaces[one.candidate.exercise].id
        # Whoever stops here waits for what is found already.
        yield Progress(searched.names[name], total, total, found.judged, found.suiting, leader)
        result.setups += (_designed(one, searched, request),)
    result.front = tuple((spaces[one.candidate.exercise].id, one) for one in found.front)
    return result


def best_setups(request: Request) -> tuple[SetUp, ...]:
    """The set-ups alone that `design` answers with, best first, none of them judged.

    Raises:
        InputError, InfeasibleError, ModelError: as `design`.
    """
    result = Design(request, objective_of(request))
    steps = _searching(result)
    try:
        next(steps)
        while True:
            steps.send(True)  # noqa: FBT003 — goes on
    except StopIteration as end:
        searched: _Searched = end.value
        return tuple(_setup(one, searched, request) for one in _answers(result, searched))


def _searching(result: Design) -> Generator[Progress, bool, _Searched]:
    """Every exercise in turn; says in the result what fell out and whether the search was cut short."""
    request, limits = result.request, load_objectives().limits
    exercises = exercises_for(request)
    what = Search(
        stock=stock_of(request.gear, _left_out(request)),
        objective=result.objective,
        limits=Limits(limits.spine_share.value, limits.forward_tip.value, BALANCE_M),
        options=_options(request, len(exercises), limits.alike_cost.value),
    )
    searched = _Searched(what, {exercise.id: exercise.name for exercise in exercises})
    found = searched.found
    with closing(side_by_side(_jobs(exercises, request, what), what.options.threads)) as coming:
        for done, exercise in enumerate(exercises):
            leader = _leader(searched)
            now = Progress(exercise.name, done, searched.total, found.judged, found.suiting, leader)
            result.complete = yield now
            if not result.complete:
                break
            one = next(coming)
            if isinstance(one, Rejection):
                result.rejected.append(one)
                continue
            # An exercise's number is its place among those that can be done.
            add(found, one)
            searched.spaces.append(one.screen.arm.space)
    choose(found, what.options)
    result.judged = found.judged
    result.rejected += _tally_words(found, searched.spaces)
    return searched


def _jobs(
    exercises: Sequence[Exercise], request: Request, what: Search
) -> Iterator[Callable[[], Rejection | Searched]]:
    """What is to be done for each exercise; the body takes up its movement when the job is drawn, one at a time."""
    holder, index = request.holder.holder if request.holder else None, 0
    for exercise in exercises:
        space = space_of(exercise, request.person, what.stock, request.find_band, holder)
        if isinstance(space, Rejection):
            yield partial(_itself, space)
            continue
        yield partial(search_one, space, index, what)
        index += 1


def _itself(one: Rejection) -> Rejection:
    return one


def _options(request: Request, exercises: int, alike_cost: float) -> Options:
    """The search's options: the more exercises, the fewer families of each, but enough to give every answer."""
    usual = request.options
    each = min(usual.families, max(request.top + 3, 4 * usual.families // max(exercises, 1)))
    return replace(usual, top=request.top, alike_cost=alike_cost, families=each)


def _leader(searched: _Searched) -> Leader | None:
    suiting = [one for one in searched.found.finalists if one.suits]
    if not suiting:
        return None
    best = max(suiting, key=lambda one: one.score)
    space = searched.spaces[best.candidate.exercise]
    said = how_to(best.candidate, space, searched.what.stock)
    return Leader(space.id, best.score, best.peak, best.terms["evenness"], said)


def _left_out(request: Request) -> Sequence[str]:
    return _aim(request).leave_out


def _aim(request: Request) -> AimTable:
    return load_objectives().intent[request.intent]


def exercises_for(request: Request) -> list[Exercise]:
    """The exercises named, or those whose files say that they suit the intent.

    Raises:
        InputError: there is no such exercise.
    """
    if request.exercises:
        return [find_exercise(one, request.own_exercises) for one in dict.fromkeys(request.exercises)]
    every = load_exercises(request.own_exercises).values()
    return [one for one in every if request.intent in one.intents]


def _answers(result: Design, searched: _Searched) -> tuple[Finalist, ...]:
    """The best few, or where none suits the nearest, noting what it lacks.

    Raises:
        InfeasibleError: nothing suits.
    """
    found, what = searched.found, searched.what
    best = found.best
    if not best:
        if not result.complete and not found.finalists:
            hint = "Let it look longer, or name an exercise."
            raise InfeasibleError(Problem("stopped", "Stopped before any set-up was found.", hint=hint))
        near = _nearest(found)
        result.lost = shortfall(near, found, searched.spaces, what)
        if not near or result.request.reps is not None:
            raise InfeasibleError(*infeasible_problems(result.lost, result.rejected, what))
        best = near[:1]
    return best


def _nearest(found: Found) -> tuple[Finalist, ...]:
    """Finalists that can be done at all, the nearest to the window first."""
    able = [one for one in found.finalists if one.allowed and one.peak < 1.0]
    return tuple(sorted(able, key=lambda one: (abs(one.miss), -one.score)))


def _tally_words(found: Found, spaces: list[ExerciseSpace]) -> list[Rejection]:
    """Exercises that could be done but of which nothing suits, and why the nearest does not."""
    said = []
    suited = {one.candidate.exercise for one in found.finalists if one.suits}
    for index in found.screened:
        if index not in suited:
            mine = [one for one in found.finalists if one.candidate.exercise == index]
            code, text = _why_not(min(mine, key=lambda one: abs(one.miss), default=None))
            said.append(Rejection(spaces[index].id, code, f"{spaces[index].name}: {text}."))
    return said


def _why_not(nearest: Finalist | None) -> tuple[str, str]:
    if nearest is None:
        return "cannot-be-rigged", "no band reaches without passing its limit, or all hang slack"
    if nearest.lifted:
        return "lifted", "in the hang the bands would carry more than you weigh"
    if not nearest.allowed:
        return "back-or-balance", "your lower back or your balance gives out first"
    if nearest.miss > 0.0:
        return "too-heavy", f"the easiest near the wish takes {nearest.peak:.0%} of what you can hold"
    return "too-light", f"the hardest near the wish leaves about {repetitions(nearest.peak):.0f} repetitions"


def _setup(one: Finalist, searched: _Searched, request: Request) -> SetUp:
    space = searched.spaces[one.candidate.exercise]
    table = {
        "exercise": space.id,
        "intent": request.intent,
        "person": person_table(request.person),
        "load": list(load_tables(one.candidate, space, searched.what.stock, request.gear)),
    }
    return read_setup(table, request.own_exercises, request.find_band)


def _designed(one: Finalist, searched: _Searched, request: Request) -> DesignedSetUp:
    candidate, setup = one.candidate, _setup(one, searched, request)
    analysis = analyse(setup, holder=request.holder)
    screen, appraiser = searched.found.ready[candidate.exercise]
    return DesignedSetUp(
        setup=setup,
        analysis=analysis,
        verdict=told_to_owner(
            judge(analysis, exercises=request.own_exercises),
            request.person,
            searched.what.stock,
            request.find_band,
            request.own_exercises,
        ),
        finalist=one,
        sensitivity=sensitivity(candidate, screen, appraiser),
        how_to=how_to(candidate, searched.spaces[candidate.exercise], searched.what.stock),
    )
