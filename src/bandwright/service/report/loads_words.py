"""The set-up in words a person can follow: who, with what, from where to where, in centimetres."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from bandwright.loads import BandLoad, BodyWeightLoad, CableLoad, Load, LoadForces, Point, WeightLoad
from bandwright.service.analysis import Analysis
from bandwright.service.report.gear import is_kettlebell
from bandwright.service.report.words import kilograms

INTENTS: Final[dict[str, str]] = {
    "strength-and-size": "strength and size",
    "squeeze": "emphasising the squeeze",
    "direction": "another direction of pull",
    "assistance": "assistance",
    "posture": "posture",
    "shoulder-health": "shoulder health",
    "travel": "travel",
}

RIGS: Final[dict[str, str]] = {
    "single": "as it is, both sides of the loop pulling",
    "folded": "folded once",
    "hitched": "hitched round its anchor",
    "choked": "gripped short",
    "strand": "as one strand",
    "series": "end to end",
}

PLACES: Final[dict[str, str]] = {
    "feet": "under your feet",
    "foot_r": "your right foot",
    "foot_l": "your left foot",
    "knee_r": "your right knee",
    "knee_l": "your left knee",
    "bar": "the bar",
    "hands": "your hands",
    "hand_r": "your right hand",
    "hand_l": "your left hand",
    "wrists": "your wrists",
}


def setup_words(analysis: Analysis) -> Iterator[tuple[str, str]]:
    """Term and description of everything that has to be set up."""
    setup = analysis.setup
    person, movement = setup.person, setup.exercise.movement
    sex = "Man" if person.sex == "male" else "Woman"
    yield "Who", f"{sex}, {100 * person.stature_m:.0f} cm, {person.mass_kg:.0f} kg"
    yield "Aim", INTENTS.get(setup.intent, setup.intent).capitalize()
    states = {force.id: force for force in analysis.forces}
    for load in setup.loads:
        yield load_term(analysis, load), load_words(analysis, load, states[load.id])
    if movement.posture == "standing":
        yield "Feet", f"{_cm(movement.stance_width_m)} apart"
    yield "Hand travel", _travel(analysis)
    yield "Curve of strength", _strength_words(analysis)


def load_term(analysis: Analysis, load: Load) -> str:
    """What kind of thing a load is."""
    if isinstance(load, BandLoad):
        return "Band"
    if isinstance(load, CableLoad):
        return "Cable"
    if isinstance(load, BodyWeightLoad):
        return "Body weight"
    return "Kettlebell" if is_kettlebell(analysis, load) else "Dumbbell"


def load_words(analysis: Analysis, load: Load, force: LoadForces) -> str:
    """One load in a sentence."""
    if isinstance(load, WeightLoad):
        return f"{load.mass_kg:g} kg {_held(load.to, in_each=load.count > 1)}"
    if isinstance(load, CableLoad):
        pull = f"{kilograms(load.force_n)} ({load.force_n:.0f} N) {_held(load.to, in_each=False)}"
        return f"{pull}, pulley {_place(analysis, load.origin)}"
    if isinstance(load, BodyWeightLoad):
        carried = float(np.mean(analysis.working.load_n))
        return f"{analysis.setup.person.mass_kg:.0f} kg of you; about {kilograms(carried)} on each hand"
    return _band_words(analysis, load, force)


def _held(to: str, *, in_each: bool) -> str:
    if to != "hands":
        return f"in {PLACES.get(to, to)}"
    return "in each hand" if in_each else "in both hands together"


def _band_words(analysis: Analysis, load: BandLoad, force: LoadForces) -> str:
    name = f"{load.count} × {load.band.name}" if load.count > 1 else load.band.name
    said = [f"{name}, {RIGS.get(load.rig, load.rig)}"]
    if load.free_length_m is not None:
        said.append(f"{_cm(load.free_length_m)} free on each strand, laid straight")
    if load.to in (load.origin, "wrists"):
        said.append(f"round {PLACES.get(load.to, load.to)}")
    else:
        said.append(f"from {_place(analysis, load.origin)} to {PLACES.get(load.to, load.to)}")
    if force.band is not None:
        low, high = float(force.band.stretch_ratio.min()), float(force.band.stretch_ratio.max())
        slack = "slack at first, then " if low < 1.0 else ""
        said.append(f"{slack}{max(low, 1.0):.2g} to {high:.2g} times its resting length")
    return "; ".join(said)


def _place(analysis: Analysis, end: object) -> str:
    """A named place, or a point in centimetres from the middle of the feet."""
    if not isinstance(end, Point):
        return PLACES.get(str(end), str(end))
    stature = analysis.setup.person.stature_m
    height = end.z_m if end.z_stature is None else end.z_stature * stature
    front = f"{_cm(abs(end.x_m))} {'in front of' if end.x_m >= 0 else 'behind'} your feet"
    side = f", {_cm(abs(end.y_m))} to the {'left' if end.y_m > 0 else 'right'}" if abs(end.y_m) > 0.01 else ""
    return f"a point {front}{side}, {_cm(height)} high"


def _cm(length_m: float) -> str:
    return f"{100 * length_m:.0f} cm"


def _travel(analysis: Analysis) -> str:
    """How far the working hand travels, relative to the trunk when the body hangs."""
    points = analysis.posed.points
    path = points[f"hand_{analysis.working.side}"]
    if analysis.posed.movement.posture == "hanging":
        path = path - points["suprasternal_notch"]
    length = float(np.linalg.norm(np.diff(path, axis=0), axis=1).sum())
    if analysis.posed.movement.isometric:
        return f"{_cm(length)} into the hold; the hold at the finish is what is trained"
    return _cm(length)


def _strength_words(analysis: Analysis) -> str:
    return {
        "computed": "worked out from your size and sex",
        "coach": "the coach’s shape at the size of the computed curve",
        "measured": f"your own {len(analysis.setup.pulls)} pulls",
    }[analysis.setup.strength_curve]
