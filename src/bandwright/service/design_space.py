"""From an exercise's file and a person's gear to what the search may vary."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from bandwright.bands import BandKind
from bandwright.body import SIDES, Person
from bandwright.catalogue.exercise import Exercise, LoadOption, Range
from bandwright.catalogue.exercise_tables import MUSCLE_GROUPS
from bandwright.catalogue.exercises import default_loads
from bandwright.catalogue.gear import Gear
from bandwright.catalogue.load_checks import FindBand
from bandwright.catalogue.objectives import load_objectives
from bandwright.curves import Holder
from bandwright.loads import BandLoad, BodyWeightLoad, CableLoad, End, Load, Place, Point, WeightLoad
from bandwright.movements import PosedRepetition
from bandwright.search.grid import distances
from bandwright.search.routes import ExerciseSpace, HoldKind, Route
from bandwright.search.stock import OwnedAnchor, OwnedBand, OwnedWeight, Room, Span, Stock
from bandwright.service.bodies import holder_of, posed_of
from bandwright.service.metrics import elements_of

LONG_BANDS: Final[frozenset[BandKind]] = frozenset({"loop", "sheet", "tube"})
SHORT_BANDS: Final[frozenset[BandKind]] = frozenset({"mini-loop", "fabric-loop"})

UNDER_FOOT_M: Final[Span] = (0.25, 1.0)
"""Free length of a strand from foot to hand that a person can grip (COACH) [m]."""

BETWEEN_HANDS_M: Final[Span] = (0.30, 1.2)
"""Free length between the hands (COACH) [m]."""

FROM_POINT_M: Final[Span] = (0.40, 1.5)
"""Free length of an open band from an anchor (COACH) [m]."""

FAR_M: Final[Span] = (0.3, 4.0)
"""Distances of an anchor; the room and the band's stretch limit them further (COACH) [m]."""

NEAR_POINT_M: Final = 0.5
"""A usual anchor nearer than this to the feet belongs to the bench, not to the room (COACH) [m]."""

BESIDE: Final = 3
"""Bands side by side (brief: subsets up to 3)."""

NEAR_KG: Final = 0.5
NEAR_SHARE: Final = 0.05
"""A weight this near to one that is named does as well (convention) [kg], [-]."""

HEADROOM_M: Final = 0.05
"""Room over the head (COACH) [m]."""

KNEES_CLEAR_M: Final = 0.10
"""Room under the bent knees of a hanging body (COACH) [m]."""


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why a whole exercise fell out."""

    exercise: str
    code: str
    text: str


def stock_of(gear: Gear, leave_out: Iterable[str] = ()) -> Stock:
    """What is owned, less what an intent leaves out."""
    out = set(leave_out)
    weights = () if "weights" in out else gear.weights
    return Stock(
        bands=tuple(OwnedBand(one.id, one.band, one.count) for one in gear.bands),
        weights=tuple(OwnedWeight(one.id, one.kind, one.masses_kg, one.count) for one in weights),
        anchors=tuple(OwnedAnchor(one.id, one.heights_m) for one in gear.anchors),
        room=Room(gear.free_m, gear.ceiling_m),
        pull_up_bar=gear.pull_up_bar and "bar" not in out,
        bench=gear.bench and "bench" not in out,
    )


def gear_lacking(exercise: Exercise, person: Person, stock: Stock, find_band: FindBand) -> Rejection | None:
    """What an exercise cannot be done without and is not owned."""
    loads = default_loads(exercise, find_band)
    missing = _missing(exercise, loads, stock)
    if missing is not None:
        return missing
    routes = tuple(_routes(exercise, loads, person, stock))
    weights = [load for load in loads if isinstance(load, WeightLoad)]
    # A usual weight belongs to the exercise; one that an option adds may stay away.
    return _fitting(
        exercise,
        routes,
        _hold(exercise, weights),
        stock,
        band_needed=any(isinstance(load, BandLoad) for load in loads),
        weight_needed=bool(weights),
    )


def weight_lacking(exercise: Exercise, hand_kg: float, stock: Stock, find_band: FindBand) -> str | None:
    """The weight that would ask so many kilograms of each working hand, where none that is owned comes near."""
    weights = [load for load in default_loads(exercise, find_band) if isinstance(load, WeightLoad)]
    hold = _hold(exercise, weights)
    if not weights or hold is None:
        return None
    for one in stock.weights:
        bar = one.kind == "barbell-plates"
        wanted = hand_kg * (2.0 if bar or hold == "shared" else 1.0)
        enough = bar or hold != "each-hand" or one.count > 1
        if one.kind in _weight_kinds(hold) and enough and any(_near(mass, wanted) for mass in one.masses_kg):
            return None
    if hold == "shared":
        return f"a kettlebell of about {2.0 * hand_kg:.0f} kg"
    return f"{'two weights' if hold == 'each-hand' else 'a weight'} of about {hand_kg:.0f} kg"


def _near(mass_kg: float, wanted_kg: float) -> bool:
    return abs(mass_kg - wanted_kg) <= max(NEAR_KG, NEAR_SHARE * wanted_kg)


def space_of(
    exercise: Exercise, person: Person, stock: Stock, find_band: FindBand, holder: Holder | None = None
) -> ExerciseSpace | Rejection:
    """What can be varied in an exercise, or why it cannot be done with this gear in this room."""
    lacking = gear_lacking(exercise, person, stock, find_band)
    if lacking is not None:
        return lacking
    loads = default_loads(exercise, find_band)
    routes = tuple(_routes(exercise, loads, person, stock))
    weights = [load for load in loads if isinstance(load, WeightLoad)]
    bands = [load for load in loads if isinstance(load, BandLoad)]
    hold = _hold(exercise, weights)
    posed = posed_of(exercise.movement, person, "r")
    short_m = _height_needed_m(posed) - stock.room.ceiling_m
    if short_m > 0.0:
        wanted, there = _cm_up(_height_needed_m(posed)), 100 * stock.room.ceiling_m
        text = (
            f"{exercise.name} needs a ceiling of {wanted} cm; "
            f"yours of {there:.0f} cm is {_cm_up(short_m)} cm too low."
        )
        return Rejection(exercise.id, "ceiling", text)
    space = ExerciseSpace(
        id=exercise.id,
        name=exercise.name,
        posed=posed,
        side=posed.working[0],
        holder=holder or holder_of(person),
        routes=routes,
        hold=hold,
        weight_kinds=_weight_kinds(hold),
        weight_needed=bool(weights),
        band_needed=bool(bands),
        hanging=any(isinstance(load, BodyWeightLoad) for load in loads),
        targets=tuple(muscle for muscle in exercise.muscles if muscle != "erector_spinae"),
        elements={group: elements_of(group) for group in MUSCLE_GROUPS},
        plain_loads=_plain_loads(loads),
    )
    short_m = _room_short_m(space, stock)
    if space.band_needed and short_m > 0.0:
        wanted, there = _cm_up(stock.room.free_m + short_m), 100 * stock.room.free_m
        text = (
            f"{exercise.name} needs {wanted} cm free from the anchor; "
            f"your room of {there:.0f} cm is {_cm_up(short_m)} cm too short."
        )
        return Rejection(exercise.id, "room", text)
    return space


def _plain_loads(loads: tuple[Load, ...]) -> tuple[Load, ...]:
    """The exercise without its bands, or as it is where it has nothing else."""
    return tuple(load for load in loads if not isinstance(load, BandLoad)) or loads


def _missing(exercise: Exercise, loads: tuple[Load, ...], stock: Stock) -> Rejection | None:
    """What the exercise cannot be done without and is not there."""
    if any(isinstance(load, CableLoad) for load in loads):
        return Rejection(exercise.id, "no-cable", f"{exercise.name} needs a cable machine.")
    if exercise.movement.posture == "hanging" and not stock.pull_up_bar:
        return Rejection(exercise.id, "no-bar", f"{exercise.name} needs a pull-up bar.")
    if exercise.movement.posture.endswith("supported") and not stock.bench:
        return Rejection(exercise.id, "no-bench", f"{exercise.name} needs a bench.")
    return None


def _fitting(
    exercise: Exercise,
    routes: tuple[Route, ...],
    hold: HoldKind | None,
    stock: Stock,
    *,
    band_needed: bool,
    weight_needed: bool,
) -> Rejection | None:
    """Whether some band and some weight that is owned suits."""
    kinds = {kind for route in routes for kind in route.kinds}
    if band_needed and not any(one.band.kind in kinds for one in stock.bands):
        wanted = "a mini loop" if kinds <= SHORT_BANDS else "a long loop, a sheet or a tube"
        return Rejection(exercise.id, "no-band", f"{exercise.name} needs {wanted}.")
    if band_needed and all(route.in_room and not route.heights_m for route in routes):
        low, high = _heights_wanted(exercise)
        text = f"{exercise.name} needs an anchor at about {low:.0f} to {high:.0f} % of your height."
        return Rejection(exercise.id, "no-anchor", text)
    each = hold == "each-hand"
    fits = any(
        one.kind in _weight_kinds(hold) and (one.count >= 2 or not each or one.kind == "barbell-plates")
        for one in stock.weights
    )
    if weight_needed and hold is not None and not fits:
        wanted = "two weights alike" if each else "a weight"
        return Rejection(exercise.id, "no-weight", f"{exercise.name} needs {wanted}.")
    return None


def _heights_wanted(exercise: Exercise) -> tuple[float, float]:
    """Heights of the usual anchor's play [% of stature]."""
    play = load_objectives().limits.anchor_play.value
    for load in exercise.load_tables:
        start = load.get("from")
        if isinstance(start, Mapping) and "z_stature" in start:
            option = next((one for one in exercise.options if one.load == load["id"]), None)
            low, high = (option and option.height_stature) or (
                start["z_stature"] - play,
                start["z_stature"] + play,
            )
            return 100 * max(low, 0.0), 100 * high
    return 0.0, 100.0


def _weight_kinds(hold: HoldKind | None) -> frozenset[str]:
    """Kinds of weight that can be held so."""
    if hold == "shared":
        return frozenset({"kettlebell", "barbell-plates"})
    if hold == "one-hand":
        return frozenset({"dumbbell", "kettlebell"})
    return frozenset({"dumbbell", "kettlebell", "barbell-plates"}) if hold else frozenset()


def _hold(exercise: Exercise, weights: list[WeightLoad]) -> HoldKind | None:
    added = any(one.kind == "weight" for one in exercise.options)
    if not weights and not added:
        return None
    if exercise.movement.arms == "right":
        return "one-hand"
    return "shared" if weights and weights[0].count == 1 else "each-hand"


def _routes(exercise: Exercise, loads: tuple[Load, ...], person: Person, stock: Stock) -> Iterator[Route]:
    """The routes of the usual bands, each once, then those that options add."""
    options = {one.load: one for one in exercise.options if one.kind is None}
    seen: set[tuple[object, ...]] = set()
    bands = [load for load in loads if isinstance(load, BandLoad)]
    for load in bands:
        crossed = _crossed(load, bands)
        if crossed and load.to == "hand_l":
            continue
        key = (load.origin, load.to)
        if key not in seen:
            seen.add(key)
            route = _route(load.id, load.origin, load.to, options.get(load.id), (person, stock))
            yield replace(route, paired=crossed, most=1 if crossed else route.most)
    for load in bands:
        option = options.get(load.id)
        if option is not None and option.to is not None and option.to != load.to:
            yield _route(f"{load.id}-{option.to}", load.origin, option.to, option, (person, stock))
    for option in exercise.options:
        if option.kind == "band" and option.origin is not None and option.to is not None:
            yield _route(option.load, option.origin, option.to, option, (person, stock))


def _crossed(load: BandLoad, bands: list[BandLoad]) -> bool:
    """Whether a band has its mirror image in the other hand."""
    if not isinstance(load.origin, Point):
        return False
    image = replace(load.origin, y_m=-load.origin.y_m)
    return any(other.origin == image and {other.to, load.to} == {"hand_r", "hand_l"} for other in bands)


def _route(
    name: str,
    origin: End,
    to: Place,
    option: LoadOption | None,
    setting: tuple[Person, Stock],
) -> Route:
    kinds = SHORT_BANDS if to == "wrists" else LONG_BANDS
    free = option.free_length_m if option else None
    if to == "wrists" or not to.startswith("hand"):
        return Route(name, origin, to, kinds, most=1 if to == "wrists" else BESIDE)
    if not isinstance(origin, Point):
        usual = BETWEEN_HANDS_M if origin.startswith("hand") else UNDER_FOOT_M
        return Route(name, origin, to, kinds, free_m=free or usual, most=BESIDE)
    person, stock = setting
    height = origin.z_m if origin.z_stature is None else origin.z_stature * person.stature_m
    if max(abs(origin.x_m), abs(origin.y_m)) < NEAR_POINT_M:
        fixed = Point(origin.x_m, origin.y_m, height)
        return Route(name, fixed, to, kinds, free_m=free or UNDER_FOOT_M, most=BESIDE)
    low, high = _height_span(height, option, person)
    return Route(
        name,
        origin,
        to,
        kinds,
        distance_m=(option.distance_m if option else None) or FAR_M,
        heights_m=stock.heights_within(low, high),
        free_m=free or FROM_POINT_M,
        most=BESIDE,
    )


def _height_span(height_m: float, option: LoadOption | None, person: Person) -> Range:
    """Heights of an anchor that keep the exercise what it is [m]."""
    if option is not None and option.height_stature is not None:
        low, high = option.height_stature
        return low * person.stature_m, high * person.stature_m
    play = load_objectives().limits.anchor_play.value * person.stature_m
    return max(height_m - play, 0.0), height_m + play


def _height_needed_m(posed: PosedRepetition) -> float:
    """How high the ceiling must be for head and hands; a hanging body may bend its knees until near the floor [m]."""
    top = max(float(path[:, 2].max()) for path in posed.points.values())
    low = min(float(posed.points[f"knee_{side}"][:, 2].min()) for side in SIDES)
    spare = max(low - KNEES_CLEAR_M, 0.0) if posed.movement.posture == "hanging" else 0.0
    return top - spare + HEADROOM_M


def _room_short_m(space: ExerciseSpace, stock: Stock) -> float:
    """By how much the room is too short for the route that needs least; not above 0 where one fits [m]."""
    spans = [distances(route, space, stock) for route in space.routes if route.in_room]
    elsewhere = any(not route.in_room for route in space.routes)
    return 0.0 if elsewhere or not spans else min(low - high for low, high in spans)


def _cm_up(length_m: float) -> int:
    """Whole centimetres that are enough."""
    return math.ceil(100.0 * length_m - 1e-6)
