"""OpenSim's muscle lengths and -dL/dq at many poses, and where its own answer cannot be compared with.

Run `BANDWRIGHT_ORACLE=model.osim python -m tests.agreement.oracle.path_figures` in the project folder to write
the golden figures. Poses are drawn from a fixed seed, so a second run writes the same file.
"""

from __future__ import annotations

import csv
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bandwright.body import ArmAngles, BodyModel
from bandwright.body.rotations import about_axis, unit
from bandwright.catalogue.exercises import find_exercise
from bandwright.movements.interpolation import interpolate
from bandwright.movements.targets import reach, right_arm
from tests.agreement.oracle.generate import HIGH, LOW, SEED, slopes_m
from tests.agreement.oracle.oracle_model import COORDINATES, Array, Oracle, load_oracle, missing_reason

FILE = Path(__file__).resolve().parents[2] / "golden" / "oracle_paths.csv"
GOLDEN_POSES = 40
JUMP_M = 1e-3
"""Spread of -dL/dq over five step sizes above which OpenSim's length is taken to jump between them."""
SLACK_M = 1e-5


@dataclass(frozen=True, slots=True)
class Figures:
    """What OpenSim says at K poses of 11 coordinates: lengths (K, 33) [m], moment arms (K, 33, 11) [m], and why a
    muscle is left out there (K, 33): "" where it is not.
    """

    poses: Array
    lengths: Array
    levers: Array
    reasons: np.ndarray[tuple[int, ...], np.dtype[np.str_]]


def random_poses(count: int) -> Array:
    """Coordinates (count, 11) [rad]: girdle around rest, arm and forearm wide."""
    drawn = np.random.default_rng(SEED).uniform(LOW, HIGH, (count, len(COORDINATES)))
    return np.asarray(np.round(drawn, 6))


def movement_poses(body: BodyModel, name: str, phases: int) -> Array:
    """OpenSim coordinates (phases, 11) [rad] of the right arm along one movement."""
    movement = find_exercise(name).movement
    arm = right_arm(body, reach(body, interpolate(movement.keyframes, phases), movement.hand_target))
    return source_coordinates(body, arm)


def source_coordinates(body: BodyModel, arm: ArmAngles) -> Array:
    """The source's coordinates (K, 11) [rad] of arm angles; its third shoulder axis is not square to the second."""
    plane, raised, twist = body.anatomy.joints["glenohumeral"].axes
    along = unit(twist)
    found = []
    for hinges, humerus in zip(arm.hinges, arm.humerus, strict=True):
        tip = humerus @ along
        tilt = np.arccos(np.clip(tip[1] / np.hypot(along[1], along[2]), -1.0, 1.0))
        elevation = tilt - np.arctan2(abs(along[2]), along[1])
        level = about_axis(raised, elevation) @ along
        turn = np.arctan2(tip[0], tip[2]) - np.arctan2(level[0], level[2])
        turn = (turn + np.pi) % (2 * np.pi) - np.pi
        rest = (about_axis(plane, turn) @ about_axis(raised, elevation)).T @ humerus
        axial = np.array([rest[2, 1] - rest[1, 2], rest[0, 2] - rest[2, 0], rest[1, 0] - rest[0, 1]]) / 2
        found.append(
            [*hinges[:6], turn, elevation, np.arctan2(axial @ along, (np.trace(rest) - 1) / 2), *hinges[6:]]
        )
    return np.array(found)


def figures(oracle: Oracle, poses: Array) -> Figures:
    """Asks OpenSim at every pose."""
    lengths, levers, reasons = [], [], []
    for pose in poses:
        slopes = np.stack([slopes_m(oracle, pose, i) for i in range(len(COORDINATES))], axis=-1)
        jumps = np.ptp(slopes, axis=0).max(axis=-1) > JUMP_M
        oracle.place_array(pose)
        lengths.append(oracle.lengths_m())
        levers.append(np.median(slopes, axis=0))
        own = [_reason(oracle, index) for index in range(len(oracle.muscles))]
        reasons.append([why or ("jumps" if jump else "") for why, jump in zip(own, jumps, strict=True)])
    return Figures(poses, np.array(lengths), np.array(levers), np.array(reasons))


def _reason(oracle: Oracle, index: int) -> str:
    """Why OpenSim's path of a muscle at its present pose contradicts itself; empty where it does not."""
    path = oracle.model.getMuscles().get(index).getGeometryPath()
    path.getLength(oracle.state)
    points = path.getCurrentPath(oracle.state)
    count = points.getSize()
    at = [oracle.vector(points.get(i).getLocationInGround(oracle.state)) for i in range(count)]
    found = [oracle.opensim.PathWrapPoint.safeDownCast(points.get(i)) for i in range(count)]
    arcs = [(i, point.getWrapLength(oracle.state)) for i, point in enumerate(found) if point]
    arcs = [(i, arc) for i, arc in arcs if arc > 0.0]
    if len(arcs) > 1:
        return "two surfaces"
    if any(arc < np.linalg.norm(at[i] - at[i - 1]) - SLACK_M for i, arc in arcs):
        return "arc below chord"
    if not arcs and _through(oracle, path, at):
        return "through a cylinder"
    pieces = [(at[i - 1], at[i]) for i in range(1, count) if i not in {arc for arc, _ in arcs}]
    return "through a sphere" if _in_sphere(oracle, path, (at[0], at[-1]), pieces) else ""


def _in_sphere(
    oracle: Oracle, path: Any, ends: tuple[Array, Array], pieces: list[tuple[Array, Array]]
) -> bool:
    """Whether a straight piece runs through a sphere that the path should bend over, both ends being outside."""
    wraps = path.getWrapSet()
    for index in range(wraps.getSize()):
        sphere = oracle.opensim.WrapSphere.safeDownCast(wraps.get(index).getWrapObject())
        if not sphere:
            continue
        centre, least = _centre(oracle, sphere), sphere.getRadius() - SLACK_M
        if min(np.linalg.norm(end - centre) for end in ends) < least:
            continue
        if min(_distance_m(centre, *piece) for piece in pieces) < least:
            return True
    return False


def _distance_m(point: Array, start: Array, end: Array) -> float:
    way = end - start
    share = np.clip((point - start) @ way / (way @ way), 0.0, 1.0)
    return float(np.linalg.norm(start + share * way - point))


def _centre(oracle: Oracle, surface: Any) -> Array:
    """Origin of a wrap surface in the world [m]."""
    place = surface.getFrame().getTransformInGround(oracle.state)
    turn = place.R()
    matrix = np.array([[turn.get(i, j) for j in range(3)] for i in range(3)])
    offset = oracle.vector(surface.get_translation())
    return np.asarray(oracle.vector(place.p()) + matrix @ offset)


def _through(oracle: Oracle, path: Any, at: list[Array]) -> bool:
    """Whether a path without arcs runs through a cylinder it should bend over."""
    wraps = path.getWrapSet()
    for index in range(wraps.getSize()):
        surface = wraps.get(index).getWrapObject()
        cylinder = oracle.opensim.WrapCylinder.safeDownCast(surface)
        if cylinder and _depth_m(oracle, cylinder, at[0], at[-1]) > SLACK_M:
            return True
    return False


def _depth_m(oracle: Oracle, cylinder: Any, start: Array, end: Array) -> float:
    """How deep a straight line runs below a cylinder's surface [m]."""
    frame = cylinder.getFrame()
    turn = frame.getTransformInGround(oracle.state).R()
    matrix = np.array([[turn.get(i, j) for j in range(3)] for i in range(3)])
    angles = oracle.vector(cylinder.get_xyz_body_rotation())
    own = matrix @ np.linalg.multi_dot([about_axis(np.eye(3)[i], angles[i]) for i in range(3)])
    centre = _centre(oracle, cylinder)
    one, two = (own.T @ (point - centre) for point in (start, end))
    way = (two - one)[:2]
    share = np.clip(-(one[:2] @ way) / (way @ way), 0.0, 1.0)
    return float(cylinder.get_radius() - np.linalg.norm(one[:2] + share * way))


def write(found: Figures, muscles: tuple[str, ...]) -> None:
    """Writes the golden figures: coordinates in rad, lengths and moment arms in mm."""
    with FILE.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["pose", "muscle", "left_out", "length_mm", *COORDINATES])
        for pose, q in enumerate(found.poses):
            writer.writerow([pose, "coordinates_rad", "", "", *q])
            for index, muscle in enumerate(muscles):
                levers = [
                    f"{value:.3f}".rstrip("0").rstrip(".") for value in found.levers[pose, index] * 1e3 + 0.0
                ]
                length = f"{found.lengths[pose, index] * 1e3:.4f}"
                writer.writerow([pose, muscle, found.reasons[pose, index], length, *levers])


def read() -> tuple[Figures, tuple[str, ...]]:
    """The golden figures and the muscles' names."""
    rows = list(csv.DictReader(FILE.read_text(encoding="utf-8").splitlines()))
    poses = [row for row in rows if row["muscle"] == "coordinates_rad"]
    others = [row for row in rows if row["muscle"] != "coordinates_rad"]
    count = len(others) // len(poses)
    values = np.array([[float(row[name]) for name in COORDINATES] for row in others]) / 1e3
    return Figures(
        np.array([[float(row[name]) for name in COORDINATES] for row in poses]),
        np.array([float(row["length_mm"]) for row in others]).reshape(len(poses), count) / 1e3,
        values.reshape(len(poses), count, len(COORDINATES)),
        np.array([row["left_out"] for row in others]).reshape(len(poses), count),
    ), tuple(row["muscle"] for row in others[:count])


def main() -> None:
    """Writes the golden file."""
    if reason := missing_reason():
        sys.exit(reason)
    oracle = load_oracle()
    write(figures(oracle, random_poses(GOLDEN_POSES)), oracle.muscles)


if __name__ == "__main__":
    main()
