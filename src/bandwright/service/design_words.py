"""How to set an answer up, in sentences with centimetres, and as the set-up's own tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bandwright.catalogue.gear import Gear
from bandwright.loads import BandLoad, Point
from bandwright.search.candidate import Candidate, Piece, RouteUse, band_loads
from bandwright.search.pulls import springs_of
from bandwright.search.routes import ExerciseSpace, Route
from bandwright.search.stock import Stock


def how_to(candidate: Candidate, space: ExerciseSpace, stock: Stock) -> str:
    """What to fetch, where to hook it and where to stand."""
    parts = [_weight_words(candidate, space, stock)] if candidate.weight is not None else []
    parts += [_use_words(use, space, stock) for use in candidate.uses]
    if not parts:
        parts = ["Nothing to set up: your own weight is the load."]
    return " ".join(parts)


def _weight_words(candidate: Candidate, space: ExerciseSpace, stock: Stock) -> str:
    held = candidate.weight
    if held is None:
        return ""
    kind = stock.weights[held.weight].kind
    if kind == "barbell-plates":
        return f"Load the bar to {held.mass_kg:g} kg."
    where = {"one-hand": "in one hand", "each-hand": "in each hand", "shared": "with both hands"}
    return f"Hold a {kind} of {held.mass_kg:g} kg {where[space.hold or 'one-hand']}."


def _use_words(use: RouteUse, space: ExerciseSpace, stock: Stock) -> str:
    route = space.routes[use.route]
    bands = " and ".join(_piece_words(piece, stock, 2 if route.paired else 1) for piece in use.pieces)
    free = cm(use.cell.free_m)
    each = "each side" if route.to == "hands" else "it"
    if route.to == "wrists":
        return f"Put {bands} round both wrists."
    if route.origin == "bar":
        limb = "foot" if route.to.startswith("foot") else "bent knee"
        return f"Loop {bands} over the bar and through itself and put one {limb} in it."
    if route.in_room:
        return _room_words(use, route, bands)
    if isinstance(route.origin, Point):
        return f"Put {bands} under the front foot of the bench and grip {each} {free} cm along it."
    if route.origin.startswith("hand"):
        return f"Hold {bands} with {free} cm of slack band between your fists."
    feet = "with both feet hip-wide" if route.origin == "feet" else "with the foot below your working hand"
    return f"Stand on {bands} {feet} and grip {each} with {free} cm of slack band above the shoe; let the rest hang."


def _room_words(use: RouteUse, route: Route, bands: str) -> str:
    height, away = cm(use.cell.height_m), cm(use.cell.distance_m)
    free = "" if use.cell.free_m is None else f", {cm(use.cell.free_m)} cm of slack band free"
    if route.paired:
        apart = cm(2 * abs(route.origin.y_m)) if isinstance(route.origin, Point) else "40"
        return f"Fix {bands} {height} cm above the floor, {apart} cm apart, stand {away} cm away, cross them{free}."
    side = "to your side" if route.lateral else "in front of your feet"
    hands = ", one side in each hand" if route.to == "hands" else ", held in your working hand"
    return f"Hook {bands} {height} cm above the floor, {away} cm {side}{hands}{free}."


def _piece_words(piece: Piece, stock: Stock, hands: int) -> str:
    name = stock.bands[piece.band].id.replace("-", " ")
    count = piece.count * hands
    folded = " folded double" if piece.rig == "folded" else ""
    return f"{'the ' if count == 1 else f'{count} × '}{name}{folded}"


def cm(length_m: float | None) -> str:
    """A length in whole centimetres."""
    return "" if length_m is None else f"{100 * length_m:.0f}"


def load_tables(
    candidate: Candidate, space: ExerciseSpace, stock: Stock, gear: Gear
) -> Iterator[dict[str, Any]]:
    """The loads in the set-up file's form; reading them gives the same set-up."""
    if space.hanging:
        yield {"id": "body", "kind": "body-weight"}
    if candidate.weight is not None:
        owned = stock.weights[candidate.weight.weight]
        both = space.hold == "each-hand" and owned.kind != "barbell-plates"
        to = "hand_r" if space.hands == 1 else "hands"
        table = {"id": owned.id, "kind": "weight", "mass_kg": candidate.weight.mass_kg, "to": to}
        yield table | ({"count": 2} if both else {})
    number = 0
    for use in candidate.uses:
        for piece in use.pieces:
            for load in band_loads(use.cell, piece, space.routes[use.route], stock):
                number += 1
                yield {"id": f"band-{number}", "kind": "band", **_band_table(load, piece, space, gear)}


def _band_table(load: BandLoad, piece: Piece, space: ExerciseSpace, gear: Gear) -> dict[str, Any]:
    start: Any = load.origin
    if isinstance(start, Point):
        start = {"x_m": start.x_m, "y_m": start.y_m, "z_m": start.z_m}
    ends = {"from": start, "to": load.to}
    keys = dict(gear.bands[piece.band].load_keys)
    springs = springs_of(load, space)
    if "law" in keys and springs is not None:
        # A law says what reaches one hand as it is rigged.
        rigged = {"rest_length_m": springs.rest_length_m, "strands": springs.strands_per_hand}
        return {"law": {**keys["law"], **rigged}, **ends}
    table = {**keys, "rig": load.rig, **ends, "count": load.count}
    return table if load.free_length_m is None else {**table, "free_length_m": load.free_length_m}
