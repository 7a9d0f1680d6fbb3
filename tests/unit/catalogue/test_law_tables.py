"""Bands given as a table in a set-up: used as written, and every mistake at once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bandwright.bands import OUTSIDE_MEASURED, TableLaw, rig
from bandwright.catalogue.setup import setup_table
from bandwright.catalogue.setups import read_setup
from bandwright.errors import InputError, Problem
from bandwright.loads.load import BandLoad
from bandwright.service.analysis import analyse
from bandwright.service.provenance import provenance

EXAMPLE = Path(__file__).parents[3] / "examples" / "dumbbell-row-fabric-band.toml"
POINTS = [{"stretch": 1.2, "tension_n": 8.0}, {"stretch": 1.5, "tension_n": 14.0}]
LAW: dict[str, Any] = {"table": POINTS, "rest_length_m": 0.36, "strands": 2}
READINGS = [
    {"length_m": 0.48, "force_n": 17.0, "strands": 2},
    {"length_m": 0.62, "force_n": 46.0, "strands": 2},
]


def set_up(**band: object) -> dict[str, Any]:
    """A row with that band round the wrists."""
    return {
        "exercise": "dumbbell-row-mini-band",
        "person": {"sex": "female", "stature_m": 1.68, "mass_kg": 62},
        "load": [{"id": "b", "kind": "band", "from": "wrists", "to": "wrists", **band}],
    }


def problems_of(**band: object) -> list[tuple[str, str]]:
    """Code and key path of every problem of that band."""
    return [
        (problem.code, (problem.path or "").removeprefix("set-up: load[0]")) for problem in raised(**band)
    ]


def raised(**band: object) -> tuple[Problem, ...]:
    """The problems of that band, each with something to do about it."""
    with pytest.raises(InputError) as caught:
        read_setup(set_up(**band))
    return caught.value.problems


def band_load(**band: object) -> BandLoad:
    """The one load of a set-up with that band."""
    (load,) = read_setup(set_up(**band)).loads
    assert isinstance(load, BandLoad)
    return load


@pytest.mark.parametrize("points", [POINTS, POINTS[::-1]])
def test_a_table_pulls_as_written(points: list[dict[str, float]]) -> None:
    """n strands at a point's stretch pull n times its tension, in whatever order the points are."""
    load = band_load(law={**LAW, "table": points})
    rigged = rig(load.band, load.rig, split=False, count=load.count, free_length_m=load.free_length_m)
    assert rigged.force_n(1.5 * 0.36) == pytest.approx(28.0)
    assert (load.band.confidence, load.band.known_to_stretch) == ("measured", 1.5)


def test_readings_may_be_kept_as_a_table() -> None:
    """`curve = "table"` gives every reading back exactly."""
    load = band_load(readings=READINGS, rest_length_m=0.72, curve="table")
    rigged = rig(load.band, load.rig, split=False)
    assert isinstance(load.band.law, TableLaw)
    for reading in READINGS:
        assert rigged.force_n(reading["length_m"]) == pytest.approx(reading["force_n"])


def test_a_table_survives_json() -> None:
    """A set-up with a table, written out and read again, is the same set-up."""
    setup = read_setup(set_up(law=LAW))
    assert read_setup(json.loads(json.dumps(setup_table(setup)))) == setup


def test_the_example_pulls_what_its_readings_say() -> None:
    """Where the wrists are farthest apart the pull lies on the line between the two readings about it, within 5 %."""
    analysis = analyse(read_setup(EXAMPLE), with_spread=False)
    band = next(force for force in analysis.forces if force.band is not None)
    assert band.band is not None
    farthest = int(np.argmax(band.band.length_m))
    expected = np.interp(band.band.length_m[farthest], [0.62, 0.66], [46.0, 70.0])
    assert np.linalg.norm(band.force["r"][farthest]) == pytest.approx(expected, rel=0.05)
    assert analysis.limits == ()
    notes = [one.note for one in provenance(analysis) if one.what.startswith("fabric-band")]
    assert "Measured by you, table: 5 points up to 1.83 times" in notes[0]


def test_beyond_the_table_the_analysis_says_so() -> None:
    """Wrists farther apart than the last point warn, as they do for any band."""
    analysis = analyse(read_setup(set_up(law=LAW)), with_spread=False)
    assert [problem.code for problem in analysis.limits] == [OUTSIDE_MEASURED]


@pytest.mark.parametrize(
    ("law", "code", "path"),
    [
        ({"table": POINTS[:1]}, "too-few-points", ".law.table"),
        ({"table": []}, "too-few-points", ".law.table"),
        ({"table": [*POINTS, POINTS[0]]}, "repeated-point", ".law.table[2]"),
        ({"table": [*POINTS, {"stretch": 2, "tension_n": 14}]}, "falling-table", ".law.table[2]"),
        ({"table": [*POINTS, {"stretch": 1, "tension_n": 4}]}, "out-of-range", ".law.table[2].stretch"),
        ({"table": [*POINTS, {"stretch": 2, "tension_n": -4}]}, "out-of-range", ".law.table[2].tension_n"),
        (
            {"table": [*POINTS, {"stretch": float("nan"), "tension_n": 24}]},
            "not-finite",
            ".law.table[2].stretch",
        ),
        ({"table": [*POINTS, {"stretch": 10**400, "tension_n": 24}]}, "wrong-type", ".law.table[2].stretch"),
        ({"table": [*POINTS, {"stretch": 2}]}, "missing-key", ".law.table[2].tension_n"),
        ({"table": [*POINTS, {"stretch": 2, "tension_n": 24, "kg": 2}]}, "unknown-key", ".law.table[2].kg"),
        ({"table": [*POINTS, 3]}, "wrong-type", ".law.table[2]"),
        ({"table": "fabric"}, "wrong-type", ".law.table"),
        ({"table": POINTS, "m_n": 40.0}, "one-law", ".law"),
        ({"table": POINTS, "a": 0.4}, "shape-of-table", ".law"),
        ({}, "one-law", ".law"),
        ({"tabel": POINTS}, "unknown-key", ".law.tabel"),
    ],
)
def test_one_mistake_one_problem(law: dict[str, object], code: str, path: str) -> None:
    """Each mistake in a table gives one problem with its place."""
    assert problems_of(law={"rest_length_m": 0.36, **law}) == [(code, path)]


def test_all_mistakes_at_once() -> None:
    """Bad cells, falling and repeated points and a misspelt key come together, each with a way out."""
    rows = [
        *POINTS,
        {"stretch": 1.5, "tension_n": 15},
        {"stretch": 2, "tension_n": 9},
        {"stretch": 0.5, "tension_n": 1},
    ]
    law = {"table": rows, "rest_length_m": 0.36, "strand": 2}
    assert sorted(problems_of(law=law)) == [
        ("falling-table", ".law.table[3]"),
        ("out-of-range", ".law.table[4].stretch"),
        ("repeated-point", ".law.table[2]"),
        ("unknown-key", ".law.strand"),
    ]
    assert all(problem.allowed for problem in raised(law=law))


@pytest.mark.parametrize(
    ("band", "code", "path"),
    [
        ({"curve": "tabel"}, "unknown-curve", ".curve"),
        ({"readings": READINGS[:1]}, "too-few-points", ".readings"),
        ({"readings": [*READINGS, READINGS[0]]}, "repeated-point", ".readings[2]"),
        ({"readings": [READINGS[1], {**READINGS[0], "force_n": 60.0}]}, "falling-table", ".readings[0]"),
        ({"readings": [*READINGS, {**READINGS[0], "length_m": 0.3}]}, "bad-length", ".readings[2].length_m"),
        ({"readings": [*READINGS, {**READINGS[0], "strands": 0}]}, "out-of-range", ".readings[2].strands"),
        ({"readings": [*READINGS, {**READINGS[0], "force_n": "9"}]}, "wrong-type", ".readings[2].force_n"),
    ],
)
def test_readings_that_are_no_table(band: dict[str, object], code: str, path: str) -> None:
    """Each mistake in readings that are to be a table gives one problem with its place."""
    assert problems_of(**{"readings": READINGS, "rest_length_m": 0.72, "curve": "table", **band}) == [
        (code, path)
    ]


def test_a_curve_needs_readings() -> None:
    """`curve` beside a known band means nothing and is said so."""
    assert problems_of(band="theraband-loop-tan", curve="table") == [("curve-of-readings", "")]
