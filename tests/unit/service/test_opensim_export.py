"""The files of an OpenSim export, read without OpenSim."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from bandwright.body import Person, Side
from bandwright.catalogue.exercises import find_exercise
from bandwright.catalogue.motion.storage import read_storage
from bandwright.catalogue.opensim.tools import EXTERNAL_LOADS, FILES, INVERSE_DYNAMICS, LOADS, MODEL, MOTION
from bandwright.catalogue.setup import SetUp, Tempo
from bandwright.catalogue.setups import default_setup
from bandwright.movements.recorded import Sampling
from bandwright.service.analysis import Analysis, analyse
from bandwright.service.bodies import body_of, holder_of
from bandwright.service.motion import Motion, analyse_motion
from bandwright.service.opensim_export import SLOW_LIFT_S, export_opensim

Array = NDArray[np.float64]

MAN = Person("male", 1.755, 84.6)
ARM_PARTS = ("upper_arm", "forearm", "hand")


def _setup(exercise: str) -> SetUp:
    return default_setup(find_exercise(exercise), MAN)


@lru_cache(maxsize=4)
def _analysis(exercise: str) -> Analysis:
    return analyse(_setup(exercise), with_spread=False)


def _root(path: Path) -> ET.Element:
    return ET.parse(path).getroot()  # noqa: S314 — our own files


def _table(path: Path) -> dict[str, Array]:
    lines = path.read_text(encoding="utf-8").splitlines()
    start = lines.index("endheader") + 1
    rows = np.array([[float(x) for x in line.split()] for line in lines[start + 1 :]])
    return dict(zip(lines[start].split(), rows.T, strict=True))


def test_every_name_in_the_files_is_there(tmp_path: Path) -> None:
    """Bodies, coordinates and surfaces that one part names exist in another, each once."""
    export_opensim(_analysis("dumbbell-row-mini-band"), tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(FILES)
    model = _root(tmp_path / MODEL)
    bodies = {one.attrib["name"] for one in model.iter("Body")}
    surfaces = {one.attrib["name"] for s in model.iter("WrapObjectSet") for one in s.findall("objects/*")}
    coordinates = [one.attrib["name"] for one in model.iter("Coordinate")]
    assert len(bodies) == 13
    assert len(set(coordinates)) == len(coordinates) == 28
    assert set(read_storage(tmp_path / MOTION).values) == set(coordinates)
    assert {one.text for one in model.iter("wrap_object")} <= surfaces
    assert {
        one.text for one in model.iter("socket_parent_frame") if (one.text or "").startswith("/bodyset/")
    } <= {f"/bodyset/{name}" for name in bodies}
    pulled = {one.text for one in _root(tmp_path / EXTERNAL_LOADS).iter("applied_to_body")}
    assert pulled == {"hand", "hand_l", "radius", "radius_l"}
    named = [
        _root(tmp_path / INVERSE_DYNAMICS).find(f".//{tag}") for tag in ("model_file", "coordinates_file")
    ]
    assert [one.text for one in named if one is not None] == [MODEL, MOTION]


def test_credits_name_the_sources(tmp_path: Path) -> None:
    """Model and guide carry the attribution that the licences ask for."""
    export_opensim(_analysis("bent-over-band-row"), tmp_path)
    credit = _root(tmp_path / MODEL).findtext(".//credits") or ""
    for words in (credit, (tmp_path / "README.txt").read_text(encoding="utf-8")):
        for name in ("Seth", "Belli", "Arm26", "Attribution 4.0", "Attribution 3.0", "Changes"):
            assert name in " ".join(words.split())


def test_masses_and_strengths_are_the_persons(tmp_path: Path) -> None:
    """Both arms weigh what the person's arms weigh, and every muscle is as strong as in the analysis."""
    export_opensim(_analysis("bent-over-band-row"), tmp_path)
    model, sizes = _root(tmp_path / MODEL), body_of(MAN).sizes
    mass = {one.attrib["name"]: float(one.findtext("mass") or "nan") for one in model.iter("Body")}
    for ending in ("", "_l"):
        arm = sum(mass[f"{bone}{ending}"] for bone in ("humerus", "ulna", "radius", "hand"))
        assert arm == pytest.approx(sum(sizes.mass_kg(part) for part in ARM_PARTS), abs=1e-5)
    above = sum(sizes.mass_kg(part) for part in ("upper_trunk", "middle_trunk", "head"))
    girdles = ("thorax", "clavicle", "scapula", "clavicle_l", "scapula_l")
    assert sum(mass[name] for name in girdles) == pytest.approx(above, rel=1e-6)
    forces = [float(one.text or "nan") for one in model.iter("max_isometric_force")]
    assert forces == pytest.approx(np.tile(holder_of(MAN).strength.force_n, 2), rel=1e-12)


@pytest.mark.parametrize("exercise", ["bent-over-band-row", "dumbbell-row-mini-band", "kettlebell-row"])
def test_forces_are_those_of_the_analysis(exercise: str, tmp_path: Path) -> None:
    """In OpenSim's axes the columns add up to our forces at the start, in the middle and at the finish."""
    analysis = _analysis(exercise)
    export_opensim(analysis, tmp_path)
    table = _table(tmp_path / LOADS)
    for side in ("r", "l"):
        names = [name for name in (f"grip_{side}", f"wrist_{side}") if f"{name}_vx" in table]
        sums = {
            axis: sum((table[f"{name}_v{axis}"] for name in names), start=np.zeros(601)) for axis in "xyz"
        }
        none = np.zeros((51, 3))
        ours = sum((force.force.get(side, none) for force in analysis.forces), start=none)
        for row, phase in ((0, 0), (300, 25), (600, 50)):
            world = [sums["x"][row], -sums["z"][row], sums["y"][row]]
            assert world == pytest.approx(ours[phase], abs=1e-6)


@pytest.mark.parametrize(
    ("exercise", "side"),
    [("bent-over-band-row", "l"), ("straight-arm-pulldown", "r"), ("straight-arm-pulldown", "l")],
)
def test_motion_comes_back(exercise: str, side: Side, tmp_path: Path) -> None:
    """The exported motion of either arm, read as a recording, gives the same curves within 0.1 % of their peaks."""
    original = _analysis(exercise)
    export_opensim(original, tmp_path)
    motion = Motion(tmp_path / MOTION, side, Sampling(0.0, SLOW_LIFT_S))
    found = analyse_motion(_setup(exercise), motion, with_spread=False)
    for now, before in (
        (found.working.load_n, original.working.load_n),
        (found.strength_n, original.strength_n),
        (found.effort, original.effort),
    ):
        assert np.abs(now - before).max() < 0.001 * np.abs(before).max()


def test_a_tempo_sets_the_time(tmp_path: Path) -> None:
    """With a tempo the files last as long as the lift, and the guide says what the forces hold."""
    setup = replace(_setup("kettlebell-row"), tempo=Tempo(0.8, 0.0, 2.0))
    export_opensim(analyse(setup, with_spread=False), tmp_path)
    times = _table(tmp_path / MOTION)["time"]
    assert (times[0], times[-1]) == (0.0, 0.8)
    assert np.diff(times).max() < 0.01
    assert "as the set-up's tempo says" in (tmp_path / "README.txt").read_text(encoding="utf-8")
