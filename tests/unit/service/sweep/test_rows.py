"""Rows of a sweep: the figures of an analysis, the reason where there is none, and what the file says of itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from bandwright import __version__
from bandwright.body.own_strength import GROUPS, StrengthEstimate
from bandwright.catalogue.setups import read_setup
from bandwright.service.analysis import analyse
from bandwright.service.judge import judge
from bandwright.service.metrics import dose
from bandwright.service.own_strength import holder_for
from bandwright.service.sweep.columns import columns
from bandwright.service.sweep.run import sweep
from tests.unit.service.sweep.studies import ROWS, here, study_of

GEAR = """
[room]
free_m = 2.5
[[band]]
id = "red-loop"
product = "rogue-monster-1"
[[anchor]]
id = "door"
heights_m = [0.8]
"""


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> pa.Table:
    """The table of a study with three people, two bands and three distances, one of them too far."""
    folder = tmp_path_factory.mktemp("rows")
    return pq.read_table(sweep(study_of(ROWS, folder), folder / "out", here).table)


@pytest.fixture(scope="module")
def rows(table: pa.Table) -> list[dict[str, Any]]:
    """Its rows."""
    return table.to_pylist()


def test_a_row_for_each_person_and_set_up_in_order(rows: list[dict[str, Any]]) -> None:
    """Person by person, the last variation fastest."""
    seen = [(row["person"], row["vary_band_band"], row["vary_band_from_x_m"], row["place"]) for row in rows]
    grid = [(band, far) for band in ("rogue-monster-1", "theraband-red") for far in (1.5, 2.0, 6.0)]
    people = ("anna", "drawn-00001", "drawn-00002")
    assert seen == [(who, *values, place) for who in people for place, values in enumerate(grid)]


def test_a_row_is_what_analyse_finds(rows: list[dict[str, Any]]) -> None:
    """Figures, doses, curves, limit and grade, for people as strong as most and stronger."""
    good = [row for row in rows if row["status"] == "ok"]
    assert {row["strength"] == 1.0 for row in good} == {False}
    for row in good[::3]:
        person = {name: row[name] for name in ("sex", "stature_m", "mass_kg")}
        setup = read_setup({"exercise": row["exercise"], "person": person, "load": json.loads(row["loads"])})
        known = np.full(len(GROUPS), np.log(row["strength"]))
        holder = holder_for(setup.person, StrengthEstimate(known, np.zeros((len(GROUPS), len(GROUPS)))))
        analysis = analyse(setup, with_spread=False, holder=holder)
        verdict = judge(analysis)
        for name in ("evenness", "underloaded", "peak_effort", "peak_phase", "reps_estimate", "work_j"):
            assert row[name] == pytest.approx(getattr(analysis.summary, name), rel=1e-9), name
        assert row["grade"] == verdict.grade
        assert row["verdict_codes"] == [one.code for one in (*verdict.reasons, *verdict.warnings)]
        assert row["effort"] == pytest.approx(analysis.effort.tolist(), rel=1e-9)
        assert row["strength_n"] == pytest.approx(analysis.strength_n.tolist(), rel=1e-9)
        assert row["limit"] == analysis.working.binding[int(np.argmax(analysis.effort))]
        for start, part in (("dose", "mean"), ("dose_short", "shortened"), ("dose_long", "lengthened")):
            for group in ("latissimus_dorsi", "trapezius_upper", "erector_spinae"):
                assert row[f"{start}_{group}"] == pytest.approx(dose(analysis, [group], part), abs=1e-9)


def test_what_cannot_be_done_is_a_row_with_its_reason(rows: list[dict[str, Any]]) -> None:
    """Stretched beyond its limit: no figures, and why."""
    far = [row for row in rows if row["vary_band_from_x_m"] == 6.0]
    assert {row["status"] for row in far} == {"infeasible"}
    for row in far:
        assert row["reason"] == "band-overstretched"
        assert "limit" in row["reason_text"]
        assert row["peak_effort"] is None
        assert row["grade"] is None


def test_the_table_says_what_it_is(table: pa.Table, tmp_path: Path) -> None:
    """Every column has its unit and meaning; the study, versions and sources are in the metadata."""
    study = study_of(ROWS, tmp_path)
    assert table.schema.names == [one.name for one in columns(study)]
    for one in columns(study):
        said = table.schema.field(one.name).metadata or {}
        assert said[b"unit"].decode() == one.unit
        assert said[b"means"].decode() == one.means != ""
    about = {key.decode(): text.decode() for key, text in (table.schema.metadata or {}).items()}
    assert about["bandwright.schema"] == "bandwright.sweep/1"
    assert f"bandwright {__version__} " in about["bandwright.program"]
    assert json.loads(about["bandwright.study_file"]) == study.table
    origins = json.loads(about["bandwright.provenance"])
    assert {"body size", "cohort", "muscles"} <= {one["what"] for one in origins}
    assert all(one["source"] for one in origins)


def test_the_designer_for_each_person(tmp_path: Path) -> None:
    """The best few set-ups of each, with their rank; the reason where nothing suits."""
    (tmp_path / "gear.toml").write_text(GEAR, encoding="utf-8")
    people = '[[person]]\nid = "{}"\nsex = "male"\nstature_m = 1.8\nmass_kg = 80\nstrength = {}\n'
    design = '[design]\ngear = "gear.toml"\nexercise = ["standing-band-row"]\nreps = [5, 20]\ntop = 2\n'
    study = study_of(people.format("able", 1.0) + people.format("giant", 5.0) + design, tmp_path)
    rows = pq.read_table(sweep(study, tmp_path / "out", here).table).to_pylist()
    able = [row for row in rows if row["person"] == "able"]
    assert [row["place"] for row in able] == list(range(len(able)))
    assert 1 <= len(able) <= 2
    for row in able:
        assert row["status"] == "ok"
        assert row["setup"] == "design"
        assert 5.0 <= row["reps_estimate"] - 2.0 <= 20.5
    (giant,) = [row for row in rows if row["person"] == "giant"]
    assert giant["status"] == "infeasible"
    assert giant["reason"]
