"""Reads the anatomy tables into the body's own types."""

from __future__ import annotations

import csv
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any, Final, get_args

import numpy as np

from bandwright.body import Anatomy, BoneFigures, Joint, Muscle, PathPoint, Person, WrapSurface
from bandwright.body.anatomy import SurfaceShape, Travel, Vector
from bandwright.body.cohort import Survey
from bandwright.body.person import Sex
from bandwright.body.spine import ErectorLump
from bandwright.body.strength import Actuator, StrengthTable
from bandwright.catalogue.cells import word_in

FOLDER = files("bandwright") / "data" / "anatomy"
"""Where the tables are; see the `source` column of each."""

SHAPES: Final[tuple[SurfaceShape, ...]] = get_args(SurfaceShape)


def rows(name: str) -> list[dict[str, str]]:
    """All rows of one anatomy table."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return list(csv.DictReader(lines))


def _vector(values: Iterable[Any]) -> Vector:
    array = np.array([float(value) for value in values])
    array.flags.writeable = False
    return array


def _point(row: Mapping[str, str]) -> PathPoint:
    start = _vector(row[key] for key in ("x_m", "y_m", "z_m"))
    if not row.get("end_x_m"):
        return PathPoint(row["body"], start)
    end = _vector(row[key] for key in ("end_x_m", "end_y_m", "end_z_m"))
    travel = Travel(start, end, float(row["driver_start_rad"]), float(row["driver_end_rad"]))
    return PathPoint(row["body"], (start + end) / 2, travel)


def _joint(name: str, table: Mapping[str, Any]) -> Joint:
    coordinates: Sequence[Mapping[str, Any]] = table.get("coordinate", [])
    axes = [_vector(c["axis"]) for c in coordinates if "axis" in c]
    return Joint(
        name=name,
        parent=table["parent"],
        child=table["child"],
        parent_offset_m=_vector(table["parent_offset_m"]),
        parent_euler_rad=_vector(table["parent_orientation_rad"]),
        child_offset_m=_vector(table["child_offset_m"]),
        child_euler_rad=_vector(table["child_orientation_rad"]),
        coordinates=tuple(c["name"] for c in coordinates),
        axes=np.array(axes).reshape(-1, 3),
        rest_rad=_vector(c["rest_rad"] for c in coordinates),
    )


def _size(row: Mapping[str, str]) -> Vector:
    if row["shape"] == "ellipsoid":
        return _vector(row[key] for key in ("radius_x_m", "radius_y_m", "radius_z_m"))
    return _vector([row["radius_m"], 0.0, row["length_m"] or 0.0])


def _wrap_surface(row: Mapping[str, str]) -> WrapSurface:
    return WrapSurface(
        name=row["surface"],
        bone=row["body"],
        shape=word_in(row, "shape", SHAPES),
        position_m=_vector(row[key] for key in ("x_m", "y_m", "z_m")),
        euler_rad=_vector(row[key] for key in ("euler_x_rad", "euler_y_rad", "euler_z_rad")),
        size_m=_size(row),
        one_sided=row["quadrant"] == "-y",
    )


def _corrected(muscle: Muscle, table: Mapping[str, Any]) -> Muscle:
    """The muscle with the path, wraps and tendon of `muscle_corrections.toml`."""
    points = [PathPoint(point["body"], _vector(point["position_m"])) for point in table["point"]]
    return replace(
        muscle,
        path=tuple(points),
        wraps=tuple(table["wraps"]),
        tendon_slack_length_m=table["tendon_slack_length_m"],
    )


def _muscles() -> tuple[Muscle, ...]:
    paths: dict[str, list[PathPoint]] = defaultdict(list)
    for row in rows("muscle_paths.csv"):
        paths[row["muscle_id"]].append(_point(row))
    wraps: dict[str, list[str]] = defaultdict(list)
    for row in rows("muscle_wraps.csv"):
        wraps[row["muscle_id"]].append(row["surface"])
    return tuple(
        Muscle(
            id=row["id"],
            group=row["muscle"],
            name=row["name"],
            max_isometric_force_n=float(row["max_isometric_force_n"]),
            optimal_fibre_length_m=float(row["optimal_fibre_length_m"]),
            tendon_slack_length_m=float(row["tendon_slack_length_m"]),
            pennation_rad=float(row["pennation_rad"]),
            path=tuple(paths[row["id"]]),
            wraps=tuple(wraps[row["id"]]),
        )
        for row in rows("muscles.csv")
    )


@cache
def load_anatomy(*, as_published: bool = False) -> Anatomy:
    """The figures of one side of the body, unscaled; `as_published` leaves the source's own faults in."""
    tables = tomllib.loads((FOLDER / "joints.toml").read_text(encoding="utf-8"))
    closure = tables["closure"]["acromioclavicular"]
    return Anatomy(
        bones={
            row["body"]: BoneFigures(
                float(row["mass_kg"]), _vector(row[k] for k in ("com_x_m", "com_y_m", "com_z_m"))
            )
            for row in rows("bodies.csv")
        },
        joints={name: _joint(name, table) for name, table in tables["joint"].items()},
        ac_clavicle_m=_vector(closure["clavicle_point_m"]),
        ac_scapula_m=_vector(closure["scapula_point_m"]),
        ellipsoid_radii_m=_vector(tables["joint"]["scapulothoracic"]["ellipsoid_radii_m"]),
        landmarks={row["landmark"]: _point(row) for row in rows("landmarks.csv")},
        wrap_surfaces={row["surface"]: _wrap_surface(row) for row in rows("wrap_surfaces.csv")},
        muscles=_muscles() if as_published else _corrected_muscles(),
    )


def _corrected_muscles() -> tuple[Muscle, ...]:
    tables = tomllib.loads((FOLDER / "muscle_corrections.toml").read_text(encoding="utf-8"))
    return tuple(
        _corrected(muscle, tables[muscle.id]) if muscle.id in tables else muscle for muscle in _muscles()
    )


@cache
def _all_ratios() -> Mapping[str, Mapping[str, float]]:
    table: dict[str, dict[str, float]] = defaultdict(dict)
    for row in rows("proportions.csv"):
        table[row["sex"]][row["measure"]] = float(row["ratio"])
    return table


def load_ratios(person: Person) -> Mapping[str, float]:
    """Body measures as shares of stature or mass for the person's sex."""
    return _all_ratios()[person.sex]


def _actuator(row: Mapping[str, str]) -> Actuator:
    return Actuator(
        id=row["id"],
        name=row["name"],
        equation=row["equation"],
        lower=float(row["lower"]),
        upper=float(row["upper"]),
        weight=float(row["weight"]),
        passive=row["passive"] == "yes",
    )


@cache
def load_strength_table() -> StrengthTable:
    """Published strengths by muscle group and sex, and the actuators that complete the arm."""
    table: dict[str, dict[str, float]] = defaultdict(dict)
    for row in rows("strength.csv"):
        table[row["quantity"]][row["key"]] = float(row["value"])
    return StrengthTable(
        group=table["group"],
        fibre_scale=table["fibre_scale"],
        fibre_shift=table["fibre_shift"],
        sex_torque=table["sex_torque"],
        grip_pull_n=table["grip_pull"],
        back_extension_nm=table["back_extension"],
        reference_stature_m=table["reference_stature"],
        reference_mass_kg=table["reference_mass"],
        actuators=tuple(_actuator(row) for row in rows("actuators.csv")),
    )


@cache
def load_erectors() -> tuple[ErectorLump, ...]:
    """The erector spinae as three lumps a side."""
    return tuple(
        ErectorLump(row["id"], row["name"], float(row["force_share"]), float(row["lever_m"]))
        for row in rows("erectors.csv")
    )


@cache
def load_surveys() -> Mapping[Sex, Survey]:
    """Stature and mass of each sex, as a survey found them."""
    return {sex: _survey([row for row in rows("cohort.csv") if row["sex"] == sex]) for sex in SEXES}


SEXES: Final[tuple[Sex, ...]] = get_args(Sex)


def _survey(found: Sequence[Mapping[str, str]]) -> Survey:
    by_measure: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for row in found:
        by_measure[row["measure"]].append((float(row["percentile"] or 0.0), float(row["value"])))
    stature, mass = (np.array(sorted(by_measure[measure])) for measure in ("stature", "mass"))
    ((_, correlation),) = by_measure["correlation"]
    return Survey(stature[:, 0], stature[:, 1], mass[:, 1], correlation)
