"""Bodies, joints and the acromioclavicular constraint as OpenSim has them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

import numpy as np

from bandwright.body.anatomy import Joint, Vector
from bandwright.body.rotations import Matrix
from bandwright.catalogue.opensim.half import COMMON, Half
from bandwright.catalogue.opensim.markup import Value, element

BONES: Final = ("clavicle", "scapula", "humerus", "ulna", "radius", "hand")
"""Bones of one arm, from the trunk out."""

JOINT_NAMES: Final = {"glenohumeral": "GlenoHumeral", "wrist": "rc"}
"""Published names of joints where ours differ."""

GROUND_COORDINATES: Final = tuple(
    f"ground_thorax_{axis}" for axis in ("rot_x", "rot_y", "rot_z", "tx", "ty", "tz")
)
"""The trunk in the room."""

Defaults = Mapping[str, float]
"""Where the model starts: coordinate to value [rad, m]."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Mass [kg], mass centre (3,) [m] and inertia about it (3, 3) [kg m²] of one body, in its own axes."""

    mass_kg: float
    com_m: Vector
    inertia_kg_m2: Matrix


def body(name: str, segment: Segment, wraps: Sequence[Element]) -> Element:
    """A body with the surfaces that muscles bend over."""
    own = segment.inertia_kg_m2
    return element(
        "Body",
        element("WrapObjectSet", element("objects", *wraps), element("groups"), name="wrapobjectset"),
        name=name,
        mass=segment.mass_kg,
        mass_center=segment.com_m,
        inertia=[own[0, 0], own[1, 1], own[2, 2], own[0, 1], own[0, 2], own[1, 2]],
    )


def ground_joint(defaults: Defaults) -> Element:
    """The trunk's six coordinates in the room."""
    turns = [_axis(f"rotation{n}", axis, name) for n, axis, name in _numbered(GROUND_COORDINATES[:3])]
    slides = [_axis(f"translation{n}", axis, name) for n, axis, name in _numbered(GROUND_COORDINATES[3:])]
    return element(
        "CustomJoint",
        element("coordinates", *(_coordinate(name, defaults) for name in GROUND_COORDINATES)),
        element("SpatialTransform", *turns, *slides),
        name="ground_thorax",
        socket_parent_frame="/ground",
        socket_child_frame=f"/bodyset/{COMMON}",
    )


def arm_joints(half: Half, defaults: Defaults) -> list[Element]:
    """Every joint of one arm."""
    return [_joint(half, joint, defaults) for joint in half.anatomy.joints.values()]


def acromioclavicular(half: Half) -> Element:
    """Collar bone and shoulder blade meet in a point."""
    return element(
        "PointConstraint",
        name=half.name("AC"),
        socket_body_1=f"/bodyset/{half.name('clavicle')}",
        socket_body_2=f"/bodyset/{half.name('scapula')}",
        location_body_1=half.point(half.anatomy.ac_clavicle_m, "clavicle"),
        location_body_2=half.point(half.anatomy.ac_scapula_m, "scapula"),
    )


def markers(half: Half) -> list[Element]:
    """The published landmarks of one arm; those of the trunk go with the right."""
    return [
        element(
            "Marker",
            name=half.name(name),
            socket_parent_frame=f"/bodyset/{half.bone(mark.bone)}",
            location=half.point(mark.position_m, mark.bone),
            fixed=True,
        )
        for name, mark in half.anatomy.landmarks.items()
        if half.side == "r" or mark.bone != COMMON
    ]


def coordinate_path(half: Half, joint: str, coordinate: str) -> str:
    """Where OpenSim finds a coordinate."""
    return f"/jointset/{half.name(JOINT_NAMES.get(joint, joint))}/{half.coordinate(coordinate)[0]}"


def _joint(half: Half, joint: Joint, defaults: Defaults) -> Element:
    tag, own, fields = "CustomJoint", [], dict[str, Value]()
    if joint.name == "scapulothoracic":
        tag = "ScapulothoracicJoint"
        fields["thoracic_ellipsoid_radii_x_y_z"] = half.anatomy.ellipsoid_radii_m * half.scale.girdle
    elif not joint.coordinates:
        tag = "WeldJoint"
    else:
        own = [_hinges(half, joint)]
    if joint.coordinates:
        names = [half.coordinate(name)[0] for name in joint.coordinates]
        own.insert(0, element("coordinates", *(_coordinate(name, defaults) for name in names)))
    frames = [_offset(half, joint, bone) for bone in (joint.parent, joint.child)]
    return element(
        tag,
        *own,
        element("frames", *frames),
        name=half.name(JOINT_NAMES.get(joint.name, joint.name)),
        socket_parent_frame=frames[0].attrib["name"],
        socket_child_frame=frames[1].attrib["name"],
        **fields,
    )


def _offset(half: Half, joint: Joint, bone: str) -> Element:
    """Where the joint sits in its parent or child."""
    parent = bone == joint.parent
    at = joint.parent_offset_m if parent else joint.child_offset_m
    euler = joint.parent_euler_rad if parent else joint.child_euler_rad
    turn = half.ellipsoid_euler if joint.name == "scapulothoracic" else half.euler
    return element(
        "PhysicalOffsetFrame",
        name=f"{half.bone(bone)}_offset",
        socket_parent=f"/bodyset/{half.bone(bone)}",
        translation=half.point(at, bone),
        orientation=turn(euler),
    )


def _coordinate(name: str, defaults: Defaults) -> Element:
    return element("Coordinate", name=name, default_value=defaults[name], range=[-10.0, 10.0])


def _hinges(half: Half, joint: Joint) -> Element:
    """Turns about the published axes in order; what is left of the six stays still."""
    axes = _three([half.axis(axis) for axis in joint.axes])
    names: list[str | None] = [half.name(name) for name in joint.coordinates]
    names += [None] * (3 - len(names))
    turns = [_axis(f"rotation{n + 1}", axes[n], names[n]) for n in range(3)]
    still = [_axis(f"translation{n}", axis, None) for n, axis, _ in _numbered(("x", "y", "z"))]
    return element("SpatialTransform", *turns, *still)


def _three(axes: list[Vector]) -> list[Vector]:
    """The axes completed to three that do not lie in a plane."""
    if len(axes) == 1:
        aside = np.cross(axes[0], np.eye(3)[int(np.argmin(np.abs(axes[0])))])
        axes = [axes[0], aside / np.linalg.norm(aside)]
    if len(axes) == 2:
        aside = np.cross(axes[0], axes[1])
        axes = [*axes, aside / np.linalg.norm(aside)]
    return axes


def _axis(place: str, axis: Vector, coordinate: str | None) -> Element:
    if coordinate is None:
        return element(
            "TransformAxis", element("Constant", name="function", value=0.0), name=place, axis=axis
        )
    move = element("LinearFunction", name="function", coefficients=[1.0, 0.0])
    return element("TransformAxis", move, name=place, coordinates=coordinate, axis=axis)


def _numbered(names: Sequence[str]) -> list[tuple[int, Vector, str]]:
    return [(n + 1, axis, name) for n, (axis, name) in enumerate(zip(np.eye(3), names, strict=True))]
