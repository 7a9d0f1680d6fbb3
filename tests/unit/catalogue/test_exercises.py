"""Exercises: reading them, finding them, and the movement they become."""

from __future__ import annotations

import math
import shutil
from importlib.resources import files
from pathlib import Path

import pytest

from bandwright.catalogue.exercises import default_loads, exercise_ids, find_exercise, load_exercises
from bandwright.errors import CatalogueError, InputError
from bandwright.loads.load import BandLoad, BodyWeightLoad, CableLoad, Point, WeightLoad

SHIPPED = Path(str(files("bandwright"))) / "data" / "exercises"


def test_angles_are_radians_inside() -> None:
    """A file's degrees are radians in the movement, each in its own place."""
    last = find_exercise("bent-over-band-row").movement.keyframes[-1]
    assert last.trunk_inclination == pytest.approx(math.radians(50))
    assert last.girdle.protraction == pytest.approx(math.radians(-13))
    assert last.girdle.upward_rotation == pytest.approx(math.radians(2))
    assert last.arm.plane == pytest.approx(math.radians(-60))
    assert last.arm.external_rotation == pytest.approx(math.radians(-10))
    assert last.arm.elbow_flexion == pytest.approx(math.radians(85))


def test_hand_target_and_posture_reach_the_movement() -> None:
    """A bar fixes the hands' width; the movement says so."""
    movement = find_exercise("pull-up").movement
    assert movement.hand_target is not None
    assert movement.hand_target.lateral_biacromial == pytest.approx(1.4)
    assert (movement.posture, movement.grip, movement.arms) == ("hanging", "pronated", "both")


def test_each_kind_of_default_load() -> None:
    """Every kind of load in a file becomes its own domain type."""
    kinds = {
        "pull-up": BodyWeightLoad,
        "bent-over-dumbbell-row": WeightLoad,
        "cable-row": CableLoad,
        "face-pull": BandLoad,
    }
    for exercise_id, kind in kinds.items():
        assert isinstance(default_loads(find_exercise(exercise_id))[0], kind)


def test_anchor_height_as_a_share_of_stature() -> None:
    """An anchor given by share of stature keeps it, for the body to scale."""
    (load,) = default_loads(find_exercise("face-pull"))
    assert isinstance(load, BandLoad)
    assert isinstance(load.origin, Point)
    assert load.origin.z_stature == pytest.approx(0.88)
    assert load.rig == "single"


@pytest.mark.parametrize(
    ("given", "nearest"),
    [
        ("bent over row", "bent-over-band-row"),
        ("Pull_Up", "pull-up"),
        ("facepull", "face-pull"),
        ("single arm dumbbel row", "single-arm-dumbbell-row"),
    ],
)
def test_unknown_exercise_names_the_nearest(given: str, nearest: str) -> None:
    """A name that is nearly right is answered with the one that is."""
    with pytest.raises(InputError) as caught:
        find_exercise(given)
    (problem,) = caught.value.problems
    assert problem.code == "unknown-exercise"
    assert problem.nearest == nearest
    assert given in problem.message
    assert set(problem.allowed) == exercise_ids()


def test_an_id_cannot_leave_the_folder(tmp_path: Path) -> None:
    """An id with a path in it finds nothing, whatever lies there."""
    own = tmp_path / "own"
    own.mkdir()
    shutil.copy(SHIPPED / "face-pull.toml", tmp_path / "face-pull.toml")
    with pytest.raises(InputError):
        find_exercise("../face-pull", own)


def test_own_folder_adds_and_replaces(tmp_path: Path) -> None:
    """The person's files come beside the shipped ones, and win over one of the same id."""
    text = (SHIPPED / "face-pull.toml").read_text(encoding="utf-8")
    (tmp_path / "face-pull.toml").write_text(text.replace("Face pull", "My face pull"), encoding="utf-8")
    mine = text.replace('id = "face-pull"', 'id = "my-pull"').replace("Face pull", "My pull")
    (tmp_path / "my-pull.toml").write_text(mine, encoding="utf-8")
    every = load_exercises(tmp_path)
    assert every["face-pull"].name == "My face pull"
    assert every["my-pull"].name == "My pull"
    assert set(every) == exercise_ids() | {"my-pull"}
    assert list(every) == sorted(every)
    assert find_exercise("my-pull", tmp_path).name == "My pull"
    assert find_exercise("face-pull").name == "Face pull"


def test_own_folder_with_two_bad_files_reports_both(tmp_path: Path) -> None:
    """Loading a folder raises once, with the problems of every file."""
    (tmp_path / "one.toml").write_text("id = ", encoding="utf-8")
    (tmp_path / "two.toml").write_text('id = "two"\n', encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        load_exercises(tmp_path)
    paths = [problem.path or "" for problem in caught.value.problems]
    assert any(path.startswith("one.toml") for path in paths)
    assert any(path.startswith("two.toml") for path in paths)
