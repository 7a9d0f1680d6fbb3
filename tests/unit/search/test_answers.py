"""What every answer of the designer must keep to, whatever is owned."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bandwright.body import Person
from bandwright.catalogue.exercises import find_exercise
from bandwright.catalogue.gear import read_gear
from bandwright.catalogue.load_checks import find_in_catalogue
from bandwright.catalogue.tables import Intent
from bandwright.errors import InfeasibleError
from bandwright.loads import BandLoad, Point, WeightLoad
from bandwright.service.design import Design, DesignedSetUp, Progress, Request, design
from bandwright.service.design_gear import told_to_owner
from bandwright.service.design_space import Rejection, space_of, stock_of
from bandwright.service.judge import judge
from bandwright.units import GRAVITY_M_S2
from tests.unit.search.small import PERSON, QUICK, found, gear_of

PRODUCTS = ("rogue-monster-0", "rogue-monster-1", "rogue-monster-2", "theraband-green", "theraband-tube-blue")
EXERCISES = ("standing-band-row", "face-pull", "bent-over-band-row", "band-pull-apart", "kettlebell-band-row")
FACE_M = 0.15


def bands_of(one: DesignedSetUp) -> list[BandLoad]:
    """The bands of an answer."""
    return [load for load in one.setup.loads if isinstance(load, BandLoad)]


@settings(max_examples=5, deadline=None, derandomize=True)
@given(
    owned=st.dictionaries(st.sampled_from(PRODUCTS), st.integers(1, 2), min_size=1, max_size=3),
    exercise=st.sampled_from(EXERCISES),
    heights=st.lists(st.sampled_from([0.1, 0.8, 1.2, 1.6]), min_size=1, max_size=2, unique=True),
    free_m=st.sampled_from([1.2, 2.0, 3.0]),
)
def test_no_answer_leaves_stock_room_or_limits(
    owned: dict[str, int], exercise: str, heights: list[float], free_m: float
) -> None:
    """Counts, anchor heights, room, stretch limits, repetitions and the warning of the face, in every answer."""
    bell = {"id": "bell", "kind": "kettlebell", "mass_kg": 6.0}
    gear = gear_of(owned, [bell], heights, free_m)
    try:
        design = found(gear, "posture", exercise)
    except InfeasibleError:
        return
    for one in design.setups:
        _kept_to(one, owned, heights, free_m)
        if not design.lost:
            window = design.objective.window(isometric=one.setup.exercise.movement.isometric)
            assert window.low - 1e-5 <= one.analysis.summary.peak_effort <= window.high + 1e-5


def _kept_to(one: DesignedSetUp, owned: dict[str, int], heights: list[float], free_m: float) -> None:
    taken: dict[str, int] = {}
    for load in bands_of(one):
        taken[load.band.id] = taken.get(load.band.id, 0) + load.count
        if isinstance(load.origin, Point):
            assert any(load.origin.z_m == pytest.approx(height) for height in heights)
            behind = min(float(path[:, 0].min()) for path in one.analysis.posed.points.values())
            assert load.origin.x_m - behind <= free_m
    assert all(count <= owned[band] for band, count in taken.items())
    for force in one.analysis.forces:
        if force.band is not None:
            band = next(load.band for load in bands_of(one) if load.id == force.id)
            assert float(force.band.stretch_ratio.max()) <= band.max_stretch
    assert one.analysis.summary.peak_effort < 1.0
    weights = [load for load in one.setup.loads if isinstance(load, WeightLoad)]
    assert all((load.mass_kg, load.count) == (6.0, 1) for load in weights)
    if _face_line_m(one) < FACE_M:
        assert "face_line" in {warning.code for warning in one.verdict.warnings}


def _face_line_m(one: DesignedSetUp) -> float:
    """Least distance of the eyes to the line of a well stretched band from anchor to hand and on [m]."""
    posed, least = one.analysis.posed, np.inf
    for load in bands_of(one):
        state = next(force.band for force in one.analysis.forces if force.id == load.id)
        if not isinstance(load.origin, Point) or state is None:
            continue
        start = np.array([load.origin.x_m, load.origin.y_m, load.origin.z_m])
        along = posed.points["hand_r"] - start
        to_eyes = posed.points["eyes"] - start
        share = np.einsum("ki,ki->k", to_eyes, along) / np.einsum("ki,ki->k", along, along)
        away = np.linalg.norm(to_eyes - np.maximum(share, 0.0)[:, None] * along, axis=1)
        least = min(least, float(away[state.stretch_ratio > 1.5].min(initial=np.inf)))
    return least


def signature(design: Design) -> list[tuple[str, float, str]]:
    """What an answer is, without the order of the stock."""
    return [(one.setup.exercise.id, round(one.finalist.score, 9), one.how_to) for one in design.setups]


def test_neither_threads_nor_the_order_of_the_gear_change_the_answer() -> None:
    """One thread or two, gear listed either way: the same set-ups with the same scores."""
    owned = {"rogue-monster-1": 1, "rogue-monster-2": 1}
    forward = gear_of(owned, heights=(0.8, 1.2))
    backward = gear_of(dict(reversed(owned.items())), heights=(1.2, 0.8))
    first = found(forward, "strength-and-size", "standing-band-row", options=replace(QUICK, threads=1))
    assert signature(first) == signature(
        found(forward, "strength-and-size", "standing-band-row", options=replace(QUICK, threads=2))
    )
    other = found(backward, "strength-and-size", "standing-band-row")
    assert [one.finalist.score for one in other.setups] == pytest.approx(
        [one.finalist.score for one in first.setups]
    )


def test_answers_differ_from_each_other() -> None:
    """No two answers have the same exercise with the same bands and weight."""
    gear = gear_of({"rogue-monster-1": 2, "rogue-monster-2": 1}, heights=(0.8, 1.2))
    setups = found(gear, "strength-and-size", "standing-band-row", "bent-over-band-row").setups
    families = [one.finalist.candidate.family for one in setups]
    assert len(set(families)) == len(families) >= 2


def test_stopped_early_it_gives_the_best_so_far() -> None:
    """Stopped after the first exercise, the answer is that exercise's, and says that it is not complete."""
    gear = gear_of({"rogue-monster-2": 1}, heights=(0.8, 1.2))
    named = ("standing-band-row", "bent-over-band-row")
    request = Request(gear, "strength-and-size", PERSON, named, find_band=find_in_catalogue, options=QUICK)

    def watch(now: Progress) -> bool:
        return now.done < 1

    stopped = design(request, watch)
    assert not stopped.complete
    assert {one.setup.exercise.id for one in stopped.setups} == {"standing-band-row"}


def test_a_demand_that_nothing_meets_says_by_how_much_and_what_to_buy() -> None:
    """A thin loop cannot leave only six to eight repetitions: refused with a factor and a product."""
    gear = gear_of({"rogue-monster-0": 1})
    with pytest.raises(InfeasibleError) as caught:
        found(gear, "strength-and-size", "bent-over-band-row", reps=(3.0, 4.0))
    (problem,) = caught.value.problems
    assert problem.code == "too-light"
    assert "times as hard" in problem.message
    assert problem.hint is not None
    assert "rogue-monster" in problem.hint or "such as" in problem.hint


def test_a_wish_that_nothing_meets_gives_the_nearest_and_what_is_lost() -> None:
    """Without --reps the same gear gets its best, with what it lacks."""
    design = found(gear_of({"rogue-monster-0": 1}), "strength-and-size", "bent-over-band-row")
    assert len(design.setups) == 1
    assert design.lost[0].code == "too-light"
    assert design.lost[0].by > 1.0


@pytest.mark.parametrize(
    ("exercise", "intent", "code"),
    [
        ("pull-up", "strength-and-size", "no-bar"),
        ("cable-row", "posture", "no-cable"),
        ("chest-supported-isometric-band-row", "squeeze", "no-bench"),
        ("face-pull", "posture", "no-anchor"),
        ("dumbbell-row-mini-band", "direction", "no-band"),
        ("bent-over-dumbbell-row", "strength-and-size", "no-weight"),
    ],
)
def test_what_cannot_be_done_with_this_gear_says_why(exercise: str, intent: Intent, code: str) -> None:
    """Each exercise that needs something not owned names it."""
    with pytest.raises(InfeasibleError) as caught:
        found(gear_of({"rogue-monster-1": 1}), intent, exercise)
    assert [problem.code for problem in caught.value.problems] == [code]


@pytest.mark.parametrize("owned", [(4, 5, 6, 7), (6, 7), (5,)])
def test_no_help_lifts_anybody_out_of_the_hang(owned: tuple[int, ...]) -> None:
    """However much is needed at the top: what helps there helps more below."""
    gear = gear_of({f"rogue-monster-{size}": 1 for size in owned}, pull_up_bar=True)
    woman = Person("female", 1.63, 67.0)
    answers = design(Request(gear, "assistance", woman, ("band-assisted-pull-up",), options=QUICK))
    for one in answers.setups:
        helps = [force.on_body[:, 2] for force in one.analysis.forces if force.on_body is not None]
        assert 0.0 < np.sum(helps, axis=0).max() < GRAVITY_M_S2 * woman.mass_kg


def test_bands_that_would_lift_a_person_are_refused_as_such() -> None:
    """And none of them is offered as the nearest."""
    gear = gear_of({"rogue-monster-7": 1}, pull_up_bar=True)
    with pytest.raises(InfeasibleError) as caught:
        design(
            Request(
                gear, "assistance", Person("female", 1.6, 52.0), ("band-assisted-pull-up",), options=QUICK
            )
        )
    assert [problem.code for problem in caught.value.problems] == ["lifted"]


def test_a_room_too_short_says_by_how_much() -> None:
    """A row from a door in 40 cm is refused with the centimetres that lack, and these are just enough."""

    def space_in(free_m: float) -> object:
        stock = stock_of(gear_of({"rogue-monster-2": 1}, heights=(0.8, 1.2), free_m=free_m))
        return space_of(find_exercise("standing-band-row"), PERSON, stock, find_in_catalogue)

    refused = space_in(0.4)
    assert isinstance(refused, Rejection)
    assert refused.code == "room"
    needed, there, lacks = (int(number) for number in re.findall(r"(\d+) cm", refused.text))
    assert (there, needed) == (40, 40 + lacks)
    assert isinstance(space_in((needed - 1) / 100), Rejection)
    assert not isinstance(space_in(needed / 100), Rejection)


def test_a_ceiling_too_low_says_by_how_much() -> None:
    """Standing under 150 cm is refused with the height that is needed and what lacks."""
    gear = read_gear(
        {
            "room": {"free_m": 2.5, "ceiling_m": 1.5},
            "band": [{"id": "loop", "product": "rogue-monster-1"}],
            "anchor": [{"id": "door", "heights_m": [1.0]}],
        }
    )
    with pytest.raises(InfeasibleError) as caught:
        found(gear, "strength-and-size", "standing-band-row")
    (problem,) = caught.value.problems
    needed, there, lacks = (int(number) for number in re.findall(r"(\d+) cm", problem.message))
    assert problem.code == "ceiling"
    assert there == 150
    assert needed == there + lacks
    assert needed > 100 * PERSON.stature_m


def test_what_would_be_better_names_as_owned_only_what_is_owned() -> None:
    """A cable machine or a weight that is not there is said to have to be bought; one that is there is not."""
    owned = {"rogue-monster-0": 1, "rogue-monster-1": 1}
    bell = {"id": "bell", "kind": "kettlebell", "mass_kg": 16.0}
    named = ("standing-band-row", "two-on-one-kettlebell-row-forward-band")
    poor = found(gear_of(owned, [bell], (0.8, 1.2)), "strength-and-size", *named)
    said = {other.exercise: other.text for one in poor.setups for other in one.verdict.alternatives}
    assert "would have to buy something for it: Standing cable row needs a cable" in said["cable-row"]
    assert "would have to buy a kettlebell of about" in said["two-on-one-kettlebell-row"]
    (wanted,) = re.findall(r"kettlebell of about (\d+) kg", said["two-on-one-kettlebell-row"])
    stock = stock_of(gear_of(owned, [bell | {"mass_kg": float(wanted)}], (0.8, 1.2)))
    setup = next(one for one in poor.setups if one.setup.exercise.id == named[1])
    verdict = told_to_owner(judge(setup.analysis), PERSON, stock, find_in_catalogue)
    assert verdict.alternatives
    assert "buy" not in " ".join(one.text for one in verdict.alternatives)


def test_a_weight_that_would_do_is_to_be_bought_where_it_is_not_there() -> None:
    """One light dumbbell and no heavier one: buy, not take."""
    light = {"id": "light", "kind": "dumbbell", "mass_kg": 3.0}
    near = found(gear_of({}, [light], bench=True), "strength-and-size", "single-arm-dumbbell-row")
    assert re.match(r"Buy a dumbbell of \d+ kg, or aim", near.lost[0].hint)
