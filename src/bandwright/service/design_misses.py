"""What is missing when nothing suits: which limit, by how much, and what to buy or change."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bandwright.catalogue.bands import load_bands
from bandwright.curves.measures import repetitions
from bandwright.errors import Problem
from bandwright.search.build import built
from bandwright.search.candidate import WeightUse
from bandwright.search.find import Finalist, Found, Search
from bandwright.search.routes import ExerciseSpace
from bandwright.service.design_space import Rejection
from bandwright.units import kilograms_force

COMPARED_AT: Final = 2.0
"""Stretch at which bands are compared: most are charted there [-]."""

MOST_SAID: Final = 6


@dataclass(frozen=True, slots=True)
class Shortfall:
    """What the nearest set-up of an exercise lacks."""

    exercise: str
    code: str
    text: str
    hint: str
    by: float
    """By what factor its hardest place would have to be harder (> 1) or easier (< 1) [-]."""


def shortfall(
    near: Sequence[Finalist], found: Found, spaces: Sequence[ExerciseSpace], what: Search
) -> tuple[Shortfall, ...]:
    """What the nearest finalists lack, one for each exercise, the nearest first."""
    said: dict[int, Shortfall] = {}
    rest = [one for one in found.finalists if one not in near]
    for one in (*near, *sorted(rest, key=lambda other: abs(other.miss))):
        index = one.candidate.exercise
        if not one.suits and index not in said:
            said[index] = _of(one, spaces[index], found, what)
    return tuple(said.values())


def _of(one: Finalist, space: ExerciseSpace, found: Found, what: Search) -> Shortfall:
    asked = _asked(what, isometric=space.posed.movement.isometric)
    if one.lifted:
        text = f"{space.name}: in the hang the bands would carry more than you weigh."
        return Shortfall(space.id, "lifted", text, "Take a thinner band, or one band less.", 1.0)
    if not one.allowed:
        if one.spine_share > what.limits.spine_share:
            text = f"{space.name}: the lean takes {one.spine_share:.0%} of your lower back's strength."
            bench = "a bench" if what.stock.bench else "a bench, if you buy one"
            return Shortfall(space.id, "back", text, f"Take less, or support your chest on {bench}.", 1.0)
        text = f"{space.name}: the pull tips you over ({one.forward_tip:.0%} of what your feet can balance)."
        return Shortfall(space.id, "balance", text, "Anchor lower, or take less of the bands you have.", 1.0)
    factor = math.exp(-one.miss)
    left = repetitions(one.peak)
    if one.miss < 0.0:
        text = (
            f"{space.name}: the hardest that comes near leaves about {_reps(left)}, {asked}; "
            f"it would have to be {factor:.2f} times as hard."
        )
        return Shortfall(space.id, "too-light", text, _stronger(one, what, factor), factor)
    able = f"leaves about {_reps(left)}" if one.peak < 1.0 else f"asks {one.peak:.0%} of what you can hold"
    text = (
        f"{space.name}: the easiest that comes near {able}, {asked}; "
        f"it would have to be {factor:.2f} times as hard."
    )
    hint = _more_help(one, found, what, factor) if space.hanging else _lighter(one, what, factor)
    return Shortfall(space.id, "too-heavy", text, hint, factor)


def _reps(count: float) -> str:
    return f"{count:.0f} repetition{'' if round(count) == 1 else 's'}"


def _more_help(one: Finalist, found: Found, what: Search, factor: float) -> str:
    """By how much a band would have to take more of the body's weight where it is hardest."""
    screen, _ = found.ready[one.candidate.exercise]
    hands = built(one.candidate, screen)
    if hands is None:
        return _band_help(what)
    carried = hands.force[:, 2] * screen.arm.space.hands
    hardest = int(one.effort.argmax())
    more = (1.0 - factor) * float(carried[hardest])
    kilos = kilograms_force(more)
    if not one.candidate.uses:
        return f"A band would have to take about {kilos:.0f} kg off. {_band_help(what)}"
    weight = screen.arm.base_force()[:, 2] * screen.arm.space.hands
    help_n = weight - carried
    if ((1.0 + more / help_n[hardest]) * help_n >= weight).any():
        return (
            f"Aim for fewer repetitions: a band that took {kilos:.0f} kg more at the hardest place would carry more "
            "than you weigh in the hang."
        )
    return f"Buy a stronger band or one more: about {kilos:.0f} kg more help is needed at the hardest place."


def _band_help(what: Search) -> str:
    owned = any(one.band.kind == "loop" for one in what.stock.bands)
    first = "Take" if owned else "Buy a loop and take"
    return f"{first} a band's help, which is the intent assistance, or aim for fewer repetitions."


def _asked(what: Search, *, isometric: bool) -> str:
    objective = what.objective
    if isometric:
        low, high = objective.hold_effort
        return f"and a hold is to ask {low:.0%} to {high:.0%}"
    low, high = objective.reps
    return f"and {low:g} to {high:g} with {objective.reserve:g} in reserve are asked for"


def _stronger(one: Finalist, what: Search, factor: float) -> str:
    if one.candidate.uses:
        return f"Buy {_product(one, what, factor)}, or aim for more repetitions."
    if one.candidate.weight is not None:
        return f"{_other_weight(one.candidate.weight, what, factor)}, or aim for more repetitions."
    return "Buy a band or a weight, or aim for more repetitions."


def _lighter(one: Finalist, what: Search, factor: float) -> str:
    if one.candidate.uses and any(use.pieces for use in one.candidate.uses):
        return f"Buy {_product(one, what, factor)}, or aim for fewer repetitions."
    if one.candidate.weight is not None:
        return f"{_other_weight(one.candidate.weight, what, factor)}, or aim for fewer repetitions."
    return "Aim for fewer repetitions."


def _other_weight(held: WeightUse, what: Search, factor: float) -> str:
    """To take a weight so much heavier or lighter, or to buy it where it is not there."""
    owned, wanted = what.stock.weights[held.weight], round(factor * held.mass_kg)
    there = any(one.kind == owned.kind and wanted in one.masses_kg for one in what.stock.weights)
    which = "plates for" if owned.kind == "barbell-plates" else f"a {owned.kind} of"
    return f"{'Take' if there else 'Buy'} {which} {wanted} kg"


def _product(one: Finalist, what: Search, factor: float) -> str:
    """A product that pulls about as much harder or softer as is wanted of the strongest band used."""
    used = [what.stock.bands[piece.band].band for use in one.candidate.uses for piece in use.pieces]
    strongest = max(used, key=lambda band: float(band.law.tension_n(COMPARED_AT)))
    now = float(strongest.law.tension_n(COMPARED_AT))
    wanted = factor * now
    alike = [
        band
        for band in load_bands().values()
        if band.kind == strongest.kind
        and (float(band.law.tension_n(COMPARED_AT)) - now) * (factor - 1.0) > 0.0
    ]
    if not alike:
        return f"a band about {factor:.1f} times as strong"
    best = min(alike, key=lambda band: abs(math.log(float(band.law.tension_n(COMPARED_AT)) / wanted)))
    return f"a band about {factor:.1f} times as strong as '{strongest.id}', such as '{best.id}'"


def infeasible_problems(
    lost: Sequence[Shortfall], rejected: Sequence[Rejection], what: Search
) -> tuple[Problem, ...]:
    """Why nothing suits: the nearest misses first, then what whole exercises lack."""
    misses = [Problem(one.code, one.text, hint=one.hint, path=WHERE.get(one.code)) for one in lost]
    known = {one.exercise for one in lost}
    lacks = [
        Problem(one.code, one.text, hint=HINTS.get(one.code), path=WHERE.get(one.code))
        for one in rejected
        if one.exercise not in known
    ]
    if misses or lacks:
        return tuple([*misses, *lacks][:MOST_SAID])
    said = f"No exercise suits '{what.objective.intent}'."
    return (Problem("no-exercise", said, hint="Name one.", path=WHERE["no-exercise"]),)


HINTS: Final = {
    "no-cable": "Use one of its relatives with a band.",
    "no-bar": "Say so when you have one.",
    "no-bench": "Say so when you have one.",
    "no-band": "Add one to what you own.",
    "no-anchor": "Add one with such a height to what you own.",
    "no-weight": "Add it to what you own; a pair counts as two.",
    "ceiling": "Do it where the ceiling is higher, and say so.",
    "room": "Clear more space, and say so; a band under the feet needs none.",
    "cannot-be-rigged": "A longer band, more free room, or another anchor height would help.",
}
"""What to do about each reason why a whole exercise fell out; how to say it is each front's own."""

WHERE: Final = {
    "too-light": "reps",
    "too-heavy": "reps",
    "no-exercise": "exercises",
    "no-bar": "gear.have.pull_up_bar",
    "no-bench": "gear.have.bench",
    "no-band": "gear.band",
    "no-anchor": "gear.anchor",
    "no-weight": "gear.weight",
    "ceiling": "gear.room.ceiling_m",
    "room": "gear.room.free_m",
}
"""What of the request would have to say otherwise, by the code of what is missing."""
