"""The exported set-up in OpenSim: its own inverse dynamics asks the torques that we ask.

The torques are brought together from the outside: rates that keep the acromioclavicular joint closed come from
differences of OpenSim's own points, the shoulder's from the axes of the published joint.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
import pytest
from numpy.typing import NDArray

from bandwright.body import EQUATIONS, SIDES, Person, Side
from bandwright.body.rotations import about_axis
from bandwright.catalogue.exercises import find_exercise
from bandwright.catalogue.motion.storage import read_storage
from bandwright.catalogue.opensim.half import Half
from bandwright.catalogue.opensim.tools import INVERSE_DYNAMICS, MODEL, MOTION, TORQUES
from bandwright.catalogue.setups import default_setup
from bandwright.service.analysis import analyse
from bandwright.service.bodies import body_of
from bandwright.service.opensim_export import export_opensim

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("opensim") is None,
    reason="opensim is not installed: pip install 'bandwright[oracle]'",
)

Array = NDArray[np.float64]

MAN: Final = Person("male", 1.755, 84.6)
WOMAN: Final = Person("female", 1.62, 60.0)
SHARE: Final = 0.01
"""How far OpenSim's torques may be from ours, over the peak of each."""

CLAVICLE: Final = ("clav_prot", "clav_elev")
SCAPULA: Final = ("scapula_abduction", "scapula_elevation", "scapula_upward_rot", "scapula_winging")
SHOULDER: Final = ("plane_elv", "shoulder_elv", "axial_rot")
STEP_RAD: Final = 1e-5
SHOULDER_SIGNS: Final[Mapping[Side, tuple[float, float, float]]] = {
    "r": (-1.0, 1.0, 1.0),
    "l": (1.0, -1.0, 1.0),
}
"""Abduction, inner rotation and flexion as turns about the humerus's forward, upward and right axes."""


class Exported:
    """An exported model in OpenSim with its acromioclavicular joints left open."""

    def __init__(self, opensim: Any, folder: Path) -> None:
        self.opensim = opensim
        self.model = opensim.Model(str(folder / MODEL))
        constraints = self.model.updConstraintSet()
        for index in range(constraints.getSize()):
            constraints.get(index).set_isEnforced(False)
        self.state = self.model.initSystem()

    def place(self, pose: Mapping[str, float]) -> None:
        """Sets coordinates [rad, m]."""
        coordinates = self.model.getCoordinateSet()
        for name, value in pose.items():
            coordinates.get(name).setValue(self.state, float(value), False)  # noqa: FBT003  # a C++ signature
        self.model.realizePosition(self.state)

    def point(self, bone: str, position_m: Array) -> Array:
        """A point of a bone (3,) in the ground [m]."""
        at = self.opensim.Vec3(*(float(x) for x in position_m))
        found = self.model.getBodySet().get(bone).findStationLocationInGround(self.state, at)
        return np.array([found.get(i) for i in range(3)])

    def gap(self, half: Half) -> Array:
        """Collar bone less shoulder blade where they meet (3,) [m]."""
        clavicle, scapula = (self.point(bone, at) for bone, at in _ends(half))
        return np.asarray(clavicle - scapula)

    def scapula(self, half: Half) -> Array:
        """Where three points of the shoulder blade are (9,) [m]: its whole pose."""
        return np.concatenate([self.point(half.name("scapula"), at) for at in np.eye(3)])

    def by_coordinate(self, half: Half, coordinate: str, value: float) -> Array:
        """Change of the shoulder blade with a coordinate (9,) [m/rad]."""
        ends = []
        for step in (STEP_RAD, -STEP_RAD):
            self.place({coordinate: value + step})
            ends.append(self.scapula(half))
        self.place({coordinate: value})
        return np.asarray((ends[0] - ends[1]) / (2 * STEP_RAD))

    def by_speed(self, half: Half, coordinate: str) -> tuple[Array, Array]:
        """Velocity of the gap (3,) and of the shoulder blade (9,) at unit speed of a coordinate."""
        own = self.model.getCoordinateSet().get(coordinate)
        own.setSpeedValue(self.state, 1.0)
        self.model.realizeVelocity(self.state)
        clavicle, scapula = (self.velocity(bone, at) for bone, at in _ends(half))
        blade = np.concatenate([self.velocity(half.name("scapula"), at) for at in np.eye(3)])
        own.setSpeedValue(self.state, 0.0)
        return clavicle - scapula, blade

    def velocity(self, bone: str, position_m: Array) -> Array:
        """Velocity of a point of a bone (3,) in the ground [m/s]."""
        at = self.opensim.Vec3(*(float(x) for x in position_m))
        found = self.model.getBodySet().get(bone).findStationVelocityInGround(self.state, at)
        return np.array([found.get(i) for i in range(3)])


def _ends(half: Half) -> tuple[tuple[str, Array], tuple[str, Array]]:
    """The two points that the acromioclavicular joint holds together, each on its bone."""
    clavicle = half.point(half.anatomy.ac_clavicle_m, "clavicle")
    scapula = half.point(half.anatomy.ac_scapula_m, "scapula")
    return (half.name("clavicle"), clavicle), (half.name("scapula"), scapula)


def speeds(exported: Exported, half: Half, pose: Mapping[str, float]) -> dict[str, Array]:
    """Speed of each coordinate of an arm per unit rate of the eight equations (8,).

    The speeds of OpenSim's scapulothoracic joint are not the rates of its coordinates, and inverse dynamics gives
    the forces that go with the speeds.
    """
    exported.place(pose)
    return _girdle_speeds(exported, half, pose) | _arm_speeds(half, pose)


def _girdle_speeds(exported: Exported, half: Half, pose: Mapping[str, float]) -> dict[str, Array]:
    names = [half.coordinate(name)[0] for name in (*CLAVICLE, *SCAPULA)]
    moved = [exported.by_speed(half, name) for name in names]
    closing = np.column_stack([gap for gap, _ in moved])
    by_speed = np.column_stack([blade for _, blade in moved])[:, 2:]
    by_angle = np.column_stack([exported.by_coordinate(half, name, pose[name]) for name in names[2:]])
    upward, sign = half.coordinate("scapula_upward_rot")
    turning = np.linalg.lstsq(by_angle, by_speed, rcond=None)[0][names[2:].index(upward)] * sign
    rows = np.vstack([np.eye(6)[:2], np.concatenate([np.zeros(2), turning]), closing])
    found = np.linalg.solve(rows, np.eye(6)[:, :3])
    return {name: np.concatenate([row, np.zeros(5)]) for name, row in zip(names, found, strict=True)}


def _arm_speeds(half: Half, pose: Mapping[str, float]) -> dict[str, Array]:
    axes = [half.axis(axis) for axis in half.anatomy.joints["glenohumeral"].axes]
    names = [half.name(name) for name in SHOULDER]
    own_turn = about_axis(axes[2], pose[names[2]]).T
    lifted = own_turn @ about_axis(axes[1], pose[names[1]]).T
    turn = np.column_stack([lifted @ axes[0], own_turn @ axes[1], axes[2]])
    block = np.linalg.inv(np.diag(SHOULDER_SIGNS[half.side]) @ turn)
    found = {n: np.concatenate([np.zeros(3), row, np.zeros(2)]) for n, row in zip(names, block, strict=True)}
    return found | {half.name("elbow_flexion"): np.eye(8)[6], half.name("pro_sup"): np.eye(8)[7]}


def table(path: Path) -> dict[str, Array]:
    """The columns of one of OpenSim's tables."""
    lines = path.read_text(encoding="utf-8").splitlines()
    start = lines.index("endheader") + 1
    rows = np.array([[float(x) for x in line.split()] for line in lines[start + 1 :]])
    return dict(zip(lines[start].split(), rows.T, strict=True))


@pytest.fixture
def opensim(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """OpenSim, silent, with its log in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    module = pytest.importorskip("opensim")
    module.Logger.setLevelString("off")
    return module


@pytest.mark.parametrize(
    ("exercise", "person"),
    [
        ("bent-over-band-row", MAN),
        ("kettlebell-row", WOMAN),
        ("straight-arm-pulldown", MAN),
        ("chin-up", MAN),
        ("dumbbell-row-mini-band", WOMAN),
        ("band-external-rotation", WOMAN),
    ],
)
def test_opensim_asks_the_same_torques(exercise: str, person: Person, opensim: Any, tmp_path: Path) -> None:
    """OpenSim's inverse dynamics on the exported files gives all sixteen torques within 1 % of their peaks."""
    analysis = analyse(default_setup(find_exercise(exercise), person), with_spread=False)
    export_opensim(analysis, tmp_path)
    assert opensim.InverseDynamicsTool(INVERSE_DYNAMICS).run()
    asked, ours = table(tmp_path / "inverse_dynamics.sto"), table(tmp_path / TORQUES)
    motion = read_storage(tmp_path / MOTION).values
    exported = Exported(opensim, tmp_path)
    frames = np.linspace(0, len(asked["time"]) - 1, 13).astype(int)
    body = body_of(person)
    for side in SIDES:
        half = Half(body.anatomy, body.sizes.scale, side)
        found = np.zeros((len(frames), 8))
        for row, frame in enumerate(frames):
            by = speeds(exported, half, {name: value[frame] for name, value in motion.items()})
            assert np.abs(exported.gap(half)).max() < 1e-6
            found[row] = sum(asked[f"{name}_moment"][frame] * rate for name, rate in by.items())
        wanted = np.column_stack([ours[f"{name}_{side}"] for name in EQUATIONS])
        apart = np.abs(found - wanted[frames]).max(axis=0) / np.abs(wanted).max(axis=0)
        assert {n: a for n, a in zip(EQUATIONS, apart, strict=True) if not a < SHARE} == {}


def test_muscles_are_where_ours_are(opensim: Any, tmp_path: Path) -> None:
    """At the start of a chin-up straight muscles are as long as ours, and all are alike on both sides."""
    analysis = analyse(default_setup(find_exercise("chin-up"), WOMAN), with_spread=False)
    export_opensim(analysis, tmp_path)
    exported = Exported(opensim, tmp_path)
    exported.place({name: value[0] for name, value in read_storage(tmp_path / MOTION).values.items()})
    muscles = exported.model.getMuscles()
    length = {
        f"{name}_{side}": muscles.get(f"{name}_{side}").getGeometryPath().getLength(exported.state)
        for name in analysis.posed.muscle_ids
        for side in SIDES
    }
    straight = [muscle.id for muscle in body_of(WOMAN).anatomy.muscles if not muscle.wraps]
    ours = dict(zip(analysis.posed.muscle_ids, analysis.posed.arms["r"].muscle_length[0], strict=True))
    assert len(straight) >= 2
    assert {name: length[f"{name}_r"] for name in straight} == pytest.approx(
        {name: ours[name] for name in straight}, abs=1e-8
    )
    assert [length[f"{name}_l"] for name in ours] == pytest.approx(
        [length[f"{name}_r"] for name in ours], abs=1e-6
    )
