"""Muscles, their wrap surfaces, and what completes the arm, as OpenSim has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final
from xml.etree.ElementTree import Element

import numpy as np

from bandwright.body.anatomy import Muscle, Vector, WrapSurface
from bandwright.body.strength import Actuator, Strength
from bandwright.catalogue.anatomy import rows
from bandwright.catalogue.opensim.half import Half
from bandwright.catalogue.opensim.markup import Value, element
from bandwright.catalogue.opensim.skeleton import coordinate_path

SHAPES: Final = {"ellipsoid": "WrapEllipsoid", "cylinder": "WrapCylinder", "sphere": "WrapSphere"}

HINGE_OF: Final = {
    "clavicle_protraction": "clav_prot",
    "clavicle_elevation": "clav_elev",
    "scapula_upward_rotation": "scapula_upward_rot",
    "elbow_flexion": "elbow_flexion",
    "forearm_pronation": "pro_sup",
}
"""Joint equations that are one coordinate's own, so that an actuator can be put on it."""


def wraps_on(half: Half, bone: str) -> list[Element]:
    """Surfaces of one bone."""
    return [_surface(half, one) for one in half.anatomy.wrap_surfaces.values() if one.bone == bone]


def _surface(half: Half, surface: WrapSurface) -> Element:
    size = surface.size_m * half.scale.of(surface.bone)
    fields: dict[str, Value]
    if surface.shape == "ellipsoid":
        fields = {"dimensions": size}
    elif surface.shape == "cylinder":
        fields = {"radius": size[0], "length": size[2]}
    else:
        fields = {"radius": size[0]}
    return element(
        SHAPES[surface.shape],
        name=half.name(surface.name),
        active=True,
        xyz_body_rotation=half.euler(surface.euler_rad),
        translation=half.point(surface.position_m, surface.bone),
        quadrant=_quadrants()[surface.name],
        **fields,
    )


@cache
def _quadrants() -> Mapping[str, str]:
    return {row["surface"]: row["quadrant"] for row in rows("wrap_surfaces.csv")}


@cache
def _methods() -> Mapping[tuple[str, str], str]:
    return {(row["muscle_id"], row["surface"]): row["method"] for row in rows("muscle_wraps.csv")}


@cache
def _moving() -> Mapping[tuple[str, int], Mapping[str, str]]:
    """Published points that move with a coordinate, by muscle and place in its path."""
    published = rows("muscle_paths.csv")
    return {(row["muscle_id"], int(row["index"])): row for row in published if row["driver"]}


def _ends(row: Mapping[str, str]) -> tuple[Vector, Vector]:
    """Where a moving point is at either end of its way (3,) [m]."""
    start, end = (np.array([float(row[f"{which}{axis}_m"]) for axis in "xyz"]) for which in ("", "end_"))
    return start, end


def muscles(half: Half, strength: Strength) -> list[Element]:
    """The muscle elements of one arm at this person's strength."""
    return [_muscle(half, muscle, strength, n) for n, muscle in enumerate(half.anatomy.muscles)]


def _muscle(half: Half, muscle: Muscle, strength: Strength, index: int) -> Element:
    name = f"{muscle.id}_{half.side}"
    points = [_point(half, muscle, n, f"{name}-P{n + 1}") for n in range(len(muscle.path))]
    wraps = [_wrap(half, muscle, surface) for surface in muscle.wraps]
    curve = element("ActiveForceLengthCurve", name=f"{name}_ActiveForceLengthCurve", minimum_value=0.0)
    path = element(
        "GeometryPath",
        element("PathPointSet", element("objects", *points), element("groups")),
        element("PathWrapSet", element("objects", *wraps), element("groups")),
        name="geometrypath",
    )
    return element(
        "Millard2012EquilibriumMuscle",
        path,
        curve,
        name=name,
        max_isometric_force=strength.force_n[index],
        optimal_fiber_length=strength.optimal_fibre_m[index],
        tendon_slack_length=strength.tendon_slack_m[index],
        pennation_angle_at_optimal=np.arccos(strength.cos_pennation[index]),
        ignore_tendon_compliance=True,
        ignore_activation_dynamics=True,
    )


def _point(half: Half, muscle: Muscle, index: int, name: str) -> Element:
    point = muscle.path[index]
    frame = f"/bodyset/{half.bone(point.bone)}"
    row = _moving().get((muscle.id, index))
    # A corrected path has points of its own in the same places.
    if row is None or not _is_on_way(point.position_m, row):
        return element(
            "PathPoint",
            name=name,
            socket_parent_frame=frame,
            location=half.point(point.position_m, point.bone),
        )
    return _moving_point(half, row, name, frame)


def _is_on_way(position_m: Vector, row: Mapping[str, str]) -> bool:
    start, end = _ends(row)
    return any(np.allclose(position_m, at, atol=1e-9) for at in (start, (start + end) / 2))


def _moving_point(half: Half, row: Mapping[str, str], name: str, frame: str) -> Element:
    """A point that moves on a straight line with a coordinate of the shoulder."""
    start, end = (half.point(at, row["body"]) for at in _ends(row))
    first, last = float(row["driver_start_rad"]), float(row["driver_end_rad"])
    slope = (end - start) / (last - first)
    driver = coordinate_path(half, "glenohumeral", row["driver"])
    return element(
        "MovingPathPoint",
        *(_line(f"{axis}_location", slope[n], start[n] - slope[n] * first) for n, axis in enumerate("xyz")),
        name=name,
        socket_parent_frame=frame,
        socket_x_coordinate=driver,
        socket_y_coordinate=driver,
        socket_z_coordinate=driver,
    )


def _line(field: str, slope: float, start: float) -> Element:
    return element(field, element("LinearFunction", coefficients=[slope, start]))


def _wrap(half: Half, muscle: Muscle, surface: str) -> Element:
    method = _methods().get((muscle.id, surface), "hybrid")
    name = half.name(surface)
    # A range of -1 lets the surface act anywhere along the path.
    return element("PathWrap", name=f"over_{name}", wrap_object=name, method=method, range="-1 -1")


def actuators(half: Half, strength: Strength) -> list[Element]:
    """What the muscles leave out, as torques within bounds on single coordinates."""
    return [_actuator(half, one) for one in _on_hinges(strength.actuators)]


def _on_hinges(given: Iterable[Actuator]) -> list[Actuator]:
    return [one for one in given if one.equation in HINGE_OF]


def _actuator(half: Half, actuator: Actuator) -> Element:
    coordinate, sign = half.coordinate(HINGE_OF[actuator.equation])
    bounds = sorted(sign * bound / actuator.size for bound in (actuator.lower, actuator.upper))
    return element(
        "CoordinateActuator",
        name=f"{actuator.id}_{half.side}",
        coordinate=coordinate,
        optimal_force=actuator.size,
        min_control=bounds[0],
        max_control=bounds[1],
    )
