"""From a set-up's loads and a posed repetition to the forces on hands and wrists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from bandwright.bands import RiggedBand, rig
from bandwright.body import SIDES, Side
from bandwright.errors import InputError, Problem, unknown_name
from bandwright.loads.chest import hand_to_hand
from bandwright.loads.load import BandLoad, BodyWeightLoad, CableLoad, End, Load, Place, Point, WeightLoad
from bandwright.movements import PosedRepetition
from bandwright.numerics.arrays import along, sizes_of
from bandwright.units import GRAVITY_M_S2

Array = NDArray[np.float64]
Contact = Literal["grip", "wrist"]

WRIST_RADIUS_M: Final = 0.027
"""Radius of the wrist a mini band lies round: about 17 cm round (COACH) [m]."""

PLACES_HINT: Final = 'Example: to = "hands".'


@dataclass(frozen=True, slots=True)
class BandState:
    """A band at K poses: tension of one strand [N], its length [m] and stretch ratio, each (K,)."""

    tension_n: Array
    length_m: Array
    stretch_ratio: Array
    rigged: RiggedBand


@dataclass(frozen=True, slots=True)
class LoadForces:
    """What one load does: force on each side at the grip or wrist (K, 3) [N], and for bands their state.

    `direction` (K, 3) per side is the way the load pulls, also where it is slack. `on_body` is a force on the
    body that no hand carries (assistance) (K, 3) [N].
    """

    id: str
    kind: Literal["band", "cable", "weight", "body-weight"]
    contact: Contact
    force: Mapping[Side, Array]
    direction: Mapping[Side, Array]
    band: BandState | None = None
    on_body: Array | None = None


def hands_of(place: Place, posed: PosedRepetition) -> tuple[Side, ...]:
    """Which hands a load goes to."""
    if place in ("hands", "wrists"):
        return ("r", "l") if place == "wrists" else posed.working
    return ("r",) if place.endswith("_r") else ("l",)


def load_forces(loads: tuple[Load, ...], posed: PosedRepetition) -> tuple[LoadForces, ...]:
    """Forces of every load, body weight last, since it is what hands carry after all assistance.

    A band whose law answers with D curves at once, as one drawn from its spread does, gives forces (D, K, 3).

    Raises:
        InputError: a load's ends make no sense together.
    """
    plain = [load for load in loads if not isinstance(load, BodyWeightLoad)]
    found = [_one(load, posed) for load in plain]
    hanging = [load for load in loads if isinstance(load, BodyWeightLoad)]
    if hanging:
        found.append(_hang(hanging[0], posed, found))
    return tuple(found)


def _one(load: BandLoad | CableLoad | WeightLoad, posed: PosedRepetition) -> LoadForces:
    if isinstance(load, WeightLoad):
        return _weight(load, posed)
    if isinstance(load, CableLoad):
        return _cable(load, posed)
    if load.to == "wrists":
        return _between_wrists(load, posed)
    if load.to.startswith(("foot", "knee", "feet")):
        return _assistance(load, posed)
    return _band(load, posed)


def _weight(load: WeightLoad, posed: PosedRepetition) -> LoadForces:
    sides = hands_of(load.to, posed)
    mass = load.mass_kg * load.count / len(sides)
    down = np.full((len(posed.phase), 3), [0.0, 0.0, -1.0])
    # With a tempo the hand must also accelerate the weight (d'Alembert).
    force = {side: mass * (GRAVITY_M_S2 * down - posed.hand_acceleration[side]) for side in sides}
    return LoadForces(load.id, "weight", "grip", force, dict.fromkeys(sides, down))


def _cable(load: CableLoad, posed: PosedRepetition) -> LoadForces:
    force, direction = {}, {}
    sides = hands_of(load.to, posed)
    for side in sides:
        direction[side], _ = _pull(posed, load.origin, side)
        force[side] = load.force_n / len(sides) * direction[side]
    return LoadForces(load.id, "cable", "grip", force, direction)


def place_m(posed: PosedRepetition, end: End, side: Side) -> Array:
    """World position of a load's end for one side's strand (K, 3) [m].

    Raises:
        InputError: the name is not a place on this body.
    """
    if isinstance(end, Point):
        stature = posed.sizes.person.stature_m
        height = end.z_m if end.z_stature is None else end.z_stature * stature
        return np.full((len(posed.phase), 3), [end.x_m, end.y_m, height])
    name = {"feet": f"foot_{side}", "hands": f"hand_{side}", "wrists": f"wrist_{side}"}.get(end, end)
    if name not in posed.points:
        known = ("feet", "foot_r", "foot_l", "knee_r", "knee_l", "bar", "hand_r", "hand_l", "wrists")
        raise InputError(unknown_name("place", str(end), known, hint='Example: from = "feet".'))
    return posed.points[name]


def _pull(posed: PosedRepetition, origin: End, side: Side) -> tuple[Array, Array]:
    """Unit vectors from a hand to a load's origin (K, 3) and the distances (K,) [m]."""
    line = place_m(posed, origin, side) - posed.arms[side].grip_path
    length = sizes_of(line)
    if length.min() < 1e-3:
        raise InputError(
            Problem(
                "ends-coincide",
                "A load starts where it ends: the hand and its anchor are at the same place.",
                hint="Move the anchor away from the hand's path.",
            )
        )
    return line / length[:, None], length


def _gap(posed: PosedRepetition, first: str, second: str) -> float:
    """Distance between two places at the start of the repetition [m]."""
    return float(np.linalg.norm(posed.points[first][0] - posed.points[second][0]))


def contact_length_m(load: BandLoad, posed: PosedRepetition) -> float:
    """Length of a band under the feet and between the hands, which does not stretch [m].

    A loop trodden on with both feet and held with both hands only stretches along its two sides.
    """
    if load.contact_m is not None:
        return load.contact_m
    if load.rig != "single" or len(hands_of(load.to, posed)) == 1 or load.origin in SIDES_OF_HANDS:
        return 0.0
    grip = _gap(posed, "hand_r", "hand_l")
    feet = _gap(posed, "foot_r", "foot_l") if load.origin == "feet" else 0.0
    return grip + feet


SIDES_OF_HANDS: Final = ("hand_r", "hand_l", "hands")
"""Origins that are hands themselves: the band runs from hand to hand."""


def rigged(load: BandLoad, posed: PosedRepetition) -> RiggedBand:
    """The strands this load gives on this body."""
    if load.to == "wrists":
        return rig(load.band, load.rig, split=False, count=load.count, free_length_m=load.free_length_m)
    split = load.to == "hands" and len(posed.working) == len(SIDES)
    return rig(
        load.band,
        load.rig,
        split=split and load.origin not in SIDES_OF_HANDS,
        count=load.count,
        contact_m=contact_length_m(load, posed),
        free_length_m=load.free_length_m,
    )


def _band(load: BandLoad, posed: PosedRepetition) -> LoadForces:
    if load.origin in SIDES_OF_HANDS:
        return _between_hands(load, posed)
    springs = rigged(load, posed)
    sides = hands_of(load.to, posed)
    force, direction, lengths = {}, {}, {}
    tension: dict[Side, Array] = {}
    for side in sides:
        direction[side], lengths[side] = _pull(posed, load.origin, side)
        alike = next((one for one in tension if np.array_equal(lengths[one], lengths[side])), None)
        tension[side] = tension[alike] if alike else springs.tension_n(lengths[side])
        force[side] = along(springs.strands_per_hand * tension[side], direction[side])
    most = max(sides, key=lambda side: float(lengths[side].max()))
    state = BandState(tension[most], lengths[most], springs.stretch_ratio(lengths[most]), springs)
    return LoadForces(load.id, "band", "grip", force, direction, state)


def _between_hands(load: BandLoad, posed: PosedRepetition) -> LoadForces:
    """A band from hand to hand, over the chest when the hands are behind it."""
    springs = rigged(load, posed)
    path = hand_to_hand(posed)
    force: dict[Side, Array] = {}
    direction: dict[Side, Array] = {}
    towards: dict[Side, Array] = {"r": path.next_r, "l": path.next_l}
    for side in SIDES:
        line = towards[side] - posed.arms[side].grip_path
        direction[side] = line / sizes_of(line)[:, None]
        force[side] = along(springs.force_n(path.length_m), direction[side])
    state = BandState(
        springs.tension_n(path.length_m), path.length_m, springs.stretch_ratio(path.length_m), springs
    )
    return LoadForces(load.id, "band", "grip", force, direction, state)


def _between_wrists(load: BandLoad, posed: PosedRepetition) -> LoadForces:
    """A mini loop round both wrists: its path is twice their distance and once round a wrist."""
    line = posed.points["wrist_l"] - posed.points["wrist_r"]
    apart = sizes_of(line)
    inward = line / apart[:, None]
    springs = rigged(load, posed)
    strand = apart + np.pi * WRIST_RADIUS_M
    pull = along(springs.force_n(strand), inward)
    state = BandState(springs.tension_n(strand), strand, springs.stretch_ratio(strand), springs)
    return LoadForces(load.id, "band", "wrist", {"r": pull, "l": -pull}, {"r": inward, "l": -inward}, state)


def _assistance(load: BandLoad, posed: PosedRepetition) -> LoadForces:
    """A band that carries part of the body's weight at a foot or knee."""
    springs = rigged(load, posed)
    foot = posed.points["foot_r" if load.to == "feet" else load.to]
    line = place_m(posed, load.origin, "r") - foot
    length = sizes_of(line)
    pull = along(springs.force_n(length), line) / length[:, None]
    state = BandState(springs.tension_n(length), length, springs.stretch_ratio(length), springs)
    return LoadForces(load.id, "band", "grip", {}, {}, state, on_body=pull)


def _hang(load: BodyWeightLoad, posed: PosedRepetition, others: list[LoadForces]) -> LoadForces:
    """Hands carry what is left of body weight after assistance, half each.

    Only the vertical balance is used: a hanging body swings until its mass centre is under the bar, so sideways
    forces cancel between bar and band.
    """
    weight = posed.sizes.person.mass_kg * GRAVITY_M_S2
    carried = np.full(len(posed.phase), weight)
    for other in others:
        if other.on_body is not None:
            carried = carried - other.on_body[..., 2]
        for force in other.force.values():
            carried = carried - force[..., 2]
    up = np.full((len(posed.phase), 3), [0.0, 0.0, 1.0])
    share = along(np.maximum(carried, 0.0), up) / len(posed.working)
    return LoadForces(
        load.id, "body-weight", "grip", dict.fromkeys(posed.working, share), dict.fromkeys(posed.working, up)
    )
