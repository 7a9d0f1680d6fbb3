"""Reading recorded motion: units, names, and what is said of malformed files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bandwright.catalogue.motion.marker_names import named_points
from bandwright.catalogue.motion.storage import read_storage
from bandwright.catalogue.motion.trc import MarkerTable, read_trc
from bandwright.errors import InputError

MOT = """row
version=1
nRows=4
nColumns=4
inDegrees=yes
endheader
time\telbow_flex_r\tpelvis_tilt\tpelvis_tx
0.0\t90\t0\t1.0
0.1\t91\t0\t1.1
0.2\t92\t0\t1.2
0.3\t93\t0\t1.3
"""

TRC = (
    "PathFileType\t4\t(X/Y/Z)\trow.trc\n"
    "DataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\tOrigDataRate\tOrigDataStartFrame\tOrigNumFrames\n"
    "10\t10\t4\t2\tmm\t10\t1\t4\n"
    "Frame#\tTime\tRElbow\t\t\tRWrist\t\t\n"
    "\t\tX1\tY1\tZ1\tX2\tY2\tZ2\n"
    "\n"
    "1\t0.0\t100\t200\t300\t400\t500\t600\n"
    "2\t0.1\t100\t200\t300\t400\t500\t600\n"
    "3\t0.2\t100\t200\t300\t400\t500\t600\n"
    "4\t0.3\t100\t200\t300\t400\t500\t600\n"
)


def _file(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text)
    return path


def _problems(path: Path) -> set[tuple[str, str]]:
    """Code and place of every problem."""
    with pytest.raises(InputError) as told:
        read_trc(path) if path.suffix == ".trc" else read_storage(path)
    return {(problem.code, problem.path or "") for problem in told.value.problems}


def test_degrees_become_radians_and_lengths_stay(tmp_path: Path) -> None:
    """Angles are turned once; translations are metres already."""
    table = read_storage(_file(tmp_path, "row.mot", MOT))
    assert table.values["elbow_flex_r"][0] == pytest.approx(np.pi / 2)
    assert table.values["pelvis_tx"] == pytest.approx([1.0, 1.1, 1.2, 1.3])
    assert table.time_s == pytest.approx([0.0, 0.1, 0.2, 0.3])


def test_state_files_name_coordinates_by_their_path(tmp_path: Path) -> None:
    """The coordinate's own name is kept, its speed is left out."""
    text = MOT.replace("elbow_flex_r", "/jointset/elbow_r/elbow_flex_r/value")
    text = text.replace("pelvis_tilt", "/jointset/elbow_r/elbow_flex_r/speed")
    assert set(read_storage(_file(tmp_path, "row.sto", text)).values) == {"elbow_flex_r", "pelvis_tx"}


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("endheader\n", "", "no-header", 1),
        ("nRows=4", "nRows=5", "wrong-count", 3),
        ("nColumns=4", "nColumns=3", "wrong-count", 4),
        ("inDegrees=yes\n", "", "missing-key", 1),
        ("inDegrees=yes", "inDegrees=perhaps", "bad-unit", 5),
        ("inDegrees=yes", "inDegrees=no", "bad-unit", 5),
        ("pelvis_tilt", "pelvis_tx", "duplicate-label", 7),
        ("time\t", "seconds\t", "no-time", 7),
        ("0.1\t91", "0.1\tabc", "not-a-number", 9),
        ("0.1\t91", "0.1\tNaN", "not-finite", 9),
        ("0.1\t91", "0.1", "wrong-number-of-cells", 9),
        ("0.2\t92", "0.1\t92", "time-not-increasing", 10),
    ],
)
def test_malformed_coordinate_files(old: str, new: str, code: str, line: int, tmp_path: Path) -> None:
    """Each fault is told with its line."""
    assert old in MOT
    assert (code, f"row.mot: line {line}") in _problems(_file(tmp_path, "row.mot", MOT.replace(old, new)))


def test_all_problems_at_once(tmp_path: Path) -> None:
    """Faults in header, labels and numbers are told together."""
    text = (
        MOT.replace("nRows=4", "nRows=9").replace("0.1\t91", "0.1\tabc").replace("pelvis_tilt", "pelvis_tx")
    )
    codes = {code for code, _ in _problems(_file(tmp_path, "row.mot", text))}
    assert codes >= {"wrong-count", "not-a-number", "duplicate-label"}


def test_many_alike_are_counted(tmp_path: Path) -> None:
    """A hundred bad rows are not a hundred messages."""
    rows = "".join(f"{n / 10}\tx\t0\t1\n" for n in range(100))
    text = MOT[: MOT.index("0.0\t90")].replace("nRows=4", "nRows=100") + rows
    with pytest.raises(InputError, match="And 90 more like this") as told:
        read_storage(_file(tmp_path, "row.mot", text))
    assert len(told.value.problems) == 11


@pytest.mark.parametrize(("unit", "metres"), [("mm", 0.1), ("cm", 1.0), ("m", 100.0)])
def test_marker_units(unit: str, metres: float, tmp_path: Path) -> None:
    """Positions come out in metres, whatever the file's unit."""
    markers = read_trc(_file(tmp_path, "row.trc", TRC.replace("\tmm\t", f"\t{unit}\t")))
    assert markers.positions_m["RElbow"][0, 0] == pytest.approx(metres)
    assert markers.positions_m["RWrist"].shape == (4, 3)


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("PathFileType", "Something", "no-header", 1),
        ("\tmm\t", "\tfurlong\t", "bad-unit", 3),
        ("\tUnits\t", "\tUnit\t", "missing-key", 2),
        ("10\t10\t4\t2", "10\t10\t5\t2", "wrong-count", 3),
        ("10\t10\t4\t2", "10\t10\t4\t3", "wrong-count", 3),
        ("10\t10\t4\t2", "60\t10\t4\t2", "bad-rate", 3),
        ("10\t10\t4\t2", "fast\t10\t4\t2", "bad-rate", 3),
        ("RWrist", "RElbow", "duplicate-label", 4),
        ("Frame#\t", "Number\t", "no-time", 4),
        ("2\t0.1\t100", "2\t0.1\tabc", "not-a-number", 8),
        ("2\t0.1\t100", "2\t0.1\t100\t7", "wrong-number-of-cells", 8),
        ("3\t0.2\t", "3\t0.05\t", "time-not-increasing", 9),
    ],
)
def test_malformed_marker_files(old: str, new: str, code: str, line: int, tmp_path: Path) -> None:
    """Each fault is told with its line."""
    assert old in TRC
    assert (code, f"row.trc: line {line}") in _problems(_file(tmp_path, "row.trc", TRC.replace(old, new)))


def _markers(*names: str, gaps: dict[str, int] | None = None) -> MarkerTable:
    return MarkerTable("row.trc", np.arange(4.0), {name: np.zeros((4, 3)) for name in names}, gaps or {})


def test_gaps_matter_only_where_the_marker_does(tmp_path: Path) -> None:
    """A blank cell is kept as a gap; it is refused for the wrist, with its line, and ignored for a toe."""
    table = read_trc(_file(tmp_path, "row.trc", TRC.replace("3\t0.2\t100\t", "3\t0.2\t\t")))
    assert table.gaps == {"RElbow": 9}
    needed = ("RShoulder", "LShoulder", "RElbow", "RWrist", "CHip", "RBigToe")
    assert "wrist" in named_points(_markers(*needed, gaps={"RBigToe": 8}), "r")
    with pytest.raises(InputError, match=r"row\.trc: line 9: The marker 'RWrist' \(wrist\) is missing here"):
        named_points(_markers(*needed, gaps={"RWrist": 9}), "r")


def test_missing_markers_are_named_with_the_nearest() -> None:
    """Every missing marker at once, each with what is most like it."""
    with pytest.raises(InputError) as told:
        named_points(_markers("RShoulder", "RElbo", "LWrist"), "r")
    found = {problem.code: problem for problem in told.value.problems}
    assert {problem.nearest for problem in told.value.problems} >= {"RElbo", "LWrist"}
    assert "no-trunk" in found


@pytest.mark.parametrize(
    "names",
    [
        ("Neck", "RShoulder", "LShoulder", "RElbow", "RWrist", "RHip", "LHip"),
        ("C7", "CLAV", "STRN", "T10", "RSHO", "RELB", "RWRA", "RWRB"),
        (
            "L_shoulder_study",
            "r_shoulder_study",
            "midHip",
            "r_lelbow_study",
            "r_lwrist_study",
            "r_mwrist_study",
        ),
    ],
)
def test_common_marker_sets_are_known(names: tuple[str, ...]) -> None:
    """Pose estimators' names, motion capture's and OpenCap's augmented ones are enough for the right arm."""
    found = named_points(_markers(*names), "r")
    assert {"elbow", "elbow_outer"} & set(found)
    assert {"shoulder", "acromion"} & set(found)
