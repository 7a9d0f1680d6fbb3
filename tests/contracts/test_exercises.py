"""What the shipped exercises, their schemas and the examples promise."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from bandwright.bands.band import WARN_STRETCH
from bandwright.body import BodyModel, Person, proportions
from bandwright.catalogue.anatomy import load_anatomy, load_ratios
from bandwright.catalogue.check import check_folder
from bandwright.catalogue.exercises import default_loads, exercise_ids, find_exercise, load_exercises
from bandwright.catalogue.schemas import SCHEMAS, committed_schema, schema_text
from bandwright.catalogue.setups import read_setup
from bandwright.loads import BandLoad, load_forces
from bandwright.movements import pose_repetition

DATA = Path(str(files("bandwright"))) / "data"
EXAMPLES = Path(__file__).parents[2] / "examples"
FIRST_EXERCISES = {
    "pull-up",
    "chin-up",
    "band-assisted-pull-up",
    "bent-over-band-row",
    "bent-over-dumbbell-row",
    "kettlebell-row",
    "kettlebell-band-row",
    "chest-supported-isometric-band-row",
    "single-arm-dumbbell-row",
    "single-arm-dumbbell-row-forward-band",
    "two-on-one-kettlebell-row",
    "two-on-one-kettlebell-row-forward-band",
    "dumbbell-row-mini-band",
    "band-external-rotation",
    "band-pull-apart",
    "face-pull",
    "standing-band-row",
    "cable-row",
    "straight-arm-pulldown",
    "cable-straight-arm-pulldown",
    "reverse-band-fly",
    "reverse-dumbbell-fly",
}
BANDED = sorted(
    exercise.id
    for exercise in load_exercises().values()
    if any(load["kind"] == "band" for load in exercise.load_tables)
)


def test_every_exercise_is_there() -> None:
    """The exercises the product began with are all there."""
    assert exercise_ids() >= FIRST_EXERCISES


def test_shipped_exercises_have_no_problem() -> None:
    """Every shipped exercise passes the check that a person's own must pass, bands looked up too."""
    assert [str(problem) for problem in check_folder(DATA / "exercises")] == []


def test_examples_have_no_problem() -> None:
    """Every example set-up passes the check."""
    assert [
        str(p) for path in sorted(EXAMPLES.glob("*.toml")) if _is_setup(path) for p in check_folder(path)
    ] == []


def _is_setup(path: Path) -> bool:
    return re.search(r"^exercise\s*=", path.read_text(encoding="utf-8"), re.MULTILINE) is not None


def test_sources_are_in_the_bibliography() -> None:
    """Every source key of an exercise names an entry of the bibliography."""
    known = set(
        re.findall(r"^@\w+\{([^,]+),", (DATA / "sources.bib").read_text(encoding="utf-8"), re.MULTILINE)
    )
    named = {key for exercise in load_exercises().values() for key in exercise.sources}
    assert named - known == set()


def test_plain_alternatives_use_no_band() -> None:
    """The plain alternative of a band exercise needs no band, so that the two can be compared."""
    every = load_exercises()
    for exercise in every.values():
        if exercise.alternative is None:
            continue
        kinds = {load["kind"] for load in every[exercise.alternative].load_tables}
        assert "band" not in kinds, exercise.id


def test_same_movement_where_only_the_load_differs() -> None:
    """An exercise with a band and its plain alternative of the same movement share their keyframes."""
    for banded, plain in (
        ("bent-over-band-row", "bent-over-dumbbell-row"),
        ("kettlebell-band-row", "kettlebell-row"),
        ("single-arm-dumbbell-row-forward-band", "single-arm-dumbbell-row"),
        ("two-on-one-kettlebell-row-forward-band", "two-on-one-kettlebell-row"),
        ("standing-band-row", "cable-row"),
        ("straight-arm-pulldown", "cable-straight-arm-pulldown"),
    ):
        assert find_exercise(banded).movement.keyframes == find_exercise(plain).movement.keyframes


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_committed_schema_is_current(name: str) -> None:
    """The committed JSON Schema is what the models give; write it again with `schema_text` when it is not."""
    assert committed_schema(name) == schema_text(name)


@pytest.mark.parametrize("stature_m", [1.2, 1.8])
def test_an_example_reads_for_any_person(stature_m: float) -> None:
    """Set-ups do not depend on whom they are for."""
    table = {"exercise": "face-pull", "person": {"sex": "female", "stature_m": stature_m, "mass_kg": 60}}
    assert read_setup(table).person.stature_m == stature_m


@pytest.fixture(scope="module")
def body() -> BodyModel:
    """A man of 1.70 m and 70 kg, for whom starting forces are meant."""
    person = Person("male", 1.70, 70)
    return BodyModel(load_anatomy(), proportions(person, load_ratios(person), load_anatomy()))


@pytest.mark.parametrize("exercise_id", BANDED)
def test_usual_bands_are_light_to_medium(exercise_id: str, body: BodyModel) -> None:
    """Each usual band pulls between light and medium (COACH, 10 % slack below) and is not overstretched."""
    exercise = find_exercise(exercise_id)
    posed = pose_repetition(exercise.movement, body, phases=3)
    loads = default_loads(exercise)
    assert exercise.start is not None
    bands = {load.id for load in loads if isinstance(load, BandLoad)}
    for force in load_forces(loads, posed):
        if force.band is None:
            continue
        bands.discard(force.id)
        pulls = [force.on_body] if force.on_body is not None else list(force.force.values())
        if "both hands together" in exercise.start.refers_to and force.on_body is None:
            pulls = [np.sum(pulls, axis=0)]
        greatest = float(np.linalg.norm(pulls[0], axis=1).max())
        assert 0.9 * exercise.start.light_n <= greatest <= exercise.start.medium_n
        assert force.band.stretch_ratio.max() <= WARN_STRETCH
    assert not bands
