"""The answer's JSON Schema is current, and answers of unlike exercises keep to it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pydantic import ValidationError

from bandwright.body import Person
from bandwright.catalogue.exercises import find_exercise
from bandwright.catalogue.setups import default_setup
from bandwright.service.analysis import analyse
from bandwright.service.answer import answer
from bandwright.service.answer_tables import AnalysisAnswer, answer_schema_text
from bandwright.service.judge import judge

COMMITTED = Path(__file__).resolve().parents[2] / "src" / "bandwright" / "data" / "schema" / "analysis.json"

PROMISED = frozenset(
    [
        "schema",
        "exercise",
        "person",
        "setup",
        "phase",
        "positions_m",
        "loads",
        "joint_torque_nm",
        "load_n",
        "resisting_n",
        "strength_n",
        "effort",
        "binding",
        "muscles",
        "residual_nm",
        "summary",
        "spinal_load",
        "convergence",
        "uncertainty",
        "verdict",
        "warnings",
        "provenance",
    ]
)
"""Keys that other programs rely on."""


def test_the_committed_schema_is_current() -> None:
    """Editors and other programs read the schema that the answers keep to."""
    assert COMMITTED.read_text(encoding="utf-8") == answer_schema_text(), (
        "write answer_schema_text() to the file"
    )


def test_every_promised_key_is_required() -> None:
    """No answer leaves one out."""
    assert set(json.loads(COMMITTED.read_text(encoding="utf-8"))["required"]) >= PROMISED


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("bent-over-band-row", Person("male", 1.8, 80.0)),
        ("kettlebell-band-row", Person("female", 1.6, 55.0)),
        ("band-assisted-pull-up", Person("male", 1.87, 110.0)),
        ("dumbbell-row-mini-band", Person("female", 1.52, 51.0, 0.27, 0.23)),
        ("cable-row", Person("male", 1.7, 70.0)),
        ("reverse-band-fly", Person("female", 1.75, 70.0)),
    ],
)
def test_answers_keep_to_the_schema(name: str, person: Person) -> None:
    """Bands, weights, cables, body weight, one arm and two: all fit, read back from JSON."""
    analysis = analyse(default_setup(find_exercise(name), person))
    text = json.dumps(answer(analysis, judge(analysis, compare=False)), allow_nan=False)
    found = AnalysisAnswer.model_validate_json(text)
    assert found.exercise == name


def test_the_schema_refuses_what_does_not_belong() -> None:
    """A curve that is too short and a key nobody knows are noticed."""
    analysis = analyse(default_setup(find_exercise("face-pull"), Person("male", 1.8, 80.0)))
    sound = answer(analysis, judge(analysis, compare=False))
    for wrong in ({**sound, "load_n": sound["load_n"][:-1]}, {**sound, "surprise": 1}):
        with pytest.raises(ValidationError):
            AnalysisAnswer.model_validate(wrong)
