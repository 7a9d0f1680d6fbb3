"""The whole model as one OpenSim document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import Element

from bandwright.body import SIDES, Anatomy, Scale
from bandwright.body.strength import Strength
from bandwright.catalogue.opensim.half import COMMON, Half
from bandwright.catalogue.opensim.markup import element, set_of, write_document
from bandwright.catalogue.opensim.muscles import actuators, muscles, wraps_on
from bandwright.catalogue.opensim.skeleton import (
    BONES,
    Defaults,
    Segment,
    acromioclavicular,
    arm_joints,
    body,
    ground_joint,
    markers,
)
from bandwright.units import GRAVITY_M_S2

CREDITS: Final = (
    "Written by Bandwright. Joints, muscle paths, wrap surfaces and muscle parameters after the thoracoscapular "
    "shoulder model of Seth, Dong, Matias and Delp (2019) as scaled to one adult and published by Belli and "
    "colleagues (2023), Creative Commons Attribution 4.0 International; brachialis and the lateral and medial "
    "triceps after Arm26 (Holzbaur, Murray and Delp 2005), Creative Commons Attribution 3.0. Changes: scaled to the "
    "person, mirrored for the left side, masses after de Leva (1996), the long head of the triceps led round the "
    "elbow, strengths set to published joint torques."
)
PUBLICATIONS: Final = (
    "Seth A, Dong M, Matias R, Delp S (2019) Muscle contributions to upper-extremity movement and work from a "
    "musculoskeletal model of the human shoulder. Front Neurorobot 13:90. https://doi.org/10.3389/fnbot.2019.00090"
)


@dataclass(frozen=True, slots=True)
class ExportedBody:
    """All that the model file holds of one person: `segments` by OpenSim body name."""

    name: str
    anatomy: Anatomy
    scale: Scale
    strength: Strength
    segments: Mapping[str, Segment]


def halves(given: ExportedBody) -> tuple[Half, ...]:
    """Both sides."""
    return tuple(Half(given.anatomy, given.scale, side) for side in SIDES)


def write_model(path: Path, given: ExportedBody, defaults: Defaults) -> None:
    """Writes the model file; `defaults` is the pose it opens in."""
    both = halves(given)
    model = element(
        "Model",
        set_of("BodySet", _bodies(given, both), "bodyset"),
        set_of("JointSet", [ground_joint(defaults), *_each(both, defaults)], "jointset"),
        set_of("ConstraintSet", [acromioclavicular(half) for half in both], "constraintset"),
        set_of("ForceSet", _forces(given, both), "forceset"),
        set_of("MarkerSet", [mark for half in both for mark in markers(half)], "markerset"),
        name=given.name,
        credits=CREDITS,
        publications=PUBLICATIONS,
        length_units="meters",
        force_units="N",
        gravity=[0.0, -GRAVITY_M_S2, 0.0],
    )
    write_document(path, model)


def _bodies(given: ExportedBody, both: Sequence[Half]) -> list[Element]:
    made = [body(COMMON, given.segments[COMMON], [wrap for half in both for wrap in wraps_on(half, COMMON)])]
    for half in both:
        for bone in BONES:
            name = half.name(bone)
            made.append(body(name, given.segments[name], wraps_on(half, bone)))
    return made


def _each(both: Sequence[Half], defaults: Defaults) -> list[Element]:
    return [joint for half in both for joint in arm_joints(half, defaults)]


def _forces(given: ExportedBody, both: Sequence[Half]) -> list[Element]:
    made = [muscle for half in both for muscle in muscles(half, given.strength)]
    return made + [one for half in both for one in actuators(half, given.strength)]
